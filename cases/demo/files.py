"""The life of one case file as events: registered, presented, handed over, cleared or closed."""

from datetime import date, timedelta

from cases import actions
from cases.demo.accounts import REFORM
from cases.demo.sentences import CLAUSES, NORMAL, Sentence, draw
from cases.demo.stage import Stage, StoryPerson
from cases.lib.dates import add_months
from cases.models import Crime, Expungement, Judgment, Returnee, Transfer, User
from cases.reports.casefile import handover

PRISONS = ("Trại giam mẫu số 1", "Trại giam mẫu số 2", "Trại tạm giam tỉnh (mẫu)")
RELATIONS = (("Mẹ", "female"), ("Bố", "male"), ("Vợ", "female"), ("Anh trai", "male"), ("Chị gái", "female"))
EVIDENCE = ("database", "slip_1", "slip_1")
DEMO_PHONE = "0900000000"
AMNESTIES = ((4, 30), (9, 2))


def new_person(
    stage: Stage,
    place: str,
    completed: date,
    *,
    kind: str = NORMAL,
    presented: date | None = None,
    sentences: list[Sentence] | None = None,
) -> StoryPerson:
    """Somebody who finished a sentence on `completed` and comes home to `place`; only noted, registered when played."""
    dice = stage.dice
    sex = "female" if dice.random() < 0.09 else "male"
    how = "amnesty" if (completed.month, completed.day) in AMNESTIES else "served"
    year = completed.year - dice.randint(21, 56)
    full_name, people = stage.names.full_name(sex)
    relation, relation_sex = dice.choice(RELATIONS[:2] if dice.random() < 0.6 else RELATIONS)
    person = StoryPerson(
        facts={
            "full_name": full_name,
            "sex": sex,
            "born_on": _born(stage, year),
            "ethnicity": people,
            "identity_number": stage.names.identity(sex, year) if dice.random() < 0.9 else None,
            "hamlet": stage.names.hamlet(place),
            "phone": stage.names.phone() if dice.random() < 0.8 else "",
            "household_contact": stage.names.full_name(relation_sex)[0],
            "household_relation": "Chồng" if sex == "female" and relation == "Vợ" else relation,
            "household_phone": stage.names.phone(),
            "prison": dice.choice(PRISONS),
            "subject_type": "amnestied" if how == "amnesty" else "completed",
            "certificate_number": f"DEMO-{completed.year}-{len(stage.people) + 1:04d}",
        },
        place=place,
        district=stage.units[place].parent.code,
        completed=completed,
        presented=presented,
        sentences=sentences or [draw(dice, completed, kind, how)],
    )
    stage.people.append(person)
    return person


def _born(stage: Stage, year: int) -> str:
    """Some papers tell only the year, a few only the month."""
    month, day, chance = stage.dice.randint(1, 12), stage.dice.randint(1, 28), stage.dice.random()
    if chance < 0.12:
        return f"{year}"
    return f"{year}-{month:02d}" if chance < 0.16 else f"{year}-{month:02d}-{day:02d}"


def begin(stage: Stage, person: StoryPerson) -> None:
    """Open the file when the notice comes and let the person present; who comes at once is noted in one go."""
    at_once = person.presented is not None and (person.presented - person.completed).days <= 3
    day = person.presented if at_once else min(person.completed + timedelta(days=2), stage.on)
    stage.at(day, register, stage, person, day, person.presented if at_once else None)
    for sentence in person.sentences:
        stage.at(day, add_judgment, stage, person, sentence, day)
    if person.presented and not at_once:
        stage.at(person.presented, present, stage, person)
    for since, place in person.moves:
        stage.at(since, hand_over, stage, person, since, place)


def register(stage: Stage, person: StoryPerson, day: date, presented: date | None) -> None:
    returnee = Returnee(
        unit=stage.unit(person.place, day), completed_on=person.completed, presented_on=presented, **person.facts
    )
    returnee.file_number = stage.file_number(returnee.unit.code, person.completed.year)
    person.row = actions.returnee.register(returnee=returnee, by=stage.by(person, day), vouched=True)


def add_judgment(stage: Stage, person: StoryPerson, sentence: Sentence, day: date) -> Judgment:
    judgment, parts = sentence.judgment(person.row, person.district)
    return actions.judgment.add(judgment=judgment, parts=parts, by=stage.by(person, day), vouched=True)


def present(stage: Stage, person: StoryPerson) -> None:
    actions.returnee.present(
        returnee=person.row, on=person.presented, by=stage.by(person, person.presented), vouched=True
    )


def hand_over(stage: Stage, person: StoryPerson, since: date, place: str) -> None:
    """Since the reform offered by the officer and accepted by the other chief; before that only the day is known."""
    before = stage.officer(person.place_on(since - timedelta(days=1)), since)
    if since < REFORM:
        actions.returnee.hand_over(returnee=person.row, to_unit=stage.unit(place, since), on=since, by=before)
        return
    transfer = offer(stage, person, since, place, before)
    chief = stage.chief(place, since)
    actions.transfer.accept(transfer=transfer, on=since, by=chief, sheet_of=handover.sheet, vouched=True)
    person.row = transfer.returnee


def offer(stage: Stage, person: StoryPerson, on: date, place: str, by: User) -> Transfer:
    hamlets = stage.names.hamlets(place)
    transfer = Transfer(
        returnee=person.row,
        to_unit=stage.unit(place, on),
        hamlet=hamlets[person.row.pk % len(hamlets)],
        on=on,
        reason="Chuyển về ở cùng gia đình, đã đăng ký tạm trú",
        sender_name=by.full_name,
        sender_phone=DEMO_PHONE,
    )
    return actions.transfer.propose(transfer=transfer, on=on, by=by, vouched=True)


def end(stage: Stage, person: StoryPerson, day: date, reason: str, note: str = "") -> None:
    """The file is closed on `day`, unless that is still to come."""
    if day <= stage.on:
        person.closed = day
        stage.at(day, _close, stage, person, reason, note)


def _close(stage: Stage, person: StoryPerson, reason: str, note: str) -> None:
    by = stage.chief(person.place_on(person.closed), person.closed)
    actions.returnee.close(returnee=person.row, on=person.closed, reason=reason, note=note, by=by, vouched=True)


def clear(stage: Stage, person: StoryPerson, evidence_on: date) -> None:
    """Evidence of `evidence_on` that the record is cleared; the chief confirms some days later, and the file ends."""
    brought, confirmed = evidence_on + timedelta(days=2), evidence_on + timedelta(days=5)
    kind = stage.dice.choice(EVIDENCE if evidence_on.year < 2025 else ("database", "vneid"))
    if confirmed > stage.on:
        return
    person.closed = confirmed
    evidence = {}
    stage.at(brought, bring, stage, person, evidence, kind, evidence_on, brought)
    stage.at(confirmed, _confirm, stage, person, evidence, confirmed)


def bring(stage: Stage, person: StoryPerson, evidence: dict, kind: str, evidence_on: date, day: date) -> None:
    evidence["row"] = actions.expungement.bring_evidence(
        expungement=Expungement(
            returnee=person.row, evidence=kind, evidence_on=evidence_on, reference=f"DEMO-LL-{person.row.pk:04d}"
        ),
        by=stage.by(person, day),
        vouched=True,
    )


def _confirm(stage: Stage, person: StoryPerson, evidence: dict, day: date) -> None:
    row, chief = evidence["row"], stage.chief(person.place_on(day), day)
    row.returnee = person.row
    above = stage.users["dung"]  # where the chief brought the evidence, the unit above confirms it
    actions.expungement.confirm(
        expungement=row, on=day, by=above if chief.pk == row.created_by_id else chief, vouched=True
    )


def clear_when_due(stage: Stage, person: StoryPerson, first: date, last: date | None = None) -> None:
    """Evidence comes one to five months after the record has cleared, from `first` on, at the latest on `last`."""
    due = person.sentences[-1].clears_on()
    if due:
        evidence_on = max(due, first) + timedelta(days=stage.dice.randint(20, 150))
        clear(stage, person, min(evidence_on, last) if last else evidence_on)


def reoffend(stage: Stage, person: StoryPerson, act_on: date, *, prison: bool) -> None:
    """A new, less serious crime: proceedings opened, then the court's sentence, served in prison or suspended."""
    clause = stage.dice.choice([clause for clause in CLAUSES[NORMAL] if clause.severity == 1])
    crime = Crime(act_on=act_on, offence=clause.name, article=clause.article, clause=clause.clause, severity=1)
    crime.stage, crime.stage_on = "charged", act_on + timedelta(days=12)
    stage.at(crime.stage_on, add_crime, stage, person, crime)
    for state, days in (("prosecuted", 75), ("convicted", 120)):
        day = act_on + timedelta(days=days)
        stage.at(day, _reach, stage, person, crime, state, day)
    effective = act_on + timedelta(days=150)
    sentence = Sentence(clause, stage.dice.randint(6, 15), None, effective, act_on=act_on)
    sentence.owed.append(("court_fee", "done", 200_000, effective))
    if prison:
        end(stage, person, effective + timedelta(days=10), "imprisoned", "Chấp hành bản án mới")
    else:
        sentence.penalty, sentence.how = "suspended_prison", "probation_ended"
        probation = add_months(effective, sentence.months * 2)
        sentence.done_on = probation if probation <= stage.on else None
    stage.at(effective, add_judgment, stage, person, sentence, effective)
    person.sentences.append(sentence)
    if sentence.done_on:
        clear_when_due(stage, person, sentence.done_on)


def add_crime(stage: Stage, person: StoryPerson, crime: Crime) -> None:
    crime.returnee = person.row
    actions.violation.record(violation=crime, by=stage.by(person, crime.stage_on), vouched=True)


def _reach(stage: Stage, person: StoryPerson, crime: Crime, state: str, day: date) -> None:
    crime.returnee = person.row
    actions.violation.reach_stage(crime=crime, stage=state, on=day, by=stage.by(person, day), vouched=True)
