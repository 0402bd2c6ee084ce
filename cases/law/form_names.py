"""The forms of Circular 10/2024/TT-BCA by code, dated, with source and certainty; a change is a new row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.law.versions import Certainty, in_force


@dataclass(frozen=True, slots=True)
class FormName:
    """`title` is what the form is called in Vietnamese; where the printed one was not seen, `certainty` says so."""

    code: str
    title: str
    source: str
    certainty: Certainty
    valid_from: date
    valid_to: date | None = None


_C10 = date(2024, 5, 1)  # Thông tư 10/2024/TT-BCA in force
_REPLY = "Thông tư 10/2024/TT-BCA, Điều 8; tên in trên mẫu cần đối chiếu"
_PRESENTING = "Thông tư 10/2024/TT-BCA, Điều 9; tên in trên mẫu cần đối chiếu"

FORM_NAMES = (
    FormName("HCD-02", "Phiếu thông tin", _PRESENTING, Certainty.SECONDARY, _C10),
    FormName(
        "HCD-03", "Kết quả xác minh nơi cư trú của người chấp hành xong án phạt tù", _REPLY, Certainty.UNVERIFIED, _C10
    ),
    FormName("HCD-05", "Biên bản làm việc và cam kết", _PRESENTING, Certainty.SECONDARY, _C10),
)


def form_name(code: str, on: date, table: Iterable[FormName] = FORM_NAMES) -> FormName:
    """Return how the form `code` ("HCD-03") is named on a day.

    Raises LookupError for a code the table does not have: a form is never named by guess.
    """
    rows = [row for row in table if row.code == code]
    if not rows:
        raise LookupError(f"No form {code} in the table of forms.")
    return in_force(rows, on)
