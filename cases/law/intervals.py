"""The officer's deadlines as numbers: what the rules of duties count with on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.law import deadlines


@dataclass(frozen=True)
class Intervals:
    """The officer's deadlines in days (the assessment's in months), as in force on the day asked about."""

    contact_from: int
    contact_until: int
    presenting: int
    helper_proposal: int
    paperwork: int
    job_checks: tuple[int, ...]
    job_check_within: int
    assessment_months: int
    assessment_early: int
    appointment_early: int

    calendar: deadlines.WorkCalendar = deadlines.PLAIN_WEEKS

    def last_day_to_present(self, completed_on: date, presents_by: date | None) -> date:
        """The day printed on the certificate; where it is unknown, so many days after the completion."""
        return presents_by or completed_on + timedelta(days=self.presenting)

    @classmethod
    def in_force(
        cls,
        on: date,
        table: Iterable[deadlines.Deadline] = deadlines.DEADLINES,
        calendar: deadlines.WorkCalendar = deadlines.PLAIN_WEEKS,
    ) -> "Intervals":
        """The deadlines of `table` in force on `on`; the widths of the windows are this project's own.

        `calendar`: how working days are counted.
        """
        days = {duty: deadlines.deadline(duty, on, table).amount for duty in deadlines.DeadlineKind}
        contact = days[deadlines.DeadlineKind.CONTACT]
        return cls(
            contact_from=contact * 2 // 3,
            contact_until=contact,
            presenting=days[deadlines.DeadlineKind.PRESENTING],
            helper_proposal=days[deadlines.DeadlineKind.HELPER_PROPOSAL],
            paperwork=days[deadlines.DeadlineKind.PAPERWORK_STUCK],
            job_checks=tuple(days[duty] for duty in deadlines.JOB_CHECKS),
            job_check_within=7,
            assessment_months=days[deadlines.DeadlineKind.ASSESSMENT],
            assessment_early=14,
            appointment_early=3,
            calendar=calendar,
        )
