"""The rules beside the waiting periods, as they hold on a day, each with its source: for the page a section checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.law import form_names, severity
from cases.law.bounds import AGES
from cases.law.chapters import COURT_CHAPTERS, LAST_ARTICLE
from cases.law.courts import REGIONAL_SINCE
from cases.law.deciding import YEARS_OF_A_PENALTY
from cases.law.duty_rules import RECORD_EARLY, RECORD_SOON
from cases.law.grouping import MISSED_TOO_OFTEN
from cases.law.limitation import CLAUSES_WITHOUT
from cases.law.police import RANKS, has_body
from cases.law.provisions import PROVISIONS
from cases.law.versions import Certainty, in_force
from cases.law.waiting import Band, Requirement, RuleSet, WaitColumn
from cases.lib import numbers
from cases.models import (
    AdditionalPenalty,
    AdministrativeViolation,
    DeadlineVersion,
    FormNameVersion,
    Holiday,
    LoanVersion,
    RuleVersion,
    Unit,
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

_LAPSE = "Điều 60 khoản 2 BLHS; Điều 61: không áp dụng với Chương XIII, XXVI, khoản 3, 4 Điều 353 và 354"
_REFUSED = "Điều 71 khoản 3 BLHS"


@dataclass(frozen=True)
class RuleLine:
    """One rule in words; `by` who entered it, "" where it came with the application."""

    name: Words
    value: str
    valid_from: date | None
    source: str
    certainty: str
    by: str = ""


def condition_name(condition: Requirement) -> str:
    """Whose record it is, and whether the judgment lapsed."""
    route = str(ROUTES[condition.column])
    return _("%(route)s, execution lapsed") % {"route": route} if condition.by_limitation else route


def conditions(rules: RuleSet) -> list[RuleLine]:
    """Which record waits for fees and compensation, and which for every additional penalty."""
    said = {
        (True, True): _("obligations done, every additional penalty served"),
        (True, False): _("obligations done"),
        (False, True): _("every additional penalty served"),
        (False, False): _("waits for neither fees nor compensation"),
    }
    return [
        RuleLine(
            condition_name(each),
            said[each.obligations, each.additional],
            rules.valid_from,
            each.legal_basis,
            _certainty(each.certainty),
        )
        for each in rules.conditions
    ]


def clock_numbers(rules: RuleSet) -> list[RuleLine]:
    """What the clock uses beside its twelve waiting periods and its conditions."""
    first, later = rules.rejection_months
    line = partial(RuleLine, valid_from=rules.valid_from, certainty=_certainty(rules.certainty))
    lapses = [(f"≤ {limit // 12}", months) for limit, months in rules.limitations]
    return [
        *(
            line(
                _("A judgment of prison of %(years)s years lapses after") % {"years": up_to},
                months_text(months),
                source=_LAPSE,
            )
            for up_to, months in lapses
        ),
        line(_("A judgment of life or death lapses after"), months_text(rules.limitation_of_life), source=_LAPSE),
        line(_("New application after a first refusal of the court"), months_text(first), source=_REFUSED),
        line(_("New application after a later refusal"), months_text(later), source=_REFUSED),
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


def fixed_numbers(rules: RuleSet) -> list[RuleLine]:
    """What stands in the Code itself and is no period: ages, classes, chapters, what outlasts a period."""
    version = f"{rules.code}, {rules.title}"
    return [
        RuleLine(_("Version in force"), version, rules.valid_from, rules.source, _certainty(rules.certainty)),
        *(each for each in clock_numbers(rules) if not any(words.is_basis_of(each.source) for words in PROVISIONS)),
        *_outlasting(rules),
        *_of_the_code(rules),
        *_our_own(),
    ]


def _outlasting(rules: RuleSet) -> Iterator[RuleLine]:
    """Which additional penalties hold a record beyond its period."""
    for each in rules.extensions:
        kinds = [str(label) for kind, label in AdditionalPenalty.Kind.choices if kind in each.kinds]
        name = _("Outlasts the period: %(route)s") % {"route": ROUTES[each.column]}
        yield RuleLine(name, ", ".join(kinds), None, each.legal_basis, _certainty(Certainty.READ))


def _of_the_code(rules: RuleSet) -> Iterator[RuleLine]:
    read, second = _certainty(Certainty.READ), _certainty(Certainty.SECONDARY)
    first, middle, third = (limit // 12 for limit, _grade in severity.LIMITS)
    frames = f"{first}, {middle}, {third}, > {third}"
    bands = ", ".join(f"{limit // 12}" for limit, _band in rules.prison_bands)
    no_lapse = "; ".join(f"{article} ({', '.join(map(str, each))})" for article, each in CLAUSES_WITHOUT.items())
    chapters, both = ", ".join(sorted(COURT_CHAPTERS)), "Điều 71 khoản 1 BLHS; Điều 268 BLTTHS"
    ages, articles, since = ", ".join(map(str, AGES)), f"1–{LAST_ARTICLE}", f"{REGIONAL_SINCE:%d/%m/%Y}"
    for name, value, source, certainty in (
        (_("Years of prison where the period changes"), bands, "Điều 70, 71, 107 BLHS", read),
        (_("Ages at the act"), ages, "Điều 12, 91, 107 BLHS", read),
        (_("Longest frame of the four classes of crime, in years"), frames, "Điều 9 BLHS", read),
        (_("Longest prison for one offence, in years"), f"{severity.LONGEST_FRAME // 12}", "Điều 38 BLHS", read),
        (_("Chapters whose record the court alone clears"), chapters, both, read),
        (_("Articles, with their clauses, whose judgments never lapse"), no_lapse, "Điều 61 BLHS", read),
        (_("Longest additional penalty, in years"), f"{YEARS_OF_A_PENALTY}", "Điều 41 đến 44 BLHS", read),
        (_("Articles of the Code"), articles, "Bộ luật 100/2015/QH13", read),
        (_("Regional courts decide from"), since, "Nghị quyết 81/2025/UBTVQH15", second),
    ):
        yield RuleLine(name, value, None, source, certainty)


def _our_own() -> Iterator[RuleLine]:
    source, certainty = _("This product's own, no text was found"), _certainty(Certainty.UNVERIFIED)
    told = f"{RECORD_EARLY}, {RECORD_SOON}"
    yield RuleLine(_("Missed meetings that speak for group C"), f"{MISSED_TOO_OFTEN}", None, source, certainty)
    yield RuleLine(_("Days before the clean record that it is told"), told, None, source, certainty)


def police_ranks(on: date) -> list[RuleLine]:
    """Which kinds of units have a police body of their own on a day."""
    has = _("has a police body of its own")
    return [
        RuleLine(Unit.Kind(rank.kind).label, has, None, rank.source, _certainty(rank.certainty))
        for rank in RANKS
        if has_body(rank.kind, on)
    ]


def clean_slates(on: date) -> Iterator[RuleLine]:
    """From when an administrative sanction counts as never given."""
    rows = DeadlineVersion.objects.of_slates()
    newest = {row.duty: row for row in rows if row.valid_from <= on}
    for slate in deadline_version.clean_slates(rows, on):
        entered = newest.get(DeadlineVersion.SLATES[slate.sanction])
        yield RuleLine(
            AdministrativeViolation.Sanction(slate.sanction).label,
            months_text(slate.months),
            entered.valid_from if entered else None,
            slate.legal_basis,
            _certainty(slate.certainty),
            entered.created_by.full_name if entered else "",
        )


def names_of_forms(on: date) -> Iterator[RuleLine]:
    """What each form is called on a day, and who entered the name; two queries."""
    rows = FormNameVersion.objects.select_related("created_by")
    by_whom = {(row.code, row.valid_from): row.created_by.full_name for row in rows}
    table = FormNameVersion.objects.table()
    for code in sorted({row.code for row in form_names.FORM_NAMES}):
        name = form_names.form_name(code, on, table)
        by = by_whom.get((code, name.valid_from), "")
        yield RuleLine(code, name.title, name.valid_from, name.source, _certainty(name.certainty), by)


def loan(on: date) -> list[RuleLine]:
    """The numbers of the decision on credit."""
    versions, rates = LoanVersion.objects.tables()
    rules = in_force(versions, on)
    about = (rules.valid_from, rules.source, _certainty(rules.certainty))
    rate = in_force(rates, on)
    percent = _("%(rate)s %% a year") % {"rate": numbers.group(rate.percent_a_year, 2)}
    return [
        RuleLine(_("From completion to the loan at most"), months_text(rules.window_months), *about),
        RuleLine(_("For business and work at most"), _dong(rules.person_cap), *about),
        RuleLine(_("For training at most, a month"), _dong(rules.training_cap_a_month), *about),
        RuleLine(_("For a project of an establishment at most"), _dong(rules.establishment_cap), *about),
        RuleLine(_("For each worker of it at most"), _dong(rules.worker_cap), *about),
        RuleLine(
            _("Longest term"),
            months_text(rules.longest_months),
            rules.valid_from,
            rules.source,
            _certainty(Certainty.UNVERIFIED),
        ),
        RuleLine(_("Interest"), percent, rate.valid_from, rate.source, _certainty(rate.certainty)),
    ]


def days_off(on: date) -> Iterator[RuleLine]:
    """The days off of this year and the next, those of one feast together, and the days worked instead.

    A year that is not loaded is told.
    """
    for year in (on.year, on.year + 1):
        feasts: dict[tuple, list[date]] = {}
        for row in Holiday.objects.filter(day__year=year):
            about = (row.name, row.get_kind_display(), row.source, row.get_certainty_display())
            feasts.setdefault(about, []).append(row.day)
        if not feasts:
            told = _("no day off on file: deadlines in working days count them as worked")
            yield RuleLine(str(year), told, None, "", "")
        for (name, kind, source, certainty), days in feasts.items():
            told = ", ".join(f"{day:%d/%m/%Y}" for day in days)
            yield RuleLine(name, f"{told} ({kind.lower()})", None, source, certainty)


def months_text(amount: int) -> str:
    """A number of months in words."""
    return ngettext("%(count)d month", "%(count)d months", amount) % {"count": amount}


def _dong(amount: int) -> str:
    return _("%(amount)s VND") % {"amount": numbers.group(amount, 0)}


def _certainty(certainty: str) -> str:
    return str(RuleVersion.Certainty(certainty).label)
