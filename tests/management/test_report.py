"""The report command: the contract's JSON, and errors that name the option, the value and what to do."""

import json
import zipfile
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.reports.periodic.registry import INDICATORS
from tests.makers import make_activity, make_returnee

KEYS = (
    "completed presented not_presented managed_start received transferred_in transferred_out closed managed_end "
    "managed_during encouragement review group_meetings group_attendance counselling legal_aid paperwork "
    "paperwork_identity paperwork_insurance training jobs_placed mean_income mean_income_n loans loan_amount eligible "
    "expunged reoffended reoffended_1 reoffended_2 reoffended_3 reoffended_4 reoffence_rate administrative group_a "
    "group_b group_c group_d unclassified"
).split()
YEAR = {"from": "2026-01-01", "to": "2026-06-30"}


def run(unit, **options):
    out = StringIO()
    words = [f"--{name}={value}" for name, value in {**YEAR, **options}.items()]
    call_command("report", options.get("name", "reintegration"), f"--unit={unit}", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def person(an):
    days = {"completed_on": date(2026, 2, 1), "presented_on": date(2026, 2, 3)}
    person = make_returnee(by=an, **days)
    make_activity(person, by=an, on=date(2026, 3, 1))
    return person


def test_the_indicators_are_those_of_the_contract_in_its_order():
    assert [indicator.key for indicator in INDICATORS] == KEYS


def test_a_report_is_printed_in_the_form_agreed(person):
    report = json.loads(run("68-C01"))

    assert list(report) == ["report", "unit", "period", "lens", "totals", "rows"]
    assert report["report"] == "reintegration"
    assert report["unit"] == {"code": "68-C01", "name": "Cụm Krông Nô"}
    assert report["period"] == YEAR
    assert report["lens"] == "as-was"
    assert list(report["totals"]) == KEYS
    assert [row["unit"]["code"] for row in report["rows"]] == ["24688", "24697"]
    assert report["rows"][1]["values"] == report["totals"]
    assert report["totals"]["encouragement"] == 1
    assert report["totals"]["reoffence_rate"] == 0.0
    assert report["rows"][0]["values"]["reoffence_rate"] is None
    assert report["rows"][0]["values"]["mean_income"] is None


def test_vietnamese_is_written_as_it_is(person):
    assert '"Xã Nam Đà"' in run("24697")


def test_a_commune_has_no_rows(person):
    assert json.loads(run("24697"))["rows"] == []


def test_the_report_is_written_into_a_file(person, tmp_path):
    path = tmp_path / "report.json"

    assert run("24697", out=path) == ""
    assert json.loads(path.read_text(encoding="utf-8"))["totals"]["received"] == 1


@pytest.mark.parametrize(
    ("unit", "name"), [("24697@2025-06-30", "Xã phải"), ("24697@2025-07-01", "Xã bắc"), ("24697", "Xã bắc")]
)
def test_a_code_means_the_unit_that_bears_it_on_the_day(unit, name, lands):
    assert json.loads(run(unit))["unit"]["name"] == name


def test_a_unit_of_the_past_answers_as_the_one_in_its_place(lands):
    report = json.loads(run("24691@2025-06-30", lens="as-is"))

    assert report["unit"] == {"code": "24697", "name": "Xã bắc"}


@pytest.mark.parametrize(
    ("unit", "options", "words"),
    [
        ("99999", {}, ["--unit 99999", "code"]),
        ("24691", {}, ["--unit 24691", "2025-06-30", "24691@YYYY-MM-DD"]),
        ("24691@yesterday", {}, ["yesterday", "YYYY-MM-DD"]),
        ("664@2025-06-30", {"lens": "as-is"}, ["--unit 664", "--lens as-was"]),
        ("68", {"lens": "as-if"}, ["--lens as-if", "as-was"]),
        ("68", {"from": "31/12/2025"}, ["--from 31/12/2025", "YYYY-MM-DD"]),
        ("68", {"to": "20260630"}, ["--to 20260630", "YYYY-MM-DD"]),
        ("68", {"from": "2026-07-01"}, ["--from 2026-07-01", "swap"]),
        ("68", {"format": "pdf"}, ["--format pdf", "json"]),
        ("68", {"out": "/no/such/folder/x.json"}, ["--out", "choose"]),
    ],
)
def test_an_error_names_the_option_the_value_and_what_to_do(unit, options, words, lands):
    with pytest.raises(CommandError) as error:
        run(unit, **options)

    assert all(word in str(error.value) for word in words), error.value


def test_an_unknown_report_is_named():
    with pytest.raises(CommandError, match="no report weather"):
        call_command("report", "weather", "--unit=68", "--from=2026-01-01", "--to=2026-06-30")


def test_a_workbook_and_a_document_are_written_into_their_files(person, tmp_path):
    for form in ("xlsx", "docx"):
        path = tmp_path / f"report.{form}"
        assert run("68-C01", format=form, out=path) == ""
        assert zipfile.is_zipfile(path)


def test_a_file_goes_to_a_standard_output_that_is_no_terminal(person, capfdbinary):
    run("24697", format="docx")

    assert capfdbinary.readouterr().out.startswith(b"PK")
