"""The waiting periods of a record, as dated data: column by column as the Code prints them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from cases.law.days import day_after_months
from cases.law.facts import AdditionalKind, DoneHow, PenaltyFacts, PenaltyKind
from cases.law.versions import Certainty, in_force, in_force_between


class WaitColumn(StrEnum):
    AUTOMATIC = "automatic"  # Điều 70
    COURT = "court"  # Điều 71
    JUVENILE = "juvenile"  # Điều 107 khoản 2, clears by itself too

    __hash__ = str.__hash__


class Band(StrEnum):
    """The points a, b, c, d of khoản 2: by the main penalty pronounced (Điều 73 khoản 1)."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Wait:
    column: WaitColumn
    band: Band
    months: int
    legal_basis: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Extension:
    """Additional penalties that hold the record until they end, where they outlast one of these periods."""

    column: WaitColumn
    bands: frozenset[Band]
    kinds: frozenset[AdditionalKind]
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be done beside the period, by column and by whether the judgment's execution lapsed.

    `obligations`: fees, compensation, fine, confiscation ("các quyết định khác của bản án"); `additional`: every
    additional penalty, whatever its kind and length.
    """

    column: WaitColumn
    by_limitation: bool
    obligations: bool
    additional: bool
    legal_basis: str
    certainty: Certainty

    @property
    def place(self) -> str:
        """Its name among the rows of a version: "automatic-limitation"."""
        return f"{self.column}-limitation" if self.by_limitation else str(self.column)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All numbers of the clean-record clock in one version; a change is a new version beside the old one."""

    code: str
    title: str
    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty
    waits: tuple[Wait, ...]
    extensions: tuple[Extension, ...]
    conditions: tuple[Requirement, ...]
    prison_bands: tuple[tuple[int, Band], ...]  # up to so many months, inclusive; Band.D above
    prison_months: tuple[int, int]  # Điều 38, 55: what a prison term can be at all
    special_share: int  # Điều 72: one part in so many must have passed
    rejection_months: tuple[int, int]  # Điều 71 khoản 3: after the first refusal, after each later one
    limitations: tuple[tuple[int, int], ...]  # Điều 60 khoản 2: prison up to so many months lapses after so many
    limitation_of_life: int
    periods: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _by_place: Mapping[tuple[WaitColumn, Band], Wait] = field(init=False, repr=False, compare=False)
    _by_end: Mapping[tuple[WaitColumn, bool], Requirement] = field(init=False, repr=False, compare=False)
    _extended: Mapping[tuple[WaitColumn, Band], Extension] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "periods", tuple(wait.months for wait in self.waits))
        object.__setattr__(self, "_by_place", {(wait.column, wait.band): wait for wait in self.waits})
        extended = {(rule.column, band): rule for rule in self.extensions for band in rule.bands}
        object.__setattr__(self, "_extended", extended)
        object.__setattr__(self, "_by_end", {(each.column, each.by_limitation): each for each in self.conditions})

    def band_of(self, penalty: PenaltyFacts) -> Band:
        """Return the point of khoản 2 a main penalty falls under; prison must have its months."""
        if penalty.kind is PenaltyKind.PRISON and penalty.months is not None:
            for limit, band in self.prison_bands:
                if penalty.months <= limit:
                    return band
        return Band.A if penalty.kind in LIGHT_PENALTIES else Band.D

    def wait(self, column: WaitColumn, penalty: PenaltyFacts) -> Wait:
        """Return the period for a column and a main penalty."""
        return self._by_place[column, self.band_of(penalty)]

    def extension(self, wait: Wait) -> Extension | None:
        """Return which additional penalties can outlast a period, None where none can."""
        return self._extended.get((wait.column, wait.band))

    def condition(self, column: WaitColumn, how: DoneHow | None) -> Requirement:
        """Return what must be done beside the period; a judgment lapses by its own row where the column has one."""
        by_limitation = self._by_end.get((column, how is DoneHow.LIMITATION))
        return by_limitation or self._by_end[column, False]

    def limitation_months(self, penalty: PenaltyFacts) -> int:
        """Return after how many months the execution lapses; a penalty other than prison by the first row."""
        if penalty.kind in LIFE_PENALTIES:
            return self.limitation_of_life
        months = penalty.months or 0
        return next((lapses for limit, lapses in self.limitations if months <= limit), self.limitation_of_life)

    def next_application(self, rejected_on: Iterable[date]) -> date | None:
        """Return the first day for a new application after the court's refusals, None without a refusal."""
        refusals = sorted(rejected_on)
        if not refusals:
            return None
        return day_after_months(refusals[-1], self.rejection_months[len(refusals) > 1])


def most_favourable(
    rule_sets: Sequence[RuleSet], column: WaitColumn, penalty: PenaltyFacts, act_on: date, on: date
) -> RuleSet:
    """Return the version with the shortest period of those in force from the act to `on`, of equal ones the newest.

    Điều 7 khoản 2 and 3 BLHS: a rule on clearing the record that favours the person reaches back, a stricter one
    does not. So no change of the law moves a day back that somebody could count on.
    """
    newest = in_force(rule_sets, max(act_on, on))
    if all(rules.periods == newest.periods for rules in rule_sets):
        return newest
    versions = in_force_between(rule_sets, act_on, max(act_on, on))
    return min(versions, key=lambda rules: rules.wait(column, penalty).months)


def shortest_wait(rule_sets: Sequence[RuleSet], penalty: PenaltyFacts) -> int:
    """Return the months before which no record of such a main penalty clears, whatever its column and version."""
    return min(rules.wait(column, penalty).months for rules in rule_sets for column in WaitColumn)


PRISON_MONTHS = (1, 360)  # Điều 38: up to 20 years for one crime; Điều 55: up to 30 years for several together

LIGHT_PENALTIES = frozenset(
    {PenaltyKind.WARNING, PenaltyKind.FINE, PenaltyKind.NON_CUSTODIAL, PenaltyKind.SUSPENDED_PRISON}
)

LIFE_PENALTIES = frozenset({PenaltyKind.LIFE, PenaltyKind.DEATH_COMMUTED})

_READ = Certainty.READ
_WAITS = (
    # Cảnh cáo, phạt tiền, cải tạo không giam giữ, án treo (Điều 71 điểm a does not name the fine)
    Wait(WaitColumn.AUTOMATIC, Band.A, 12, "Điều 70 khoản 2 điểm a BLHS", _READ),
    Wait(WaitColumn.COURT, Band.A, 12, "Điều 71 khoản 2 điểm a BLHS", _READ),
    Wait(WaitColumn.JUVENILE, Band.A, 6, "Điều 107 khoản 2 điểm a BLHS", _READ),
    # Tù đến 05 năm
    Wait(WaitColumn.AUTOMATIC, Band.B, 24, "Điều 70 khoản 2 điểm b BLHS", _READ),
    Wait(WaitColumn.COURT, Band.B, 36, "Điều 71 khoản 2 điểm b BLHS", _READ),
    Wait(WaitColumn.JUVENILE, Band.B, 12, "Điều 107 khoản 2 điểm b BLHS", _READ),
    # Tù trên 05 năm đến 15 năm
    Wait(WaitColumn.AUTOMATIC, Band.C, 36, "Điều 70 khoản 2 điểm c BLHS", _READ),
    Wait(WaitColumn.COURT, Band.C, 60, "Điều 71 khoản 2 điểm c BLHS", _READ),
    Wait(WaitColumn.JUVENILE, Band.C, 24, "Điều 107 khoản 2 điểm c BLHS", _READ),
    # Tù trên 15 năm, tù chung thân, tử hình đã được giảm án
    Wait(WaitColumn.AUTOMATIC, Band.D, 60, "Điều 70 khoản 2 điểm d BLHS", _READ),
    Wait(WaitColumn.COURT, Band.D, 84, "Điều 71 khoản 2 điểm d BLHS", _READ),
    Wait(WaitColumn.JUVENILE, Band.D, 36, "Điều 107 khoản 2 điểm d BLHS", _READ),
)

_ALL_KINDS = frozenset(AdditionalKind)
_WITHOUT_POST_BAN = _ALL_KINDS - {AdditionalKind.POST_BAN}
_EXTENSIONS = (
    Extension(WaitColumn.AUTOMATIC, frozenset({Band.A, Band.B, Band.C}), _ALL_KINDS, "Điều 70 khoản 2 BLHS"),
    Extension(WaitColumn.COURT, frozenset({Band.A, Band.B}), _WITHOUT_POST_BAN, "Điều 71 khoản 2 BLHS"),
    # Điều 91 khoản 6 allows no additional penalty here; where a record shows one all the same, the later day is kept.
    Extension(WaitColumn.JUVENILE, frozenset({Band.A, Band.B, Band.C}), _ALL_KINDS, "Điều 70 khoản 2 BLHS"),
)

# "Các quyết định khác của bản án" stand in Điều 70 khoản 2 and Điều 71 khoản 2 alone: what Điều 70 khoản 3 and Điều 107
# khoản 2 leave out is not asked there, for the legal section to confirm. Điều 61: no limitation in the court's column.
CONDITIONS = (
    Requirement(WaitColumn.AUTOMATIC, False, True, False, "Điều 70 khoản 2 BLHS", _READ),
    Requirement(WaitColumn.AUTOMATIC, True, False, False, "Điều 70 khoản 3 BLHS", Certainty.UNVERIFIED),
    Requirement(WaitColumn.COURT, False, True, True, "Điều 71 khoản 2 BLHS", _READ),
    Requirement(WaitColumn.JUVENILE, False, False, False, "Điều 107 khoản 2 BLHS", Certainty.UNVERIFIED),
    Requirement(
        WaitColumn.JUVENILE, True, False, False, "Điều 70 khoản 3; Điều 107 khoản 2 BLHS", Certainty.UNVERIFIED
    ),
)

_CODE_OF_2015 = RuleSet(
    code="BLHS-2018",
    title="Bộ luật Hình sự 2015, sửa đổi năm 2017",
    valid_from=date(2018, 1, 1),
    valid_to=date(2025, 12, 31),
    source="Luật 100/2015/QH13, Luật 12/2017/QH14: Điều 69 đến 73, Điều 107",
    certainty=Certainty.READ,
    waits=_WAITS,
    extensions=_EXTENSIONS,
    conditions=CONDITIONS,
    prison_bands=((60, Band.B), (180, Band.C)),
    prison_months=PRISON_MONTHS,
    special_share=3,
    rejection_months=(12, 24),
    limitations=((36, 60), (180, 120), (360, 180)),
    limitation_of_life=240,
)

# Luật Tư pháp người chưa thành niên 59/2024/QH15 is in force from 01/01/2026; its article on the record was not read,
# so the juvenile column stands as before and is marked for the legal section to confirm.
_SINCE_2026 = replace(
    _CODE_OF_2015,
    code="BLHS-2026",
    title="Bộ luật Hình sự 2015, sửa đổi các năm 2017, 2024, 2025",
    valid_from=date(2026, 1, 1),
    valid_to=None,
    source="Như BLHS-2018; Luật 86/2025/QH15 giữ nguyên Điều 69 đến 73; Luật 59/2024/QH15 cần đối chiếu Điều 107",
    certainty=Certainty.SECONDARY,
    waits=tuple(
        replace(wait, certainty=Certainty.UNVERIFIED if wait.column is WaitColumn.JUVENILE else Certainty.SECONDARY)
        for wait in _WAITS
    ),
)

RULE_SETS = (_CODE_OF_2015, _SINCE_2026)
