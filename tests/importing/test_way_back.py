"""The register written out and loaded again: where it stands already nothing is new, in an empty one it is the same."""

import io
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cases import actions
from cases.importing import run as runs
from cases.importing.check_people import reason_of
from cases.importing.columns import CLOSE_WORDS, JUDGMENTS, PEOPLE, SHEETS, VIOLATIONS, WORK, comparable_text
from cases.importing.way_back import UnitRegister
from cases.models import (
    Activity,
    ActivityEntry,
    AdditionalPenalty,
    AdministrativeViolation,
    Crime,
    Expungement,
    JobReferral,
    Judgment,
    Loan,
    Obligation,
    Offence,
    Returnee,
    TrainingReferral,
)
from cases.reports.writers import xlsx
from tests.books import PERSON, book, check, errors, full
from tests.makers import (
    TODAY,
    make_activity,
    make_employer,
    make_meeting,
    make_returnee,
    make_succession,
    make_unit,
)

AT = datetime(2026, 11, 20, tzinfo=UTC)


def written(by, unit=None):
    out = io.BytesIO()
    xlsx.write(out, UnitRegister(by, unit or by.unit).sheets(), foot="An", made_at=AT)
    out.seek(0)
    return out


def lines(file):
    """How often each row stands in each sheet."""
    found = load_workbook(file)
    return {page.title: Counter(page.iter_rows(values_only=True)) for page in found.worksheets}


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def load(an, tmp_path):
    def loaded(file):
        path = tmp_path / "so.xlsx"
        path.write_bytes(file.getvalue())
        found = check(file, an)
        assert errors(found) == []
        runs.load_now(found, file=path, by=an, on=TODAY)

    return loaded


def assert_nothing_new(file, by):
    found = check(file, by)
    assert errors(found) == []
    for name, count in found.counts().items():
        assert count["same"] == count["rows"], (name, count, [row.changes for row in found.rows[name]])


def day(number):
    return TODAY - timedelta(days=number % 90)


def one_of(people, number):
    return people[number % len(people)]


def person(by, people, a, b):
    facts = [
        {"born_on": "1985-02-03", "identity_number": f"0670850{len(people):05d}", "note": "Dòng một\nDòng hai"},
        {"born_on": "1990-05", "aliases": "Tý, Ba Đen", "sex": "female", "hamlet": "", "phone": "0912345678"},
        {"presented": False, "ethnicity": "Mạ", "subject_type": "conditional", "certificate_number": "007"},
    ]
    name = ["Nguyễn Văn Dũng", "H'Bia Niê", "Tường Duy Khiết"][b % 3]
    people.append(make_returnee(by=by, full_name=name, **facts[a % 3]))


def close(by, people, a, b):
    chosen = one_of(people, a)
    reason = [one for one in Returnee.CloseReason.values if one != "expunged"][b % 5]
    if not chosen.closed_on:
        note = ["", "Theo tin gia đình", "Chết đuối"][a % 3]
        actions.returnee.close(returnee=chosen, on=day(b), reason=reason, note=note, by=by)


def evidence(by, people, a, b):
    chosen = one_of(people, a)
    brought = Expungement(returnee=chosen, evidence="database", evidence_on=day(b))
    actions.expungement.bring_evidence(expungement=brought, by=by, vouched=True)


def judge(by, people, a, b):
    offences = [
        Offence(name="Trộm cắp tài sản", article="173", clause=1, severity=1, fault="deliberate"),
        Offence(name="Đánh bạc", chapter="XX", act_on=date(2020, 3, b % 20 + 1)),
    ]
    owed = [
        Obligation(kind=["court_fee", "compensation", "fine"][(a + place) % 3], state=state)
        for place, state in enumerate(Obligation.State.values[b % 4 :][: b % 3])
    ]
    extra = [AdditionalPenalty(kind=kind, done_on=day(a)) for kind in AdditionalPenalty.Kind.values[: a % 4]]
    number = f"{Judgment.objects.count()}/2021/HS-ST" if a % 2 else ""
    facts = {"number": number, "court": "", "effective_on": date(2021, 5, b % 20 + 1)}
    kind = Judgment.MainPenalty.values[b % 7]
    judgment = Judgment(returnee=one_of(people, a), main_penalty=kind, months=36 if kind == "prison" else None, **facts)
    actions.judgment.add(judgment=judgment, parts=[*offences[b % 2 :], *extra[: 2 if number else 1], *owed], by=by)


def visit(by, people, a, b):
    some = {one_of(people, number).pk: one_of(people, number) for number in range(a, a + b % 3 + 1)}
    kind = Activity.Kind.values[a % 6]
    detail = Activity.Detail.values[b % 4] if kind == "paperwork" else ""
    told = {"result": ["", "Hợp tác"][a % 2], "note": ["", "Hai\ndòng", "Một · Hai"][b % 3]}
    outcome = ActivityEntry.Outcome.values[(a + b) % 3]
    make_activity(*some.values(), by=by, on=day(b), kind=kind, detail=detail, outcome=outcome, **told)


def meet(by, people, a, b):
    make_meeting(*people, by=by, on=day(a), present=people[b % len(people) :], topic=f"Buổi {b % 2}")


def refer(by, people, a, b):
    chosen, on = one_of(people, a), day(b)
    later = on + timedelta(days=b % 3) if on + timedelta(days=2) <= TODAY else None
    if a % 3 == 0:
        course = TrainingReferral(returnee=chosen, course="Hàn " * (b % 25 + 1), referred_on=on, started_on=later)
        actions.training.refer(training=course, by=by)
    elif a % 3 == 1:
        job = {"employer": make_employer(by=by), "job": "Thợ mộc", "monthly_income": 6_000_000 if b % 2 else None}
        job |= {"accepted_on": on, "started_on": later}
        actions.employment.refer(referral=JobReferral(returnee=chosen, referred_on=on, **job), by=by)
    else:
        loan = Loan(returnee=chosen, lender="NHCSXH", amount=5_000_000, requested_on=on, paid_out_on=later)
        actions.loan.request(loan=loan, by=by)


def violate(by, people, a, b):
    facts = {"returnee": one_of(people, a), "act_on": day(b + 5), "note": ["", "Ghi chú"][b % 2]}
    if a % 2:
        row = AdministrativeViolation(behaviour="Gây rối " * (b % 24 + 1), decided_on=day(0), **facts)
    else:
        row = Crime(offence="Đánh bạc", severity=b % 4 + 1, stage=Crime.Stage.values[b % 4], article="321", **facts)
    actions.violation.record(violation=row, by=by)


def withdraw(by, people, a, b):
    model = [Judgment, Activity, Crime, JobReferral][a % 4]
    rows = list(model.objects.kept())
    if rows:
        actions.row.withdraw(row=rows[b % len(rows)], by=by, reason="Ghi nhầm")


STEPS = [person, close, evidence, judge, judge, visit, visit, meet, refer, refer, violate, withdraw]
numbers = st.integers(min_value=0, max_value=120)
histories = st.lists(st.tuples(st.sampled_from(STEPS), numbers, numbers), min_size=3, max_size=9)


# A history is short: made shorter it would be loaded hundreds of times
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
def test_any_register_written_out_says_nothing_new_and_fills_an_empty_one_alike(an, load, history):
    with taken_back():
        people = []
        person(an, people, len(history), 0)
        for step, a, b in history:
            step(an, people, a, b)
        file = written(an)
        assert_nothing_new(file, an)
        told = lines(file)
    with taken_back():
        load(file)
        again = written(an)
        assert lines(again) == told
        assert_nothing_new(again, an)


def test_a_workbook_of_the_communes_own_keeps_its_codes(an, load):
    load(full())

    file = written(an)
    assert_nothing_new(file, an)
    pages = load_workbook(file)
    assert "7" in [row[-1] for row in pages["Hoạt động"].iter_rows(values_only=True)]
    assert next(pages["Buổi gặp gỡ"].iter_rows(min_row=2, values_only=True))[0] == "B1"


@pytest.mark.parametrize("name", ["Trần Thị Mẫu (Tèo)", "TRẦN THỊ MẪU", "Trần Thị Mẫu 1985"])
def test_a_name_that_was_kept_as_typed_is_not_asked_about_again(an, load, name):
    make_returnee(by=an, full_name=name, file_number="T-NAME")

    again = check(written(an), an)

    assert [(row.state, row.asked or {}) for row in again.rows["Người"]] == [("same", {})]


def test_a_corrected_cell_of_what_was_written_out_is_a_change_of_that_record(an, load):
    visit_made = make_activity(one := make_returnee(by=an), make_returnee(by=an), by=an, on=TODAY)
    pages = load_workbook(written(an))
    for line in pages["Hoạt động"].iter_rows(min_row=2):
        line[8].value = "Tiến bộ"
    out = io.BytesIO()
    pages.save(out)

    load(io.BytesIO(out.getvalue()))

    visit_made.refresh_from_db()
    assert (visit_made.result, Activity.objects.count(), one.entries.count()) == ("Tiến bộ", 1, 1)


def test_a_code_of_somebody_elses_record_names_nothing(an, load):
    work = make_activity(make_returnee(by=an, file_number="HS-9"), by=an, on=TODAY)
    row = {"Mã hồ sơ": "HS-1", "Ngày": "10/09/2025", "Loại": "Gặp gỡ, động viên", "Mã dòng": work.uid.hex}

    found = check(book(people=[PERSON], work=[row]), an)

    assert (errors(found), found.counts()["Hoạt động"]["create"]) == ([], 1)


def test_the_commune_of_the_day_stands_in_the_row(an, units):
    old = make_unit(
        kind="commune",
        code="24700",
        name="Xã Nam Đà cũ",
        parent=units.cluster,
        valid_from=date(2000, 1, 1),
        valid_to=date(2025, 6, 30),
    )
    make_succession(old, units.nam_da)
    make_returnee(by=an, completed_on=date(2024, 3, 1))

    file = written(an)

    assert "24700" in next(load_workbook(file)["Người"].iter_rows(min_row=2, values_only=True))
    assert_nothing_new(file, an)


def test_nobody_of_another_unit_and_no_sealed_file_is_written(an, binh, dung, units):
    make_returnee(by=an, full_name="Người Của An")
    make_returnee(by=binh, full_name="Người Của Bình")
    sealed = make_returnee(by=an, full_name="Đã Niêm Phong")
    actions.returnee.close(returnee=sealed, on=TODAY, reason="expunged", by=an, vouched=True)

    def names(by, unit):
        return [row[1] for row in load_workbook(written(by, unit))["Người"].iter_rows(min_row=2, values_only=True)]

    assert names(an, units.nam_da) == names(an, units.province) == ["Người Của An"]
    assert names(dung, units.nam_da) == ["Người Của An"]
    assert len(names(dung, units.province)) == 2


CHOICES = [
    (PEOPLE, "sex", Returnee.Sex),
    (PEOPLE, "subject_type", Returnee.SubjectType),
    (JUDGMENTS, "fault", Offence.Fault),
    (JUDGMENTS, "main_penalty", Judgment.MainPenalty),
    (WORK, "kind", Activity.Kind),
    (VIOLATIONS, "stage", Crime.Stage),
]


@pytest.mark.parametrize(("sheet", "field", "choices"), CHOICES, ids=[field for _sheet, field, _choices in CHOICES])
def test_the_workbook_has_a_word_for_every_stored_choice(sheet, field, choices):
    column = sheet.by_field[field]

    assert [column.by_folded[comparable_text(column.word_of(each))] for each in choices] == list(choices)


def test_the_words_of_a_closing_are_read_as_its_reason():
    assert {reason: reason_of(words)[0] for reason, words in CLOSE_WORDS.items()} == {
        reason: reason for reason in Returnee.CloseReason
    }


def test_every_sheet_of_the_contract_is_written_with_its_headers(an):
    pages = load_workbook(written(an))

    for sheet in SHEETS:
        (headers,) = pages[sheet.name].iter_rows(values_only=True)
        assert list(headers) == [column.header for column in sheet.columns]


def test_a_job_since_nobody_knows_when_and_what_has_no_place_in_the_empty_workbook_come_back(an, load):
    with taken_back():
        person = make_returnee(by=an, prison="Trại giam Đắk Trung", address="Số 5, đường 2/9")
        job = JobReferral(employer=make_employer(by=an), job="Thợ hồ", referred_on=TODAY, begin_unknown=True)
        job.returnee = person
        actions.row.add(row=job, by=an)
        file = written(an)
        assert_nothing_new(file, an)
    load(file)

    assert JobReferral.objects.get().begin_unknown
    assert (Returnee.objects.get().prison, Returnee.objects.get().address) == (person.prison, person.address)
