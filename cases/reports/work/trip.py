"""What an officer takes along to a hamlet without a network: whom to find, how to reach them, what is due there.

Nothing here is of an offence, a sentence, a violation, a group or a clean record, nor says that there is one: what is
on a device may be lost with it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from cases.law.duty_rules import Duty, DutyKind
from cases.models import Attendance, GroupMeeting, GroupMember, PaperworkRequest, Returnee, User
from cases.reports.people import sealed
from cases.reports.work import duties

AT_MOST = 300  # people on one device
MOST_DUTIES = 4  # of one person
# Papers, dossiers, groups and clean records are desk work, and their words tell of the sentence.
KINDS = frozenset({DutyKind.CONTACT, DutyKind.APPOINTMENT, DutyKind.OUTCOME, DutyKind.RESIDENCE, DutyKind.JOB})

MEETINGS_BACK, MEETINGS_AHEAD = 30, 14  # days: meetings whose attendance is taken on a device
MOST_MEETINGS = 10

AGREED = frozenset({DutyKind.APPOINTMENT, DutyKind.OUTCOME})


def people(user: User, on: date) -> list[Returnee]:
    """The first AT_MOST people of the user's scope who are home: the user's own, then by hamlet and name."""
    own_first = Case(When(facts__lead=user.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
    home = duties.people_of(user, on).filter(completed_on__lte=on)
    return list(home.order_by(own_first, "hamlet", "sort_key", "pk")[:AT_MOST])


def snapshot(user: User, on: date, words: Callable[[Duty], str]) -> dict[str, list[dict[str, Any]]]:
    """`people` and `meetings` in values JSON knows, names of sealed files hidden; a fixed number of queries.

    `words` says what a duty is, as pages do.
    """
    mine = people(user, on)
    due, helpers, papers = _duties(mine, user, on), _helpers(mine, user), _papers(mine, user)
    rows = []
    for one in mine:
        named = [_due(duty, words(duty)) for duty in due[one.pk]]
        said = {"duties": [each["words"] for each in named], "due": named}
        rows.append({**_row(one), **said, "helpers": helpers[one.pk], "papers": papers[one.pk]})
    told = {"people": rows, "meetings": meetings(user, on)}
    hidden, mark = sealed.mask(user, texts=_texts(told)), sealed.mark()
    return _plain(told, lambda text: hidden.hide(text, mark))


def meetings(user: User, on: date) -> list[dict[str, Any]]:
    """The meetings about this day whose attendance is not taken, the nearest first, with whom of each the user sees."""
    waiting = GroupMeeting.objects.visible_to(user).kept().filter(attendance_taken_at=None)
    near = waiting.filter(on__gte=on - timedelta(days=MEETINGS_BACK), on__lte=on + timedelta(days=MEETINGS_AHEAD))
    found = list(near.order_by("on", "pk")[:MOST_MEETINGS])
    invited: dict[int, list[dict[str, Any]]] = defaultdict(list)
    of_these = Attendance.objects.visible_to(user).filter(meeting__in=found, returnee__withdrawn_at=None)
    for each in of_these.select_related("returnee"):
        one = {"id": each.returnee_id, "name": each.returnee.full_name, "hamlet": each.returnee.hamlet}
        invited[each.meeting_id].append(one | {"came": each.present})
    return [
        {"id": one.pk, "on": f"{one.on:%d/%m/%Y}", "topic": one.topic, "place": one.place, "invited": invited[one.pk]}
        for one in found
    ]


def _row(person: Returnee) -> dict[str, Any]:
    return {
        "id": person.pk,
        "name": person.full_name,
        "born": person.birth_year,
        "hamlet": person.hamlet,
        "address": person.address,
        "phone": person.phone,
        "household_contact": person.household_contact,
        "household_relation": person.household_relation,
        "household_phone": person.household_phone,
        "last_contact": f"{person.last_contact_on:%d/%m/%Y}" if person.last_contact_on else "",
        "lead": person.lead_name or "",
    }


def _due(duty: Duty, words: str) -> dict[str, Any]:
    """A duty as it can be put off or done; `appointment` is the agreed meeting whose day has come, 0 where there is
    none; `job` the job to ask about, and after how many days (`day`) from which day on (`opens`).
    """
    has_come = duty.kind in AGREED and duty.latest <= duty.on
    due = {"key": duty.key, "words": words, "appointment": duty.target if has_come else 0}
    if duty.kind == DutyKind.JOB:
        due |= {"job": duty.target, "day": duty.number, "opens": f"{duty.earliest:%Y-%m-%d}"}
    return due


def _papers(mine: list[Returnee], user: User) -> dict[int, list[dict[str, Any]]]:
    """The papers of each that are under way: which, where it stands, which step comes next."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    pending = PaperworkRequest.objects.visible_to(user).pending().filter(returnee__in=[one.pk for one in mine])
    for paper in pending.order_by("needed_on", "pk"):
        stands = {"id": paper.pk, "paper": paper.get_kind_display(), "state": str(paper.state_name)}
        found[paper.returnee_id].append(stands | {"step": paper.next_step, "next": str(paper.next_step_name)})
    return found


def _duties(mine: list[Returnee], user: User, on: date) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties.duties_among(mine, user, on):
        if duty.kind in KINDS and len(found[duty.person.pk]) < MOST_DUTIES:
            # since when somebody has presented is of the sentence
            found[duty.person.pk].append(replace(duty, reason="unmet") if duty.reason == "never_met" else duty)
    return found


def _helpers(mine: list[Returnee], user: User) -> dict[int, list[dict[str, str]]]:
    """The members of each 5+1 today."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    of_mine = GroupMember.objects.visible_to(user).current().filter(group__returnee__in=[one.pk for one in mine])
    for member in of_mine.select_related("group", "organisation"):
        told = {"name": member.name, "body": str(member.organisation.short), "phone": member.phone}
        found[member.group.returnee_id].append(told)
    return found


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _plain(value: Any, hide: Callable[[str], str]) -> Any:
    """The same with every text hidden from whoever may not know what stands in it."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {key: _plain(part, hide) for key, part in value.items()}
    return [_plain(part, hide) for part in value] if isinstance(value, list) else value
