"""The indicators counted a second time, day by day, from a register as it was drawn: no query, no shared code."""

from datetime import timedelta
from fractions import Fraction

ONE_DAY = timedelta(days=1)


class Recount:
    """`place_of` says at which of the places asked about a unit lies (None: elsewhere); figures of one place."""

    def __init__(self, register, period, place_of, place):
        self.people = [person for person in register.people if not person.withdrawn]
        self.register, self.period = register, period
        self.is_here = lambda unit: unit is not None and place_of(unit) == place

    def in_period(self, day):
        return day is not None and self.period.start <= day <= self.period.end

    def days(self):
        return [self.period.start + timedelta(days=n) for n in range(self.period.days)]

    def holds(self, person, day):
        return self.is_here(person.unit_on(day))

    def happened(self, person, day):
        return self.in_period(day) and self.holds(person, day)

    def managed(self, day):
        return [p for p in self.people if p.is_open(day) and self.holds(p, day)]

    def figures(self):
        return {**self.flow(), **self.contacts(), **self.work(), **self.violations(), **self.groups()}

    def flow(self):
        people, end = self.people, self.period.end
        coming, going = self.moves()
        return {
            "completed": sum(self.happened(p, p.completed_on) for p in people),
            "presented": sum(self.happened(p, p.presented_on) for p in people),
            "received": sum(self.happened(p, p.presented_on) for p in people),
            "not_presented": sum(
                p.completed_on <= end
                and not (p.presented_on and p.presented_on <= end)
                and not (p.closed_on and p.closed_on <= end)
                and self.holds(p, end)
                for p in people
            ),
            "managed_start": len(self.managed(self.period.start - ONE_DAY)),
            "managed_end": len(self.managed(end)),
            "managed_during": self.managed_during(),
            "transferred_in": coming,
            "transferred_out": going,
            "closed": sum(bool(p.presented_on) and self.happened(p, p.closed_on) for p in people),
        }

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
            for day, kind, paper, outcome in p.contacts
            if outcome != "absent" and self.happened(p, day)
        ]
        held = [m for m in self.register.meetings if m.taken and self.in_period(m.on) and self.is_here(m.unit)]
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
        jobs = [(p.pk, income) for p in self.people for day, income in p.jobs if self.happened(p, day)]
        loans = [(p.pk, amount) for p in self.people for day, amount in p.loans if self.happened(p, day)]
        incomes = [income for _, income in jobs if income is not None]
        return {
            "training": sum(any(self.happened(p, day) for day in p.trainings) for p in self.people),
            "jobs_placed": len({pk for pk, _ in jobs}),
            "mean_income": int(Fraction(sum(incomes), len(incomes)) + Fraction(1, 2)) if incomes else None,
            "mean_income_n": len(incomes),
            "loans": len({pk for pk, _ in loans}),
            "loan_amount": sum(amount for _, amount in loans),
        }

    def violations(self):
        acts = [
            max((s for day, s, stage in p.crimes if stage != "reported" and self.happened(p, day)), default=0)
            for p in self.people
        ]
        reoffended, managed = sum(act > 0 for act in acts), self.managed_during()
        return {
            "expunged": sum(self.happened(p, p.evidence) for p in self.people),
            "reoffended": reoffended,
            **{f"reoffended_{severity}": acts.count(severity) for severity in (1, 2, 3, 4)},
            "reoffence_rate": int(Fraction(reoffended * 10_000, managed) + Fraction(1, 2)) / 100 if managed else None,
            "administrative": sum(self.happened(p, day) for p in self.people for day in p.administrative),
        }

    def groups(self):
        last = [self.last_group(person) for person in self.managed(self.period.end)]
        return {
            **{f"group_{group.lower()}": last.count(group) for group in "ABCD"},
            "unclassified": last.count(None),
        }

    def last_group(self, person):
        approved = [
            (day, number, group)
            for number, (day, group, after) in enumerate(person.assessments)
            if after is not None and day + timedelta(days=after) <= self.period.end
        ]
        return max(approved)[2] if approved else None
