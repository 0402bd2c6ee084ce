"""The workbook of a large register, the same one for the same sizes and day."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

HEADERS = {
    "Người": "Mã hồ sơ|Họ và tên|Giới tính|Ngày sinh|Số định danh|Thôn, bon, buôn|Mã đơn vị|Hình thức|"
    "Ngày chấp hành xong|Ngày trình diện|Ngày kết thúc|Lý do kết thúc",
    "Bản án": "Mã hồ sơ|Số bản án|Tòa án|Ngày có hiệu lực|Tội danh|Điều|Khoản|Lỗi|Loại tội phạm|Hình phạt chính|"
    "Số tháng|Ngày xong hình phạt chính|Án phí, bồi thường",
    "Hoạt động": "Mã hồ sơ|Ngày|Loại|Chi tiết|Nơi tiếp nhận|Ngày bắt đầu|Số tiền|Kết quả",
    "Buổi gặp gỡ": "Mã buổi|Ngày|Mã đơn vị|Địa điểm|Nội dung",
    "Điểm danh": "Mã buổi|Mã hồ sơ",
}
KINDS = (
    "Gặp gỡ, động viên",
    "Gặp gỡ, động viên",
    "Kiểm điểm, giáo dục",
    "Tư vấn tâm lý",
    "Tư vấn hướng nghiệp",
    "Trợ giúp pháp lý",
    "Thủ tục hành chính",
    "Giới thiệu học nghề",
    "Giới thiệu việc làm",
    "Vay vốn",
)


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def make(path: Path | str, unit: str, people: int, activities: int, last: date) -> None:
    """A register of invented people whose work ends on `last`."""
    dice, book = Random(7), xlsxwriter.Workbook(path, {"constant_memory": True})  # nosec B311 # invented data, the same for the same seed
    facts = [_person(dice, unit, number, last) for number in range(people)]
    meetings = [f"B{number}" for number in range(50)]
    rows = {
        "Người": [row for row, _completed in facts],
        "Bản án": [_judgment(row[0], number, done) for number, (row, done) in enumerate(facts)],
        "Hoạt động": (_work(dice, *dice.choice(facts), last) for _number in range(activities)),
        "Buổi gặp gỡ": [[code, day(last), unit, "Nhà văn hóa", f"Gặp gỡ {code}"] for code in meetings],
        "Điểm danh": [[code, row[0]] for code in meetings for row, _completed in dice.sample(facts, people // 50)],
    }
    for name, headers in HEADERS.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, headers.split("|"))
        for number, row in enumerate(rows[name], start=1):
            sheet.write_row(number, 0, row)
    book.close()


def _person(dice, unit, number, last):
    completed = last - timedelta(days=dice.randint(200, 3000))
    year, ends = dice.randint(1960, 2000), dice.random() < 0.3
    ended = [day(last - timedelta(days=dice.randint(0, 90))), "Được xóa án tích"] if ends else []
    name = f"{dice.choice(('Nguyễn', 'Trần', 'Lê'))} Văn {dice.choice(('Mẫu', 'Thử', 'Ví Dụ'))} {number}"
    identity = f"0670{year % 100:02d}{number:06d}"
    row = [f"M-{number:05d}", name, "Nam", str(year), identity, f"Thôn {number % 20}", unit]
    return [*row, "Chấp hành xong án phạt tù", day(completed), day(completed + timedelta(days=3)), *ended], completed


def _judgment(number, place, done):
    row = [number, f"{place}/2015/HS-ST", "Tòa án mẫu", day(done - timedelta(days=1000)), "Trộm cắp tài sản", 173, 1]
    return [*row, "Cố ý", "Ít nghiêm trọng", "Tù có thời hạn", 30, day(done), "Đã xong"]


def _work(dice, row, completed, last):
    on = completed + timedelta(days=dice.randint(0, (last - completed).days))
    kind = dice.choice(KINDS)
    detail = "Căn cước" if kind == "Thủ tục hành chính" else ""
    money = "50.000.000" if kind == "Vay vốn" else ""
    return [row[0], day(on), kind, detail, f"Cơ sở {dice.randint(1, 80)}", "", money, "Hợp tác tốt"]
