"""Search before create, the scan of a card, and the question whether the person is on file already."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import AuditEvent, DistinctPair, Returnee
from tests.makers import TODAY, make_returnee

FIND, ADD = "returnee-find", "returnee-add"
NUMBER = "067085000123"
CARD = f"{NUMBER}|123456789|Nguyeenx Vawn Dungx|12051985|Nam|Thoon Nam Taan, Nam DDaf|01012022|more"


def typed(units, **changes):
    return {
        "uid": str(uuid4()),
        "full_name": "Nguyễn Văn Dũng",
        "sex": "male",
        "born_on": "1985",
        "unit": units.nam_da.pk,
        "subject_type": "completed",
        "completed_on": f"{TODAY - timedelta(days=10):%d/%m/%Y}",
        **changes,
    }


def found(response):
    return [person.full_name for person, _standing in response.context["rows"]]


@pytest.mark.parametrize(
    "words",
    ["Nguyeenx Vawn Hufng", "Nguye6n4 Va8n Hu2ng", "hùng nguyễn văn", "nguyen hung", "+84 912 345 678", "123456789"],
)
def test_a_person_is_found_however_typed(words, an, signed_in):
    make_returnee(by=an, full_name="Nguyễn Văn Hùng", phone="0912345678", old_identity_number="123456789")
    make_returnee(by=an, full_name="Trần Thị Lụa", phone="0987654321")

    assert found(signed_in(an).get(reverse(FIND), {"q": words})) == ["Nguyễn Văn Hùng"]


@pytest.mark.parametrize("words", ["H Bia", "h'bia", "HBia", "H’BIA"])
def test_an_apostrophe_does_not_matter(words, an, signed_in):
    make_returnee(by=an, full_name="H'Bia Niê")

    assert found(signed_in(an).get(reverse(FIND), {"q": words})) == ["H'Bia Niê"]
    assert found(signed_in(an).get(reverse("returnee-list"), {"q": words})) == ["H'Bia Niê"]


def test_the_very_name_stands_first_then_its_alias_then_names_like_it(an, signed_in):
    for name, aliases in [("Lê Văn Tấn", ""), ("Đỗ Văn Lai", "Lê Văn Tân"), ("Lê Văn Tân", ""), ("Le Van Tan", "")]:
        make_returnee(by=an, full_name=name, aliases=aliases)

    rows = found(signed_in(an).get(reverse(FIND), {"q": "Lê Văn Tân"}))

    assert rows == ["Lê Văn Tân", "Le Van Tan", "Đỗ Văn Lai", "Lê Văn Tấn"]
    assert found(signed_in(an).get(reverse("returnee-list"), {"q": "Lee Vawn Taan"}))[0] == "Lê Văn Tân"


def test_a_year_of_birth_puts_those_born_in_it_first(an, signed_in):
    for year in (1971, 1985, 1990):
        make_returnee(by=an, full_name="Trần Thị Hoa", born_on=str(year))

    response = signed_in(an).get(reverse(FIND), {"q": "tran thi hoa 1990"})

    assert [person.born_on for person, _standing in response.context["rows"]] == ["1990", "1985", "1971"]


def test_a_name_never_finds_anybody_outside_the_scope(an, binh, signed_in):
    make_returnee(by=binh, full_name="Lê Thị Kín", identity_number=NUMBER)

    page = signed_in(an).get(reverse(FIND), {"q": "Lê Thị Kín"}).content.decode()

    assert "Xã Krông Nô" not in page


def test_a_scanned_card_finds_the_person_and_fills_the_form(an, signed_in):
    client = signed_in(an)
    make_returnee(by=an, full_name="Nguyễn Văn Dũng", born_on="1985")

    looked = client.post(reverse(FIND), {"card": CARD, "fill": "1"})
    filled = client.post(reverse(ADD), {**looked.context["known"], "fill": "1"})

    assert found(looked) == ["Nguyễn Văn Dũng"]
    initial = filled.context["form"].initial
    assert (initial["full_name"], initial["born_on"], initial["sex"]) == ("Nguyễn Văn Dũng", "12/05/1985", "male")
    assert (initial["identity_number"], initial["old_identity_number"]) == (NUMBER, "123456789")
    assert (initial["hamlet"], initial["address"]) == ("Thôn Nam Tân", "Thôn Nam Tân, Nam Đà")
    assert Returnee.objects.count() == 1


def test_a_card_leaves_what_was_typed_and_saves_nothing(an, units, signed_in):
    sent = typed(units, phone="0912345678", completed_on="sai", card=CARD, fill="1")

    response = signed_in(an).post(reverse(ADD), sent)
    page = response.content.decode()

    assert not Returnee.objects.exists()
    for kept in ("0912345678", 'value="sai"', 'value="12/05/1985"', sent["uid"]):
        assert kept in page
    assert "invalid-feedback" not in page


@pytest.mark.parametrize(
    "card", ["sai|ma", "x" * 100_000, f"{NUMBER}||Nam|31021985|Nam|a|b", "||||||", f"{NUMBER}||A|12051985|?|"]
)
def test_a_wrong_card_is_named_and_nothing_typed_is_lost(card, an, units, signed_in):
    page = signed_in(an).post(reverse(ADD), typed(units, phone="0912345678", card=card, fill="1")).content.decode()

    assert "id_card_error" in page
    assert "0912345678" in page
    assert card not in page


def test_enter_in_another_field_saves_though_the_first_button_reads_the_card(an, units, signed_in):
    signed_in(an).post(reverse(ADD), typed(units, card=" ", fill="1"))

    assert Returnee.objects.count() == 1


def test_the_text_of_a_card_is_kept_nowhere(client, an, signed_in, units):
    own = signed_in(an)
    own.post(reverse(ADD), typed(units, card=CARD, fill="1"))
    own.post(reverse(ADD), typed(units, card=CARD, full_name=""))
    kept = str(dict(own.session.items()))
    client.cookies.clear()

    assert "|Nam|" not in kept
    assert not AuditEvent.objects.filter(after__icontains="|Nam|").exists()


def test_somebody_likely_on_file_is_shown_and_nothing_is_saved(an, units, signed_in):
    known = make_returnee(by=an, full_name="Nguyễn Văn Dũng", born_on="1985-05-12", aliases="Dũng Sẹo")

    response = signed_in(an).post(reverse(ADD), typed(units, full_name="nguyen van dung", born_on="12/05/1985"))
    page = response.content.decode()

    assert Returnee.objects.count() == 1
    assert reverse("returnee-detail", args=[known.pk]) in page
    assert "Dũng Sẹo" in page
    assert "nguyen van dung" in page


def test_said_to_be_another_person_it_is_saved_and_remembered(an, units, signed_in):
    known = make_returnee(by=an, full_name="Nguyễn Văn Dũng", born_on="1985-05-12")
    form = typed(units, born_on="12/05/1985", another_person=[known.pk], another_reason="Cha khác")
    client = signed_in(an)

    first, second = (client.post(reverse(ADD), form) for _ in range(2))

    assert first.url == second.url
    pair = DistinctPair.objects.get()
    assert (pair.first, pair.reason, pair.created_by) == (known, "Cha khác", an)
    assert AuditEvent.objects.filter(verb="distinctpair.added", reason="Cha khác").count() == 1


def test_a_number_held_in_the_scope_leads_to_its_file(an, units, signed_in):
    known = make_returnee(by=an, full_name="Lê Văn Khác", identity_number=NUMBER)

    page = signed_in(an).post(reverse(ADD), typed(units, identity_number=NUMBER)).content.decode()

    assert reverse("returnee-detail", args=[known.pk]) in page


@pytest.mark.parametrize("field", ["identity_number", "old_identity_number"])
def test_a_number_held_elsewhere_names_the_unit_alone(field, an, binh, units, signed_in):
    make_returnee(by=binh, full_name="Lê Thị Kín", born_on="1985", old_identity_number="123456789")

    page = signed_in(an).post(reverse(ADD), typed(units, **{field: "123456789"})).content.decode()

    assert "Xã Krông Nô" in page
    assert "Kín" not in page
    assert Returnee.objects.count() == 1


def test_a_name_looked_for_without_the_keyboard_program_is_filled_in_as_it_was_meant(an, signed_in):
    page = signed_in(an).get(reverse(ADD), {"name": "NGUYEENX VAWN DUNGX"})

    assert page.context["form"]["full_name"].value() == "NGUYỄN VĂN DŨNG"
