"""Who is awaited today: notices of prisons, what the communes answered, and two people who are released soon."""

import uuid
from datetime import date, timedelta

from cases import actions
from cases.demo.files import new_person
from cases.demo.stage import AREA_OF, NAM_DA, Stage, StoryPerson
from cases.models import ArrivalAnswer, Notice, Returnee

FRIDAY = 4
Kind = ArrivalAnswer.Kind


def plan(stage: Stage) -> None:
    """The people who have not presented lately were announced; one waits for a commune, one was sent on to Nam Đà."""
    for number, (place, days) in enumerate(((NAM_DA, 9), (NAM_DA, 27), ("24688", 19))):
        person = _awaited(stage, place, stage.on - timedelta(days=days))
        day = min(person.completed + timedelta(days=2), stage.on)
        stage.at(day, announce, stage, person, day - timedelta(days=1), f"{210 + number}/TB-TG")
        if days == 9:
            stage.at(day + timedelta(days=2), confirm, stage, person, day + timedelta(days=2))
        elif days == 27:
            stage.at(day + timedelta(days=3), not_here, stage, person, day + timedelta(days=3))
        else:
            sent_on = stage.on - timedelta(days=1)
            stage.at(sent_on, send_on, stage, person, sent_on)
            person.moves.append((sent_on, NAM_DA))
    friday = stage.on + timedelta(days=14)
    friday += timedelta(days=(FRIDAY - friday.weekday()) % 7)
    for number, (release, ago) in enumerate(((stage.on + timedelta(days=1), 2), (friday, 1))):
        person = new_person(stage, NAM_DA, release)
        received = stage.on - timedelta(days=ago)
        stage.at(received, announce, stage, person, received, f"{230 + number}/TB-TG")


def _awaited(stage: Stage, area: str, completed: date) -> StoryPerson:
    """Whoever was released to the area on that day and stayed away."""
    away = (person for person in stage.people if person.completed == completed and person.presented is None)
    return next(person for person in away if AREA_OF.get(person.place) == area)


def announce(stage: Stage, person: StoryPerson, received: date, number: str) -> None:
    by = stage.officer(person.place, received)
    returnee = person.row or Returnee(
        unit=stage.unit(person.place, received), completed_on=person.completed, **person.facts
    )
    if returnee._state.adding:
        returnee.file_number = stage.file_number(returnee.unit.code, person.completed.year)
    notice = Notice(
        number=number,
        dated_on=received - timedelta(days=5),
        sender=person.facts["prison"],
        received_on=received,
        address=f"{person.facts['hamlet']}, {returnee.unit.name}",
        assigned_to=by,
    )
    notice = actions.arrival.announce(returnee=returnee, notice=notice, by=by, vouched=True)
    person.row = notice.returnee


def _answer(stage: Stage, person: StoryPerson, kind: str, on: date, **what) -> None:
    by = stage.officer(person.place, on)
    actions.arrival.answer(returnee=person.row, kind=kind, on=on, by=by, uid=uuid.uuid4(), **what, vouched=True)


def confirm(stage: Stage, person: StoryPerson, on: date) -> None:
    _answer(stage, person, Kind.CONFIRMED, on, note="Gia đình xác nhận sẽ đón về nhà")


def not_here(stage: Stage, person: StoryPerson, on: date) -> None:
    said = "Mẹ cho biết đã bán nhà, chưa rõ con sẽ về đâu; hàng xóm nghe nói đi làm ở tỉnh khác"
    _answer(stage, person, Kind.NOT_HERE, on, note=said, phone=person.facts["household_phone"])


def send_on(stage: Stage, person: StoryPerson, on: date) -> None:
    unit = stage.unit(NAM_DA, on)
    _answer(stage, person, Kind.WRONG_COMMUNE, on, note="Vợ con đã chuyển về xã Nam Đà từ đầu năm", named_unit=unit)
