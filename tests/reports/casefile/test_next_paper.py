"""The next paper of a person, from what is on file."""

import pytest

from cases import actions
from cases.models import Loan, Need
from cases.reports.casefile import file_header, next_paper
from cases.reports.casefile.file_rows import FileRows
from tests.makers import TODAY, make_activity, make_group, make_paperwork, make_returnee

NUMBER = "067085000123"


@pytest.fixture
def person(an):
    return make_returnee(by=an, identity_number=NUMBER)


def need(person, an, pathway):
    return actions.need.record(need=Need(returnee=person, pathway=pathway, text="Cần", state_on=TODAY), by=an)


def ask_for_loan(person, an):
    return actions.loan.request(
        loan=Loan(returnee=person, lender="NHCSXH", amount=1_000_000, requested_on=TODAY), by=an
    )


def test_with_a_number_and_no_open_need_nothing_is_wanting(person):
    assert next_paper.step(FileRows(person)) is None


def test_without_a_number_the_path_begins_at_the_residence(an):
    step = next_paper.step(FileRows(make_returnee(by=an)))

    assert (step.paper, step.request, len(step.unlocks)) == ("residence", None, 3)


def test_a_paper_on_its_way_is_the_step_and_names_its_row(person, an):
    paper = make_paperwork(returnee=person, by=an)

    step = next_paper.step(FileRows(person))

    assert (step.paper, step.request, step.is_loan) == ("identity", paper, False)


def test_a_refused_paper_is_asked_for_anew(person, an):
    paper = make_paperwork(returnee=person, by=an, kind="insurance")
    actions.paperwork.refuse(request=paper, on=TODAY, reason="Thiếu giấy", by=an)

    step = next_paper.step(FileRows(person))

    assert (step.paper, step.request) == ("insurance", None)


def test_a_paper_off_the_path_asks_for_nothing(person, an):
    make_paperwork(returnee=person, by=an, kind="other")

    assert next_paper.step(FileRows(person)) is None


@pytest.mark.parametrize(
    ("pathway", "paper"),
    [("papers", "residence"), ("health", "insurance"), ("income", "loan"), ("family", None)],
)
def test_an_open_need_asks_for_its_paper(person, an, pathway, paper):
    need(person, an, pathway)

    step = next_paper.step(FileRows(person))
    assert (step and step.paper) == paper


@pytest.mark.parametrize(("answer", "paper"), [("wait", "loan"), ("pay_out", None), ("refuse", "loan")])
def test_a_loan_is_the_end_of_the_path(person, an, answer, paper):
    loan = ask_for_loan(person, an)
    if answer == "pay_out":
        actions.loan.pay_out(loan=loan, on=TODAY, by=an)
    if answer == "refuse":
        actions.loan.refuse(loan=loan, on=TODAY, reason="Còn nợ", by=an)

    step = next_paper.step(FileRows(person))
    assert (step and (step.paper, step.is_loan)) == (paper and (paper, True))


def header(person, an):
    found = file_header.build(FileRows(file_header.files_for(an).get(pk=person.pk)), an, TODAY)
    return [alert.route for alert in found.alerts if alert.icon == "signpost"]


def test_the_header_names_the_next_paper_while_nothing_is_overdue(person, an):
    make_group(returnee=person, lead=an)
    need(person, an, "income")
    assert header(person, an) == []  # nobody has met the person for 197 days

    make_activity(person, by=an)
    actions.row.add(row=person.assessments.model(returnee=person, group="B", on=TODAY, reason="Khó khăn"), by=an)

    assert header(person, an) == ["returnee-work"]
    make_paperwork(returnee=person, by=an, kind="insurance", needed_on=TODAY)
    assert header(person, an) == ["returnee-paperwork"]
