"""The log of one file in words: fields by their names, values as one reads them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cases import actions
from cases.models import ActivityEntry, ArrivalAnswer, Assessment, AuditEvent, Loan, Need, Offence, Organisation
from cases.reports.casefile import history
from tests.makers import TODAY, make_activity, make_group, make_judgment, make_referral, make_returnee

OF_NO_CASE = (
    "user|unit|meeting|employer|holiday|importrun|columnmapping|list|report|submission|campaign|rule|deadline|backup"
)
CASE_VERB = re.compile(rf'verb=f?"(?!{OF_NO_CASE})(\w+)\.(\w+)"')


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def last(person):
    return history.history_entries(history.changes(person)[:1], person.created_by)[0]


def values(entry):
    return {change.label.lower(): (change.before, change.after) for change in entry.changes}


def test_fields_are_named_and_choices_and_days_are_read_out(person, an):
    person.sex, person.completed_on = "female", TODAY.replace(day=1, month=1)
    person.presented_on = TODAY.replace(day=2, month=1)
    actions.returnee.correct(returnee=person, by=an)

    told = [(change.before, change.after) for change in last(person).changes]

    assert len(told) == 3
    assert f"01/01/{TODAY.year}" in [after for _before, after in told]
    assert not {"female", "male"} & {value for pair in told for value in pair}


def test_sums_yes_no_and_what_is_not_known_are_readable(person, an):
    judgment = make_judgment(returnee=person, by=an, exempt=True)
    actions.judgment.correct(judgment=judgment, parts=[Offence(name="Một"), Offence(name="Hai")], by=an)
    rows = last(person)
    loan = Loan(returnee=person, lender="NHCSXH", amount=5_000_000, requested_on=TODAY)
    actions.loan.request(loan=loan, by=an)

    assert len(rows.changes) == 1
    assert rows.changes[0].before.startswith("1 ")
    assert rows.changes[0].after.startswith("2 ")
    assert "5.000.000" in [change.after for change in last(person).changes]
    assert {change.before for change in last(person).changes} == {"—"}


def test_what_a_row_points_to_has_its_name(person, an):
    women = Organisation.objects.get(code="women")
    need = Need(returnee=person, pathway="work", text="Việc", state_on=TODAY, responsible=women)
    actions.need.record(need=need, by=an)

    assert women.name in [change.after for change in last(person).changes]


def test_reasons_and_actors_are_told(person, an, anh):
    row = Assessment(returnee=person, group="B", on=TODAY, reason="Chưa có việc")
    actions.assessment.propose(assessment=row, by=an)
    actions.row.withdraw(row=row, reason="Nhầm nhóm", by=anh)

    entry = last(person)

    assert (entry.actor, entry.reason) == ("Trần Quốc Anh", "Nhầm nhóm")


def test_whose_file_a_row_is_in_is_no_change_of_it(person, an):
    row = Assessment(returnee=person, group="B", on=TODAY, reason="Chưa có việc")
    actions.assessment.propose(assessment=row, by=an)

    labels = {name: str(Assessment._meta.get_field(name).verbose_name).lower() for name in ("reason", "returnee")}
    assert labels["reason"] in values(last(person))
    assert labels["returnee"] not in values(last(person))


def test_a_change_of_lead_and_a_job_check_are_told(person, an, anh):
    group = make_group(returnee=person, lead=an)
    actions.group.change_lead(group=group, lead=anh, by=anh)
    assert ("Lê Văn An", "Trần Quốc Anh") in values(last(person)).values()

    make_referral(returnee=person, by=an)
    event = AuditEvent(verb="referral.checked", target_type="jobcheck")
    assert history.title(event) == str(history.NOUNS["jobcheck"])


def test_how_a_visit_went_is_read_out(person, an):
    make_activity(person, by=an, outcome="absent")

    told = {change.after for change in last(person).changes}
    assert str(ActivityEntry.Outcome.ABSENT.label) in told
    assert "absent" not in told


def test_openings_stand_apart(person, an):
    actions.returnee.record_opening(pk=person.pk, page="returnee-detail", by=an)

    assert history.openings(person).count() == 1
    assert "returnee.opened" not in history.changes(person).values_list("verb", flat=True)


def test_a_day_that_is_none_is_shown_as_it_is_stored(person, an):
    actions.audit.record(by=an, verb="returnee.corrected", target=person, before={"closed_on": "x"}, after={})

    assert [change.before for change in last(person).changes] == ["x"]


def test_a_moment_stored_in_universal_time_is_told_on_the_local_clock(person, an):
    answer = ArrivalAnswer(returnee=person, unit=person.unit, kind="not_here", on=TODAY)
    actions.audit.record(
        by=an,
        verb="arrivalanswer.added",
        target=answer,
        returnee=person,
        after={"made_at": "2026-11-29 17:30:00+00:00"},
    )

    assert [change.after for change in last(person).changes] == ["30/11/2026 00:30"]


def test_every_verb_of_a_case_has_its_words():
    source = "".join(path.read_text() for path in Path(settings.BASE_DIR, "cases", "actions").glob("*.py"))
    verbs = {done for _noun, done in CASE_VERB.findall(source)} - {"opened"}

    assert len(verbs) > 15
    assert verbs <= set(history.DONE)
