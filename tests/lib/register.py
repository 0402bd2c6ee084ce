"""A register of invented people whose names are as unevenly spread as in Vietnam."""

from random import Random

SHARES = (
    "Nguyễn 384 Trần 121 Lê 95 Phạm 70 Hoàng 51 Phan 45 Vũ 39 Đặng 21 Bùi 20 Đỗ 14 Hồ 13 Ngô 13 Dương 10 Lý 8 Võ 8 "
    "Đinh 8 Trương 8 Đoàn 6 Trịnh 6 Mai 5 Hà 5 Cao 4 Lương 4 Tạ 3 Nông 3 Phùng 3 Vi 2 Triệu 2 Lò 2 Giàng 2 Mạc 1"
).split()
SURNAMES = {name: int(share) for name, share in zip(SHARES[::2], SHARES[1::2], strict=True)}
MEN_BETWEEN = {"Văn": 420, "Đình": 60, "Hữu": 55, "Quốc": 50, "Minh": 50, "Xuân": 45, "Thanh": 45, "Đức": 60}
MEN = (
    "Hùng Dũng Tuấn Long Sơn Hải Nam Thắng Cường Phúc Hòa Bình Khánh Tùng Toàn Lâm Thủy Quý Trung Đạt Hiếu Lợi Vinh "
    "Thịnh Kiên Sáng Tài Phong Quyết Chiến Đông Hưng Minh Quang Thành Tiến Tâm Đức Việt An Bảo Khoa Hậu Lộc Mạnh Nghĩa"
).split()
WOMEN_BETWEEN = {"Thị": 620, "Kim": 40, "Thu": 50, "Ngọc": 60, "Hồng": 40, "Thanh": 50, "Thị Thu": 40, "Thị Kim": 30}
WOMEN = (
    "Lan Hoa Hương Thủy Hà Hạnh Nga Hằng Thúy Liên Mỹ Tuyết Phượng Đào Yến Thảo Nhung Loan Hồng Linh Trang Mai Dung "
    "Hiền Huệ Oanh Vân Xuân Bình Thanh Tâm Phương Ngân Duyên"
).split()
CLANS = ("Niê", "Êban", "Buôn Krông", "Kbuôr", "Mlô", "Ayun", "Niê Kdăm", "Adrơng")
HIGHLAND = (
    "Thương Krang Bhiông Dăm Lơi Nguyên Siu Tông Khiêm Blơ Bia Lan Nhơn Ngai Mai Yuôm Djuh Tiêng Brơi Sroi Măng Tang"
).split()


def _drawn(dice: Random, spread: dict[str, int], count: int) -> list[str]:
    return dice.choices(list(spread), list(spread.values()), k=count)


def _given(dice: Random, usual: list[str], count: int) -> list[str]:
    """Common given names far more often than rare ones."""
    return dice.choices(usual, [1 / (place + 3) for place in range(len(usual))], k=count)


def people(count: int, seed: int = 20261124) -> list[tuple[str, str]]:
    """`count` pairs of a name and a year or day of birth; the same for the same seed."""
    dice = Random(seed)
    surnames = _drawn(dice, SURNAMES, count)
    men = zip(_drawn(dice, MEN_BETWEEN, count), _given(dice, MEN, count), strict=True)
    women = zip(_drawn(dice, WOMEN_BETWEEN, count), _given(dice, WOMEN, count), strict=True)
    found = []
    for surname, man, woman in zip(surnames, men, women, strict=True):
        name = f"{surname} {' '.join(man if dice.random() < 0.85 else woman)}"
        if dice.random() < 0.08:
            name = f"{dice.choice(['Y ', 'H’', 'K’'])}{dice.choice(HIGHLAND)} {dice.choice(CLANS)}"
        year = dice.randint(1960, 2005)
        day = f"-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}" if dice.random() < 0.7 else ""
        found.append((name, f"{year}{day}"))
    return found
