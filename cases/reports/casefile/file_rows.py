"""The rows of one file of which several parts of its page tell: query sets, each read once, beside others."""

from collections.abc import Sequence
from functools import cache, cached_property

from django.db.models import QuerySet

from cases.law.deadlines import Deadline
from cases.models import (
    ActivityEntry,
    AdditionalPenalty,
    AdministrativeViolation,
    Appointment,
    Assessment,
    Attachment,
    Attendance,
    Confinement,
    CourtApplication,
    Crime,
    DeadlineVersion,
    HelperGroup,
    JobCheck,
    JobReferral,
    Loan,
    Need,
    PaperworkRequest,
    Placement,
    RecidivismFinding,
    Returnee,
    SafetyFlag,
    Snooze,
    TrainingReferral,
    Transfer,
)
from cases.models.deadline_version import deadline_table
from cases.models.joint_read import PersonWording, read_jointly


class FileRows:
    """What was not withdrawn of one person, each list in the order of its model."""

    def __init__(self, returnee: Returnee) -> None:
        self.returnee = returnee
        self.mine = {"returnee": returnee}

    def read(self, names: Sequence[str], *others: QuerySet) -> None:
        """Read the lists of these names, and other query sets beside them, in one statement."""
        lists = {name: getattr(self, name) for name in names}
        own = [
            name for name in names if getattr(type(self), name) is vars(FileRows).get(name)
        ]  # made of the person alone
        worded = [(lists[name], list_wording(name).of(self.returnee.pk, lists[name].db)) for name in own]
        read_jointly(*lists.values(), *others, worded=worded)

    @cached_property
    def entries(self) -> QuerySet[ActivityEntry]:
        """The person's part in each piece of work, with who wrote it and which bodies took part."""
        rows = ActivityEntry.objects.kept().filter(**self.mine).select_related("activity__created_by")
        return rows.prefetch_related("activity__organisations")

    @cached_property
    def appointments(self) -> QuerySet[Appointment]:
        return Appointment.objects.kept().filter(**self.mine).select_related("changed_by")

    @cached_property
    def attendances(self) -> QuerySet[Attendance]:
        return Attendance.objects.kept().filter(**self.mine).select_related("meeting")

    @property
    def sessions_attended(self) -> list[Attendance]:
        """Where the person was seen in a group meeting."""
        return [row for row in self.attendances if row.present and row.meeting.attendance_taken_at]

    @cached_property
    def snoozes(self) -> QuerySet[Snooze]:
        return Snooze.objects.kept().filter(**self.mine).select_related("created_by")

    @cached_property
    def papers(self) -> QuerySet[PaperworkRequest]:
        """Each with the person as read, for the row of a list tells who it is about."""
        return self.returnee.paperwork.kept()

    @cached_property
    def attachments(self) -> QuerySet[Attachment]:
        """Photographs of papers, without their bytes."""
        rows = Attachment.objects.kept().filter(**self.mine)
        return rows.select_related("paperwork", "dossier_paper", "created_by")

    @cached_property
    def referrals(self) -> QuerySet[JobReferral]:
        """With the employer, and how often it was asked whether the person is still there."""
        rows = JobReferral.objects.kept().filter(**self.mine).select_related("employer")
        return rows.prefetch_related("checks")

    @cached_property
    def job_checks(self) -> QuerySet[JobCheck]:
        rows = JobCheck.objects.filter(referral__returnee=self.returnee, referral__withdrawn_at__isnull=True)
        return rows.select_related("referral__employer")

    @cached_property
    def trainings(self) -> QuerySet[TrainingReferral]:
        return TrainingReferral.objects.kept().filter(**self.mine)

    @cached_property
    def loans(self) -> QuerySet[Loan]:
        return Loan.objects.kept().filter(**self.mine)

    @cached_property
    def placements(self) -> QuerySet[Placement]:
        return Placement.objects.filter(**self.mine).select_related("unit")

    @cached_property
    def groups(self) -> QuerySet[HelperGroup]:
        return HelperGroup.objects.filter(**self.mine).select_related("lead")

    @cached_property
    def needs(self) -> QuerySet[Need]:
        return Need.objects.kept().filter(**self.mine)

    @cached_property
    def safety_flags(self) -> QuerySet[SafetyFlag]:
        """What to mind for the person's safety, those that have ended too."""
        return SafetyFlag.objects.kept().filter(**self.mine).select_related("created_by")

    @cached_property
    def assessments(self) -> QuerySet[Assessment]:
        return Assessment.objects.kept().filter(**self.mine).select_related("created_by")

    @cached_property
    def court_applications(self) -> QuerySet[CourtApplication]:
        return CourtApplication.objects.kept().filter(**self.mine)

    @cached_property
    def administrative_violations(self) -> QuerySet[AdministrativeViolation]:
        return AdministrativeViolation.objects.kept().filter(**self.mine)

    @cached_property
    def crimes(self) -> QuerySet[Crime]:
        return Crime.objects.kept().filter(**self.mine)

    @cached_property
    def confinements(self) -> QuerySet[Confinement]:
        return Confinement.objects.kept().filter(**self.mine)

    @cached_property
    def recidivism_findings(self) -> QuerySet[RecidivismFinding]:
        return RecidivismFinding.objects.kept().filter(**self.mine)

    @cached_property
    def additional_penalties(self) -> QuerySet[AdditionalPenalty]:
        """Those of judgments on file, the last to end first."""
        of_file = {"judgment__returnee": self.returnee, "judgment__withdrawn_at__isnull": True}
        return AdditionalPenalty.objects.filter(**of_file, done_on__isnull=False).order_by("-done_on")

    @cached_property
    def pending_transfers(self) -> QuerySet[Transfer]:
        return Transfer.objects.pending().filter(**self.mine).select_related("to_unit")

    @cached_property
    def slate_versions(self) -> QuerySet[DeadlineVersion]:
        return DeadlineVersion.objects.of_slates()

    @cached_property
    def deadline_versions(self) -> QuerySet[DeadlineVersion]:
        return DeadlineVersion.objects.of_duties()

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        """The table of all deadlines, those entered by an administrator too."""
        return deadline_table(self.deadline_versions)


@cache
def list_wording(name: str) -> PersonWording:
    """The SQL of the list of that name: it is the same for everybody."""
    return PersonWording(lambda key: getattr(FileRows(Returnee(pk=key)), name))
