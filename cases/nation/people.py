"""The file of each person, who held it when, and the keys of the name."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from cases.lib import identity
from cases.models import NameKey, Placement, Returnee, Transfer, TransferStep
from cases.nation.communes import Country, HomeCommune
from cases.nation.life import Life
from cases.nation.names import full_name
from cases.nation.sheet import Sheets, days_after, stamps

HAMLETS = tuple(f"Thôn {name}" for name in "Đông Tây Nam Bắc Trung Tân Phú Hòa An Bình".split())
NO_PROVINCE = (97, 98, 99)  # no identity number begins with these: nobody has it
SUBJECTS = {"completed": 80, "amnestied": 12, "conditional": 8}


class Files:
    """Opens the files, numbered by commune and year as the product would."""

    def __init__(self, sheets: Sheets, country: Country, dice: Random) -> None:
        self.sheets, self.country, self.dice = sheets, country, dice
        self.numbers: Counter[tuple[str, int]] = Counter()

    def open(self, life: Life, age: int) -> None:
        """`age`: years at the completion, at least those of the first act."""
        year, dice = life.completed.year - age, self.dice
        first, female = life.came_from or life.home, life.name.is_female
        number = self.identity_number(life, year)
        phone, file_number = f"0900{dice.randrange(1_000_000):06d}", self.file_number(first, life.completed.year)
        known = [life.name.search, identity.tidy(file_number), file_number]
        with_family = dice.random() < 0.5
        self.sheets[Returnee].add(
            **stamps(life.officer, life.recorded),
            file_number=file_number,
            full_name=life.name.full,
            sex="female" if female else "male",
            born_on=f"{year}",
            identity_number=number,
            ethnicity="Kinh",
            hamlet=dice.choice(HAMLETS),
            phone=phone,
            household_contact=full_name(dice, not female) if with_family else "",
            household_relation=("Chồng" if female else "Vợ") if with_family else "",
            subject_type=dice.choices(list(SUBJECTS), list(SUBJECTS.values()))[0],
            prison=f"Trại giam Số {dice.randint(1, 40)}",
            certificate_number=f"{life.pk}/GCN",
            completed_on=life.completed,
            presented_on=life.presented,
            closed_on=life.closed,
            close_reason=life.ending,
            search_text="".join(f"| {part} " for part in known) + "|",
            sort_key=life.name.sort,
            unit_id=life.home.unit.pk,
        )
        for key in life.name.keys:
            self.sheets[NameKey].add(key=key, returnee_id=life.pk)

    def identity_number(self, life: Life, year: int) -> str:
        sign = 2 * (year // 100 - 19) + life.name.is_female
        return f"{self.dice.choice(NO_PROVINCE):03d}{sign}{year % 100:02d}{life.pk:06d}"

    def file_number(self, commune: HomeCommune, year: int) -> str:
        self.numbers[commune.unit.code, year] += 1
        return f"{commune.unit.code}-{year}-{self.numbers[commune.unit.code, year]:03d}"

    def place(self, life: Life) -> None:
        """Held where the person came home to; since a handover or the reform by whom that names."""
        if life.came_from and life.moved:
            self.hold(life, life.came_from, life.completed, life.moved - timedelta(days=1), "intake")
            self.hold(life, life.home, life.moved, None, "transfer")
            self.hand_over(life, life.came_from, life.moved)
        else:
            self.hold(life, life.home, life.completed, None, "intake")

    def hold(self, life: Life, commune: HomeCommune, since: date, until: date | None, reason: str) -> None:
        reform = self.country.reform
        earlier = commune.place_before(self.dice, since) if since < reform else None
        row = {**stamps(life.officer, min(since, life.recorded)), "returnee_id": life.pk}
        if earlier:
            last = reform - timedelta(days=1)
            self.sheets[Placement].add(**row, since=since, until=last, reason=reason, unit_id=earlier)
            row, since, reason = {**row, **stamps(life.officer, reform)}, reform, "succession"
        self.sheets[Placement].add(**row, since=since, until=until, reason=reason, unit_id=commune.unit.pk)

    def hand_over(self, life: Life, giver: HomeCommune, moved: date) -> None:
        proposed = days_after(moved, -5)
        transfer = self.sheets[Transfer].add(
            **stamps(giver.officers[0], proposed),
            direction="offered",
            reason="Chuyển về ở với gia đình",
            on=proposed,
            sender_name="Nguyễn Văn A",
            sender_phone="0900000000",
            state="accepted",
            accepted_on=moved,
            returnee_id=life.pk,
            from_unit_id=giver.unit.pk,
            to_unit_id=life.home.unit.pk,
        )
        steps = self.sheets[TransferStep]
        steps.add(
            kind="proposed", on=proposed, at=f"{proposed} 10:00+07", by_id=giver.officers[0], transfer_id=transfer
        )
        answered = {"kind": "accepted", "on": moved, "at": f"{moved} 10:00+07", "by_id": life.home.chief}
        steps.add(**answered, sheet={}, transfer_id=transfer)
