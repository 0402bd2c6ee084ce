"""The official report: one a period, numbers without gaps, figures by hand with their reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cases import actions
from cases.models import AuditEvent, DocumentNumber, ReportCell, ReportDocument
from tests.makers import make_cell, make_document

OTHER = {"start": date(2024, 12, 15), "end": date(2025, 12, 14)}


def test_a_period_has_one_report_however_often_it_is_saved(an, anh):
    first = make_document(by=an, directions="Một")
    again = make_document(by=anh, directions="Hai")

    assert again.pk == first.pk
    stored = ReportDocument.objects.get()
    assert (stored.directions, stored.created_by, stored.changed_by) == ("Hai", an, anh)
    assert AuditEvent.objects.filter(verb="reportdocument.written").count() == 2


def test_the_database_holds_one_report_a_period(an):
    document = make_document(by=an)
    facts = {name: getattr(document, name) for name in actions.report_document.KEY}

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportDocument(**facts, signed_on=document.signed_on).stamp(an).save()


def test_numbers_follow_one_another_by_unit_and_year(an, binh):
    give = actions.report_document.give_number
    first = give(document=make_document(by=an), by=an)
    second = give(document=make_document(by=an, **OTHER), by=an)
    elsewhere = give(document=make_document(by=binh), by=binh)
    next_year = make_document(by=an, start=date(2026, 12, 15), end=date(2027, 1, 14), signed_on=date(2027, 1, 15))

    assert [row.number for row in (first, second, elsewhere)] == [1, 2, 1]
    assert give(document=next_year, by=an).number == 1


def test_a_letter_that_has_a_number_keeps_it(an):
    document = make_document(by=an)
    first = actions.report_document.give_number(document=document, by=an)

    assert actions.report_document.give_number(document=document, by=an) == first
    assert DocumentNumber.objects.count() == 1


def test_the_day_of_a_numbered_letter_stays_in_its_year(an):
    actions.report_document.give_number(document=make_document(by=an), by=an)

    with pytest.raises(ValidationError) as error:
        make_document(by=an, signed_on=date(2027, 1, 2))
    assert list(error.value.message_dict) == ["signed_on"]
    assert make_document(by=an, signed_on=date(2026, 12, 31)).signed_on == date(2026, 12, 31)


def test_a_number_is_given_once_in_the_database_too(an):
    first = actions.report_document.give_number(document=make_document(by=an), by=an)
    other = make_document(by=an, **OTHER)

    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentNumber.objects.create(unit=first.unit, year=2026, type="BC", number=1, document=other, given_by=an)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_ask_at_once_get_two_numbers_without_a_gap(an):
    documents = [make_document(by=an), make_document(by=an, **OTHER)]
    tabs = len(documents) if connection.vendor == "postgresql" else 1  # a SQLite database in memory has one connection
    start = Barrier(tabs)

    def ask(document):
        start.wait()
        actions.report_document.give_number(document=document, by=an)

    def ask_from_a_tab(document):
        ask(document)
        connection.close()

    if tabs == 1:
        list(map(ask, documents))
    else:
        with ThreadPoolExecutor(tabs) as pool:
            list(pool.map(ask_from_a_tab, documents))

    assert sorted(DocumentNumber.objects.values_list("number", flat=True)) == [1, 2]


def test_a_figure_by_hand_needs_a_reason(an):
    with pytest.raises(ValidationError):
        make_cell(by=an, reason="  ")
    assert not ReportCell.objects.exists()

    cell = make_cell(by=an)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportCell.objects.filter(pk=cell.pk).update(reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportCell.objects.filter(pk=cell.pk).update(value=-1)


def test_a_figure_sent_twice_is_one_record_and_a_new_one_takes_its_place(an):
    document = make_document(by=an)
    first = make_cell(by=an, document=document, value=12)
    again = make_cell(by=an, document=document, value=12)
    later = make_cell(by=an, document=document, value=14, reason="Đếm lại sổ giấy")

    assert first.pk == again.pk
    assert list(ReportCell.objects.kept()) == [later]
    first.refresh_from_db()
    assert first.withdrawn_reason == "Đếm lại sổ giấy"


def test_what_happened_to_a_report_stands_in_the_log_of_its_unit(an, anh):
    document = make_document(by=an)
    cell = make_cell(by=an, document=document)
    actions.report_document.count_again(cell=cell, reason="Đã nhập đủ nhật ký", by=anh)
    actions.report_document.record_download(document=document, form="docx", by=anh)

    verbs = set(AuditEvent.objects.visible_to(anh).values_list("verb", flat=True))
    assert {"reportdocument.written", "reportcell.typed", "reportcell.withdrawn", "reportdocument.downloaded"} <= verbs


def test_a_report_is_not_signed_before_its_period_begins(an):
    assert make_document(by=an, signed_on=date(2025, 12, 15)).pk

    with pytest.raises(ValidationError, match=r"14/12/2025.*15/12/2025") as error:
        make_document(by=an, signed_on=date(2025, 12, 14))
    assert list(error.value.message_dict) == ["signed_on"]
