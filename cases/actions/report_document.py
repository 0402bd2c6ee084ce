from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cases.actions import audit, row
from cases.law import police
from cases.models import DocumentNumber, ReportCell, ReportDocument, Unit, User

KEY = ("unit", "report", "period_start", "period_end", "lens")


@transaction.atomic
def save(*, document: ReportDocument, by: User, vouched: bool = False) -> ReportDocument:
    """Keep what was written on a report; the first save of a period makes its row, a second one finds it.

    Raises ValidationError where the day of a numbered letter would leave the year of its number.
    """
    _lock(document)
    found = ReportDocument.objects.filter(**{name: getattr(document, name) for name in KEY}).first()
    if found is None:
        return row.add(row=document, by=by, verb="reportdocument.written", vouched=vouched)
    number = DocumentNumber.objects.filter(document=found).first()
    if number and number.year != document.signed_on.year:
        said = _("The letter has number %(number)s of %(year)s: its day stays in that year.")
        raise ValidationError({"signed_on": said % {"number": number.number, "year": number.year}})
    document.pk, document.uid, document._state.adding = found.pk, found.uid, False
    document.created_at, document.created_by = found.created_at, found.created_by
    return row.correct(row=document, by=by, verb="reportdocument.written", vouched=vouched)


@transaction.atomic
def give_number(*, document: ReportDocument, by: User) -> DocumentNumber:
    """The next number for the year of the letter in the register of the body that issues it; a letter that has one
    keeps it.
    """
    _lock(document)
    if known := DocumentNumber.objects.filter(document=document).first():
        return known
    issuer = _issuer(document)
    _lock_unit(issuer.pk)
    series = {"unit": issuer, "year": document.signed_on.year, "type": DocumentNumber.REPORT}
    last = DocumentNumber.objects.filter(**series).aggregate(last=Max("number"))["last"] or 0
    given = DocumentNumber.objects.create(**series, number=last + 1, document=document, given_by=by)
    audit.record(by=by, verb="reportdocument.numbered", target=document, after={"number": str(given)})
    return given


@transaction.atomic
def issue(*, document: ReportDocument, on: date, by: User, vouched: bool = False) -> ReportDocument:
    """Keep, date and number a letter at the moment it is sent; what has a number keeps number and day.

    A letter dated before the end of its period, or after `on`, is dated `on`. Raises ValidationError while the period
    lasts: a number is taken for what is sent, not for a draft.
    """
    _lock(document)
    if on < document.period_end:
        day = f"{document.period_end:%d/%m/%Y}"
        raise ValidationError(_("The period lasts until %(day)s: send the report from that day on.") % {"day": day})
    if document.pk and DocumentNumber.objects.filter(document=document).exists():
        return document
    if not document.period_end <= document.signed_on <= on:
        document.signed_on = on
    document = save(document=document, by=by, vouched=vouched)
    give_number(document=document, by=by)
    return document


@transaction.atomic
def type_cell(*, cell: ReportCell, by: User, vouched: bool = False) -> ReportCell:
    """Write a figure by hand, with the reason; one written before in its place is taken back.

    The same figure with the same reason is one record however often it is sent.
    """
    _lock(cell.document)
    cell.reason = cell.reason.strip()
    standing = ReportCell.objects.kept().filter(document=cell.document, indicator=cell.indicator).first()
    if standing and (standing.value, standing.reason) == (cell.value, cell.reason):
        return standing
    if standing:
        row.withdraw(row=standing, reason=cell.reason, by=by, vouched=vouched)
    return row.add(row=cell, by=by, verb="reportcell.typed", vouched=vouched)


@transaction.atomic
def count_again(*, cell: ReportCell, reason: str, by: User) -> ReportCell:
    """Take a figure written by hand back, so that the counted one stands again."""
    return row.withdraw(row=cell, reason=reason, by=by)


@transaction.atomic
def record_download(*, document: ReportDocument, form: str, by: User) -> None:
    """Record in the audit log that the report was downloaded."""
    audit.record(by=by, verb="reportdocument.downloaded", target=document, after={"format": form})


def _issuer(document: ReportDocument) -> Unit:
    """The unit whose police body signs, seals and numbers the letter: the nearest one upwards that has a body."""
    day = min(document.signed_on, document.unit.valid_to or document.signed_on)
    steps = [int(step) for step in document.unit.path.strip("/").split("/")]
    above = Unit.objects.filter(pk__in=steps).order_by("-path")
    return next((each for each in above if police.has_body(each.kind, day)), document.unit)


def _lock(document: ReportDocument) -> None:
    """Two tabs of one unit write one after the other: a period has one report."""
    _lock_unit(document.unit_id)


def _lock_unit(pk: int) -> None:
    """The register of a unit has no gap, and no number twice."""
    Unit.objects.select_for_update(no_key=True).get(pk=pk)
