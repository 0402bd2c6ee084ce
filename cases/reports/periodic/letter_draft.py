"""The official report of a unit for a period: what was written on it, or what is usual where nothing was yet."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from cases.access.roles import is_chief, roles_that
from cases.lib.period import Period
from cases.models import Campaign, DocumentNumber, ReportCell, ReportDocument, Unit, User
from cases.models.joint_read import read_jointly
from cases.reports.administration.renaming import UnitHistory
from cases.reports.periodic import official_letter, reintegration
from cases.reports.periodic.comparison import ReportComparison, TypedFigure
from cases.reports.periodic.official_letter import Letter, OfficialLetter
from cases.reports.periodic.report_scope import Lens, ReportScope
from cases.reports.work import stuck

WRITTEN_WITHIN = timedelta(days=31)


def load_document(unit: Unit, named: Period, lens: str, on: date, beside: Iterable[QuerySet] = ()) -> ReportDocument:
    """Return the document of the period, else a new unsaved one, signed by who led the unit on the day of the letter.

    A new letter is dated `on`, or, long after the period, the last day of the period.
    `beside` is read in the same statement.
    """
    key = {"unit": unit, "report": reintegration.NAME, "lens": str(lens)}
    days = {"period_start": named.start, "period_end": named.end}
    signed_on = on if on <= named.end + WRITTEN_WITHIN else named.end
    documents = ReportDocument.objects.filter(**key, **days)[:1]
    chiefs = User.objects.filter(is_active=True).posted(signed_on, unit=unit, role__in=roles_that(is_chief))[:1]
    read_jointly(documents, chiefs, *beside)
    for found in documents:
        found.unit = unit
        return found
    signed = [{"signatory_rank": chief.rank[:40], "signatory_name": chief.full_name} for chief in chiefs]
    return ReportDocument(**key, **days, signed_on=signed_on, **(signed[0] if signed else {}))


def cells(document: ReportDocument) -> list[ReportCell]:
    """The figures written by hand, as they stand."""
    if document.pk is None:
        return []
    return list(ReportCell.objects.kept().filter(document=document).select_related("created_by"))


def number(document: ReportDocument) -> int | None:
    """The number in the register of outgoing documents, or None while it has none."""
    found = DocumentNumber.objects.filter(document=document.pk).first() if document.pk else None
    return found.number if found else None


def typed_values(document: ReportDocument) -> dict[str, TypedFigure]:
    """The same by figure, as they take the place of the counted ones; whole but for percentages."""
    return {cell.indicator: TypedFigure(cell.value, cell.reason, cell.created_by.full_name) for cell in cells(document)}


def comparison(document: ReportDocument, where: ReportScope, named: Period, counted: Period) -> ReportComparison:
    """The figures of the document, those written by hand in their places."""
    return official_letter.compared_in_vietnamese(where, named, counted, typed_values(document))


def campaigns_of(document: ReportDocument) -> QuerySet[Campaign]:
    """In which campaigns units above asked for this report; of a unit that collects for itself those above it alone."""
    period = Period(document.period_start, document.period_end)
    found = Campaign.objects.asking(document.unit, period).asked_of(document.unit)
    return found.select_related("unit").order_by("-unit__path") if document.lens == Lens.AS_WAS else found.none()


def letter(document: ReportDocument, replaced: date | None = None, on: date | None = None) -> Letter:
    """What was written on the document, as the paper takes it; `replaced` is the day of a letter it corrects, and `on`
    its own day where that is not the one of the document.
    """
    campaigns = campaigns_of(document)
    causes = stuck.of_unit(document.unit, Period(document.period_start, document.period_end), [campaigns])
    return Letter(
        on=on or document.signed_on,
        number=number(document),
        place=document.place,
        texts=document.texts,
        capacity=document.capacity,
        signs_for=document.signs_for,
        position=document.position,
        rank=document.signatory_rank,
        name=document.signatory_name,
        recipients=document.recipients,
        replaced=replaced,
        asked_by=tuple(each.unit for each in campaigns),
        stuck=causes,
    )


def official(document: ReportDocument, where: ReportScope, named: Period, counted: Period) -> OfficialLetter:
    """The whole official report of a document, ready to be drawn."""
    return paper(document, comparison(document, where, named, counted), named)


def paper(
    document: ReportDocument, compared: ReportComparison, named: Period, history: UnitHistory | None = None
) -> OfficialLetter:
    """The same of figures that were counted already, and of a unit whose `history` may be known."""
    return official_letter.paper(compared, document.unit, named, letter(document), history)
