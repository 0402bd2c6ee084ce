"""The papers of Circular 10/2024/TT-BCA as a table: whom each is about, its article, who signs it, by when it is due.

Titles stand in `form_names`, where they are dated and marked.
"""

from dataclasses import dataclass
from enum import StrEnum

from cases.law.deadlines import DeadlineKind


class FormSubject(StrEnum):
    """Whom a paper is about; of HELPER there is one for every quarter."""

    PERSON = "person"
    HELPER = "helper"
    UNIT = "unit"


class Signer(StrEnum):
    """Who signs: the body or the people named on the last lines of the paper."""

    POLICE = "police"  # trưởng công an cấp xã
    COMMITTEE = "committee"  # chủ tịch UBND cấp xã
    OFFICER_AND_PERSON = "officer_and_person"  # cán bộ được phân công và người chấp hành xong án phạt tù
    HELPER = "helper"  # tổ chức, cá nhân được phân công giúp đỡ
    BOTH_UNITS = "both_units"  # bên giao và bên nhận
    PERSON = "person"  # người làm đơn
    ISSUER = "issuer"  # cơ quan cấp phiếu hoặc Tòa án


@dataclass(frozen=True, slots=True)
class Form:
    """`deadline`: the row of the deadlines it is due by; None where the circular gives no number of days.

    `in_dossier`: whether Điều 11 names it among the papers of a dossier. `is_drafted`: whether it is drafted here.
    """

    code: str
    subject: FormSubject
    article: str
    signer: Signer
    deadline: DeadlineKind | None = None
    in_dossier: bool = False
    is_drafted: bool = True


_P, _U = FormSubject.PERSON, FormSubject.UNIT
_DOSSIER, _PROPOSAL = DeadlineKind.DOSSIER, DeadlineKind.HELPER_PROPOSAL

FORMS = (
    Form("HCD-01", _P, "Điều 11", Signer.POLICE, _DOSSIER, in_dossier=True),
    Form("HCD-02", _P, "Điều 9", Signer.OFFICER_AND_PERSON, _DOSSIER, in_dossier=True),
    Form("HCD-03", _P, "Điều 8", Signer.COMMITTEE, DeadlineKind.RESIDENCE_CHECK),
    Form("HCD-04", _P, "Điều 9 khoản 2", Signer.COMMITTEE, DeadlineKind.PRESENTING),
    Form("HCD-05", _P, "Điều 9", Signer.OFFICER_AND_PERSON, _DOSSIER, in_dossier=True),
    Form("HCD-06", _P, "Điều 10 khoản 2", Signer.POLICE, _PROPOSAL, in_dossier=True),
    Form("HCD-07", _P, "Điều 10 khoản 2", Signer.COMMITTEE, _PROPOSAL, in_dossier=True),
    Form(
        "HCD-08",
        FormSubject.HELPER,
        "Điều 10 khoản 4",
        Signer.HELPER,
        DeadlineKind.HELPER_REPORT,
        in_dossier=True,
    ),
    Form("HCD-09", _U, "Điều 12 khoản 3", Signer.POLICE),
    Form("HCD-10", _P, "Điều 14, Điều 15", Signer.BOTH_UNITS, DeadlineKind.TAKEOVER, in_dossier=True),
    Form("HCD-11", _P, "Điều 14", Signer.POLICE, in_dossier=True),
    Form("HCD-12", _U, "Điều 5", Signer.POLICE),
    Form("HCD-13", _U, "Điều 5", Signer.POLICE),
    Form("PT70-72", _P, "Điều 13", Signer.PERSON, in_dossier=True, is_drafted=False),
    Form("PT71", _P, "Điều 13", Signer.PERSON, in_dossier=True, is_drafted=False),
    Form("XAT", _P, "Điều 13", Signer.ISSUER, in_dossier=True, is_drafted=False),
)
BY_CODE = {form.code: form for form in FORMS}
DOSSIER = tuple(form for form in FORMS if form.in_dossier)
HELPER_REPORT = "HCD-08"


def form_of(code: str) -> Form:
    """The row of a code. Raises LookupError for a code the table does not have."""
    try:
        return BY_CODE[code]
    except KeyError:
        raise LookupError(f"No form {code} in the table of forms.") from None
