"""A list of users as a workbook: the empty one to hand out, and the rows of one that came back."""

import dataclasses
import zipfile
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree  # nosec B405 # as below

from django.utils import translation
from django.utils.translation import gettext as _

from cases.importing import columns, limits, sheet, workbook
from cases.importing.columns import RegisterColumn, RegisterSheet, comparable_text
from cases.importing.log import ERROR, BadFileError
from cases.importing.places import FULL_CODE
from cases.importing.rows import as_text
from cases.models.user import ROLE_NAMES

MOST_USERS = 200  # in one list: each password takes its time to be stored, and all are made at once
PROVINCE_CODE = 2  # digits
USERS = RegisterSheet(
    "Người dùng",
    (
        RegisterColumn("full_name", "Họ và tên", required=True, most=80),
        RegisterColumn("username", "Tên đăng nhập", most=40),
        RegisterColumn("rank", "Cấp bậc hoặc chức vụ", most=60),
        RegisterColumn("phone", "Điện thoại", columns.PHONE, most=20),
        RegisterColumn("role", "Vai trò", required=True, most=60),
        RegisterColumn("unit", "Đơn vị", required=True, most=200),
        RegisterColumn("organisation", "Tổ chức", most=100),
        RegisterColumn("since", "Từ ngày", columns.DAY, of="posting.since"),
    ),
)


@dataclass(frozen=True)
class ListedUser:
    """One row of the list: its number in the sheet, and what the form of an account is to be filled with, by field.

    `proposed` says that the user name among the cells is no word of the list.
    """

    number: int
    cells: dict[str, str]
    proposed: bool = False

    @property
    def is_unnamed(self) -> bool:
        return self.proposed or not self.cells.get("username")


def template() -> bytes:
    """The empty workbook; the role is chosen from a list."""
    offered = [
        dataclasses.replace(column, kind=columns.CHOICE, choices=role_words()) if column.field == "role" else column
        for column in USERS.columns
    ]
    return workbook.one_sheet(dataclasses.replace(USERS, columns=tuple(offered)))


def role_words() -> dict[str, str]:
    """What is stored of a role, by its Vietnamese word, whatever language the reader has chosen."""
    with translation.override("vi"):
        return {str(word): role.value for role, word in ROLE_NAMES.items()}


def read(file: BinaryIO) -> list[ListedUser]:
    """The rows of the first sheet that say something, whatever it is called.

    Raises BadFileError where the file is no workbook, is more than such a list can be, lacks a heading, or holds no row
    or more than MOST_USERS.
    """
    asked = dataclasses.replace(USERS, name=_first_sheet(file))
    (table,), _notices = sheet.read(file, (asked,))
    if table.missing:
        raise BadFileError(" ".join(said.text for said in table.messages if said.level == ERROR))
    if not table.rows:
        raise BadFileError(_("The list has no row: write one user into each row below the headings."))
    if len(table.rows) > MOST_USERS:
        words = _("The list has %(count)d users: at most %(most)d are made at once. Split it into several files.")
        raise BadFileError(words % {"count": len(table.rows), "most": MOST_USERS})
    return [
        ListedUser(number, {name: _typed(name, cell) for name, cell in cells.items()}) for number, cells in table.rows
    ]


def _first_sheet(file: BinaryIO) -> str:
    """The name of the first sheet; that of the template where the file has none, for the reader to refuse."""
    file.seek(0)
    try:
        limits.check_size(file, limits.SHORT)
        with zipfile.ZipFile(file) as archive:
            told = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # nosec B314 # within its limit of size; expat stops entities
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, KeyError, ElementTree.ParseError):
        return USERS.name
    return next((each.get("name", "") for each in told.iter() if each.tag.endswith("}sheet")), "") or USERS.name


def _typed(name: str, cell: object) -> str:
    """A cell as it would be typed into the form: numbers get back the noughts that Excel took from codes and phones."""
    text = " ".join(as_text(cell).split())
    is_number = isinstance(cell, int | float) and text.isascii() and text.isdigit()
    if name == "role":
        words = {comparable_text(word.replace("phường", "xã")): role for word, role in role_words().items()}
        return words.get(comparable_text(text.replace("phường", "xã")), text)
    if name == "unit" and is_number:
        return text.zfill(PROVINCE_CODE if len(text) <= PROVINCE_CODE else FULL_CODE)
    if name == "phone" and is_number and not text.startswith("84"):
        return f"0{text}"
    return text
