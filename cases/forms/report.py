"""What a report page was asked for. A query that makes no sense is answered in words and with what makes sense."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.base import DayField, HouseForm
from cases.forms.unit_field import UnitSelect
from cases.lib.numbers import parse_key
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import Unit
from cases.reports.administration import renaming
from cases.reports.periodic.report_scope import Lens, NoStandingUnitError, ReportScope, reportable, scope_under, top_of
from cases.templatetags.words import period_days, period_label

TWO_DAYS = "days"
OFFERED = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 8,
    PeriodKind.HALF: 4,
    PeriodKind.YEAR: 9,
}  # how many periods back one may choose
PROFILE_WORDS = {
    Profile.STATE: gettext_lazy("State administration"),
    Profile.CALENDAR: gettext_lazy("Calendar"),
    Profile.OVERSIGHT: gettext_lazy("Oversight"),
}
KIND_WORDS = {
    PeriodKind.YEAR: gettext_lazy("years"),
    PeriodKind.HALF: gettext_lazy("half-years"),
    PeriodKind.QUARTER: gettext_lazy("quarters"),
    PeriodKind.MONTH: gettext_lazy("months"),
}
LENS_WORDS = [
    (Lens.AS_WAS, gettext_lazy("Units as they were")),
    (Lens.AS_IS, gettext_lazy("Units of today")),
]


@dataclass(frozen=True)
class ReportRequest:
    """Unit, period and lens of a report page. `named` is the whole period, `period` its days up to today, `on`.

    `units` are those a page offers to choose from.
    """

    unit: Unit
    lens: Lens
    named: Period
    period: Period
    on: date
    units: list[Unit]
    problems: list[str] = field(default_factory=list)

    @cached_property
    def where(self) -> ReportScope:
        """Where records count; of a country that is much to read, and kept figures do without."""
        return scope_under(self.unit, self.lens, self.period, self.on)

    @property
    def history(self) -> renaming.UnitHistory:
        """What the unit was called and made of, read with `where` where that was; else one query."""
        known = self.where.history if "where" in vars(self) else None
        return known or renaming.history_of(self.unit)

    @property
    def query(self) -> dict:
        """The query string that asks for the same again, without the unit; a period under way keeps its name."""
        return {**period_query(self.named), "lens": self.lens}


def period_query(period: Period) -> dict[str, str]:
    """A period as a query asks for it."""
    return {"from": f"{period.start:%d/%m/%Y}", "to": f"{period.end:%d/%m/%Y}"}


def read(query, *, user, on: date) -> ReportRequest:
    """Understand a query string; `problems` says in words what in it could not be taken as written."""
    problems: list[str] = []
    reports = reportable(user)
    units = list(reports.above_districts() if user.sees_everything else reports)
    unit = _unit(query, reports, user, problems)
    units += [] if unit in units else [unit]
    named = _period(query, on, problems)
    period = Period(named.start, min(named.end, on))
    lens = query.get("lens") or Lens.AS_WAS
    if lens not in list(Lens):
        problems.append(_("“%(value)s” is no way to look at units: units are shown as they were.") % _short(lens))
        lens = Lens.AS_WAS
    try:
        top = top_of(unit, lens, on)
    except NoStandingUnitError as error:
        problems.append(_("%(why)s Units are shown as they were.") % {"why": error})
        top, lens = unit, Lens.AS_WAS
    return ReportRequest(top, Lens(lens), named, period, on, units, problems)


def _short(value: str) -> dict:
    return {"value": value[:30]}


def _unit(query, reports: QuerySet[Unit], user, problems: list[str]) -> Unit:
    asked = query.get("unit", "")
    key = parse_key(asked)
    found = None if key is None else reports.filter(pk=key).first()
    if asked and found is None:
        problems.append(
            _("There is no unit “%(value)s” here: this is %(unit)s.") % {**_short(asked), "unit": user.unit}
        )
    return found or user.unit


def _period(query, on: date, problems: list[str]) -> Period:
    default = period_of(Profile.STATE, PeriodKind.YEAR, on)
    try:
        period = _asked_period(query, on, problems) or default
    except ValidationError as error:
        problems.extend(error.messages)
        period = default
    if period.start > on:
        problems.append(
            _("The period %(days)s has not begun: this is the current year.") % {"days": period_days(period)}
        )
        period = default
    return period


def _asked_period(query, on: date, problems: list[str]) -> Period | None:
    choice = query.get("period", TWO_DAYS)
    if choice != TWO_DAYS:
        for _heading, choices in offered_periods(on):
            for period in choices:
                if choice == _key(period):
                    return period
        raise ValidationError(_("“%(value)s” is no period of the list: this is the current year.") % _short(choice))
    if not (query.get("from") or query.get("to")):
        return None
    days = [DayField(of="asked.day").clean(query.get(name, "")) for name in ("from", "to")]
    if days[0] > days[1]:
        problems.append(_("The first day was after the last day: the two were swapped."))
    return Period(min(days), max(days))


def offered_periods(on: date) -> Iterator[tuple[str, list[Period]]]:
    """Every period one may choose, the latest first, under the heading of its profile and kind."""
    for profile in PROFILE_WORDS:
        for kind in (PeriodKind.YEAR,) if profile == Profile.OVERSIGHT else KIND_WORDS:
            periods = [period_of(profile, kind, on)]
            while len(periods) < OFFERED[kind]:
                periods.append(period_of(profile, kind, periods[-1].start - timedelta(days=1)))
            heading = _("%(profile)s, %(kind)s") % {"profile": PROFILE_WORDS[profile], "kind": KIND_WORDS[kind]}
            yield heading, periods


def _key(period: Period) -> str:
    return f"{period.start}_{period.end}"


class ReportForm(HouseForm):
    """The choice above a report; the two days of one's own have a form beside it."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"), widget=UnitSelect)
    period = forms.ChoiceField(label=gettext_lazy("Period"), widget=forms.Select({"data-no-names": True}))
    lens = forms.ChoiceField(label=gettext_lazy("Changed units"), choices=LENS_WORDS)

    def __init__(self, *, asked: ReportRequest, on: date, **kwargs):
        periods = list(offered_periods(on))
        named = {_key(period) for _heading, choices in periods for period in choices}
        chosen = _key(asked.named) if _key(asked.named) in named else TWO_DAYS
        super().__init__(initial={"unit": asked.unit.pk, "period": chosen, "lens": asked.lens}, on=on, **kwargs)
        self.fields["unit"].choices = unit_choices(asked, on)
        offered = [(head, [(_key(each), period_label(each)) for each in choices]) for head, choices in periods]
        own = [(TWO_DAYS, _("Two days of one's own"))] if chosen == TWO_DAYS else []
        self.fields["period"].choices = [*own, *offered]


def unit_choices(asked: ReportRequest, on: date) -> list:
    """Units of today, then those of the past, each under those above it."""
    groups = {True: [], False: []}
    first = min((unit.path.count("/") for unit in asked.units), default=0)
    for unit in asked.units:
        depth = "– " * (unit.path.count("/") - first)
        until = f" ({unit.valid_from:%Y}–{unit.valid_to:%Y})" if unit.valid_to else ""
        groups[unit.in_force(on)].append((unit.pk, f"{depth}{unit.name}{until}"))
    past = [(_("Until the units were reorganised"), groups[False])] if groups[False] else []
    return [(_("Units of today"), groups[True]), *past]


class DaysForm(HouseForm):
    """A period of one's own: two days, both included."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    lens = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *, asked: ReportRequest, **kwargs):
        initial = {"unit": asked.unit.pk, "lens": asked.lens, "from": asked.period.start, "to": asked.period.end}
        super().__init__(initial=initial, auto_id="days_%s", **kwargs)
        self.fields["from"] = DayField(of="asked.day", label=_("First day"))
        self.fields["to"] = DayField(of="asked.day", label=_("Last day"))
