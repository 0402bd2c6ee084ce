from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import audit, row
from cases.models import Activity, ActivityEntry, Appointment, Organisation, Returnee, Snooze, User
from cases.models.id_list import IdList

EARLY_DAYS = 3  # a visit up to so many days before the day agreed keeps the appointment
SNOOZE_DAYS = 365


@dataclass(frozen=True)
class PersonOutcome:
    """How it went with one person."""

    returnee: Returnee
    outcome: str = ActivityEntry.Outcome.MET
    attitude: str = ""
    note: str = ""

    @property
    def met(self) -> bool:
        return self.outcome != ActivityEntry.Outcome.ABSENT


@dataclass(frozen=True)
class NextAppointment:
    """The appointment agreed for next time (hẹn lần sau)."""

    kind: str
    on: date


@transaction.atomic
def record(
    *,
    activity: Activity,
    entries: list[PersonOutcome],
    by: User,
    organisations: Sequence[Organisation] = (),
    next_time: NextAppointment | None = None,
    vouched: bool = False,
) -> Activity:
    """Log one piece of work with one or several people; sent twice with one `uid`, it is recorded once.

    Appointments it settles are closed, and `next_time` makes a new one for each person.
    """
    said = [(entry.returnee, entry.outcome, entry.attitude, entry.note) for entry in entries]
    agreed = next_time and (next_time.kind, next_time.on)
    if earlier := row.earlier(activity, said, list(organisations), agreed, vouched=vouched):
        return earlier
    check_days(activity, entries)
    activity.stamp(by)
    row.validate(activity, exclude=("created_by", "changed_by", "uid"), vouched=vouched)
    return _save(activity=activity, entries=entries, by=by, organisations=organisations, next_time=next_time)


def _save(
    *,
    activity: Activity,
    entries: list[PersonOutcome],
    by: User,
    organisations: Iterable[Organisation],
    next_time: NextAppointment | None,
) -> Activity:
    activity.save()
    activity.organisations.add(*organisations)
    ActivityEntry.objects.bulk_create(
        ActivityEntry(activity=activity, returnee=e.returnee, outcome=e.outcome, attitude=e.attitude, note=e.note)
        for e in entries
    )
    settle_appointments(activity=activity, entries=entries, by=by)
    if next_time:
        agree(activity=activity, entries=entries, next_time=next_time, by=by)
    values = audit.snapshot(activity)
    audit.record_all(
        [
            audit.event(
                by=by,
                verb="activity.recorded",
                target=activity,
                returnee=e.returnee,
                after={**values, "outcome": e.outcome, "attitude": e.attitude},
            )
            for e in entries
        ]
    )
    return activity


@transaction.atomic
def record_many(*, work: list[tuple[Activity, Returnee]], by: User) -> None:
    """Log many pieces of work with one person each, who was met; their maker answers for them.

    Appointments they settle are closed as `record` does.
    """
    for start in range(0, len(work), row.AT_ONCE):
        some = work[start : start + row.AT_ONCE]
        Activity.objects.bulk_create([activity.stamp(by) for activity, _person in some])
        ActivityEntry.objects.bulk_create(
            [ActivityEntry(activity_id=activity.pk, returnee_id=who.pk) for activity, who in some]
        )
        audit.record_all(
            [
                audit.event(
                    by=by,
                    verb="activity.recorded",
                    target=activity,
                    returnee=who,
                    after={**audit.snapshot(activity), "outcome": ActivityEntry.Outcome.MET, "attitude": ""},
                )
                for activity, who in some
            ]
        )
    people = IdList({who.pk for _activity, who in work})
    waiting = set(Appointment.objects.pending().filter(returnee__in=people).values_list("returnee", flat=True))
    for activity, who in sorted(work, key=lambda each: each[0].on):
        if who.pk in waiting:
            settle_appointments(activity=activity, entries=[PersonOutcome(who)], by=by)


def check_days(activity: Activity, entries: list[PersonOutcome]) -> None:
    if not entries:
        raise ValidationError({"people": _("Choose at least one person.")})
    check_home(activity.on, [entry.returnee for entry in entries])


def check_home(on: date, people: Iterable[Returnee]) -> None:
    """Raise ValidationError where one of these people had not come home yet on that day."""
    for person in people:
        if on < person.completed_on:
            raise ValidationError(
                {
                    "on": _("%(day)s is before %(name)s came home on %(completed)s.")
                    % {
                        "day": f"{on:%d/%m/%Y}",
                        "name": person.full_name,
                        "completed": f"{person.completed_on:%d/%m/%Y}",
                    }
                }
            )


def settle_appointments(*, activity: Activity, entries: list[PersonOutcome], by: User) -> None:
    """Met: appointments up to a few days ahead are kept. Not at home: those whose day has come are missed."""
    pending = Appointment.objects.pending().filter(created_at__lt=activity.created_at)
    stamps = {"changed_by": by, "changed_at": timezone.now()}
    if met := [entry.returnee.pk for entry in entries if entry.met]:
        soon = activity.on + timedelta(days=EARLY_DAYS)
        pending.filter(returnee__in=met, on__lte=soon).update(kept_by=activity, **stamps)
    if absent := [entry.returnee.pk for entry in entries if not entry.met]:
        told = {"missed_on": activity.on, "missed_reason": str(ActivityEntry.Outcome.ABSENT.label)}
        pending.filter(returnee__in=absent, on__lte=activity.on).update(**told, **stamps)


def reopen_appointments(*, activity: Activity, people: list[Returnee], by: User) -> None:
    """The appointments this activity settled for `people` are pending again."""
    absent = activity.entries.filter(outcome=ActivityEntry.Outcome.ABSENT).values("returnee")
    missed = Q(returnee__in=absent, missed_on=activity.on, on__lte=activity.on)
    settled = Appointment.objects.kept().filter(Q(kept_by=activity) | missed, returnee__in=people)
    settled.update(kept_by=None, missed_on=None, missed_reason="", changed_by=by, changed_at=timezone.now())


def agree(*, activity: Activity, entries: list[PersonOutcome], next_time: NextAppointment, by: User) -> None:
    for entry in entries:
        Appointment(returnee=entry.returnee, kind=next_time.kind, on=next_time.on, made_in=activity).stamp(by).save()


@transaction.atomic
def correct(
    *,
    activity: Activity,
    by: User,
    organisations: list[Organisation] | None = None,
    entries: Sequence[PersonOutcome] = (),
    vouched: bool = False,
) -> Activity:
    """Save a corrected activity; `entries` says anew how it went with people it covers.

    Whom it covers does not change: for that it is withdrawn and logged again. Who may say so of everybody in it at
    once: see `changed_by`.
    """
    stored = {entry.returnee_id: entry for entry in parts(activity)}
    people = [entry.returnee for entry in stored.values()]
    check_days(activity, [PersonOutcome(person) for person in people])
    row.correct(row=activity, by=by, people=people, vouched=vouched)
    if organisations is not None:
        activity.organisations.set(organisations)
    # In the order in which the triggers lock people's facts, so that two who save at once never wait in a ring.
    changed = [e for e in sorted(entries, key=lambda each: each.returnee.pk) if _differs(stored.get(e.returnee.pk), e)]
    if changed:
        reopen_appointments(activity=activity, people=[entry.returnee for entry in changed], by=by)
        for entry in changed:
            _correct_entry(stored=stored[entry.returnee.pk], entry=entry, by=by)
        settle_appointments(activity=activity, entries=changed, by=by)
    return activity


def parts(activity: Activity) -> list[ActivityEntry]:
    """The entries of an activity that stand."""
    with row_scope.beyond("an entry is taken back as a whole once nobody's part stands, in whichever commune they are"):
        return list(activity.entries.filter(withdrawn_at__isnull=True).select_related("returnee"))


def _differs(stored: ActivityEntry | None, entry: PersonOutcome) -> bool:
    return stored is not None and (stored.outcome, stored.attitude) != (entry.outcome, entry.attitude)


def _correct_entry(*, stored: ActivityEntry, entry: PersonOutcome, by: User) -> None:
    before = {"outcome": stored.outcome, "attitude": stored.attitude}
    stored.outcome, stored.attitude = entry.outcome, entry.attitude
    stored.save()
    audit.record(
        by=by,
        verb="activity.entry_corrected",
        target=stored.activity,
        returnee=stored.returnee,
        before=before,
        after={"outcome": entry.outcome, "attitude": entry.attitude},
    )


@transaction.atomic
def withdraw(
    *, activity: Activity, by: User, reason: str, people: list[Returnee] | None = None, vouched: bool = False
) -> Activity:
    """Take an activity back, or of `people` their parts only; with the last part the activity goes too.

    Appointments it kept are pending again, those it made are withdrawn too. Taken back twice for one reason is taken
    back once; raises ValidationError for another reason.
    """
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update(no_key=True))
    if activity.withdrawn_at:
        return row.withdraw(row=activity, by=by, reason=reason, vouched=vouched)
    for gone in activity.entries.filter(withdrawn_at__isnull=False, returnee__in=people or ()):
        row.refuse_more(gone, withdrawn_reason=reason.strip()[:300])
    standing = parts(activity)
    taken = [entry for entry in standing if people is None or entry.returnee in people]
    whose = [entry.returnee for entry in taken]
    if len(taken) == len(standing):
        row.withdraw(row=activity, by=by, reason=reason, people=whose, vouched=vouched)
    else:
        _withdraw_parts(taken, by=by, reason=reason)
    reopen_appointments(activity=activity, people=whose, by=by)
    for made in activity.appointments_made.pending().filter(returnee__in=whose):
        row.withdraw(row=made, by=by, reason=reason, vouched=vouched)
    return activity


def _withdraw_parts(entries: list[ActivityEntry], *, by: User, reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the record is withdrawn.")})
    for entry in sorted(entries, key=lambda each: each.returnee_id):
        row.mark_withdrawn(entry, by=by, reason=reason.strip())
        entry.save()
        audit.record(
            by=by, verb="activity.withdrawn", target=entry.activity, returnee=entry.returnee, reason=reason.strip()
        )


@transaction.atomic
def miss(*, appointment: Appointment, on: date, reason: str, by: User, uid: UUID | None = None) -> Appointment:
    """The agreed meeting did not take place, and why: a missed duty stays on the timeline.

    With a `uid` (of what was written without a network) it is noted once for each, never over what is noted by then.
    """
    if uid and row.was_sent(uid, "missed", appointment.pk, on, reason.strip()):
        return appointment
    if uid and appointment.missed_on:
        raise ValidationError(_("That this meeting did not take place is noted already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the meeting did not take place.")})
    if appointment.kept_by_id:
        raise ValidationError(_("This appointment was kept: what came of it is logged."))
    appointment.missed_on, appointment.missed_reason = on, reason.strip()
    return row.correct(row=appointment, by=by, verb="appointment.missed", reason=reason)


@transaction.atomic
def snooze(
    *,
    returnee: Returnee,
    duty: str,
    since: date,
    until: date,
    reason: str,
    by: User,
    uid: UUID | None = None,
    vouched: bool = False,
) -> Snooze:
    """Put one duty of a person off until a day, at most a year ahead, with a reason; `uid` as in `record`."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the duty is put off.")})
    if not since < until <= since + timedelta(days=SNOOZE_DAYS):
        raise ValidationError({"until": _("Choose a day from tomorrow to a year ahead.")})
    snoozed = Snooze(uid=uid or uuid4(), returnee=returnee, duty=duty, since=since, until=until, reason=reason.strip())
    return row.add(row=snoozed, by=by, verb="duty.snoozed", vouched=vouched)


@transaction.atomic
def lift(*, snooze: Snooze, on: date, by: User) -> Snooze:
    """Let a duty that was put off stand again from `on`; one put off that very day was not put off at all."""
    if snooze.until < on:
        return snooze
    if snooze.since >= on:
        return row.withdraw(row=snooze, by=by, reason=_("Lifted on the day it was put off"))
    snooze.until = on - timedelta(days=1)
    return row.correct(row=snooze, by=by, verb="duty.resumed")
