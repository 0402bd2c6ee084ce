"""What a known row changes in the register, old and new: the preview shows it, and the load writes just that."""

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.importing.columns import BIRTH, PEOPLE
from cases.importing.facts import PARTED, Facts, field_of
from cases.importing.rows import CHANGE, SAME, Change, RegisterRow
from cases.lib.dates import PartialDate
from cases.lib.numbers import group
from cases.lib.text import match_key, normalise_name
from cases.models import Activity, JobReferral
from cases.reports.people import sealed


def settle_record(row: RegisterRow, target: models.Model, facts: Facts) -> None:
    """Settle a row of a record that stands: a change where a filled cell says something else, else the same."""
    row.target, row.sets = target, find_differences(target, facts)
    row.changes = list(of_record(target, row.sets))
    row.state = CHANGE if row.sets else SAME
    if row.sets:
        doubt(row, target, row.sets)


def find_differences(target: models.Model, facts: Facts) -> Facts:
    """The fields that would get another value; an empty cell takes nothing away."""
    sets = {name: new for name, new in facts.items() if new not in (None, "") and _differs(target, name, new)}
    if isinstance(target, JobReferral) and target.accepted_on not in (None, target.started_on):
        sets.pop("accepted_on", None)  # told apart from the beginning already; the workbook has one day for both
    if isinstance(target, Activity) and "kind" in sets:
        sets["detail"] = facts["detail"] or ("" if sets["kind"] != Activity.Kind.PAPERWORK else Activity.Detail.OTHER)
    return sets


def _differs(target: models.Model, name: str, new: object) -> bool:
    old = getattr(target, name)
    if target._meta.get_field(name).is_relation:
        return match_key(str(old)) != match_key(str(new))
    if name == "note" and PARTED in str(old):
        return not set(str(new).split(PARTED)) <= set(normalise_name(str(old)).split(PARTED))
    return says_otherwise(old, new)


def says_otherwise(old: object, new: object) -> bool:
    """Whether a cell says something else than what is stored: a cell has no lines, and a name that was taken out of it
    because it is sealed says nothing."""
    if isinstance(old, str) and isinstance(new, str):
        return normalise_name(old) != new and sealed.mark() not in new
    return old != new


def doubt(row: RegisterRow, target: models.Model, sets: Facts) -> None:
    """Name what the record would no longer satisfy: the dates of the file and of the workbook have to agree."""
    there = copy.copy(target)
    for name, value in sets.items():
        if not target._meta.get_field(name).is_relation:
            setattr(there, name, value)
    kept = [field.name for field in target._meta.fields if field.name not in sets or field.is_relation]
    for told in _refused(there, kept):
        for name, errors in told.items():
            if name in sets or name == NON_FIELD_ERRORS:
                row.error(_cell_of(row, name, sets), " ".join(errors))


def _refused(there: models.Model, kept: list[str]) -> Iterator[dict[str, list[str]]]:
    checks = [lambda: there.clean_fields(exclude=kept), there.clean]
    held = [each for each in there._meta.constraints if isinstance(each, models.CheckConstraint)]
    checks += [partial(each.validate, type(there), there) for each in held]
    for check in checks:
        try:
            check()
        except ValidationError as error:
            yield error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}


def _cell_of(row: RegisterRow, name: str, sets: Facts) -> str:
    """The column of a field, or of the first field that changes, else the first of the sheet."""
    names = [name, *sets]
    return next((each for each in names if each in row.sheet.by_field), row.sheet.columns[0].field)


def of_person(person: models.Model, facts: Facts) -> Iterator[Change]:
    """The cells of the sheet Người that say something else, in the words of the workbook."""
    for name, value in facts.items():
        column = PEOPLE.by_field[name]
        old = getattr(person, name, None)
        if column.kind == BIRTH:
            old, value = (PartialDate.from_storage(str(each)) for each in (old, value))
        yield column.header, value_in_words(old, column.choices), value_in_words(value, column.choices)


def of_record(target: models.Model, facts: Facts) -> Iterator[Change]:
    """The fields of a record that change, in the words of its form."""
    for name, new in facts.items():
        field, old = field_of(type(target), name), getattr(target, name)
        choices = {str(words): value for value, words in field.flatchoices}
        yield str(capfirst(field.verbose_name)), value_in_words(old, choices), value_in_words(new, choices)


def value_in_words(value: object, choices: Mapping[str, object]) -> str:
    """A stored value as the workbook writes it."""
    if value is None or value == "":
        return ""
    if word := next((word for word, stored in choices.items() if stored == value), None):
        return word
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return group(value) if isinstance(value, int) else str(value)
