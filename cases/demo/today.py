"""How things stand today: whoever is followed has a lead, a group, a last contact and an assessment."""

from datetime import date, timedelta

from cases import actions
from cases.demo import words
from cases.demo.accounts import REFORM, SINCE
from cases.demo.people import UNTIL
from cases.demo.since import CLUSTER, RECENT_DAYS
from cases.demo.stage import AREA_OF, AREAS, Stage, StoryPerson
from cases.demo.work import WorkPlanner
from cases.models import Assessment

LEADS = {  # who leads how many, in turn
    "24697": ("an",) * 29 + ("thuyen",) * 6 + ("anh",) * 9,
    "24688": ("binh",) * 25 + ("luong",) * 15,
}
# Days since the last contact: the first of the list are silent, then those to be met this week; the rest is recent.
SILENT = {
    "24697": (58, 44, 38, 34),
    "24688": (66, 49, 41, 37, 33, 32),
    "24703": (97, 71, 52, 40, 35),
    "24712": (36,),
}
THIS_WEEK = (29, 28, 27, 26, 25, 24)
# Appointments agreed at the last contact, by place in the list: days from today; what is past was never logged.
AGREED = {"24697": {6: -1, 7: -2, 9: -5, 11: 1, 13: 3, 15: 9, 20: 16}, "24688": {8: -3, 10: 1, 12: 5}, "24703": {6: 2}}
HELPED = (2, 12, 16, 21)  # whom Giang helps
RARE = ["review", "counselling_psychological", "counselling_vocational", "legal_aid", "paperwork"]
KINDS = ["encouragement"] * 6 + RARE


def plan(stage: Stage, work: WorkPlanner) -> dict[str, list[StoryPerson]]:
    """Plan the work of the areas; returns who is followed today by area, in a fixed order."""
    followed = {}
    for area, places in AREAS.items():
        people = stage.pool(places, stage.on)
        stage.dice.shuffle(people)
        followed[area] = people
        set_leads(area, people)
        for number, person in enumerate(people):
            form_group(stage, work, area, number, person)
            assess(stage, area, number, person)
        contacts(stage, work, area, people)
    formerly(stage, work)
    put_off(stage, followed["24697"][1])
    return followed


def set_leads(area: str, people: list[StoryPerson]) -> None:
    leads = LEADS.get(area, (SINCE.get(area, ""),) * len(people))
    for number, person in enumerate(people):
        person.lead = leads[min(number, len(leads) - 1)]


def form_group(stage: Stage, work: WorkPlanner, area: str, number: int, person: StoryPerson) -> None:
    """A 5+1 for everybody in the cluster and whoever came home lately elsewhere; Giang is in four of them."""
    helper = "giang" if area == "24697" and number in HELPED else ""
    if helper:
        work.group(person, max(person.presented + timedelta(days=8), stage.on - timedelta(days=300)), helper=helper)
    elif person.presented > UNTIL:
        work.group(person, min(person.presented + timedelta(days=6), stage.on))
    for since, _place in person.moves:
        if REFORM <= since <= stage.on - timedelta(days=5):
            work.group(person, since + timedelta(days=5))


def contacts(stage: Stage, work: WorkPlanner, area: str, people: list[StoryPerson]) -> None:
    """Visits every month or so up to the last one, whose distance from today is set."""
    dice, agreed, visits, kinds = stage.dice, AGREED.get(area, {}), [], {}
    offsets = [*SILENT.get(area, (45,)), *THIS_WEEK[: len(people) // 5]]
    every = 33 if area in CLUSTER else 80
    for number, person in enumerate(people):
        ago = offsets[number] if number < len(offsets) else dice.randint(1, 18)
        last = max(stage.on - timedelta(days=ago), person.presented)
        planned = stage.on + timedelta(days=agreed[number]) if number in agreed else None
        work.activity(last, [person], "encouragement", next_time=planned)
        first = max(person.presented + timedelta(days=5), stage.on - timedelta(days=RECENT_DAYS))
        day = last - timedelta(days=every + dice.randint(-3, 3))
        while day > first:
            week = 7 if (stage.on - day).days < 100 else 14  # rounds, so that neighbours are met together
            on_round = day - timedelta(days=day.toordinal() % week)
            if on_round >= person.presented:
                visits.append((on_round, person, kinds.setdefault(on_round, dice.choice(KINDS))))
            day -= timedelta(days=every + dice.randint(-4, 6))
    work.contacts(visits)


def formerly(stage: Stage, work: WorkPlanner) -> None:
    """People of the cluster whose file has ended since April 2022 were visited every few months."""
    visits, kinds = [], {}
    for person in stage.people:
        if person.presented and person.closed and person.closed > UNTIL and AREA_OF.get(person.place) in CLUSTER:
            day = max(person.presented, UNTIL) + timedelta(days=stage.dice.randint(10, 60))
            while day < person.closed:
                on_round = day + timedelta(days=14 - day.toordinal() % 14)
                visits.append((on_round, person, kinds.setdefault(on_round, stage.dice.choice(KINDS))))
                day += timedelta(days=stage.dice.randint(130, 180))
    work.contacts([visit for visit in visits if visit[1].managed(visit[0]) and visit[0] <= stage.on])


def assess(stage: Stage, area: str, number: int, person: StoryPerson) -> None:
    """Every quarter a group is proposed and approved; a few are late, and a few wait for the chief."""
    if area not in CLUSTER or (stage.on - person.presented).days < 100:
        return
    ago = 96 + number if number % 11 == 3 else 3 if number % 8 == 2 else stage.dice.randint(9, 74)
    group = "C" if number < 3 else stage.dice.choice("AAAABBBC" if number % 9 else "B")
    _assess_on(stage, person, group, ago, approved=ago > 5)
    if ago + 92 < (stage.on - person.presented).days:
        _assess_on(stage, person, stage.dice.choice((group, "B")), ago + 92, approved=True)


def _assess_on(stage: Stage, person: StoryPerson, group: str, ago: int, *, approved: bool) -> None:
    day = stage.on - timedelta(days=ago)
    made: dict[str, Assessment] = {}
    stage.at(day, _propose, stage, person, made, group, day)
    if approved:
        stage.at(day + timedelta(days=3), _approve, stage, person, made, day + timedelta(days=3))


def _propose(stage: Stage, person: StoryPerson, made: dict, group: str, day: date) -> None:
    assessment = Assessment(returnee=person.row, group=group, on=day, reason=words.ASSESSED[group])
    made["row"] = actions.assessment.propose(assessment=assessment, by=stage.by(person, day), vouched=True)


def _approve(stage: Stage, person: StoryPerson, made: dict, day: date) -> None:
    made["row"].returnee = person.row
    chief = stage.chief(person.place_on(day), day)
    actions.assessment.approve(assessment=made["row"], on=day, by=chief, vouched=True)


def put_off(stage: Stage, person: StoryPerson) -> None:
    since = stage.on - timedelta(days=4)
    stage.at(since, _snooze, stage, person, since)


def _snooze(stage: Stage, person: StoryPerson, since: date) -> None:
    actions.activity.snooze(
        returnee=person.row,
        duty="contact",
        since=since,
        until=since + timedelta(days=21),
        reason="Đi thu hoạch cà phê ở huyện khác, hẹn về gặp",
        by=stage.by(person, since),
        vouched=True,
    )
