"""Which unit a dashboard is of, and on which day."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms import report
from cases.forms.base import DayField, HouseForm
from cases.forms.report import ReportRequest
from cases.forms.unit_field import UnitSelect


@dataclass(frozen=True)
class DashboardRequest:
    """Unit and lens as a report page knows them, on one day."""

    report: ReportRequest
    day: date

    @property
    def query(self) -> dict:
        return {"unit": self.report.unit.pk, "day": f"{self.day:%d/%m/%Y}"}

    @property
    def problems(self) -> list[str]:
        return self.report.problems


def read(query, *, user, on: date) -> DashboardRequest:
    """Understand a query string; a unit that has ended is shown on its last day unless another is asked for."""
    problems = []
    day = _day(query.get("day", ""), on, problems)
    found = _of_day(query, day or on, user, on)
    ended = found.unit.valid_to
    if day is None and ended and ended < on:
        day = ended
        found = _of_day(query, day, user, on)
    found.problems[:] = [*problems, *found.problems]
    return DashboardRequest(found, day or on)


def _of_day(query, day: date, user, on: date) -> ReportRequest:
    asked = query.copy()
    for name in ("period", "lens"):
        asked.pop(name, None)
    asked["from"] = asked["to"] = f"{day:%d/%m/%Y}"
    return report.read(asked, user=user, on=on)


def _day(text: str, on: date, problems: list[str]) -> date | None:
    if not text:
        return None
    try:
        return DayField(of="asked.day", not_after=on).clean(text)
    except ValidationError as error:
        problems.extend(error.messages)
        return None


class DashboardForm(HouseForm):
    unit = forms.ChoiceField(label=_("Unit"), widget=UnitSelect)
    day = DayField(of="asked.day", label=_("As it stood on"), required=False)

    def __init__(self, *, asked: DashboardRequest, on: date, **kwargs):
        super().__init__(initial={"unit": asked.report.unit.pk, "day": asked.day}, on=on, **kwargs)
        self.fields["unit"].choices = report.unit_choices(asked.report, on)
