import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from cases.forms.importing import QUESTIONS as WORDS
from cases.importing.rows import HEIR, QUESTIONS
from cases.management.import_command import ImportCommand
from cases.models import Activity, ImportRun, Returnee
from tests.books import PERSON, VISIT, book


@pytest.fixture
def save(tmp_path):
    def write(**sheets):
        path = tmp_path / "so.xlsx"
        path.write_bytes(book(**sheets).getvalue())
        return str(path)

    return write


def run(*arguments):
    """Exit status and the JSON object."""
    out, status = io.StringIO(), 0
    try:
        call_command("import_register", *arguments, "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as left:
        status = left.code
    return status, json.loads(out.getvalue())


def test_without_commit_it_only_checks(an, save):
    status, answer = run(save(people=[PERSON], work=[VISIT]), "--by", "an")

    assert status == 0
    assert answer["committed"] is False
    assert answer["messages"] == []
    assert answer["sheets"]["Người"] == {"rows": 1, "create": 1, "update": 0, "same": 0, "errors": 0}
    assert not Returnee.objects.exists()
    assert not ImportRun.objects.exists()


def test_with_commit_it_loads_and_the_second_time_nothing(an, save):
    path = save(people=[PERSON], work=[VISIT])

    first, second = run(path, "--by", "an", "--commit"), run(path, "--by", "an", "--commit")

    assert (first[0], first[1]["committed"]) == (0, True)
    assert second[1]["sheets"]["Hoạt động"] == {"rows": 1, "create": 0, "update": 0, "same": 1, "errors": 0}
    assert (Returnee.objects.count(), Activity.objects.count()) == (1, 1)


def test_one_error_keeps_everything_out_and_is_named_in_vietnamese(an, save):
    bad = {**PERSON, "Mã hồ sơ": "HS-2", "Ngày sinh": "1985x"}

    status, answer = run(save(people=[PERSON, bad]), "--by", "an", "--commit")

    assert (status, answer["committed"]) == (1, False)
    assert answer["messages"] == [
        {
            "level": "error",
            "sheet": "Người",
            "row": 3,
            "column": "Ngày sinh",
            "value": "1985x",
            "text": "Cần ngày sinh dạng dd/mm/yyyy, mm/yyyy hoặc yyyy.",
        }
    ]
    assert not Returnee.objects.exists()


def test_the_good_rows_are_loaded_and_the_bad_ones_come_back_with_the_reason(an, save, tmp_path):
    path = save(people=[PERSON, {**PERSON, "Mã hồ sơ": "HS-2", "Giới tính": "?"}])

    status, answer = run(path, "--by", "an", "--commit", "--good-rows")

    assert (status, answer["committed"]) == (1, True)
    assert Returnee.objects.get().file_number == "HS-1"
    left = openpyxl.load_workbook(tmp_path / "so-loi.xlsx")["Người"]
    head, row = list(left.iter_rows(values_only=True, max_col=19))
    assert (head[-1], row[0]) == ("Lỗi", "HS-2")
    assert "Giới tính" in row[-1]


def test_what_is_no_workbook_is_an_error_of_the_file(an, tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_text("xin chào")

    status, answer = run(str(path), "--by", "an")

    assert status == 1
    assert [said["value"] for said in answer["messages"]] == ["so.xlsx"]


def test_who_may_not_load_and_what_is_not_there_is_refused(em, chi, save):
    path = save(people=[PERSON])
    for arguments in ([path, "--by", "nobody"], [path, "--by", "em"], [path, "--by", "chi"]):
        with pytest.raises(CommandError, match="--by"):
            call_command("import_register", *arguments)


def test_without_json_it_is_told_in_lines(an, save):
    out = io.StringIO()

    call_command("import_register", save(people=[PERSON]), "--by", "an", stdout=out)

    assert "Người: 1 dòng: 1 mới" in out.getvalue()
    assert "Chưa ghi gì." in out.getvalue()


def test_every_question_that_one_answer_settles_can_be_answered_from_the_command_line():
    assert {name for name, answers in QUESTIONS.items() if answers} == set(ImportCommand.OPTIONS) == set(WORDS) - {HEIR}
