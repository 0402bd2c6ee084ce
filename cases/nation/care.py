"""What an officer does for one person besides the visits: the 5+1, assessments, needs, papers, appointments."""

from datetime import date, timedelta
from random import Random

from cases.models import (
    Appointment,
    Assessment,
    GroupMember,
    HelperGroup,
    Need,
    PaperworkRequest,
    Snooze,
)
from cases.nation.life import Life
from cases.nation.sheet import Sheets, days_after, stamps

HAVE_GROUP, HAVE_PAPER, HAVE_APPOINTMENT, HAVE_SNOOZE = 0.92, 0.7, 0.5, 0.01
MEMBERS, ASSESSMENTS = 4, 6
HALF_A_YEAR = timedelta(days=182)
PATHWAYS = ("housing", "papers", "income", "work", "health", "family")
PAPERS = ("identity", "insurance", "residence", "other")


class Care:
    """Plans and notes the care for a person up to the end of the file or today."""

    def __init__(self, sheets: Sheets, dice: Random, today: date, bodies: list[int]) -> None:
        self.sheets, self.dice, self.today, self.bodies = sheets, dice, today, bodies

    def add(self, life: Life) -> None:
        if life.presented:
            self.form_group(life)
            self.assess(life)
        for _number in range(int(self.dice.random() * 2.6)):
            self.note_need(life)
        if self.dice.random() < HAVE_PAPER:
            self.ask_for_paper(life)
        if life.presented and not life.closed:
            self.plan_ahead(life)

    def form_group(self, life: Life) -> None:
        if self.dice.random() >= HAVE_GROUP:
            return
        since = min(days_after(life.begun, 7), life.end)
        row = {**stamps(life.officer, since), "since": since, "until": life.closed}
        group = self.sheets[HelperGroup].add(**row, lead_id=life.officer, returnee_id=life.pk)
        for body in self.dice.sample(self.bodies, MEMBERS):
            self.sheets[GroupMember].add(
                **row, name="Trần Thị B", position="Hội viên", group_id=group, organisation_id=body
            )

    def assess(self, life: Life) -> None:
        """Each half-year of the last years; the newest may wait for the chief."""
        recent = days_after(life.end, -700 if life.closed else -1100)
        day, made = max(days_after(life.begun, 90), recent), 0
        while day < life.end and made < ASSESSMENTS:
            approved = days_after(day, 3)
            if approved > self.today or day > days_after(self.today, -25) and self.dice.random() < 0.2:
                approved = None
            self.sheets[Assessment].add(
                **stamps(life.officer, day),
                group=self.dice.choices("ABCD", (31, 31, 37, 1))[0],
                on=day,
                reason="Chấp hành tốt",
                approved_on=approved,
                approved_by_id=approved and life.chief,
                returnee_id=life.pk,
            )
            day, made = day + HALF_A_YEAR, made + 1

    def note_need(self, life: Life) -> None:
        day = min(life.some_day(self.dice), self.today)
        self.sheets[Need].add(
            **stamps(life.officer, day),
            pathway=self.dice.choice(PATHWAYS),
            text="Cần hỗ trợ việc làm",
            state=self.dice.choice(("not_started", "in_progress", "met", "met", "met")),
            state_on=day,
            returnee_id=life.pk,
        )

    def ask_for_paper(self, life: Life) -> None:
        """Most are handed over after a month; some lie at an office."""
        needed, chance = min(days_after(life.completed, self.dice.random() * 200), life.end), self.dice.random()
        submitted, issued, handed = (days_after(needed, days) for days in (5, 25, 30))
        is_issued = handed <= life.end and chance < 0.95
        self.sheets[PaperworkRequest].add(
            **stamps(life.officer, needed),
            kind=self.dice.choice(PAPERS),
            office="Công an tỉnh",
            needed_on=needed,
            submitted_on=submitted if submitted <= life.end else None,
            issued_on=issued if is_issued else None,
            handed_over_on=handed if is_issued and chance < 0.9 else None,
            returnee_id=life.pk,
        )

    def plan_ahead(self, life: Life) -> None:
        """The next meeting, for one in two; for a few a duty that was put off."""
        asked = max(days_after(self.today, -20), life.begun)
        if self.dice.random() < HAVE_APPOINTMENT:
            on = max(days_after(self.today, self.dice.randrange(40) - 6), asked)
            row = stamps(life.officer, asked)
            self.sheets[Appointment].add(**row, kind="encouragement", on=on, returnee_id=life.pk)
        if self.dice.random() < HAVE_SNOOZE:
            self.sheets[Snooze].add(
                **stamps(life.officer, asked),
                duty="contact",
                since=asked,
                until=days_after(self.today, 10),
                reason="Đi làm xa, gia đình xác nhận",
                returnee_id=life.pk,
            )
