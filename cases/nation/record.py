"""What stands in the way of a clean record, and what clears it; how the person was announced."""

from datetime import date
from random import Random

from cases.models import (
    AdministrativeViolation,
    ArrivalAnswer,
    Crime,
    Expungement,
    Notice,
    RecidivismFinding,
)
from cases.nation.life import Life
from cases.nation.sheet import Sheets, days_after, stamps

VIOLATED, NEW_CRIME, FOUND_AGAIN, EVIDENCE, ANNOUNCED = 0.08, 0.05, 0.3, 0.01, 0.4
STAGES = ("reported", "charged", "prosecuted", "convicted")
LONG_AGO = 800  # days after which evidence of a clean record may lie with the chief


class RecordBook:
    def __init__(self, sheets: Sheets, dice: Random, today: date) -> None:
        self.sheets, self.dice, self.today = sheets, dice, today

    def add(self, life: Life) -> None:
        if self.dice.random() < VIOLATED:
            self.violate(life, life.some_day(self.dice))
        if life.ending == "imprisoned" or self.dice.random() < NEW_CRIME:
            self.reoffend(life)
        self.clear(life)

    def violate(self, life: Life, day: date) -> None:
        self.sheets[AdministrativeViolation].add(
            **stamps(life.officer, day),
            act_on=day,
            behaviour="Gây rối trật tự",
            decision_number="12/QĐ",
            decided_on=day,
            sanction="other",
            fine=500_000,
            returnee_id=life.pk,
        )

    def reoffend(self, life: Life) -> None:
        day = max(life.completed, days_after(life.end, -self.dice.random() * 200))
        stage = "convicted" if life.ending == "imprisoned" else self.dice.choice(STAGES)
        row = {**stamps(life.officer, day), "returnee_id": life.pk}
        self.sheets[Crime].add(
            **row,
            act_on=day,
            offence="Trộm cắp tài sản",
            article="173",
            clause=1,
            severity=1,
            stage=stage,
            stage_on=day,
        )
        if stage == "convicted" and self.dice.random() < FOUND_AGAIN:
            self.sheets[RecidivismFinding].add(
                **row, kind="recidivism", court="TAND khu vực", judgment_number="1/HSST", found_on=day
            )

    def clear(self, life: Life) -> None:
        """Evidence of the officer, confirmed by the chief where it closed the file."""
        if life.ending == "expunged":
            brought = {"evidence": "database", "evidence_on": life.closed}
            confirmed = {"confirmed_on": life.closed, "confirmed_by_id": life.chief}
        elif not life.closed and (self.today - life.completed).days > LONG_AGO and self.dice.random() < EVIDENCE:
            brought = {"evidence": "slip_1", "evidence_on": days_after(self.today, -9), "reference": "12"}
            confirmed = {}
        else:
            return
        row = stamps(life.officer, life.closed or days_after(self.today, -5))
        self.sheets[Expungement].add(**row, **brought, **confirmed, returnee_id=life.pk)

    def announce(self, life: Life) -> None:
        """The prison's notice, and what the commune found out."""
        if not life.is_awaited and self.dice.random() >= ANNOUNCED:
            return
        received = days_after(min(life.completed, self.today), -15)
        self.sheets[Notice].add(
            **stamps(life.officer, received),
            kind="prison",
            number=f"{life.pk}/TB",
            dated_on=days_after(received, -4),
            sender="Trại giam Số 3",
            received_on=received,
            assigned_to_id=life.officer,
            returnee_id=life.pk,
        )
        if life.presented or not life.is_awaited and self.dice.random() < 0.7:
            self.sheets[ArrivalAnswer].add(
                kind="arrived" if life.presented else "confirmed",
                on=life.begun,
                made_at=f"{life.begun} 09:00+07",
                made_by_id=life.officer,
                returnee_id=life.pk,
                unit_id=life.home.unit.pk,
            )
