"""What a row says of the record it becomes: the fields it fills, and those it leaves to the register's own words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cases.importing import columns
from cases.importing.columns import MEETINGS, VIOLATIONS, comparable_text
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
Record = Activity | GroupMeeting | TrainingReferral | JobReferral | Loan | Crime | AdministrativeViolation
MODELS: dict[str, type[Record]] = {
    columns.TRAINING: TrainingReferral,
    columns.JOB: JobReferral,
    columns.HELD: JobReferral,
    columns.LOAN: Loan,
    columns.CRIME: Crime,
    columns.ADMINISTRATIVE: AdministrativeViolation,
}
Facts = dict[str, Any]


def field_of(model: type[models.Model], name: str) -> models.Field:
    """A field of a record that is stored with it; a cell fills no other. Raises LookupError where there is none."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise LookupError(f"{name} is no field of its own of {model.__name__}.")
    return field


def model_of(row: RegisterRow) -> type[Record]:
    """The kind of record that a row of work, of a meeting or of a violation becomes."""
    return GroupMeeting if row.sheet is MEETINGS else MODELS.get(row["kind"], Activity)


def facts_of(row: RegisterRow) -> Facts:
    """The fields that the cells of a row fill; empty where a cell is empty. An employer is told by its name."""
    if row.sheet is MEETINGS:
        return {"on": row["on"], "place": row["place"], "topic": row["topic"]}
    if row.sheet is VIOLATIONS:
        return _violation(row)
    return WORK_FACTS.get(row["kind"], _visit)(row)


def fill_record(row: RegisterRow) -> Facts:
    """The fields of a new record: what the cells leave open is said to be not stated."""
    facts, model = facts_of(row), model_of(row)
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


def _training(row: RegisterRow) -> Facts:
    return {
        "course": row["detail"],
        "school": row["place"],
        "referred_on": row["on"],
        "started_on": row["started_on"],
        "note": _note(row),
    }


def _job(row: RegisterRow) -> Facts:
    return {
        "employer": row["place"],
        "job": row["detail"],
        "referred_on": row["on"],
        "accepted_on": row["started_on"],
        "started_on": row["started_on"],
        "monthly_income": row["income"],
        "note": _note(row),
    }


def _held(row: RegisterRow) -> Facts:
    """A job somebody has, since nobody knows when."""
    return {
        "employer": row["place"],
        "job": row["detail"],
        "referred_on": row["on"],
        "begin_unknown": True,
        "monthly_income": row["income"],
        "note": _note(row),
    }


def _loan(row: RegisterRow) -> Facts:
    return {
        "lender": row["place"],
        "amount": row["amount"],
        "requested_on": row["on"],
        "paid_out_on": row["started_on"],
        "note": _note(row),
    }


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
    return row["kind"] == Activity.Kind.PAPERWORK


def _defaults_of_visit(row: RegisterRow) -> Facts:
    """Papers are done at the office, all else at the person's home, until somebody says otherwise."""
    if is_paper(row):
        return {"detail": Activity.Detail.OTHER, "place": Activity.Place.OFFICE}
    return {"detail": "", "place": Activity.Place.HOME}


WORK_FACTS = {columns.TRAINING: _training, columns.JOB: _job, columns.HELD: _held, columns.LOAN: _loan}


def _violation(row: RegisterRow) -> Facts:
    if row["kind"] != columns.CRIME:
        return {
            "act_on": row["act_on"],
            "behaviour": row["offence"],
            "decided_on": row["stage_on"],
            "note": row["note"],
        }
    return {
        name: row[name] for name in ("act_on", "offence", "article", "clause", "severity", "stage", "stage_on", "note")
    }
