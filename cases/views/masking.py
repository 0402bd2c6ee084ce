"""What a page tells of sealed people: nothing; the one place every page of the work goes through."""

import re
from html import escape, unescape

from cases.reports.people import sealed

# Fields hold what somebody typed; what a form begins with is masked by the form itself. Units and periods name nobody.
PIECES = re.compile(r"(<textarea\b.*?</textarea>|<select\b[^>]*\bdata-no-names\b.*?</select>|<[^>]*>)", re.DOTALL)


def mask_response(request, response, opened=None):
    """Replace the names of sealed people in every text of the response; `opened` as in the gate."""
    if response.streaming or not response.content or not response.get("Content-Type", "").startswith("text/html"):
        return response
    pieces = PIECES.split(response.content.decode())
    texts = set(pieces[::2])  # a table says the same many times
    hidden = sealed.mask(request.user, opened, map(unescape, texts))
    if hidden:
        mark = sealed.mark()
        told = {text: _plain(text, hidden, mark) for text in texts}
        pieces[::2] = [told[text] for text in pieces[::2]]
        response.content = "".join(pieces).encode()
    return response


def _plain(html, hidden, mark):
    """A text between two tags; left as it is, to the letter, where it tells nothing."""
    text = unescape(html)
    shown = hidden.hide(text, mark)
    return html if shown == text else escape(shown)
