"""About 12,000 accounts: chief and officers of every commune, a reviewer of every unit above, an administrator."""

from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from cases.access.roles import Role
from cases.lib import text
from cases.models import Employer, Posting, Unit, User
from cases.nation.communes import Country, HomeCommune
from cases.nation.names import MEN, full_name
from cases.nation.sheet import Sheets, stamps

PASSWORD = "tai-hoa-nhap-2026"  # nosec B105 # of every account: the people are invented
SALT = "nation-of-invented-people"  # the same accounts for the same seed
REVIEWED = (Unit.Kind.MINISTRY, Unit.Kind.PROVINCE, Unit.Kind.CLUSTER)  # kinds of units above that have a reviewer
OFFICERS, PEOPLE_AN_OFFICER = 2, 150
TRADES = ("gỗ", "may", "gạch", "cơ khí", "chế biến")


class Accounts:
    """Opens accounts; `name_of` tells the full name of each by its id."""

    def __init__(self, sheets: Sheets, dice: Random) -> None:
        self.sheets, self.dice = sheets, dice
        self.password = make_password(PASSWORD, salt=SALT)
        self.name_of: dict[int, str] = {}

    def open_all(self, country: Country) -> None:
        for commune in country.communes:
            self.open_commune(commune, alone=commune is country.median)
        for unit in Unit.objects.filter(kind__in=REVIEWED, valid_to=None).order_by("code"):
            self.open(f"reviewer.{unit.code}", Role.REVIEWER, unit)
        self.open("administrator", Role.ADMINISTRATOR, country.communes[0].unit)

    def open_commune(self, commune: HomeCommune, *, alone: bool) -> None:
        """`alone`: one officer leads everybody, so that what one answers for is the same at every size."""
        code = commune.unit.code
        commune.chief = self.open(f"chief.{code}", Role.CHIEF, commune.unit)
        count = OFFICERS + (self.dice.random() < 0.6) + int(commune.expected / PEOPLE_AN_OFFICER)
        for number in range(1 if alone else count):
            commune.officers.append(self.open(f"officer.{code}.{number + 1}", Role.OFFICER, commune.unit))
        commune.employers = [self.add_employer(commune, number) for number in (1, 2, 3)]

    def open(self, username: str, role: Role, unit: Unit) -> int:
        name = full_name(self.dice, self.dice.random() < 0.1)
        since = max(unit.valid_from, date(2025, 7, 1))
        pk = self.sheets[User].add(
            password=self.password,
            username=username,
            full_name=name,
            is_demo=True,
            made_at=f"{since} 08:00+07",
            search_text=text.match_key(f"{name} {username} ")[:200],
            sort_key=text.sort_key(name),
        )
        self.sheets[Posting].add(role=role.value, since=since, user_id=pk, unit_id=unit.pk)
        self.name_of[pk] = name
        return pk

    def add_employer(self, commune: HomeCommune, number: int) -> int:
        name = f"Xưởng {self.dice.choice(TRADES)} {self.dice.choice(MEN)} {number}"
        known = f"{name} Mộc"
        return self.sheets[Employer].add(
            **stamps(commune.chief, max(commune.unit.valid_from, date(2020, 1, 1))),
            name=name,
            trade="Mộc",
            search_text=text.match_key(known),
            unit_id=commune.unit.pk,
        )
