"""What somebody types who looks for a person, taken apart: a name, a birth, a masked number, an exact phrase."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cases.lib.dates import PartialDate
from cases.lib.text import fold, normalise_name

TITLES = {"ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "cu", "chau", "cau", "di", "thim", "me"}
KINDS_OF_PLACE = ("to dan pho", "khu pho", "thon", "buon", "bon", "tdp", "xom", "ban", "to", "kp", "ap")
_SHORT_KIND = {"thon": "t", "buon": "b", "bon": "b", "to dan pho": "tdp", "khu pho": "kp"}
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
_BORN = r"(?:(?:sinh|năm\s+sinh|nam\s+sinh|ngày\s+sinh|ngay\s+sinh|sn|s\.n\.?|ns)(?:\s+(?:năm|nam|ngày|ngay))?[\s:.]*)"
_EDGE, _END = r"(?<![\w./-])", r"(?![\w/-])"
_DAY = re.compile(rf"{_EDGE}{_BORN}?(\d{{1,2}}([./-])\d{{1,2}}\2(?:19|20)\d\d){_END}", re.IGNORECASE)
_MONTH = re.compile(rf"{_EDGE}{_BORN}?(\d{{1,2}}[/-](?:19|20)\d\d){_END}", re.IGNORECASE)
_YEAR = re.compile(rf"{_EDGE}{_BORN}((?:19|20)\d\d){_END}|\(\s*{_BORN}?((?:19|20)\d\d)\s*\)", re.IGNORECASE)
_TWO_DIGITS = re.compile(rf"{_EDGE}{_BORN}(\d\d){_END}", re.IGNORECASE)
_MASKED = re.compile(r"(?<!\w)(?=[\d*•…xX.]*\d{3})(?=[\d*•…xX.]*(?:[*•…]|[xX]{2}|\.{2}))[\d*•…xX.]+(?!\w)")
_HIDDEN = re.compile(r"[^\d]+")
YOUNGEST = 20  # two digits of a year up to this one are of this century: nobody younger has served a sentence


@dataclass(frozen=True)
class AskedPerson:
    """`words`: of a name or whole numbers; `phrase`: words that stand together in this order; `born`: as it is stored;
    `number`: digits, `*` for what is hidden; `hamlets`: as they are stored.
    """

    words: str
    phrase: str = ""
    born: str = ""
    number: str = ""
    hamlets: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.phrase} {self.words}".strip()


def parse(typed: str) -> AskedPerson:
    """Take apart what was typed; what means nothing of its own is left among the words. A bare year stays a word."""
    text = normalise_name(typed)
    quoted = _QUOTED.search(text)
    rest = _QUOTED.sub(" ", text, count=1) if quoted else text.replace('"', " ")
    rest, born = _take_birth(rest)
    rest, number = _take_masked(rest)
    return AskedPerson(" ".join(rest.split()), quoted[1].strip() if quoted else "", born, number)


def _take_birth(text: str) -> tuple[str, str]:
    for pattern in (_DAY, _MONTH, _YEAR, _TWO_DIGITS):
        if found := pattern.search(text):
            said = next(part for part in found.groups() if part and len(part) > 1)
            if len(said) == 2:
                said = f"{20 if int(said) <= YOUNGEST else 19}{said}"
            try:
                born = PartialDate.parse(said.replace(".", "/"))
            except ValueError:
                continue
            return text[: found.start()] + " " + text[found.end() :], born.storage
    return text, ""


def _take_masked(text: str) -> tuple[str, str]:
    found = _MASKED.search(text)
    if not found:
        return text, ""
    return text[: found.start()] + " " + text[found.end() :], _HIDDEN.sub("*", found[0])


def without_title(asked: AskedPerson) -> AskedPerson | None:
    """The same without the "ông" or "chị" in front, None where there is none."""
    first, _space, rest = asked.words.partition(" ")
    is_title = rest.strip() and fold(first.strip(".")) in TITLES
    return replace(asked, words=rest.strip()) if is_title else None


def with_hamlet(asked: AskedPerson, hamlets: Iterable[str]) -> AskedPerson | None:
    """The same with a hamlet at the end or the beginning of its words told apart, None where there is none.

    `hamlets` are those of the register: "dũng thôn 3", "Dũng Nam Tân" where there is a Thôn Nam Tân, "t3 Dũng".
    """
    words = asked.words.split()
    folded = [_letters(fold(word)) for word in words]
    known: dict[str, list[str]] = {}
    for hamlet in hamlets:
        for spelling in _spellings(hamlet):
            known.setdefault(spelling, []).append(hamlet)
    for length in range(len(words) - (not asked.phrase), 0, -1):
        for own, name in ((folded[-length:], words[:-length]), (folded[:length], words[length:])):
            if found := known.get("".join(own)):
                return replace(asked, words=" ".join(name), hamlets=tuple(found))
    return None


def place_of(hamlet: str) -> str:
    """A hamlet folded, without the word for what kind of place it is: Thôn Nam Tân, T. Nam Tân."""
    folded = fold(hamlet)
    for kind in KINDS_OF_PLACE:
        if folded.startswith(f"{kind} "):
            return folded[len(kind) + 1 :]
    return folded


def _spellings(hamlet: str) -> set[str]:
    """How a hamlet is typed, letters joined; a number or a letter alone says nothing without its kind."""
    folded, place = fold(hamlet), place_of(hamlet)
    kind = folded[: -len(place)].strip() if place != folded else ""
    found = {folded, f"{_SHORT_KIND.get(kind, kind)}{place}"} if kind else {folded}
    if len(place) > 2:
        found.add(place)
    return set(map(_letters, found))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
