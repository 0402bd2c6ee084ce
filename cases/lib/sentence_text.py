"""Sentences and offences as people write them into a register: "3 năm 6 tháng", "24T", "Trộm cắp tài sản (Đ173)"."""

import re
from dataclasses import dataclass

from cases.lib.text import clean, fold

PRISON, LIFE, SUSPENDED, NON_CUSTODIAL, FINE, WARNING = (
    "prison",
    "life",
    "suspended",
    "non_custodial",
    "fine",
    "warning",
)
_KINDS = (
    (LIFE, r"\b(tu )?chung than\b"),
    (SUSPENDED, r"\b(tu )?(cho huong )?an treo\b|\btu treo\b"),
    (NON_CUSTODIAL, r"\bcai tao( khong giam giu)?\b|\bctkgg\b"),
    (FINE, r"\bphat tien\b"),
    (WARNING, r"\bcanh cao\b"),
    (PRISON, r"\btu( giam)?( co thoi han)?\b|\bphat tu\b"),
)
_YEARS = r"(\d{1,2})\s*(?:nam|n)(?![a-z])"
_MONTHS = r"(\d{1,3})\s*(?:thang|th|t)(?![a-z])"
_DAYS = r"(\d{1,3})\s*ngay"
_FILLING = re.compile(r"\b(muc|hinh|phat|an|giam|co|thoi|han|bi|xu|va|cho|huong|la|tu)\b|[\s.,;:()+-]")


@dataclass(frozen=True)
class Term:
    """`kind` of main penalty as the register stores it; `months` None where it has none or none is written."""

    kind: str
    months: int | None = None


def parse_term(text: str) -> Term:
    """The main penalty in words: "3 năm 6 tháng", "24T", "2 năm tù giam", "07 năm", "chung thân", "18 tháng án treo".

    ValueError on all else: also on a bare number, which may be months or years, and on days, which are no months.
    """
    plain = fold(clean(text).strip())
    kind = next((kind for kind, words in _KINDS if re.search(words, plain)), None)
    years, months = re.search(_YEARS, plain), re.search(_MONTHS, plain)
    rest = re.sub(_MONTHS, " ", re.sub(_YEARS, " ", plain, count=1), count=1)
    for _kind, words in _KINDS:
        rest = re.sub(words, " ", rest)
    if _FILLING.sub("", rest) or (kind is None and not (years or months)):
        raise ValueError(f"not a sentence: {text!r}")
    counted = 12 * int(years[1]) + (int(months[1]) if months else 0) if years else int(months[1]) if months else None
    if counted == 0 or (counted and kind in (LIFE, FINE, WARNING)):
        raise ValueError(f"not a sentence: {text!r}")
    return Term(kind or PRISON, counted)


@dataclass(frozen=True)
class OffenceText:
    """`name` as written, without the article; `article` and `clause` where they are written beside it."""

    name: str
    article: str = ""
    clause: int | None = None


_OPEN = r"[\s,;:(\[–-]*"
_POINT = r"(?:(?:điểm|đ\.?)\s*[a-zđ]\b[\s,]*(?:[a-zđ]\b[\s,]*)*)?"
_CLAUSE = r"(?:khoản|khoan|k)\.?\s*(?P<clause>\d{1,2})\b"
_ARTICLE = r"(?:điều|dieu|đ|d)\.?\s*(?P<article>\d{2,3}[a-zđ]?)\b"
_CODE = r"(?:[\s,]*(?:bộ luật hình sự|bo luat hinh su|blhs))?"
_WRITTEN = [
    re.compile(rf"{_OPEN}{_POINT}{_CLAUSE}[\s,;/-]*{_ARTICLE}{_CODE}[)\]\s.]*", re.IGNORECASE),
    re.compile(rf"{_OPEN}{_ARTICLE}[\s,;/-]*{_CLAUSE}{_CODE}[)\]\s.]*", re.IGNORECASE),
    re.compile(rf"{_OPEN}{_ARTICLE}{_CODE}[)\]\s.]*", re.IGNORECASE),
    re.compile(rf"{_OPEN}(?P<article>\d{{2,3}}[a-zđ]?)[\s,]*(?:bộ luật hình sự|blhs)[)\]\s.]*", re.IGNORECASE),
]


def parse_offence(text: str) -> OffenceText:
    """The offence without the article and clause written before, behind or in it; they may stand alone.

    "Trộm cắp tài sản (Đ173)", "Cố ý gây thương tích, Đ 134", "173 BLHS", "k1 Đ173". What names no article stays as
    it is; where two articles are named the text stays whole and names none.
    """
    plain = clean(text).strip()
    if len(re.findall(_ARTICLE, plain, re.IGNORECASE)) > 1:
        return OffenceText(plain)
    for written in _WRITTEN:
        if found := written.search(plain):
            name = f"{plain[: found.start()]} {plain[found.end() :]}".strip(" ,;:–-()[]")
            clause = found.groupdict().get("clause")
            return OffenceText(" ".join(name.split()), found["article"].lower(), int(clause) if clause else None)
    return OffenceText(plain)
