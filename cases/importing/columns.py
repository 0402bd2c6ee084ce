"""The register workbook (sổ theo dõi) as data: six sheets, their columns, and what each cell may hold."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cases.importing import words
from cases.importing.first_columns import FIRST_COLUMNS
from cases.law.waiting import PRISON_MONTHS
from cases.lib.text import fold
from cases.models import (
    KINDS,
    Activity,
    ActivityKind,
    Crime,
    Judgment,
    Obligation,
    Offence,
    Returnee,
    Severity,
)

NAME, OFFENCE, ARTICLE, MONTHS, TEXT, CODE, IDENTITY, PHONE, DAY, BIRTH, CHOICE, WHOLE, MONEY = (
    "name",
    "offence",
    "article",
    "months",
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
TRAINING, JOB, HELD, LOAN = "training", "job", "held", "loan"  # kinds of work that are stored as records of their own
NO_DUES = "none"
ADMINISTRATIVE, CRIME = "administrativeviolation", "crime"  # the same

SEVERITIES = {
    "Ít nghiêm trọng": Severity.LESS_SERIOUS,
    "Nghiêm trọng": Severity.SERIOUS,
    "Rất nghiêm trọng": Severity.VERY_SERIOUS,
    "Đặc biệt nghiêm trọng": Severity.EXTREMELY_SERIOUS,
}


@dataclass(frozen=True)
class RegisterColumn:
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
    beyond: bool = False  # no column of the empty workbook; read where it is there
    formerly: tuple[str, ...] = ()  # headers it had in workbooks that were written out before

    def word_of(self, value: object) -> str:
        """How the workbook writes a stored choice; raises LookupError where it has no word for it."""
        return next(word for word, stored in {**self.choices, **self.also}.items() if stored == value)

    @cached_property
    def by_folded(self) -> dict[str, object]:
        return {comparable_text(word): value for word, value in {**self.also, **self.choices}.items()}


@dataclass(frozen=True)
class RegisterSheet:
    name: str
    columns: tuple[RegisterColumn, ...]

    @cached_property
    def by_field(self) -> dict[str, RegisterColumn]:
        return {column.field: column for column in self.columns}

    @cached_property
    def template(self) -> tuple[RegisterColumn, ...]:
        """The columns of the empty workbook."""
        return tuple(column for column in self.columns if not column.beyond)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The columns whose cells go into the field of their name as they stand."""
        return tuple(column.field for column in self.columns if not column.apart)

    @cached_property
    def places(self) -> dict[str, int]:
        return {column.field: place for place, column in enumerate(self.columns)}

    @cached_property
    def told(self) -> tuple[list[str], list[str], frozenset[str]]:
        """The columns there were at first, the later ones, and those the template does not have."""
        first = FIRST_COLUMNS[self.name].split()
        later = [name for name in self.by_field if name not in first]
        return first, later, frozenset(column.field for column in self.columns if column.beyond)

    @cached_property
    def by_header(self) -> dict[str, RegisterColumn]:
        return {comparable_text(name): each for each in self.columns for name in (each.header, *each.formerly)}


def comparable_text(words: str) -> str:
    """What is compared of a header, a sheet's name or a choice: letters and digits, without accents and case."""
    return _of_a_choice(words) if len(words) <= LONGEST_CHOICE else _comparable(words)


def _comparable(words: str) -> str:
    return "".join([char for char in fold(words) if char.isalnum()])


_of_a_choice = lru_cache(maxsize=4096)(_comparable)  # the same few words stand in every row of a sheet
LONGEST_CHOICE = 60  # signs; longer words are not kept


def _file(required: bool = True) -> RegisterColumn:
    return RegisterColumn("file", "Mã hồ sơ", CODE, required, 40, apart=True)


PEOPLE = RegisterSheet(
    "Người",
    (
        _file(),
        RegisterColumn("full_name", "Họ và tên", NAME, True, most=80),
        RegisterColumn("aliases", "Tên gọi khác", most=160),
        RegisterColumn(
            "sex",
            "Giới tính",
            CHOICE,
            True,
            choices={"Nam": Returnee.Sex.MALE, "Nữ": Returnee.Sex.FEMALE},
            also=words.SEXES,
        ),
        RegisterColumn("born_on", "Ngày sinh", BIRTH, True),
        RegisterColumn("identity_number", "Số định danh", IDENTITY),
        RegisterColumn("ethnicity", "Dân tộc", most=30),
        RegisterColumn("hamlet", "Thôn, bon, buôn", most=60),
        RegisterColumn("unit", "Mã đơn vị", CODE, True, 100, apart=True),
        RegisterColumn("phone", "Điện thoại", PHONE, most=20),
        RegisterColumn(
            "subject_type",
            "Hình thức",
            CHOICE,
            True,
            choices={
                "Chấp hành xong án phạt tù": Returnee.SubjectType.COMPLETED,
                "Đặc xá": Returnee.SubjectType.AMNESTIED,
                "Tha tù trước thời hạn có điều kiện": Returnee.SubjectType.CONDITIONAL,
            },
            also=words.RELEASES,
        ),
        RegisterColumn("completed_on", "Ngày chấp hành xong", DAY, True, of="returnee.completed_on"),
        RegisterColumn("certificate_number", "Số giấy chứng nhận", most=40),
        RegisterColumn("presented_on", "Ngày trình diện", DAY, of="returnee.presented_on"),
        RegisterColumn("expunged_on", "Ngày xóa án tích", DAY, of="expungement.evidence_on", apart=True),
        RegisterColumn("closed_on", "Ngày kết thúc", DAY, of="returnee.closed_on", apart=True),
        RegisterColumn("close_reason", "Lý do kết thúc", most=300, apart=True),
        RegisterColumn("note", "Ghi chú", most=2000),
        RegisterColumn("prison", "Nơi chấp hành", most=100, beyond=True),
        RegisterColumn("address", "Địa chỉ", most=160, beyond=True),
        RegisterColumn(
            "old_identity_number", "Số CMND cũ", CODE, most=9, beyond=True, formerly=("Số chứng minh nhân dân cũ",)
        ),
    ),
)
JUDGMENTS = RegisterSheet(
    "Bản án",
    (
        _file(),
        RegisterColumn("number", "Số bản án", most=60),
        RegisterColumn("court", "Tòa án", most=120),
        RegisterColumn("effective_on", "Ngày có hiệu lực", DAY, of="judgment.effective_on"),
        RegisterColumn("offence", "Tội danh", OFFENCE, True, most=120),
        RegisterColumn("article", "Điều", ARTICLE, most=10),
        RegisterColumn("clause", "Khoản", WHOLE, most=99),
        RegisterColumn("chapter", "Chương", most=20),
        RegisterColumn(
            "fault", "Lỗi", CHOICE, choices={"Cố ý": Offence.Fault.DELIBERATE, "Vô ý": Offence.Fault.NEGLIGENT}
        ),
        RegisterColumn("severity", "Loại tội phạm", CHOICE, choices=SEVERITIES),
        RegisterColumn("act_on", "Ngày phạm tội", DAY, of="offence.act_on"),
        RegisterColumn(
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
            also={**words.PENALTIES, "Tử hình được giảm án": Judgment.MainPenalty.DEATH_COMMUTED},
        ),
        RegisterColumn("months", "Số tháng", MONTHS, most=PRISON_MONTHS[1]),
        RegisterColumn("main_done_on", "Ngày xong hình phạt chính", DAY, of="judgment.main_done_on"),
        RegisterColumn("additional", "Hình phạt bổ sung", most=120),
        RegisterColumn("additional_done_on", "Ngày xong hình phạt bổ sung", DAY, of="additionalpenalty.done_on"),
        RegisterColumn(
            "dues",
            "Án phí, bồi thường",
            CHOICE,
            choices={
                "Đã xong": Obligation.State.DONE,
                "Chưa xong": Obligation.State.OPEN,
                "Không rõ": Obligation.State.UNKNOWN,
                "Không có": NO_DUES,
            },
            also=words.DUES,
        ),
        RegisterColumn("dues_done_on", "Ngày xong án phí, bồi thường", DAY, of="obligation.done_on"),
    ),
)
WORK = RegisterSheet(
    "Hoạt động",
    (
        _file(),
        RegisterColumn("on", "Ngày", DAY, True, of="trainingreferral.referred_on"),
        RegisterColumn(
            "kind",
            "Loại",
            CHOICE,
            True,
            choices={
                **{kind.row.word: kind for kind in ActivityKind if kind in KINDS},
                "Giới thiệu học nghề": TRAINING,
                "Giới thiệu việc làm": JOB,
                "Vay vốn": LOAN,
            },
            also={"Đang có việc làm": HELD},
        ),
        RegisterColumn("detail", "Chi tiết", most=120),
        RegisterColumn("place", "Nơi tiếp nhận", most=120),
        RegisterColumn("started_on", "Ngày bắt đầu", DAY, of="trainingreferral.started_on"),
        RegisterColumn("income", "Thu nhập", MONEY, most=2_000_000_000),
        RegisterColumn("amount", "Số tiền", MONEY, most=100_000_000_000),
        RegisterColumn("result", "Kết quả", most=300),
        RegisterColumn("note", "Ghi chú", most=2000),
        RegisterColumn("row_code", "Mã dòng", CODE, most=60),
    ),
)
MEETINGS = RegisterSheet(
    "Buổi gặp gỡ",
    (
        RegisterColumn("meeting", "Mã buổi", CODE, True, 60),
        RegisterColumn("on", "Ngày", DAY, True, of="groupmeeting.on"),
        RegisterColumn("unit", "Mã đơn vị", CODE, True, 100),
        RegisterColumn("place", "Địa điểm", most=120),
        RegisterColumn("topic", "Nội dung", most=200),
    ),
)
ATTENDANCE = RegisterSheet("Điểm danh", (RegisterColumn("meeting", "Mã buổi", CODE, True, 60), _file()))
VIOLATIONS = RegisterSheet(
    "Vi phạm",
    (
        _file(),
        RegisterColumn("act_on", "Ngày hành vi", DAY, True, of="crime.act_on"),
        RegisterColumn("kind", "Loại", CHOICE, True, choices={"Vi phạm hành chính": ADMINISTRATIVE, "Tội phạm": CRIME}),
        RegisterColumn("offence", "Hành vi, tội danh", required=True, most=200),
        RegisterColumn("article", "Điều", ARTICLE, most=10),
        RegisterColumn("clause", "Khoản", WHOLE, most=99),
        RegisterColumn("severity", "Loại tội phạm", CHOICE, choices=SEVERITIES),
        RegisterColumn(
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
        RegisterColumn("stage_on", "Ngày quyết định", DAY, of="crime.stage_on"),
        RegisterColumn("note", "Ghi chú", most=300),
        RegisterColumn("row_code", "Mã dòng", CODE, most=60),
    ),
)
_PERSON = PEOPLE.by_field
NOTICES = RegisterSheet(
    "Thông báo",
    (
        *(_PERSON[name] for name in ("full_name", "sex", "born_on", "identity_number", "ethnicity")),
        RegisterColumn("address", "Nơi về", most=160),
        _PERSON["unit"],
        RegisterColumn("completed_on", "Ngày ra trại", DAY, True, of="returnee.completed_on"),
        _PERSON["subject_type"],
        RegisterColumn("prison", "Trại giam", most=100),
        RegisterColumn("number", "Số thông báo", CODE, most=40, apart=True),
        RegisterColumn("dated_on", "Ngày thông báo", DAY, of="notice.dated_on", apart=True),
        RegisterColumn("received_on", "Ngày nhận", DAY, True, of="notice.received_on", apart=True),
        RegisterColumn("household_phone", "Điện thoại gia đình", PHONE, most=20),
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
CLOSE_WORDS = {
    Returnee.CloseReason.EXPUNGED: "Được xóa án tích",
    Returnee.CloseReason.DIED: "Chết",
    Returnee.CloseReason.IMPRISONED: "Bị phạt tù về tội mới",
    Returnee.CloseReason.MISSING: "Mất tích",
    Returnee.CloseReason.LEFT_COUNTRY: "Xuất cảnh",
    Returnee.CloseReason.OTHER: "Lý do khác",
}
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
