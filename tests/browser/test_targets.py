"""Whatever a finger goes to on a telephone is at least 44 by 44, on every page of the commune."""

import pytest

from tests.browser.screens import SIZES
from tests.browser.test_every_page import address, pages
from tests.browser.ways import UNFOLD
from tests.test_access import world

__all__ = ["world"]

SHARES = 4
# A link in running text is as high as its line (WCAG 2.5.8), and a box is chosen by its label.
SMALL = """() => {
    const LEAST = 43.5;
    const targets = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role=tab]';
    const letters = text => text.replace(/[^\\p{L}\\p{N}]/gu, '').length;
    const isShown = one => {
        const { width, height } = one.getBoundingClientRect();
        return width > 1 && height > 1 && getComputedStyle(one).visibility === 'visible';
    };
    const block = one => {
        let up = one.parentElement;
        while (getComputedStyle(up).display.startsWith('inline')) up = up.parentElement;
        return up;
    };
    const isInText = one => {
        if (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline') return false;
        const around = block(one);
        const linked = [...around.querySelectorAll('a')].reduce((sum, each) => sum + letters(each.textContent), 0);
        return letters(around.textContent) > linked;
    };
    const area = one => {
        const boxes = [one, ...(one.labels || [])].map(each => each.getBoundingClientRect());
        return [Math.max(...boxes.map(box => box.width)), Math.max(...boxes.map(box => box.height))];
    };
    return [...document.querySelectorAll(targets)]
        .filter(one => (isShown(one) || [...(one.labels || [])].some(isShown)) && !isInText(one))
        .filter(one => one.tabIndex >= 0 && area(one).some(side => side < LEAST))
        .map(one => {
            const [width, height] = area(one).map(Math.round);
            const said = (one.getAttribute('aria-label') || one.textContent || one.name || '').trim().slice(0, 30);
            const of = `${one.tagName.toLowerCase()}.${one.className} in .${one.parentElement.className}`;
            return `${width}x${height} ${of}: ${said}`;
        });
}"""


@pytest.mark.parametrize("size", ["phone"], indirect=True)
@pytest.mark.parametrize("share", range(SHARES))
def test_every_target_of_a_commune_is_as_large_as_a_fingertip(
    share, transactional_db, world, chi, visitor, request, signed_in
):
    seen, small = {}, []
    visitor.page.set_viewport_size(SIZES["phone"])
    for who in ("anh", "an"):
        client = signed_in(request.getfixturevalue(who))
        visitor.sign_in(who)
        for route in pages(who, share, world, client, seen):
            visitor.open(address(route, world))
            visitor.page.evaluate(UNFOLD)
            small += [f"{route}: {each}" for each in visitor.page.evaluate(SMALL)]

    assert sum(map(bool, seen.values())) > 15
    assert small == [], "\n".join(small)
