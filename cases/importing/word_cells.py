"""Cells of words: names, offences, sentences and choices, as registers have them, and letters from before Unicode."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from cases.importing.columns import RegisterColumn, comparable_text
from cases.importing.rows import AS_TYPED, CELL, CONVERTED, LETTERS, NAMES, CellError, RegisterRow, as_text
from cases.law.waiting import PRISON_MONTHS
from cases.lib import names, old_letters
from cases.lib.name_text import parse_name
from cases.lib.numbers import parse_whole
from cases.lib.sentence_text import (
    main_part,
    months_beside,
    names_two_main,
    parse_offence,
    parse_penalties,
    parse_term,
)
from cases.lib.text import fold, normalise_name
from cases.models import Judgment

FEW = 5  # choices that are offered side by side
LONGEST_YEARS = 30  # of prison, Điều 38 and 55 BLHS: a larger number alone can be months only
BEHIND_A_CHOICE = re.compile(r"(?:[\d/.,\s-]|nam|ngay|dot|dip)+")  # a date may stand behind the word


def in_unicode(column: RegisterColumn, cell: str, row: RegisterRow) -> str:
    """A text in old letters as the importer wants it; without an answer it is asked, both side by side."""
    letters = old_letters.recognise(cell)
    if letters is None:
        return cell
    meant = old_letters.convert(cell, letters)
    answer = row.answers.get(LETTERS)
    if answer == AS_TYPED:
        return cell
    words = _("Old letters (%(letters)s): “%(was)s” is “%(meant)s” in Unicode.")
    told = words % {"letters": LETTER_NAMES[letters], "was": cell.strip(), "meant": meant.strip()}
    if answer == CONVERTED:
        row.warn(column.field, told)
    else:
        choices = [[CONVERTED, _("Convert to Unicode")], [AS_TYPED, _("Leave as it stands")]]
        row.ask(LETTERS, choices, column.field, told)
    return meant


LETTER_NAMES = {
    old_letters.LetterSet.TCVN3: "TCVN3, .VnTime",
    old_letters.LetterSet.VNI: "VNI",
    old_letters.LetterSet.TWICE: "UTF-8",
}


def read_text(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    """A text in the spelling to store; raises CellError where it is longer than its place."""
    if isinstance(cell, datetime):
        row.warn(column.field, _("Excel made a date of this text: check it."))
    text = as_text(cell)
    text = text if (plain := normalise_name(text)) == text else plain  # one string for what is typed and what is meant
    if len(text) > column.most:
        words = _("The text has %(length)d signs, at most %(most)d fit.")
        raise CellError(words % {"length": len(text), "most": column.most})
    return text or None


def read_name(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    """A full name; what is no name in it is taken out when the importer says so, and capitals are offered."""
    typed = read_text(column, cell, row)
    found = parse_name(typed or "")
    if typed is None or not found.name or found.capitals == typed:
        return typed
    answer = row.answers.get(NAMES)
    if answer == CONVERTED:
        row.hold("born_on", found.year and str(found.year))
        row.hold("aliases", found.also)
        if found.beside:
            row.note(column.field, found.beside)
        return found.capitals
    if answer == AS_TYPED:
        return typed
    choices = [[CONVERTED, _("The name alone")], [AS_TYPED, _("Leave as it stands")]]
    if found.name == typed and names.as_meant(typed) != typed:
        return typed  # the keyboard program was off: that is told, and what is meant is written otherwise
    if found.name == typed:
        row.offer(NAMES, choices)
        row.warn(column.field, _("Written in one case: offered as “%(name)s”.") % {"name": found.capitals})
    else:
        words = _("Other words stand beside the name: choose whether it is “%(name)s”.")
        row.ask(NAMES, choices, column.field, words % {"name": found.capitals})
    return typed


def read_offence(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    """The offence; an article and a clause written beside it go to their columns."""
    typed = read_text(column, cell, row)
    found = parse_offence(typed or "")
    if not found.article or "article" not in row.sheet.by_field:
        return typed
    row.hold("article", found.article)
    row.hold("clause", found.clause)
    return found.name or typed


def read_article(column: RegisterColumn, cell: object, row: RegisterRow) -> str | None:
    """The article of the Penal Code, also as "173 BLHS" or "k1 Đ173"."""
    found = parse_offence(as_text(cell))
    if found.article and not found.name:
        row.hold("clause", found.clause)
        return found.article
    return read_text(column, cell, row)


def read_choice(column: RegisterColumn, cell: object, row: RegisterRow) -> object:
    """What is stored for a word of a list; raises CellError, or asks where a few words are to choose from."""
    typed = as_text(cell)
    found = column.by_folded.get(comparable_text(typed))
    if found is None and column.field == "main_penalty":
        found = _penalty(column, typed, row)
    if found is None:
        found = _begun(column, typed, row)
    if found is not None:
        return found
    words = _("Expected one of: %(choices)s.") % {"choices": " · ".join(column.choices)}
    if len(column.choices) >= FEW or row.asked and f"{CELL}{column.field}" in row.asked:
        raise CellError(words)
    row.offer(f"{CELL}{column.field}", [[word, word] for word in column.choices])
    raise CellError(words)


def _begun(column: RegisterColumn, typed: str, row: RegisterRow) -> object:
    """A word of the list with a date behind it: "đặc xá 2/9"; all of it is kept in the note."""
    folded = fold(typed)
    for word in sorted({*column.choices, *column.also}, key=len, reverse=True):
        rest = folded.removeprefix(f"{fold(word)} ")
        if rest != folded and BEHIND_A_CHOICE.fullmatch(rest):
            row.note(column.field, typed)
            row.warn(column.field, _("Read as “%(word)s”; all of the cell is kept in the note.") % {"word": word})
            return column.by_folded[comparable_text(word)]
    return None


def _penalty(column: RegisterColumn, typed: str, row: RegisterRow) -> object:
    """A sentence in words: its kind here, its months in their column. A bare number is asked about."""
    try:
        term = parse_term(typed)
    except ValueError:
        _ask_for_months(column, typed, row)
        _ask_for_main_part(column, typed, row)
        several = _several(column, typed, row)
        return _bare_term(column, typed, row) if several is None else several
    row.hold("months", term.months)
    return next(value for value in column.choices.values() if value == term.kind)


def _ask_for_months(column: RegisterColumn, typed: str, row: RegisterRow) -> None:
    """Of a term with odd days the whole months below and above it are offered: months are what is kept."""
    try:
        kind, both = months_beside(typed)
    except ValueError:
        return
    if column.field == "months":
        choices = [[str(months), str(months)] for months in both]
    else:
        behind = "" if kind == Judgment.MainPenalty.PRISON else f" {column.word_of(kind).lower()}"
        choices = [[f"{months} tháng{behind}"] * 2 for months in both]
    row.offer(f"{CELL}{column.field}", choices)
    words = _("A term is kept in whole months, without the odd days: choose %(either)s.")
    raise CellError(words % {"either": " / ".join(each for _same, each in choices)})


def _ask_for_main_part(column: RegisterColumn, typed: str, row: RegisterRow) -> None:
    """Of a suspended sentence with its probation, or a fine with its amount, the part that is kept is offered."""
    try:
        term = main_part(typed)
    except ValueError:
        return
    word = column.word_of(term.kind)
    part = f"{term.months} tháng {word.lower()}" if term.months else word
    row.offer(f"{CELL}{column.field}", [[part, part]])
    words = _("A judgment has no place for the time of probation or the amount of a fine: choose “%(part)s”.")
    raise CellError(words % {"part": part})


def _several(column: RegisterColumn, typed: str, row: RegisterRow) -> object:
    """A main penalty with others beside it: these go to their column. What has no place there is asked about."""
    try:
        found = parse_penalties(typed)
    except ValueError:
        if names_two_main(typed):
            raise CellError(_("Two main penalties in one cell: write the one that is ordered for all of it.")) from None
        return None
    if found.is_whole:
        row.hold("months", found.main.months)
        row.hold("additional", ", ".join(found.beside))
        return next(value for value in column.choices.values() if value == found.main.kind)
    word = column.word_of(found.main.kind)
    main = f"{found.main.months} tháng {word.lower()}" if found.main.months else word
    part = f"{main}; hình phạt bổ sung: {', '.join(found.beside)}"
    row.offer(f"{CELL}{column.field}", [[part, part]])
    words = _(
        "Several penalties in one cell. Amounts and times are entered in the file after the load: choose “%(part)s”."
    )
    raise CellError(words % {"part": part})


def _bare_term(column: RegisterColumn, typed: str, row: RegisterRow) -> object:
    try:
        number = parse_whole(typed)
    except (ValueError, ArithmeticError):
        return None
    if LONGEST_YEARS < number <= PRISON_MONTHS[1]:
        row.hold("months", number)
        row.warn(
            column.field,
            _("A number alone, more than any years of prison: read as %(months)d months.") % {"months": number},
        )
        return Judgment.MainPenalty.PRISON
    if not 0 < number <= LONGEST_YEARS:
        return None
    either = [f"{number} tháng", f"{number} năm"]
    row.offer(f"{CELL}{column.field}", [[each, each] for each in either])
    raise CellError(_("A number alone: choose %(either)s.") % {"either": " / ".join(either)})


def read_months(column: RegisterColumn, cell: object, row: RegisterRow) -> int:
    """Months as a number, or as a term in words that fits the kind of penalty; raises CellError."""
    typed = as_text(cell)
    try:
        number = parse_whole(typed)
    except (ValueError, ArithmeticError):
        number = _months_in_words(column, typed, row)
    if isinstance(cell, bool) or not 1 <= number <= column.most:
        raise CellError(_("Expected a number from 1 to %(most)d.") % {"most": column.most})
    return number


def _months_in_words(column: RegisterColumn, typed: str, row: RegisterRow) -> int:
    try:
        term = parse_term(typed)
    except ValueError:
        _ask_for_months(column, typed, row)
        raise CellError(_("Expected a whole number.")) from None
    kind = row["main_penalty"]
    if kind is not None and kind != term.kind:
        words = _("Another cell of this row says %(other)s: make both the same.")
        raise CellError(words % {"other": as_text(row.cells.get("main_penalty"))})
    return term.months or 0
