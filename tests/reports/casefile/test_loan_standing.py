"""The loan check from the file."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import AdministrativeViolation, Crime, Loan, Returnee
from cases.reports.casefile import loan_standing
from cases.reports.casefile.file_rows import FileRows
from tests.makers import TODAY, make_returnee


@pytest.fixture
def person(an):
    return make_returnee(by=an, certificate_number="12/GCN")


def loan(person, an, **changes):
    facts = {"lender": "NHCSXH", "amount": 50_000_000, "requested_on": TODAY, **changes}
    return actions.loan.request(loan=Loan(returnee=person, **facts), by=an)


def answers(person, asked=None):
    return [line.answer for line in loan_standing.loan_conditions(FileRows(person), TODAY, asked).lines]


def test_without_a_loan_only_what_is_not_on_file_is_unknown(person):
    assert answers(person) == ["met", "met", "met", "unknown", "unknown", "unknown"]


def test_the_loan_asked_for_brings_its_sum_and_the_day_of_the_list(person, an):
    asked = loan(person, an, list_confirmed_on=TODAY)

    assert answers(person, asked) == ["met", "met", "met", "met", "unknown", "met"]
    assert answers(person, loan(person, an, amount=100_000_001))[-1] == "missing"


def test_the_list_of_an_earlier_loan_still_counts(person, an):
    loan(person, an, list_confirmed_on=TODAY - timedelta(days=3))

    assert answers(person)[3] == "met"


def test_a_course_is_measured_by_its_months(person, an):
    asked = loan(person, an, purpose="training", course_months=3, amount=12_000_001)

    assert answers(person, asked)[-1] == "missing"
    assert "4.000.000" in loan_standing.loan_conditions(FileRows(person), TODAY, asked).lines[-1].hint


def test_a_loan_paid_out_for_the_same_purpose_stands_in_the_way(person, an):
    actions.loan.pay_out(loan=loan(person, an), on=TODAY, by=an)

    assert answers(person)[4] == "missing"
    assert answers(person, loan(person, an, purpose="training"))[4] == "unknown"


def test_without_a_certificate_the_file_says_so(an):
    assert answers(make_returnee(by=an))[0] == "missing"


@pytest.mark.parametrize("model", [AdministrativeViolation, Crime])
def test_an_act_after_coming_home_is_weighed_and_its_words_are_not_told(model, person, an):
    facts = {"behaviour": "Đánh bạc"} if model is AdministrativeViolation else {"offence": "Đánh bạc"}
    if model is Crime:
        facts |= {"severity": 1, "stage": "charged"}
    act = actions.row.add(row=model(returnee=person, act_on=TODAY, **facts), by=an)

    found = loan_standing.loan_conditions(FileRows(person), TODAY)

    assert found.lines[2].answer == "missing"
    assert "Đánh bạc" not in "".join(line.name + line.hint + line.article for line in found.lines)
    actions.row.withdraw(row=act, reason="Nhầm", by=an)
    assert answers(person)[2] == "met"


def test_a_mere_report_of_a_crime_is_held_against_nobody(person, an):
    crime = Crime(returnee=person, act_on=TODAY, offence="Trộm", severity=1, stage="reported")
    actions.row.add(row=crime, by=an)

    assert answers(person)[2] == "met"


def test_an_act_before_the_sentence_ended_does_not_count(person, an):
    before = person.completed_on - timedelta(days=1)
    actions.row.add(row=AdministrativeViolation(returnee=person, act_on=before, behaviour="Đánh bạc"), by=an)

    assert answers(person)[2] == "met"


def test_only_people_within_the_window_and_with_a_certificate_may_be_listed(person, an):
    make_returnee(by=an, full_name="Không Giấy")
    make_returnee(by=an, full_name="Quá Hạn", certificate_number="1", completed_on=TODAY - timedelta(days=1900))
    make_returnee(by=an, full_name="Chưa Trình Diện", certificate_number="2", presented=False)

    assert list(loan_standing.may_be_listed(Returnee.objects.all(), TODAY)) == [person]
