"""The rules beside the waiting periods, as they hold on a day, each with its source: for the page a section checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.law import form_names, loan_check
from cases.law.versions import in_force
from cases.law.waiting import Band, RuleSet, WaitColumn
from cases.lib import numbers
from cases.models import (
    AdministrativeViolation,
    DeadlineVersion,
    FormNameVersion,
    Holiday,
    RuleVersion,
    deadline_version,
)
from cases.reports.words import Words

ROUTES = {
    WaitColumn.AUTOMATIC: gettext_lazy("By itself (Article 70)"),
    WaitColumn.COURT: gettext_lazy("By decision of the court (Article 71)"),
    WaitColumn.JUVENILE: gettext_lazy("Under 18 at the act (Article 107)"),
}
BANDS = {
    Band.A: gettext_lazy("Warning, fine, non-custodial, suspended"),
    Band.B: gettext_lazy("Prison up to 5 years"),
    Band.C: gettext_lazy("Prison over 5 to 15 years"),
    Band.D: gettext_lazy("Prison over 15 years, life, death commuted"),
}


@dataclass(frozen=True)
class RuleLine:
    """One rule in words; `by` who entered it, "" where it came with the application."""

    name: Words
    value: str
    valid_from: date | None
    source: str
    certainty: str
    by: str = ""


def clock_numbers(rules: RuleSet) -> list[RuleLine]:
    """What the clock uses beside its twelve waiting periods."""
    first, later = rules.rejection_months
    line = partial(RuleLine, valid_from=rules.valid_from, certainty=_certainty(rules.certainty))
    return [
        line(_("New application after a first refusal of the court"), _months(first), source="Điều 71 BLHS"),
        line(_("New application after a later refusal"), _months(later), source="Điều 71 BLHS"),
        line(
            _("Part of the period before the court may decide early"),
            f"1/{rules.special_share}",
            source="Điều 72 BLHS",
        ),
        line(
            _("Months a prison term can have"),
            f"{rules.prison_months[0]}–{rules.prison_months[1]}",
            source="Điều 38, 55 BLHS",
        ),
    ]


def clean_slates(on: date) -> Iterator[RuleLine]:
    """From when an administrative sanction counts as never given."""
    rows = DeadlineVersion.objects.of_slates()
    newest = {row.duty: row for row in rows if row.valid_from <= on}
    for slate in deadline_version.clean_slates(rows, on):
        entered = newest.get(DeadlineVersion.SLATES[slate.sanction])
        yield RuleLine(
            AdministrativeViolation.Sanction(slate.sanction).label,
            _months(slate.months),
            entered.valid_from if entered else None,
            slate.legal_basis,
            _certainty(slate.certainty),
            entered.created_by.full_name if entered else "",
        )


def names_of_forms(on: date) -> Iterator[RuleLine]:
    rows = FormNameVersion.objects.select_related("created_by")
    by_whom = {(row.code, row.valid_from): row.created_by.full_name for row in rows}
    table = FormNameVersion.objects.table()
    for code in sorted({row.code for row in form_names.FORM_NAMES}):
        name = form_names.form_name(code, on, table)
        by = by_whom.get((code, name.valid_from), "")
        yield RuleLine(code, name.title, name.valid_from, name.source, _certainty(name.certainty), by)


def loan(on: date) -> list[RuleLine]:
    """The numbers of the decision on credit."""
    rules = in_force(loan_check.RULES, on)
    about = (rules.valid_from, rules.source, _certainty(rules.certainty))
    return [
        RuleLine(_("From completion to the loan at most"), _months(rules.window_months), *about),
        RuleLine(_("For business and work at most"), _dong(rules.person_cap), *about),
        RuleLine(_("For training at most, a month"), _dong(rules.training_cap_a_month), *about),
    ]


def days_off(on: date) -> Iterator[RuleLine]:
    """The days off of this year and the next, those of one feast together; a year that is not loaded is told."""
    for year in (on.year, on.year + 1):
        feasts: dict[tuple, list[date]] = {}
        for row in Holiday.objects.filter(day__year=year):
            feasts.setdefault((row.name, row.source, row.get_certainty_display()), []).append(row.day)
        if not feasts:
            told = _("no day off on file: deadlines in working days count them as worked")
            yield RuleLine(str(year), told, None, "", "")
        for (name, source, certainty), days in feasts.items():
            yield RuleLine(name, ", ".join(f"{day:%d/%m/%Y}" for day in days), None, source, certainty)


def _months(amount: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", amount) % {"count": amount}


def _dong(amount: int) -> str:
    return _("%(amount)s VND") % {"amount": numbers.group(amount, 0)}


def _certainty(certainty: str) -> str:
    return str(RuleVersion.Certainty(certainty).label)
