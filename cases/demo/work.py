"""The daily work as events: activities with one or several people, meetings, jobs, courses, papers, loans."""

from collections import defaultdict
from datetime import date, timedelta

from cases import actions
from cases.actions.activity import NextAppointment, PersonOutcome
from cases.demo import words
from cases.demo.stage import Stage, StoryPerson
from cases.models import (
    Activity,
    Employer,
    GroupMeeting,
    GroupMember,
    JobCheck,
    JobReferral,
    Organisation,
    TrainingReferral,
)

DIRECTORY = date(2019, 3, 4)  # the directory of places of work was begun with the pilot
KEPT_BY = ("police", "women", "youth", "front", "hamlet", "veterans")


class WorkPlanner:
    """Plans work on a stage; employers and organisations are looked up once."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.dice = stage.dice
        self.bodies = {body.code: body for body in Organisation.objects.all()}
        self.employers: dict[str, Employer] = {}

    def activity(
        self,
        day: date,
        people: list[StoryPerson],
        kind: str,
        *,
        detail: str = "",
        absent: tuple[StoryPerson, ...] = (),
        next_time: date | None = None,
    ) -> None:
        """`people` were worked with on `day`; whoever is in `absent` was not at home."""
        pick = self.dice.choice
        facts = {
            "kind": kind,
            "detail": detail,
            "on": day,
            "place": pick(("home", "home", "home", "office")) if kind != "paperwork" else "office",
            "result": pick(words.RESULTS[kind]) if len(absent) < len(people) else "Không gặp, hàng xóm cho biết đi rẫy",
        }
        outcomes = [self._outcome(person in absent) for person in people]
        bodies = ["police", *self.dice.sample(KEPT_BY[1:], self.dice.choice((0, 1, 1, 2)))]
        recorded = min(day + timedelta(days=pick((0, 0, 0, 1, 2))), self.stage.on)
        self.stage.at(recorded, self._record, people, facts, outcomes, bodies, next_time)

    def _outcome(self, absent: bool) -> tuple[str, str]:
        if absent:
            return "absent", ""
        family = self.dice.random() < 0.08
        return ("family" if family else "met"), self.dice.choice(("good", "good", "good", "fair", "fair", "poor"))

    def _record(
        self,
        people: list[StoryPerson],
        facts: dict,
        outcomes: list[tuple[str, str]],
        bodies: list[str],
        next_time: date | None,
    ) -> None:
        entries = [PersonOutcome(p.row, outcome=o, attitude=a) for p, (o, a) in zip(people, outcomes, strict=True)]
        actions.activity.record(
            activity=Activity(**facts),
            entries=entries,
            by=self.stage.by(people[0], facts["on"]),
            organisations=[self.bodies[code] for code in bodies],
            next_time=NextAppointment(facts["kind"], next_time) if next_time else None,
            vouched=True,
        )

    def meeting(
        self, day: date, place: str, invited: list[StoryPerson], present: list[StoryPerson], topic: str = ""
    ) -> None:
        """A group meeting at a commune; attendance is taken unless the day is still to come."""
        planned = min(day - timedelta(days=7), self.stage.on)
        held: dict[str, GroupMeeting] = {}
        topic = topic or self.dice.choice(words.TOPICS)
        self.stage.at(planned, self._plan_meeting, held, day, place, invited, topic)
        if day <= self.stage.on:
            self.stage.at(day, self._hold_meeting, held, day, place, present)

    def _plan_meeting(self, held: dict, day: date, place: str, invited: list[StoryPerson], topic: str) -> None:
        unit = self.stage.unit(place, min(day, self.stage.on))
        held["row"] = actions.meeting.plan(
            meeting=GroupMeeting(unit=unit, on=day, place="Nhà văn hóa trung tâm", topic=topic),
            invited=[person.row for person in invited if person.row],
            by=self.stage.officer(place, day),
            vouched=True,
        )

    def _hold_meeting(self, held: dict, day: date, place: str, present: list[StoryPerson]) -> None:
        walk_ins = [person.row for person in present if person.presented > day - timedelta(days=9)]
        actions.meeting.take_attendance(
            meeting=held["row"],
            present={person.row.pk for person in present},
            walk_ins=walk_ins,
            by=self.stage.officer(place, day),
        )

    def employer(self, place: str, number: int) -> tuple[str, str]:
        """The directory's key of a place of work near `place`, put in on its first use, and the job there."""
        area = next((area for area in words.EMPLOYERS if place == area), "24688")
        name, trade, job = words.EMPLOYERS[area][number % len(words.EMPLOYERS[area])]
        if name not in self.employers:
            self.employers[name] = None
            self.stage.at(DIRECTORY, self._add_employer, name, trade, area)
        return name, job

    def _add_employer(self, name: str, trade: str, place: str) -> None:
        employer = Employer(
            unit=self.stage.unit(place, DIRECTORY),
            name=name,
            trade=trade,
            address=self.stage.units[place].name,
            contact_name="Chủ cơ sở (mẫu)",
            phone=f"0900{900 + len(name):06d}",
        )
        self.employers[name] = actions.employment.add_employer(
            employer=employer, by=self.stage.officer(place, DIRECTORY), vouched=True
        )

    def job(
        self,
        person: StoryPerson,
        place: str,
        referred: date,
        *,
        number: int,
        steps: tuple[tuple[str, date, dict], ...] = (),
        checks: tuple[tuple[int, date, bool], ...] = (),
    ) -> None:
        """A referral with what came of it: (state, day, details) and checks (day number, day, still working)."""
        name, job = self.employer(place, number)
        made: dict[str, JobReferral] = {}
        self.stage.at(referred, self._refer, made, person, name, job, referred)
        for state, day, details in steps:
            self.stage.at(day, self._report, made, person, state, day, details)
        for after, day, still in checks:
            self.stage.at(day, self._check, made, person, after, day, still)

    def _refer(self, made: dict, person: StoryPerson, employer: str, job: str, day: date) -> None:
        referral = JobReferral(returnee=person.row, employer=self.employers[employer], job=job, referred_on=day)
        made["row"] = actions.employment.refer(referral=referral, by=self.stage.by(person, day), vouched=True)

    def _report(self, made: dict, person: StoryPerson, state: str, day: date, details: dict) -> None:
        made["row"].returnee = person.row
        actions.employment.report_outcome(
            referral=made["row"], state=state, on=day, by=self.stage.by(person, day), **details, vouched=True
        )

    def _check(self, made: dict, person: StoryPerson, after: int, day: date, still: bool) -> None:
        found = JobCheck(
            referral=made["row"], day=after, on=day, still_working=still, monthly_income=made["row"].monthly_income
        )
        actions.employment.record_check(job_check=found, by=self.stage.by(person, day), vouched=True)

    def training(self, person: StoryPerson, referred: date, weeks: int = 12) -> None:
        """A course referred to on a day, begun two weeks later, ended where that day has come."""
        course, school = self.dice.choice(words.COURSES)
        started = referred + timedelta(days=14)
        ended = started + timedelta(weeks=weeks)
        facts = {"course": course, "school": school, "referred_on": referred}
        if started <= self.stage.on:
            facts["started_on"] = started
        if ended <= self.stage.on:
            facts |= {
                "ended_on": ended,
                "result": "Hoàn thành, có chứng chỉ",
            }
        recorded = next(day for day in (ended, started, referred) if day <= self.stage.on)
        self.stage.at(recorded, self._train, person, facts)

    def _train(self, person: StoryPerson, facts: dict) -> None:
        actions.training.refer(
            training=TrainingReferral(returnee=person.row, **facts),
            by=self.stage.by(person, facts["referred_on"]),
            vouched=True,
        )

    def group(self, person: StoryPerson, day: date, *, helper: str = "") -> None:
        """The 5+1 around a person; `helper` is the account of the member of the women's union."""
        self.stage.at(day, self._form_group, person, day, helper)

    def _form_group(self, person: StoryPerson, day: date, helper: str) -> None:
        members = []
        for code, name, position in words.MEMBERS:
            user = self.stage.users[helper] if helper and code == "women" else None
            name, position = (user.full_name, user.rank) if user else (name, position)
            members.append(
                GroupMember(organisation=self.bodies[code], name=name, position=position, user=user, since=day)
            )
        lead = self.stage.by(person, day)
        actions.group.form(returnee=person.row, lead=lead, since=day, by=lead, members=members, vouched=True)

    def contacts(self, visits: list[tuple[date, StoryPerson, str]]) -> None:
        """Visits of single people, on one day and of one kind joined into entries for up to five."""
        joined: dict[tuple, list[StoryPerson]] = defaultdict(list)
        for day, person, kind in visits:
            key = (day, self.stage.by(person, day).username, kind)
            if person not in joined[key]:
                joined[key].append(person)
        for (day, _by, kind), people in sorted(joined.items(), key=lambda item: item[0]):
            for start in range(0, len(people), 5):
                some = people[start : start + 5]
                absent = tuple(some) if len(some) == 1 and self.dice.random() < 0.05 else ()
                detail = self.dice.choice(("identity", "insurance", "residence")) if kind == "paperwork" else ""
                self.activity(day, some, kind, detail=detail, absent=absent)
