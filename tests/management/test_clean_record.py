import json
import os
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.management import verdict_list

CASE = {
    "id": "three years, served",
    "born_on": "1985-02-03",
    "convictions": [
        {
            "id": "A",
            "offences": [{"article": 173, "clause": 1, "fault": "deliberate", "severity": 1, "act_on": "2017-01-05"}],
            "main_penalty": {"kind": "prison", "months": 36},
            "effective_on": "2017-06-01",
            "main_done_on": "2020-01-01",
            "main_done_how": "served",
            "additional": [{"kind": "residence_control", "done_on": "2021-01-01"}],
            "obligations": [{"kind": "court_fee", "state": "done", "done_on": "2018-03-01"}],
            "court_decision_on": None,
        }
    ],
    "open_investigation_act_on": None,
}


def run(tmp_path, text, *options):
    file = tmp_path / "cases.json"
    file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    out = StringIO()
    call_command("clean_record", str(file), *options, stdout=out)
    return json.loads(out.getvalue())


def test_verdicts_come_in_the_order_of_the_cases(tmp_path):
    verdicts = run(tmp_path, [CASE, {"id": 2}, "nonsense"], "--on", "2021-06-01")

    assert [verdict["id"] for verdict in verdicts] == ["three years, served", 2, None]
    assert [verdict["status"] for verdict in verdicts] == ["running", "incomplete", "incomplete"]
    assert (
        list(verdicts[0]) == "id status due_on route convictions recidivism_hint steps missing bounds decides".split()
    )


def test_many_cases_are_told_side_by_side_in_their_order(tmp_path, monkeypatch):
    cases = [{**CASE, "id": number} for number in range(7)] + ["nonsense"]
    alone = run(tmp_path, cases, "--on", "2021-06-01")

    monkeypatch.setattr("cases.management.verdict_list.PORTION", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 3)

    assert run(tmp_path, cases, "--on", "2021-06-01") == alone
    assert [each["id"] for each in alone] == [*range(7), None]


def test_an_unknown_fee_has_a_range_and_says_where_to_ask(tmp_path):
    fee = {"kind": "court_fee", "state": "unknown"}
    judged = {**CASE["convictions"][0], "obligations": [fee]}

    (told,) = run(tmp_path, [{**CASE, "convictions": [judged]}], "--on", "2023-06-01")

    assert (told["status"], told["due_on"]) == ("wait_obligation", None)
    assert told["bounds"] == {"earliest": "2022-01-02", "latest": None, "no_record": False}
    assert (told["decides"]["field"], told["decides"]["where"]) == (told["missing"][0], "enforcement_office")


def test_without_a_day_it_is_today(tmp_path):
    assert run(tmp_path, [CASE])[0]["status"] == "eligible_unconfirmed"


def test_no_cases_give_an_empty_list(tmp_path):
    assert run(tmp_path, []) == []


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("{", (), "not a JSON file"),
        ("[" * 100_000, (), "not a JSON file"),
        ("{}", (), "a list of cases is expected, not dict"),
        ("[]", ("--on", "20261123"), "--on 20261123: a day is written YYYY-MM-DD"),
        ("[]", ("--on", "2026-W48-1"), "--on 2026-W48-1: a day is written YYYY-MM-DD"),
        ("[]", ("--on", "yesterday"), "--on yesterday: a day is written YYYY-MM-DD"),
    ],
)
def test_a_file_or_a_day_that_cannot_be_read_stops_with_a_sentence(tmp_path, text, options, message):
    with pytest.raises(CommandError, match=message):
        run(tmp_path, text, *options)


def test_a_file_that_is_not_there_stops_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("clean_record", str(tmp_path / "none.json"))


def test_ten_thousand_cases_need_no_database(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASE] * 10_000), encoding="utf-8")
    command = [sys.executable, "manage.py", "clean_record", str(file)]
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@localhost:1/none"}

    out = subprocess.run(command, cwd=settings.BASE_DIR, env=nowhere, capture_output=True, check=True, encoding="utf-8")

    assert len(json.loads(out.stdout)) == 10_000


def test_half_a_character_in_an_id_costs_nobody_the_verdict(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text('[{"id": "\\ud800"}, {"id": "B"}]', encoding="utf-8")
    screen = TextIOWrapper(BytesIO(), encoding="utf-8")
    call_command("clean_record", str(file), stdout=screen)
    screen.flush()

    assert [verdict["id"] for verdict in json.loads(screen.buffer.getvalue())] == ["\ud800", "B"]


def test_a_terminal_without_vietnamese_gets_the_same_json(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASE]), encoding="utf-8")
    plain = TextIOWrapper(BytesIO(), encoding="ascii")
    call_command("clean_record", str(file), stdout=plain)
    plain.flush()

    assert "Điều 70" in json.loads(plain.buffer.getvalue())[0]["steps"][0]


@pytest.mark.parametrize("words", [["--on", "2026-06-01"], []])
def test_the_answer_without_django_is_the_one_with_it(tmp_path, words):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASE, {"id": "\ud800"}]), encoding="utf-8")
    told = StringIO()
    call_command("clean_record", str(file), *words, stdout=told)

    assert verdict_list.at_once([str(file), *words], "utf-8") == told.getvalue().removesuffix("\n")
    assert verdict_list.at_once([*words, str(file)], "utf-8") == told.getvalue().removesuffix("\n")


@pytest.mark.parametrize("words", [[], ["--help"], ["none.json"], ["none.json", "--on", "2026"], ["a", "b", "c", "d"]])
def test_what_the_short_way_cannot_answer_goes_the_way_of_every_command(words):
    assert verdict_list.at_once(words, "utf-8") is None


def test_the_short_way_loads_no_part_of_django(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASE]), encoding="utf-8")
    asked = "import sys, manage; manage.main(['', 'clean_record', sys.argv[1]]); print('django' in sys.modules)"

    out = subprocess.run(
        [sys.executable, "-c", asked, str(file)], cwd=settings.BASE_DIR, capture_output=True, check=True
    )

    assert out.stdout.split()[-1] == b"False"


def test_a_wrong_day_is_told_by_the_command_itself(tmp_path):
    command = [sys.executable, "manage.py", "clean_record", str(tmp_path), "--on", "yesterday"]

    out = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, encoding="utf-8")

    assert (out.returncode, "--on yesterday: a day is written" in out.stderr) == (1, True)


def test_today_is_the_day_in_vietnam():
    before, told, after = timezone.localdate(), verdict_list.today(), timezone.localdate()

    assert before <= told <= after
