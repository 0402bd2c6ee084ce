"""Who came home from 2015 to April 2022: the people behind the figures of those years."""

from datetime import date, timedelta

from cases.demo.files import begin, clear, clear_when_due, end, new_person, reoffend
from cases.demo.sentences import LONG, NORMAL
from cases.demo.stage import KRONG_NO, NAM_DA, Stage, StoryPerson

SINCE, PILOT, UNTIL = date(2018, 1, 1), date(2019, 1, 1), date(2022, 4, 8)
CLEARED_EARLY = date(2020, 1, 25)  # whoever was done by then and had two years to wait could be cleared by April 2022
LAST_EVIDENCE = date(2022, 3, 25)
ELSEWHERE = "Xác minh: đã chuyển đến sinh sống ở tỉnh khác"


def plan(stage: Stage) -> None:
    """Note everybody of those years; what becomes of them later is noted too, up to today."""
    pilot = [NAM_DA]
    krong_no = [place for place in stage.communes(KRONG_NO) if place != NAM_DA]
    others = stage.communes("660", "661", "662", "663", "665", "666", "667")
    plan_before_2018(stage, pilot, cleared=4, staying=0)
    plan_before_2018(stage, krong_no, cleared=10, staying=2)
    plan_before_2018(stage, others, cleared=22, staying=4)
    plan_arrivals(stage, pilot, SINCE, date(2018, 12, 5), cleared=3, staying=0)
    plan_arrivals(stage, pilot, PILOT, UNTIL, cleared=6, staying=29, unpaid=4)
    plan_arrivals(stage, krong_no, SINCE, UNTIL, cleared=14, staying=38, unpaid=4, again=2)
    plan_arrivals(stage, others, SINCE, UNTIL, cleared=18, staying=72, unpaid=6, again=14)
    stayed_away(stage, pilot, cleared=0, gone=2, later=2, still=0)
    stayed_away(stage, krong_no, cleared=2, gone=10, later=8, still=1)
    stayed_away(stage, others, cleared=7, gone=103, later=57, still=7)


def plan_before_2018(stage: Stage, places: list[str], *, cleared: int, staying: int) -> None:
    """People who came home before 2018: most cleared in the years that follow, a few with longer to wait."""
    for number in range(cleared + staying):
        long = number >= cleared
        completed = stage.day_between(date(2015, 6, 1), date(2017, 12, 15))
        presented = completed + timedelta(days=stage.dice.randint(1, 12))
        person = new_person(
            stage, stage.dice.choice(places), completed, kind=LONG if long else NORMAL, presented=presented
        )
        if long:
            clear_when_due(stage, person, UNTIL + timedelta(days=30))
        else:
            clear_when_due(stage, person, date(2018, 1, 20), LAST_EVIDENCE)
        begin(stage, person)


def plan_arrivals(
    stage: Stage,
    places: list[str],
    first: date,
    last: date,
    *,
    cleared: int,
    staying: int,
    unpaid: int = 0,
    again: int = 0,
) -> None:
    """People who completed and presented between two days: `cleared` of them by April 2022.

    Of the `staying`, `unpaid` still owe damages today and `again` committed a less serious crime before April 2022.
    """
    for number in range(cleared + staying):
        early = number < cleared
        reoffends = not early and number - cleared < again
        completed = stage.day_between(
            first, min(last, CLEARED_EARLY) if early or reoffends else last - timedelta(days=20)
        )
        kind = NORMAL if early or reoffends or stage.dice.random() < 0.8 else LONG
        presented = completed + timedelta(days=_days_to_present(stage))
        person = new_person(stage, stage.dice.choice(places), completed, kind=kind, presented=presented)
        if len(places) > 1 and number % 20 == 19 and completed.year < 2021:
            person.moves.append((presented + timedelta(days=200), stage.dice.choice(places)))
        begin(stage, person)
        if early:
            clear_when_due(stage, person, completed, LAST_EVIDENCE)
        elif reoffends:
            act_on = stage.day_between(presented + timedelta(days=60), presented + timedelta(days=600))
            reoffend(stage, person, act_on, prison=number % 3 > 0)
        elif number - cleared < again + unpaid:
            leave_unpaid(stage, person)
        else:
            plan_ending(stage, person)


def _days_to_present(stage: Stage) -> int:
    return stage.dice.choice((0, 1, 1, 2, 2, 3, 3, 5, 8, 12))


def leave_unpaid(stage: Stage, person: StoryPerson) -> None:
    """Damages are still unpaid, or nobody knows: the record does not clear."""
    sentence = person.sentences[0]
    state = stage.dice.choice(("open", "open", "unknown"))
    sentence.owed = [("court_fee", "done", 200_000, sentence.effective_on), ("compensation", state, 12_000_000, None)]


def plan_ending(stage: Stage, person: StoryPerson) -> None:
    """What ended the file after April 2022: the record cleared, or death, a move abroad, a disappearance."""
    chance = stage.dice.random()
    day = stage.day_between(date(2022, 5, 10), date(2023, 11, 30))
    if chance < 0.04:
        end(stage, person, day, "died")
    elif chance < 0.06:
        end(stage, person, day, "missing", "Tòa án tuyên bố mất tích")
    else:
        clear_when_due(stage, person, date(2022, 4, 20))


def stayed_away(stage: Stage, places: list[str], *, cleared: int, gone: int, later: int, still: int) -> None:
    """People who completed by April 2022 and had not presented by then.

    `cleared` were found cleared by then, `gone` live elsewhere, `later` presented after all, `still` never did.
    """
    fates = ["cleared"] * cleared + ["gone"] * gone + ["later"] * later + ["still"] * still
    for fate in fates:
        last = {"cleared": CLEARED_EARLY, "still": date(2020, 1, 1)}.get(fate, UNTIL - timedelta(days=10))
        completed = stage.day_between(SINCE, last)
        person = new_person(stage, stage.dice.choice(places), completed)
        if fate == "cleared":
            clear_when_due(stage, person, completed, LAST_EVIDENCE)
        elif fate == "gone":
            end(stage, person, completed + timedelta(days=stage.dice.randint(90, 900)), "other", ELSEWHERE)
        elif fate == "later":
            person.presented = stage.day_between(UNTIL + timedelta(days=10), date(2022, 12, 20))
            due = person.sentences[0].clears_on()
            clear(stage, person, max(due, person.presented) + timedelta(days=stage.dice.randint(40, 200)))
        begin(stage, person)
