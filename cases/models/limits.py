"""The floor and the ceiling of every day that is stored or typed, in one table, and the words for each."""

from datetime import date

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from cases.lib.dates import PartialDate
from cases.lib.limits import YEARS_AHEAD, Ceiling, DayFacts, Floor, Limits, first_day, last_day

ACT = Limits(Floor.BIRTH, Ceiling.TODAY)
WORK = Limits(Floor.COMPLETED, Ceiling.TODAY)
PREPARATION = Limits(Floor.PREPARED, Ceiling.TODAY)
PAST = Limits(Floor.FOUNDED, Ceiling.TODAY)
PLAN = Limits(Floor.FOUNDED, Ceiling.YEAR)
RULE = Limits(Floor.FOUNDED, Ceiling.DECADE)

LIMITS = {
    # the person and what brought them here
    "returnee.completed_on": Limits(Floor.BIRTH, Ceiling.YEAR),  # a release that is announced lies ahead
    "returnee.presents_by": Limits(Floor.COMPLETED, Ceiling.YEAR),
    "returnee.presented_on": WORK,
    "returnee.closed_on": WORK,
    "judgment.judged_on": ACT,
    "judgment.effective_on": ACT,
    "judgment.main_done_on": ACT,
    "judgment.clearance_decision_on": ACT,
    "offence.act_on": ACT,
    "additionalpenalty.since": Limits(Floor.BIRTH, Ceiling.DECADE),
    "additionalpenalty.done_on": Limits(Floor.BIRTH, Ceiling.DECADE),
    "obligation.done_on": ACT,
    "administrativeviolation.act_on": ACT,
    "administrativeviolation.decided_on": ACT,
    "administrativeviolation.done_on": ACT,
    "confinement.begun_on": ACT,
    "confinement.ended_on": ACT,
    "crime.act_on": ACT,
    "crime.stage_on": ACT,
    "recidivismfinding.found_on": ACT,
    "expungement.evidence_on": ACT,
    "expungement.confirmed_on": ACT,
    "courtapplication.filed_on": ACT,
    "courtapplication.refused_on": ACT,
    # before the person comes home
    "notice.dated_on": ACT,
    "notice.received_on": ACT,
    "arrivalanswer.on": ACT,
    "assessment.on": PREPARATION,
    "assessment.approved_on": PREPARATION,
    "need.state_on": PREPARATION,
    "safetyflag.since": PREPARATION,
    "safetyflag.until": PREPARATION,
    "consent.given_on": PREPARATION,
    "consent.ended_on": PREPARATION,
    "dossierpaper.on": PREPARATION,
    "dossierpaper.quarter": PREPARATION,
    "paperworkrequest.needed_on": PREPARATION,
    "paperworkrequest.submitted_on": PREPARATION,
    "paperworkrequest.issued_on": PREPARATION,
    "paperworkrequest.handed_over_on": PREPARATION,
    "paperworkrequest.refused_on": PREPARATION,
    "helpergroup.since": PREPARATION,
    "helpergroup.until": PREPARATION,
    "groupmember.since": PREPARATION,
    "groupmember.until": PREPARATION,
    "transfer.on": Limits(Floor.PREPARED, Ceiling.YEAR),
    "transfer.accepted_on": PREPARATION,
    # the work with the person
    "activity.on": PAST,  # about several people: each one's completion is asked where their entries are known
    "appointment.on": Limits(Floor.COMPLETED, Ceiling.YEAR),
    "appointment.missed_on": WORK,
    "snooze.since": Limits(Floor.PREPARED, Ceiling.TODAY),
    "snooze.until": Limits(Floor.PREPARED, Ceiling.YEAR),
    "trainingreferral.referred_on": WORK,
    "trainingreferral.started_on": WORK,
    "trainingreferral.ended_on": WORK,
    "jobreferral.referred_on": WORK,
    "jobreferral.accepted_on": WORK,
    "jobreferral.refused_on": WORK,
    "jobreferral.started_on": WORK,
    "jobreferral.ended_on": WORK,
    "jobcheck.on": WORK,
    "loan.list_confirmed_on": WORK,
    "loan.requested_on": WORK,
    "loan.paid_out_on": WORK,
    "loan.refused_on": WORK,
    "groupmeeting.on": PLAN,
    "personaltask.due_on": RULE,  # what comes each year is noted anew before its day
    # units, postings, rules, reports
    "breach.happened_on": PAST,
    "breach.found_on": PAST,
    "breach.told_on": PAST,
    "auditseal.day": PAST,
    "unit.valid_from": RULE,
    "unit.valid_to": RULE,
    "succession.on": RULE,
    "unitchange.on": RULE,
    "posting.since": Limits(Floor.UNIT, Ceiling.DECADE),
    "posting.until": Limits(Floor.UNIT, Ceiling.DECADE),
    "holiday.day": RULE,
    "ruleversion.valid_from": RULE,
    "retentionversion.valid_from": RULE,
    "deadlineversion.valid_from": RULE,
    "formnameversion.valid_from": RULE,
    "loanversion.valid_from": RULE,
    "policeversion.valid_from": RULE,
    "organisation.valid_from": RULE,
    "organisation.valid_to": RULE,
    "headingsynonym.valid_from": RULE,
    "headingsynonym.valid_to": RULE,
    "campaign.period_start": RULE,
    "campaign.period_end": RULE,
    "campaign.due_on": RULE,
    "reportdocument.period_start": RULE,
    "reportdocument.period_end": RULE,
    "reportdocument.signed_on": PLAN,
    # days that are asked for and not stored
    "asked.day": RULE,
}
SET_BY_ACTIONS = "an action copies it from a day that was checked, or writes today; nobody types it"
KEPT_BY_TRIGGERS = "kept by the database with a row whose day has limits"
NO_LIMITS = {
    "activityentry.kept_on": KEPT_BY_TRIGGERS,
    "currentfacts.last_contact_on": KEPT_BY_TRIGGERS,
    "currentfacts.group_on": KEPT_BY_TRIGGERS,
    "currentfacts.last_assessed_on": KEPT_BY_TRIGGERS,
    "currentfacts.taken_over_on": KEPT_BY_TRIGGERS,
    "lastcontact.on": KEPT_BY_TRIGGERS,
    "keptfigures.start": SET_BY_ACTIONS,
    "keptfigures.end": SET_BY_ACTIONS,
    "keptfigures.upto": SET_BY_ACTIONS,
    "keptfigures.counted_on": SET_BY_ACTIONS,
    "readingreview.month": SET_BY_ACTIONS,
    "placement.since": SET_BY_ACTIONS,
    "placement.until": SET_BY_ACTIONS,
    "transferstep.on": SET_BY_ACTIONS,
    "personaltask.first_on": SET_BY_ACTIONS,
    "personaltask.done_on": SET_BY_ACTIONS,
    "congratulation.on": SET_BY_ACTIONS,
    "verdict.on": SET_BY_ACTIONS,
    "verdict.due_on": "the law computes it, and it may lie decades ahead",
}


def check_day(name: str, day: date, *, facts: DayFacts, on: date) -> None:
    """Raise ValidationError with the reason in words where `day` may not stand in the field `name` on the day `on`."""
    limits = LIMITS.get(name)
    if limits:
        check_floor(limits.floor, day, facts)
        check_ceiling(limits.ceiling, day, on)


def check_floor(floor: Floor, day: date, facts: DayFacts) -> None:
    holds, first = first_day(floor, facts)
    if day >= first:
        return
    words = {
        Floor.FOUNDED: _("%(day)s is before %(first)s, the first day that is accepted: check the year."),
        Floor.BIRTH: _("%(day)s is before the birth in %(born)s: check the year."),
        Floor.PREPARED: _("%(day)s is more than a year before the completion of the sentence on %(completed)s."),
        Floor.COMPLETED: _("%(day)s is before the completion of the sentence on %(completed)s."),
        Floor.UNIT: _("%(day)s is before %(unit)s began on %(first)s."),
    }
    told = {
        "day": f"{day:%d/%m/%Y}",
        "first": f"{first:%d/%m/%Y}",
        "born": str(facts.born),
        "completed": f"{facts.completed:%d/%m/%Y}" if facts.completed else "",
        "unit": facts.unit,
    }
    raise ValidationError(words[holds], params=told, code="floor")


def check_ceiling(ceiling: Ceiling, day: date, on: date) -> None:
    if day <= last_day(ceiling, on):
        return
    if ceiling is Ceiling.TODAY:
        words = _("%(day)s has not come yet: choose today or a day before.")
        raise ValidationError(words, params={"day": f"{day:%d/%m/%Y}"}, code="future")
    years = YEARS_AHEAD[ceiling]
    words = _("%(day)s lies more than a year ahead: check the year.")
    if years > 1:
        words = _("%(day)s lies more than %(years)d years ahead: check the year.")
    raise ValidationError(words, params={"day": f"{day:%d/%m/%Y}", "years": years}, code="far")


PARENTS = ("returnee", "judgment", "referral", "group", "notice", "transfer")  # on the way from a record to its person


def day_facts(row) -> DayFacts:
    """What a record knows of its person and unit; a form's record may not be tied to either yet."""
    person, unit = _person(row), _related(row, "unit")
    return DayFacts(
        born=_born(person),
        completed=person and person.completed_on,
        began=unit and unit.valid_from,
        unit=unit.name if unit else "",
    )


def _person(row):
    while row is not None and not hasattr(row, "born_on"):
        row = next(filter(None, (_related(row, name) for name in PARENTS)), None)
    return row


def _related(row, name: str):
    try:
        return getattr(row, name, None) if name in {field.name for field in row._meta.fields} else None
    except ObjectDoesNotExist:
        return None


def _born(person) -> PartialDate | None:
    try:
        return PartialDate.from_storage(person.born_on) if person else None
    except (TypeError, ValueError):
        return None  # a birth that cannot be read is told at its own field
