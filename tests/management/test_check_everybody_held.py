import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Placement, Returnee, Unit
from tests.makers import TODAY, make_notice, make_returnee


def run(**options):
    """The lines printed, and whether the command failed."""
    out = StringIO()
    try:
        call_command("check_everybody_held", stdout=out, **options)
    except CommandError:
        return out.getvalue(), True
    return out.getvalue(), False


def test_all_in_order_is_said_with_counts(an):
    make_returnee(by=an)
    make_notice(by=an, full_name="Chờ Về", completed_on=TODAY - timedelta(days=3))
    make_notice(by=an, full_name="Sắp Về", completed_on=TODAY + timedelta(days=3))

    printed, failed = run()

    assert not failed
    assert "2 released; 1 held, 1 pending, 0 bouncing, 0 closed with reason" in printed


def test_every_seeded_breach_is_named_by_file_number_and_never_by_name(an, binh, units):
    people = [make_returnee(by=by, full_name=f"Nguyễn Văn {n}") for n, by in enumerate([an, an, an, binh])]
    Placement.objects.filter(returnee=people[0]).update(until=TODAY - timedelta(days=1))
    Placement.objects.filter(returnee=people[1]).update(unit=units.dak_sak)
    Unit.objects.filter(pk=units.krong_no.pk).update(valid_to=TODAY - timedelta(days=1))

    printed, failed = run(as_json=True)

    assert failed
    assert {row["file_number"]: row["why"] for row in json.loads(printed)["breaches"]} == {
        people[0].file_number: ["no_placement"],
        people[1].file_number: ["other_unit"],
        people[3].file_number: ["unit_ended"],
    }
    text, _failed = run()
    assert people[0].file_number in text
    assert not Returnee.objects.filter(full_name__in=text.split(": ")).exists()


def test_another_day_can_be_asked_about_and_what_is_no_day_is_refused(an):
    make_returnee(by=an)

    assert "0 released" in run(on=f"{TODAY - timedelta(days=300)}")[0]
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        call_command("check_everybody_held", on="hôm qua")
