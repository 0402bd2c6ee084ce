"""Days, numbers and periods in words. None is "—", zero is zero; "today" comes in as an argument."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.law.duty_rules import Duty
from cases.lib import identity, numbers, text
from cases.lib.dates import PartialDate
from cases.lib.period import Period, PeriodKind, Profile
from cases.lib.text import UNKNOWN

register = template.Library()

ROMAN = ("", "I", "II", "III", "IV")
AnyNumber = int | float | Decimal


def _as_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else date(value.year, value.month, value.day)
    return value


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether a field may stay empty; of two ways to say the same (`data-either`) one has to be filled in."""
    return not field.field.required and "data-either" not in field.field.widget.attrs


@register.filter
def dash(value):
    """The value itself, or "—" where nothing is known."""
    return UNKNOWN if value is None or value == "" else value


@register.filter
def day(value: date | datetime | PartialDate | None) -> str:
    """dd/mm/yyyy; of a partial date what is known of it."""
    if value is None or value == "":
        return UNKNOWN
    return str(value) if isinstance(value, PartialDate) else f"{_as_day(value):%d/%m/%Y}"


@register.filter
def day_and_hour(value: datetime | None) -> str:
    """dd/mm/yyyy HH:MM on the local clock."""
    if value is None or value == "":
        return UNKNOWN
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"


@register.filter
def day_in_full(value: date | None) -> str:
    """As documents write it: "ngày 08 tháng 4 năm 2022", a zero before days below 10 and the months 1 and 2."""
    if value is None or value == "":
        return UNKNOWN
    value = _as_day(value)
    month = f"{value.month:02d}" if value.month < 3 else f"{value.month}"
    return _("%(day)s %(month)s %(year)s in full") % {"day": f"{value.day:02d}", "month": month, "year": value.year}


@register.filter
def days_since(value: date | datetime | None, on: date) -> int | None:
    """Days from `value` to `on`; below 0 where the day is still to come."""
    return (on - _as_day(value)).days if value else None


@register.filter
def day_words(value: date | datetime | None, on: date) -> str:
    """How far a day lies from `on`: today, yesterday, 3 days ago, tomorrow, in 9 days; never is "—"."""
    passed = days_since(value, on)
    if passed is None:
        return UNKNOWN
    near = {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}
    if passed in near:
        return near[passed]
    if passed > 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", passed) % {"count": numbers.group(passed)}
    return ngettext("in %(count)s day", "in %(count)s days", -passed) % {"count": numbers.group(-passed)}


@register.filter
def overdue_words(due: date | datetime | None, on: date) -> str:
    """How a duty stands on `on`: 3 days overdue, due today, 9 days left."""
    passed = days_since(due, on)
    if passed is None:
        return UNKNOWN
    if passed == 0:
        return _("due today")
    if passed > 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", passed) % {"count": numbers.group(passed)}
    return ngettext("%(count)s day left", "%(count)s days left", -passed) % {"count": numbers.group(-passed)}


DUTY_NOUNS = {
    "contact": gettext_lazy("meet individually"),
    "appointment": gettext_lazy("agreed meeting"),
    "outcome": gettext_lazy("outcome of a meeting"),
    "presenting": gettext_lazy("presenting"),
    "residence": gettext_lazy("check of the address"),
    "paperwork": gettext_lazy("papers"),
    "job": gettext_lazy("check of the job"),
    "group": gettext_lazy("form the 5+1 group"),
    "dossier": gettext_lazy("make the dossier"),
    "assessment": gettext_lazy("assessment"),
    "record": gettext_lazy("clean record"),
}


@register.filter
def duty_nouns(duties: Iterable[Duty]) -> str:
    """What else is due, each in a word or two and once: "classify, papers"."""
    return ", ".join(dict.fromkeys(str(DUTY_NOUNS[duty.kind]) for duty in duties))


@register.filter
def open_words(since: date | datetime | None, on: date) -> str:
    """How a right stands on `on`: in 9 days, from today, for 3 days already; it is never overdue."""
    passed = days_since(since, on)
    if passed is None:
        return UNKNOWN
    if passed == 0:
        return _("from today")
    if passed > 0:
        return ngettext("for %(count)s day already", "for %(count)s days already", passed) % {
            "count": numbers.group(passed)
        }
    return day_words(since, on)


@register.filter
def number(value: AnyNumber | None, decimals: int | None = None) -> str:
    """1.234.567,5; `{{ value|number:1 }}` rounds to so many decimals."""
    return UNKNOWN if value is None or value == "" else numbers.group(value, decimals)


@register.filter
def money(value: AnyNumber | None) -> str:
    """Whole đồng with their unit: 5.000.000 đồng."""
    if value is None or value == "":
        return UNKNOWN
    return _("%(amount)s VND") % {"amount": numbers.group(value, 0)}


@register.filter
def period_days(period: Period) -> str:
    """dd/mm/yyyy–dd/mm/yyyy, both ends included."""
    return f"{day(period.start)}–{day(period.end)}"


@register.filter
def period_label(period: Period) -> str:
    """The period's name, with its days wherever they are not those of the calendar."""
    name = period_name(period)
    tells_days = period.label.kind == PeriodKind.CUSTOM or period.label.profile == Profile.CALENDAR
    return name if tells_days else f"{name} ({period_days(period)})"


@register.filter
def period_name(period: Period) -> str:
    """What the period is called, for where its days stand beside: Quý III/2026."""
    label = period.label
    if label.kind == PeriodKind.CUSTOM:
        return _("From %(start)s to %(end)s") % {"start": day(period.start), "end": day(period.end)}
    name = _("Oversight year %(year)s") if label.profile == Profile.OVERSIGHT else _kind_name(label.kind, label.number)
    place = ROMAN[label.number] if label.kind == PeriodKind.QUARTER else label.number
    return name % {"number": place, "year": label.year}


def _kind_name(kind: PeriodKind, number: int) -> str:
    if kind == PeriodKind.HALF:
        return _("First half of %(year)s") if number == 1 else _("Second half of %(year)s")
    return {
        PeriodKind.MONTH: _("Month %(number)s/%(year)s"),
        PeriodKind.QUARTER: _("Quarter %(number)s/%(year)s"),
        PeriodKind.YEAR: _("Year %(year)s"),
    }[kind]


@register.filter
def phone(value: str) -> str:
    """In groups that can be read aloud: 0912 345 678."""
    return identity.spaced_phone(value) if value else UNKNOWN


@register.filter
def excerpt(value: str, length: int = 160) -> str:
    return text.excerpt(value, length)


@register.filter
def code_place(offence) -> str:
    """Where an offence stands in the Penal Code: "khoản 1 Điều 173"; the article alone where no clause is told."""
    if offence.clause:
        return _("clause %(clause)s, article %(article)s") % {"clause": offence.clause, "article": offence.article}
    return _("article %(article)s") % {"article": offence.article}
