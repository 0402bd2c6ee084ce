"""Invented people: ordinary names, and numbers that are plainly not in use."""

from random import Random

SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Vi Hà Triệu Lương Mai Đinh Cao".split()
)
MEN_BETWEEN = "Văn Đình Hữu Quốc Minh Xuân Thanh Đức Công Bá Ngọc Tiến".split()
MEN = (
    "Hùng Dũng Tuấn Long Sơn Hải Nam Thắng Cường Phúc Hòa Bình Khánh Tùng Toàn Lâm Thủy Quý Trung Đạt Hiếu Lợi Vinh "
    "Thịnh Kiên Sáng Tài Phong Quyết Chiến Đông Hưng"
).split()
WOMEN_BETWEEN = "Thị Kim Thu Ngọc Hồng".split()
WOMEN = "Hoa Lan Hương Thúy Nga Hạnh Liên Mỹ Tuyết Phượng Đào Yến Thảo Nhung Hằng Loan".split()
CLANS = ("Niê", "Êban", "Buôn Krông", "Kbuôr", "Mlô", "Ayun")
HIGHLAND_MEN = "Thương Krang Bhiông Dăm Lơi Nguyên Siu Tông Khiêm Blơ".split()
HIGHLAND_WOMEN = "Bia Lan Nhơn Ngai Mai Yuôm Djuh".split()
MNONG_MEN = "Tiêng Brơi Sroi Măng Tang Khêch Ndo Bang Choang Nhơi".split()
MNONG_WOMEN = "Jrai Ger Mbơi Dôi Rit Pang".split()

HAMLETS = {
    "24697": ("Thôn Nam Tân", "Thôn Nam Hải", "Thôn Nam Phú", "Thôn Nam Sơn", "Thôn Nam Trung", "Thôn Nam Thắng"),
    "24691": ("Thôn Đức Lập", "Thôn Quảng Đà", "Bon K62", "Thôn Nam Cao"),
    "24694": ("Buôn Choáh", "Thôn Bình Giang", "Thôn Cao Sơn", "Thôn Ninh Giang"),
    "24688": ("Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 5", "Bon Yôk Linh", "Bon Broih"),
    "24699": ("Thôn Đắk Hoa", "Thôn Đắk Lưu", "Bon Ja Ráh", "Thôn Đắk Rô"),
    "24700": ("Buôn K'tăh", "Thôn Đắk Tâm", "Buôn 9", "Thôn Giang Cách"),
    "24703": ("Bon Ja Ráh", "Thôn Tân Lập", "Bon R'Cập", "Thôn Thanh Thái"),
    "24715": ("Thôn Nam Dao", "Bon Đắk Prí", "Thôn Quảng Hà"),
    "24706": ("Buôn Choáh 2", "Thôn Xuyên Hà", "Thôn Xuyên Nghĩa"),
    "24709": ("Thôn Phú Cường", "Buôn Krúe", "Thôn Phú Thịnh"),
    "24712": ("Thôn Phú Sơn", "Buôn K'Tăh 2", "Thôn Phú Lợi"),
    "24692": ("Thôn Nam Thanh", "Thôn Lương Sơn", "Bon Đắk Sơn"),
}
ANYWHERE = ("Thôn 1", "Thôn 3", "Thôn 5", "Thôn 7", "Bon Sre Ú", "Bon Bu Đắk", "Tổ 2")


class NameBook:
    """Gives each invented person a name and numbers that nobody else of the story has."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.taken: set[str] = set()
        self.count = 0

    def full_name(self, sex: str) -> tuple[str, str]:
        """A name of its own and the people (dân tộc) it belongs to."""
        for _attempt in range(40):
            name, people = self._draw(sex)
            if name not in self.taken:
                break
        self.taken.add(name)
        return name, people

    def _draw(self, sex: str) -> tuple[str, str]:
        pick, man = self.dice.choice, sex == "male"
        kind = self.dice.random()
        if kind < 0.09:
            first = f"Y {pick(HIGHLAND_MEN)}" if man else f"H'{pick(HIGHLAND_WOMEN)}"
            return f"{first} {pick(CLANS)}", "Ê Đê"
        if kind < 0.18:
            return f"{'K' if man else 'H'}'{pick(MNONG_MEN if man else MNONG_WOMEN)}", "M'Nông"
        between, given = pick(MEN_BETWEEN if man else WOMEN_BETWEEN), pick(MEN if man else WOMEN)
        return f"{pick(SURNAMES)} {between} {given}", "Kinh"

    def phone(self) -> str:
        """0900 000 xxx: of the right form, and nobody's."""
        self.count += 1
        return f"0900{self.count:06d}"

    def identity(self, sex: str, year: int) -> str:
        """Twelve digits registered in 067 that end in 000 and one digit."""
        while True:
            sign = 2 * (year // 100 - 19) + (sex == "female")
            number = f"067{sign}{year % 100:02d}{self.dice.randrange(100):02d}000{self.dice.randrange(10)}"
            if number not in self.taken:
                self.taken.add(number)
                return number

    def hamlet(self, place: str) -> str:
        return self.dice.choice(self.hamlets(place))

    def hamlets(self, place: str) -> tuple[str, ...]:
        return HAMLETS.get(place, ANYWHERE)
