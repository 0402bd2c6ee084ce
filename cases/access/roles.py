from enum import StrEnum

from cases.access.permissions import Permission


class Role(StrEnum):
    """What a posting makes of a user; the words for people stand in `models/user.py`."""

    OFFICER = "officer"  # công an xã
    CHIEF = "chief"  # trưởng công an xã
    REVIEWER = "reviewer"  # cấp trên theo dõi: cluster, district of old, province
    ADMINISTRATOR = "administrator"  # users and units, no case data
    HELPER = "helper"  # member of an organisation in the 5+1


EVERYBODY = frozenset({Permission.HOME, Permission.ACCOUNT})

READS_CASES = EVERYBODY | {
    Permission.RETURNEE_CONTACT,
    Permission.CASE_VIEW,
    Permission.MEETING_VIEW,
    Permission.EMPLOYMENT_VIEW,
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
    Permission.ARRIVAL_ANSWER,
    Permission.ASSESSMENT_PROPOSE,
    Permission.ACTIVITY_LOG,
    Permission.ACTIVITY_CORRECT,
    Permission.DUTY_SNOOZE,
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

ROLE_PERMISSIONS = {
    Role.OFFICER: WORKS_CASES,
    Role.CHIEF: WORKS_CASES
    | {
        Permission.RETURNEE_CLOSE,
        Permission.ASSESSMENT_APPROVE,
        Permission.EXPUNGEMENT_CONFIRM,
        Permission.SEAL_OPEN,
        Permission.TRANSFER_ANSWER,
        Permission.CASELOAD_SHARE,
        Permission.REPORT_SEND,
        Permission.AUDIT_VIEW,
        Permission.UNIT_ALLOCATE,
    },
    Role.REVIEWER: READS_CASES
    | {
        Permission.EXPUNGEMENT_CONFIRM,  # only of what a chief brought: see Expungement.objects.confirmable_by
        Permission.ARRIVAL_ASSIGN,
        Permission.IMPORT_NOTICES,
        Permission.CAMPAIGN_OPEN,
        Permission.UNIT_ALLOCATE,
        Permission.AUDIT_VIEW,
    },
    Role.ADMINISTRATOR: EVERYBODY
    | {
        Permission.UNIT_VIEW,
        Permission.UNIT_CHANGE,
        Permission.RULE_VIEW,
        Permission.RULE_EDIT,
        Permission.USER_MANAGE,
        Permission.AUDIT_VIEW,
        Permission.ERROR_VIEW,
        Permission.EXPORT,
    },
    Role.HELPER: EVERYBODY | {Permission.RETURNEE_CONTACT, Permission.ACTIVITY_LOG},
}
