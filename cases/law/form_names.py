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

    @property
    def is_unseen(self) -> bool:
        """Whether nobody has compared it with the printed form."""
        return self.certainty == Certainty.UNVERIFIED


_C10 = date(2024, 5, 1)  # Thông tư 10/2024/TT-BCA in force
_PRINTED = "tên in trên mẫu cần đối chiếu"


def _unseen(code: str, title: str, article: str) -> FormName:
    """A form whose printed name nobody has seen: it is called by what its article asks for."""
    source = f"Thông tư 10/2024/TT-BCA, {article}; {_PRINTED}"
    return FormName(code, title, source, Certainty.UNVERIFIED, _C10)


def _seen(code: str, title: str, article: str) -> FormName:
    """A form whose name was read in a secondary source."""
    source = f"Thông tư 10/2024/TT-BCA, {article}; {_PRINTED}"
    return FormName(code, title, source, Certainty.SECONDARY, _C10)


FORM_NAMES = (
    _unseen("HCD-01", "Bìa hồ sơ tái hòa nhập cộng đồng", "Điều 11"),
    _seen("HCD-02", "Phiếu thông tin", "Điều 9"),
    _unseen("HCD-03", "Kết quả xác minh nơi cư trú của người chấp hành xong án phạt tù", "Điều 8"),
    _unseen("HCD-04", "Báo cáo về việc người chấp hành xong án phạt tù không đến trình diện", "Điều 9 khoản 2"),
    _seen("HCD-05", "Biên bản làm việc và cam kết", "Điều 9"),
    _unseen("HCD-06", "Đề xuất phân công tổ chức, cá nhân giúp đỡ", "Điều 10 khoản 2"),
    _unseen("HCD-07", "Quyết định phân công tổ chức, cá nhân giúp đỡ", "Điều 10 khoản 2"),
    _unseen("HCD-08", "Báo cáo kết quả giúp đỡ hằng quý", "Điều 10 khoản 4"),
    _unseen("HCD-09", "Danh sách phân loại hằng quý", "Điều 12 khoản 3"),
    _unseen("HCD-10", "Biên bản bàn giao hồ sơ tái hòa nhập cộng đồng", "Điều 14, Điều 15"),
    _unseen("HCD-11", "Kết thúc việc quản lý, giúp đỡ tái hòa nhập cộng đồng", "Điều 14"),
    _unseen("HCD-12", "Thống kê tái hòa nhập cộng đồng hằng tháng", "Điều 5"),
    _unseen("HCD-13", "Báo cáo công tác tái hòa nhập cộng đồng", "Điều 5"),
    _unseen("PT70-72", "Phiếu đề nghị xóa án tích theo Điều 70, Điều 72", "Điều 13"),
    _unseen("PT71", "Phiếu đề nghị xóa án tích theo Điều 71", "Điều 13"),
    _unseen("XAT", "Phiếu lý lịch tư pháp, quyết định hoặc giấy tờ khác chứng minh đã được xóa án tích", "Điều 13"),
)


def form_name(code: str, on: date, table: Iterable[FormName] = FORM_NAMES) -> FormName:
    """Return how the form `code` ("HCD-03") is named on a day.

    Raises LookupError for a code the table does not have: a form is never named by guess.
    """
    rows = [row for row in table if row.code == code]
    if not rows:
        raise LookupError(f"No form {code} in the table of forms.")
    return in_force(rows, on)
