"""The two screens the work is done on, and what is seen on them without a touch."""

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1366, "height": 768}}
# Rows of people that lie whole above the bar at the foot of a telephone, and above the button raised from it
WHOLE = """() => {
    const bars = [...document.querySelectorAll('.bottombar, .bottombar .icon-seat')].filter(bar => bar.offsetHeight);
    const fold = Math.min(innerHeight, ...bars.map(bar => bar.getBoundingClientRect().top));
    const rows = [...document.querySelectorAll('.home-cols .rows > .row')].filter(row => row.checkVisibility());
    return rows.filter(row => row.getBoundingClientRect().bottom <= fold).length;
}"""
