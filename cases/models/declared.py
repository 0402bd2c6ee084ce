"""What every field is under the law on personal data, and what becomes of it when a person is anonymised.

Each model says in PERSONAL which of its fields tell of somebody, in PLAIN which do not. Here each of the former is
declared once more: `personal` says who somebody is, how to reach them, or what somebody wrote of them freely;
`sensitive` tells of a crime, a sentence, a violation, a record, of origin, health or private life. Of both, what is
also `counted` stays when a person is anonymised, because figures stand on it and it names nobody; the rest goes. So
goes what a device, a paper for the person and a sealed file may show follow from one table; tests hold each against it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from cases.models.stamped import STAMPS, WITHDRAWAL

NAME = "Đã ẩn danh"  # in the place of a full name
MARK = "[đã ẩn danh]"  # in the place of a name or number in what was written
NOTHING = "—"  # in the place of a text that must not be empty


class FieldKind(StrEnum):
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    PLAIN = "plain"


@dataclass(frozen=True)
class FieldDeclaration:
    """One model: `way` leads to the person (None: a row is about nobody alone), `goes` where its rows are deleted."""

    way: str | None
    personal: str = ""
    sensitive: str = ""
    counted: str = ""
    goes: bool = False

    def kind(self, name: str) -> FieldKind:
        """What a field is."""
        if name in self.sensitive.split():
            return FieldKind.SENSITIVE
        return FieldKind.PERSONAL if name in self.personal.split() else FieldKind.PLAIN

    @property
    def forgotten(self) -> list[str]:
        """The fields that are emptied when the person is anonymised."""
        return [name for name in (*self.personal.split(), *self.sensitive.split()) if name not in self.counted.split()]


DECLARED = {
    "Returnee": FieldDeclaration(
        "",
        personal="file_number full_name aliases sex born_on identity_number old_identity_number hamlet address phone "
        "household_contact household_relation household_phone search_text sort_key note close_note "
        "identity_key old_identity_key phone_key household_phone_key",
        sensitive="ethnicity certificate_number prison subject_type completed_on presents_by presented_on closed_on "
        "close_reason",
        counted="sex subject_type completed_on presents_by presented_on closed_on close_reason",
    ),
    "NameKey": FieldDeclaration("returnee", personal="returnee key", goes=True),
    "Placement": FieldDeclaration(
        "returnee", personal="returnee unit since until", counted="returnee unit since until"
    ),
    "CurrentFacts": FieldDeclaration(
        "returnee",
        personal="returnee last_contact_on lead taken_over_on last_assessed_on",
        sensitive="verdict group group_on",
        counted="returnee last_contact_on verdict group group_on last_assessed_on lead taken_over_on",
    ),
    "LastContact": FieldDeclaration("returnee", personal="returnee on", counted="returnee on"),
    "Activity": FieldDeclaration(None, personal="result note"),
    "ActivityEntry": FieldDeclaration(
        "returnee",
        personal="activity returnee outcome attitude note kept_on kept_kind kept_detail",
        counted="activity returnee outcome attitude kept_on kept_kind kept_detail",
    ),
    "Appointment": FieldDeclaration("returnee", personal="returnee on note missed_reason", counted="returnee on"),
    "Snooze": FieldDeclaration("returnee", personal="returnee reason", counted="returnee"),
    "Notice": FieldDeclaration("returnee", personal="returnee address", sensitive="number sender", counted="returnee"),
    "ArrivalAnswer": FieldDeclaration(
        "returnee",
        personal="returnee unit kind named_unit on note phone",
        counted="returnee unit kind named_unit on",
    ),
    "Assessment": FieldDeclaration("returnee", personal="returnee reason", sensitive="group", counted="returnee group"),
    "Attachment": FieldDeclaration("returnee", personal="returnee paperwork dossier_paper title sha256", goes=True),
    "Picture": FieldDeclaration("attachment__returnee", sensitive="attachment content", goes=True),
    "Attendance": FieldDeclaration(
        "returnee", personal="meeting returnee present note", counted="meeting returnee present"
    ),
    "Congratulation": FieldDeclaration(
        "returnee", personal="returnee referral step on", counted="returnee referral step on"
    ),
    "Consent": FieldDeclaration(
        "returnee",
        personal="returnee purpose basis how given_on ended_on note photo",
        counted="returnee purpose basis how given_on ended_on photo",
    ),
    "CourtApplication": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="filed_on court refused_on reference note",
        counted="returnee filed_on refused_on",
    ),
    "DistinctPair": FieldDeclaration(None, personal="first second reason", counted="first second"),
    "DossierPaper": FieldDeclaration(
        "returnee", personal="returnee on quarter", sensitive="code number", counted="returnee on quarter code"
    ),
    "Employer": FieldDeclaration(
        None, personal="contact_name phone search_text", counted="contact_name phone search_text"
    ),
    "JobReferral": FieldDeclaration(
        "returnee",
        personal="returnee referred_on accepted_on refused_on refusal_reason started_on begin_unknown ended_on "
        "end_reason monthly_income note",
        counted="returnee referred_on accepted_on refused_on refusal_reason started_on begin_unknown ended_on "
        "monthly_income",
    ),
    "JobCheck": FieldDeclaration(
        "referral__returnee",
        personal="referral on still_working monthly_income note",
        counted="referral on still_working monthly_income",
    ),
    "Expungement": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="evidence evidence_on reference note reason verdict",
        counted="returnee evidence evidence_on verdict",
    ),
    "HelperGroup": FieldDeclaration("returnee", personal="returnee", counted="returnee"),
    "GroupMember": FieldDeclaration("group__returnee", personal="group name phone", counted="group"),
    "Judgment": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="number court judged_on effective_on main_penalty months exempt main_done_on main_done_how "
        "clearance_decision_on general_penalty foreign_court note",
        counted="returnee judged_on effective_on main_penalty months exempt main_done_on main_done_how "
        "clearance_decision_on general_penalty foreign_court",
    ),
    "Offence": FieldDeclaration(
        "judgment__returnee",
        personal="judgment",
        sensitive="name article clause chapter fault severity act_on",
        counted="judgment article clause chapter fault severity act_on",
    ),
    "AdditionalPenalty": FieldDeclaration(
        "judgment__returnee",
        personal="judgment",
        sensitive="kind since done_on",
        counted="judgment kind since done_on",
    ),
    "Obligation": FieldDeclaration(
        "judgment__returnee",
        personal="judgment",
        sensitive="kind state amount done_on evidence",
        counted="judgment kind state amount done_on",
    ),
    "Loan": FieldDeclaration(
        "returnee",
        personal="returnee borrower requested_on paid_out_on refused_on refusal_reason amount note",
        counted="returnee requested_on paid_out_on refused_on amount",
    ),
    "Need": FieldDeclaration(
        "returnee", personal="returnee pathway text state state_on", counted="returnee pathway state state_on"
    ),
    "PaperworkRequest": FieldDeclaration("returnee", personal="returnee note refusal_reason", counted="returnee"),
    "TrainingReferral": FieldDeclaration(
        "returnee",
        personal="returnee referred_on started_on ended_on result note",
        counted="returnee referred_on started_on ended_on result",
    ),
    "Transfer": FieldDeclaration("returnee", personal="returnee number reason hamlet", counted="returnee"),
    "TransferStep": FieldDeclaration("transfer__returnee", personal="transfer reason sheet", counted="transfer"),
    "Verdict": FieldDeclaration(  # facts and answer are days, kinds and articles: they name nobody
        "returnee",
        personal="returnee",
        sensitive="status due_on facts answer",
        counted="returnee status due_on facts answer",
    ),
    "AdministrativeViolation": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="act_on behaviour decision_number decided_on sanction fine done_on note",
        counted="returnee act_on decided_on sanction fine done_on",
    ),
    "Confinement": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="kind decision_number begun_on ended_on",
        counted="returnee kind begun_on ended_on",
    ),
    "Crime": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="act_on offence article clause severity stage stage_on note",
        counted="returnee act_on article clause severity stage stage_on",
    ),
    "RecidivismFinding": FieldDeclaration(
        "returnee",
        personal="returnee",
        sensitive="kind court judgment_number found_on note",
        counted="returnee kind found_on",
    ),
    "SafetyFlag": FieldDeclaration(
        "returnee", personal="returnee", sensitive="kind reason since until", counted="returnee kind since until"
    ),
    "SensitiveNote": FieldDeclaration("returnee", personal="returnee", sensitive="text", goes=True),
    "PersonalTask": FieldDeclaration("returnee", personal="returnee text", goes=True),
    "OutsideReading": FieldDeclaration("returnee", personal="returnee reason remark", counted="returnee"),
    "ReadingReview": FieldDeclaration(None, personal="lines remark"),
    "Breach": FieldDeclaration(None, personal="what cause measures inform"),
    "Anonymisation": FieldDeclaration("returnee", personal="returnee", counted="returnee"),
    # Rows about nobody alone: a name in what was written there is taken out of it
    "AuditEvent": FieldDeclaration(None, personal="returnee_id before after reason label", counted="returnee_id"),
    "ImportRun": FieldDeclaration(None, sensitive="content corrections notices mapping"),
    "StagedRow": FieldDeclaration(None, sensitive="cells messages changes"),
    "ImportedRow": FieldDeclaration(None, personal="target_id"),
    "ListExport": FieldDeclaration(None, personal="filters reason"),
    "KeptFigures": FieldDeclaration(None, personal="figures", counted="figures"),
    "QueuedJob": FieldDeclaration(None, personal="arguments told"),
    "PreparedPart": FieldDeclaration(None, sensitive="content"),
    "ReportVersion": FieldDeclaration(None, personal="texts", sensitive="lines letter workbook", counted="lines"),
    "ReportDocument": FieldDeclaration(None, personal="signatory_name", counted="signatory_name"),
    "UnitChange": FieldDeclaration(None, personal="before steps", counted="before steps"),
    "User": FieldDeclaration(
        None,
        personal="username full_name phone search_text sort_key",
        counted="username full_name phone search_text sort_key",
    ),
    "Posting": FieldDeclaration(None, personal="user", counted="user"),
}


def kind_of(model: type[models.Model], name: str) -> FieldKind:
    """Whether a field of a model is personal, sensitive or plain; what is not declared is KeyError."""
    if name in ("withdrawn_reason",):
        return FieldKind.PERSONAL
    if name in (*STAMPS, *WITHDRAWAL, *model.PLAIN):  # type: ignore[attr-defined]
        return FieldKind.PLAIN
    declared = DECLARED[model.__name__]
    if name not in (*declared.personal.split(), *declared.sensitive.split()):
        raise KeyError(f"{model.__name__}.{name}")
    return declared.kind(name)
