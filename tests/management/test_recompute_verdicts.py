from datetime import date
from io import StringIO

from django.core.management import call_command

from cases import actions
from cases.models import Judgment, Returnee, Verdict
from tests.makers import make_returnee, make_served


def run(on="2026-11-24"):
    out = StringIO()
    call_command("recompute_verdicts", on=date.fromisoformat(on), stdout=out)
    return out.getvalue()


def test_every_file_gets_its_first_verdict_once(an):
    with actions.vouching.vouch():
        for _ in range(2):
            make_returnee(by=an)
    assert not Verdict.objects.exists()

    assert "2 first verdicts, 0 that differ" in run()
    assert "0 first verdicts, 0 that differ" in run()
    assert Verdict.objects.count() == 2


def test_a_clock_that_has_run_out_gets_another_beside_the_earlier_one(an):
    person = make_returnee(by=an, born_on="1985-02-03", completed_on=date(2022, 1, 1))
    make_served(returnee=person, by=an, done_on=date(2022, 1, 1))
    run("2023-05-05")

    assert "0 first verdicts, 1 that differ" in run()
    assert [row.status for row in Verdict.objects.all()[:2]] == ["eligible_unconfirmed", "running"]


def test_a_sealed_file_is_left_alone(an):
    person = make_returnee(by=an, completed_on=date(2022, 1, 1))
    Returnee.objects.filter(pk=person.pk).update(closed_on=date(2026, 1, 1), close_reason="expunged")
    assert not Judgment.objects.exists()

    assert "0 first verdicts" in run()
