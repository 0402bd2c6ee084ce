"""Whatever stands in a workbook: it is checked, each bad cell is named, and what is good can be loaded."""

from datetime import date, datetime, time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.importing import run as runs
from cases.importing.columns import NOTICES, SHEETS
from tests.books import JUDGMENT, MEETING, NOTICE, PERSON, VIOLATION, VISIT, book, check, errors, notices
from tests.makers import TODAY, make_notice, make_returnee

ROWS = {
    "people": PERSON,
    "judgments": JUDGMENT,
    "work": VISIT,
    "meetings": MEETING,
    "attendance": {"Mã buổi": "B1", "Mã hồ sơ": "HS-1"},
    "violations": VIOLATION,
}
WORDS = ["=1+1", "#REF!", "31/02/2024", "1/1/1900", "05.03.2024", "1.000.000", "  ", "0", "Nữ", "Tội phạm", "Khác"]
WORDS += [
    "361",
    "480",
    "HS-1",
    "HS-2",
    "B1",
    "24697",
    "24688",
    "067085012345",
    "Vay vốn",
    "Kết án",
    "Án treo",
    "XIV",
    "x" * 90,
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 60_000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1900, 1, 1), date(2150, 1, 1)),
    st.just(datetime(2025, 8, 9, 10, 30)),
    st.just(time(9, 30)),
    st.sampled_from(WORDS),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=12),
)


def rows_like(row, headers):
    """Up to three rows, each with up to three cells that say something else."""
    other = st.dictionaries(st.sampled_from(headers), ODD, max_size=3)
    return st.lists(other.map(lambda said: row | said), max_size=3)


REGISTERS = st.fixed_dictionaries(
    {
        key: rows_like(row, [column.header for column in sheet.columns])
        for (key, row), sheet in zip(ROWS.items(), SHEETS, strict=True)
    }
)
LISTS = rows_like(NOTICE, [column.header for column in NOTICES.columns])
LIMITS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def prove(an, tmp_path):
    """Check a workbook, look at what it would change, load its good rows, and take all of it back."""
    make_returnee(by=an, full_name="Tường Duy Khiết", file_number="HS-2", identity_number="067085012345")
    make_notice(by=an, full_name="Nguyễn Văn Mẫu", born_on="1985-05-12", number="02/DS")

    def proven(file, **kind):
        with transaction.atomic():
            found = check(file, an, **kind)
            assert all(name and number > 1 and column for name, number, column in errors(found))
            path = tmp_path / "so.xlsx"
            path.write_bytes(file.getvalue())
            runs.load_now(found, file=path, by=an, on=TODAY)
            transaction.set_rollback(True)

    return proven


@LIMITS
@given(sheets=REGISTERS)
def test_any_register(prove, sheets):
    prove(book(**sheets))


@LIMITS
@given(rows=LISTS.filter(bool))
def test_any_list_of_notices(prove, rows):
    prove(notices(*rows), kind="notices")
