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
_UP_TO_NINE = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_BEHIND_TENS = {**_UP_TO_NINE, "tu": 4, "lam": 5, "nham": 5}  # "mười năm" is ten years: five behind a ten is "lăm"
del _BEHIND_TENS["nam"]
_TENS = rf"(?:(?:{'|'.join(list(_UP_TO_NINE)[1:])}) )?muoi(?: (?:{'|'.join(_BEHIND_TENS)}))?"
_IN_WORDS = rf"(?:{_TENS}|{'|'.join(_UP_TO_NINE)})"
_NUMBER = rf"(?<![a-z\d])(?<!\d[.,])(\d{{1,3}}|{_IN_WORDS})(?:\s*\(\s*(\d{{1,3}}|{_IN_WORDS})\s*\))?\s*"  # "03 (ba)"
_PARTS = {
    "years": re.compile(rf"{_NUMBER}(?:nam|n)(?![a-z])(\s*ruoi\b)?"),
    "months": re.compile(rf"{_NUMBER}(?:thang|thg|th|t)(?![a-z])(\s*ruoi\b)?"),
    "days": re.compile(rf"{_NUMBER}(?:ngay|ng)(?![a-z])()"),
}
_AGAIN = re.compile(r"\(([^()]*)\)")  # "03 năm (ba năm)", "3 năm (36 tháng)"
_FILLING = re.compile(r"\b(muc|hinh|phat|an|giam|co|thoi|han|bi|xu|va|cho|huong|la|tu)\b|[\s.,;:()+-]")
_PROBATION = re.compile(
    rf"(?:\b(?:va|voi|thoi (?:gian|han)) )*\bthu thach(?: la)?\s*:?(?:\s*(?:\d{{1,2}}|{_IN_WORDS})\s*(?:nam|thang)\b)+"
)
_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:(?:trieu|tr|nghin|ngan|ty)\b\s*(?:dong|vnd|d)?|dong|vnd|d)(?![a-z])")
_MOST_MONTHS = 12 * 30  # of prison, Điều 55 BLHS
DAYS_OF_A_MONTH = 30  # here only to know between which whole months a term lies
_HALF = {"years": {"months": 6}, "months": {"days": DAYS_OF_A_MONTH // 2}}

_FROM = re.compile(r"\btừ\b")

ADDITIONAL = {  # what is ordered beside the main penalty, Điều 32 khoản 2 BLHS: as it is written, and as it is found
    "quản chế": r"quan che",
    "cấm cư trú": r"cam cu tru",
    "cấm đảm nhiệm chức vụ": r"cam (?:dam nhiem|hanh nghe|lam)",
    "tước một số quyền công dân": r"tuoc",
    "phạt tiền": r"phat tien",
    "tịch thu tài sản": r"tich thu",
}
_BESIDE = re.compile(rf"(?=\b(?:{'|'.join(ADDITIONAL.values())})\b)")
_BEYOND = r"\b(?:va|kem theo|kem|dong thoi|cong|hinh phat bo sung|bo sung|la)\b"
_JOINT = re.compile(rf"(?:{_BEYOND}|(?<!\d)[,.;:+]|[,.;:+](?!\d))")
_EDGE = re.compile(rf"^(?:{_BEYOND}|[\s.,;:+()-])+|(?:{_BEYOND}|[\s.,;:+()-])+$")
_KIND = re.compile("|".join(words for _kind, words in _KINDS))


@dataclass(frozen=True)
class Penalties:
    """The main penalty and, in the words of ADDITIONAL, what is ordered beside it.

    `is_whole` says that nothing more was written: no amount, no time, no word more of what stands beside.
    """

    main: "Term"
    beside: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True)
class Term:
    """`kind` of main penalty as the register stores it; `months` None where it has none or none is written."""

    kind: str
    months: int | None = None


def parse_term(text: str) -> Term:
    """The main penalty in words: "3 năm 6 tháng", "24T", "ba năm tù", "03 (ba) năm", "chung thân", "18 tháng án treo".

    ValueError on all else: also on a bare number, which may be months or years, on days, which are no months, on
    figures and words that differ ("03 (bốn) năm"), and on "từ 3 năm", which is no sentence yet.
    """
    kind, months, days = _read_term(text)
    if days:
        raise ValueError(f"days are no months: {text!r}")
    return Term(kind, months)


def months_beside(text: str) -> tuple[str, list[int]]:
    """Of a term with odd days ("3 năm 6 tháng 15 ngày") the kind, and the whole months below and above it.

    ValueError on all else.
    """
    kind, months, days = _read_term(text)
    if not days:
        raise ValueError(f"no days in it: {text!r}")
    whole, odd = divmod(days, DAYS_OF_A_MONTH)
    below = (months or 0) + whole
    return kind, [each for each in (below, below + bool(odd)) if each]


def main_part(text: str) -> Term:
    """Of a suspended sentence with its probation, or a fine with its amount, what a judgment has a place for.

    ValueError on all else.
    """
    plain = fold(clean(text).strip())
    if not _FROM.search(clean(text).lower()):
        for kind, beside in ((SUSPENDED, _PROBATION), (FINE, _AMOUNT)):
            if beside.search(plain) and (term := parse_term(beside.sub(" ", plain))).kind == kind:
                return term
    raise ValueError(f"nothing beside the penalty: {text!r}")


def additional_penalties(text: str) -> list[str]:
    """The additional penalties that are named, in the words of ADDITIONAL and in the order in which they stand."""
    plain = fold(clean(text))
    found = [(at.start(), name) for name, words in ADDITIONAL.items() for at in re.finditer(rf"\b{words}\b", plain)]
    return list(dict.fromkeys(name for _at, name in sorted(found)))


def parse_penalties(text: str) -> Penalties:
    """A main penalty and others beside it in one cell: "phạt tiền 20 triệu và 3 năm tù", "3 năm tù, quản chế 2 năm".

    A fine beside any other main penalty is an additional one (Điều 32 BLHS). ValueError on all else, also on two main
    penalties.
    """
    if _FROM.search(clean(text).lower()):
        raise ValueError(f"not a sentence: {text!r}")
    lead, *pieces = _BESIDE.split(fold(clean(text).strip()))
    lead, time = _without_time_ahead(lead)
    parted = [_part(piece) for piece in pieces]
    terms = [each for each in (_EDGE.sub("", lead), *(term for _piece, term in parted)) if each]
    beside = [additional_penalties(piece)[0] for piece, _term in parted]
    told = [piece for piece, _term in parted]
    if not terms and beside.count("phạt tiền") == 1:
        fine = beside.index("phạt tiền")
        terms = [_EDGE.sub("", told.pop(fine))]
        del beside[fine]
    if len(terms) != 1 or not beside:
        raise ValueError(f"no one main penalty with others beside it: {text!r}")
    try:
        main, is_bare = parse_term(terms[0]), True
    except ValueError:
        main, is_bare = main_part(terms[0]), False
    is_whole = is_bare and not time and all(map(_says_kind_alone, told))
    return Penalties(main, tuple(dict.fromkeys(beside)), is_whole)


def _says_kind_alone(piece: str) -> bool:
    plain = _EDGE.sub("", piece)
    return any(plain == fold(name) or re.fullmatch(words, plain) for name, words in ADDITIONAL.items())


def _part(piece: str) -> tuple[str, str]:
    """An additional penalty, and the main one that is written behind it, "" where there is none."""
    for joint in _JOINT.finditer(piece):
        term = _EDGE.sub("", piece[joint.end() :])
        if _KIND.search(term) and _is_one(term):
            return piece[: joint.start()], term
    return piece, ""


def _without_time_ahead(lead: str) -> tuple[str, str]:
    """The main penalty, and the time of what stands beside it where it is written ahead of that: "2 năm quản chế"."""
    for joint in _JOINT.finditer(lead):
        first, rest = lead[: joint.start()], _EDGE.sub("", lead[joint.end() :])
        if _KIND.search(first) and _is_one(first) and not _KIND.search(rest) and _is_one(rest):
            return first, rest
    return lead, ""


def _is_one(text: str) -> bool:
    """Whether it is one main penalty, with its amount or probation or without."""
    for read in (_read_term, main_part):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


def names_two_main(text: str) -> bool:
    """Whether two main penalties are written one after the other: "2 năm tù và 3 năm tù"."""
    parts = [_EDGE.sub("", part) for part in _JOINT.split(fold(clean(text)))]
    is_from = _FROM.search(clean(text).lower())
    return len(parts) > 1 and not is_from and all(_KIND.search(part) and _is_one(part) for part in parts)


def _read_term(text: str) -> tuple[str, int | None, int]:
    """Kind, months and odd days."""
    plain = fold(clean(text).strip())
    kind = next((kind for kind, words in _KINDS if re.search(words, plain)), None)
    counted, rest = _count(_AGAIN.sub(_unless_a_term, plain))
    said = [counted] if counted else []
    for again in _AGAIN.findall(plain):
        counted, left = _count(again)
        if counted:
            said.append(counted)
            rest += left
    for _kind, words in _KINDS:
        rest = re.sub(words, " ", rest)
    if _FILLING.sub("", rest) or (kind is None and not said) or _FROM.search(clean(text).lower()):
        raise ValueError(f"not a sentence: {text!r}")
    totals = {(12 * each.get("years", 0) + each.get("months", 0), each.get("days", 0)) for each in said}
    if len(totals) > 1 or any("years" in each and each.get("months", 0) > 11 for each in said):
        raise ValueError(f"no one term: {text!r}")
    months, days = totals.pop() if totals else (None, 0)
    if said and (not (months or days) or (months or 0) > _MOST_MONTHS or kind in (LIFE, FINE, WARNING)):
        raise ValueError(f"not a sentence: {text!r}")
    return kind or PRISON, months, days


def _unless_a_term(found: re.Match) -> str:
    return " " if _count(found[1])[0] else found[0]


def _count(plain: str) -> tuple[dict[str, int], str]:
    """The years, months and days of folded words, each at most once, and what is left of them.

    ValueError where the number in figures and the one in words behind it differ.
    """
    counted: dict[str, int] = {}
    for name, written in _PARTS.items():
        if name in counted or not (found := written.search(plain)):
            continue
        number, again, half = found.groups()
        counted[name] = _number(number)
        if again and _number(again) != counted[name]:
            raise ValueError(f"says two numbers: {plain!r}")
        if half:
            counted |= _HALF[name]
        plain = f"{plain[: found.start()]} {plain[found.end() :]}"
    return counted, plain


def _number(words: str) -> int:
    """A number up to 99 in folded Vietnamese words, or in figures."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.partition("muoi")
    if not ten:
        return _UP_TO_NINE[words]
    return 10 * _UP_TO_NINE.get(tens.strip(), 1) + _BEHIND_TENS.get(ones.strip(), 0)


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
_BEGUN = r"(?=mức án|án |phạt|xử|tù|chung thân|cải tạo|cảnh cáo|\d|(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\b)"
_APART = re.compile(rf"\s*(?:[,;:(]|\s[-–])\s*{_BEGUN}|\s+{_BEGUN}", re.IGNORECASE)
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
    """An offence and the sentence behind it in one cell, "" where there is none: "Đánh bạc, ba năm tù".

    Where no sign parts the two, only a term is a sentence: an offence may end with "chấp hành án phạt tù".
    """
    plain = clean(text).strip()
    if _is_term(plain):
        return plain, ""
    for found in _APART.finditer(plain):
        offence, term = plain[: found.start()].strip(), plain[found.end() :].strip(" .)")
        if offence and _is_term(term, counted=not found[0].strip()):
            return offence, term
    return plain, ""


def _is_term(text: str, *, counted: bool = False) -> bool:
    for read in (_counted, main_part, _main_of_several):
        try:
            term = read(text)
        except ValueError:
            continue
        return not counted or bool(term.months) or term.kind == LIFE
    return False


def _counted(text: str) -> Term:
    kind, months, days = _read_term(text)
    return Term(kind, months or days or None)


def _main_of_several(text: str) -> Term:
    return parse_penalties(text).main
