"""A quarter on its way up: communes, a cluster, the province, and the next quarter beside it.

Every figure is counted again from the frozen rows in plain Python, without anything of the product that counts.
"""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from docx import Document

from cases import actions
from cases.lib.period import PeriodKind, Profile, period_of
from cases.models import ReportVersion, Submission, Unit, UnitChange, UnitPlan
from cases.reports.lists.submissions import campaigns
from cases.reports.periodic.consolidation import draft_of, of_unit
from cases.views.periodic.sending import send_report
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_campaign,
    make_cell,
    make_document,
    make_returnee,
    make_transfer,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.both

NEXT = period_of(Profile.CALENDAR, PeriodKind.QUARTER, TODAY).previous()
QUARTER = NEXT.previous()
MIDDLE = QUARTER.start + timedelta(days=40)
PEOPLE = ("completed", "presented", "received", "managed_start", "managed_during", "managed_end", "not_presented")
CONTACTS = ("encouragement", "counselling", "paperwork")


def lay_document(unit, by):
    return make_document(by=by, unit=unit, start=QUARTER.start, end=QUARTER.end, signed_on=TODAY)


def ask(unit, by):
    """Every commune that stood on the last day, as the page asks them."""
    return make_campaign(unit=unit, by=by, period=QUARTER, units=Unit.objects.communes().on(QUARTER.end).under(unit))


def accept(submission, by):
    submission.refresh_from_db()
    return actions.campaign.accept(submission=submission, version=submission.versions.first(), by=by)


def log(person, by, times, on=MIDDLE):
    for day in range(times):
        make_activity(person, by=by, on=on + timedelta(days=day))


@pytest.fixture
def quarter(units, an, anh, binh, chi, dung, em):
    """Nam Đà writes 21 by hand, Krông Nô corrects what was accepted, Quảng Phú joins Đắk Sắk, two units above ask."""
    joined = make_unit(kind="commune", code="24712", name="Xã Quảng Phú", parent=units.province)
    far = make_user("lien.quy", "Ngô Thị Liên", "officer", units.dak_sak)
    near = make_user("yen.quy", "Hồ Thị Yến", "officer", joined)
    home = {"completed_on": QUARTER.start - timedelta(days=30), "presented_on": QUARTER.start - timedelta(days=25)}
    ours = [make_returnee(by=an, **home) for _each in range(3)]
    theirs = [make_returnee(by=binh, **home) for _each in range(2)]
    log(ours[0], an, 3)
    log(theirs[0], binh, 2)
    log(make_returnee(by=far, **home), far, 1)
    log(make_returnee(by=near, **home), near, 2, on=QUARTER.start)
    offer = make_transfer(returnee=ours[2], to_unit=units.krong_no, by=an, on=MIDDLE)
    make_accepted(transfer=offer, by=binh, on=MIDDLE)
    plan = UnitPlan()
    plan.join(joined, units.dak_sak)
    change = UnitChange(kind="merge", name=joined.name, on=QUARTER.start + timedelta(days=20))
    actions.unit_change.make(change=change, plan=plan, by=em)
    make_cell(by=anh, document=lay_document(units.nam_da, anh), value=21, reason="Sổ giấy ghi khác")
    asked = [ask(unit, by) for unit, by in ((units.cluster, chi), (units.province, dung))]

    def of(unit, campaign=asked[1]):
        return Submission.objects.get(unit=unit, campaign=campaign)

    for unit, by in ((units.nam_da, anh), (units.krong_no, binh), (units.dak_sak, far)):
        send_report(of(unit), reason="", on=TODAY, by=by)
    for submission in Submission.objects.filter(campaign__in=asked, versions__isnull=False):
        accept(submission, dung)
    log(theirs[1], binh, 1)
    send_report(of(units.krong_no), reason="Ghi bổ sung một lượt", on=TODAY, by=binh)
    for campaign in asked:
        accept(of(units.krong_no, campaign), dung)
    actions.campaign.answer(campaign=asked[0], unit=units.cluster, by=chi)
    send_report(of(units.cluster, asked[0]), reason="", on=TODAY, by=chi)
    accept(of(units.cluster), dung)
    log(ours[1], an, 1)  # after everything was accepted: the records say more from now on
    actions.campaign.answer(campaign=asked[1], unit=units.province, by=dung)
    send_report(of(units.province), reason="", on=TODAY, by=dung)
    return SimpleNamespace(asked=asked, of=of, joined=joined, levels=[units.nam_da, units.krong_no, units.dak_sak])


def frozen_rows(submission):
    """The stored JSON of what counts, as it stands in its row."""
    rows = ReportVersion.objects.filter(pk=Submission.objects.get(pk=submission.pk).accepted_id)
    return SimpleNamespace(**rows.values("figures", "typed", "lines", "previous", "letter", "texts").get())


def recount(parts, key, extra=()):
    """People once by their id, contacts once by their record, and what was written by hand less what was counted."""
    place = 2 if key in PEOPLE else 1
    found = {line[place] for part in parts for line in part.lines[key]} | {line[place] for line in extra}
    by_hand = sum(part.figures[key] - part.typed[key]["counted"] for part in parts if key in part.typed)
    return len(found) + by_hand


def test_every_figure_of_every_level_is_that_of_the_frozen_rows(quarter, units):
    nam_da, krong_no, dak_sak = (frozen_rows(quarter.of(unit)) for unit in quarter.levels)
    cluster, province = frozen_rows(quarter.of(units.cluster)), frozen_rows(quarter.of(units.province))
    for key in (*PEOPLE, *CONTACTS):
        for commune in (nam_da, krong_no, dak_sak):
            assert commune.figures[key] == recount([commune], key), key
        assert cluster.figures[key] == recount([nam_da, krong_no], key), key
        never_asked = [line for line in province.lines[key] if line[0] == quarter.joined.pk]
        assert province.figures[key] == recount([nam_da, krong_no, dak_sak], key, never_asked), key


def test_what_was_written_by_hand_and_what_was_corrected_goes_all_the_way_up(quarter, units):
    figures = {unit.name: frozen_rows(quarter.of(unit)).figures["encouragement"] for unit in quarter.levels}
    cluster, province = (frozen_rows(quarter.of(unit)) for unit in (units.cluster, units.province))

    assert figures == {"Xã Nam Đà": 21, "Xã Krông Nô": 3, "Xã Đắk Sắk": 1}
    assert (cluster.figures["encouragement"], cluster.typed["encouragement"]["counted"]) == (24, 6)
    assert province.figures["encouragement"] == 24 + 1 + 2  # two visits of the commune that ended
    assert "Xã Nam Đà 21, đếm được 3: Sổ giấy ghi khác" in province.typed["encouragement"]["reason"]


def test_both_units_above_hold_the_same_figures_of_a_commune(quarter):
    for unit in quarter.levels[:2]:
        first, second = (frozen_rows(quarter.of(unit, campaign)) for campaign in quarter.asked)
        assert (first.figures, first.typed, first.lines) == (second.figures, second.typed, second.lines)


def test_the_next_quarter_stands_beside_what_was_accepted_at_every_level(quarter, units):
    for unit in (*quarter.levels, units.cluster, units.province):
        draft = draft_of(unit, NEXT, TODAY)

        assert draft.previous == pytest.approx(frozen_rows(quarter.of(unit)).figures), unit
        assert draft.comparison.accepted


def test_a_later_record_changes_no_figure_and_is_told_beside_it(quarter, units):
    whole = of_unit(units.province, QUARTER, TODAY)

    (told,) = [part for part in whole.changed if "encouragement" in part.changed]
    line = next(line for line in whole.figures if line.column.key == "encouragement")
    assert told.name == "Cụm Krông Nô"
    assert (line.total, line.counted, line.recorded) == (27, 10, 9)


def test_the_letter_says_what_was_not_accepted_and_who_wrote_by_hand(quarter, units):
    letter = Document(BytesIO(frozen_rows(quarter.of(units.province)).letter))
    said = "\n".join(paragraph.text for paragraph in letter.paragraphs)

    assert "2 trong 3 đơn vị; số liệu của Xã Quảng Phú đếm từ hồ sơ" in said
    assert "27 lượt (*)" in said
    assert "27, gồm số nhập tay của đơn vị bên dưới; số đếm được 9" in said
    assert "Xã Nam Đà 21, đếm được 3: Sổ giấy ghi khác" in said
    (by_unit,) = [table for table in letter.tables if "Gặp gỡ, động viên (lượt)" in table.rows[0].cells[1].text]
    rows = {row.cells[0].text: row.cells[1].text for row in by_unit.rows}
    assert rows["Tổng"] == "27 (*)"  # what its rows add up to
    assert (rows["Xã Đắk Sắk"], rows["Xã Quảng Phú"], rows["Cụm Krông Nô"]) == ("1", "2", "24")


def test_the_own_report_of_who_collects_is_owed_by_nobody(quarter, dung):
    (row,) = campaigns(dung)[:1]

    assert (row.communes, row.accepted, row.missing) == (4, 4, 0)


def test_a_unit_above_stands_for_its_communes_once_it_was_accepted(quarter, units):
    names = [part.name for part in of_unit(units.province, QUARTER, TODAY).parts]

    assert sorted(names) == ["Cụm Krông Nô", "Xã Quảng Phú", "Xã Đắk Sắk"]
    assert Unit.objects.get(pk=quarter.joined.pk).valid_to


def test_who_took_a_commune_in_says_since_when_and_which(quarter, units):
    said = frozen_rows(quarter.of(units.dak_sak)).texts["notes"]

    assert f"Ngày {QUARTER.start + timedelta(days=20):%d/%m/%Y} nhập vào xã Đắk Sắk: xã Quảng Phú" in said
