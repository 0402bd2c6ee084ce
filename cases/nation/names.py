"""Invented names, common ones often and rare ones seldom, with what is stored to find each by."""

from dataclasses import dataclass
from random import Random

from cases.lib import names, text

SURNAMES = {
    "Nguyễn": 38, "Trần": 12, "Lê": 10, "Phạm": 7, "Hoàng": 5, "Huỳnh": 4, "Phan": 4, "Vũ": 4, "Võ": 3, "Đặng": 3,
    "Bùi": 2, "Đỗ": 2, "Hồ": 2, "Ngô": 1, "Dương": 1, "Lý": 1, "Nông": 0.5, "Giàng": 0.5, "Thào": 0.3, "Niê": 0.2,
}  # fmt: skip
MEN_BETWEEN = "Văn Đức Hữu Quốc Minh Công Xuân Thanh Ngọc Đình Trọng Anh Tuấn".split()
WOMEN_BETWEEN = "Thị Thị Thị Ngọc Thu Kim Thanh".split()
MEN = (
    "Hùng Dũng Nam Tuấn Sơn Hải Bình Long Cường Thắng Hoàng Đạt Tùng Minh Phúc Khánh Lâm Quân Tài Trung Vinh Kiên Hiếu "
    "Duy Toàn Linh Sang Phong Thành Tâm Đông Hậu Thịnh Chiến Lợi Mạnh Tiến Quý Trường An Bảo Châu Danh Giang Huy Khoa "
    "Lộc Nghĩa Phát Quang Sinh Tân Út Việt Xuân Yên"
).split()
WOMEN = (
    "Hoa Lan Hương Thảo Mai Linh Trang Hà Ngân Phượng Yến Loan Nga Hạnh Thủy Nhung Bích Cúc Đào Hiền Liên Nguyệt Oanh "
    "Quyên Sương Tuyết Vân Xuân"
).split()
RARE = "Lò Thị Khuyển"  # one person of the nation has this name: a search for somebody in particular
COMMON = "Nguyễn Văn Hùng"
MOST = 40_000  # different names; more people share them


@dataclass(frozen=True)
class StoredName:
    full: str
    is_female: bool
    search: str
    sort: str
    keys: tuple[str, ...]


def full_name(dice: Random, female: bool) -> str:
    surname = dice.choices(list(SURNAMES), list(SURNAMES.values()))[0]
    between = [dice.choice(WOMEN_BETWEEN if female else MEN_BETWEEN)]
    between += [dice.choice(MEN_BETWEEN)] if dice.random() < 0.25 else []
    return " ".join([surname, *between, dice.choice(WOMEN if female else MEN)])


def prepare_name(name: str, female: bool) -> StoredName:
    name = text.normalise_name(name)
    return StoredName(name, female, names.search_key(name), text.sort_key(name), tuple(sorted(names.keys(name))))


def pool(dice: Random, people: int) -> list[StoredName]:
    """Names to give out; one in eight is a woman's."""
    drawn = []
    for _number in range(min(MOST, people)):
        female = dice.random() < 0.12
        drawn.append(prepare_name(full_name(dice, female), female))
    return drawn
