"""The two screens the work is done on, what is seen on them without a touch, and what is too narrow to read."""

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1366, "height": 768}}
# Rows of people that lie whole above the bar at the foot of a telephone, and above the button raised from it
WHOLE = """() => {
    const bars = [...document.querySelectorAll('.bottombar, .bottombar .icon-seat')].filter(bar => bar.offsetHeight);
    const fold = Math.min(innerHeight, ...bars.map(bar => bar.getBoundingClientRect().top));
    const rows = [...document.querySelectorAll('.home-cols .rows > .row')].filter(row => row.checkVisibility());
    return rows.filter(row => row.getBoundingClientRect().bottom <= fold).length;
}"""
# A word over three lines and more: its letters stand one under the other, beside something that takes the width.
CUT_UP = """() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const around = texts.currentNode.parentElement;
        if (!around.checkVisibility() || around.closest(".visually-hidden")) continue;
        for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\d]{3,30}/gu)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 2) found.push(word[0]);
        }
    }
    return found;
}"""
