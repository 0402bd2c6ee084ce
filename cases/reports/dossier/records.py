"""What the papers of one person are drafted from, read in one statement."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cases.law.deadlines import WorkCalendar
from cases.law.intervals import Intervals
from cases.lib.text import in_a_sentence
from cases.models import (
    ArrivalAnswer,
    DossierPaper,
    Expungement,
    FormNameVersion,
    GroupMember,
    HelperGroup,
    Holiday,
    Judgment,
    Notice,
    Returnee,
    Transfer,
)
from cases.models.form_name_version import form_name_table
from cases.reports.administration import days_off
from cases.reports.casefile.file_rows import FileRows
from cases.reports.dossier.form_paper import FormNames, Issuers


class DossierRecords(FileRows):
    """The rows of a file and beside them what only its papers tell; `on` is the day of the papers.

    Whose eyes they are for is asked where the person is found.
    """

    def __init__(self, returnee: Returnee, on: date) -> None:
        super().__init__(returnee)
        self.on = on

    def read_all(self) -> None:
        """Everything any of the papers asks for, in one statement (and one for each kind of part)."""
        self.read(
            (
                "notices",
                "answers",
                "judgments",
                "groups",
                "members",
                "needs",
                "referrals",
                "assessments",
                "expungements",
                "transfers",
                "dossier_papers",
                "deadline_versions",
                "days",
                "form_names",
                "safety_flags",
            )
        )

    @cached_property
    def notices(self) -> QuerySet[Notice]:
        return Notice.objects.kept().filter(**self.mine)

    @cached_property
    def answers(self) -> QuerySet[ArrivalAnswer]:
        """What units found out, the first first."""
        return ArrivalAnswer.objects.filter(**self.mine).exclude(kind=ArrivalAnswer.Kind.NAMED)

    @cached_property
    def judgments(self) -> QuerySet[Judgment]:
        parts = ("offences", "additional_penalties", "obligations")
        return Judgment.objects.kept().filter(**self.mine).prefetch_related(*parts)

    @cached_property
    def members(self) -> QuerySet[GroupMember]:
        """Of the group in force, those who have not left by today."""
        rows = GroupMember.objects.current(self.on).filter(group__returnee=self.returnee)
        return rows.select_related("organisation")

    @cached_property
    def expungements(self) -> QuerySet[Expungement]:
        return Expungement.objects.confirmed().filter(**self.mine)

    @cached_property
    def transfers(self) -> QuerySet[Transfer]:
        """Handovers that were accepted, the first first."""
        rows = Transfer.objects.filter(**self.mine, state=Transfer.State.ACCEPTED)
        return rows.select_related("from_unit", "to_unit").order_by("accepted_on", "pk")

    @cached_property
    def dossier_papers(self) -> QuerySet[DossierPaper]:
        return DossierPaper.objects.kept().filter(**self.mine)

    @cached_property
    def days(self) -> QuerySet[Holiday, Any]:
        return Holiday.objects.values_list("day", "kind")

    @cached_property
    def form_names(self) -> QuerySet[FormNameVersion]:
        return FormNameVersion.objects.in_order()

    @cached_property
    def names(self) -> FormNames:
        return FormNames(form_name_table(self.form_names), self.on)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return days_off.calendar_of(self.days)

    @cached_property
    def intervals(self) -> Intervals:
        return Intervals.in_force(self.on, self.deadlines, self.calendar)

    @cached_property
    def issuers(self) -> Issuers:
        """The bodies of the commune that holds the person."""
        return Issuers.of_unit(self.returnee.unit, self.on)

    @property
    def group(self) -> HelperGroup | None:
        return next((group for group in self.groups if group.until is None), None)

    @property
    def residence(self) -> str:
        """Where the person lives, as far as it is known."""
        person = self.returnee
        return ", ".join(part for part in (person.address, person.hamlet, in_a_sentence(person.unit.name)) if part)
