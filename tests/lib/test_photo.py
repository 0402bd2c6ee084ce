"""A photograph is told from its bytes; what hides beside the picture does not go on with it."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lib.photo import PhotoError, PhotoKind, read_photo
from tests.pictures import HIDDEN, PLACE, WHITE, chunk, jpeg, png


def test_a_jpeg_loses_where_it_was_taken_and_all_that_hides_in_it():
    sent = jpeg(turned=6)
    assert PLACE in sent
    assert HIDDEN in sent

    found = read_photo(sent)

    assert (found.kind, found.width, found.height) == (PhotoKind.JPEG, 80, 60)
    assert PLACE not in found.content
    assert HIDDEN not in found.content
    assert found.content.endswith(b"\xff\xd9")


@pytest.mark.parametrize(("held", "kept"), [(6, 6), (8, 8), (1, None), (0, None), (99, None)])
def test_how_the_telephone_was_held_stays_and_nothing_else_of_it(held, kept):
    found = read_photo(jpeg(turned=held)).content

    assert (b"Exif" in found) is (kept is not None)
    if kept:
        assert found[2:4] == b"\xff\xe1"
        assert found[4 + 2 + 6 + 8 + 2 + 8 : 4 + 2 + 6 + 8 + 2 + 10] == kept.to_bytes(2, "big")


@pytest.mark.parametrize("sent", [jpeg(turned=6), WHITE, png()])
def test_read_again_it_is_the_same(sent):
    once = read_photo(sent)

    assert read_photo(once.content) == once


def test_a_png_keeps_the_picture_alone():
    found = read_photo(png() + HIDDEN)

    assert (found.kind, found.width, found.height) == (PhotoKind.PNG, 80, 60)
    assert HIDDEN not in found.content


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "kind"),
        (b"GIF89a" + b"\0" * 99, "kind"),
        (b"%PDF-1.7", "kind"),
        (b"<svg onload=alert(1)>", "kind"),
        (HIDDEN + WHITE, "kind"),
        (WHITE[:3], "broken"),
        (WHITE[:200], "broken"),
        (WHITE[:-2], "broken"),
        (png()[:-12], "broken"),
        (png().replace(b"IDAT", b"IDAX"), "broken"),
        (png()[:8] + chunk(b"IEND", b""), "broken"),
        (png(20, 20), "size"),
        (png(11_000, 11_000), "size"),
        (png(60_000, 60), "size"),
    ],
)
def test_what_is_no_photograph_of_a_paper_is_refused_with_the_reason(sent, why):
    with pytest.raises(PhotoError) as refused:
        read_photo(sent)

    assert refused.value.why == why


CHANGES = st.lists(st.tuples(st.integers(2, 700), st.integers(0, 255)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([jpeg(turned=3), png()]), CHANGES)
def test_whatever_a_file_holds_it_is_read_or_refused(sent, changes):
    spoiled = bytearray(sent)
    for place, value in changes:
        spoiled[place % len(spoiled)] = value
    with suppress(PhotoError):
        assert read_photo(bytes(spoiled)).content
