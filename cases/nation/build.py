"""The nation from the first account to the last log row, in one transaction: it stands whole, or nothing of it does."""

from collections.abc import Callable
from itertools import cycle
from random import Random

from django.db import connection, transaction

from cases.models import Organisation, Returnee, User
from cases.nation import after, contacts, life, names, sentences
from cases.nation.accounts import Accounts
from cases.nation.aside import Aside
from cases.nation.care import Care
from cases.nation.collection import ask_for_reports
from cases.nation.communes import Country
from cases.nation.life import Life
from cases.nation.livelihood import Livelihood
from cases.nation.people import Files
from cases.nation.record import RecordBook
from cases.nation.sheet import Sheets, copy_rows, days_after
from cases.nation.size import NationSize
from cases.nation.verdicts import add_verdicts

MEMORY = ("SET LOCAL work_mem = '512MB'", "SET LOCAL maintenance_work_mem = '512MB'")
OLDER = (2, 42)  # years of age at the first act, over sixteen

Say = Callable[[str], None]


def is_empty() -> bool:
    """Whether nobody is in the database, neither people nor users."""
    return not Returnee.objects.exists() and not User.objects.exists()


def build_nation(size: NationSize, say: Say) -> int:
    """Fill the database, in which the units stand and nobody is; the number of activities. `say` is told each step."""
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in MEMORY:
            cursor.execute(setting)
        country = Country(size, Random(f"{size.seed} country"))  # nosec B311 # invented data, the same for the same seed
        aside = Aside.take(cursor)
        sheets = Sheets(cursor.cursor, Random(f"{size.seed} uid"))  # nosec B311 # invented data, the same for the same seed
        activities = Founding(size, country, sheets, say).fill(cursor)
        say("indexes")
        aside.put_back()
        cursor.execute("ANALYZE")
        say("verdicts")
        add_verdicts(sheets, size)
        aside.finish()
    for name, step in after.STEPS:
        say(name)
        step()
    return activities


class Founding:
    """Fills the tables, most of them person by person."""

    def __init__(self, size: NationSize, country: Country, sheets: Sheets, say: Say) -> None:
        self.size, self.country, self.sheets, self.say = size, country, sheets, say
        dice = self.dice = Random(f"{size.seed} lives")  # nosec B311 # invented data, the same for the same seed
        bodies = list(Organisation.objects.exclude(code="police").order_by("pk").values_list("pk", flat=True))
        self.accounts = Accounts(sheets, dice)
        self.files = Files(sheets, country, dice)
        self.care = Care(sheets, dice, size.today, bodies)
        self.livelihood, self.record = Livelihood(sheets, dice), RecordBook(sheets, dice, size.today)

    def fill(self, cursor) -> int:
        self.say("accounts")
        self.accounts.open_all(self.country)
        self.sheets.send()
        ask_for_reports(self.sheets, self.country, self.size)
        self.say("people")
        lives = [self.live(*each) for each in self.arrivals()]
        self.sheets.send()
        self.say("contacts")
        self.note_care(cursor, lives)
        return contacts.fill(cursor, self.size)

    def arrivals(self):
        """Number, name, home, day of completion and sentences of each person."""
        size, dice = self.size, self.dice
        pool, patterns = names.pool(dice, size.people), sentences.patterns(dice)
        homes = self.country.homes(size, dice)
        known = [dice.choice(pool) for _number in range(size.people)]
        known[size.people // 2] = names.prepare_name(names.RARE, True)
        days = life.completions(size, dice)
        return zip(range(1, size.people + 1), known, homes, days, cycle(patterns))

    def live(self, pk, name, home, completed, judged) -> tuple[int, int, object, object]:
        """Tell one life; who was visited where, from when to when."""
        person = life.draw(pk, name, home, completed, self.size.today, self.dice)
        life.move(person, self.country, self.dice)
        self.files.open(person, 16 + sentences.first_act(judged) // 365 + self.dice.randint(*OLDER))
        self.files.place(person)
        self.record.announce(person)
        sentences.add_judgments(self.sheets, person, judged)
        if not person.is_awaited:
            self.support(person)
        return pk, home.unit.pk, person.presented, self.last_visit(person)

    def support(self, person: Life) -> None:
        self.care.add(person)
        self.livelihood.add(person)
        self.record.add(person)

    def last_visit(self, person: Life):
        """Most were met not long before the end of the file, or today."""
        return days_after(person.end, -min(int(self.dice.random() ** 2 * 60), person.stay))

    def note_care(self, cursor, lives) -> None:
        """How often each is visited: by the days of care, so that all visits come to what is aimed at."""
        visited = [(pk, unit, since, until) for pk, unit, since, until in lives if since and since < until]
        days = sum((until - since).days for _pk, _unit, since, until in visited)
        rate = self.size.activities / max(days, 1)
        cursor.execute(contacts.CARE)
        cursor.execute(contacts.STAFF)
        rows = [
            (pk, unit, since, until, max(1, round((until - since).days * rate))) for pk, unit, since, until in visited
        ]
        copy_rows(cursor, "nation_care", rows)
        copy_rows(cursor, "nation_staff", self.staff())

    def staff(self):
        for commune in self.country.communes:
            for number, officer in enumerate(commune.officers):
                yield commune.unit.pk, number, len(commune.officers), officer, self.accounts.name_of[officer]
