from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lib import log_chain

COLUMNS = ("at", "actor", "after")
ROW = {"id": 7, "at": datetime(2026, 11, 29, 3, tzinfo=UTC), "actor": "An", "after": {"b": 1, "a": "ă"}}
TOLD = {"day": date(2026, 11, 29), "unit": 3, "edition": 1, "marks": b"x", "before": "y"}
texts = st.text(max_size=8)


def test_the_same_row_from_another_engine_has_the_same_mark():
    elsewhere = ROW | {"at": ROW["at"].astimezone(timezone(timedelta(hours=7))), "after": {"a": "ă", "b": 1}}

    assert log_chain.mark(ROW, COLUMNS) == log_chain.mark(elsewhere, COLUMNS)


def test_the_columns_that_changed_are_named():
    sealed = log_chain.mark(ROW, COLUMNS)

    assert log_chain.changed_columns(sealed, ROW, COLUMNS) is None
    assert log_chain.changed_columns(sealed, ROW | {"actor": "Bình", "after": {}}, COLUMNS) == ["actor", "after"]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 2**60), texts, texts), max_size=4))
def test_marks_are_read_back_as_they_were_packed(rows):
    marks = [log_chain.mark({"id": pk, "one": one, "two": two}, ("one", "two")) for pk, one, two in rows]

    assert list(log_chain.unpack(log_chain.pack(marks, 2), 2)) == marks


@settings(max_examples=50)
@given(texts, texts, texts, texts)
def test_two_rows_that_differ_have_two_marks(one, two, three, four):
    marks = [log_chain.mark({"id": 1, "x": x, "y": y}, ("x", "y")) for x, y in ((one, two), (three, four))]

    assert (marks[0].digest == marks[1].digest) == ((one, two) == (three, four))


def test_marks_that_are_cut_short_are_an_error():
    with pytest.raises(ValueError, match="cut short"):
        list(log_chain.unpack(b"1234", 3))


@pytest.mark.parametrize(
    "changes",
    [{"day": date(2026, 11, 28)}, {"unit": None}, {"edition": 2}, {"marks": b"z"}, {"before": ""}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_code_is_another_one_for_whatever_changed(changes):
    assert log_chain.code(b"key", **TOLD) != log_chain.code(b"key", **TOLD | changes)


def test_a_code_is_another_one_with_another_key():
    assert log_chain.code(b"key", **TOLD) != log_chain.code(b"yek", **TOLD)


def test_a_code_on_paper_has_three_groups():
    assert log_chain.short("3f2a91bc07de" + "0" * 52) == "3F2A-91BC-07DE"
