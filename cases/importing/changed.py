"""What a row that is known would change in the register, old and new side by side: for the preview."""

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.utils.text import capfirst

from cases.importing import check_people
from cases.importing.columns import BIRTH, MEETINGS, PEOPLE, WORK, Sheet
from cases.importing.known import Known, in_parts
from cases.importing.load_work import MODELS, meeting_facts, work_facts
from cases.importing.register import Register
from cases.importing.rows import CHANGE, Row
from cases.lib.dates import PartialDate
from cases.lib.numbers import group
from cases.lib.text import match_key
from cases.models import Activity, GroupMeeting

Change = tuple[str, str, str]  # what, as it is, as it would be


class _AsTyped:
    """Stands for the directory of places of work: the name alone, nothing is put in."""

    def named(self, name: str, person: object) -> str:
        return name


def of(register: Register) -> dict[Row, list[Change]]:
    """The changes of each row that would change something; read in a fixed number of questions."""
    found = {row: list(_of_person(row, register.known)) for row in _changing(register, PEOPLE)}
    for model, rows in _by_model(register).items():
        targets = {}
        for some in in_parts([row["before"].target_id for row in rows]):
            targets |= model.objects.in_bulk(some)
        for row in rows:
            if target := targets.get(row["before"].target_id):
                found[row] = list(_of_record(row, target))
    return found


def _changing(register: Register, sheet: Sheet) -> list[Row]:
    return [row for row in register.rows.get(sheet.name, ()) if row.state == CHANGE]


def _by_model(register: Register) -> dict[type[models.Model], list[Row]]:
    found: dict[type[models.Model], list[Row]] = {}
    for row in _changing(register, WORK):
        found.setdefault(MODELS.get(row["kind"], Activity), []).append(row)
    if meetings := _changing(register, MEETINGS):
        found[GroupMeeting] = meetings
    return found


def _of_person(row: Row, known: Known) -> Iterator[Change]:
    person = known.people[row["file"]]
    new = check_people.changes(row, person)
    if row["closed_on"] and not person.closed_on:
        new["closed_on"] = row["closed_on"]
    for name, value in new.items():
        column = PEOPLE.by_field[name]
        old = getattr(person, name)
        if column.kind == BIRTH:
            old, value = PartialDate.from_storage(old), PartialDate.from_storage(value)
        yield column.header, _words(old, column.choices), _words(value, column.choices)
    if row["expunged_on"] and person.pk not in known.cleared:
        yield PEOPLE.by_field["expunged_on"].header, "", _words(row["expunged_on"], {})


def _of_record(row: Row, target: models.Model) -> Iterator[Change]:
    facts = meeting_facts(row) if row.sheet is MEETINGS else work_facts(row, _AsTyped(), None)
    for name, new in facts.items():
        field, old = target._meta.get_field(name), getattr(target, name)
        choices = {str(words): value for value, words in field.flatchoices}
        was, becomes = _words(old, choices), _words(new, choices)
        same = match_key(was) == match_key(becomes) if field.is_relation else was == becomes
        if not same:
            yield capfirst(field.verbose_name), was, becomes


def _words(value: object, choices: dict[str, object]) -> str:
    """A stored value as the workbook writes it."""
    if value is None or value == "":
        return ""
    if word := next((word for word, stored in choices.items() if stored == value), None):
        return word
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return group(value) if isinstance(value, int) else str(value)
