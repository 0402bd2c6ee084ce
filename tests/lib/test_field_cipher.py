"""What is encrypted for one column is opened there, with the key it was encrypted with, and nowhere else."""

import pytest

from cases.lib.field_cipher import DIGEST_LENGTH, FieldCipher, UnreadableValueError, is_sealed, key_name

ONE, TWO = "one" * 20, "two" * 20
PLACE = "cases_returnee.phone"


def test_a_value_is_read_again_and_never_stored_the_same_twice():
    cipher = FieldCipher([ONE])
    first, second = cipher.seal("0912345678", PLACE), cipher.seal("0912345678", PLACE)

    assert first != second
    assert cipher.open(first, PLACE) == cipher.open(second, PLACE) == "0912345678"
    assert "0912345678" not in first
    assert cipher.open_bytes(cipher.seal_bytes(b"\xff\x00", PLACE), PLACE) == b"\xff\x00"


def test_a_value_moved_to_another_column_or_changed_is_not_opened():
    cipher = FieldCipher([ONE])
    stored = cipher.seal("0912345678", PLACE)
    changed = stored[:-8] + ("A" if stored[-8] != "A" else "B") + stored[-7:]

    for text, place in ((stored, "cases_returnee.household_phone"), (changed, PLACE), (stored[:20], PLACE)):
        with pytest.raises(UnreadableValueError):
            cipher.open(text, place)


def test_another_key_says_which_key_is_missing_and_nothing_of_the_value():
    stored = FieldCipher([ONE]).seal("0912345678", PLACE)

    with pytest.raises(UnreadableValueError) as error:
        FieldCipher([TWO]).open(stored, PLACE)

    assert str(error.value) == f"{PLACE}: {key_name(stored)}"


def test_the_first_key_encrypts_and_every_key_opens_and_finds():
    before, now = FieldCipher([ONE]), FieldCipher([TWO, ONE])
    stored = before.seal("0912345678", PLACE)

    assert now.open(stored, PLACE) == "0912345678"
    assert key_name(now.seal("x", PLACE)) == now.name == now.names[0] != before.name
    assert now.digests("0912345678", PLACE)[1] == before.digest("0912345678", PLACE)


def test_a_digest_is_of_its_column_and_its_key_alone():
    cipher = FieldCipher([ONE])
    digest = cipher.digest("0912345678", PLACE)

    assert len(digest) == DIGEST_LENGTH
    assert digest == cipher.digest("0912345678", PLACE)
    assert digest != cipher.digest("0912345678", "cases_returnee.household_phone")
    assert digest != FieldCipher([TWO]).digest("0912345678", PLACE)


def test_what_stands_in_clear_is_given_back_as_it_is():
    assert FieldCipher([ONE]).open("0912345678", PLACE) == "0912345678"
    assert not is_sealed("0912345678")
    assert not is_sealed(None)
