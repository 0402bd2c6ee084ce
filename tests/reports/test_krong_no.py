"""The old district of Krông Nô, its twelve communes and what became of them, in both lenses."""

from dataclasses import replace
from datetime import date

import pytest

from cases.importing import units as lists
from cases.lib.period import Period
from cases.models import Returnee, Unit
from cases.reports.periodic import reintegration
from cases.reports.periodic.report_scope import Lens, where_of
from tests.makers import TODAY, make_returnee, make_user

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
NEW_OF = {  # twelve old codes and the codes of today
    "24691": "24697",
    "24694": "24697",
    "24697": "24697",
    "24688": "24688",
    "24699": "24688",
    "24700": "24688",
    "24703": "24703",
    "24715": "24703",
    "24706": "24712",
    "24709": "24712",
    "24712": "24712",
    "24692": "24678",
}
AROUND = {"BCA", "66", "67", "68", "68-C01", "656", "663", "664", "24604", "24678", "24679", *NEW_OF}
BEFORE, SINCE = Period(date(2024, 12, 15), LAST), Period(FIRST, date(2025, 12, 14))


def around():
    """The shipped list, but only Krông Nô and its neighbours."""
    rows = [row for row in lists.official() if row.code in AROUND]
    known = {row.code for row in rows}
    return [replace(row, successors=tuple(c for c in row.successors if c.removeprefix("~") in known)) for row in rows]


@pytest.fixture
def land(organisations):
    """One person in each of the twelve communes, one in Long Sơn, one in the other Krông Nô; then the reform."""
    log = lists.Log()
    lists.open_units(around(), None, log)
    by = make_user("cu", "Cao Văn Cũ", "reviewer", Unit.objects.bearing("68", FIRST))
    for code in (*NEW_OF, "24678", "24604"):
        unit = Unit.objects.bearing(code, LAST)
        number = f"{code}-2025-001"
        make_returnee(by=by, unit=unit, full_name=f"Y {code}", completed_on=date(2025, 1, 5), file_number=number)
    lists.succeed_units(around(), None, log)


def managed(code, day, lens, period):
    """Managed at the end of the period, by the code of the unit below."""
    where = where_of(Unit.objects.bearing(code, day), lens, period, TODAY)
    table = reintegration.build(where, period)
    return {row.code: row.values["managed_end"] for row in table.rows if row.values["managed_end"]}


def test_each_of_the_twelve_communes_handed_its_people_to_the_commune_of_the_conversion_table(land):
    for old, new in NEW_OF.items():
        person = Returnee.objects.get(full_name=f"Y {old}")
        assert person.unit == Unit.objects.bearing(new, FIRST), old
        assert person.unit_on(LAST) == Unit.objects.bearing(old, LAST), old


def test_the_old_district_counts_its_twelve_communes_as_they_were(land):
    assert managed("664", LAST, Lens.AS_WAS, BEFORE) == dict.fromkeys(NEW_OF, 1)


def test_nam_xuan_left_the_old_district_for_dak_sak(land):
    today = managed("68", FIRST, Lens.AS_IS, BEFORE)
    cluster = managed("68-C01", FIRST, Lens.AS_IS, BEFORE)

    assert today == {"68-C01": 11, "24678": 2}
    assert cluster == {"24697": 3, "24688": 3, "24703": 2, "24712": 3}


def test_code_24678_bears_another_commune_since_the_reform(land):
    assert managed("663", LAST, Lens.AS_WAS, BEFORE) == {"24678": 1}
    assert Unit.objects.bearing("24678", LAST).name == "Xã Long Sơn"
    assert Unit.objects.bearing("24678", FIRST).name == "Xã Đắk Sắk"
    assert Unit.objects.bearing("24678", LAST).standing == Unit.objects.bearing("24678", FIRST)


def test_the_two_communes_called_krong_no_never_share_a_person(land):
    dak_lak = managed("66", FIRST, Lens.AS_WAS, SINCE)

    assert dak_lak == {"24604": 1}
    assert managed("68-C01", FIRST, Lens.AS_WAS, SINCE)["24688"] == 3
    assert {unit.full_label for unit in Unit.objects.on(FIRST).filter(name="Xã Krông Nô")} == {
        "Xã Krông Nô (24604), Tỉnh Đắk Lắk",
        "Xã Krông Nô (24688), Tỉnh Lâm Đồng",
    }
