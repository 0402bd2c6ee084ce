"""The register workbook (sổ theo dõi) as data: six sheets, their columns, and what each cell may hold."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cases.law.waiting import PRISON_MONTHS
from cases.lib.text import fold
from cases.models import (
    Activity,
    ActivityKind,
    Crime,
    Judgment,
    Obligation,
    Offence,
    Returnee,
    Severity,
)

TEXT, CODE, IDENTITY, PHONE, DAY, BIRTH, CHOICE, WHOLE, MONEY = (
    "text",
    "code",
    "identity",
    "phone",
    "day",
    "birth",
    "choice",
    "whole",
    "money",
)
TRAINING, JOB, LOAN = "training", "job", "loan"  # kinds of work that are stored as records of their own
NO_DUES = "none"
ADMINISTRATIVE, CRIME = "administrativeviolation", "crime"  # the same

SEVERITIES = {
    "Ít nghiêm trọng": Severity.LESS_SERIOUS,
    "Nghiêm trọng": Severity.SERIOUS,
    "Rất nghiêm trọng": Severity.VERY_SERIOUS,
    "Đặc biệt nghiêm trọng": Severity.EXTREMELY_SERIOUS,
}


@dataclass(frozen=True)
class Column:
    """`choices`: the words of the workbook and what is stored for them; `also`: other words that are read.

    `most`: signs of a text, size of a number. `of` a work's day is that of a record of its own. `apart`: a step of its
    own reads the cell; in a sheet of people any other cell goes into the person's field of the same name.
    """

    field: str
    header: str
    kind: str = TEXT
    required: bool = False
    most: int = 300
    choices: Mapping[str, object] = dataclasses.field(default_factory=dict)
    also: Mapping[str, object] = dataclasses.field(default_factory=dict)
    of: str = ""  # of a day: the field it is stored in, which has its limits
    apart: bool = False

    @cached_property
    def by_folded(self) -> dict[str, object]:
        return {plain(word): value for word, value in {**self.also, **self.choices}.items()}


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]

    @cached_property
    def by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The columns whose cells go into the field of their name as they stand."""
        return tuple(column.field for column in self.columns if not column.apart)

    @cached_property
    def places(self) -> dict[str, int]:
        return {column.field: place for place, column in enumerate(self.columns)}

    @cached_property
    def by_header(self) -> dict[str, Column]:
        return {plain(column.header): column for column in self.columns}


def plain(words: str) -> str:
    """What is compared of a header, a sheet's name or a choice: letters and digits, without accents and case."""
    return "".join(char for char in fold(words) if char.isalnum())


def _file(required: bool = True) -> Column:
    return Column("file", "Mã hồ sơ", CODE, required, 40, apart=True)


PEOPLE = Sheet(
    "Người",
    (
        _file(),
        Column("full_name", "Họ và tên", required=True, most=80),
        Column("aliases", "Tên gọi khác", most=160),
        Column("sex", "Giới tính", CHOICE, True, choices={"Nam": Returnee.Sex.MALE, "Nữ": Returnee.Sex.FEMALE}),
        Column("born_on", "Ngày sinh", BIRTH, True),
        Column("identity_number", "Số định danh", IDENTITY),
        Column("ethnicity", "Dân tộc", most=30),
        Column("hamlet", "Thôn, bon, buôn", most=60),
        Column("unit", "Mã đơn vị", CODE, True, 10, apart=True),
        Column("phone", "Điện thoại", PHONE, most=20),
        Column(
            "subject_type",
            "Hình thức",
            CHOICE,
            True,
            choices={
                "Chấp hành xong án phạt tù": Returnee.SubjectType.COMPLETED,
                "Đặc xá": Returnee.SubjectType.AMNESTIED,
                "Tha tù trước thời hạn có điều kiện": Returnee.SubjectType.CONDITIONAL,
            },
            also={
                "Được đặc xá": Returnee.SubjectType.AMNESTIED,
                "Chấp hành xong thử thách tha tù trước thời hạn": Returnee.SubjectType.CONDITIONAL,
            },
        ),
        Column("completed_on", "Ngày chấp hành xong", DAY, True, of="returnee.completed_on"),
        Column("certificate_number", "Số giấy chứng nhận", most=40),
        Column("presented_on", "Ngày trình diện", DAY, of="returnee.presented_on"),
        Column("expunged_on", "Ngày xóa án tích", DAY, of="expungement.evidence_on", apart=True),
        Column("closed_on", "Ngày kết thúc", DAY, of="returnee.closed_on", apart=True),
        Column("close_reason", "Lý do kết thúc", most=300, apart=True),
        Column("note", "Ghi chú", most=2000),
    ),
)
JUDGMENTS = Sheet(
    "Bản án",
    (
        _file(),
        Column("number", "Số bản án", most=60),
        Column("court", "Tòa án", most=120),
        Column("effective_on", "Ngày có hiệu lực", DAY, of="judgment.effective_on"),
        Column("offence", "Tội danh", required=True, most=120),
        Column("article", "Điều", CODE, most=10),
        Column("clause", "Khoản", WHOLE, most=99),
        Column("chapter", "Chương", most=20),
        Column("fault", "Lỗi", CHOICE, choices={"Cố ý": Offence.Fault.DELIBERATE, "Vô ý": Offence.Fault.NEGLIGENT}),
        Column("severity", "Loại tội phạm", CHOICE, choices=SEVERITIES),
        Column("act_on", "Ngày phạm tội", DAY, of="offence.act_on"),
        Column(
            "main_penalty",
            "Hình phạt chính",
            CHOICE,
            True,
            choices={
                "Tù có thời hạn": Judgment.MainPenalty.PRISON,
                "Tù chung thân": Judgment.MainPenalty.LIFE,
                "Án treo": Judgment.MainPenalty.SUSPENDED,
                "Cải tạo không giam giữ": Judgment.MainPenalty.NON_CUSTODIAL,
                "Phạt tiền": Judgment.MainPenalty.FINE,
                "Cảnh cáo": Judgment.MainPenalty.WARNING,
            },
        ),
        Column("months", "Số tháng", WHOLE, most=PRISON_MONTHS[1]),
        Column("main_done_on", "Ngày xong hình phạt chính", DAY, of="judgment.main_done_on"),
        Column("additional", "Hình phạt bổ sung", most=120),
        Column("additional_done_on", "Ngày xong hình phạt bổ sung", DAY, of="additionalpenalty.done_on"),
        Column(
            "dues",
            "Án phí, bồi thường",
            CHOICE,
            choices={
                "Đã xong": Obligation.State.DONE,
                "Chưa xong": Obligation.State.OPEN,
                "Không rõ": Obligation.State.UNKNOWN,
                "Không có": NO_DUES,
            },
        ),
        Column("dues_done_on", "Ngày xong án phí, bồi thường", DAY, of="obligation.done_on"),
    ),
)
WORK = Sheet(
    "Hoạt động",
    (
        _file(),
        Column("on", "Ngày", DAY, True, of="trainingreferral.referred_on"),
        Column(
            "kind",
            "Loại",
            CHOICE,
            True,
            choices={
                **{kind.row.word: kind for kind in ActivityKind},
                "Giới thiệu học nghề": TRAINING,
                "Giới thiệu việc làm": JOB,
                "Vay vốn": LOAN,
            },
        ),
        Column("detail", "Chi tiết", most=100),
        Column("place", "Nơi tiếp nhận", most=120),
        Column("started_on", "Ngày bắt đầu", DAY, of="trainingreferral.started_on"),
        Column("income", "Thu nhập", MONEY, most=2_000_000_000),
        Column("amount", "Số tiền", MONEY, most=100_000_000_000),
        Column("result", "Kết quả", most=300),
        Column("note", "Ghi chú", most=2000),
        Column("row_code", "Mã dòng", CODE, most=60),
    ),
)
MEETINGS = Sheet(
    "Buổi gặp gỡ",
    (
        Column("meeting", "Mã buổi", CODE, True, 60),
        Column("on", "Ngày", DAY, True, of="groupmeeting.on"),
        Column("unit", "Mã đơn vị", CODE, True, 10),
        Column("place", "Địa điểm", most=120),
        Column("topic", "Nội dung", most=200),
    ),
)
ATTENDANCE = Sheet("Điểm danh", (Column("meeting", "Mã buổi", CODE, True, 60), _file()))
VIOLATIONS = Sheet(
    "Vi phạm",
    (
        _file(),
        Column("act_on", "Ngày hành vi", DAY, True, of="crime.act_on"),
        Column("kind", "Loại", CHOICE, True, choices={"Vi phạm hành chính": ADMINISTRATIVE, "Tội phạm": CRIME}),
        Column("offence", "Hành vi, tội danh", required=True, most=120),
        Column("article", "Điều", CODE, most=10),
        Column("clause", "Khoản", WHOLE, most=99),
        Column("severity", "Loại tội phạm", CHOICE, choices=SEVERITIES),
        Column(
            "stage",
            "Giai đoạn",
            CHOICE,
            choices={
                "Tin báo": Crime.Stage.REPORTED,
                "Khởi tố": Crime.Stage.CHARGED,
                "Truy tố": Crime.Stage.PROSECUTED,
                "Kết án": Crime.Stage.CONVICTED,
            },
        ),
        Column("stage_on", "Ngày quyết định", DAY, of="crime.stage_on"),
        Column("note", "Ghi chú", most=300),
        Column("row_code", "Mã dòng", CODE, most=60),
    ),
)
_PERSON = PEOPLE.by_field
NOTICES = Sheet(
    "Thông báo",
    (
        *(_PERSON[name] for name in ("full_name", "sex", "born_on", "identity_number", "ethnicity")),
        Column("address", "Nơi về", most=160),
        _PERSON["unit"],
        Column("completed_on", "Ngày ra trại", DAY, True, of="returnee.completed_on"),
        _PERSON["subject_type"],
        Column("prison", "Trại giam", most=100),
        Column("number", "Số thông báo", CODE, most=40, apart=True),
        Column("dated_on", "Ngày thông báo", DAY, of="notice.dated_on", apart=True),
        Column("received_on", "Ngày nhận", DAY, True, of="notice.received_on", apart=True),
        Column("household_phone", "Điện thoại gia đình", PHONE, most=20),
    ),
)
SHEETS = (PEOPLE, JUDGMENTS, WORK, MEETINGS, ATTENDANCE, VIOLATIONS)  # in the order in which they are loaded
BY_NAME = {sheet.name: sheet for sheet in (*SHEETS, NOTICES)}

PAPERS = {
    "cancuoc": Activity.Detail.IDENTITY,
    "baohiemyte": Activity.Detail.INSURANCE,
    "cutru": Activity.Detail.RESIDENCE,
    "khac": Activity.Detail.OTHER,
}
PAPER_WORDS = "Căn cước, Bảo hiểm y tế, Cư trú, Khác"
CLOSE_REASONS = {  # the beginning of what people write, folded
    "daduocxoaantich": Returnee.CloseReason.EXPUNGED,
    "duocxoaantich": Returnee.CloseReason.EXPUNGED,
    "daxoaantich": Returnee.CloseReason.EXPUNGED,
    "xoaantich": Returnee.CloseReason.EXPUNGED,
    "dachet": Returnee.CloseReason.DIED,
    "chet": Returnee.CloseReason.DIED,
    "tuvong": Returnee.CloseReason.DIED,
    "chaphanhanphattumoi": Returnee.CloseReason.IMPRISONED,
    "chaphanhanmoi": Returnee.CloseReason.IMPRISONED,
    "anphattumoi": Returnee.CloseReason.IMPRISONED,
    "bipattumoi": Returnee.CloseReason.IMPRISONED,
    "biphattu": Returnee.CloseReason.IMPRISONED,
    "mattich": Returnee.CloseReason.MISSING,
    "bituyenbomattich": Returnee.CloseReason.MISSING,
    "xuatcanh": Returnee.CloseReason.LEFT_COUNTRY,
    "ranuocngoai": Returnee.CloseReason.LEFT_COUNTRY,
}
