"""Registers in disguise: in other files, order, headings, ways of writing, letters. What arrives is what was meant."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from cases.importing import register
from cases.importing.source import UnmappedError
from cases.lib import old_letters
from cases.lib.dates import PartialDate
from tests.books import check, raw
from tests.foreign_books import old_book_of, open_book_of, pasted
from tests.makers import make_succession, make_unit

HEADINGS = {
    "full_name": ["Họ và tên", "HỌ TÊN", "Họ và tên đối tượng", "Họ tên (chữ in hoa)"],
    "born_on": ["Năm sinh", "Ngày sinh", "NTNS", "Ngày, tháng, năm sinh"],
    "unit": ["Xã", "Đơn vị", "Công an xã"],
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
GROUPS = {"Thời gian": ("completed_on", "presented_on"), "Về bản án": ("offence", "months", "prison")}
SEXES = {"male": "Nam", "female": "Nữ"}
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
        "unit": "24697",
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


def as_name(draw, name):
    titles = [*[""] * 6, "Ông ", "bà ", "Anh "]
    name = draw(st.sampled_from([name, name, name.upper(), f" {name}  "]))
    return draw(st.sampled_from(titles)) + name


def as_phone(draw, value):
    spaced = f"{value[:4]} {value[4:7]} {value[7:]}"
    return draw(st.sampled_from([value, spaced, f"+84{value[1:]}", int(value), f"{value} / 0987654321"]))


def as_number(draw, value):
    rounded = "6.70850E+10" if draw(st.integers(0, 30)) == 0 else value
    return draw(st.sampled_from([rounded, f"'{value}", int(value), f"{value} ", f"CCCD: {value}"]))


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
    "full_name": as_name,
    "unit": lambda draw, value: draw(
        st.sampled_from([value, int(value), "Xã Nam Đà", "nam đà", f"{value} - Xã Nam Đà", "Xã Đắk Xôr"])
    ),
    "phone": as_phone,
    "identity_number": as_number,
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
    """What was meant, a file in which nobody would see it, and whether day and month were swapped on the way."""
    meant = [draw(people(number)) for number in range(draw(st.integers(1, 6)))]
    names = draw(st.permutations(list(HEADINGS)))
    letters = LETTERS[draw(st.sampled_from(sorted(LETTERS)))]
    lines = [["CÔNG AN TỈNH LÂM ĐỒNG"], [], ["SỔ THEO DÕI NGƯỜI CHẤP HÀNH XONG ÁN PHẠT TÙ"]][: draw(st.integers(0, 3))]
    apart = draw(st.booleans())  # a birth in the column of its sex
    if draw(st.booleans()):
        names = [name for group in GROUPS.values() for name in group] + [
            name for name in names if not any(name in group for group in GROUPS.values())
        ]
        heads = two_rows(draw, names, apart)
    else:
        heads = [[word for name in names for word in headings(draw, name, apart)]]
    lines += [["STT" if not at else None, *map(letters, head)] for at, head in enumerate(heads)]
    width = len(lines[-1])
    numbers = [*"AB", *map(str, range(1, width - 1))] if draw(st.booleans()) else range(1, width + 1)
    if draw(st.booleans()):
        lines.append([f"({place})" for place in numbers])
    swapped = is_swapped(meant) and draw(st.booleans())
    grouped = draw(st.booleans())  # the hamlet in a row of its own above its people
    if grouped:
        meant.sort(key=lambda person: person["hamlet"] or "")
    hamlet = None
    for number, person in enumerate(meant, start=1):
        if draw(st.booleans()):
            lines.append([])
        if grouped and person["hamlet"] != hamlet:
            hamlet = person["hamlet"]
            lines.append(heading_of(draw, hamlet, letters))
        shown = {**person, "hamlet": None} if grouped else person
        cells = [cell for name in names for cell in cells_of(draw, name, shown, letters, apart, swapped)]
        lines.append([number, *cells])
    sign = [None, "NGƯỜI LẬP SỔ", None, None, "TRƯỞNG CÔNG AN XÃ"]
    lines += [[], [None, f"Tổng: {len(meant)} người"], sign, [None, "An", None, None, "Bình"]][
        : draw(st.integers(0, 4))
    ]
    lines = [[cell if cell != "" else None for cell in line] for line in lines]
    note("\n".join(map(str, lines)))
    return meant, draw(st.sampled_from(FILES[swapped:]))(lines), swapped


def heading_of(draw, hamlet, letters):
    """A row that names the hamlet of those below it, as it is written across the sheet."""
    words = draw(st.sampled_from([hamlet, hamlet.upper()]))
    number, count = draw(st.sampled_from(["", "I. ", "II/ ", "3) "])), draw(st.sampled_from(["", " (3 người)", ":"]))
    return [*[None] * draw(st.integers(0, 1)), letters(f"{number}{words}{count}")]


FILES = [pasted, lambda lines: raw({"So theo doi": lines}), old_book_of, open_book_of]  # a pasted day is text anyway


def headings(draw, name, apart):
    """The one heading of a field, or the two of a birth."""
    if name == "born_on" and apart:
        return ["Năm sinh Nam", "Năm sinh Nữ"]
    return [draw(st.sampled_from(HEADINGS[name]))]


def two_rows(draw, names, apart):
    """The headings under those of their group; what stands in no group, in one of the two rows."""
    upper, lower = [], []
    for name in names:
        group = next((group for group, of in GROUPS.items() if name in of), None)
        if name == "born_on" and apart:
            upper, lower = [*upper, "Ngày, tháng, năm sinh", ""], [*lower, "Nam", "Nữ"]
        elif group:
            upper.append(group if name == GROUPS[group][0] else "")
            lower += headings(draw, name, apart)
        else:
            both = [*headings(draw, name, apart), ""]
            upper, lower = [*upper, both[0]], [*lower, both[1]]
    return [upper, lower]


DAYS = ("completed_on", "presented_on")


def is_swapped(meant):
    """Whether a program that reads month before day would leave a trace in these days."""
    found = [[person[name] for person in meant if person[name]] for name in DAYS]
    return any(len(days) > 2 and len({day.day <= 12 for day in days}) == 2 for days in found)


def cells_of(draw, name, person, letters, apart, swapped):
    value = person[name]
    day = PartialDate.from_storage(value).earliest if name == "born_on" and len(value) > 4 else value
    if swapped and isinstance(day, date):
        cell = date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"
    else:
        cell = write(draw, name, value)
    if name in ("full_name", "unit", "hamlet", "prison", "offence", "job", "note") and isinstance(cell, str):
        cell = letters(cell)
    if name == "born_on" and apart:
        return [cell if person["sex"] == sex else None for sex in SEXES]
    return [cell]


def write(draw, name, value):
    if value is None:
        return draw(st.sampled_from(EMPTY))
    return WRITE.get(name, lambda draw, value: value)(draw, value)


SEEN = Counter()


@pytest.fixture
def clerk(an, units):
    """An, whose commune took in another one."""
    until = date(2025, 6, 30)
    old = make_unit(kind="commune", code="24699", name="Xã Đắk Xôr", valid_from=date(2004, 1, 1), valid_to=until)
    make_succession(old, units.nam_da)
    return an


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],  # a file is written for each
)
@given(registers())
def test_nothing_of_a_register_in_disguise_arrives_wrong_in_silence(clerk, register_in_disguise):
    meant, file, swapped = register_in_disguise
    answers = {"letters": "converted", "names": "converted", "swap": "swapped" if swapped else "cell"}
    said = {register.EVERY: {register.EVERY: answers}}
    with pytest.raises(UnmappedError) as found:
        check(file, clerk, corrections=said)
    read = check(file, clerk, mapping=found.value.mapping, corrections=said)

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
    if field == "unit":
        arrived = row.about.heir.code
    elif field == "note" and arrived:
        arrived = arrived.partition("Điện thoại: ")[0].rstrip("; ") or None  # where a second phone is kept
    elif field in ("offence", "full_name", "hamlet") and value:
        arrived, value = str(arrived).lower(), value.lower()  # an old letter with a tone has no capital
    assert (field, arrived) == (field, value)
