"""The indicators counted a second time, day by day, from a register as it was drawn: no query, no shared code."""

from datetime import date, timedelta
from fractions import Fraction

from tests.reports.register import kept

ONE_DAY = timedelta(days=1)
# Điều 70 khoản 2 BLHS: up to so many months of prison, so many years of waiting
YEARS = ((60, 2), (180, 3), (240, 5))


class Recount:
    """`place_of` says at which of the places asked about a unit lies (None: elsewhere); figures of one place."""

    def __init__(self, register, place_of, place):
        self.people = [person for person in register.people if not person.withdrawn]
        self.register, self.first, self.last = register, register.first, register.last
        self.is_here = lambda unit: unit is not None and place_of(unit) == place

    def in_period(self, day):
        return day is not None and self.first <= day <= self.last

    def days(self):
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def holds(self, person, day):
        return self.is_here(person.unit_on(day))

    def happened(self, person, day):
        return self.in_period(day) and self.holds(person, day)

    def managed(self, day):
        return [p for p in self.people if p.is_open(day) and self.holds(p, day)]

    def figures(self):
        return {
            **self.flow(),
            **self.contacts(),
            **self.work(),
            "eligible": sum(self.is_eligible(person) for person in self.people),
            **self.violations(),
            **self.groups(),
        }

    def flow(self):
        people = self.people
        coming, going = self.moves()
        return {
            "completed": sum(self.happened(p, p.completed_on) for p in people),
            "presented": sum(self.happened(p, p.presented_on) for p in people),
            "received": sum(self.happened(p, p.presented_on) for p in people),
            "not_presented": sum(
                p.completed_on <= self.last
                and not (p.presented_on and p.presented_on <= self.last)
                and not self.is_closed(p)
                and self.holds(p, self.last)
                for p in people
            ),
            "managed_start": len(self.managed(self.first - ONE_DAY)),
            "managed_end": len(self.managed(self.last)),
            "managed_during": self.managed_during(),
            "transferred_in": coming,
            "transferred_out": going,
            "closed": sum(bool(p.presented_on) and self.happened(p, p.closed_on) for p in people),
        }

    def is_closed(self, person):
        return person.closed_on is not None and person.closed_on <= self.last

    def managed_during(self):
        return sum(any(p.is_open(day) and self.holds(p, day) for day in self.days()) for p in self.people)

    def moves(self):
        coming = going = 0
        for person in self.people:
            for day in self.days():
                if person.is_open(day - ONE_DAY):
                    before, after = self.holds(person, day - ONE_DAY), self.holds(person, day)
                    coming += after and not before
                    going += before and not after
        return coming, going

    def contacts(self):
        met = [
            (kind, paper)
            for p in self.people
            for day, kind, paper, outcome in kept(p.contacts)
            if outcome != "absent" and self.happened(p, day)
        ]
        meetings = [m for m in self.register.meetings if m.taken and not m.withdrawn]
        held = [m for m in meetings if self.in_period(m.on) and self.is_here(m.unit)]
        kinds = [kind for kind, _ in met]
        papers = [paper for kind, paper in met if kind == "paperwork"]
        return {
            **{kind: kinds.count(kind) for kind in ("encouragement", "review", "legal_aid", "paperwork")},
            "counselling": sum(kind.startswith("counselling") for kind in kinds),
            "paperwork_identity": papers.count("identity"),
            "paperwork_insurance": papers.count("insurance"),
            "group_meetings": len(held),
            "group_attendance": sum(
                present and not person.withdrawn
                for m in held
                for person, present in zip(self.register.people, m.present, strict=False)
            ),
        }

    def work(self):
        people = self.people
        jobs = [(p.pk, pay) for p in people for day, pay, begun in kept(p.jobs) if begun and self.happened(p, day)]
        loans = [(p.pk, amount) for p in people for day, amount in kept(p.loans) if self.happened(p, day)]
        incomes = [income for _, income in jobs if income is not None]
        return {
            "training": sum(any(self.happened(p, day) for (day,) in kept(p.trainings)) for p in people),
            "jobs_placed": len({pk for pk, _ in jobs}),
            "mean_income": int(Fraction(sum(incomes), len(incomes)) + Fraction(1, 2)) if incomes else None,
            "mean_income_n": len(incomes),
            "loans": len({pk for pk, _ in loans}),
            "loan_amount": sum(amount for _, amount in loans),
        }

    def violations(self):
        acts = [
            max((s for day, s, stage in kept(p.crimes) if stage != "reported" and self.happened(p, day)), default=0)
            for p in self.people
        ]
        reoffended, managed = sum(act > 0 for act in acts), self.managed_during()
        return {
            "expunged": sum(self.happened(p, day) for p in self.people for day, sure in kept(p.evidence) if sure),
            "reoffended": reoffended,
            **{f"reoffended_{severity}": acts.count(severity) for severity in (1, 2, 3, 4)},
            "reoffence_rate": int(Fraction(reoffended * 10_000, managed) + Fraction(1, 2)) / 100 if managed else None,
            "administrative": sum(self.happened(p, day) for p in self.people for (day,) in kept(p.administrative)),
        }

    def is_eligible(self, person):
        """The file is open, no evidence is in, and the clock of each judgment that left a record has run out."""
        evidence = any(sure and day <= self.last for day, sure in kept(person.evidence))
        if evidence or self.is_closed(person) or person.completed_on > self.last or not self.holds(person, self.last):
            return False
        acts = [(day, stage) for day, _, stage in kept(person.crimes) if day <= self.last]
        judged = [each for (each,) in kept(person.judgments) if each.act_on <= self.last]
        recorded = [each for each in judged if each.law != "negligent"]
        if not recorded or any(each.law == "court" for each in recorded):
            return False
        clean = [clean_on(each) for each in recorded]
        if None in clean or max(clean) > self.last or any(stage == "convicted" for _, stage in acts):
            return False
        return not any(stage in ("charged", "prosecuted") and day < max(clean) for day, stage in acts)

    def groups(self):
        last = [self.last_group(person) for person in self.managed(self.last)]
        return {
            **{f"group_{group.lower()}": last.count(group) for group in "ABCD"},
            "unclassified": last.count(None),
        }

    def last_group(self, person):
        approved = [
            (day, number, group)
            for number, (day, group, sure) in enumerate(kept(person.assessments))
            if sure is not None and max(day, sure) <= self.last
        ]
        return max(approved)[2] if approved else None


def clean_on(judged):
    """The first day without the record: after the years of waiting, and not before all it ordered is done."""
    kind, months = judged.penalty
    state, settled_on = judged.settled or ("done", None)
    if judged.done_on is None or state == "open":
        return None
    years = 1 if kind == "suspended_prison" else next(years for most, years in YEARS if months <= most)
    day = some_years_later(judged.done_on, years) + ONE_DAY
    return max(day, settled_on) if settled_on else day


def some_years_later(day, years):
    return date(day.year + years, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + years)
