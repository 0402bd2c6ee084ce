"""Work, courses and loans of one person."""

from datetime import date
from random import Random

from cases.models import JobCheck, JobReferral, Loan, TrainingReferral
from cases.nation.life import Life
from cases.nation.sheet import Sheets, days_after, stamps

REFERRED, TRAINED, LENT = 0.28, 0.08, 0.1
CHECKS = (7, 30)


class Livelihood:
    def __init__(self, sheets: Sheets, dice: Random) -> None:
        self.sheets, self.dice = sheets, dice

    def add(self, life: Life) -> None:
        if self.dice.random() < REFERRED and life.stay > 120:
            self.refer(life, days_after(life.begun, self.dice.random() * (life.stay - 100)))
        if self.dice.random() < TRAINED:
            self.train(life, life.some_day(self.dice))
        if self.dice.random() < LENT:
            self.lend(life, life.some_day(self.dice))

    def refer(self, life: Life, day: date) -> None:
        """Seven in ten begin, one in ten is refused, two in ten wait; half of those who began have left again."""
        chance = self.dice.random()
        started = days_after(day, 8) if chance < 0.7 else None
        referral = self.sheets[JobReferral].add(
            **stamps(life.officer, day),
            job="Thợ phụ",
            referred_on=day,
            accepted_on=days_after(day, 4) if chance < 0.8 else None,
            refused_on=days_after(day, 9) if chance >= 0.9 else None,
            refusal_reason="skills" if chance >= 0.9 else "",
            started_on=started,
            ended_on=min(days_after(day, 200), life.end) if chance < 0.4 else None,
            monthly_income=6_000_000 if started else None,
            employer_id=self.dice.choice(life.home.employers),
            returnee_id=life.pk,
        )
        for after in CHECKS if started else ():
            on = days_after(started, after)
            row = stamps(life.officer, on)
            self.sheets[JobCheck].add(**row, day=after, on=on, still_working=True, referral_id=referral)

    def train(self, life: Life, day: date) -> None:
        self.sheets[TrainingReferral].add(
            **stamps(life.officer, day),
            course="Lái xe nâng",
            school="Trung tâm GDNN",
            referred_on=day,
            returnee_id=life.pk,
        )

    def lend(self, life: Life, day: date) -> None:
        paid = days_after(day, 30)
        self.sheets[Loan].add(
            **stamps(life.officer, day),
            lender="Ngân hàng CSXH",
            purpose="business",
            amount=50_000_000,
            requested_on=day,
            paid_out_on=paid if paid <= life.end else None,
            returnee_id=life.pk,
        )
