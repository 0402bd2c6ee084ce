import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lib import old_letters
from cases.lib.old_letters import LetterSet, recognise

NAMES = [
    "Nguyễn Văn Hùng",
    "Trần Thị Thu Hằng",
    "Đặng Quốc Bảo",
    "Lê Thị Mỹ Duyên",
    "Phạm Đức Thắng",
    "Vũ Thị Ngọc Ánh",
]
UNICODE = [
    *NAMES,
    "H’Bia Êban",
    "Y Thương Niê",
    "Ktul Êñuôl",
    "Hoà",
    "Thôn 1",
    unicodedata.normalize("NFD", "Thôn Nam Xuân"),
    "Trộm cắp tài sản (Đ173)",
    "VP QĐ về ĐKPTGTĐB",
]


@pytest.mark.parametrize(
    ("typed", "letters", "meant"),
    [
        ("NguyÔn V¨n Hïng", LetterSet.TCVN3, "Nguyễn Văn Hùng"),
        ("TRÇN V¨N B×NH", LetterSet.TCVN3, "TRẦN VĂN BÌNH"),
        ("Lª V¨n §øc", LetterSet.TCVN3, "Lê Văn Đức"),
        ("N÷", LetterSet.TCVN3, "Nữ"),
        ("Nguyeãn Vaên Huøng", LetterSet.VNI, "Nguyễn Văn Hùng"),
        ("Ñaëng Thò Phöôïng", LetterSet.VNI, "Đặng Thị Phượng"),
        ("Thoân Nam Taân", LetterSet.VNI, "Thôn Nam Tân"),
        ("Nguyá»…n VÄƒn HÃ¹ng", LetterSet.TWICE, "Nguyễn Văn Hùng"),
        ("THÃ”N NAM TÃ‚N", LetterSet.TWICE, "THÔN NAM TÂN"),
        ("THÃ”N Ä\x90áº®K HÃ€", LetterSet.TWICE, "THÔN ĐẮK HÀ"),
    ],
)
def test_old_letters_are_recognised_and_read(typed, letters, meant):
    assert recognise(typed) is letters
    assert old_letters.convert(typed, letters) == meant


@pytest.mark.parametrize("text", UNICODE)
def test_plain_unicode_is_left_alone(text):
    assert recognise(text) is None


@settings(max_examples=60)
@given(st.sampled_from(NAMES), st.sampled_from(["cp1252", "latin-1"]))
def test_utf_8_read_wrongly_once_is_read_back(name, wrong):
    typed = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in name.encode())

    assert old_letters.convert(typed, LetterSet.TWICE) == name
    assert recognise(typed) is LetterSet.TWICE


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    letters = recognise(text)
    assert letters is None or old_letters.convert(text, letters) != text


@pytest.mark.parametrize(
    "text", ["Một · Hai", "Mot · Hai", "Điều 173 § 2", "30 º", "Gặp « Dũng »", "Đã xem ® ngày 1/9"]
)
def test_signs_of_punctuation_are_no_old_letters(text):
    assert recognise(text) is None
