"""Everything that hangs on a role, in one table: what it does not grant is refused, and so is a role without a row."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cases.access.permissions import Permission


class Role(StrEnum):
    """What a posting makes of a user; the words for people stand in `models/user.py`."""

    OFFICER = "officer"  # công an xã
    CHIEF = "chief"  # trưởng công an xã
    REVIEWER = "reviewer"  # cấp trên theo dõi: cluster, district of old, province, ministry
    ADMINISTRATOR = "administrator"  # users and units, no case data
    HELPER = "helper"  # member of an organisation in the 5+1


class Sees(StrEnum):
    """Whose case files a role opens."""

    UNITS = "units"  # everybody whom the units under the posting hold
    HELPED = "helped"  # the people whom this member of an organisation helps
    NOBODY = "nobody"


class PostingLevel(StrEnum):
    """At which units somebody can be posted in a role."""

    COMMUNE = "commune"
    ABOVE = "above"  # a cluster, a district of old, a province, the ministry
    ANYWHERE = "anywhere"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Terms:
    """What a role comes with; `home` names its first page in `views/work/home.py`."""

    permissions: frozenset[Permission]
    home: str
    sees: Sees
    posted: PostingLevel
    leads_cases: bool  # the 5+1 of a person
    takes_people: bool  # who is announced is given to them
    is_chief: bool  # answers for the whole commune and signs for it
    needs_second: bool  # a posting or a new slip opens nothing before a second account has confirmed it


EVERYBODY = frozenset({Permission.HOME})

READS_CASES = EVERYBODY | {
    Permission.RETURNEE_CONTACT,
    Permission.CASE_VIEW,
    Permission.MEETING_VIEW,
    Permission.EMPLOYMENT_VIEW,
    Permission.OUTSIDE_READ,
    Permission.TRANSFER_VIEW,
    Permission.REPORT_VIEW,
    Permission.EXPORT,
    Permission.RULE_VIEW,
    Permission.UNIT_VIEW,
}

WORKS_CASES = READS_CASES | {
    Permission.RETURNEE_EDIT,
    Permission.JUDGMENT_EDIT,
    Permission.VIOLATION_EDIT,
    Permission.GROUP_EDIT,
    Permission.NEED_EDIT,
    Permission.SAFETY_EDIT,
    Permission.NOTE_SENSITIVE,
    Permission.ARRIVAL_ANSWER,
    Permission.ASSESSMENT_PROPOSE,
    Permission.ACTIVITY_LOG,
    Permission.ACTIVITY_CORRECT,
    Permission.TRIP,
    Permission.DUTY_SNOOZE,
    Permission.TASK,
    Permission.MEETING_EDIT,
    Permission.PAPERWORK_EDIT,
    Permission.EMPLOYMENT_EDIT,
    Permission.EXPUNGEMENT_EDIT,
    Permission.TRANSFER_PROPOSE,
    Permission.IMPORT,
    Permission.IMPORT_NOTICES,
    Permission.WITHDRAW,
    Permission.REPORT_WRITE,
}

ROLES = {
    Role.OFFICER: Terms(
        WORKS_CASES,
        home="officer",
        sees=Sees.UNITS,
        posted=PostingLevel.COMMUNE,
        leads_cases=True,
        takes_people=True,
        is_chief=False,
        needs_second=False,
    ),
    Role.CHIEF: Terms(
        WORKS_CASES
        | {
            Permission.RETURNEE_CLOSE,
            Permission.ASSESSMENT_APPROVE,
            Permission.EXPUNGEMENT_CONFIRM,
            Permission.SEAL_OPEN,
            Permission.OUTSIDE_SIGN,
            Permission.READING_REVIEW,
            Permission.ANONYMISE,
            Permission.TRANSFER_ANSWER,
            Permission.CASELOAD_SHARE,
            Permission.TRIP_FILE,
            Permission.REPORT_SEND,
            Permission.BREACH_VIEW,
            Permission.BREACH_EDIT,
            Permission.AUDIT_VIEW,
            Permission.UNIT_ALLOCATE,
        },
        home="officer",
        sees=Sees.UNITS,
        posted=PostingLevel.COMMUNE,
        leads_cases=True,
        takes_people=False,
        is_chief=True,
        needs_second=True,
    ),
    Role.REVIEWER: Terms(
        READS_CASES
        | {
            Permission.EXPUNGEMENT_CONFIRM,  # only of what a chief brought: see Expungement.objects.confirmable_by
            Permission.OUTSIDE_SIGN,
            Permission.READING_REVIEW,
            Permission.ARRIVAL_ASSIGN,
            Permission.IMPORT_NOTICES,
            Permission.CAMPAIGN_OPEN,
            Permission.REPORT_WRITE,  # of the own unit: see views.periodic.frame.is_answered_by
            Permission.REPORT_SEND,
            Permission.COACHING,
            Permission.UNIT_ALLOCATE,
            Permission.BREACH_VIEW,
            Permission.AUDIT_VIEW,
            Permission.POSTING_CONFIRM,  # of those below; a chief's superior is a reviewer
        },
        home="supervisor",
        sees=Sees.UNITS,
        posted=PostingLevel.ABOVE,
        leads_cases=False,
        takes_people=False,
        is_chief=False,
        needs_second=True,
    ),
    Role.ADMINISTRATOR: Terms(
        EVERYBODY
        | {
            Permission.UNIT_VIEW,
            Permission.UNIT_CHANGE,
            Permission.RULE_VIEW,
            Permission.RULE_EDIT,
            Permission.USER_MANAGE,
            Permission.POSTING_CONFIRM,
            Permission.BREACH_VIEW,
            Permission.BREACH_EDIT,
            Permission.AUDIT_VIEW,
            Permission.ERROR_VIEW,
            Permission.JOB_VIEW,
            Permission.EXPORT,
        },
        home="administrator",
        sees=Sees.NOBODY,
        posted=PostingLevel.ANYWHERE,
        leads_cases=False,
        takes_people=False,
        is_chief=False,
        needs_second=True,
    ),
    Role.HELPER: Terms(
        EVERYBODY | {Permission.RETURNEE_CONTACT, Permission.ACTIVITY_LOG},
        home="helper",
        sees=Sees.HELPED,
        posted=PostingLevel.COMMUNE,
        leads_cases=False,
        takes_people=False,
        is_chief=False,
        needs_second=False,
    ),
}

NOTHING = Terms(
    frozenset(),
    home="",
    sees=Sees.NOBODY,
    posted=PostingLevel.NOWHERE,
    leads_cases=False,
    takes_people=False,
    is_chief=False,
    needs_second=False,
)


def terms(role: str | None) -> Terms:
    """The row of `role`; for None, and for a word that is no role here, the one that grants nothing."""
    found = find_role(role)
    return NOTHING if found is None else ROLES[found]


def find_role(role: str | None) -> Role | None:
    """Return the role of a stored word, or None if the table has no row for it."""
    return Role(role) if role in ROLES else None


def may(role: str | None, permission: Permission) -> bool:
    """Whether the role is granted `permission`."""
    return permission in terms(role).permissions


def leads_cases(role: str | None) -> bool:
    """Whether somebody in this role may lead the 5+1 of a person."""
    return terms(role).leads_cases


def takes_people(role: str | None) -> bool:
    """Whether people who are announced are given to somebody in this role."""
    return terms(role).takes_people


def is_chief(role: str | None) -> bool:
    """Whether somebody in this role answers for the whole commune and signs for it."""
    return terms(role).is_chief


def needs_second(role: str | None) -> bool:
    """Whether a posting in this role, or a new slip for one, opens nothing before a second account has confirmed it."""
    return terms(role).needs_second


def is_helper(role: str | None) -> bool:
    """Whether somebody in this role sees the people they help and nobody else; a helper belongs to an organisation."""
    return terms(role).sees == Sees.HELPED


def manages_users(role: str | None) -> bool:
    """Whether somebody in this role looks after the accounts, and with them the units of the whole country."""
    return may(role, Permission.USER_MANAGE)


def works_at(role: str | None, *, commune: bool) -> bool:
    """Whether somebody can be posted in this role at a commune, or, where `commune` is false, at a unit above."""
    return terms(role).posted in (PostingLevel.ANYWHERE, PostingLevel.COMMUNE if commune else PostingLevel.ABOVE)


def roles_that(is_so: Callable[[str], bool]) -> list[Role]:
    """The roles of which one of these questions is true, for a query: `role__in=roles_that(leads_cases)`."""
    return [role for role in ROLES if is_so(role)]
