"""Names as they stand in a register: extra words, a year of birth, capitals; and what a name says of the sex."""

import re
import unicodedata
from dataclasses import dataclass

from cases.lib.identity import FEMALE, MALE
from cases.lib.text import clean, fold, normalise_name

_TITLES = re.compile(
    r"^(?:ông|bà|anh|chị|cô|chú|bác|cụ|em|đối tượng|đ/c|đc|người tên|họ tên)\.?\s*:?\s+(?=\S+\s+\S|\S+$)", re.IGNORECASE
)
_BIRTH = re.compile(
    r"[\s,;(\[–-]*(?:(?:sn|s/n|sinh năm|năm sinh|sinh)\s*:?\s*)?\(?((?:19|20)\d\d)\)?[\s.)\]]*$", re.IGNORECASE
)
_ALSO = re.compile(
    r"[\s,;(\[–-]*(?:\b(?:tức|tên (?:gọi )?khác|bí danh|biệt danh|biệt hiệu|(?:hay|thường|còn) gọi(?: là)?)\b|@)[\s:]*"
    r"(?P<other>[^\W\d_][^()\[\]@]*?)[\s)\].]*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*(?:[(\[]|[,;\n]|\s[–-]\s)\s*(?P<words>.*\w).*$", re.DOTALL)
_NUMBERED = re.compile(r"^\d{1,3}\s*[.)/-]\s*")
_NO_LETTERS = re.compile(r"[^\w\s'’ʼ.,()/-]|_", re.UNICODE)


@dataclass(frozen=True)
class NameText:
    """`name` without what is no name; `year` of birth that stood beside it; `capitals` are offered, never needed.

    `also` is what the person is called besides, `beside` any other words that stood there.
    """

    name: str
    year: int | None = None
    capitals: str = ""
    also: str = ""
    beside: str = ""


def parse_name(text: str) -> NameText:
    """A name freed of what stands around it: a title, a number, a birth, another name, words behind it, and signs.

    "ông Nguyễn Văn Dũng (sn 1985) 😀" is "Nguyễn Văn Dũng" of 1985, "Lê Văn Tám tức Tèo" has another name. A title is
    left alone where it may be the name: "Anh" and "Bà Rịa" have no further word to be the name.
    """
    plain, year, also, beside = _NUMBERED.sub("", clean(text).strip()), None, "", ""
    if found := _ALSO.search(plain):
        plain, also = plain[: found.start()], found["other"].strip(" ,;.-")
    if found := _BESIDE.search(plain):
        plain, beside = plain[: found.start()], found["words"].strip()
        if _BIRTH.fullmatch(normalise_name(_NO_LETTERS.sub(" ", beside))):
            beside, year = _without_birth(beside)
    plain, before = _without_birth(plain)
    year = year or before
    plain = _NUMBERED.sub("", normalise_name(_NO_LETTERS.sub(" ", plain)))
    if len(plain.split()) > 2:
        plain = _TITLES.sub("", plain)
    name = plain.strip(" ,;.-/")
    return NameText(name, year, _capitals(name), also, beside)


def _without_birth(text: str) -> tuple[str, int | None]:
    plain = normalise_name(_NO_LETTERS.sub(" ", text))
    found = _BIRTH.search(plain)
    return (plain[: found.start()], int(found[1])) if found else (text, None)


def _capitals(name: str) -> str:
    """The name with a capital at the beginning of each word, where it is written in one case; else as it is."""
    if not (name.isupper() or name.islower()):
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), name)


def guess_sex(name: str) -> str | None:
    """The sex that the middle names or the clan's custom tell: "Thị" and "H'" are women, "Văn", "Y", "A" men.

    None where they tell nothing ("Phạm Hoàng Anh"): it is asked for. To be shown as a proposal, never stored unseen.
    """
    first, *rest = unicodedata.normalize("NFC", normalise_name(name)).lower().split() or [""]
    middle = rest[:-1]
    if first.startswith("h'") or (first in ("h", "ka") and rest) or "thị" in middle or fold(first) == "thi":
        return FEMALE
    if first.startswith("k'") or (first in ("y", "a", "điểu") and rest):
        return MALE
    return MALE if {"văn", "hữu", "đình", "bá", "sỹ", "a"} & set(middle) else None
