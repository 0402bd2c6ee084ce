"""What a row says of the record it becomes: the fields it fills, and those it leaves to the register's own words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cases.importing import columns
from cases.importing.columns import MEETINGS, WORK, comparable_text
from cases.importing.rows import RegisterRow
from cases.models import (
    Activity,
    AdministrativeViolation,
    Crime,
    GroupMeeting,
    JobReferral,
    Loan,
    TrainingReferral,
)

PARTED = " · "  # between what several cells say in one note
WorkRecord = Activity | GroupMeeting | TrainingReferral | JobReferral | Loan | Crime | AdministrativeViolation
MODELS: dict[str, type[WorkRecord]] = {
    columns.TRAINING: TrainingReferral,
    columns.JOB: JobReferral,
    columns.HELD: JobReferral,
    columns.LOAN: Loan,
    columns.CRIME: Crime,
    columns.ADMINISTRATIVE: AdministrativeViolation,
}
CELLS: dict[type[WorkRecord], dict[str, str]] = {  # of each kind of record: its fields, and the column of each
    Activity: {"on": "on", "result": "result", "note": "note"},
    TrainingReferral: {
        "course": "detail",
        "school": "place",
        "referred_on": "on",
        "started_on": "started_on",
        "note": "note",
    },
    JobReferral: {
        "employer": "place",
        "job": "detail",
        "referred_on": "on",
        "started_on": "started_on",
        "monthly_income": "income",
        "note": "note",
    },
    Loan: {"lender": "place", "amount": "amount", "requested_on": "on", "paid_out_on": "started_on", "note": "note"},
    GroupMeeting: {"on": "on", "place": "place", "topic": "topic"},
    AdministrativeViolation: {"act_on": "act_on", "behaviour": "offence", "decided_on": "stage_on", "note": "note"},
    Crime: {name: name for name in ("act_on", "offence", "article", "clause", "severity", "stage", "stage_on", "note")},
}
Facts = dict[str, Any]


def field_of(model: type[models.Model], name: str) -> models.Field:
    """A field of a record that is stored with it; a cell fills no other. Raises LookupError where there is none."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise LookupError(f"{name} is no field of its own of {model.__name__}.")
    return field


def model_of(row: RegisterRow) -> type[WorkRecord]:
    """The kind of record that a row of work, of a meeting or of a violation becomes."""
    return GroupMeeting if row.sheet is MEETINGS else MODELS.get(row["kind"], Activity)


def row_facts(row: RegisterRow) -> Facts:
    """The fields that the cells of a row fill; empty where a cell is empty. An employer is told by its name."""
    model = model_of(row)
    if model is Activity:
        return _visit(row)
    facts = {name: row[column] for name, column in CELLS[model].items()}
    if row.sheet is WORK:
        facts["note"] = _note(row)
    if row.sheet is WORK and row["kind"] == columns.HELD:  # somebody is at work, since nobody knows when
        facts = {**facts, "started_on": None, "begin_unknown": True}
    elif model is JobReferral:
        facts["accepted_on"] = row["started_on"]
    return facts


def fill_record(row: RegisterRow) -> Facts:
    """The fields of a new record: what the cells leave open is said to be not stated."""
    facts, model = row_facts(row), model_of(row)
    defaults = _defaults_of_visit(row) if model is Activity else _unstated(model)
    for name, words in defaults.items():
        facts[name] = facts.get(name) or words
    return {name: _blank(model, name) if value is None else value for name, value in facts.items()}


def _blank(model: type[models.Model], name: str) -> object:
    field = field_of(model, name)
    return None if field.null or field.is_relation else field.get_default()


def _unstated(model: type[models.Model]) -> Facts:
    stated = _("Not stated in the register")
    words: dict[type[models.Model], Facts] = {
        TrainingReferral: {"course": stated},
        JobReferral: {"employer": stated, "job": stated},
        Loan: {"lender": stated},
        GroupMeeting: {"topic": _("Periodic group meeting")},
        Crime: {"stage": Crime.Stage.REPORTED},
    }
    return words.get(model, {})


def _note(row: RegisterRow) -> str:
    return " ".join(filter(None, (row["result"], row["note"])))


def _visit(row: RegisterRow) -> Facts:
    """What has no field of its own is kept in the note; nothing a cell says is lost."""
    paper = is_paper(row)
    told = [row["note"], *([] if paper else [row["detail"]]), row["place"]]
    return {
        "kind": row["kind"],
        "detail": columns.PAPERS.get(comparable_text(row["detail"])) if paper and row["detail"] else None,
        "on": row["on"],
        "result": row["result"],
        "note": PARTED.join(part for part in told if part),
    }


def is_paper(row: RegisterRow) -> bool:
    """Whether the row tells of help with a paper."""
    return row["kind"] == Activity.Kind.PAPERWORK


def _defaults_of_visit(row: RegisterRow) -> Facts:
    """Papers are done at the office, all else at the person's home, until somebody says otherwise."""
    if is_paper(row):
        return {"detail": Activity.Detail.OTHER, "place": Activity.Place.OFFICE}
    return {"detail": "", "place": Activity.Place.HOME}
