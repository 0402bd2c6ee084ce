"""Names taken out of a text and put back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib.mask import Mask

MARK = "[…]"
HIDDEN = Mask(["Đặng Quý Sửu", "dang quy suu", "K'Brôih Tiêng", "Sửu"], ["067085012345", "24697-2026-001"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Đi cùng Đặng Quý Sửu, về muộn", "Đi cùng […], về muộn"),
        ("ĐẶNG  QUÝ SỬU và dang quy suu", "[…] và […]"),
        ("K’Brôih Tiêng, hồ sơ 24697-2026-001, số 067085012345.", "[…], hồ sơ […], số […]."),
        ("Đặng Quý Sửu Đặng Quý Sửu", "[…] […]"),
        ("Đặng Quý Sửa, Quý Sửu, số 0670850123456", "Đặng Quý Sửa, Quý Sửu, số 0670850123456"),
        ("", ""),
    ],
)
def test_a_name_is_hidden_however_it_is_written_and_nothing_else(text, shown):
    assert HIDDEN.hide(text, MARK) == shown


def test_nothing_is_hidden_where_nobody_is():
    assert not Mask()
    assert Mask().hide("Đặng Quý Sửu", MARK) == "Đặng Quý Sửu"


@given(st.lists(st.sampled_from(["Đặng Quý Sửu", "dang quy suu", "với", ", ", " ", "\n", "Đặng", "x"])))
def test_what_is_shown_and_saved_again_is_as_it_was_stored(words):
    stored = "".join(words)

    assert HIDDEN.restore(HIDDEN.hide(stored, MARK), stored, MARK) == stored
    assert HIDDEN.hide(HIDDEN.hide(stored, MARK), MARK) == HIDDEN.hide(stored, MARK)


def test_what_is_typed_beside_a_mark_stays_and_a_mark_too_many_too():
    stored = "Gặp Đặng Quý Sửu"

    assert HIDDEN.restore("Đã gặp […] và […]", stored, MARK) == "Đã gặp Đặng Quý Sửu và […]"


@given(
    st.text(max_size=60),
    st.lists(st.sampled_from(["Đặng Quý Sửu", "dang quy suu", " ", "Sửu", "Đặng", "067085012345"])),
)
def test_a_text_is_told_at_once_as_its_words_are_one_by_one(text, words):
    """Of many names as of few: what tells nobody is left without a look at each word."""
    said = unicodedata.normalize("NFC", text + " ".join(words))
    many = Mask([*(f"Người Thứ {number}" for number in range(300)), "Đặng Quý Sửu", "dang quy suu"], ["067085012345"])
    asked = many.hide(said, MARK)

    many._may_tell = lambda _text: True

    assert many.hide(said, MARK) == asked
