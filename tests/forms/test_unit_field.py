from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.forms.unit_field import UnitField
from cases.models import Unit
from tests.makers import make_unit


@pytest.fixture
def field(units):
    """Every unit of the cast and a xã Krông Nô of another province."""
    dak_lak = make_unit(kind="province", code="66", name="Tỉnh Đắk Lắk")
    make_unit(kind="commune", code="24604", name="Xã Krông Nô", parent=dak_lak)
    make_unit(kind="commune", code="24700", name="Xã Nam Đàn", parent=dak_lak)
    return UnitField(queryset=Unit.objects.on())


@pytest.mark.parametrize(
    "typed",
    [
        "24697",
        " 24697 ",
        "Xã Nam Đà",
        "nam da",
        "XÃ NAM ĐÀ",
        "Nam Đà, Lâm Đồng",
        "Xã Nam Đà (24697), Tỉnh Lâm Đồng",
        "Xã Nam Đà (24697)",
        "Xa\u0303 Nam \u0110a\u0300",
    ],
)
def test_a_code_a_name_or_the_suggestion_names_the_unit(field, units, typed):
    assert field.clean(typed) == units.nam_da


@pytest.mark.parametrize(
    ("typed", "code"), [("68-C01", "68-C01"), ("68-c01", "68-C01"), ("lâm đồng", "68"), ("krông nô đắk lắk", "24604")]
)
def test_clusters_provinces_and_namesakes_are_told_apart_by_what_is_typed(field, typed, code):
    assert field.clean(typed).code == code


def test_a_name_of_two_units_is_answered_with_both_their_codes_and_provinces(field):
    with pytest.raises(ValidationError) as said:
        field.clean("Xã Krông Nô")

    words = said.value.messages[0]
    assert "Xã Krông Nô (24688), Tỉnh Lâm Đồng" in words
    assert "Xã Krông Nô (24604), Tỉnh Đắk Lắk" in words


def test_the_beginning_of_a_name_is_no_choice_but_names_the_candidates(field):
    with pytest.raises(ValidationError, match="24697"):
        field.clean("nam")


@pytest.mark.parametrize("typed", ["99999", "Xã Không Có", "'; --", "%", "()", "24697 24688", "<b>", "9" * 500])
def test_what_names_no_unit_is_an_error_in_words(field, typed):
    with pytest.raises(ValidationError) as said:
        field.clean(typed)

    assert typed[:60].strip() in said.value.messages[0]


def test_a_unit_outside_the_queryset_does_not_exist_here(units):
    with pytest.raises(ValidationError):
        UnitField(queryset=Unit.objects.filter(pk=units.nam_da.pk)).clean("24688")


def test_nothing_typed_is_nothing_or_asks_for_it(field):
    assert UnitField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        field.clean("")


def test_what_a_field_shows_can_be_sent_back(field, units):
    old = make_unit(
        kind="commune", code="24697", name="Xã Nam Đà", valid_from=date(2004, 1, 1), valid_to=date(2025, 6, 30)
    )
    everything = UnitField(queryset=Unit.objects.all())

    for unit in (old, units.nam_da, units.cluster, units.province):
        assert everything.clean(everything.prepare_value(unit)) == unit
    assert everything.prepare_value(units.nam_da.pk) == "Xã Nam Đà (24697), Tỉnh Lâm Đồng"
    assert not everything.has_changed(units.nam_da.pk, "Xã Nam Đà (24697), Tỉnh Lâm Đồng")


def test_a_code_borne_twice_asks_which_and_the_answer_of_the_question_is_taken(units):
    make_unit(kind="commune", code="24678", name="Xã Long Sơn", valid_from=date(2004, 1, 1), valid_to=date(2025, 6, 30))
    everything = UnitField(queryset=Unit.objects.all())

    with pytest.raises(ValidationError, match="Long Sơn"):
        everything.clean("24678")
    assert everything.clean("Xã Đắk Sắk (24678), Tỉnh Lâm Đồng") == units.dak_sak
