"""The days off of public offices, and those worked instead: a CSV with its sources, committed through an action."""

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases import actions
from cases.models import Holiday, User

COLUMNS = ("day", "name", "source", "certainty")


@dataclass(frozen=True)
class HolidayRow:
    """One line of the list; `line` counts from 2, as a spreadsheet shows it."""

    line: int
    day: date
    name: str
    source: str
    certainty: str
    kind: str = Holiday.Kind.OFF


def official() -> list[HolidayRow]:
    """The list that is shipped: cases/official/holidays.csv."""
    return read((files("cases.official") / "holidays.csv").read_text(encoding="utf-8"))


def read(text: str) -> list[HolidayRow]:
    """The lines of the CSV, all of them days off where it has no column `kind`.

    Raises ValidationError with the line for a wrong heading, day or a missing value.
    """
    lines = csv.DictReader(text.lstrip("\ufeff").splitlines())
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or [])]
    if missing:
        raise ValidationError(_("The list has no column %(names)s.") % {"names": ", ".join(missing)})
    return [_row(line, values) for line, values in enumerate(lines, start=2)]


def _row(line: int, values: dict[str, str | None]) -> HolidayRow:
    cells = {name: (values[name] or "").strip() for name in COLUMNS}
    kind = (values.get("kind") or "").strip() or Holiday.Kind.OFF
    try:
        day = date.fromisoformat(cells["day"])
        return HolidayRow(line, day, cells["name"], cells["source"], cells["certainty"], kind)
    except ValueError as error:
        raise ValidationError(_("Line %(line)d: %(error)s") % {"line": line, "error": error}) from error


@transaction.atomic
def load(rows: list[HolidayRow], by: User | None) -> int:
    """Enter every line and say how many changed something; loading again changes nothing.

    A day that stands already gets the line's name and source. Raises ValidationError with the line, and enters
    nothing, where a value is missing, too long or an unknown certainty.
    """
    changed = 0
    for row in rows:
        holiday = Holiday(day=row.day, kind=row.kind, name=row.name, source=row.source, certainty=row.certainty)
        try:
            changed += actions.holiday.save_holiday(holiday=holiday, by=by)
        except ValidationError as error:
            words = " ".join(error.messages)
            raise ValidationError(_("Line %(line)d: %(error)s") % {"line": row.line, "error": words}) from error
    return changed


def load_if_none() -> int:
    """Load the shipped list into an empty table; a table somebody keeps is left alone."""
    return 0 if Holiday.objects.exists() else load(official(), by=None)
