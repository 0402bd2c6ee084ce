"""A register without file numbers, loaded, corrected and loaded again: the preview counts what is written, and nothing
is doubled in silence."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cases.importing import run as runs
from cases.importing.source import UnmappedError
from cases.models import Judgment, Returnee
from tests.books import check, raw
from tests.importing.test_preview_is_the_load import MODELS, counted, judgments, records
from tests.makers import TODAY, make_accepted, make_succession, make_transfer, make_unit

HEADS = ["STT", "Họ và tên", "Năm sinh", "Thôn", "Tội danh", "Mức án", "Ngày chấp hành xong", "Ngày trình diện"]
HEADS += ["Nghề nghiệp", "Ghi chú"]
BORN, OFFENCE, PRESENTED, JOB = 2, 4, 7, 8
LINES = [
    [1, "Nguyễn Văn Hùng", "12/05/1985", "Thôn 1", "Trộm", "36 tháng tù", "01/08/2025", "04/08/2025", "Thợ hồ", "K"],
    [2, "Trần Thị Lan", "1990", "Thôn 2", "Đánh bạc", "1 năm tù", "02/09/2025", "05/09/2025", "", ""],
    [3, "Lê Văn Ba", "1979", "Thôn 1", "Gây rối", "24 tháng tù", "05/08/2025", "", "Làm rẫy", ""],
]  # fmt: skip
VALUES = {
    1: ["Trần Văn Mới", "Trần Thị Lam"],
    BORN: ["1986", "13/05/1985"],
    3: ["Thôn 9", ""],
    OFFENCE: ["Cướp giật tài sản", ""],
    5: ["40 tháng tù", ""],
    6: ["03/08/2025"],
    PRESENTED: ["06/09/2025", ""],
    JOB: ["Thợ mộc", "không"],
    9: ["Đã đi làm", ""],
}
EDIT = st.sampled_from([(row, place, value) for row in range(3) for place in VALUES for value in VALUES[place]])


@pytest.fixture(autouse=True)
def _before_the_reform(units):
    until = date(2025, 6, 30)
    old = make_unit(kind="commune", code="24697", name="Xã Nam Đà", valid_from=date(2004, 1, 1), valid_to=until)
    make_succession(old, units.nam_da)


@pytest.fixture
def load(an, tmp_path):
    def loaded(lines, answer="", people=None):
        file = raw({"Sheet1": [HEADS, *lines]})
        path = tmp_path / "so.xlsx"
        path.write_bytes(file.getvalue())
        said = {"": {"": {"earlier": answer} if answer else {}}, "Người": people or {}}
        with pytest.raises(UnmappedError) as unmapped:
            check(file, an)
        found = check(file, an, mapping=unmapped.value.mapping, corrections=said)
        runs.load_now(found, file=path, by=an, on=TODAY)
        return found

    return loaded


def edited(*edits):
    lines = [list(line) for line in LINES]
    for row, place, value in edits:
        lines[row][place] = value
    return lines


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDIT, min_size=1, max_size=3), answer=st.sampled_from(["same", "another", ""]))
def test_the_preview_counts_what_is_written(load, edits, answer):
    with transaction.atomic():
        load(LINES)
        before, parts = records(), judgments()

        told = load(edited(*edits), answer).counts()

        after, now = records(), judgments()
        for sheet in set(MODELS) & set(told):
            assert (told[sheet]["create"], told[sheet]["update"]) == counted(before, after, sheet), sheet
        assert told["Bản án"]["create"] == now[1] - parts[1]
        again = load(edited(*edits), answer).counts()
        assert not any(count["create"] or count["update"] for count in again.values())
        transaction.set_rollback(True)


@pytest.mark.parametrize(("place", "value"), [(1, "Trần Thị Lam"), (BORN, "1986")])
def test_a_person_corrected_is_asked_about_and_is_the_same_file_when_the_importer_says_so(load, place, value):
    load(LINES)

    (asked,) = [row for row in load(edited((1, place, value))).rows["Người"] if row.bad]
    number = asked.asked["cell:file"][0][0]
    told = load(edited((1, place, value)), people={str(asked.number): {"file": number}}).counts()

    assert Returnee.objects.get(full_name__startswith="Trần").file_number == number
    assert (Returnee.objects.count(), Judgment.objects.count(), told["Người"]["update"]) == (3, 3, 1)


def test_another_person_gets_a_number_that_nobody_else_of_the_list_is_given(load):
    load(LINES)
    lines = [*edited((1, BORN, "1986")), [4, "Hồ Văn Tư", "1980", "", "Đánh bạc", "", "02/09/2025", "", "", ""]]
    (asked,) = [row for row in load(lines).rows["Người"] if row.bad]

    found = load(lines, people={str(asked.number): {"file": asked.asked["cell:file"][1][0]}})

    assert not found.faulty
    assert Returnee.objects.filter(full_name="Trần Thị Lan").count() == 2


def test_whom_the_commune_has_handed_over_is_no_new_file(load, an, binh, units):
    load(LINES)
    lan = Returnee.objects.get(full_name="Trần Thị Lan")
    make_accepted(transfer=make_transfer(returnee=lan, to_unit=units.krong_no, by=an), by=binh)

    found = load(LINES)

    assert (found.counts()["Người"]["create"], Returnee.objects.count()) == (0, 3)
    assert "không" in " ".join(said.text for said in found.all_messages() if said.column == "Mã hồ sơ")


@pytest.mark.parametrize(("answer", "offences"), [("same", ["Cướp giật tài sản"]), ("another", ["Trộm"])])
def test_an_offence_corrected_without_a_number_is_no_second_offence_of_the_judgment(load, answer, offences):
    load(LINES)

    load(edited((0, OFFENCE, "Cướp giật tài sản")), answer)

    judgment = Judgment.objects.filter(returnee__full_name="Nguyễn Văn Hùng").order_by("pk").first()
    assert list(judgment.offences.values_list("name", flat=True)) == offences


def test_a_job_since_nobody_knows_when_is_asked_about_in_words_when_its_day_is_corrected(load):
    load(LINES)

    (asked,) = [row for row in load(edited((0, PRESENTED, "06/09/2025"))).rows["Hoạt động"] if row.bad]

    assert "chưa rõ" in " ".join(said.text for said in asked.messages)
