from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.importing import units as lists
from cases.models import Unit, UnitChange
from cases.tasks import nightly
from tests.makers import TODAY, make_returnee, make_unit, make_unit_change

ON = TODAY - timedelta(days=5)


@pytest.fixture
def admin(em, signed_in):
    return signed_in(em)


def send(client, route, unit, confirm=True, **typed):
    typed = {
        "uid": uuid4(),
        "on": f"{ON:%d/%m/%Y}",
        "decree": "12/NQ-HĐND",
        **typed,
        **({"confirm": "1"} if confirm else {}),
    }
    return client.post(reverse(route, args=[unit.pk]), typed, follow=True)


def test_the_preview_counts_and_changes_nothing(admin, units, an):
    make_returnee(by=an, completed_on=ON - timedelta(days=50))

    page = send(admin, "unit-rename", units.nam_da, confirm=False, name="Phường Nam Đà", code="24697")

    said = page.content.decode()
    assert "1 hồ sơ đang mở" in said
    assert "1 tài khoản" in said
    assert "Nguyễn Văn Dũng" not in said
    assert not UnitChange.objects.exists()


def test_a_confirmed_change_is_made_and_can_be_undone_with_a_reason(admin, units):
    send(admin, "unit-rename", units.nam_da, name="Phường Nam Đà", code="24697")
    change = UnitChange.objects.get()

    bare = admin.post(reverse("unit-change-undo", args=[change.pk]), {"reason": ""})
    done = admin.post(reverse("unit-change-undo", args=[change.pk]), {"reason": "Nhập nhầm"}, follow=True)

    assert bare.status_code == 200
    assert "Nhập nhầm" in done.content.decode()
    assert Unit.objects.bearing("24697", TODAY) == units.nam_da


def test_a_form_sent_twice_makes_one_change(admin, units):
    typed = {"uid": uuid4(), "name": "Phường Nam Đà", "code": "24697"}

    pages = [send(admin, "unit-rename", units.nam_da, **typed) for _again in range(2)]

    assert [page.redirect_chain[-1][0] for page in pages] == [
        reverse("unit-change-detail", args=[UnitChange.objects.get().pk])
    ] * 2


def test_a_commune_moves_to_another_unit_above(admin, units):
    send(admin, "unit-move", units.dak_sak, parent="68-C01")

    assert Unit.objects.bearing("24678", TODAY).parent == units.cluster


def test_a_new_cluster_is_opened_below_a_province(admin, units):
    send(admin, "unit-open", units.province, level="cluster", name="Cụm Đắk Mil", code="68-c02")

    assert Unit.objects.bearing("68-C02", TODAY).parent == units.province


def test_units_are_merged_by_code_or_name_one_a_line(admin, units):
    send(admin, "unit-merge", units.nam_da, others="Krông Nô\n24678", name="Xã Mới", code="24697")

    new = Unit.objects.bearing("24697", TODAY)
    assert {one.old for one in new.origins.all()} == {units.nam_da, units.krong_no, units.dak_sak}


@pytest.fixture
def lived_in(an):
    """Two people of one hamlet in two spellings, one of another, one whose hamlet nobody wrote down."""
    for number, hamlet in enumerate(("Thôn Nam Tân", "thôn nam  tân", "Thôn Xa", "")):
        make_returnee(by=an, full_name=f"Người Số {number}", hamlet=hamlet, completed_on=ON - timedelta(days=9))


PARTS = {"name_1": "Xã Nam Đà", "code_1": "24697", "into_2": "Đắk Sắk"}


def asked_for(client, unit):
    """The hamlets that the form of a division asks for: label, and name of the field."""
    form = client.get(reverse("unit-split", args=[unit.pk])).context["form"]
    return {field.label: field.name for field in form if field.name.startswith("hamlet_")}


def test_a_division_asks_for_every_hamlet_on_file_and_the_preview_says_who_waits(admin, units, lived_in):
    fields = asked_for(admin, units.nam_da)
    assert [*fields] == ["Thôn Nam Tân, 2 hồ sơ đang mở", "Thôn Xa, 1 hồ sơ đang mở"]
    parts = PARTS | {fields["Thôn Nam Tân, 2 hồ sơ đang mở"]: "2"}

    shown = send(admin, "unit-split", units.nam_da, confirm=False, **parts)
    send(admin, "unit-split", units.nam_da, **parts)

    preview = shown.context["preview"]
    assert [(new.name, people) for new, _hamlets, people in preview.shares] == [("Xã Nam Đà", 0), ("Xã Đắk Sắk", 2)]
    assert preview.waiting == 2
    said = " ".join(shown.content.decode().split())  # as a browser reads it: a new line is a space
    assert "Thôn Xa (1), Chưa ghi thôn, bon (1)" in said
    assert "1 tài khoản · sau đó phân công" in said
    assert units.dak_sak.returnees.count() == 2
    assert units.nam_da.returnees.count() == 2


def test_a_hamlet_given_to_a_part_that_is_not_named_is_refused(admin, units, lived_in):
    fields = asked_for(admin, units.nam_da)

    page = send(admin, "unit-split", units.nam_da, **PARTS, **{fields["Thôn Xa, 1 hồ sơ đang mở"]: "3"})

    assert "Phần 3" in page.content.decode()
    assert not UnitChange.objects.exists()


WRONG = [
    ("unit-rename", {"name": "Xã Nam Đà", "code": "24697"}, "đang có"),
    ("unit-rename", {"name": "Xã Nam Đà", "code": "24688"}, "24688"),
    ("unit-rename", {"name": "Phường Nam Đà", "code": "24697", "on": "01/01/2999"}, "01/01/2999"),
    ("unit-rename", {"name": "Phường Nam Đà", "code": "24697", "on": "01/01/1999"}, "chọn ngày sau"),
    ("unit-move", {"parent": "68-C01"}, "Cụm Krông Nô"),
    ("unit-move", {"parent": "24688"}, "24688"),
    ("unit-merge", {"others": "Không Có", "name": "Xã Mới", "code": "24697"}, "Không Có"),
    ("unit-merge", {"others": "24688", "name": "Xã Mới", "code": "24697", "into": "24678"}, "đơn vị"),
    ("unit-merge", {"name": "Xã Mới", "code": "24697"}, "ít nhất"),
    ("unit-merge", {"others": "24688", "into": "24688"}, "Krông Nô"),
    ("unit-split", {"name_1": "Xã Một", "code_1": "1"}, "ít nhất hai"),
    ("unit-split", {"name_1": "Xã Một", "into_2": "24678"}, "đơn vị"),
    ("unit-open", {"level": "commune", "name": "X", "code": "1"}, "X"),
]


@pytest.mark.parametrize(("route", "typed", "said"), WRONG)
def test_a_wrong_change_is_answered_in_words_and_nothing_happens(admin, units, route, typed, said):
    page = send(admin, route, units.nam_da, **typed)

    assert page.status_code == 200
    assert said in page.content.decode()
    assert not UnitChange.objects.exists()


def test_changes_are_listed_with_what_became_of_them(admin, units, em):
    make_unit_change(unit=units.nam_da, by=em)

    page = admin.get(reverse("unit-change-list")).content.decode()

    assert "Xã Nam Đà" in page


def test_a_unit_that_ended_offers_no_change(admin, units, em):
    make_unit_change(unit=units.nam_da, by=em)

    assert "Sáp nhập" not in admin.get(reverse("unit-detail", args=[units.nam_da.pk])).content.decode()
    assert admin.get(reverse("unit-rename", args=[units.nam_da.pk])).status_code == 404


# --- ahead of its day, and what the official list has ---


def test_a_change_entered_ahead_waits_and_the_night_of_its_day_does_it(admin, units):
    day = TODAY + timedelta(days=3)
    page = send(admin, "unit-rename", units.nam_da, name="Phường Nam Đà", code="24697", on=f"{day:%d/%m/%Y}")

    assert "Đã nhập trước" in page.content.decode()
    assert Unit.objects.bearing("24697", day) == units.nam_da
    assert nightly.change_units(None, None).startswith("0 thay đổi")

    UnitChange.objects.update(on=TODAY)
    assert "Đã đến ngày" in admin.get(page.request["PATH_INFO"]).content.decode()
    assert nightly.change_units(None, None).startswith("1 thay đổi")
    assert Unit.objects.bearing("24697", TODAY).name == "Phường Nam Đà"


def test_a_change_that_no_longer_fits_waits_and_is_told(admin, units):
    send(admin, "unit-rename", units.nam_da, name="Phường Nam Đà", code="24688", on=f"{TODAY + timedelta(3):%d/%m/%Y}")
    assert not UnitChange.objects.exists()  # the code is borne by another

    send(admin, "unit-rename", units.nam_da, name="Phường Nam Đà", code="24999", on=f"{TODAY + timedelta(3):%d/%m/%Y}")
    make_unit(kind="commune", code="24999", name="Xã Chen Ngang", parent=units.province)
    UnitChange.objects.update(on=TODAY)
    change = UnitChange.objects.get()

    assert "24999" in nightly.change_units(None, None)
    page = admin.post(reverse("unit-change-effect", args=[change.pk]), follow=True)
    assert "24999" in page.content.decode()
    assert UnitChange.objects.get().is_planned


@pytest.fixture
def dong_nai(units):
    first = date(2025, 7, 1)
    province = make_unit(kind="province", code="75", name="Tỉnh Đồng Nai", valid_from=first)
    return [
        make_unit(kind="commune", code=code, name=name, parent=province, valid_from=first)
        for code, name in (("26368", "Xã Long Thành"), ("26374", "Xã Phước Thái"))
    ]


def test_new_names_of_the_official_list_are_looked_at_and_taken_over_once(admin, dong_nai):
    changes, url = reverse("unit-change-list"), reverse("unit-change-official", args=["2026-04-30"])
    assert url in admin.get(changes).content.decode()

    shown = admin.get(url)
    assert "Phường Long Thành" in shown.content.decode()
    sent = {"uid": shown.context["form"]["uid"].value(), "confirm": "1"}
    for _twice in range(2):
        assert admin.post(url, sent).status_code == 302

    day = date(2026, 4, 30)
    long_thanh, phuoc_thai = (Unit.objects.bearing(code, day) for code in ("26368", "26374"))
    assert (long_thanh.name, long_thanh.parent.name) == ("Phường Long Thành", "Thành phố Đồng Nai")
    assert (phuoc_thai.name, phuoc_thai.parent) == ("Xã Phước Thái", long_thanh.parent)
    assert UnitChange.objects.get().decree.startswith("Nghị quyết 30/2026/QH16")
    assert url not in admin.get(changes).content.decode()
    assert admin.get(reverse("unit-change-official", args=["2026-01-01"])).status_code == 404


def test_former_units_are_loaded_from_the_page_and_told_with_their_source(admin, units, monkeypatch):
    make_unit(kind="district", code="001", name="Quận Ba Đình", valid_from=date(2004, 1, 1))
    make_unit(kind="commune", code="00004", name="Phường Trúc Bạch", valid_from=date(2004, 1, 1))
    row = next(row for row in lists.former() if row.code == "00010")
    monkeypatch.setattr(lists, "former", lambda: [row])
    assert "1 đơn vị cũ" in admin.get(reverse("unit-change-list")).content.decode()

    admin.post(reverse("unit-change-former"))

    old = Unit.objects.get(code="00010")
    assert old.standing.code == "00004"
    page = admin.get(reverse("unit-detail", args=[old.pk])).content.decode()
    assert "vietnam-provinces" in page
    assert "Chưa kiểm chứng" in page
    assert "1 đơn vị cũ" not in admin.get(reverse("unit-change-list")).content.decode()
