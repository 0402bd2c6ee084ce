"""Whose day a new version of the rules would move: counted before it is entered, and nothing is written."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from cases import actions
from cases.access.row_scope import limit_to
from cases.models import Obligation, QueuedJob, RuleVersion, Verdict
from cases.models.rule_version import PLACES, place
from cases.reports.people import rule_preview
from cases.reports.people.rule_preview import Move, move_of
from tests.makers import TODAY, make_returnee, make_served

pytestmark = pytest.mark.both
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has the models' rules alone.")

DONE = date(2025, 3, 1)
IN_FORCE = {"automatic": (12, 24, 36, 60), "court": (12, 36, 60, 84), "juvenile": (6, 12, 24, 36)}


def version(valid_from=TODAY, settled_first=None, **months):
    told = {place(column, band): IN_FORCE[column][number % 4] for number, (column, band) in enumerate(PLACES)}
    told |= {name.replace("_", "-"): value for name, value in months.items()}
    about = {"code": "THU-1", "title": "Luật thử", "source": "Luật thử", "certainty": "V"}
    return RuleVersion(valid_from=valid_from, months=told, settled_first=settled_first or {}, **about)


@pytest.fixture
def people(an, binh):
    """A grown man of Nam Đà, one of Krông Nô with fees open, a minor of Krông Nô with fees open."""
    owed = Obligation(kind="court_fee", state="open")
    grown, owing, minor = (
        make_returnee(by=by, born_on=born_on, completed_on=DONE, presented_on=DONE)
        for by, born_on in ((an, "1985-02-03"), (binh, "1986-02-03"), (binh, "2004-06-03"))
    )
    make_served(returnee=grown, by=an, done_on=DONE)
    make_served(returnee=owing, by=binh, done_on=DONE, parts=[owed])
    later = {"act_on": date(2021, 5, 1), "effective_on": date(2022, 3, 1)}
    owed = [Obligation(kind="court_fee", state="open")]
    grave = make_served(returnee=minor, by=binh, done_on=DONE, parts=owed, **later)
    grave.offences.update(severity=3, clause=3)
    return grown, owing, minor


def test_a_shorter_period_moves_whoever_knows_a_day_and_says_by_how_many(people):
    shown = rule_preview.preview(version(automatic_b=12), TODAY)

    assert (shown.files, shown.looked_at, shown.is_sample) == (3, 3, False)
    assert shown.moves == {Move.EARLIER: 1}
    assert shown.days == {Move.EARLIER: (365, 365)}
    assert [(unit.name.split(",")[0], dict(unit.counts)) for unit in shown.units] == [("Xã Nam Đà", {Move.EARLIER: 1})]


def test_a_condition_read_otherwise_gives_and_takes_days(people):
    gives = rule_preview.preview(version(settled_first={"automatic": False}), TODAY)
    takes = rule_preview.preview(version(settled_first={"juvenile": True}), TODAY)

    assert (dict(gives.moves), dict(takes.moves)) == ({Move.GAINED: 1}, {Move.LOST: 1})


def test_a_version_of_the_future_is_seen_on_its_first_day_and_the_same_rules_move_nobody(people):
    first = date(2036, 1, 1)

    shown = rule_preview.preview(version(valid_from=first), TODAY)

    assert (shown.on, dict(shown.moves), shown.units) == (first, {}, [])


def test_nothing_is_written_by_looking(people):
    before = list(Verdict.objects.values_list("pk", flat=True))

    rule_preview.preview(version(automatic_b=12), TODAY)

    assert not RuleVersion.objects.exists()
    assert list(Verdict.objects.values_list("pk", flat=True)) == before


def test_of_many_files_a_sample_is_looked_at_and_its_size_said(people, monkeypatch):
    monkeypatch.setattr(rule_preview, "MOST_FILES", 1)

    shown = rule_preview.preview(version(automatic_b=12), TODAY)

    assert (shown.files, shown.step, shown.is_sample) == (3, 3, True)
    assert shown.looked_at <= 1


def test_of_many_communes_their_provinces_are_told(people, units, monkeypatch):
    monkeypatch.setattr(rule_preview, "MOST_UNITS", 0)

    (row,) = rule_preview.preview(version(automatic_b=12), TODAY).units

    assert row.name == units.nam_da.province.name


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        (("running", date(2027, 1, 2)), ("running", date(2027, 1, 2)), None),
        (("running", date(2027, 1, 2)), ("running", date(2026, 1, 2)), Move.EARLIER),
        (("running", date(2027, 1, 2)), ("running", date(2027, 1, 3)), Move.LATER),
        (("incomplete", None), ("running", date(2027, 1, 3)), Move.GAINED),
        (("running", date(2027, 1, 2)), ("wait_obligation", None), Move.LOST),
        (("wait_obligation", None), ("incomplete", None), Move.STATE),
        (("running", date(2026, 1, 2)), ("may_apply", date(2026, 1, 2)), Move.STATE),
    ],
)
def test_a_verdict_moves_in_one_way(before, after, move):
    assert move_of(before, after) is move


def sent(client):
    fields = client.get(reverse("rule-add")).context["form"].fields
    told = {name: field.initial for name, field in fields.items() if isinstance(field.initial, int)}
    about = {
        "code": "THU-2",
        "title": "Luật thử",
        "valid_from": f"{TODAY:%d/%m/%Y}",
        "source": "Luật",
        "certainty": "V",
    }
    return {**told, **about, "uid": fields["uid"].initial(), "automatic-b": "12"}


def test_the_page_shows_it_before_anything_is_saved_and_names_nobody(people, em, signed_in):
    client = signed_in(em)
    typed = sent(client)

    page = client.post(reverse("rule-add"), typed).content.decode()

    assert not RuleVersion.objects.exists()
    assert "1 người" in page
    assert "365 ngày" in page
    assert "Xã Nam Đà" in page
    assert all(person.full_name not in page for person in people)
    assert client.post(reverse("rule-add"), {**typed, "change": "1"}).context["form"]["automatic-b"].value() == "12"
    assert client.post(reverse("rule-add"), {**typed, "confirm": "1"}).status_code == 302
    assert RuleVersion.objects.get().code == "THU-2"


def test_of_a_large_register_a_job_tells_the_clocks_and_the_page_does_not_wait(people, em, signed_in, monkeypatch):
    monkeypatch.setattr(actions.rule_version, "AT_ONCE", 2)
    client = signed_in(em)

    client.post(reverse("rule-add"), {**sent(client), "confirm": "1"})

    job = QueuedJob.objects.get()
    assert (job.kind, job.state, job.made_by) == ("verdicts", "done", None)
    assert Verdict.objects.filter(rules="THU-2", cause="review").exists()
    assert not Verdict.objects.filter(cause="rules").exists()


@postgresql
def test_who_enters_the_rules_has_no_cases_and_every_clock_is_told_again(people, em):
    with limit_to(em.row_scope()):
        shown = rule_preview.preview(version(automatic_b=12), TODAY)
        actions.rule_version.add(version=version(automatic_b=12), on=TODAY, by=em)

    assert shown.files == 3
    assert Verdict.objects.newest().filter(rules="THU-1").exists()
