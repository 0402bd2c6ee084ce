"""Whose record can be cleared: due, waiting for the court, waiting for confirmation."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Verdict
from cases.reports.casefile.clearance import LATER, SOON
from cases.reports.dashboard.measure import filled
from cases.reports.lists.columns import Columns, day_column, text_column, who

LIST_WORDS = {
    "due": gettext_lazy("Due, evidence to bring"),
    "soon": filled(gettext_lazy("Due in %(first)s to %(last)s days"), first=1, last=SOON),
    "later": filled(gettext_lazy("Due in %(first)s to %(last)s days"), first=SOON + 1, last=LATER),
    "court": gettext_lazy("Waits for the court"),
    "confirm": gettext_lazy("Waits for confirmation"),
}


def clean_record_columns(shown: str) -> Columns:
    """The columns of the list `shown`, one of LIST_WORDS."""
    return {"confirm": _evidence, "court": _applications}.get(shown, _due)()


def _due() -> Columns:
    def way(row: Verdict) -> str:
        return _("Application to the court") if row.answer["route"] == "court" else _("By itself, with evidence")

    return Columns(
        *who(lambda row: row.returnee), day_column(_("From"), lambda row: row.due_on), text_column(_("Way"), way, 26)
    )


def _evidence() -> Columns:
    return Columns(
        *who(lambda row: row.returnee),
        text_column(_("Evidence"), lambda row: row.get_evidence_display(), 28),
        day_column(_("Day"), lambda row: row.evidence_on),
        text_column(_("Entered by"), lambda row: row.created_by.full_name, 24),
    )


def _applications() -> Columns:
    return Columns(
        *who(lambda row: row.returnee),
        day_column(_("Application sent on"), lambda row: row.filed_on),
        text_column(_("Court"), lambda row: row.court, 34),
    )
