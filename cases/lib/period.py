"""Reporting periods: inclusive at both ends, of the calendar, of the state administration and of oversight bodies."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.lib.dates import add_months, month_end


class Profile(StrEnum):
    """Whose year it is; CUSTOM is any two days."""

    CALENDAR = "calendar"
    STATE = "state"
    OVERSIGHT = "oversight"
    CUSTOM = "custom"


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    CUSTOM = "custom"


MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
# Oversight bodies close one year, from 1 October to 30 September, and nothing shorter.
KINDS = {
    Profile.CALENDAR: tuple(MONTHS_IN),
    Profile.STATE: tuple(MONTHS_IN),
    Profile.OVERSIGHT: (PeriodKind.YEAR,),
    Profile.CUSTOM: (PeriodKind.CUSTOM,),
}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Label:
    """What a period is called: the `number`-th `kind` of `year`; words belong to templates. CUSTOM has 0 and 0."""

    profile: Profile
    kind: PeriodKind
    number: int
    year: int


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` to `end`, both included; ValueError where the end comes first."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the period ends on {self.end}, before it starts on {self.start}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def label(self) -> Label:
        """The name the two days have in one of the profiles."""
        for profile, kinds in KINDS.items():
            for kind in kinds:
                if kind != PeriodKind.CUSTOM and period_of(profile, kind, self.end) == self:
                    first = _own_month(profile, self.end)
                    number = 1 if profile == Profile.OVERSIGHT else (first.month - 1) // MONTHS_IN[kind] + 1
                    return Label(profile, kind, number, first.year)
        return Label(Profile.CUSTOM, PeriodKind.CUSTOM, 0, 0)

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def previous(self) -> "Period":
        """The period to compare with: the one of the same kind before; as many months, else days, for a custom one."""
        end = self.start - ONE_DAY
        label = self.label
        if label.kind != PeriodKind.CUSTOM:
            return period_of(label.profile, label.kind, end)
        if self.start.day == 1 and self.end == month_end(self.end):
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Period(add_months(self.start, -months), end)
        return Period(self.start - timedelta(days=self.days), end)

    def following(self) -> "Period":
        """The period of the same kind after this one; as many days for a custom one."""
        label = self.label
        start = self.end + ONE_DAY
        if label.kind != PeriodKind.CUSTOM:
            return period_of(label.profile, label.kind, start)
        return Period(start, self.end + timedelta(days=self.days))

    def months(self) -> "list[Period]":
        """Consecutive slices that fill the period: state months or else calendar months, the ends cut."""
        state = self.start.day == 15 and self.end.day == 14
        profile = Profile.STATE if state else Profile.CALENDAR
        slices, start = [], self.start
        while start <= self.end:
            end = min(period_of(profile, PeriodKind.MONTH, start).end, self.end)
            slices.append(Period(start, end))
            start = end + ONE_DAY
        return slices


def _own_month(profile: Profile, day: date) -> date:
    """First day of the month to which the profile counts `day`: from the 15th on, the state is in the next month."""
    first = day.replace(day=1)
    return add_months(first, 1) if profile == Profile.STATE and day.day >= 15 else first


def period_of(profile: Profile | str, kind: PeriodKind | str, day: date) -> Period:
    """The month, quarter, half or year of `profile` in which `day` lies.

    calendar: as the calendar. state (Decree 09/2019): from the 15th of the month before the first month to the 14th of
    the last month, so that the year runs from 15 December to 14 December. oversight: the year from
    1 October to 30 September. ValueError where the profile has no such kind.
    """
    profile, kind = Profile(profile), PeriodKind(kind)
    if kind not in KINDS[profile] or kind == PeriodKind.CUSTOM:
        raise ValueError(f"the profile {profile} has no {kind}")
    if profile == Profile.OVERSIGHT:
        start = date(day.year if day.month >= 10 else day.year - 1, 10, 1)
        return Period(start, date(start.year + 1, 9, 30))
    own = _own_month(profile, day)
    months = MONTHS_IN[kind]
    first = own.replace(month=(own.month - 1) // months * months + 1)
    last = month_end(add_months(first, months - 1))
    if profile == Profile.CALENDAR:
        return Period(first, last)
    return Period(add_months(first, -1).replace(day=15), last.replace(day=14))
