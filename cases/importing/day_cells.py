"""Cells of days and births: as dates, as text, as numbers, with what a spreadsheet or a typist made of them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from cases.importing.columns import BIRTH, DAY, RegisterColumn, RegisterSheet
from cases.importing.rows import (
    CELL,
    CELL_DAY,
    MEANT_DAY,
    SWAP,
    SWAPPED_DAY,
    TIME,
    CellError,
    RegisterRow,
    as_text,
)
from cases.lib import written
from cases.lib.dates import PartialDate, YearError, days_meant, parse_day, parse_moment
from cases.lib.limits import FOUNDED

SERIALS = range(10_000, 80_000)  # days since 1900 as Excel counts them: 1927 to 2119
LAST_MONTH = 12
TELLING = 3  # cells of a column that tell whether its days and months were swapped
MIDNIGHT = time()
CENTURY = (FOUNDED, date(FOUNDED.year + 100, 9, 1))  # a short year of a day is one year alone
PLAIN_BIRTHS = (date(1940, 1, 1), date(2011, 12, 31))  # whose short year is taken for what it seems


def read_day(column: RegisterColumn, cell: object, row: RegisterRow) -> date:
    """The day a cell means; raises CellError. What was made out is said, what is not plain is asked."""
    if (moment := _moment(cell)) is not None:
        day = _day_of(column, moment, row)
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, str):
        day = _typed_day(column, cell, row)
    elif isinstance(cell, int | float) and int(cell) in SERIALS and not isinstance(cell, bool):
        raise CellError(_("Expected a day: format the cell as a date, or write dd/mm/yyyy."))
    elif written.is_year(as_text(cell)) and not isinstance(cell, bool | time):
        raise CellError(_year_alone(as_text(cell)))
    else:
        raise CellError(_("Expected a day as dd/mm/yyyy, for example 05/03/2024."))
    if isinstance(cell, str):
        return day
    if year := written.year_in_date_cell(day):
        raise CellError(_year_alone(str(year)))
    return _either_way(column, day, row)


def swapped_columns(sheet: RegisterSheet, rows: Collection[Mapping[str, object]]) -> frozenset[str]:
    """The columns of days of a sheet that went through a program which reads month before day.

    It makes a date of each day up to the twelfth, the wrong way round, and leaves each later one as text. Told by one
    column in which every date is of the first kind and every text of the second, with both kinds and TELLING cells or
    more; then of every column that does not speak against it.
    """
    columns = [column.field for column in sheet.columns if column.kind in (DAY, BIRTH)]
    found = {name: _dates_and_texts(rows, name) for name in columns}
    if not any(dates and texts and dates + texts >= TELLING for dates, texts in found.values()):
        return frozenset()
    return frozenset(name for name, (dates, _texts) in found.items() if dates)


def _dates_and_texts(rows: Collection[Mapping[str, object]], name: str) -> tuple[int, int]:
    """How many dates up to the twelfth and how many later days as text; none where a cell is of neither kind."""
    dates = texts = 0
    for cells in rows:
        cell = cells.get(name)
        typed = isinstance(cell, str)
        day = _whole_day(cell)
        if day is None or (not typed and written.year_in_date_cell(day)):
            continue
        if typed == (day.day <= LAST_MONTH):
            return 0, 0
        texts, dates = texts + typed, dates + (not typed)
    return dates, texts


def _whole_day(cell: object) -> date | None:
    """The day of a cell without a time of the clock; None for all else."""
    if isinstance(cell, datetime):
        return date(cell.year, cell.month, cell.day) if cell.time() == MIDNIGHT else None
    if not isinstance(cell, str):
        return cell if isinstance(cell, date) else None
    try:
        return parse_day(cell)
    except ValueError:
        return None


def _either_way(column: RegisterColumn, day: date, row: RegisterRow) -> date:
    """The day of a date cell, or with day and month exchanged where the column looks so and the importer agrees."""
    if column.field not in row.swapped or day.day > LAST_MONTH or day.day == day.month:
        return day
    other = date(day.year, day.day, day.month)
    told = {"cell": f"{day:%d/%m/%Y}", "meant": f"{other:%d/%m/%Y}"}
    answer = row.answers.get(SWAP, "")
    if answer == SWAPPED_DAY:
        row.warn(column.field, _("Day and month exchanged: read as %(meant)s.") % told)
        return other
    if answer != CELL_DAY:
        choices = [[SWAPPED_DAY, _("Exchange day and month")], [CELL_DAY, _("The day in the cell")]]
        words = _("In this column Excel kept days after the 12th as text: is %(cell)s meant, or %(meant)s?")
        row.ask(SWAP, choices, column.field, words % told)
    return day


def _year_alone(year: str) -> str:
    return _("Only the year %(year)s stands here: write the whole day as dd/mm/yyyy.") % {"year": year}


def _typed_day(column: RegisterColumn, cell: str, row: RegisterRow) -> date:
    try:
        return parse_day(cell)
    except YearError as error:
        raise CellError(_("%(year)s cannot be the year of this day: check it.") % {"year": error.year}) from None
    except ValueError:
        pass
    if vague := _vague_day(cell):
        raise CellError(_year_alone(str(vague)) if vague.month is None else _month_alone(vague))
    if parted := _without_words(column, cell, row):
        return _typed_day(column, parted, row)
    try:
        (day,) = written.parse_short_day(cell, earliest=CENTURY[0], latest=CENTURY[1])
    except ValueError:
        raise CellError(_("Expected a day as dd/mm/yyyy, for example 05/03/2024.")) from None
    row.warn(column.field, _short_year(PartialDate.from_date(day)))
    return day


def _without_words(column: RegisterColumn, cell: str, row: RegisterRow) -> str:
    """The day of a cell that says more behind it, all of which is kept in the note; "" where there is no such day."""
    try:
        day, words = written.split_day(cell)
    except ValueError:
        return ""
    if any(map(str.isalnum, words)):
        row.note(column.field, as_text(cell).strip())
        row.warn(column.field, _("Read as “%(word)s”; all of the cell is kept in the note.") % {"word": day})
    return day


def _month_alone(month: PartialDate) -> str:
    return _("Only the month %(month)s stands here: write the whole day as dd/mm/yyyy.") % {"month": month}


def _vague_day(text: str) -> PartialDate | None:
    """The month or the year that stands alone in a cell for a day."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _short_year(meant: PartialDate) -> str:
    return _("The year has two digits: read as %(day)s.") % {"day": meant}


def read_birth(column: RegisterColumn, cell: object, row: RegisterRow) -> str:
    """The stored form of a birth date, which may be a year alone; raises CellError."""
    try:
        born = _birth(column, cell, row)
    except YearError as error:
        raise CellError(_("%(year)s cannot be the year of this day: check it.") % {"year": error.year}) from None
    except ValueError:
        raise CellError(_("Expected a birth date as dd/mm/yyyy, mm/yyyy or yyyy.")) from None
    if born.storage <= "1900-01-01":
        raise CellError(_("The year %(year)d is too early: write the right day.") % {"year": born.year})
    return born.storage


def _birth(column: RegisterColumn, cell: object, row: RegisterRow) -> PartialDate:
    if (moment := _moment(cell)) is not None:
        cell = _day_of(column, moment, row)
    if isinstance(cell, date):
        if year := written.year_in_date_cell(cell):
            return _birth_year(column, cell, year, row)
        return PartialDate.from_date(_either_way(column, cell, row))
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise ValueError(cell)
    text = written.tidy_birth(as_text(cell))
    try:
        born = PartialDate.parse(text)
    except YearError:
        raise
    except ValueError:
        parted = _without_words(column, text, row)
        return PartialDate.parse(parted) if parted else _short_birth(column, text, row)
    day = _whole_day(text)
    if day and (year := written.year_in_date_cell(day)):  # as the spreadsheet showed it when it was copied
        return _birth_year(column, day, year, row)
    return born


def _birth_year(column: RegisterColumn, day: date, year: int, row: RegisterRow) -> PartialDate:
    words = _("A year typed into a cell for dates: the cell shows %(day)s, read as the year %(year)d.")
    row.warn(column.field, words % {"day": f"{day:%d/%m/%Y}", "year": year})
    return PartialDate(year)


def _short_birth(column: RegisterColumn, text: str, row: RegisterRow) -> PartialDate:
    births = written.parse_short_birth(text)
    if len(births) == 1 and PLAIN_BIRTHS[0] <= births[0].earliest and births[0].latest <= PLAIN_BIRTHS[1]:
        row.warn(column.field, _short_year(births[0]))
        return births[0]
    if births:
        either = [str(born) for born in births]
        words = _("The year has two digits: choose which day is meant, %(days)s.") % {"days": ", ".join(either)}
        row.ask(f"{CELL}{column.field}", [[each, each] for each in either], column.field, words)
        return births[0]
    raise ValueError(text)


def _moment(cell: object) -> datetime | None:
    """A date with a time of the clock, as a cell or as text; None for all else."""
    if isinstance(cell, str):
        try:
            return parse_moment(cell)
        except ValueError:
            return None
    return cell if isinstance(cell, datetime) else None


def _day_of(column: RegisterColumn, moment: datetime, row: RegisterRow) -> date:
    """The day of a cell that holds a time too: never rounded without a word, nor where two days may be meant."""
    days = dict(zip((CELL_DAY, MEANT_DAY), days_meant(moment), strict=True))
    told = {"time": f"{moment:%H:%M:%S}", **{name: f"{each:%d/%m/%Y}" for name, each in days.items()}}
    if days[CELL_DAY] == days[MEANT_DAY]:
        if moment.time() != MIDNIGHT:
            row.warn(column.field, _("The cell holds the time %(time)s too: read as the day %(cell)s.") % told)
        return days[CELL_DAY]
    words = _("The cell holds %(time)s of %(cell)s, which in Vietnam is the day %(meant)s if a program wrote it.")
    row.warn(column.field, words % told)
    answer = row.answers.get(TIME, "")
    if answer not in days:
        choices = [[CELL_DAY, _("The day in the cell")], [MEANT_DAY, _("The day in Vietnam's time")]]
        row.ask(TIME, choices, column.field, _("Choose which day is meant: %(cell)s or %(meant)s.") % told)
    return days.get(answer, days[CELL_DAY])
