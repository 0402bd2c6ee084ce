"""What registers call a column, and which cell of the register workbook it fills: one row a synonym."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.importing.columns import JUDGMENTS, NOTICES, PEOPLE, WORK, RegisterSheet, comparable_text
from cases.lib.text import fold, normalise_name
from cases.models import ImportRun, Returnee

NOTHING = ""  # the column is not read
NOTE = "person.note"  # any number of columns may be kept there, each with its heading
HELD = "work.detail"
MAN, WOMAN = "man", "woman"  # columns of a birth, or of a mark, that say the sex
SHORT = 3  # letters of a word that means another without its accents: "Năm" and "Nam", "ĐT" and "DT"
SHORTEST = 6  # letters of a synonym that may stand at the beginning of a longer heading
OF_ANOTHER = re.compile(r"\b(?:cha|bo|me|vo|chong|con|anh|chi|em|nguoi|than nhan|gia dinh|can bo)\b")
_WORD = re.compile(r"\w+")
BEHIND = re.compile(r"\(.*?\)|\[.*?\]")

SYNONYMS = tuple(
    (word, target)
    for target, words in {
        NOTHING: "STT|TT|Số TT|Số thứ tự|Thứ tự",
        "person.file": "Mã hồ sơ|Số hồ sơ|Mã HS|Số HS|Hồ sơ số",
        "person.full_name": "Họ tên|Họ và tên người chấp hành xong án phạt tù|Họ và tên đối tượng|Họ tên đối tượng|"
        "Họ, chữ đệm và tên|Họ và tên khai sinh|Tên đối tượng|Người chấp hành xong án phạt tù|Họ tên người CHXAPT|Tên",
        "person.aliases": "Tên khác|Bí danh|Biệt danh|Tên thường gọi|Tên gọi khác, bí danh",
        "person.sex": "Giới|Phái|Nam/Nữ|Nam, nữ|Nam hay nữ",
        "person.born_on": "Năm sinh|Sinh năm|Ngày tháng năm sinh|Ngày, tháng, năm sinh|NTNS|Sinh ngày|Ngày tháng sinh",
        "person.man": "Nam|Năm sinh Nam|Ngày sinh Nam|Sinh năm Nam|Ngày tháng năm sinh Nam|Ngày, tháng, năm sinh Nam|"
        "Giới tính Nam|Giới Nam|Phái Nam",
        "person.woman": "Nữ|Năm sinh Nữ|Ngày sinh Nữ|Sinh năm Nữ|Ngày tháng năm sinh Nữ|Ngày, tháng, năm sinh Nữ|"
        "Giới tính Nữ|Giới Nữ|Phái Nữ",
        "person.identity_number": "CCCD|Số CCCD|CMND|Số CMND|CCCD/CMND|CMND/CCCD|Số CCCD/CMND|Số CMND/CCCD|Căn cước|"
        "Số căn cước|Căn cước công dân|Số căn cước công dân|Số định danh cá nhân|Số ĐDCN|CCCD/ĐDCN|Số giấy tờ",
        "person.old_identity_number": "CMND cũ|CMT cũ|Số CMT cũ|Số chứng minh nhân dân cũ|CMND 9 số|Số CMND 9 số",
        "person.ethnicity": "Thành phần dân tộc|DT|Tộc người",
        "person.hamlet": "Nơi ở|Thôn|Bon|Buôn|Thôn, bon|Thôn/bon/buôn|Thôn/buôn|Thôn, buôn|Nơi ở hiện nay|"
        "Nơi ở hiện tại|Chỗ ở|Chỗ ở hiện nay|Nơi cư trú|Tổ dân phố|Thôn/tổ dân phố|Thôn, tổ dân phố|Ấp|Khu phố|Xóm|Bản",
        "person.address": "Địa chỉ|Địa chỉ thường trú|Địa chỉ cư trú|Thường trú|Nơi thường trú|HKTT|ĐKTT|"
        "Nơi đăng ký thường trú|Hộ khẩu thường trú|Nơi ĐKHKTT|ĐKHKTT|Nơi ĐKTT|Nơi đăng ký HKTT|Nơi về cư trú|Nơi về",
        "person.unit": "Xã|Phường|Xã, phường|Xã/phường|Mã xã|Đơn vị|Địa bàn|Công an xã|Mã ĐVHC|Xã, phường, thị trấn",
        "person.phone": "SĐT|ĐT|Số điện thoại|Số ĐT|Điện thoại liên hệ|Số điện thoại liên hệ|Di động|Liên hệ",
        "person.subject_type": "Diện|Đối tượng|Loại đối tượng|Hình thức ra trại|Hình thức tha|Diện tha|Lý do ra trại|"
        "Lý do tha|Hình thức chấp hành xong|Hình thức về|Diện quản lý|Trường hợp",
        "person.completed_on": "Ngày ra trại|Ngày ra tù|Ra trại|Ra tù|Ngày về|Ngày về địa phương|Ngày CHX|Ngày mãn hạn|"
        "Ngày hết án|Ngày tha|Ngày được tha|Ngày chấp hành xong án phạt tù|Ngày CHXAPT|Ngày chấp hành xong án|"
        "Ngày, tháng, năm ra trại|Ngày tháng ra trại|Thời gian ra trại|Ngày tháng năm ra trại|Ngày mãn hạn tù|"
        "Ngày đặc xá",
        "person.certificate_number": "Số GCN|GCN|GCN số|Giấy chứng nhận|Số GCN CHXAPT|"
        "Số giấy chứng nhận chấp hành xong|"
        "Giấy chứng nhận chấp hành xong|Số giấy CN",
        "person.presented_on": "Trình diện|Ngày đến trình diện|Ngày về trình diện|Ngày tháng trình diện|"
        "Thời gian trình diện|"
        "Ngày trình báo|"
        "Ngày, tháng, năm trình diện|Ngày có mặt|Ngày có mặt tại địa phương",
        "person.expunged_on": "Xóa án tích|Ngày được xóa án tích|Ngày đương nhiên xóa án tích|Đã xóa án tích",
        "person.closed_on": "Ngày kết thúc quản lý|Ngày thôi quản lý|Ngày đưa ra khỏi diện|Kết thúc quản lý",
        "person.close_reason": "Lý do kết thúc quản lý|Lý do thôi quản lý|Lý do đưa ra khỏi diện",
        "person.note": "GC|Chú thích|Nhận xét|Ghi chú khác|Tình hình|Biểu hiện",
        "person.prison": "Nơi chấp hành án|Nơi chấp hành án phạt tù|Trại giam|Trại|Nơi giam|Nơi giam giữ|Nơi CHA|"
        "Đơn vị giam giữ|Cơ sở giam giữ|Nơi thi hành án|Trại giam, trại tạm giam",
        "judgment.offence": "Tội|Tên tội|Tên tội danh|Phạm tội|Tội phạm|Hành vi phạm tội|Tội danh, điều luật|"
        "Tội danh, điều, khoản|Can tội",
        "judgment.main_penalty": "Mức án|Án phạt|Hình phạt|Mức hình phạt|Án phạt tù|Mức án tù|Mức phạt|Mức phạt tù|"
        "Thời hạn tù|Thời hạn|Hình phạt tù|Thời gian chấp hành án|Án",
        "judgment.months": "Số tháng tù|Thời hạn tù (tháng)|Mức án (tháng)",
        "judgment.article": "Điều luật|Điều BLHS|Điều, khoản|Điều khoản|Điều luật áp dụng",
        "judgment.number": "Bản án|Bản án số|Số BA|Số bản án, ngày|BA số",
        "judgment.court": "Tòa|Tòa xét xử|Tòa án xét xử|TAND|Tòa án tuyên|Nơi xét xử",
        "judgment.effective_on": "Ngày hiệu lực|Ngày án có hiệu lực|Ngày bản án có hiệu lực",
        "judgment.main_done_on": "Ngày xong hình phạt tù",
        "judgment.dues": "Án phí|Nộp án phí|Tình trạng án phí|Bồi thường|Nghĩa vụ dân sự|Trách nhiệm dân sự|"
        "Án phí, dân sự|Thi hành án dân sự",
        "judgment.dues_done_on": "Ngày nộp án phí",
        "judgment.additional": "HPBS|Hình phạt phụ|Án phạt bổ sung",
        "notice.number": "Số TB|Thông báo số|Số, ký hiệu thông báo|Số giấy báo|Giấy báo số",
        "notice.dated_on": "Ngày TB|Ngày ra thông báo|Ngày ký thông báo|Ngày giấy báo",
        "notice.received_on": "Ngày nhận TB|Ngày nhận thông báo|Ngày nhận giấy báo|Ngày đến",
        "notice.household_phone": "Điện thoại người thân|Số điện thoại người thân|SĐT người thân|SĐT gia đình|"
        "Số điện thoại gia đình|Liên hệ gia đình",
        "work.detail": "Việc làm|Nghề nghiệp|Nghề|Công việc|Việc làm hiện nay|Công việc hiện nay|Nghề nghiệp hiện nay|"
        "Nghề nghiệp, việc làm|Tình trạng việc làm|Hiện làm gì|Nghề nghiệp/việc làm",
    }.items()
    for word in words.split("|")
)
ROOMS: dict[str, RegisterSheet] = {"person": PEOPLE, "judgment": JUDGMENTS, "work": WORK, "notice": NOTICES}
APART = {"judgment.file", "work.file"}  # filled from the person


@dataclass(frozen=True)
class Target:
    """A cell of the register that a column may fill; `words` as the page offers it.

    `sex`: the word that every filled cell of the column says of the sex; only a cell with figures fills the field.
    """

    code: str
    sheet: RegisterSheet
    field: str
    words: str
    sex: str = ""


def targets(kind: str) -> dict[str, Target]:
    """What the columns of a workbook of this kind may fill, in the order in which it is offered."""
    if kind == ImportRun.Kind.NOTICES:
        return _of_people("notice")
    found = _of_people("person")
    for each in JUDGMENTS.columns:
        found[f"judgment.{each.field}"] = _target("judgment", each.field, f"{JUDGMENTS.name}: {each.header}")
    found[HELD] = _target("work", "detail", _("Job they have"))
    return {code: target for code, target in found.items() if code not in APART}


def _of_people(room: str) -> dict[str, Target]:
    sheet, found = ROOMS[room], {}
    for each in sheet.columns:
        found[f"{room}.{each.field}"] = _target(room, each.field, each.header)
        if each.field == "born_on":
            words = {MAN: _("Column of men: birth or a mark"), WOMAN: _("Column of women: birth or a mark")}
            for name, sex in ((MAN, Returnee.Sex.MALE), (WOMAN, Returnee.Sex.FEMALE)):
                word = PEOPLE.by_field["sex"].word_of(sex)
                found[f"{room}.{name}"] = Target(f"{room}.{name}", sheet, each.field, words[name], word)
    return found


def _target(room: str, field: str, words: str) -> Target:
    return Target(f"{room}.{field}", ROOMS[room], field, words)


class Synonyms:
    """The synonyms of one kind of workbook: those built in, the headings themselves, and those entered here."""

    def __init__(self, kind: str, entered: Iterable[tuple[str, str]] = ()) -> None:
        self.targets = targets(kind)
        own = [(target.sheet.by_field[target.field].header, code) for code, target in self.targets.items()]
        own = [(header, code) for header, code in own if code != HELD]
        self.known: dict[str, str] = {}
        self.spelt: dict[str, str] = {}
        for word, target in (*entered, *own, *SYNONYMS):
            code = self._of_kind(target, kind)
            if code is not None:
                self.known.setdefault(comparable_text(word), code)
                self.spelt.setdefault(_spelling(word), code)
        begins = {
            _words(word): self.known[plain] for word in self.spelt if len(plain := comparable_text(word)) >= SHORTEST
        }
        self.begins = sorted(begins.items(), key=lambda each: len(each[0]), reverse=True)

    def _of_kind(self, target: str, kind: str) -> str | None:
        if kind == ImportRun.Kind.NOTICES and target:
            target = f"notice.{target.partition('.')[2]}"
            target = "notice.address" if target == "notice.hamlet" else target
        return target if target == NOTHING or target in self.targets else None

    def find(self, heading: str) -> str | None:
        """What a heading means: as it stands, without brackets, or by how it begins; None where nothing tells.

        A longer heading that names somebody else ("Họ và tên cha", "Điện thoại người thân") is not of the person.
        """
        for words in (heading, BEHIND.sub(" ", heading)):
            plain = comparable_text(words)
            if (code := self.spelt.get(_spelling(words))) is not None:
                return code
            if plain in self.known and (len(plain) > SHORT or words.isascii()):
                if not _is_a_year(words, self.known[plain]):
                    return self.known[plain]
        words = _words(BEHIND.sub(" ", heading))
        if OF_ANOTHER.search(words):
            return None
        begun = (code for begin, code in self.begins if words.startswith(begin))
        return next((code for code in begun if not _is_a_year(heading, code)), None)


def _is_a_year(heading: str, code: str) -> bool:
    """Whether "Năm" ends a heading that without its accents is one of men ("Nam")."""
    return code.endswith(f".{MAN}") and _spelling(heading).endswith("năm")


def _spelling(words: str) -> str:
    """The words with their accents, in whatever case, with single spaces between them."""
    return " ".join(_WORD.findall(normalise_name(words).casefold()))


def _words(words: str) -> str:
    """The words without accents, each with a space behind it, so that none begins inside another."""
    return "".join(f"{word} " for word in _WORD.findall(fold(words)))
