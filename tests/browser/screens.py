"""The two screens the work is done on, and what stands in them too narrow to read."""

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1366, "height": 768}}
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
