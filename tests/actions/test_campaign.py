"""Reports collected: each step from its state, accepted figures frozen, corrections as new versions."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from docx import Document

from cases import actions
from cases.lib.period import Period
from cases.models import AuditEvent, Campaign, DocumentNumber, ReportVersion, Submission
from cases.reports.periodic import frozen
from tests.makers import TODAY, make_activity, make_campaign, make_cell, make_document, make_returnee, make_sent

LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))


@pytest.fixture
def asked(an, units):
    """Nam Đà with one person met in the period, asked for its report."""
    person = make_returnee(by=an)
    make_activity(person, by=an, on=LAST_MONTH.end)
    campaign = make_campaign(unit=units.cluster, by=an, period=LAST_MONTH)
    return campaign.submissions.get(unit=units.nam_da)


@pytest.fixture
def accepted(asked, anh, chi):
    version = make_sent(submission=asked, by=anh)
    return actions.campaign.accept(submission=asked, version=version, by=chi)


def meet_once_more(an):
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)


def test_every_commune_below_is_asked_once(an, units):
    campaign = make_campaign(unit=units.cluster, by=an)

    again = actions.campaign.open_campaign(campaign=campaign, units=[units.nam_da], by=an)

    assert again.submissions.count() == 2
    assert {row.state for row in again.submissions.all()} == {"draft"}


def test_one_period_is_asked_for_once(an, units):
    make_campaign(unit=units.cluster, by=an, period=LAST_MONTH)

    with pytest.raises(ValidationError):
        make_campaign(unit=units.cluster, by=an, period=LAST_MONTH)


def test_what_is_sent_is_kept_as_it_stood(asked, an, anh):
    version = make_sent(submission=asked, by=anh)
    meet_once_more(an)

    kept = ReportVersion.objects.get(pk=version.pk)

    assert kept.figures["encouragement"] == 1
    assert len(kept.lines["encouragement"]) == 1
    assert kept.checksum == kept.counted_checksum()


def test_sent_twice_is_one_version(asked, anh):
    assert make_sent(submission=asked, by=anh) == make_sent(submission=asked, by=anh)

    assert asked.versions.count() == 1


def test_nothing_is_sent_before_the_period_is_over(asked, anh):
    with pytest.raises(ValidationError):
        make_sent(submission=asked, by=anh, on=LAST_MONTH.end - timedelta(days=1))


def test_accepted_figures_stay_while_a_correction_is_on_its_way(accepted, an, anh, chi):
    meet_once_more(an)
    correction = make_sent(submission=accepted, by=anh, reason="Ghi bổ sung một lượt")

    accepted.refresh_from_db()
    assert (accepted.state, accepted.accepted.number, correction.number) == ("submitted", 1, 2)
    actions.campaign.accept(submission=accepted, version=correction, by=chi)
    accepted.refresh_from_db()
    assert accepted.accepted == correction


def test_a_correction_needs_a_reason(accepted, an, anh):
    meet_once_more(an)

    with pytest.raises(ValidationError) as refusal:
        make_sent(submission=accepted, by=anh, reason="  ")

    assert "reason" in refusal.value.error_dict


def test_a_correction_that_changes_nothing_is_refused(accepted, anh):
    with pytest.raises(ValidationError, match="giống hệt bản số 1 đã duyệt"):
        make_sent(submission=accepted, by=anh, reason="Gửi lại cho chắc")

    accepted.refresh_from_db()
    assert (accepted.state, accepted.versions.count()) == ("accepted", 1)


def test_a_changed_text_alone_is_a_correction_and_says_which_letter_it_replaces(accepted, an, anh):
    days = {"start": LAST_MONTH.start, "end": LAST_MONTH.end, "signed_on": TODAY}
    make_document(by=an, **days, signatory_name="Trần Quốc Anh", directions="Mở lớp nghề hàn.")

    correction = make_sent(submission=accepted, by=anh, reason="Bổ sung phương hướng")

    assert frozen.changes(accepted.accepted, correction) == []
    assert "Phương hướng" in frozen.changed_texts(accepted.accepted, correction)
    words = [paragraph.text for paragraph in Document(BytesIO(correction.letter)).paragraphs]
    assert f"(Bản sửa, thay bản gửi ngày {TODAY:%d/%m/%Y})" in words


def test_the_number_is_taken_when_the_report_is_sent(asked, an, anh):
    days = {"start": LAST_MONTH.start, "end": LAST_MONTH.end}
    make_cell(by=an, document=make_document(by=an, **days, signed_on=LAST_MONTH.start))
    assert not DocumentNumber.objects.exists()

    version = make_sent(submission=asked, by=anh)

    document = DocumentNumber.objects.get().document
    assert document.signed_on == TODAY
    assert version.texts["head"].startswith("Số: 01/BC-CAX, Nam Đà, ngày ")
    assert make_sent(submission=asked, by=anh) == version
    assert DocumentNumber.objects.count() == 1


def test_the_day_of_a_letter_after_its_period_stays_as_it_was_written(asked, an, anh):
    day = LAST_MONTH.end + timedelta(days=2)
    make_document(by=an, start=LAST_MONTH.start, end=LAST_MONTH.end, signed_on=day)

    make_sent(submission=asked, by=anh)

    assert DocumentNumber.objects.get().document.signed_on == day


def test_a_report_is_given_back_with_what_is_wrong(asked, anh, chi):
    version = make_sent(submission=asked, by=anh)

    for cells in ({"review": "Thiếu buổi 12/10", "training": " "}, {"review": "Thiếu buổi 12/10 "}):
        actions.campaign.give_back(submission=asked, version=version, comment="Xem lại", cells=cells, by=chi)

    asked.refresh_from_db()
    assert (asked.state, asked.comment) == ("returned", "Xem lại")
    assert [(each.indicator, each.text) for each in version.comments.all()] == [("review", "Thiếu buổi 12/10")]


def test_giving_back_says_why(asked, anh, chi):
    version = make_sent(submission=asked, by=anh)

    with pytest.raises(ValidationError):
        actions.campaign.give_back(submission=asked, version=version, comment=" ", cells={}, by=chi)


def test_only_the_figures_last_sent_are_accepted(asked, an, anh, chi):
    first = make_sent(submission=asked, by=anh)
    actions.campaign.give_back(submission=asked, version=first, comment="Xem lại", cells={}, by=chi)
    meet_once_more(an)
    make_sent(submission=asked, by=anh)

    with pytest.raises(ValidationError):
        actions.campaign.accept(submission=asked, version=first, by=chi)


def test_a_report_that_was_not_sent_is_not_accepted(accepted, asked, an, chi, units):
    other = Submission.objects.get(campaign=asked.campaign, unit=units.krong_no)
    version = accepted.accepted

    for step in (
        lambda: actions.campaign.accept(submission=other, version=version, by=chi),
        lambda: actions.campaign.give_back(submission=accepted, version=version, comment="x", cells={}, by=chi),
    ):
        with pytest.raises(ValidationError):
            step()


def test_each_step_is_in_the_log(accepted):
    steps = AuditEvent.objects.filter(target_type="submission").order_by("pk")

    assert [row.verb for row in steps] == ["submission.sent", "submission.accepted"]
    assert steps[1].after["checksum"] == accepted.accepted.checksum


@pytest.mark.parametrize(
    "state",
    [
        {"state": "submitted"},  # by nobody
        {"state": "returned", "comment": ""},
        {"state": "accepted", "accepted": None},
        {"comment": "x"},
        {"state": "lost"},
    ],
    ids=str,
)
def test_the_database_refuses_a_state_that_cannot_be(state, asked, anh):
    by_somebody = {"stepped_by": anh, "stepped_at": "2026-01-01T00:00Z"}
    stepped = by_somebody if {"comment": "", "state": "lost"}.items() & state.items() else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=asked.pk).update(**stepped, **state)


@pytest.mark.parametrize("days", [(date(2026, 2, 1), date(2026, 1, 1), 5), (date(2026, 1, 1), date(2026, 1, 31), 0)])
def test_the_database_refuses_a_campaign_whose_days_contradict(days, an, units):
    start, end, wait = days
    row = Campaign(unit=units.cluster, period_start=start, period_end=end, due_on=end + timedelta(days=wait))

    with pytest.raises(IntegrityError), transaction.atomic():
        row.stamp(an).save()


def test_a_version_is_never_changed(accepted):
    version, versions = accepted.accepted, ReportVersion.objects.filter(pk=accepted.accepted_id)

    for change in (version.save, version.delete, versions.delete, lambda: versions.update(number=9)):
        with pytest.raises(TypeError):
            change()


@pytest.mark.parametrize("change", ["UPDATE cases_reportversion SET number = 9", "DELETE FROM cases_reportversion"])
def test_the_database_too_keeps_a_version_as_it_is(change, accepted):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_accepts_for_a_commune_a_version_of_its_own_alone(accepted, units):
    other = Submission.objects.get(campaign=accepted.campaign, unit=units.krong_no)

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=other.pk).update(accepted=accepted.accepted)


def test_frozen_figures_are_found_for_the_days_they_reach(accepted, units):
    found = ReportVersion.objects.frozen_since

    assert list(found([units.cluster], LAST_MONTH.end)) == [accepted.accepted]
    assert not found([units.cluster], LAST_MONTH.end + timedelta(days=1))
    assert not found([units.dak_sak], LAST_MONTH.start)
