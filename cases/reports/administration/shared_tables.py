"""What all units share and an administrator keeps: each table as dated lines, the latest first, with its sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.law import administrative, deadlines, form_names, loan_check, police, retention
from cases.law.deadlines import DeadlineKind
from cases.lib import numbers
from cases.models import (
    DeadlineVersion,
    FormNameVersion,
    Holiday,
    LoanVersion,
    Organisation,
    PoliceVersion,
    RetentionVersion,
    Returnee,
    RuleVersion,
)
from cases.reports.lists.rules import COUNTS
from cases.reports.words import Words

DatedLine = tuple[date | None, Any, Any]  # since when, what, and the row that says so: of the table or of the law


@dataclass(frozen=True)
class SharedLine:
    """One dated row in words; `pk` is None for what came with the application: a row entered takes its place.

    `holds`: in force on the day asked for. `by`: who entered it, and who last corrected it where that is another.
    """

    name: str
    value: str
    valid_from: date | None
    valid_to: date | None
    source: str
    certainty: str
    holds: bool
    pk: int | None = None
    by: str = ""


def days(on: date) -> list[SharedLine]:
    """Days off and days worked instead, the latest first."""
    return [
        SharedLine(
            f"{row.day:%d/%m/%Y}",
            f"{row.name} ({row.get_kind_display().lower()})",
            None,
            None,
            row.source,
            row.get_certainty_display(),
            row.day >= on,
            row.pk,
        )
        for row in Holiday.objects.order_by("-day")
    ]


def loans(on: date) -> list[SharedLine]:
    """The limits of credit: those entered, then those of the law's table with the rates beside them."""
    entered: list[DatedLine] = [
        (row.valid_from, _limits(row.loan_rules(loan_check.RULES[0]), row.percent_a_year), row)
        for row in LoanVersion.objects.select_related("created_by", "changed_by")
    ]
    rules: list[DatedLine] = [(row.valid_from, _limits(row), row) for row in loan_check.RULES]
    lines = [_version(_("Limits"), value, since, row, on, entered + rules) for since, value, row in entered + rules]
    rates: list[DatedLine] = [(row.valid_from, _percent(row.percent_a_year), row) for row in loan_check.RATES]
    return lines + [_version(_("Interest"), value, since, row, on, entered + rates) for since, value, row in rates]


def _limits(rules: loan_check.LoanRules, percent: object = None) -> str:
    sums = _("person %(person)s, training %(training)s a month, establishment %(establishment)s, worker %(worker)s VND")
    told = sums % {
        "person": numbers.group(rules.person_cap),
        "training": numbers.group(rules.training_cap_a_month),
        "establishment": numbers.group(rules.establishment_cap),
        "worker": numbers.group(rules.worker_cap),
    }
    months = _("within %(window)d months, at most %(longest)d months") % {
        "window": rules.window_months,
        "longest": rules.longest_months,
    }
    return "; ".join([told, months, *([] if percent is None else [_percent(percent)])])


def _percent(rate: object) -> str:
    return _("%(rate)s %% a year") % {"rate": numbers.group(str(rate), 2)}


def deadline_lines(on: date) -> list[SharedLine]:
    """The officers' deadlines and the administrative clean slates."""
    counts = {row.duty: COUNTS[row.count] for row in deadlines.DEADLINES}
    entered = list(DeadlineVersion.objects.select_related("created_by", "changed_by"))
    lines = []
    for duty in DeadlineVersion.Duty:
        own: list[DatedLine] = [(row.valid_from, row.amount, row) for row in entered if row.duty == duty]
        slate = next((each for each, of in DeadlineVersion.SLATES.items() if of == duty), None)
        if slate is None:
            own += [(row.valid_from, row.amount, row) for row in deadlines.DEADLINES if row.duty == DeadlineKind(duty)]
            word = str(counts[DeadlineKind(duty)])
        else:
            law = next(row for row in administrative.CLEAN_SLATES if row.sanction is slate)
            own.append((None, law.months, law))
            word = _("months")
        own.sort(key=lambda each: each[0] or date.min, reverse=True)
        lines += [_version(duty.label, f"{amount} {word}", since, row, on, own) for since, amount, row in own]
    return lines


def form_lines(on: date) -> list[SharedLine]:
    """What each form is called."""
    entered = list(FormNameVersion.objects.select_related("created_by", "changed_by"))
    lines = []
    for code in sorted({row.code for row in form_names.FORM_NAMES}):
        own: list[DatedLine] = [(row.valid_from, row.title, row) for row in entered if row.code == code]
        own += [(row.valid_from, row.title, row) for row in form_names.FORM_NAMES if row.code == code]
        lines += [_version(code, title, since, row, on, own) for since, title, row in own]
    return lines


def police_lines(on: date) -> list[SharedLine]:
    """How the bodies of each kind of unit sign."""
    entered = list(PoliceVersion.objects.select_related("created_by", "changed_by"))
    lines = []
    for word in (each.word for each in police.LETTERS):
        own: list[DatedLine] = [(row.valid_from, _signs(row), row) for row in entered if row.word == word]
        own += [(None, _signs(row), row) for row in police.LETTERS if row.word == word]
        lines += [_version(word, value, since, row, on, own) for since, value, row in own]
    return lines


def retention_lines(on: date) -> list[SharedLine]:
    """How long files of each ending are kept; those of an ending without a row are kept for good."""
    entered = list(RetentionVersion.objects.select_related("created_by", "changed_by"))
    lines = []
    for ending in Returnee.CloseReason:
        own: list[DatedLine] = [(row.valid_from, _kept(row), row) for row in entered if row.ending == ending]
        lines += [_version(ending.label, value, since, row, on, own) for since, value, row in own]
        if not own:
            certainty = RuleVersion.Certainty.UNVERIFIED.label
            said = _("kept for good: no period is entered")
            lines.append(SharedLine(str(ending.label), said, None, None, retention.UNKNOWN, str(certainty), True))
    return lines


def _kept(row: RetentionVersion) -> str:
    told = _("%(years)d years after the ending; the chief is told %(months)d months ahead")
    return told % {"years": row.years, "months": row.warned}


def _signs(row: PoliceVersion | police.Letters) -> str:
    return f"{row.symbol} · {row.head} · {row.deputy}"


def organisations(on: date) -> list[SharedLine]:
    """The bodies of the 5+1 in the order of the lists to choose from."""
    standing = set(Organisation.objects.on(on).values_list("pk", flat=True))
    return [
        SharedLine(row.name, row.short, row.valid_from, row.valid_to, row.source, "", row.pk in standing, row.pk)
        for row in Organisation.objects.all()
    ]


def _version(name: Words, value: str, since: date | None, row: Any, on: date, own: Iterable[DatedLine]) -> SharedLine:
    """A row of a table in which the newest day up to `on` holds, and of one day the row entered."""
    begun = [each for each in own if (each[0] or date.min) <= on]
    holds = bool(begun) and max(begun, key=lambda each: each[0] or date.min)[2] is row
    source = getattr(row, "source", "") or getattr(row, "legal_basis", "")
    certainty = str(RuleVersion.Certainty(row.certainty).label)
    is_entered = hasattr(row, "pk")
    people = dict.fromkeys([row.created_by.full_name, row.changed_by.full_name]) if is_entered else {}
    return SharedLine(
        str(name), value, since, None, source, certainty, holds, row.pk if is_entered else None, ", ".join(people)
    )
