"""The clean-record clock of one person for the case file: in words, what blocks it, who can unblock it, its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.law import verdict, wording
from cases.law.expungement import evaluate
from cases.law.facts import CaseFacts, ConvictionFacts, ObligationFacts, ObligationState
from cases.law.words import OBLIGATIONS
from cases.models import (
    AdministrativeViolation,
    CourtApplication,
    DeadlineVersion,
    Expungement,
    Judgment,
    Returnee,
    RuleVersion,
    Verdict,
)
from cases.models.joint_read import read_jointly
from cases.models.law_facts import FactRows, not_entered
from cases.models.rule_version import add_to_law
from cases.reports.casefile import alternatives, clearance_way, slates, verdict_facts
from cases.reports.words import Words

Status = verdict.Status
TONES = {
    Status.RUNNING: "sky",
    Status.ELIGIBLE_UNCONFIRMED: "leaf",
    Status.MAY_APPLY: "leaf",
    Status.EXPUNGED: "leaf",
    Status.NO_RECORD: "leaf",
    Status.HOLD: "brick",
}
HISTORY = 30


@dataclass(frozen=True)
class Blocker:
    """What stands in the way, who can take it out of the way, and the tab where that is recorded."""

    text: str
    who: str
    route: str


@dataclass(frozen=True)
class VerdictChange:
    """A verdict as it was kept, the day the one before it had given, and the sentences that one did not say."""

    verdict: Verdict
    before: date | None
    moved: bool
    why: list[str]

    @property
    def facts(self) -> list[str]:
        return verdict_facts.facts_in_words(self.verdict)


@dataclass(frozen=True)
class ClockView:
    headline: str
    tone: str
    verdict: verdict.Eligibility
    blockers: list[Blocker]
    judgments: list[Judgment]
    not_entered: list[date]
    slates: list[slates.Slate]
    applications: list[CourtApplication]
    history: list[VerdictChange]
    status: Words
    evidence: list[Expungement]
    alternatives: alternatives.Alternatives | None

    @property
    def moved(self) -> VerdictChange | None:
        """The newest change of the day, where the newest verdict changed it."""
        return self.history[0] if self.history and self.history[0].moved else None

    @property
    def at_court(self) -> CourtApplication | None:
        """The application the court has not answered yet."""
        return next((each for each in self.applications if each.refused_on is None), None)

    @property
    def waits_for_confirmation(self) -> bool:
        return any(each.confirmed_on is None for each in self.evidence)

    @property
    def steps(self) -> list[clearance_way.ClearanceStep]:
        return clearance_way.steps(self.verdict, self.evidence, self.applications)

    @property
    def settled(self) -> str:
        """Why there is no record: "no_record", "expunged", or "" where there is one still."""
        if any(each.confirmed_on for each in self.evidence):
            return Status.EXPUNGED
        return self.verdict.status if self.verdict.status in (Status.NO_RECORD, Status.EXPUNGED) else ""

    @property
    def may_ask_early(self) -> bool:
        """Điều 72: who has merits may ask the court before the period is over."""
        return self.verdict.status == Status.RUNNING and self.verdict.special_on is not None

    @property
    def needs_reason(self) -> bool:
        """The clock does not say that the record can be cleared: whoever thinks so writes why."""
        return self.verdict.status not in (Status.ELIGIBLE_UNCONFIRMED, Status.EXPUNGED)

    @property
    def by_court(self) -> bool:
        return self.verdict.route == verdict.Route.COURT


def build(returnee: Returnee, on: date) -> ClockView:
    """Everything the tab shows, in two queries."""
    mine = {"returnee": returnee}
    rows, versions = FactRows([returnee.pk]), RuleVersion.objects.oldest_first()
    entered = DeadlineVersion.objects.of_slates()
    evidence = Expungement.objects.kept().filter(**mine).select_related("created_by", "confirmed_by")
    judgments = Judgment.objects.kept().filter(**mine).prefetch_related("offences")
    applications = CourtApplication.objects.kept().filter(**mine)
    violations = AdministrativeViolation.objects.kept().filter(**mine)
    verdicts = Verdict.objects.filter(**mine).select_related("made_by")[: HISTORY + 1]
    read_jointly(versions, entered, evidence, judgments, applications, violations, verdicts, *rows.questions)
    facts = rows.facts()[returnee.pk]
    rules = add_to_law(versions)
    answer = evaluate(facts, on, rules)
    cleared = next((each for each in evidence if each.confirmed_on), None)
    return ClockView(
        headline=_said_of(evidence) or _at_court(applications, answer) or headline(answer, on),
        tone="leaf" if cleared else TONES.get(answer.status, "amber"),
        verdict=answer,
        blockers=_blockers(answer, facts),
        judgments=list(judgments),
        not_entered=not_entered(facts),
        slates=slates.of_rows(violations, on, entered),
        applications=list(applications),
        history=_history(list(verdicts)),
        status=_("Cleared") if cleared else Verdict.Status(answer.status).label,
        evidence=list(evidence),
        alternatives=None if cleared else alternatives.build(facts, answer, on, rules),
    )


def _said_of(evidence: Iterable[Expungement]) -> str:
    """What to say once evidence has come, confirmed or not; else ""."""
    for each in evidence:
        if each.confirmed_on:
            return _("Cleared, confirmed on %(day)s") % {"day": f"{each.confirmed_on:%d/%m/%Y}"}
    for each in evidence:
        return _("Evidence of %(day)s is on file, waiting for confirmation") % {"day": f"{each.evidence_on:%d/%m/%Y}"}
    return ""


def _at_court(applications: Iterable[CourtApplication], answer: verdict.Eligibility) -> str:
    """What to say while the court has an application, where it is the court that decides; else ""."""
    sent = next((each for each in applications if each.refused_on is None), None)
    if sent is None or answer.status not in (Status.RUNNING, Status.MAY_APPLY):
        return ""
    return _("Applied to the court on %(day)s, waiting for its decision") % {"day": f"{sent.filed_on:%d/%m/%Y}"}


def headline(answer: verdict.Eligibility, on: date) -> str:
    """The clock in one sentence; days are those left until `due_on`."""
    day = f"{answer.due_on:%d/%m/%Y}" if answer.due_on else ""
    if answer.status == Status.RUNNING and answer.due_on:
        left = (answer.due_on - on).days
        if answer.route == verdict.Route.COURT:
            said = ngettext(
                "May apply to the court from %(day)s, %(count)d day left",
                "May apply to the court from %(day)s, %(count)d days left",
                left,
            )
        else:
            said = ngettext(
                "Eligible from %(day)s, %(count)d day left", "Eligible from %(day)s, %(count)d days left", left
            )
        return said % {"day": day, "count": left}
    return {
        Status.ELIGIBLE_UNCONFIRMED: _("Eligible since %(day)s, evidence still to be brought"),
        Status.MAY_APPLY: _("May apply to the court since %(day)s; cleared only when the court decides"),
        Status.HOLD: _("On hold: an investigation of an act within the period is open"),
        Status.WAIT_OBLIGATION: _("No day yet: an obligation of the judgment is not settled"),
        Status.RESET_PENDING: _("No day yet: the period begins anew when the new sentence is done"),
        Status.INCOMPLETE: _("Not enough is known to count the days"),
        Status.NO_RECORD: _("The judgment leaves no criminal record"),
        Status.EXPUNGED: _("Cleared by decision of the court"),
    }[answer.status] % {"day": day}


def _blockers(answer: verdict.Eligibility, facts: CaseFacts) -> list[Blocker]:
    officer = _("The officer in charge: look it up in the judgment and record it")
    if answer.status == Status.INCOMPLETE:
        return [*_not_entered(facts), *_unknown(answer, facts, officer)]
    if answer.status == Status.RESET_PENDING:
        who = _("The body that executes the new sentence; then the officer records the day")
        return [Blocker(_("A new sentence is not done yet."), who, "returnee-sentence")]
    waiting = {each.id for each in answer.convictions if each.settles_first}
    open_still = [
        (each, part) for each in facts.convictions or () if each.id in waiting for part in each.obligations or ()
    ]
    found = [_obligation(conviction, part) for conviction, part in open_still]
    if answer.status == Status.HOLD:
        who = _("The investigating body; then the officer records the outcome")
        text = wording.of_investigation(min(facts.investigated_on))
        found.append(Blocker(text, who, "returnee-violations"))
    return [each for each in found if each]


def _not_entered(facts: CaseFacts) -> list[Blocker]:
    said = _("Convicted of an act of %(day)s, but that judgment is not on file: no day can be told before it is.")
    who = _("The officer in charge: enter the new judgment")
    return [Blocker(said % {"day": f"{day:%d/%m/%Y}"}, who, "returnee-sentence") for day in sorted(not_entered(facts))]


def _unknown(answer: verdict.Eligibility, facts: CaseFacts, who: str) -> list[Blocker]:
    if not facts.convictions:
        return [] if facts.unreadable else [Blocker(_("No judgment is on file."), who, "returnee-sentence")]
    told = {wording.of_problem(problem) for problem in facts.unreadable}
    return [Blocker(step, who, "returnee-sentence") for step in answer.steps[:-1] if step not in told]


def _obligation(conviction: ConvictionFacts, obligation: ObligationFacts) -> Blocker | None:
    """An obligation that is not done, or of which nobody knows."""
    what = OBLIGATIONS[obligation.kind]
    if obligation.state == ObligationState.OPEN:
        text = _("Judgment %(judgment)s: %(what)s not done.") % {"judgment": conviction.id, "what": what}
        who = _("The person pays or asks for a waiver at the civil judgment enforcement office")
    elif obligation.state in (ObligationState.UNKNOWN, None):
        text = _("Judgment %(judgment)s: not known whether %(what)s is done.")
        text %= {"judgment": conviction.id, "what": what}
        who = _("The officer in charge: ask the civil judgment enforcement office")
    else:
        return None
    return Blocker(text, who, "returnee-sentence")


def _history(rows: list[Verdict]) -> list[VerdictChange]:
    older = [*rows[1:], None][: len(rows)]
    return [_change(row, before) for row, before in zip(rows, older, strict=True)][:HISTORY]


def _change(row: Verdict, before: Verdict | None) -> VerdictChange:
    if before is None or before.due_on == row.due_on:
        return VerdictChange(row, before.due_on if before else None, moved=False, why=[])
    said = before.answer["steps"]
    return VerdictChange(row, before.due_on, moved=True, why=[step for step in row.answer["steps"] if step not in said])
