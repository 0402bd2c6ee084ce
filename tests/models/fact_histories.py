"""Steps of a random history, each a write of its own kind, straight into the tables."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st

from cases.models import (
    Activity,
    ActivityEntry,
    Assessment,
    HelperGroup,
    Organisation,
    Placement,
    Returnee,
    Verdict,
)
from tests.makers import TODAY

OUTCOMES = ["met", "family", "absent"]


def day(number):
    return TODAY - timedelta(days=number % 60)


def one_of(rows, number):
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def stamps(by):
    return {"created_by": by, "changed_by": by}


def withdrawn(by, number):
    gone = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_reason": "Ghi nhầm"}
    return gone if number % 3 else {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}


def work(by, a, b, c):
    """Up to three pieces of work in one load, with up to three people and bodies each."""
    people, bodies = list(Returnee.objects.order_by("pk")), list(Organisation.objects.all()[:3])
    made = Activity.objects.bulk_create(
        Activity(kind="review", on=day(a + 7 * each), **stamps(by)) for each in range(1 + c % 3)
    )
    entries = [
        ActivityEntry(activity=each, returnee=person, outcome=OUTCOMES[(b + place) % 3])
        for each in made
        for place, person in enumerate(people)
        if (b + place) % 4
    ]
    through = Activity.organisations.through
    links = [through(activity=each, organisation=body) for each in made for body in bodies[: c % 4]]
    for model, rows in [(ActivityEntry, entries), (through, links)][:: 1 if a % 2 else -1]:
        model.objects.bulk_create(rows)


def correct_activity(by, a, b, c):
    chosen = one_of(Activity.objects, a)
    if chosen:
        other = {"kind": "paperwork", "detail": "identity"} if b % 2 else {"kind": "review", "detail": ""}
        changes = [withdrawn(by, b), {"on": day(b)}, other]
        Activity.objects.filter(pk__in=[chosen.pk, chosen.pk + 1]).update(**changes[c % 3])


def correct_entry(by, a, b, c):
    chosen = one_of(ActivityEntry.objects, a)
    if not chosen:
        return
    person = one_of(Returnee.objects.exclude(entries__activity=chosen.activity), b)
    changes = [{"outcome": OUTCOMES[b % 3]}, withdrawn(by, b), {"note": "x"}, {"returnee": person} if person else {}]
    rows = ActivityEntry.objects.filter(pk=chosen.pk)
    rows.update(**changes[c % 4]) if changes[c % 4] else rows.delete()


def correct_bodies(by, a, b, c):
    chosen = one_of(Activity.objects, a)
    if chosen:
        chosen.organisations.set(Organisation.objects.all()[b % 3 : b % 3 + c % 3])


def delete_activity(by, a, b, c):
    chosen = one_of(Activity.objects, a)
    if chosen:
        chosen.delete()


def assess(by, a, b, c):
    approved = {"approved_by": by, "approved_on": TODAY} if c % 2 else {}
    Assessment.objects.bulk_create(
        Assessment(
            returnee=one_of(Returnee.objects, a + each),
            group="ABCD"[b % 4],
            on=day(b),
            reason="Ổn định",
            **stamps(by),
            **approved,
        )
        for each in range(1 + c % 2)
    )


def correct_assessment(by, a, b, c):
    chosen = one_of(Assessment.objects, a)
    if chosen:
        rows = Assessment.objects.filter(pk=chosen.pk)
        approved = {"approved_by": by, "approved_on": TODAY}
        changes = [{"on": day(b)}, withdrawn(by, b), approved, {"returnee": one_of(Returnee.objects, b)}, {}]
        rows.update(**changes[c % 5]) if changes[c % 5] else rows.delete()


def lead(by, a, b, c):
    person = one_of(Returnee.objects, a)
    HelperGroup.objects.current().filter(returnee=person).update(until=TODAY)
    if c % 3:
        HelperGroup.objects.create(returnee=person, lead=by, since=day(b), **stamps(by))
    else:
        HelperGroup.objects.filter(returnee=person).delete()


def place(by, a, b, c):
    person = one_of(Returnee.objects, a)
    held = Placement.objects.filter(returnee=person, until__isnull=True)
    since = held.get().since + timedelta(days=1)
    held.update(until=since - timedelta(days=1))
    reason = [Placement.Reason.TRANSFER, Placement.Reason.SUCCESSION][c % 2]
    Placement.objects.create(returnee=person, unit=person.unit, since=since, reason=reason, **stamps(by))


def judge(by, a, b, c):
    Verdict.objects.bulk_create(
        Verdict(
            returnee=one_of(Returnee.objects, a + each),
            on=day(b),
            status="running",
            rules="x",
            facts={},
            answer={},
            cause="review",
        )
        for each in range(1 + c % 3)
    )


STEPS = [work, work, correct_activity, correct_entry, correct_bodies, delete_activity]
STEPS += [assess, correct_assessment, lead, place, judge]
numbers = st.integers(min_value=0, max_value=200)
histories = st.lists(st.tuples(st.sampled_from(STEPS), numbers, numbers, numbers), min_size=1, max_size=14)
