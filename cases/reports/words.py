"""The words of the product: the type of a text translated when it is shown, and what of a page somebody else typed."""

import re
from functools import cache
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import trans_real

from cases.lib.names import MOST_WORDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = str | Promise

SENTENCE = re.compile(r"(?<=[.;:?])\s+")


def typed_parts(text: str) -> list[str]:
    """Return the parts of a text of a page that somebody may have typed: all but whole sentences of the catalogue."""
    found, rest = [], []
    for sentence in SENTENCE.split(text.strip()):
        if sentence not in _sentences():
            rest.append(sentence)
        elif rest:
            found.append(" ".join(rest))
            rest = []
    return [*found, " ".join(rest)] if rest else found


@cache
def _sentences() -> frozenset[str]:
    """Every sentence of the catalogue in either language that can be no name: it is longer, or has a small initial."""
    catalogue = vars(trans_real.translation("vi"))["_catalog"]
    texts = [text for pair in catalogue.items() for text in pair if isinstance(text, str)]
    told = {sentence for text in texts for sentence in SENTENCE.split(text.strip())}
    return frozenset(each for each in told if _is_no_name(each.split()))


def _is_no_name(words: list[str]) -> bool:
    return len(words) > MOST_WORDS or any(word[0].islower() for word in words)
