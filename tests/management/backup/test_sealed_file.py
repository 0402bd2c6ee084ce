"""An encrypted file tells a wrong passphrase, a cut and a changed byte apart, wherever they are."""

import io
import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cases.management.backup import sealed_file
from cases.management.backup.sealed_file import SealedFileError

KEY = b"a passphrase of some length"
ABOUT = {"engine": "sqlite"}


@pytest.fixture(autouse=True, scope="module")
def _small():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(sealed_file, "COST", 2)
        monkeypatch.setattr(sealed_file, "PIECE", 32)
        yield


def sealed(*pieces):
    target = io.BytesIO()
    sealed_file.write(target, KEY, ABOUT, pieces)
    return target.getvalue()


def opened(content, key=KEY):
    about, pieces = sealed_file.read(io.BytesIO(content), key)
    return about, b"".join(pieces)


@given(some.lists(some.binary(max_size=50), max_size=6))
def test_what_was_put_in_comes_out(pieces):
    assert opened(sealed(*pieces)) == (ABOUT, b"".join(pieces))


@given(some.binary(max_size=60), some.data())
def test_a_cut_is_noticed_wherever_it_is(content, data):
    whole = sealed(content)
    length = data.draw(some.integers(0, len(whole) - 1))

    with pytest.raises(SealedFileError):
        opened(whole[:length])


@given(some.binary(max_size=60), some.data())
def test_a_changed_byte_is_noticed_wherever_it_is(content, data):
    whole = bytearray(sealed(content))
    place = data.draw(some.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(some.integers(1, 255))

    with pytest.raises(SealedFileError):
        opened(bytes(whole))


@pytest.mark.parametrize("meant", ["một câu thật dài", "\ufeffmột câu thật dài", "\ufeffmo\u0323\u0302t"])
def test_a_passphrase_is_the_same_from_whatever_keyboard_and_editor(meant):
    target = io.BytesIO()
    sealed_file.write(target, meant.encode(), ABOUT, [b"1"])

    for form, mark in itertools.product(["NFC", "NFD"], ["", "\ufeff"]):
        written = mark + unicodedata.normalize(form, meant.removeprefix("\ufeff"))
        assert opened(target.getvalue(), written.encode()) == (ABOUT, b"1")


def frames(content):
    """The header and each frame."""
    start = 8 + 4 + int.from_bytes(content[8:12]) + 4
    yield content[:start]
    while start < len(content):
        end = start + 5 + int.from_bytes(content[start + 1 : start + 5])
        yield content[start:end]
        start = end


def test_a_frame_left_out_doubled_or_moved_is_noticed():
    header, about, first, second, last = frames(sealed(b"1" * 32, b"2" * 32, b"3" * 32))

    for order in ([about, second, last], [about, first, first, second, last], [about, second, first, last], [last]):
        with pytest.raises(SealedFileError):
            opened(b"".join([header, *order]))


def test_something_added_behind_the_end_is_noticed():
    with pytest.raises(SealedFileError, match="hỏng"):
        opened(sealed(b"1") + b"0")


@pytest.mark.parametrize(
    ("content", "key", "told"),
    [
        (sealed_file.MAGIC, KEY, "cụt"),
        (b"PK\3\4 a workbook", KEY, "không phải"),
        (None, b"another passphrase", "mật khẩu"),
    ],
)
def test_what_is_wrong_is_told_apart(content, key, told):
    with pytest.raises(SealedFileError, match=told):
        opened(sealed(b"1") if content is None else content, key)
