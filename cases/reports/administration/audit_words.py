"""What happened, in words: every verb of the audit table as a sentence, and the groups one can ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.models import AuditEvent, User
from cases.reports.administration import page_words
from cases.reports.casefile import history
from cases.reports.people import sealed
from cases.reports.words import Words

WORDS = {
    "activity.entry_corrected": _lazy("Corrected how a visit went"),
    "activity.recorded": _lazy("Logged an activity"),
    "activity.withdrawn": _lazy("Withdrew an activity"),
    "appointment.missed": _lazy("Said why an appointment did not take place"),
    "arrival.answered": _lazy("Answered about somebody who was announced"),
    "arrival.unit_named": _lazy("Named the commune of somebody nobody could place"),
    "assessment.approved": _lazy("Approved an assessment"),
    "assessment.proposed": _lazy("Proposed an assessment"),
    "backup.made": _lazy("Made a backup of the database"),
    "backup.restored": _lazy("Restored the database from a backup"),
    "breach.letter_downloaded": _lazy("Took the letter about a breach away as a file"),
    "breach.told": _lazy("Noted that the authority was told of a breach"),
    "campaign.opened": _lazy("Asked the communes for a report"),
    "consent.ended": _lazy("Recorded that consent was taken back"),
    "courtapplication.refused": _lazy("Recorded that the court refused to clear a record"),
    "courtapplication.requested": _lazy("Recorded an application to the court to clear a record"),
    "crime.stage_reached": _lazy("Recorded a later stage of a new crime"),
    "distinctpair.added": _lazy("Said that two files are of two people"),
    "duty.resumed": _lazy("Let a duty stand again that was put off"),
    "duty.snoozed": _lazy("Put a duty off"),
    "expungement.confirmed": _lazy("Confirmed that a record is cleared"),
    "expungement.evidence": _lazy("Entered evidence that a record is cleared"),
    "group.formed": _lazy("Set up a 5+1 group"),
    "group.lead_changed": _lazy("Gave a case to another officer"),
    "group.member_added": _lazy("Added a member to a 5+1 group"),
    "group.member_ended": _lazy("Ended the help of a member of a 5+1 group"),
    "holiday.corrected": _lazy("Corrected a day off"),
    "holiday.entered": _lazy("Entered a day off"),
    "importrun.discarded": _lazy("Discarded an uploaded register"),
    "importrun.loaded": _lazy("Loaded a register from a workbook"),
    "columnmapping.chosen": _lazy("Matched the columns of a register workbook"),
    "importrun.uploaded": _lazy("Uploaded a register workbook"),
    "judgment.parts_corrected": _lazy("Corrected offences, penalties or obligations of a judgment"),
    "letterheadcheck.confirmed": _lazy("Found the letterhead of the unit right"),
    "list.exported": _lazy("Took a list away as a file"),
    "loan.listed": _lazy("Printed the list of people for loans"),
    "loan.paid_out": _lazy("Recorded that a loan was paid out"),
    "loan.refused": _lazy("Recorded that a loan was refused"),
    "loan.requested": _lazy("Recorded the request for a loan"),
    "attendance.noted": _lazy("Noted how somebody took part in a group meeting"),
    "meeting.attendance_taken": _lazy("Took attendance of a group meeting"),
    "meeting.planned": _lazy("Planned a group meeting"),
    "need.state_changed": _lazy("Changed the state of a need"),
    "outsidereading.begun": _lazy("Opened a file beyond their scope for an hour"),
    "outsidereading.ended": _lazy("Ended a look beyond the scope"),
    "outsidereading.signed": _lazy("Signed a look beyond the scope"),
    "page.looked_up": _lazy("Looked somebody up by a number"),
    "page.read": _lazy("Read a page with names"),
    "page.searched": _lazy("Searched"),
    "paperwork.handed_over": _lazy("Handed a paper over"),
    "paperwork.issued": _lazy("Recorded that a paper was issued"),
    "paperwork.needed": _lazy("Recorded that a paper is needed"),
    "paperwork.refused": _lazy("Recorded that a paper was refused"),
    "paperwork.submitted": _lazy("Recorded that a paper was applied for"),
    "personaltask.done": _lazy("Did a task of their own"),
    "readingreview.signed": _lazy("Signed the unusual readings of a month"),
    "referral.accepted": _lazy("Recorded that an employer accepted"),
    "referral.checked": _lazy("Checked on a job"),
    "referral.ended": _lazy("Recorded that a job ended"),
    "referral.referred": _lazy("Referred somebody to a job"),
    "referral.refused": _lazy("Recorded that an employer refused"),
    "referral.started": _lazy("Recorded that a job started"),
    "reportcell.typed": _lazy("Wrote a figure of a report by hand"),
    "reportdocument.downloaded": _lazy("Took the official report away as a file"),
    "reportdocument.numbered": _lazy("Gave the official report its number"),
    "reportdocument.written": _lazy("Wrote the official report"),
    "returnee.anonymised": _lazy("Anonymised a person"),
    "returnee.allocated": _lazy("Allocated a person of a divided unit"),
    "returnee.closed": _lazy("Closed a file"),
    "returnee.form_downloaded": _lazy("Took a form of the dossier away as a file"),
    "returnee.handed_over": _lazy("Handed a file to another commune"),
    "returnee.opened": _lazy("Looked into a file"),
    "returnee.presented": _lazy("Recorded that a person presented themselves"),
    "returnee.registered": _lazy("Made a new file"),
    "returnee.reopened": _lazy("Opened a closed file again"),
    "returnee.unsealed": _lazy("Opened a sealed file to read"),
    "safetyflag.ended": _lazy("Ended what was to mind for a person's safety"),
    "submission.accepted": _lazy("Accepted the report of a unit"),
    "submission.begun": _lazy("Began the report of a unit above the communes"),
    "submission.downloaded": _lazy("Took the report of a unit away as a file"),
    "submission.frozen": _lazy("Froze the own report of the unit that collects"),
    "submission.given_back": _lazy("Gave the report of a unit back"),
    "submission.sent": _lazy("Sent the report of a unit"),
    "training.progressed": _lazy("Recorded the progress of a course"),
    "training.referred": _lazy("Sent somebody to a course"),
    "transfer.accepted": _lazy("Took a file over, or handed over one that was asked for"),
    "transfer.proposed": _lazy("Offered a file to another commune"),
    "transfer.refused": _lazy("Refused a handover"),
    "transfer.requested": _lazy("Asked another commune for a file"),
    "transfer.withdrawn": _lazy("Took a proposed handover back"),
    "unit.ended": _lazy("Ended a unit"),
    "unit.form_downloaded": _lazy("Took a form of the unit away as a file"),
    "unit.loaded": _lazy("Loaded the official list of units"),
    "unit.opened": _lazy("Entered a unit"),
    "unitchange.planned": _lazy("Entered a change of units ahead of its day"),
    "unitchange.made": _lazy("Renamed, merged, divided or moved units"),
    "unitchange.undone": _lazy("Undid a change of units"),
    "unit.succeeded": _lazy("Entered which unit follows another"),
    "user.activated": _lazy("Opened a closed account again"),
    "user.appointed": _lazy("Gave a posting"),
    "user.code_switched_off": _lazy("Switched off the code from the phone"),
    "user.code_switched_on": _lazy("Switched on the code from the phone"),
    "user.corrected": _lazy("Corrected an account"),
    "user.deactivated": _lazy("Closed an account"),
    "user.device_file_taken_in": _lazy("Took in the file of a device"),
    "user.device_marked": _lazy("Marked a device as their own"),
    "user.device_revoked": _lazy("Took a device off an account"),
    "user.form_refused": _lazy("Sent a form that was refused: too old, or not from this system"),
    "user.locked_out": _lazy("Was locked out for a while after too many wrong passwords"),
    "user.not_found": _lazy("Asked for something that is not there for them"),
    "user.opened": _lazy("Made an account"),
    "user.password_changed": _lazy("Changed their own password"),
    "user.password_reset": _lazy("Made a new one-time password"),
    "user.posting_confirmed": _lazy("Confirmed a posting as the second account"),
    "user.posting_ended": _lazy("Ended a posting"),
    "user.rate_reached": _lazy("Reached the limit of look-ups or files within an hour"),
    "user.recovery_codes_made": _lazy("Made new recovery codes"),
    "user.refused": _lazy("Was refused a page"),
    "user.sign_in_failed": _lazy("Was refused at sign-in"),
    "user.sign_ins_ended": _lazy("Ended their own sign-ins elsewhere"),
    "user.sign_ins_unlisted": _lazy("More were refused at sign-in than are listed"),
    "user.signed_in": _lazy("Signed in"),
    "user.signed_out": _lazy("Signed out"),
    "user.timed_out": _lazy("Was signed out after a time without work"),
}
SHARED = {
    "added": _lazy("Entered: %(noun)s"),
    "corrected": _lazy("Corrected: %(noun)s"),
    "withdrawn": _lazy("Withdrew: %(noun)s"),
}
NOUNS = {
    **history.NOUNS,
    "employer": _lazy("Employer"),
    "groupmeeting": _lazy("Group meeting"),
    "importrun": _lazy("Register workbook"),
    "reportcell": _lazy("Figure by hand"),
    "reportdocument": _lazy("Official report"),
    "breach": _lazy("Breach of personal data"),
    "campaign": _lazy("Report asked for"),
    "columnmapping": _lazy("Columns of registers"),
    "deadlineversion": _lazy("Deadline"),
    "formnameversion": _lazy("Name of a form"),
    "headingsynonym": _lazy("Word for a column of registers"),
    "loanversion": _lazy("Limits of credit"),
    "policeversion": _lazy("Police body"),
    "retentionversion": _lazy("How long files are kept"),
    "organisation": _lazy("Organisation"),
    "readingreview": _lazy("Unusual readings"),
    "ruleversion": _lazy("Version of a rule"),
    "unitchange": _lazy("Change of units"),
}
OPENINGS = (history.OPENED, "returnee.unsealed")
SIGN_IN = (
    *("user.signed_in", "user.sign_in_failed", "user.sign_ins_unlisted", "user.locked_out"),
    *("user.signed_out", "user.timed_out"),
)
REFUSED = ("user.refused", "user.not_found", "user.form_refused", "user.rate_reached")
READINGS = ("page.read", "page.searched", "page.looked_up")

# key, words, rows; the first ones are all an administrator may see
GROUPS: list[tuple[str, Words, Q]] = [
    ("signin", _lazy("Sign-in"), Q(verb__in=SIGN_IN)),
    (
        "account",
        _lazy("Accounts and postings"),
        Q(target_type__in=["user", "posting"]) & ~Q(verb__in=[*SIGN_IN, *REFUSED]),
    ),
    (
        "unit",
        _lazy("Units, rules and days off"),
        Q(target_type__in=["unit", "unitchange", "ruleversion", "deadlineversion", "formnameversion", "holiday"])
        | Q(
            target_type__in=[
                "loanversion",
                "policeversion",
                "organisation",
                "letterheadcheck",
                "headingsynonym",
                "retentionversion",
                "breach",
                "backup",
            ]
        ),
    ),
    ("refused", _lazy("Refused"), Q(verb__in=REFUSED)),
    ("opening", _lazy("Looks into files"), Q(verb__in=OPENINGS)),
    ("reading", _lazy("Lists, searches and look-ups"), Q(verb__in=READINGS) | Q(target_type="readingreview")),
    (
        "file",
        _lazy("Files and judgments"),
        Q(
            target_type__in=[
                "returnee",
                "notice",
                "arrivalanswer",
                "judgment",
                "expungement",
                "courtapplication",
                "distinctpair",
                "outsidereading",
                "importrun",
                "columnmapping",
                "transfer",
            ]
        )
        & ~Q(verb__in=OPENINGS),
    ),
    (
        "visit",
        _lazy("Visits and meetings"),
        Q(target_type__in=["activity", "appointment", "snooze", "groupmeeting", "attendance", "personaltask"]),
    ),
    (
        "need",
        _lazy("Needs and assessments"),
        Q(target_type__in=["need", "assessment", "safetyflag", "sensitivenote", "consent"]),
    ),
    (
        "violation",
        _lazy("Violations"),
        Q(target_type__in=["administrativeviolation", "confinement", "crime", "recidivismfinding"]),
    ),
    ("paperwork", _lazy("Paperwork"), Q(target_type__in=["paperworkrequest", "dossierpaper", "attachment"])),
    (
        "work",
        _lazy("Work, training, loans"),
        Q(
            target_type__in=[
                "employer",
                "jobreferral",
                "jobcheck",
                "trainingreferral",
                "loan",
                "congratulation",
            ]
        ),
    ),
    (
        "report",
        _lazy("Reports and files taken away"),
        Q(target_type__in=["campaign", "submission", "reportdocument", "reportcell", "listexport"]),
    ),
    ("group", _lazy("5+1 groups"), Q(target_type__in=["helpergroup", "groupmember"])),
]
ADMINISTRATORS_GROUPS = 4


@dataclass(frozen=True)
class AuditLine:
    """One event of the log as one reads it; of a sealed file neither whose it is nor what changed."""

    event: AuditEvent
    words: str
    changes: list[history.FieldChange]
    is_sealed: bool = False

    @property
    def about(self) -> str:
        """Whose or which row it was."""
        if self.is_sealed:
            return str(_("A sealed file"))
        return page_words.title(self.event) or self.event.label

    @property
    def reason(self) -> str:
        """Why it was done; of a sealed file only why it was opened."""
        return "" if self.is_sealed and self.event.verb not in OPENINGS else self.event.reason


def groups_for(user: User) -> list[tuple[str, Words, Q]]:
    """The groups of events a user may ask for."""
    return GROUPS[:ADMINISTRATORS_GROUPS] if user.manages_users else GROUPS


def in_group(events: QuerySet[AuditEvent], key: str) -> QuerySet[AuditEvent]:
    """The events of one group; raises StopIteration where there is no such group."""
    return events.filter(next(rows for name, _words, rows in GROUPS if name == key))


def sentence(verb: str) -> str:
    """What a verb says; a verb without words is shown as it is stored."""
    if verb in WORDS:
        return str(WORDS[verb])
    noun, _dot, done = verb.partition(".")
    if noun in NOUNS and done in SHARED:
        return str(SHARED[done]) % {"noun": NOUNS[noun]}
    return verb


def audit_lines(events: Iterable[AuditEvent], user: User) -> list[AuditLine]:
    """Events as `user` reads them, with what changed; a handful of queries, however many events."""
    events = list(events)
    hidden = sealed.sealed_files(event.returnee_id for event in events)
    return [
        AuditLine(
            event,
            sentence(event.verb),
            []
            if event.verb == history.OPENED or event.returnee_id in hidden
            else page_words.details(event, entry.changes),
            is_sealed=event.returnee_id in hidden,
        )
        for event, entry in zip(events, history.history_entries(events, user), strict=True)
    ]
