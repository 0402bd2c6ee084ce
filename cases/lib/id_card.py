"""The text of the QR code on a citizen's identity card, as a scanner types it.

Fields between bars: number, old nine-digit number (may be empty), full name, birth as ddmmyyyy, Nam or Nữ, address,
day of issue as ddmmyyyy; cards of 2024 may say more behind them, which is not read.
"""

import re
from dataclasses import dataclass

from cases.lib import identity, telex
from cases.lib.dates import PartialDate
from cases.lib.text import clean, fold, normalise_name

LONGEST = 600
NAME_LONGEST = 80
HAMLET = re.compile(r"(thon|bon|buon|to|to dan pho|khu pho|ap|xom|lang) .")
SEXES = {"nam": identity.MALE, "nu": identity.FEMALE}


class CardError(ValueError):
    """The text is not that of a card; `code` is fields, number, name, born or sex, `found` what stands there."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(f"{code}: {found!r}")
        self.code, self.found = code, found


@dataclass(frozen=True)
class IdCard:
    """What a card says of its holder; never stored as such. `born` is a PartialDate, empty fields are ""."""

    number: str
    old_number: str
    full_name: str
    born: PartialDate
    sex: str
    address: str

    @property
    def hamlet(self) -> str:
        """The first part of the address where it names a hamlet or a street group, else nothing."""
        first = self.address.split(",")[0].strip()
        return first if HAMLET.match(fold(first)) else ""


def looks_like_one(text: str) -> bool:
    """Whether the text has the bars of a card: to tell it from a name or a number typed into the same box."""
    return text.count("|") >= 2


def parse(text: str) -> IdCard:
    """Read the text of a card; raw Telex of the scanner is written out. Raises CardError, never anything else."""
    parts = [part.strip() for part in clean(text[:LONGEST]).split("|")]
    if len(parts) > 2 and re.search(r"[^\W\d_]", parts[1]):
        parts.insert(1, "")  # some scanners drop the empty second field
    if len(parts) < 5:
        raise CardError("fields", str(len(parts)))
    number, old, name, born, sex = parts[:5]
    number = identity.tidy(number)
    if not re.fullmatch(r"\d{12}", number, re.ASCII):
        raise CardError("number", number)
    return IdCard(
        number=number,
        old_number=old if re.fullmatch(r"\d{9}", old, re.ASCII) else "",
        full_name=_name(name),
        born=_born(born),
        sex=_sex(sex),
        address=telex.repair(parts[5]) if len(parts) > 5 else "",
    )


def _name(written: str) -> str:
    name = normalise_name(telex.repair(written))
    if not re.search(r"[^\W\d_]", name) or len(name) > NAME_LONGEST:
        raise CardError("name", written[:NAME_LONGEST])
    return name.title() if name.isupper() and "'" not in name else name


def _born(written: str) -> PartialDate:
    found = re.fullmatch(r"(\d\d)(\d\d)(\d{4})", written, re.ASCII)
    try:
        if not found:
            raise ValueError(written)
        day, month, year = found.groups()
        known = [part for part in (day, month) if part != "00"]
        return PartialDate.parse("/".join([*(known if month != "00" else []), year]))
    except ValueError:
        raise CardError("born", written[:20]) from None


def _sex(written: str) -> str:
    sex = SEXES.get(fold(telex.repair(written)))
    if sex is None:
        raise CardError("sex", written[:20])
    return sex
