"""What the page on reoffending was asked for: unit, way of looking at changed units, length of the window."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.forms import report
from cases.forms.base import HouseForm
from cases.forms.report import LENS_WORDS, ReportRequest
from cases.forms.unit_field import UnitSelect
from cases.reports.dashboard.cohorts import years_looked_back
from cases.reports.dashboard.reoffending import USUAL_WINDOW, WINDOWS
from cases.reports.periodic.report_scope import Lens


def years_word(years: int) -> str:
    return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}


@dataclass(frozen=True)
class ReoffendingRequest:
    """Unit and lens as a report page knows them, and the years of follow-up."""

    report: ReportRequest
    years: int

    @property
    def query(self) -> dict:
        return {"unit": self.report.unit.pk, "lens": self.report.lens, "years": self.years}

    @property
    def problems(self) -> list[str]:
        return self.report.problems


def read(query, *, user, on: date) -> ReoffendingRequest:
    """Understand a query string; what makes no sense is told in `report.problems`. Units of today unless asked else."""
    asked = query.copy()
    asked.setdefault("lens", Lens.AS_IS)
    asked["from"], asked["to"] = f"01/01/{years_looked_back(on).start}", f"{on:%d/%m/%Y}"
    asked.pop("period", None)
    found = report.read(asked, user=user, on=on)
    years = query.get("years", str(USUAL_WINDOW))
    if years not in {str(window) for window in WINDOWS}:
        found.problems.append(
            _("“%(value)s” is no window of follow-up: this is the one of two years.") % {"value": years[:30]}
        )
        years = USUAL_WINDOW
    return ReoffendingRequest(found, int(years))


class ReoffendingForm(HouseForm):
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), widget=UnitSelect)
    years = forms.ChoiceField(label=gettext_lazy("Followed for"))
    lens = forms.ChoiceField(label=gettext_lazy("Changed units"), choices=LENS_WORDS)

    def __init__(self, *, asked: ReoffendingRequest, on: date, **kwargs):
        super().__init__(initial=asked.query, on=on, **kwargs)
        self.fields["unit"].choices = report.unit_choices(asked.report, on)
        self.fields["years"].choices = [(years, years_word(years)) for years in WINDOWS]
