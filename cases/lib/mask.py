"""Names taken out of a text, and put back where the text is stored again."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

WORD = re.compile(r"\w+")
GROUPED = re.compile(r"(?<!\w)\d(?:[ .\-]?\d){8,}(?!\w)")  # a telephone, an identity number, as people group them


def key(name: str) -> str:
    """What two spellings of a name share that differ in case, spaces or marks between the words."""
    return " ".join(WORD.findall(unicodedata.normalize("NFC", name).casefold()))


class Mask:
    """Hides `names` (two words at least) and `numbers` in texts, in any case, with any spaces, grouped in any way."""

    def __init__(self, names: Iterable[str] = (), numbers: Iterable[str] = ()) -> None:
        self.keys = {each for each in map(key, names) if " " in each} | {each for each in map(key, numbers) if each}
        self.longest = max((each.count(" ") + 1 for each in self.keys), default=0)
        self.firsts = {each.partition(" ")[0] for each in self.keys}
        self.has_digits = any(each.isdecimal() for each in self.keys)

    def __bool__(self) -> bool:
        return bool(self.keys)

    def _may_tell(self, text: str) -> bool:
        """Whether the first word of any name stands in the text: in most none does, and no word is looked at apart."""
        return not self.firsts.isdisjoint(WORD.findall(unicodedata.normalize("NFC", text).casefold()))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a hidden name or number begins and ends, each after the one before."""
        runs = self._runs(text) if self._may_tell(text) else ()
        found = sorted([*runs, *(self._grouped(text) if self.has_digits else ())])
        last = 0
        for start, end in found:
            if start >= last:
                yield start, end
                last = end

    def _grouped(self, text: str) -> Iterator[tuple[int, int]]:
        """A number of digits alone, however it is grouped."""
        for match in GROUPED.finditer(text):
            if "".join(filter(str.isdecimal, match.group())) in self.keys:
                yield match.span()

    def _runs(self, text: str) -> Iterator[tuple[int, int]]:
        """A run of words that is a key, the longest first where two begin together."""
        words = [match.span() for match in WORD.finditer(text)]
        place = 0
        while place < len(words):
            start, step = words[place][0], 1
            if key(text[start : words[place][1]]) in self.firsts:
                for length in range(min(self.longest, len(words) - place), 0, -1):
                    end = words[place + length - 1][1]
                    if key(text[start:end]) in self.keys:
                        yield start, end
                        step = length
                        break
            place += step

    def hide(self, text: str, mark: str) -> str:
        """`text` with `mark` in the place of each hidden name."""
        shown, last = [], 0
        for start, end in self._found(text):
            shown += [text[last:start], mark]
            last = end
        return "".join([*shown, text[last:]])

    def restore(self, typed: str, stored: str, mark: str) -> str:
        """`typed` with the names that `stored` holds, in their order, in the place of the marks it was shown with."""
        names = iter([stored[start:end] for start, end in self._found(stored)])
        return re.sub(re.escape(mark), lambda found: next(names, found.group()), typed)
