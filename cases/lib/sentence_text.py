"""Sentences and offences as people write them into a register: "3 năm 6 tháng", "24T", "Trộm cắp tài sản (Đ173)"."""

import re
from dataclasses import dataclass

from cases.lib.text import clean, fold

PRISON, LIFE, SUSPENDED, NON_CUSTODIAL, FINE, WARNING = (
    "prison",
    "life",
    "suspended_prison",
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

_FROM = re.compile(r"\btừ\b")


@dataclass(frozen=True)
class Term:
    """`kind` of main penalty as the register stores it; `months` None where it has none or none is written."""

    kind: str
    months: int | None = None


def parse_term(text: str) -> Term:
    """The main penalty in words: "3 năm 6 tháng", "24T", "2 năm tù giam", "07 năm", "chung thân", "18 tháng án treo".

    ValueError on all else: also on a bare number, which may be months or years, on days, which are no months, and on
    "từ 3 năm", which is no sentence yet.
    """
    plain = fold(clean(text).strip())
    kind = next((kind for kind, words in _KINDS if re.search(words, plain)), None)
    years, months = re.search(_YEARS, plain), re.search(_MONTHS, plain)
    rest = re.sub(_MONTHS, " ", re.sub(_YEARS, " ", plain, count=1), count=1)
    for _kind, words in _KINDS:
        rest = re.sub(words, " ", rest)
    if _FILLING.sub("", rest) or (kind is None and not (years or months)) or _FROM.search(clean(text).lower()):
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
_CLAUSE = r"(?<![^\W\d_])(?:khoản|khoan|k)\.?\s*(?P<clause>\d{1,2})(?!\d)"
_ARTICLE = r"(?<![^\W\d_])(?:điều|dieu|đ|d)\.?\s*(?P<article>\d{2,3}[a-zđ]?)\b"
_CODE = r"(?:[\s,]*(?:bộ luật hình sự|bo luat hinh su|blhs))?"
_OLDER = re.compile(
    r"(?:blhs|bộ luật hình sự|bo luat hinh su)\s*(?:năm|nam|sửa đổi|số)?\s*[(/,]?\s*(?:1985|1999)", re.IGNORECASE
)
_LED = re.compile(
    r"[\s,;(]*\b(?:(?:được\s+)?(?:quy định|qđ) (?:tại|ở|theo)|theo(?: quy định (?:tại|của))?|tại)\s*$", re.IGNORECASE
)
_APART = re.compile(r"\s*(?:[,;:(]|\s[-–])\s*(?=(?:mức án|án phạt|phạt|xử|tù|\d))", re.IGNORECASE)
_WRITTEN = [
    re.compile(rf"{_OPEN}{_POINT}{_CLAUSE}[\s,;/-]*{_ARTICLE}{_CODE}[)\]\s.]*", re.IGNORECASE),
    re.compile(rf"{_OPEN}{_ARTICLE}[\s,;/-]*{_CLAUSE}{_CODE}[)\]\s.]*", re.IGNORECASE),
    re.compile(rf"{_OPEN}{_ARTICLE}{_CODE}[)\]\s.]*", re.IGNORECASE),
    re.compile(rf"{_OPEN}(?P<article>\d{{2,3}}[a-zđ]?)[\s,]*(?:bộ luật hình sự|blhs)[)\]\s.]*", re.IGNORECASE),
]


def parse_offence(text: str) -> OffenceText:
    """The offence without the article and clause written before, behind or in it; they may stand alone.

    "Trộm cắp tài sản (Đ173)", "Cố ý gây thương tích, Đ 134", "173 BLHS", "k1 Đ173". What names no article stays as
    it is; where two articles are named, or one of the codes of 1985 or 1999, the text stays whole and names none: the
    same number is another offence there.
    """
    plain = clean(text).strip()
    if len(re.findall(_ARTICLE, plain, re.IGNORECASE)) > 1 or _OLDER.search(plain):
        return OffenceText(plain)
    for written in _WRITTEN:
        if found := written.search(plain):
            name = f"{_LED.sub('', plain[: found.start()])} {plain[found.end() :]}".strip(" ,;:–-()[]")
            clause = found.groupdict().get("clause")
            return OffenceText(" ".join(name.split()), found["article"].lower(), int(clause) if clause else None)
    return OffenceText(plain)


def split_term(text: str) -> tuple[str, str]:
    """An offence and the sentence behind it in one cell, "" where there is none: "Đánh bạc, 12 tháng tù"."""
    plain = clean(text).strip()
    for found in _APART.finditer(plain):
        offence, term = plain[: found.start()].strip(), plain[found.end() :].strip(" .)")
        try:
            parse_term(term)
        except ValueError:
            continue
        if offence:
            return offence, term
    return plain, ""
