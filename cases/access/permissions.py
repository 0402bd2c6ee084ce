from enum import StrEnum


class Permission(StrEnum):
    """One name for each thing one may do; what is not granted in `roles.py` is refused."""

    HOME = "home"

    RETURNEE_CONTACT = "returnee.contact"  # name, hamlet, contact, next task: the minimum a helper needs
    CASE_VIEW = "case.view"  # the whole file, sentence and violations included
    RETURNEE_EDIT = "returnee.edit"
    RETURNEE_CLOSE = "returnee.close"
    JUDGMENT_EDIT = "judgment.edit"
    VIOLATION_EDIT = "violation.edit"
    GROUP_EDIT = "group.edit"
    NEED_EDIT = "need.edit"
    SAFETY_EDIT = "safety.edit"  # what to mind for a person's own safety
    NOTE_SENSITIVE = "note.sensitive"  # of the people one leads, or as their chief: what nobody else reads
    ARRIVAL_ANSWER = "arrival.answer"  # what the commune found out about somebody who was announced
    ARRIVAL_ASSIGN = "arrival.assign"  # name the commune of somebody no commune could place
    ASSESSMENT_PROPOSE = "assessment.propose"
    ASSESSMENT_APPROVE = "assessment.approve"

    ACTIVITY_LOG = "activity.log"
    ACTIVITY_CORRECT = "activity.correct"
    TRIP = "trip"  # take one's people along on a device, to read and write without a network
    TRIP_FILE = "trip.file"  # take in the file of a colleague's device that was not connected for days
    DUTY_SNOOZE = "duty.snooze"
    TASK = "task"  # what one means to do by a day, for oneself
    COACHING = "coaching"  # talk files over with those who lead them, and ask a task of them
    MEETING_VIEW = "meeting.view"
    MEETING_EDIT = "meeting.edit"
    PAPERWORK_EDIT = "paperwork.edit"
    EMPLOYMENT_VIEW = "employment.view"
    EMPLOYMENT_EDIT = "employment.edit"
    EXPUNGEMENT_EDIT = "expungement.edit"
    EXPUNGEMENT_CONFIRM = "expungement.confirm"
    IMPORT = "import"  # a register workbook, for one's own units
    IMPORT_NOTICES = "import.notices"  # a list of prison notices or an amnesty wave, for any commune below one's unit
    SEAL_OPEN = "seal.open"  # look into a file that was sealed, with a reason, for a short while
    OUTSIDE_READ = "outside.read"  # look into one file beyond one's scope, with a reason, for an hour
    OUTSIDE_SIGN = "outside.sign"  # sign who looked so into a file of one's units
    ANONYMISE = "anonymise"  # let people be forgotten whose files are kept long enough, for good
    TRANSFER_VIEW = "transfer.view"
    TRANSFER_PROPOSE = "transfer.propose"  # offer a file to another commune, ask for one, take either back
    TRANSFER_ANSWER = "transfer.answer"  # take a file over, hand over one that is asked for, refuse
    CASELOAD_SHARE = "caseload.share"  # give an officer's cases to colleagues
    WITHDRAW = "withdraw"  # take a wrong record back, with a reason

    REPORT_VIEW = "report.view"
    REPORT_WRITE = "report.write"  # the official report: its words, its number, figures by hand
    EXPORT = "export"  # take a list one may see away as a file, with a reason
    CAMPAIGN_OPEN = "campaign.open"  # ask the communes for the report of a period, look it through, accept it
    REPORT_SEND = "report.send"
    AUDIT_VIEW = "audit.view"
    READING_REVIEW = "reading.review"  # look through what was read unusually in a month, and sign it
    BREACH_VIEW = "breach.view"  # breaches of personal data in one's units
    BREACH_EDIT = "breach.edit"  # enter and close those of one's own unit
    ERROR_VIEW = "error.view"  # what went wrong on the server; names nobody
    JOB_VIEW = "job.view"  # what workers do and for whom; not what it is about

    RULE_VIEW = "rule.view"
    RULE_EDIT = "rule.edit"

    UNIT_VIEW = "unit.view"
    UNIT_ALLOCATE = "unit.allocate"  # say where the people of a divided unit live
    UNIT_CHANGE = "unit.change"  # open, rename, merge, divide and move units, undo it
    USER_MANAGE = "user.manage"
    POSTING_CONFIRM = "posting.confirm"  # as the second account, of a posting another one gave or made a slip for
