"""Registers in disguise, in other order, headings, ways of writing and letters: what arrives is what was meant."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.importing import register
from cases.importing.source import UnmappedError
from cases.lib import old_letters
from cases.lib.dates import PartialDate
from tests.books import check, raw

HEADINGS = {
    "full_name": ["Họ và tên", "HỌ TÊN", "Họ và tên đối tượng", "Họ tên (chữ in hoa)"],
    "born_on": ["Năm sinh", "Ngày sinh", "NTNS", "Ngày, tháng, năm sinh"],
    "sex": ["Giới tính", "Nam/Nữ", "Phái"],
    "hamlet": ["Nơi ở", "Thôn", "Thôn, bon, buôn", "Nơi cư trú"],
    "identity_number": ["CCCD", "Số CMND/CCCD", "Số định danh cá nhân"],
    "phone": ["SĐT", "Điện thoại", "Số ĐT"],
    "completed_on": ["Ngày ra trại", "Ngày ra tù", "Ngày CHXAPT", "Ngày mãn hạn"],
    "presented_on": ["Ngày trình diện", "Trình diện"],
    "prison": ["Nơi chấp hành", "Trại giam", "Nơi CHA"],
    "offence": ["Tội danh", "Tội", "Tên tội danh"],
    "months": ["Mức án", "Án phạt", "Mức hình phạt"],
    "job": ["Việc làm", "Nghề nghiệp"],
    "note": ["Ghi chú", "GC"],
}
NAMES = [
    "Nguyễn Văn Hùng",
    "Trần Thị Thu Hằng",
    "Đặng Quốc Bảo",
    "Lê Thị Mỹ Duyên",
    "Phạm Đức Thắng",
    "Hoàng Hữu Nghĩa",
]
HAMLETS = ["Thôn Nam Tân", "Thôn Nam Xuân", "Buôn Choáh", "Thôn Đắk Hà"]
OFFENCES = ["Trộm cắp tài sản", "Đánh bạc", "Cố ý gây thương tích", "Tàng trữ trái phép chất ma túy"]


@st.composite
def people(draw, number):
    completed = draw(st.dates(date(2025, 7, 2), date(2025, 8, 30)))
    born = draw(st.dates(date(1960, 1, 1), date(2000, 12, 31)))
    sex = draw(st.sampled_from(["male", "female"]))
    return {
        "full_name": f"{draw(st.sampled_from(NAMES))} {'Nhất Nhì Ba Bốn Năm Sáu'.split()[number]}",
        "born_on": draw(st.sampled_from([f"{born:%Y}", f"{born:%Y-%m-%d}"])),
        "sex": sex,
        "hamlet": draw(st.sampled_from([*HAMLETS, None])),
        "identity_number": f"067{'01'[sex == 'female']}{born:%y}0001{number:02d}",
        "phone": draw(st.sampled_from([f"09123456{number:02d}", None])),
        "completed_on": completed,
        "presented_on": draw(st.sampled_from([completed, None])),
        "prison": draw(st.sampled_from(["Trại giam Gia Trung", "Trại tạm giam", None])),
        "offence": draw(st.sampled_from(OFFENCES)),
        "months": draw(st.integers(6, 200)),
        "job": draw(st.sampled_from(["Phụ hồ", "Làm rẫy", None])),
        "note": draw(st.sampled_from(["Gia đình khó khăn", None])),
    }


def as_day(draw, day):
    forms = ["{:%d/%m/%Y}", "{:%d-%m-%Y}", "{:%d.%m.%Y}", "{0.day}/{0.month}/{0.year}", "{0.day}/{0.month}/{0:%y}", ""]
    form = draw(st.sampled_from(forms))
    return form.format(day) if form else day


def as_birth(draw, stored):
    if len(stored) == 4:
        return draw(
            st.sampled_from([stored, int(stored), date(1899, 12, 30) + (date(1, 1, 2) - date(1, 1, 1)) * int(stored)])
        )
    return as_day(draw, PartialDate.from_storage(stored).earliest)


def as_term(draw, months):
    years, rest = divmod(months, 12)
    forms = [f"{months} tháng", f"{months}T", f"{months} tháng tù"]
    if years and rest:
        forms += [f"{years} năm {rest} tháng", f"{years:02d} năm {rest:02d} tháng tù giam", f"{years}n{rest}t"]
    elif years:
        forms += [f"{years} năm", f"{years:02d} năm tù"]
    return draw(st.sampled_from(forms))


WRITE = {
    "sex": lambda draw, value: draw(
        st.sampled_from({"male": ["Nam", "nam ", "NAM", "Ông"], "female": ["Nữ", "nu", "Bà"]}[value])
    ),
    "phone": lambda draw, value: draw(
        st.sampled_from([value, f"{value[:4]} {value[4:7]} {value[7:]}", f"+84{value[1:]}", int(value)])
    ),
    "identity_number": lambda draw, value: draw(
        st.sampled_from([value, f"'{value}", int(value), f"{value} ", f"CCCD: {value}"])
    ),
    "born_on": as_birth,
    "completed_on": as_day,
    "presented_on": as_day,
    "months": as_term,
    "offence": lambda draw, value: draw(st.sampled_from([value, value.upper()])),
}
EMPTY = [None, "-", "không có", "chưa có", ""]


def to_tcvn3(text):
    back = {meant: chr(code) for code, meant in old_letters._TCVN3.items()}
    return "".join(back.get(sign) or back.get(sign.lower(), sign) for sign in text)


def to_vni(text):
    marks = {meant: sign for sign, meant in old_letters._MARKS.items()}
    alone = {meant: sign for sign, meant in old_letters._ALONE.items()} | {"ì": "ì", "í": "í"}
    found = ""
    for sign in unicodedata.normalize("NFC", text):
        if sign.lower() in alone:
            found += alone[sign.lower()].upper() if sign.isupper() else alone[sign.lower()]
            continue
        base, *rest = unicodedata.normalize("NFD", sign)
        if "\u031b" in rest:
            base, rest = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base], [mark for mark in rest if mark != "\u031b"]
        rest = "".join(sorted(rest, key="\u0306\u0302".find, reverse=True))
        found += base + (marks[rest].upper() if base.isupper() else marks[rest]) if rest else base
    return found


def to_twice(text):
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


LETTERS = {
    "unicode": str,
    "apart": lambda text: unicodedata.normalize("NFD", text),
    "wide": lambda text: text.replace(" ", "\u00a0"),
    "tcvn3": to_tcvn3,
    "vni": to_vni,
    "twice": to_twice,
}


@st.composite
def registers(draw):
    """What was meant, and a sheet in which nobody would see it."""
    meant = [draw(people(number)) for number in range(draw(st.integers(1, 6)))]
    names = draw(st.permutations(list(HEADINGS)))
    letters = LETTERS[draw(st.sampled_from(sorted(LETTERS)))]
    lines = [["CÔNG AN TỈNH LÂM ĐỒNG"], [], ["SỔ THEO DÕI NGƯỜI CHẤP HÀNH XONG ÁN PHẠT TÙ"]][: draw(st.integers(0, 3))]
    lines.append(["STT", *(draw(st.sampled_from(HEADINGS[name])) for name in names)])
    if draw(st.booleans()):
        lines.append([f"({place})" for place in range(1, len(names) + 2)])
    for number, person in enumerate(meant, start=1):
        if draw(st.booleans()):
            lines.append([])
        cells = [write(draw, name, person[name]) for name in names]
        told = ("full_name", "hamlet", "prison", "offence", "job", "note")
        cells = [
            letters(cell) if name in told and isinstance(cell, str) else cell
            for name, cell in zip(names, cells, strict=True)
        ]
        lines.append([number, *cells])
    lines += [[], [None, f"Tổng: {len(meant)} người"], [None] * 5 + ["NGƯỜI LẬP SỔ"]][: draw(st.integers(0, 3))]
    return meant, raw({draw(st.sampled_from(["Sheet1", "2025", "So theo doi"])): lines})


def write(draw, name, value):
    if value is None:
        return draw(st.sampled_from(EMPTY))
    return WRITE.get(name, lambda draw, value: value)(draw, value)


SEEN = Counter()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(registers())
def test_nothing_of_a_register_in_disguise_arrives_wrong_in_silence(an, meant_and_file):
    meant, file = meant_and_file
    said = {register.EVERY: {register.EVERY: {"letters": "converted"}}}
    with pytest.raises(UnmappedError) as found:
        check(file, an, corrections=said)
    read = check(file, an, mapping=found.value.mapping, corrections=said)

    people = read.rows["Người"]
    assert len(people) == len(meant)
    judgments = {row.number: row for row in read.rows["Bản án"]}
    jobs = {row.number: row for row in read.rows["Hoạt động"]}
    for row, person in zip(people, meant, strict=True):
        for name, value in person.items():
            holder, field = {
                "offence": (judgments, "offence"),
                "months": (judgments, "months"),
                "job": (jobs, "detail"),
            }.get(name, ({row.number: row}, name))
            compare(holder.get(row.number), field, value)
    assert SEEN["cells"] < 1000 or SEEN["asked"] <= 0.03 * SEEN["cells"]


def compare(row, field, value):
    """The cell arrived, or is asked about by its name."""
    SEEN["cells"] += 1
    asked = {said.column for said in row.messages if said.level == "error"} if row else set()
    if row and row.sheet.by_field[field].header in asked:
        SEEN["asked"] += 1
        return
    arrived = row[field] if row else None
    if field in ("offence", "full_name", "hamlet") and value:
        arrived, value = str(arrived).lower(), value.lower()  # an old letter with a tone has no capital
    assert (field, arrived) == (field, value)
