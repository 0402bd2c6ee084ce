"""The ways in which a page is looked at, and what is at fault in any: both screens, enlarged, dark, forced colours."""

import os
from pathlib import Path

from tests.browser.screens import SIZES

SHOTS = os.environ.get("SHOTS")  # a folder: each is looked at there
NIGHT, FORCED = {"color_scheme": "dark"}, {"forced_colors": "active"}
WAYS = {  # screen, and how colours are shown
    "phone": (SIZES["phone"], {}),
    "narrow": ({"width": 320, "height": 640}, {}),
    "desk": (SIZES["desk"], {}),
    "desk enlarged twice": ({"width": 683, "height": 384}, {}),
    "dark": (SIZES["phone"], NIGHT),
    "dark desk": (SIZES["desk"], NIGHT),
    "forced colours": (SIZES["phone"], FORCED),
    "desk in forced colours": (SIZES["desk"], FORCED),
}
BOTH = {way: WAYS[way] for way in SIZES}
ALL = WAYS | {"phone enlarged twice": ({"width": 180, "height": 370}, {})}  # the walk of an officer is whole there too
PLAIN = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
COLOURS = "['color-contrast', 'link-in-text-block']"  # the rules that colours alone decide
CUT = """() => [...document.querySelectorAll('.bottombar-item, .btn, .chip, h1, h2, summary')]
    .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map(one => `cut: ${one.textContent.trim().slice(0, 40)}`)"""
# An arrow of a link points onward, and no button lies over the words of something else.
TURNED = """() => [...document.querySelectorAll('main a > .icon:last-child')]
    .filter(one => one.checkVisibility() && getComputedStyle(one).transform !== 'none')
    .map(one => `turned: ${one.parentElement.textContent.trim().slice(0, 40)}`)"""
COVERED = """() => {
    const inSight = one => one.checkVisibility() && !one.closest('.visually-hidden');
    const ways = one => { const all = []; for (let up = one; up; up = up.parentElement) all.push(up); return all; };
    const floats = one => ways(one).some(up => ['fixed', 'sticky'].includes(getComputedStyle(up).position));
    const clips = one => ways(one).filter(up => getComputedStyle(up).overflowX !== 'visible' && up !== document.body);
    const buttons = [...document.querySelectorAll('main .btn, main summary')]
        .filter(one => inSight(one) && !floats(one)).map(one => [one, one.getBoundingClientRect()]);
    const texts = document.createTreeWalker(document.querySelector('main') || document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const words = texts.currentNode, around = words.parentElement;
        if (!words.data.trim() || !inSight(around) || floats(around)) continue;
        const range = document.createRange();
        range.selectNodeContents(words);
        const boxes = clips(around).map(one => one.getBoundingClientRect());
        for (const box of range.getClientRects()) {
            const right = Math.min(box.right, ...boxes.map(each => each.right));
            const bottom = Math.min(box.bottom, ...boxes.map(each => each.bottom));
            for (const [button, over] of buttons) {
                const wide = Math.min(right, over.right) - Math.max(box.left, over.left);
                const high = Math.min(bottom, over.bottom) - Math.max(box.top, over.top);
                if (wide > 3 && high > 5 && !button.contains(words))
                    found.push(`covered: ${words.data.trim().slice(0, 40)} by ${button.textContent.trim()}`);
            }
        }
    }
    return found;
}"""
UNFOLD = "() => document.querySelectorAll('main details').forEach(one => { one.open = true })"
# The outermost elements that this screen shows and the first one did not.
MARK = "() => document.querySelectorAll('body *').forEach(one => { one.was = one.getClientRects().length > 0 })"
NEW = """() => {
    const isNew = one => one.was === false && one.getClientRects().length > 0;
    return [...document.querySelectorAll('body *')].filter(one => isNew(one) && !isNew(one.parentElement));
}"""


def breaches(visitor, screen, media):
    """What axe finds: the first way is asked whole, another screen for what it alone shows, colours for their rules."""
    if screen == SIZES["phone"]:
        return visitor.breaches(rules=COLOURS) if media else visitor.breaches()
    return visitor.breaches(NEW, COLOURS if media else "null")


def faults(visitor, what, ways=WAYS, whole=False):
    """What axe finds, what is cut off, what is wider than the screen; `whole`: axe is asked everything every time."""
    page, wrong, before = visitor.page, [], visitor.page.viewport_size
    for way, (screen, media) in ways.items():
        page.set_viewport_size(screen)
        page.emulate_media(**{**PLAIN, **media})
        found = visitor.breaches() if whole else breaches(visitor, screen, media)
        seen = [each for check in (CUT, TURNED, COVERED) for each in page.evaluate(check)]
        wrong += [f"{what}, {way}: {each}" for each in [*found, *seen]]
        if way == "phone":
            page.evaluate(MARK)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{what}, {way}: wider than the screen")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{what}, {way}.png", full_page="enlarged" not in way)
    page.set_viewport_size(before)
    page.emulate_media(**PLAIN)
    return wrong
