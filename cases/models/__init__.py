"""What is stored and what must always hold; no pages, no writes across models, no words of a report."""

from cases.models.activity import Activity, ActivityEntry, Appointment, Snooze
from cases.models.activity_kind import KINDS, ActivityKind
from cases.models.anonymisation import Anonymisation, Erasure
from cases.models.arrival import ArrivalAnswer, Notice
from cases.models.assessment import Assessment
from cases.models.attachment import Attachment, Picture
from cases.models.audit_event import AuditEvent
from cases.models.audit_seal import AuditSeal
from cases.models.backup import Backup
from cases.models.breach import Breach
from cases.models.campaign import Campaign, CellComment, ReportVersion, Submission
from cases.models.column_mapping import ColumnMapping, HeadingSynonym
from cases.models.congratulation import Congratulation
from cases.models.consent import Consent
from cases.models.court_application import CourtApplication
from cases.models.current_facts import CurrentFacts, LastContact
from cases.models.deadline_version import DeadlineVersion
from cases.models.device import Device
from cases.models.distinct_pair import DistinctPair
from cases.models.dossier_paper import DossierPaper
from cases.models.employment import Employer, JobCheck, JobReferral
from cases.models.error_event import ErrorEvent
from cases.models.expungement import Expungement
from cases.models.form_name_version import FormNameVersion
from cases.models.group import GroupMember, HelperGroup
from cases.models.holiday import Holiday
from cases.models.import_run import ImportedRow, ImportRun, StagedRow
from cases.models.job import PreparedPart, QueuedJob, WorkerProcess
from cases.models.judgment import AdditionalPenalty, Judgment, Obligation, Offence, Severity
from cases.models.kept_figures import FiguresGround, KeptFigures
from cases.models.letterhead_check import LetterheadCheck
from cases.models.list_export import ListExport
from cases.models.loan import Loan
from cases.models.loan_version import LoanVersion
from cases.models.meeting import Attendance, GroupMeeting
from cases.models.name_key import NameKey
from cases.models.need import Need
from cases.models.organisation import Organisation
from cases.models.outside_reading import OutsideReading
from cases.models.paperwork import PaperworkRequest
from cases.models.police_version import PoliceVersion
from cases.models.reading_review import ReadingReview
from cases.models.report_document import DocumentNumber, ReportCell, ReportDocument
from cases.models.retention_version import RetentionVersion
from cases.models.returnee import Placement, Returnee
from cases.models.rule_version import RuleVersion
from cases.models.safety import SafetyFlag
from cases.models.sensitive_note import SensitiveNote
from cases.models.sent_form import SentForm
from cases.models.task import PersonalTask
from cases.models.training import TrainingReferral
from cases.models.transfer import Transfer, TransferStep
from cases.models.unit import Succession, Unit
from cases.models.unit_change import UnitChange, UnitPlan
from cases.models.user import Posting, User
from cases.models.verdict import Verdict
from cases.models.violation import AdministrativeViolation, Confinement, Crime, RecidivismFinding

__all__ = [
    "KINDS",
    "Activity",
    "ActivityEntry",
    "ActivityKind",
    "AdditionalPenalty",
    "AdministrativeViolation",
    "Anonymisation",
    "Appointment",
    "ArrivalAnswer",
    "Assessment",
    "Attachment",
    "Attendance",
    "AuditEvent",
    "AuditSeal",
    "Backup",
    "Breach",
    "Campaign",
    "CellComment",
    "ColumnMapping",
    "Congratulation",
    "Confinement",
    "Consent",
    "CourtApplication",
    "Crime",
    "CurrentFacts",
    "DeadlineVersion",
    "Device",
    "DistinctPair",
    "DocumentNumber",
    "DossierPaper",
    "Employer",
    "Erasure",
    "ErrorEvent",
    "Expungement",
    "FiguresGround",
    "FormNameVersion",
    "GroupMeeting",
    "GroupMember",
    "HeadingSynonym",
    "HelperGroup",
    "Holiday",
    "ImportRun",
    "ImportedRow",
    "JobCheck",
    "JobReferral",
    "Judgment",
    "KeptFigures",
    "LastContact",
    "LetterheadCheck",
    "ListExport",
    "Loan",
    "LoanVersion",
    "NameKey",
    "Need",
    "Notice",
    "Obligation",
    "Offence",
    "Organisation",
    "OutsideReading",
    "PaperworkRequest",
    "PersonalTask",
    "Picture",
    "Placement",
    "PoliceVersion",
    "Posting",
    "PreparedPart",
    "QueuedJob",
    "ReadingReview",
    "RecidivismFinding",
    "ReportCell",
    "ReportDocument",
    "ReportVersion",
    "RetentionVersion",
    "Returnee",
    "RuleVersion",
    "SafetyFlag",
    "SensitiveNote",
    "SentForm",
    "Severity",
    "Snooze",
    "StagedRow",
    "Submission",
    "Succession",
    "TrainingReferral",
    "Transfer",
    "TransferStep",
    "Unit",
    "UnitChange",
    "UnitPlan",
    "User",
    "Verdict",
    "WorkerProcess",
]
