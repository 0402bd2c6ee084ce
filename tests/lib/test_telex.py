import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib import telex

TYPED = {
    "Nguyễn": "Nguyeenx Nguyeexn Nguyênx Nguye6n4 Nguye64n",
    "Trần": "Traanf Tranaf Tra62n Tran62",
    "Đặng": "DDawngj Dangwjd D9a85ng",
    "Hùng": "Hufng Hungf Hu2ng Hung2",
    "Trường": "Truwowngf Truowngf Tru7o7ng2 Truong72",
    "Hòa": "Hoaf Hoa2",
    "Quý": "Quys Quy1",
    "Thủy": "Thuyr Thu3y",
    "Niê": "Niee Nie6",
}


@pytest.mark.parametrize(("word", "typed"), TYPED.items())
def test_raw_telex_and_vni_are_written_out(word, typed):
    assert {telex.repair(raw) for raw in typed.split()} == {word}


def test_capitals_stay_capitals():
    assert telex.repair("NGUYEENX vawn hungf") == "NGUYỄN văn hùng"


@pytest.mark.parametrize(
    "words",
    ["Nguyễn Văn Hùng", "nguyen van hung", "Krông Ksor Hwing Rmah", "067085000123", "24697-2022-015", "Bon K62"],
)
def test_what_is_a_word_or_none_stays(words):
    assert telex.repair(words) == words


@given(st.text(max_size=40))
def test_any_text_is_taken_and_settled_after_once(typed):
    once = telex.repair(typed)

    assert telex.repair(once) == once
