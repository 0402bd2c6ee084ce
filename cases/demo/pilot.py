"""The model 5+1 from 2019 to April 2022: tried in Nam Đà, then spread to all twelve communes of Krông Nô."""

from datetime import date, timedelta

from cases import actions
from cases.actions.activity import PersonOutcome
from cases.demo.people import PILOT, UNTIL
from cases.demo.stage import KRONG_NO, NAM_DA, Stage, StoryPerson
from cases.demo.work import WorkPlanner
from cases.models import Activity

SPREAD = date(2020, 3, 15)  # the first communes follow; one more every six weeks
CONTACTS = (  # kind, paper, lượt in the period, at most so many people at once
    ("encouragement", "", 104, 3),
    ("review", "", 58, 3),
    ("counselling_psychological", "", 221, 9),
    ("counselling_vocational", "", 158, 8),
    ("legal_aid", "", 21, 5),
    ("paperwork", "identity", 74, 5),
    ("paperwork", "insurance", 52, 5),
    ("paperwork", "residence", 21, 2),
    ("paperwork", "other", 9, 1),
)
MEETINGS, ATTENDANCES = 18, 560
TRAINED = {"pilot": 2, "spread": 20}
PLACED = {"pilot": 4, "spread": 10}


def plan(stage: Stage, work: WorkPlanner) -> None:
    places = sorted(stage.communes(KRONG_NO), key=lambda place: (place != NAM_DA, place))
    started = {place: PILOT + timedelta(days=40) for place in places[:1]}
    started |= {place: SPREAD + timedelta(days=42 * number) for number, place in enumerate(places[1:])}
    groups(stage, work, started)
    for kind, detail, quota, most in CONTACTS:
        contacts(stage, work, started, kind, detail, quota, most)
    mistaken_entry(stage, work)
    meetings(stage, work, places)
    jobs(stage, work)
    trainings(stage, work)
    elsewhere(stage, work)


def pool(stage: Stage, started: dict[str, date], day: date) -> list[StoryPerson]:
    """People managed on `day` in communes where the model has begun."""
    return stage.pool([place for place, since in started.items() if since <= day], day)


def groups(stage: Stage, work: WorkPlanner, started: dict[str, date]) -> None:
    for person in [person for person in stage.people if person.district == KRONG_NO and person.presented]:
        day = max(person.presented + timedelta(days=6), started[person.place])
        if day <= UNTIL and person.managed(day):
            work.group(person, day)


def contacts(
    stage: Stage, work: WorkPlanner, started: dict[str, date], kind: str, detail: str, quota: int, most: int
) -> None:
    """Exactly `quota` people-and-events of a kind: neighbours of one commune are met together."""
    dice = stage.dice
    while quota:
        day = stage.day_between(PILOT + timedelta(days=70), UNTIL - timedelta(days=4))
        here = pool(stage, started, day)
        if not here or (day.year < 2020 and dice.random() < 0.5):
            continue
        first = dice.choice(here)
        near = [person for person in here if person.place_on(day) == first.place_on(day) and person is not first]
        people = [first, *dice.sample(near, min(len(near), dice.randint(1, most) - 1, quota - 1))]
        work.activity(day, people, kind, detail=detail)
        quota -= len(people)
        if dice.random() < 0.08:
            away = dice.choice(here)
            work.activity(day, [away], kind, detail=detail, absent=(away,))


def mistaken_entry(stage: Stage, work: WorkPlanner) -> None:
    """A visit entered twice and taken back: it stays, and counts nowhere."""
    day = date(2021, 10, 12)
    person = stage.pool([NAM_DA], day)[0]

    def twice() -> None:
        by = stage.by(person, day)
        activity = actions.activity.record(
            activity=Activity(kind="encouragement", on=day), entries=[PersonOutcome(person.row)], by=by, vouched=True
        )
        actions.activity.withdraw(activity=activity, by=by, reason="Nhập trùng", vouched=True)

    stage.at(day + timedelta(days=1), twice)


def meetings(stage: Stage, work: WorkPlanner, places: list[str]) -> None:
    """Eighteen meetings from late 2019 on, several communes together, 560 attendances in all."""
    days = [date(2019, 9, 20) + timedelta(days=52 * number) for number in range(MEETINGS)]
    invited = [stage.pool(places, day) for day in days]
    shares = [len(people) for people in invited]
    counts = [ATTENDANCES * share // sum(shares) for share in shares]
    for number in range(ATTENDANCES - sum(counts)):
        counts[-1 - number] += 1
    for day, people, count in zip(days, invited, counts, strict=True):
        held_by = NAM_DA if day < SPREAD else stage.dice.choice(places)
        work.meeting(day, held_by, people, stage.dice.sample(people, count))


def jobs(stage: Stage, work: WorkPlanner) -> None:
    """Fourteen placed, four of them in Nam Đà; a few referrals that came to nothing."""
    for where, count in PLACED.items():
        for number, (person, started) in enumerate(choose(stage, where, count, taken=set())):
            place_in_job(stage, work, person, started, number)
    for person, day in choose(stage, "spread", 4, taken=set()):
        reason = stage.dice.choice(("distance", "skills", "no_vacancy", "declined"))
        refused = day + timedelta(days=9)
        work.job(person, "24688", day, number=1, steps=(("refused", refused, {"refusal_reason": reason}),))


def place_in_job(stage: Stage, work: WorkPlanner, person: StoryPerson, started: date, number: int) -> None:
    accepted = started - timedelta(days=5)
    income = stage.dice.randrange(52, 76) * 100_000
    steps = [
        ("accepted", accepted, {}),
        ("started", started, {"monthly_income": None if number % 6 == 5 else income}),
    ]
    if number % 4 == 3:
        steps.append(("ended", started + timedelta(days=400), {"end_reason": "Chuyển sang làm rẫy của gia đình"}))
    checks = tuple((after, started + timedelta(days=after), True) for after in (7, 30, 90, 180))
    work.job(person, person.place, accepted - timedelta(days=6), number=number, steps=tuple(steps), checks=checks)


def trainings(stage: Stage, work: WorkPlanner) -> None:
    for where, count in TRAINED.items():
        for person, day in choose(stage, where, count, taken=set()):
            work.training(person, day)


def choose(stage: Stage, where: str, count: int, taken: set) -> list[tuple[StoryPerson, date]]:
    """So many different people with a day in the period on which each was managed where they live."""
    places = [NAM_DA] if where == "pilot" else [place for place in stage.communes(KRONG_NO) if place != NAM_DA]
    found = []
    while len(found) < count:
        day = stage.day_between(date(2019, 9, 1), date(2022, 2, 1))
        here = [p for p in stage.pool(places, day) if id(p) not in taken and p.managed(day - timedelta(days=14))]
        if here and (where == "pilot" or day > SPREAD):
            person = stage.dice.choice(here)
            taken.add(id(person))
            found.append((person, day))
    return found


def elsewhere(stage: Stage, work: WorkPlanner) -> None:
    """The other districts: some visits, without the model."""
    places = stage.communes("660", "661", "662", "663", "665", "666", "667")
    for _number in range(70):
        day = stage.day_between(date(2018, 3, 1), UNTIL)
        here = stage.pool(places, day)
        first = stage.dice.choice(here)
        near = [person for person in here if person.district == first.district and person is not first]
        people = [first, *stage.dice.sample(near, min(2, len(near)))]
        work.activity(day, people, stage.dice.choice(("encouragement", "review", "counselling_vocational")))
