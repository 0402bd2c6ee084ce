"""What somebody types at sign-in, proposed from the full name."""

import re
from collections.abc import Collection, Iterator
from itertools import count

from cases.lib.text import fold

SHORTEST = 2
MOST_TRIED = 20  # of one name: an.lv, an.lv2 … an.lv20


def proposals(full_name: str) -> Iterator[str]:
    """User names for a person, the nicest first: "Lê Văn An" is "an.lv", then "an.lv2"; none without a letter."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in fold(full_name).split()]
    words = [word for word in words if word]
    if not words:
        return
    given, first = words[-1][:30], "".join(word[0] for word in words[:-1])[:8]
    base = f"{given}.{first}" if first else given
    if len(base) >= SHORTEST:
        yield base
    for number in count(2):
        if number > MOST_TRIED:
            return
        yield f"{base}{number}"


def propose(full_name: str, taken: Collection[str]) -> str:
    """The first proposal that is not `taken`; "" where there is none."""
    return next((name for name in proposals(full_name) if name not in taken), "")
