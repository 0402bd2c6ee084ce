"""What is under way today: papers, referrals, courses, loans, needs, meetings, violations."""

from datetime import date, timedelta

from cases import actions
from cases.demo import words
from cases.demo.accounts import REFORM
from cases.demo.files import add_crime, bring, offer, reoffend
from cases.demo.sentences import CLAUSES, COURT
from cases.demo.since import CLUSTER
from cases.demo.stage import AREAS, Stage, StoryPerson
from cases.demo.work import WorkPlanner
from cases.lib.dates import add_months
from cases.models import AdministrativeViolation, CourtApplication, Crime, Loan, Need, PaperworkRequest

PAPERS = (  # kind, days since each step: needed, submitted, issued, handed over; the last ones still to come
    ("identity", 61, 47),
    ("insurance", 74, 66, 39),
    ("residence", 44),
    ("identity", 15, 9),
    ("insurance", 8),
    ("identity", 130, 122, 101, 99),
    ("other", 90, 88, 70, 69),
)
JOBS = (  # days since: referred, accepted, started, then the checks answered; "refused" in the place of accepted
    (5,),
    (12, 7),
    (48, 44, 39, 7),
    (110, 104, 99, 7, 30),
    (230, 225, 221, 7, 30, 90, 180),
    (26, "refused"),
    (16, 12, 10),
)
LOANS = ((20, None), (200, 160), (420, 380))  # days since requested, paid out
LENDER = "Ngân hàng Chính sách xã hội"


def plan(stage: Stage, work: WorkPlanner, followed: dict[str, list[StoryPerson]]) -> None:
    for area in CLUSTER:
        share = 1 if len(followed[area]) > 25 else 2
        people = [person for person in followed[area] if days_since_presenting(stage, person) > 240]
        papers(stage, people, PAPERS[::share])
        jobs(stage, work, area, people[3:], JOBS[::share])
        for number, person in enumerate(people[2:10:share]):
            work.training(person, stage.on - timedelta(days=(6, 40, 130, 210)[number % 4]))
        loans(stage, people[1::3], LOANS[::share])
        needs(stage, people[:: share + 1])
        meetings(stage, work, area, followed[area])
    settled = {
        area: [person for person in people if days_since_presenting(stage, person) > 240]
        for area, people in followed.items()
    }
    violations(stage, settled["24688"][4], settled["24697"][8], settled["24703"][2], settled["24697"][5])
    records(stage, followed["24697"])
    offered = settled["24688"][-1]
    stage.at(stage.on - timedelta(days=3), _offer, stage, offered, "24697")
    crimes(stage, find_uncleared(stage, settled["24688"]), find_uncleared(stage, settled["24703"]))


def days_since_presenting(stage: Stage, person: StoryPerson) -> int:
    """Days since the person presented."""
    return (stage.on - person.presented).days


def find_uncleared(stage: Stage, people: list[StoryPerson]) -> StoryPerson:
    """The first whose one record has not cleared, so that a new act matters."""
    return next(p for p in people if len(p.sentences) == 1 and (p.sentences[0].clears_on() or stage.on) > stage.on)


def papers(stage: Stage, people: list[StoryPerson], plans: tuple[tuple, ...]) -> None:
    for person, (kind, *days) in zip(people, plans, strict=False):
        steps = [stage.on - timedelta(days=ago) for ago in days]
        made: dict[str, PaperworkRequest] = {}
        stage.at(steps[0], _ask, stage, person, made, kind, steps[0])
        for step, day in zip(PaperworkRequest.STEPS[1:], steps[1:], strict=False):
            stage.at(day, _advance, stage, person, made, step, day)


def _ask(stage: Stage, person: StoryPerson, made: dict, kind: str, day: date) -> None:
    request = PaperworkRequest(returnee=person.row, kind=kind, needed_on=day, office=words.OFFICES[kind])
    made["row"] = actions.paperwork.ask(request=request, by=stage.by(person, day), vouched=True)


def _advance(stage: Stage, person: StoryPerson, made: dict, step: str, day: date) -> None:
    made["row"].returnee = person.row
    actions.paperwork.advance(request=made["row"], step=step, on=day, by=stage.by(person, day), vouched=True)


def jobs(stage: Stage, work: WorkPlanner, area: str, people: list[StoryPerson], plans: tuple[tuple, ...]) -> None:
    for number, (person, plan_of) in enumerate(zip(people, plans, strict=False)):
        referred, *rest = plan_of
        if rest == ["refused"]:
            steps = (("refused", stage.on - timedelta(days=referred - 6), {"refusal_reason": "distance"}),)
        else:
            details = ({}, {"monthly_income": stage.dice.randrange(58, 90) * 100_000})
            days = [stage.on - timedelta(days=ago) for ago in rest[:2]]
            steps = tuple(zip(("accepted", "started"), days, details, strict=False))
        checks = tuple((after, stage.on - timedelta(days=rest[1] - after - 1), True) for after in rest[2:])
        work.job(person, area, stage.on - timedelta(days=referred), number=number, steps=steps, checks=checks)


def loans(stage: Stage, people: list[StoryPerson], plans: tuple[tuple[int, int | None], ...]) -> None:
    for person, (requested, paid) in zip(people, plans, strict=False):
        made: dict[str, Loan] = {}
        day = stage.on - timedelta(days=requested)
        if day > person.presented:
            stage.at(day, _request, stage, person, made, day)
            if paid:
                stage.at(day + timedelta(days=requested - paid), _pay, stage, person, made, requested - paid)


def _request(stage: Stage, person: StoryPerson, made: dict, day: date) -> None:
    loan = Loan(
        returnee=person.row,
        lender=LENDER,
        borrower=person.facts["household_contact"],
        amount=stage.dice.choice((30, 50, 70, 100)) * 1_000_000,
        requested_on=day,
    )
    made["row"] = actions.loan.request(loan=loan, by=stage.by(person, day), vouched=True)


def _pay(stage: Stage, person: StoryPerson, made: dict, days: int) -> None:
    loan = made["row"]
    loan.returnee = person.row
    day = loan.requested_on + timedelta(days=days)
    actions.loan.pay_out(loan=loan, on=day, by=stage.by(person, day), vouched=True)


def needs(stage: Stage, people: list[StoryPerson]) -> None:
    states = ("not_started", "in_progress", "in_progress", "met", "declined")
    for number, person in enumerate(people):
        pathway = stage.dice.choice(sorted(words.NEEDS))
        day = stage.on - timedelta(days=stage.dice.randint(20, 200))
        stage.at(day, _need, stage, person, pathway, states[number % 5], day)


def _need(stage: Stage, person: StoryPerson, pathway: str, state: str, day: date) -> None:
    by = stage.by(person, day)
    need = Need(returnee=person.row, pathway=pathway, text=words.NEEDS[pathway], state_on=day)
    actions.need.record(need=need, by=by, vouched=True)
    if state != "not_started":
        later = min(day + timedelta(days=15), stage.on)
        actions.need.change_state(need=need, state=state, on=later, by=by, vouched=True)


def meetings(stage: Stage, work: WorkPlanner, area: str, followed: list[StoryPerson]) -> None:
    """Every quarter of the past year or so, and one to come; four of five come."""
    for number in range(5):
        day = stage.on - timedelta(days=35 + 91 * number)
        invited = [person for person in stage.pool(AREAS[area], day) if day >= REFORM]
        if invited:
            present = [person for person in invited if stage.dice.random() < 0.8]
            work.meeting(day, area, invited, present)
    coming = stage.on + timedelta(days=6 + 3 * CLUSTER.index(area))
    work.meeting(coming, area, followed, [], "Gặp gỡ định kỳ cuối quý, giới thiệu việc làm")


def _offer(stage: Stage, person: StoryPerson, place: str) -> None:
    day = stage.on - timedelta(days=3)
    offer(stage, person, day, place, stage.by(person, day))


def records(stage: Stage, people: list[StoryPerson]) -> None:
    """Evidence of a cleared record that waits for the chief, and an application the court has refused."""
    due = [(p, p.sentences[-1].clears_on()) for p in people if p.sentences and p.sentences[-1].clears_on()]
    over = [(person, day) for person, day in due if day < stage.on - timedelta(days=9)]
    by_court = [
        (person, add_months(person.sentences[-1].done_on, 36))
        for person in people
        if person.sentences and person.sentences[-1].clause in CLAUSES[COURT] and person.sentences[-1].done_on
    ]
    if over:
        day = stage.on - timedelta(days=2)
        stage.at(day, bring, stage, over[0][0], {}, "vneid", day, day)
    for person, day in by_court[:1]:
        sent, refused = day + timedelta(days=40), day + timedelta(days=110)
        if refused <= stage.on:
            stage.at(refused, _refused, stage, person, sent, refused)


def _refused(stage: Stage, person: StoryPerson, sent: date, refused: date) -> None:
    """Both are written down when the refusal comes."""
    application = CourtApplication(
        returnee=person.row,
        filed_on=sent,
        court="Tòa án nhân dân tỉnh Đắk Nông",
        refused_on=refused,
        reference="DEMO-03/QĐ-TA",
        note="Chưa có xác nhận về việc bồi thường",
    )
    actions.court_application.send(application=application, by=stage.by(person, refused), vouched=True)


def violations(
    stage: Stage, drank: StoryPerson, suspected: StoryPerson, fought: StoryPerson, noisy: StoryPerson
) -> None:
    """Administrative violations, the fines of the older ones paid, and one crime that is only reported."""
    for person, behaviour, ago in (
        (drank, "Điều khiển xe máy có nồng độ cồn", 64),
        (fought, "Gây rối, đánh nhau", 150),
        (noisy, "Gây mất trật tự công cộng", 210),
    ):
        day = stage.on - timedelta(days=ago)
        stage.at(day + timedelta(days=40 if ago > 100 else 5), _violate, stage, person, behaviour, day, ago > 100)
    day = stage.on - timedelta(days=33)
    stage.at(day + timedelta(days=3), _suspect, stage, suspected, day)


def crimes(stage: Stage, charged: StoryPerson, sentenced: StoryPerson) -> None:
    """One case before the court, one suspended sentence whose probation has not ended."""
    crime = Crime(offence="Đánh bạc", article=321, clause=1, severity=1, stage="charged")
    crime.act_on, crime.stage_on = stage.on - timedelta(days=80), stage.on - timedelta(days=66)
    stage.at(crime.stage_on, add_crime, stage, charged, crime)
    reoffend(stage, sentenced, max(stage.on - timedelta(days=210), sentenced.presented), prison=False)


def _violate(stage: Stage, person: StoryPerson, behaviour: str, day: date, paid: bool) -> None:
    violation = AdministrativeViolation(
        returnee=person.row,
        act_on=day,
        behaviour=behaviour,
        decided_on=day + timedelta(days=4),
        sanction="other",
        fine=2_500_000,
        done_on=day + timedelta(days=25) if paid else None,
    )
    actions.violation.record(violation=violation, by=stage.by(person, day), vouched=True)


def _suspect(stage: Stage, person: StoryPerson, day: date) -> None:
    crime = Crime(returnee=person.row, act_on=day, offence="Trộm cắp tài sản", article=173, clause=1, severity=1)
    crime.stage, crime.stage_on = "reported", day + timedelta(days=3)
    actions.violation.record(violation=crime, by=stage.by(person, day), vouched=True)
