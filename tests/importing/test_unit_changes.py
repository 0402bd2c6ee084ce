from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from cases import actions
from cases.importing import unit_changes
from cases.importing.units import read
from cases.models import Returnee, Succession, Unit, UnitChange
from cases.tasks import nightly
from tests.makers import TODAY, make_returnee

HEADING = "kind,code,name,valid_from,valid_to,parent_code,successors\n"
ON = date(2026, 1, 1)
SAME = """province,68,Tỉnh Lâm Đồng,2025-07-01,,,
commune,24697,Xã Nam Đà,2025-07-01,,68,
commune,24688,Xã Krông Nô,2025-07-01,,68,
commune,24678,Xã Đắk Sắk,2025-07-01,,68,
"""


def compare(text):
    return unit_changes.compare_list(read(HEADING + text), ON)


def change(text):
    changes = compare(text)
    unit_changes.apply(changes, by=None)
    return changes


def test_the_same_list_changes_nothing_and_keeps_the_cluster(units):
    assert compare(SAME).lines() == []


def test_a_renamed_commune_is_a_new_row_and_its_people_move(units, an):
    person = make_returnee(by=an, completed_on=date(2025, 8, 1))

    changes = change(SAME.replace("Xã Nam Đà", "Phường Nam Đà"))

    new = Unit.objects.bearing("24697", ON)
    units.nam_da.refresh_from_db()
    assert (new.name, new.parent, len(changes.lines())) == ("Phường Nam Đà", units.cluster, 1)
    assert (units.nam_da.valid_to, units.nam_da.standing) == (date(2025, 12, 31), new)
    assert Returnee.objects.get(pk=person.pk).unit == new
    assert compare(SAME.replace("Xã Nam Đà", "Phường Nam Đà")).lines() == []


def test_a_missing_commune_ends_the_day_before_and_its_successor_takes_its_place(units):
    text = SAME.replace("Xã Đắk Sắk,2025-07-01,,68,", "Xã Đắk Sắk,2025-07-01,2025-12-31,68,24697")

    changes = change(text)

    units.dak_sak.refresh_from_db()
    assert (len(changes.ended), len(changes.succeeded)) == (1, 1)
    assert (units.dak_sak.valid_to, units.dak_sak.standing) == (date(2025, 12, 31), units.nam_da)


def test_a_new_commune_is_opened_and_a_renamed_province_renews_all_below_it(units):
    changes = change(
        SAME.replace("Tỉnh Lâm Đồng", "Thành phố Lâm Đồng") + "commune,24703,Xã Nâm Nung,2026-01-01,,68,\n"
    )

    province = Unit.objects.bearing("68", ON)
    cluster = Unit.objects.bearing("68-C01", ON)
    assert (len(changes.opened), len(changes.renamed), len(changes.moved)) == (1, 1, 4)
    assert (cluster.parent, Unit.objects.bearing("24697", ON).parent) == (province, cluster)
    assert Unit.objects.bearing("24703", ON).path.startswith(province.path)
    assert not Unit.objects.on(ON).filter(path="").exists()


def test_a_code_that_changes_its_bearer_is_no_renaming(units):
    text = SAME.replace("Xã Đắk Sắk,2025-07-01,,68,", "Xã Đắk Sắk,2025-07-01,2025-12-31,68,24697")

    changes = change(text + "commune,24678,Xã Long Sơn,2026-01-01,,68,\n")

    assert (len(changes.opened), len(changes.renamed), len(changes.ended)) == (1, 0, 1)
    assert Unit.objects.bearing("24678", ON).name == "Xã Long Sơn"
    assert Unit.objects.get(pk=units.dak_sak.pk).standing == units.nam_da


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SAME.replace("commune,24697,Xã Nam Đà,2025-07-01,,68,\n", ""), "24697"),
        (SAME + "commune,24703,Xã Nâm Nung,2026-01-01,,99,\n", "99"),
        (SAME + "commune,24688,Xã Krông Nô,2025-07-01,,68,\n", "24688"),
        (SAME.replace("commune,24678", "district,24678"), "Đắk Sắk"),
        (SAME.replace("Xã Đắk Sắk,2025-07-01,,68,", "Xã Đắk Sắk,2025-07-01,2025-12-31,68,11111"), "11111"),
    ],
    ids=["people without a successor", "parent", "twice", "kind", "successor"],
)
def test_a_contradiction_is_named_and_nothing_changes(units, an, text, message):
    make_returnee(by=an, completed_on=date(2025, 8, 1))
    count = Unit.objects.count()

    with pytest.raises(ValidationError, match=message):
        change(text)

    assert (Unit.objects.count(), Succession.objects.count()) == (count, 0)


def command(tmp_path, text, **options):
    """What `load_units FILE --on` prints, and the words it stops with."""
    file, out = tmp_path / "newer.csv", StringIO()
    file.write_text(HEADING + text, encoding="utf-8")
    try:
        call_command("load_units", file, on=ON, stdout=out, **options)
    except CommandError as error:
        return out.getvalue().splitlines(), (error.returncode, str(error))
    return out.getvalue().splitlines(), None


def test_the_dry_run_prints_with_the_open_files_and_writes_nothing(units, an, tmp_path):
    make_returnee(by=an, completed_on=date(2025, 8, 1))

    printed, stopped = command(tmp_path, SAME.replace("Xã Nam Đà", "Phường Nam Đà"), dry_run=True)

    assert printed == [
        "~ 24697@2025-07-01 Xã Nam Đà → Phường Nam Đà · 1 open files",
        "0 opened, 1 renamed, 0 moved, 0 ended, 0 succeeded, 0 contradictions",
    ]
    assert stopped is None
    assert Unit.objects.bearing("24697", ON) == units.nam_da


@pytest.mark.parametrize("dry_run", [True, False])
def test_with_a_contradiction_everything_is_printed_and_the_status_is_one(units, an, tmp_path, dry_run):
    make_returnee(by=an, completed_on=date(2025, 8, 1))
    gone = SAME.replace("commune,24697,Xã Nam Đà,2025-07-01,,68,\n", "").replace("Xã Đắk Sắk", "Phường Đắk Sắk")

    printed, stopped = command(tmp_path, gone, dry_run=dry_run)

    assert [line[0] for line in printed] == ["~", "-", "≠", "0"]
    assert printed[1] == "- 24697@2025-07-01 Xã Nam Đà · 1 open files"
    assert stopped[0] == 1
    assert Unit.objects.bearing("24678", ON) == units.dak_sak


def test_the_dry_run_finds_what_only_the_change_itself_would_show(units, monkeypatch, tmp_path):
    def refuse(**given):
        raise ValidationError("nothing may end today")

    monkeypatch.setattr(actions.unit, "end", refuse)

    _printed, stopped = command(tmp_path, SAME.replace("Xã Nam Đà", "Phường Nam Đà"), dry_run=True)

    assert stopped == (1, "nothing may end today")


def test_a_list_of_a_day_to_come_is_entered_by_somebody_and_takes_effect_then(units, an, em, tmp_path):
    person = make_returnee(by=an, completed_on=date(2025, 8, 1))
    file = tmp_path / "newer.csv"
    text = SAME.replace("Xã Đắk Sắk,2025-07-01,,68,", "Xã Đắk Sắk,2025-07-01,2026-12-31,68,24688")
    text = text.replace("Xã Nam Đà", "Phường Nam Đà") + "commune,24703,Xã Nâm Nung,2027-01-01,,68,\n"
    file.write_text(HEADING + text, encoding="utf-8")

    for name in ("khong-co", an.username):
        with pytest.raises(CommandError, match=name):
            call_command("load_units", file, on=date(2027, 1, 1), by=name, stdout=StringIO())
    call_command("load_units", file, on=date(2027, 1, 1), by=em.username, stdout=StringIO())

    assert sorted(change.kind for change in UnitChange.objects.all()) == ["merge", "open", "rename"]
    assert Unit.objects.bearing("24697", date(2027, 1, 1)) == units.nam_da
    UnitChange.objects.update(on=TODAY)
    nightly.change_units(None, None)
    assert Returnee.objects.get(pk=person.pk).unit.name == "Phường Nam Đà"
    assert Unit.objects.get(pk=units.dak_sak.pk).standing == units.krong_no
    assert Unit.objects.bearing("24703", TODAY).parent == units.province


def test_a_day_to_come_is_only_tried(units, an, tmp_path):
    person = make_returnee(by=an, completed_on=date(2025, 8, 1))
    file = tmp_path / "newer.csv"
    file.write_text(HEADING + SAME.replace("Xã Nam Đà", "Phường Nam Đà"), encoding="utf-8")
    later = TODAY.replace(year=TODAY.year + 1)

    with pytest.raises(CommandError, match="dry-run"):
        call_command("load_units", file, on=later)
    with pytest.raises(CommandError, match="FILE"):
        call_command("load_units", on=ON)
    call_command("load_units", file, on=later, dry_run=True, stdout=StringIO())
    assert Returnee.objects.get(pk=person.pk).unit == units.nam_da
