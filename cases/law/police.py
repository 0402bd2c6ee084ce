"""What a police body is called in its letters, and which body stands above it: by the kind of unit and the day.

The words and symbols are those in common use in letters of the police (Circular 26/2019/TT-BCA on clerical work; not
verified, hence data). That the district police ended on 28/02/2025: Decree 02/2025/NĐ-CP, read in the press.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.law.versions import Certainty
from cases.lib.text import in_a_sentence

MINISTRY = "Bộ Công an"
CAPITAL = "Hà Nội"  # where a ministry writes from
POLICE = "Công an"


LONG_AGO = date(1945, 8, 19)


@dataclass(frozen=True)
class Rank:
    """Units of one `kind` have a police body of their own from `valid_from` to `valid_to`, both included."""

    kind: str
    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty


@dataclass(frozen=True)
class Letters:
    """How bodies of units whose name begins with `word` sign: the symbol, the head, who signs for the head."""

    word: str
    symbol: str
    head: str
    deputy: str
    certainty: Certainty = Certainty.UNVERIFIED
    valid_from: date = LONG_AGO
    source: str = "Thông tư 26/2019/TT-BCA"


RANKS = (
    Rank("ministry", LONG_AGO, None, "Luật Công an nhân dân 2018, Điều 17", Certainty.UNVERIFIED),
    Rank("province", LONG_AGO, None, "Luật Công an nhân dân 2018, Điều 17", Certainty.UNVERIFIED),
    Rank("district", LONG_AGO, date(2025, 2, 28), "Nghị định 02/2025/NĐ-CP", Certainty.SECONDARY),
    Rank("commune", LONG_AGO, None, "Luật Công an nhân dân 2018, Điều 17", Certainty.UNVERIFIED),
)
LETTERS = (
    Letters("Xã", "CAX", "Trưởng Công an xã", "Phó Trưởng Công an xã"),
    Letters("Phường", "CAP", "Trưởng Công an phường", "Phó Trưởng Công an phường"),
    Letters("Thị trấn", "CATT", "Trưởng Công an thị trấn", "Phó Trưởng Công an thị trấn"),
    Letters("Đặc khu", "CAĐK", "Trưởng Công an đặc khu", "Phó Trưởng Công an đặc khu"),
    Letters("Huyện", "CAH", "Trưởng Công an huyện", "Phó Trưởng Công an huyện"),
    Letters("Thị xã", "CATX", "Trưởng Công an thị xã", "Phó Trưởng Công an thị xã"),
    Letters("Thành phố", "CATP", "Trưởng Công an thành phố", "Phó Trưởng Công an thành phố"),
    Letters("Tỉnh", "CAT", "Giám đốc", "Phó Giám đốc"),
    Letters("Bộ", "BCA", "Bộ trưởng", "Thứ trưởng"),
)


def has_body(kind: str, on: date) -> bool:
    """Whether units of this kind had a police body of their own on `on`."""
    return any(
        rank.kind == kind and rank.valid_from <= on and (rank.valid_to is None or on <= rank.valid_to) for rank in RANKS
    )


def letters(name: str, on: date, table: Sequence[Letters] = LETTERS) -> Letters:
    """How the body of the unit called `name` ("Xã Nam Đà") signs on a day, by `table`: of the same day the last holds.

    A name that begins otherwise signs as a commune.
    """
    word = next((each.word for each in table if name.startswith(f"{each.word} ")), LETTERS[0].word)
    known = [each for each in table if each.word == word]
    found = [each for each in known if each.valid_from <= on] or known[:1]
    return max(reversed(found), key=lambda each: each.valid_from)


def body_name(name: str) -> str:
    """ "Xã Nam Đà" is "Công an xã Nam Đà"; a ministry is its own body."""
    return name if _is_ministry(name) else f"{POLICE} {in_a_sentence(name)}"


def committee_name(name: str) -> str:
    """The People's Committee: "Xã Nam Đà" has "Ủy ban nhân dân xã Nam Đà"."""
    return f"Ủy ban nhân dân {in_a_sentence(name)}"


def superior_name(name: str | None) -> str:
    """What the body above is called: that of the unit `name`, the ministry where nobody entered such a unit."""
    return body_name(name) if name else MINISTRY


def place_name(name: str) -> str:
    """The place a letter is dated from: "Xã Nam Đà" is "Nam Đà"."""
    if _is_ministry(name):
        return CAPITAL
    word = next((each.word for each in LETTERS if name.startswith(f"{each.word} ")), "")
    return name.removeprefix(word).strip()


def _is_ministry(name: str) -> bool:
    return name.startswith("Bộ ")
