"""What a cell says is stored, whatever its column: a column that is read and dropped would lose it without a word."""

import pytest
from django.apps import apps
from django.db import models, transaction

from cases.importing import run as runs
from cases.importing.codes import uid_in
from cases.importing.columns import (
    ARTICLE,
    BIRTH,
    CHOICE,
    CODE,
    DAY,
    IDENTITY,
    MONEY,
    MONTHS,
    NOTICES,
    PEOPLE,
    PHONE,
    SHEETS,
    WHOLE,
)
from cases.importing.way_back import UnitRegister
from cases.models import ImportRun, Returnee
from tests.books import JUDGMENT, MEETING, PERSON, VIOLATION, VISIT, book, check, errors, notices
from tests.makers import TODAY

KEYS = {"file", "meeting", "row_code", "unit"}  # what a row is told by, and where its person came home to
BOOKKEEPING = {"auditevent", "importrun", "importedrow", "sentform", "verdict", "namekey", "user"}
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.DateField)
TWO = {  # two values that a cell of this kind may hold
    ARTICLE: ("173", "174"),
    MONTHS: (2, 3),
    BIRTH: ("12/05/1985", "13/05/1985"),
    CODE: ("173", "174"),
    DAY: ("01/10/2025", "02/10/2025"),
    IDENTITY: ("067085000001", "067085000002"),
    MONEY: ("5.000.000", "6.000.000"),
    PHONE: ("0912345678", "0912345679"),
    WHOLE: (2, 3),
}
TWO_OF = {  # of one column: two values, and what else its row has to say
    "completed_on": ("01/08/2025", "02/08/2025", {}),
    "close_reason": ("Đã chết", "Mất tích", {"Ngày kết thúc": "01/10/2025"}),
    "effective_on": ("01/03/2023", "02/03/2023", {}),
    "chapter": ("XVI", "XV", {}),
    "main_done_on": ("31/07/2025", "01/08/2025", {}),
    "additional": ("Quản chế", "Cấm cư trú", {}),
    "additional_done_on": ("01/10/2025", "02/10/2025", {"Hình phạt bổ sung": "Quản chế"}),
    "dues_done_on": ("01/10/2025", "02/10/2025", {"Án phí, bồi thường": "Đã xong"}),
    "started_on": ("01/10/2025", "02/10/2025", {"Loại": "Giới thiệu việc làm"}),
    "income": ("5.000.000", "6.000.000", {"Loại": "Giới thiệu việc làm"}),
    "amount": ("50.000.000", "60.000.000", {"Loại": "Vay vốn"}),
    "stage_on": ("10/10/2025", "11/10/2025", {}),
    "received_on": ("25/08/2025", "26/08/2025", {}),
    "dated_on": ("20/08/2025", "21/08/2025", {}),
}
CRIME = {**VIOLATION, "Loại": "Tội phạm", "Giai đoạn": "Tin báo", "Loại tội phạm": "Nghiêm trọng"}
ROWS = {
    "people": PERSON,
    "judgments": JUDGMENT,
    "work": VISIT,
    "meetings": MEETING,
    "attendance": {"Mã buổi": "B1", "Mã hồ sơ": "HS-1"},
    "violations": CRIME,
}
COLUMNS = {
    key: [column for column in sheet.columns if column.field not in KEYS]
    for key, sheet in zip((*ROWS, "notices"), (*SHEETS, NOTICES), strict=True)
}


def two(column):
    if column.field in TWO_OF:
        return TWO_OF[column.field]
    if column.kind == CHOICE:
        return (*list(column.choices)[:2], {})
    return (*TWO.get(column.kind, ("Chữ một", "Chữ hai")), {})


def tables(by):
    """What stands in the tables, keys and times aside."""
    return [values(model) for model in apps.get_app_config("cases").get_models()]


def written_out(by):
    """What the register of the unit says when it is written out; a code that it made itself says nothing."""
    sheets = [list(sheet.rows) for sheet in UnitRegister(by, by.unit).sheets()]
    return [[[cell for cell in row if not uid_in(str(cell))] for row in rows] for rows in sheets]


def stored(file, by, tmp_path, read=tables, **kind):
    """What is read once the workbook is loaded; the load is taken back."""
    path = tmp_path / "so.xlsx"
    path.write_bytes(file.getvalue())
    with transaction.atomic():
        found = check(file, by, **kind)
        assert errors(found) == []
        runs.load_now(found, file=path, by=by, on=TODAY)
        kept = read(by)
        transaction.set_rollback(True)
    return kept


def values(model):
    if model._meta.model_name in BOOKKEEPING:
        return []
    names = [field.attname for field in model._meta.concrete_fields if is_plain(field)]
    return sorted(map(str, model._base_manager.values_list(*names)))


def is_plain(field):
    return isinstance(field, PLAIN) and not isinstance(field, models.DateTimeField | models.AutoField)


@pytest.mark.parametrize(("key", "read"), [*((key, tables) for key in COLUMNS), *((key, written_out) for key in ROWS)])
def test_what_a_cell_says_is_stored_and_comes_back(key, read, portion, an, tmp_path):
    def loaded(column, cell, more):
        if key == "notices":
            return stored(notices({**more, column.header: cell}), an, tmp_path, kind=ImportRun.Kind.NOTICES)
        row = {**ROWS[key], **more, column.header: cell}
        others = {} if key == "people" else {"people": [PERSON]}
        return stored(book(**others, **{key: [row]}), an, tmp_path, read)

    def is_lost(column):
        first, second, more = two(column)
        return loaded(column, first, more) == loaded(column, second, more)

    assert [column.header for column in portion(COLUMNS[key]) if is_lost(column)] == []


@pytest.mark.parametrize("sheet", [PEOPLE, NOTICES], ids=["people", "notices"])
def test_a_column_of_people_goes_into_the_field_of_its_name(sheet):
    assert set(sheet.facts) <= {field.name for field in Returnee._meta.fields}
