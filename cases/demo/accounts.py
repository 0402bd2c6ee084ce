"""The accounts of the demonstration: eight to sign in with, and the colleagues, of today and of earlier years."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from cases import actions
from cases.access.roles import Role
from cases.models import Organisation, Posting, Unit, User

PASSWORD = "tai-hoa-nhap-2026"  # nosec B105 # of the demo's invented accounts
REFORM = date(2025, 7, 1)


@dataclass(frozen=True)
class Post:
    """A posting to the unit that bears `code` on `since`."""

    code: str
    since: date
    role: Role = Role.OFFICER


@dataclass(frozen=True)
class DemoAccount:
    """Somebody invented; `until` for who has left, `organisation` for a helper."""

    username: str
    full_name: str
    rank: str
    posts: tuple[Post, ...]
    organisation: str = ""
    until: date | None = None

    @property
    def role(self) -> Role:
        return self.posts[-1].role


ACCOUNTS = (
    DemoAccount("an", "Lê Văn An", "Thượng úy", (Post("24691", date(2022, 5, 4)), Post("24697", REFORM))),
    DemoAccount(
        "anh",
        "Trần Quốc Anh",
        "Đại úy",
        (Post("24697", date(2021, 3, 1), Role.CHIEF), Post("24697", REFORM, Role.CHIEF)),
    ),
    DemoAccount("binh", "Phạm Thanh Bình", "Thượng úy", (Post("24688", date(2019, 6, 3)), Post("24688", REFORM))),
    DemoAccount(
        "chi",
        "Ngô Kim Chi",
        "Thiếu tá",
        (Post("664", date(2018, 1, 2), Role.REVIEWER), Post("68-C01", REFORM, Role.REVIEWER)),
    ),
    DemoAccount(
        "dung",
        "Hồ Trung Dũng",
        "Trung tá",
        (Post("67", date(2017, 6, 1), Role.REVIEWER), Post("68", REFORM, Role.REVIEWER)),
    ),
    DemoAccount(
        "em",
        "Đỗ Thị Em",
        "Đại úy",
        (Post("67", date(2015, 1, 5), Role.ADMINISTRATOR), Post("68", REFORM, Role.ADMINISTRATOR)),
    ),
    DemoAccount(
        "giang",
        "Vũ Hương Giang",
        "Chủ tịch Hội Phụ nữ xã",
        (Post("24697", date(2023, 3, 8), Role.HELPER), Post("24697", REFORM, Role.HELPER)),
        organisation="women",
    ),
    DemoAccount("hoa", "Huỳnh Thị Hòa", "Thượng tá", (Post("BCA", date(2020, 1, 2), Role.REVIEWER),)),
)

# Who worked with them: accounts that exist because records name them, and that nobody can sign in to.
COLLEAGUES = (
    DemoAccount("thuyen", "Y Thuyên Niê", "Trung úy", (Post("24694", date(2019, 9, 2)), Post("24697", REFORM))),
    DemoAccount("hanh", "Mai Đức Hạnh", "Đại úy", (Post("664", date(2019, 1, 7)), Post("24688", REFORM, Role.CHIEF))),
    DemoAccount("luong", "Bùi Thế Lương", "Trung úy", (Post("24699", date(2020, 2, 3)), Post("24688", REFORM))),
    DemoAccount("khoi", "Đặng Minh Khôi", "Thượng úy", (Post("24703", date(2020, 3, 2)), Post("24703", REFORM))),
    DemoAccount(
        "bdap", "Y B'Đăp Êban", "Thiếu tá", (Post("24715", date(2020, 3, 2)), Post("24703", REFORM, Role.CHIEF))
    ),
    DemoAccount("quyen", "Lý Văn Quyền", "Thượng úy", (Post("24712", date(2020, 3, 2)), Post("24712", REFORM))),
    DemoAccount(
        "sang", "Trịnh Hữu Sang", "Đại úy", (Post("24706", date(2020, 3, 2)), Post("24712", REFORM, Role.CHIEF))
    ),
    DemoAccount("ksor", "Y Ksơr Niê", "Trung úy", (Post("24692", date(2020, 3, 2)), Post("24678", REFORM))),
    DemoAccount("loc", "Hoàng Tấn Lộc", "Đại úy", (Post("660", date(2015, 1, 5)), Post("24611", REFORM))),
    DemoAccount("nghia", "Nguyễn Trọng Nghĩa", "Đại úy", (Post("661", date(2015, 1, 5)), Post("24631", REFORM))),
    DemoAccount("phuc", "Vi Hồng Phúc", "Đại úy", (Post("662", date(2015, 1, 5)), Post("24640", REFORM))),
    DemoAccount("thang", "Phan Đình Thắng", "Đại úy", (Post("663", date(2015, 1, 5)), Post("24670", REFORM))),
    DemoAccount("tuan", "Đoàn Anh Tuấn", "Đại úy", (Post("665", date(2015, 1, 5)), Post("24717", REFORM))),
    DemoAccount("vinh", "Cao Xuân Vinh", "Đại úy", (Post("666", date(2015, 1, 5)), Post("24751", REFORM))),
    DemoAccount("wil", "Y Wil Buôn Krông", "Đại úy", (Post("667", date(2015, 1, 5)), Post("24739", REFORM))),
    DemoAccount("yen", "Tạ Hải Yến", "Trung tá", (Post("67", date(2015, 1, 5)), Post("68", REFORM, Role.REVIEWER))),
)
FORMER = (
    DemoAccount("phuoc", "Nguyễn Hữu Phước", "Đại úy", (Post("24697", date(2015, 1, 5)),), until=date(2024, 12, 31)),
    DemoAccount(
        "lam", "Hoàng Đình Lâm", "Thiếu tá", (Post("24697", date(2015, 1, 5), Role.CHIEF),), until=date(2021, 2, 28)
    ),
    DemoAccount("tin", "Đinh Bá Tín", "Thiếu tá", (Post("664", date(2015, 1, 5)),), until=date(2020, 2, 29)),
    DemoAccount("nam", "Trương Văn Năm", "Trung úy", (Post("24700", date(2020, 3, 2)),), until=date(2025, 6, 30)),
    DemoAccount("oanh", "Lương Thị Oanh", "Thượng úy", (Post("24709", date(2020, 3, 2)),), until=date(2025, 6, 30)),
    DemoAccount("dat", "Võ Thành Đạt", "Thượng úy", (Post("24691", date(2020, 3, 2)),), until=date(2022, 5, 3)),
)

# Who answers for a commune, by its code of before the reform: in turn, until the day given.
BEFORE = {
    "24697": (("phuoc", date(2024, 12, 31)), ("anh", REFORM)),
    "24691": (("tin", date(2020, 3, 1)), ("dat", date(2022, 5, 3)), ("an", REFORM)),
    "24694": (("tin", date(2019, 9, 1)), ("thuyen", REFORM)),
    "24688": (("tin", date(2019, 6, 2)), ("binh", REFORM)),
    "24699": (("tin", date(2020, 2, 2)), ("luong", REFORM)),
    "24700": (("tin", date(2020, 3, 1)), ("nam", REFORM)),
    "24703": (("tin", date(2020, 3, 1)), ("khoi", REFORM)),
    "24715": (("tin", date(2020, 3, 1)), ("bdap", REFORM)),
    "24706": (("tin", date(2020, 3, 1)), ("sang", REFORM)),
    "24709": (("tin", date(2020, 3, 1)), ("oanh", REFORM)),
    "24712": (("tin", date(2020, 3, 1)), ("quyen", REFORM)),
    "24692": (("tin", date(2020, 3, 1)), ("ksor", REFORM)),
}
DISTRICTS = {
    "660": "loc", "661": "nghia", "662": "phuc", "663": "thang", "664": "hanh", "665": "tuan", "666": "vinh",
    "667": "wil",
}  # fmt: skip
SINCE = {"24697": "an", "24688": "binh", "24703": "khoi", "24712": "quyen", "24678": "ksor"}
CHIEFS = {"24697": "anh", "24688": "hanh", "24703": "bdap", "24712": "sang"}


def open_all() -> dict[str, User]:
    """Open every account with its postings; the eight share PASSWORD, nobody else can sign in."""
    users, shared = {}, make_password(PASSWORD)
    for account in (*FORMER, *COLLEAGUES, *ACCOUNTS):
        user = User(username=account.username, full_name=account.full_name, rank=account.rank, is_demo=True)
        user.is_active = account.until is None
        user.password = shared if account in ACCOUNTS else ""
        actions.user.open_record(user=user, by=None)
        users[account.username] = user
        for post in account.posts:
            actions.user.appoint(posting=_posting(user, account, post), by=None, vouched=True)
    return users


def _posting(user: User, account: DemoAccount, post: Post) -> Posting:
    body = Organisation.objects.get(code=account.organisation) if account.organisation else None
    unit = Unit.objects.bearing(post.code, post.since)
    return Posting(user=user, unit=unit, role=post.role, organisation=body, since=post.since, until=account.until)


def table() -> list[str]:
    """The accounts as lines of text: user name, name, role, unit; the password last."""
    names = dict(Posting._meta.get_field("role").flatchoices)
    lines = []
    for account in ACCOUNTS:
        posting = Posting.objects.filter(user__username=account.username).select_related("unit").first()
        unit = posting.unit.name if posting else ""
        lines.append(f"{account.username:<8}{account.full_name:<18}{names[account.role]}, {unit}")
    return [*lines, f"{_('Password')}: {PASSWORD}"]
