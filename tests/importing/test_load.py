from datetime import date

import pytest

from cases.actions import activity
from cases.importing import run as runs
from cases.models import (
    Activity,
    Attendance,
    AuditEvent,
    Crime,
    Employer,
    GroupMeeting,
    ImportedRow,
    ImportRun,
    JobReferral,
    Judgment,
    Loan,
    Returnee,
    TrainingReferral,
    Verdict,
)
from tests.books import JUDGMENT, MEETING, PERSON, VIOLATION, VISIT, book, check, errors, full
from tests.makers import TODAY, make_activity, make_succession, make_unit

NUMBER = "067085000001"
KEPT = (Returnee, Judgment, Activity, JobReferral, TrainingReferral, Loan)
KEPT += (GroupMeeting, Attendance, AuditEvent, Verdict)


def load(file, by, tmp_path, answers=None):
    """Check and load as the command does; the register as it was checked."""
    path = tmp_path / "so.xlsx"
    path.write_bytes(file.getvalue())
    found = check(file, by, corrections={"": {"": answers or {}}})
    runs.load_now(found, file=path, by=by, on=TODAY)
    return found


def count():
    return {model.__name__: model.objects.count() for model in KEPT}


def test_every_sheet_becomes_what_a_form_would_have_made(an, tmp_path):
    load(full(), an, tmp_path)

    person = Returnee.objects.get(file_number="HS-1")
    assert (person.unit, person.presented_on, person.born_on) == (an.unit, date(2025, 8, 4), "1985-05-12")
    assert sorted(person.entries.values_list("activity__kind", flat=True)) == ["encouragement"] * 2 + ["paperwork"]
    job = person.referrals.get()
    assert (job.employer.name, job.started_on, job.accepted_on) == ("Xưởng gỗ", date(2025, 9, 15), date(2025, 9, 15))
    assert person.trainings.get().course == "Hàn"
    assert person.loans.get().amount == 50_000_000
    meeting = GroupMeeting.objects.held().get()
    assert meeting.attendances.filter(present=True).count() == 2
    assert person.judgments.get().obligations.get().state == "unknown"
    assert person.administrative_violations.get().behaviour == "Gây rối"
    assert AuditEvent.objects.filter(returnee_id=person.pk, verb="activity.recorded").count() == 3
    assert person.verdicts.exists()


def test_a_meeting_of_the_past_took_place_though_nobody_came(an, tmp_path):
    load(book(people=[PERSON], meetings=[MEETING]), an, tmp_path)

    assert GroupMeeting.objects.held().get().attendance_taken_at


def test_the_same_file_again_adds_nothing_and_says_so(an, tmp_path):
    load(full(), an, tmp_path)
    before = count()

    again = load(full(), an, tmp_path)

    after = count()
    assert {state for rows in again.rows.values() for state in {row.state for row in rows}} == {"same"}
    assert after.pop("AuditEvent") == before.pop("AuditEvent") + 2  # that a workbook was uploaded, and loaded
    assert after == before


def test_a_row_with_a_code_is_corrected_one_without_is_another(an, tmp_path):
    load(book(people=[PERSON], work=[{**VISIT, "Mã dòng": "1"}, VISIT]), an, tmp_path)

    work = [{**VISIT, "Mã dòng": "1", "Kết quả": "Tốt"}, {**VISIT, "Kết quả": "Khá"}]
    again = load(book(people=[PERSON], work=work), an, tmp_path, answers={"earlier": "another"})

    assert again.counts()["Hoạt động"] == {"rows": 2, "create": 1, "update": 1, "same": 0, "errors": 0}
    assert sorted(Activity.objects.values_list("result", flat=True)) == ["", "Khá", "Tốt"]


def test_a_person_who_is_known_is_corrected_and_a_blank_takes_nothing_away(an, tmp_path):
    load(book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn 1"}]), an, tmp_path)

    again = load(book(people=[{**PERSON, "Họ và tên": "Nguyễn Văn Khác"}]), an, tmp_path)

    person = Returnee.objects.get()
    assert (person.full_name, person.hamlet) == ("Nguyễn Văn Khác", "Thôn 1")
    assert again.counts()["Người"]["update"] == 1


def test_a_file_corrected_here_since_is_not_turned_back_by_the_old_workbook(an, tmp_path):
    load(book(people=[PERSON]), an, tmp_path)
    Returnee.objects.update(hamlet="Thôn Mới", full_name="Nguyễn Văn Đúng")

    again = load(book(people=[PERSON]), an, tmp_path)

    assert again.counts()["Người"]["same"] == 1
    assert Returnee.objects.get().full_name == "Nguyễn Văn Đúng"


def test_nor_is_it_turned_back_by_the_workbook_that_corrected_it_before(an, tmp_path):
    for hamlet in ("Thôn Nam Tân", "Thôn Nam Hải"):
        load(book(people=[{**PERSON, "Thôn, bon, buôn": hamlet}]), an, tmp_path)
    Returnee.objects.update(hamlet="Thôn Cao Sơn")

    load(book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn Nam Hải"}]), an, tmp_path)

    assert Returnee.objects.get().hamlet == "Thôn Cao Sơn"


def test_a_file_that_ended_and_a_cleared_record_are_entered_as_such(an, tmp_path):
    ended = {"Ngày chấp hành xong": "01/01/2023", "Ngày trình diện": "", "Mã đơn vị": "24697"}
    make_unit(
        kind="commune", code="24697", name="Xã Nam Đà cũ", valid_from=date(2004, 1, 1), valid_to=date(2025, 6, 30)
    )
    old = Returnee._meta.get_field("unit").related_model.objects.get(name="Xã Nam Đà cũ")
    make_succession(old, an.unit)
    died = {**PERSON, **ended, "Ngày kết thúc": "05/05/2024", "Lý do kết thúc": "Chết do bệnh"}
    clear = {**PERSON, **ended, "Mã hồ sơ": "HS-2", "Ngày xóa án tích": "02/02/2025"}
    as_closed = {**clear, "Mã hồ sơ": "HS-3", "Ngày xóa án tích": "", "Ngày kết thúc": "02/02/2025"}
    as_closed["Lý do kết thúc"] = "Đã được xóa án tích"

    load(book(people=[died, clear, as_closed]), an, tmp_path)

    died, clear = Returnee.objects.get(file_number="HS-1"), Returnee.objects.get(file_number="HS-2")
    assert (died.closed_on, died.close_reason, died.close_note) == (date(2024, 5, 5), "died", "Chết do bệnh")
    for each in (clear, Returnee.objects.get(file_number="HS-3")):
        assert each.closed_on is None
        assert each.expungements.of_registers().get().evidence_on == date(2025, 2, 2)


def test_a_person_of_the_past_is_placed_there_and_moves_with_the_unit(an, tmp_path, units):
    old = make_unit(kind="commune", code="24700", name="Xã Cũ", valid_from=date(2004, 1, 1))
    make_succession(old, units.nam_da)
    then = {**PERSON, "Mã đơn vị": "24700", "Ngày chấp hành xong": "01/03/2024", "Ngày trình diện": "05/03/2024"}

    load(book(people=[then]), an, tmp_path)

    person = Returnee.objects.get()
    assert person.unit == units.nam_da
    assert [(each.unit, each.since, each.until, each.reason) for each in person.placements.all()] == [
        (old, date(2024, 3, 1), date(2025, 6, 30), "intake"),
        (units.nam_da, date(2025, 7, 1), None, "succession"),
    ]


def test_rows_that_name_one_judgment_are_its_offences(an, tmp_path):
    one = {**JUDGMENT, "Số bản án": "12/2021/HS-ST", "Hình phạt bổ sung": "Quản chế", "Án phí, bồi thường": "Không có"}

    load(book(people=[PERSON], judgments=[one, {**one, "Tội danh": "Đánh bạc"}]), an, tmp_path)
    load(book(people=[PERSON], judgments=[{**one, "Tội danh": "Cướp tài sản"}]), an, tmp_path)

    judgment = Judgment.objects.get()
    assert sorted(judgment.offences.values_list("name", flat=True)) == ["Cướp tài sản", "Trộm cắp tài sản", "Đánh bạc"]
    assert judgment.additional_penalties.get().kind == "residence_control"
    assert not judgment.obligations.exists()


def test_a_crime_is_entered_with_its_stage(an, tmp_path):
    crime = {**VIOLATION, "Loại": "Tội phạm", "Loại tội phạm": "Nghiêm trọng", "Giai đoạn": "Khởi tố"}

    load(book(people=[PERSON], violations=[crime]), an, tmp_path)

    assert Crime.objects.values_list("severity", "stage").get() == (2, "charged")


def test_an_employer_is_put_into_the_directory_once(an, tmp_path):
    job = {**VISIT, "Loại": "Giới thiệu việc làm", "Nơi tiếp nhận": "Xưởng Gỗ"}

    load(book(people=[PERSON], work=[job, {**job, "Nơi tiếp nhận": "xưởng gỗ"}]), an, tmp_path)

    assert Employer.objects.count() == 1
    assert JobReferral.objects.count() == 2


def test_an_appointment_that_was_kept_is_settled(an, tmp_path):
    load(book(people=[PERSON]), an, tmp_path)
    person = Returnee.objects.get()
    make_activity(person, by=an, on=date(2025, 9, 1))
    activity.agree(
        activity=Activity.objects.get(),
        entries=[activity.PersonOutcome(person)],
        next_time=activity.NextAppointment("encouragement", date(2025, 9, 10)),
        by=an,
    )

    load(book(people=[PERSON], work=[VISIT]), an, tmp_path)

    assert person.appointments.get().kept_by.on == date(2025, 9, 10)


def test_a_load_that_breaks_off_in_its_last_row_leaves_nothing(an, tmp_path, monkeypatch):
    before, keep = count(), runs.actions.import_run.keep_load

    def broken(**what):
        keep(**what)
        raise KeyboardInterrupt

    monkeypatch.setattr(runs.actions.import_run, "keep_load", broken)
    with pytest.raises(KeyboardInterrupt):
        load(full(), an, tmp_path)

    assert count() == before
    assert (ImportRun.objects.count(), ImportedRow.objects.count()) == (0, 0)


def test_two_communes_may_number_their_rows_and_meetings_alike(an, binh, tmp_path):
    load(full(), an, tmp_path)
    other = [{**PERSON, "Mã hồ sơ": "KN-1", "Mã đơn vị": "24688"}]
    visit = {**VISIT, "Mã hồ sơ": "KN-1", "Mã dòng": "7"}
    meeting = {"Mã buổi": "B1", "Ngày": "20/09/2025", "Mã đơn vị": "24688"}

    found = load(book(people=other, work=[visit], meetings=[meeting]), binh, tmp_path)

    assert errors(found) == []
    assert GroupMeeting.objects.count() == 2
    assert found.counts()["Hoạt động"]["create"] == 1


@pytest.mark.parametrize("changed", [{}, {"Thôn, bon, buôn": "Thôn 9"}], ids=["again", "changed"])
def test_a_sealed_file_number_is_answered_as_one_of_another_commune(changed, an, units, tmp_path):
    rows = {"judgments": [JUDGMENT], "work": [VISIT], "violations": [VIOLATION]}
    load(book(people=[PERSON], **rows), an, tmp_path)
    before = count() | {"AuditEvent": None}

    def told(**changes):
        Returnee.objects.filter(file_number="HS-1").update(**changes)
        file = book(people=[{**PERSON, **changed}], **rows)
        found = load(file, an, tmp_path)
        alone = check(book(**rows), an)  # the rows without their person
        return [(said.sheet, said.row, said.text) for each in (found, alone) for said in each.all_messages()]

    elsewhere = told(unit=units.krong_no)
    sealed = told(unit=an.unit, closed_on=TODAY, close_reason="expunged")

    assert sealed == elsewhere
    assert len(sealed) >= 4
    assert count() | {"AuditEvent": None} == before  # that it was loaded again is logged


def test_an_identity_number_of_a_sealed_file_is_free_in_a_workbook(an, tmp_path):
    numbered = {**PERSON, "Số định danh": NUMBER}
    load(book(people=[numbered]), an, tmp_path)
    Returnee.objects.update(closed_on=TODAY, close_reason="expunged")

    found = load(book(people=[{**numbered, "Mã hồ sơ": "HS-77"}]), an, tmp_path)

    assert found.counts()["Người"]["create"] == 1
    assert errors(found) == []
    assert Returnee.objects.filter(identity_number=NUMBER).count() == 2


def test_of_a_divided_commune_nobody_is_asked_again_who_is_on_file(an, units, tmp_path):
    old = make_unit(kind="commune", code="24700", name="Xã Chia", valid_from=date(2004, 1, 1))
    for part in (units.nam_da, units.dak_sak):
        make_succession(old, part, share="part")
    then = {**PERSON, "Mã đơn vị": "24700", "Ngày chấp hành xong": "01/03/2024", "Ngày trình diện": "05/03/2024"}
    placed = check(book(people=[then]), an, corrections={"Người": {"2": {"heir": "24697"}}})
    (tmp_path / "so.xlsx").write_bytes(b"")
    runs.load_now(placed, file=tmp_path / "so.xlsx", by=an, on=TODAY)

    again = check(book(people=[{**then, "Thôn, bon, buôn": "Thôn 2"}]), an)

    assert errors(again) == []
    assert again.counts()["Người"]["update"] == 1
    assert Returnee.objects.get().unit == units.nam_da


def test_a_long_file_name_keeps_its_end_which_tells_the_kind_of_file(an, units, tmp_path):
    path = tmp_path / f"{'so-' * 45}.xlsx"
    path.write_bytes(b"")
    run = runs.load_now(check(book(people=[PERSON]), an), file=path, by=an, on=TODAY)

    assert run.file_name == path.name[-120:]


def test_nobody_is_loaded_into_a_meeting_before_they_came_home(an, tmp_path):
    came = {"Mã buổi": "B1", "Mã hồ sơ": "HS-1"}
    early = {**MEETING, "Ngày": "31/07/2025"}
    found = check(book(people=[PERSON], meetings=[early], attendance=[came]), an)
    assert errors(found) == [("Điểm danh", 2, "Mã buổi")]

    load(book(people=[PERSON], meetings=[MEETING, {**early, "Mã buổi": "B2"}], attendance=[came]), an, tmp_path)
    assert errors(check(book(meetings=[early]), an)) == [("Buổi gặp gỡ", 2, "Ngày")]
    assert errors(check(book(attendance=[{**came, "Mã buổi": "B2"}]), an)) == [("Điểm danh", 2, "Mã buổi")]
