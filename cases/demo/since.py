"""After April 2022: people who came home since, in step with the day that counts as today."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases import actions
from cases.demo.accounts import REFORM
from cases.demo.files import begin, clear_when_due, end, new_person
from cases.demo.people import UNTIL
from cases.demo.sentences import CARELESS, COURT, LONG, NORMAL, Sentence, draw
from cases.demo.stage import AREAS, Stage, StoryPerson
from cases.lib.dates import add_months

RECENT_DAYS = 880
CLUSTER = ("24697", "24688", "24703", "24712")


@dataclass(frozen=True)
class Size:
    """How many people an area has: coming home each year, followed today, ended lately, not presented today."""

    yearly: int
    today: int
    ended: int
    waiting: tuple[int, ...] = ()  # days since completion


SIZES = {
    "24697": Size(6, 34, 3, (9, 27)),
    "24688": Size(6, 33, 3, (6, 19)),
    "24703": Size(2, 13, 1, (31,)),
    "24712": Size(2, 13, 1),
}
ELSEWHERE = Size(1, 5, 0)
MOVED_TO = {"24697": "24688", "24688": "24697"}  # a few people move house between the two communes
FATES = (
    ("died", "Ốm chết, có giấy chứng tử"),
    ("imprisoned", "Chấp hành bản án mới"),
    ("left_country", "Đi lao động nước ngoài"),
)


def plan(stage: Stage) -> None:
    for area, places in AREAS.items():
        size = SIZES.get(area, ELSEWHERE)
        earlier(stage, places, size)
        recent(stage, places, size)
        plan_endings(stage, places, size)
        for days in size.waiting:
            begin(stage, new_person(stage, stage.dice.choice(places), stage.on - timedelta(days=days)))
    changes_of_officer(stage)


def earlier(stage: Stage, places: tuple[str, ...], size: Size) -> None:
    """Between April 2022 and about two and a half years ago: mostly cleared by now."""
    last = stage.on - timedelta(days=RECENT_DAYS + 20)
    for number in range(size.yearly * max(0, (last - UNTIL).days) // 365):
        completed = stage.day_between(UNTIL + timedelta(days=1), last)
        kind = LONG if stage.dice.random() < 0.1 else NORMAL
        if number == 0 and len(SIZES.get(places[0], ELSEWHERE).waiting) > 1:
            completed, kind = UNTIL + timedelta(days=60), COURT  # may apply to the court by now
        presented = completed + timedelta(days=stage.dice.randint(0, 3))
        person = new_person(stage, stage.dice.choice(places), completed, kind=kind, presented=presented)
        clear_when_due(stage, person, completed)
        begin(stage, person)


def recent(stage: Stage, places: tuple[str, ...], size: Size) -> None:
    """People of the last two and a half years who are followed today, with clocks of every kind."""
    for number in range(size.today):
        days = 12 + number * (RECENT_DAYS - 20) // size.today
        completed = stage.on - timedelta(days=days + stage.dice.randint(0, 8))
        if number % 9 == 4 and completed.month in (4, 9):
            completed = completed.replace(month=4, day=30) if completed.month == 4 else completed.replace(day=2)
        presented = completed + timedelta(days=stage.dice.choice((0, 1, 2, 3, 5, 8)))
        found = sentences(stage, completed, number)
        person = new_person(stage, stage.dice.choice(places), completed, presented=presented, sentences=found)
        if number in (17, 23) and places[0] in MOVED_TO:
            person.moves.append((stage.on - timedelta(days=20 + 3 * number), MOVED_TO[places[0]]))
        begin(stage, person)


def sentences(stage: Stage, completed: date, number: int) -> list[Sentence]:
    """One judgment, or two; whoever came home two years ago has longer to wait, still owes, or is due to be cleared."""
    dice, old = stage.dice, (stage.on - completed).days > 2 * 366
    kind = {6: CARELESS, 11: COURT}.get(number, LONG if old and number % 4 or dice.random() < 0.15 else NORMAL)
    sentence = draw(dice, completed, kind)
    if number % 8 == 5:
        unpaid(sentence, dice.choice(("open", "unknown")))
    if number == 13:
        sentence.months = None
    if number % 15 == 9:
        sentence.extra.append(("residence_control", completed, add_months(completed, 36)))
    if number % 12 == 7:
        return [before_that(stage, sentence), sentence]
    return [sentence]


def unpaid(sentence: Sentence, state: str) -> None:
    sentence.owed = [("court_fee", state, 200_000, None), *sentence.owed[1:]]


def before_that(stage: Stage, second: Sentence) -> Sentence:
    """An earlier judgment whose record had not cleared when the second crime was committed."""
    act_on = second.effective_on - timedelta(days=160)
    return draw(stage.dice, add_months(act_on, -10), NORMAL)


def plan_endings(stage: Stage, places: tuple[str, ...], size: Size) -> None:
    """Files that ended lately for other reasons than a cleared record."""
    for reason, note in FATES[: size.ended]:
        completed = stage.on - timedelta(days=stage.dice.randint(300, 700))
        person = new_person(
            stage, stage.dice.choice(places), completed, presented=completed + timedelta(days=stage.dice.randint(0, 3))
        )
        end(stage, person, stage.on - timedelta(days=stage.dice.randint(20, 200)), reason, note)
        begin(stage, person)


def changes_of_officer(stage: Stage) -> None:
    """Officers who moved handed their people over; with the reform everybody got the officer of the new commune."""
    for day, from_name, to_name in ((date(2022, 5, 4), "dat", "an"), (date(2025, 1, 2), "phuoc", "anh")):
        stage.at(day, _hand_caseload, stage, from_name, to_name)
    for person in stage.people:
        if person.managed(REFORM) and person.presented < REFORM:
            stage.at(REFORM, _new_lead, stage, person)


def _hand_caseload(stage: Stage, from_name: str, to_name: str) -> None:
    to_user = stage.users[to_name]
    actions.group.hand_over_caseload(from_user=stage.users[from_name], to_user=to_user, by=to_user)


def _new_lead(stage: Stage, person: StoryPerson) -> None:
    lead = stage.by(person, REFORM)
    for group in person.row.groups.current().exclude(lead=lead):
        actions.group.change_lead(group=group, lead=lead, by=lead, reason="Sắp xếp đơn vị hành chính")
