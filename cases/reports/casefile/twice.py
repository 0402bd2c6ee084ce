"""What is recorded already: the records of one kind that say the same work as the one about to be made."""

from collections.abc import Collection
from typing import Any

from django.db import models

from cases.lib import text
from cases.models import (
    Activity,
    AdministrativeViolation,
    ArrivalAnswer,
    Assessment,
    Attachment,
    Breach,
    Campaign,
    Confinement,
    Consent,
    CourtApplication,
    Crime,
    DeadlineVersion,
    DossierPaper,
    Employer,
    Expungement,
    FormNameVersion,
    GroupMeeting,
    GroupMember,
    HeadingSynonym,
    HelperGroup,
    ImportRun,
    JobCheck,
    JobReferral,
    Judgment,
    Loan,
    LoanVersion,
    Need,
    Notice,
    PaperworkRequest,
    PersonalTask,
    PoliceVersion,
    RecidivismFinding,
    ReportCell,
    ReportDocument,
    RetentionVersion,
    Returnee,
    RuleVersion,
    SafetyFlag,
    SensitiveNote,
    Snooze,
    TrainingReferral,
    Transfer,
    UnitChange,
    User,
)
from cases.models.stamped import Stamped

SAME: dict[type[models.Model], tuple[str, ...]] = {  # what two records have in common that a figure would count twice
    Activity: ("kind", "detail", "on"),
    AdministrativeViolation: ("returnee", "act_on", "behaviour"),
    Assessment: ("returnee", "on", "group"),
    Confinement: ("returnee", "kind", "begun_on"),
    CourtApplication: ("returnee", "filed_on"),
    Crime: ("returnee", "act_on", "offence"),
    Employer: ("unit", "name"),
    Expungement: ("returnee", "evidence", "evidence_on"),
    GroupMeeting: ("unit", "on", "place"),
    GroupMember: ("group", "organisation", "name"),
    JobReferral: ("returnee", "employer"),
    Judgment: ("returnee", "effective_on"),
    Loan: ("returnee", "lender", "requested_on"),
    Need: ("returnee", "pathway", "text"),
    PaperworkRequest: ("returnee", "kind", "needed_on"),
    RecidivismFinding: ("returnee", "found_on", "kind"),
    TrainingReferral: ("returnee", "course"),
}
PEOPLE = {Activity: "entries"}  # records of several people: how to reach their parts
ONCE = {  # records that cannot stand twice, and what sees to it
    ArrivalAnswer: "the last answer holds",
    Attachment: "it counts nowhere",
    Breach: "each is of its own; it counts in no figure",
    Campaign: "one a period, by the database",
    Consent: "it counts nowhere",
    DeadlineVersion: "one a day, by the database",
    DossierPaper: "one of a kind and quarter, by the database",
    FormNameVersion: "one a day, by the database",
    HeadingSynonym: "one a word and day, by the database",
    HelperGroup: "a new group ends the one before",
    ImportRun: "an import knows its rows",
    JobCheck: "one a day of the job, by the database",
    LoanVersion: "one a day, by the database",
    Notice: "one a number and day, by the database",
    PersonalTask: "it counts nowhere",
    PoliceVersion: "one a word and day, by the database",
    ReportCell: "a new figure takes the place of the one before",
    ReportDocument: "one a period",
    RetentionVersion: "one an ending and day, by the database",
    Returnee: "whoever is likely the same is compared first",
    RuleVersion: "one a code, by the database",
    SafetyFlag: "one of a kind stands, by the database",
    SensitiveNote: "it counts nowhere",
    Snooze: "it counts nowhere",
    Transfer: "one open at a time",
    UnitChange: "a unit ends once",
}


def find_alike(
    row: Stamped, user: User, *, people: Collection[Returnee] = (), besides: Collection[int] = ()
) -> list[Stamped]:
    """The kept records within the user's scope that say the same as `row`, not made by the same form.

    `people`: whom a record of several people is about, all within the scope; one of them is enough, whoever recorded
    it and whether or not the user may open it. `besides`: ids the user has seen.
    """
    model: Any = type(row)  # each kind has a manager of its own
    if model not in SAME:
        return []
    names = set(SAME[model])
    texts = {field.name for field in model._meta.concrete_fields if field.name in names and is_free(field)}
    same = {name: getattr(row, name) for name in names - texts}
    if model in PEOPLE:
        part = {f"{PEOPLE[model]}__returnee__in": people, f"{PEOPLE[model]}__withdrawn_at": None}
        rows = model._default_manager.filter(**part).distinct()
    else:
        rows = model._default_manager.visible_to(user)
    rows = rows.filter(**same).exclude(uid=row.uid).exclude(pk__in=besides)
    if hasattr(row, "withdrawn_at"):
        rows = rows.kept()
    return [other for other in rows.select_related("created_by") if all(is_alike(row, other, name) for name in texts)]


def holder_of(row: models.Model) -> int:
    """The id of whom or what a record is of: the first that two alike ones have in common."""
    return getattr(row, f"{SAME[type(row)][0]}_id")


def is_free(field: models.Field) -> bool:
    """Whether somebody typed it, so that case and spaces mean nothing."""
    return isinstance(field, models.CharField) and not field.choices


def is_alike(row: models.Model, other: models.Model, name: str) -> bool:
    """Whether two rows say the same in a field, whatever the accents and case."""
    return text.match_key(getattr(row, name)) == text.match_key(getattr(other, name))
