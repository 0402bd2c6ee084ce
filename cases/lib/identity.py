"""Numbers that stand for a person: identity, phone, insurance. Findings are codes, forms put them in words."""

import re
from dataclasses import dataclass

from cases.lib.dates import PartialDate

MALE, FEMALE = "male", "female"
_SPACING = re.compile(r"[\x00\s.\-()]")
_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")


@dataclass(frozen=True)
class Finding:
    """`code` is length, sex or birth_year; `found` is what the number says, `expected` what the record says."""

    code: str
    found: str
    expected: str


@dataclass(frozen=True)
class NumberFindings:
    """Errors stop the record, warnings ask for a second look."""

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


def tidy(number: str) -> str:
    """The number without the spaces, dots, dashes and brackets people write into it."""
    return _SPACING.sub("", number)


def repair(number: str) -> tuple[str, bool]:
    """The tidied identity number, and whether the leading zero was put back that a spreadsheet ate (11 digits)."""
    number = tidy(number)
    lost = re.fullmatch(r"\d{11}", number, re.ASCII) is not None
    return (f"0{number}" if lost else number), lost


def check_number(number: str, sex: str | None = None, born: PartialDate | None = None) -> NumberFindings:
    """Hold a tidied identity number against what is known; `sex` is male, female or None.

    Twelve digits (số định danh): 3 for the place of birth registration, 1 for century and sex (even for men, 0 and 1 in
    the 20th century), 2 for the birth year, 6 without meaning. Nine digits (old CMND) say nothing. Decree 137/2015.
    """
    if not re.fullmatch(r"\d{9}|\d{12}", number, re.ASCII):
        return NumberFindings(errors=(Finding("length", str(len(number)), "9, 12"),))
    if len(number) == 9:
        return NumberFindings()
    warnings = []
    number_sex = sex_of(number)
    if sex and number_sex != sex:
        warnings.append(Finding("sex", number_sex, sex))
    year = birth_year(number)
    if born and born.year != year:
        warnings.append(Finding("birth_year", str(year), str(born.year)))
    return NumberFindings(warnings=tuple(warnings))


def sex_of(number: str) -> str:
    """The sex that a 12-digit number tells: 067085… is a man, 067185… a woman."""
    return FEMALE if int(number[3]) % 2 else MALE


def birth_year(number: str) -> int:
    """The birth year that a 12-digit number tells: 067085… is 1985, 067202… is 2002."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def phone(text: str) -> str:
    """The domestic digits of a Vietnamese phone: "+84 912.345.678" is "0912345678"; ValueError on all else.

    Mobiles have 10 digits from 03, 05, 07, 08 or 09; landlines 11 digits from 02.
    """
    digits = re.sub(r"^(\+|00)?84(?=[235789])", "0", tidy(text))
    if not digits.isascii() or not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        raise ValueError(f"not a Vietnamese phone number: {text!r}")
    return digits


def domestic(number: str) -> str:
    """Typed digits with the +84 or 0084 of a phone turned into its 0, also of half a number; all else unchanged."""
    return re.sub(r"^(\+|00)84(?=[235789]|$)|^84(?=[235789]\d{8}$)", "0", number)


def is_year(word: str) -> bool:
    """Whether four digits can be a year of birth."""
    return re.fullmatch(r"(19|20)\d\d", word, re.ASCII) is not None


def spaced_phone(digits: str) -> str:
    """A stored phone in groups that can be read aloud: "0912 345 678", "0261 3 543 210"; anything else unchanged."""
    if _MOBILE.fullmatch(digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    if _LANDLINE.fullmatch(digits):
        return f"{digits[:4]} {digits[4]} {digits[5:8]} {digits[8:]}"
    return digits
