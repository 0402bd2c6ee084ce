from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.law.waiting import RULE_SETS
from cases.models import Crime, RuleVersion, Verdict
from cases.models.rule_version import place
from tests.makers import TODAY, make_returnee, make_served

DONE = date(2022, 1, 1)


@pytest.fixture
def person(an):
    return make_returnee(by=an, born_on="1985-02-03", completed_on=DONE, presented_on=DONE)


def kept(person):
    return list(Verdict.objects.filter(returnee=person).order_by("pk"))


def version(**changes):
    months = {place(wait.column, wait.band): wait.months for wait in RULE_SETS[-1].waits}
    months.update(changes.pop("months", {}))
    facts = {"code": "X-1", "title": "x", "valid_from": TODAY, "source": "Luật x", "certainty": "V", **changes}
    return RuleVersion(months=months, **facts)


def test_a_judgment_makes_a_verdict_that_keeps_facts_rules_and_cause(person, an):
    make_served(returnee=person, by=an, done_on=DONE)

    verdict = kept(person)[-1]

    assert verdict.due_on == date(2024, 1, 2)
    assert verdict.facts["convictions"][0]["main_done_on"] == "2022-01-01"
    assert (verdict.rules, verdict.cause, verdict.made_by) == ("BLHS-2026", "judgment", an)


def test_nothing_is_kept_where_nothing_changed(person, an):
    make_served(returnee=person, by=an, done_on=DONE)

    assert actions.verdict.recompute(returnee=person, by=an, cause="review") is None


def test_a_conviction_entered_late_moves_the_day_and_the_earlier_verdict_stays(person, an):
    make_served(returnee=person, by=an, done_on=DONE)
    make_served(
        returnee=person, by=an, done_on=date(2025, 6, 1), act_on=date(2023, 6, 1), effective_on=date(2024, 2, 1)
    )

    assert [row.due_on for row in kept(person)[-2:]] == [date(2024, 1, 2), date(2027, 6, 2)]


def test_withdrawing_a_judgment_and_a_new_investigation_count(person, an):
    judgment = make_served(returnee=person, by=an, done_on=date(2026, 1, 1))
    crime = Crime(returnee=person, act_on=date(2026, 3, 1), offence="x", severity=1, stage="reported")
    actions.violation.record(violation=crime, by=an)
    actions.violation.reach_stage(crime=crime, stage="charged", on=date(2026, 4, 1), by=an)
    actions.row.withdraw(row=judgment, by=an, reason="Nhập nhầm")

    assert [row.status for row in kept(person)][-3:] == ["running", "hold", "incomplete"]


def test_a_corrected_birthday_is_told_again(person, an):
    make_served(returnee=person, by=an, done_on=DONE, act_on=date(2018, 3, 1))
    person.born_on = "2004-02-03"
    actions.returnee.correct(returnee=person, by=an)

    assert (kept(person)[-1].status, kept(person)[-1].cause) == ("no_record", "person")


def test_a_verdict_is_never_changed_nor_deleted(person, an):
    make_served(returnee=person, by=an, done_on=DONE)
    verdict = kept(person)[0]

    for attempt in (
        verdict.save,
        verdict.delete,
        Verdict.objects.all().delete,
        lambda: Verdict.objects.update(on=DONE),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_new_rules_tell_every_clock_again_and_are_named_in_it(person, an, em):
    make_served(returnee=person, by=an, done_on=DONE)
    actions.rule_version.add(version=version(months={"automatic-b": 12}), on=TODAY, by=em)

    assert (kept(person)[-1].due_on, kept(person)[-1].rules) == (date(2023, 1, 2), "X-1")


def test_stricter_rules_take_no_day_from_whoever_acted_before_them(person, an, em):
    make_served(returnee=person, by=an, done_on=DONE)
    actions.rule_version.add(version=version(months={"automatic-b": 30}), on=TODAY, by=em)

    assert (kept(person)[-1].due_on, kept(person)[-1].rules) == (date(2024, 1, 2), "BLHS-2026")


def test_rules_sent_twice_are_entered_once(em):
    first = actions.rule_version.add(version=version(), on=TODAY, by=em)

    assert actions.rule_version.add(version=version(uid=first.uid), on=TODAY, by=em) == first
    with pytest.raises(actions.row.SentBeforeError):
        actions.rule_version.add(version=version(uid=first.uid, code="X-2"), on=TODAY, by=em)


@pytest.mark.parametrize(
    "changes", [{"months": {"automatic-b": 0}}, {"months": {"more": 3}}, {"code": "BLHS-2018"}], ids=str
)
def test_rules_out_of_order_are_refused(em, changes):
    with pytest.raises(ValidationError):
        actions.rule_version.add(version=version(**changes), on=TODAY, by=em)


def test_a_version_of_the_future_does_not_count_yet(person, an, em):
    make_served(returnee=person, by=an, done_on=DONE)
    actions.rule_version.add(version=version(valid_from=date(2036, 1, 1)), on=TODAY, by=em)

    assert kept(person)[-1].rules == "BLHS-2026"
