"""What a register kept without the template does not say: proposed, shown as such, and asked where nothing tells."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases import actions
from cases.importing.cells import read_row
from cases.importing.check_notices import NO_NUMBER
from cases.importing.columns import JUDGMENTS, NOTICES, PEOPLE, WORK, RegisterSheet
from cases.importing.day_cells import swapped_columns
from cases.importing.filed import FilesOfRows
from cases.importing.known import KnownRecords
from cases.importing.log import WARNING, ImportMessage
from cases.importing.mapped import HELD_WORD, MappedRow, MappedRows, as_table
from cases.importing.rows import QUESTIONS, Cells, RegisterRow
from cases.importing.sheet import ReadSheet
from cases.lib import identity, written
from cases.lib.name_text import guess_sex, parse_name
from cases.lib.sentence_text import split_term
from cases.lib.text import fold
from cases.models import Judgment, Returnee, Unit, User

PARDONED = ("dac xa",)
CONDITIONAL = ("tha tu truoc thoi han", "tth co dk", "tthcdk", "tha tu co dieu kien")
Corrected = dict[str, dict[str, str]]  # row number, field: what the importer has typed
Fill = Callable[[MappedRow, RegisterRow], None]


def part(found: MappedRows, by: User, on: date, people: Corrected, shared: dict[str, str]) -> list[ReadSheet]:
    """The rows as the sheets Người, Bản án and Hoạt động, with what is missing in them proposed."""
    return Proposals(PEOPLE, by, on, people, shared).part(found)


def complete_notices(found: MappedRows, by: User, on: date, typed: Corrected, shared: dict[str, str]) -> ReadSheet:
    """The rows as the sheet Thông báo, with what is missing in them proposed."""
    return Proposals(NOTICES, by, on, typed, shared).complete_notices(found)


class Proposals:
    """Carries who loads, the numbers given out so far, and how many rows each proposal is for."""

    def __init__(self, sheet: RegisterSheet, by: User, on: date, typed: Corrected, shared: dict[str, str]) -> None:
        self.sheet, self.by, self.on, self.typed, self.shared = sheet, by, on, typed, shared
        self.known = KnownRecords(by, on)
        self.given: dict[str, int] = {}
        self.chosen = {said["file"] for said in typed.values() if said.get("file")}  # numbers the importer has chosen
        self.counts: Counter[tuple[str, str]] = Counter()  # by sheet and heading
        self.words: dict[tuple[str, str], str] = {}
        self.communes: dict[date, list[Unit]] = {}
        self.swapped: frozenset[str] = frozenset()
        self.came: dict[tuple[int, str], date] = {}  # of notices on file: person and number, and the day
        self.first_rows: dict[tuple, int] = {}  # by name, birth and day of completion
        self.table = as_table(sheet, [])

    def part(self, found: MappedRows) -> list[ReadSheet]:
        probes = self._probes(found)
        self.filed = FilesOfRows(self.known, probes, self.chosen)
        judgments, work, files = [], [], {}
        for row in found.rows:
            probe = probes[row.number]
            self._complete(row, probe, **self._of_both(), file=self._file)
            files[row.number] = self._typed(row).get("file") or row.person.get("file")
            if row.judgment:
                judgments.append((row.number, self._judgment(row, files[row.number], probe)))
            if job := self._job(row, files[row.number], probe):
                work.append((row.number, job))
        judgments += [(more.number, self._judgment(more, files[of.number], None)) for of, more in found.more]
        self.table.rows = [(row.number, Cells(PEOPLE, row.person)) for row in found.rows]
        self.table.messages += self._notices()
        others = [as_table(JUDGMENTS, sorted(judgments, key=lambda each: each[0])), as_table(WORK, work)]
        return [self.table, *(table for table in others if table.rows)]

    def complete_notices(self, found: MappedRows) -> ReadSheet:
        probes = self._probes(found)
        self.known.learn_released({probe["completed_on"] for probe in probes.values() if probe["completed_on"]})
        self.known.learn_notices()
        self.came = {(each.returnee_id, each.number): each.received_on for each in self.known.noticed.values()}
        for row in found.rows:
            self._complete(row, probes[row.number], **self._of_both(), received_on=self._received)
        self.table.rows = [(row.number, Cells(self.sheet, row.person)) for row in found.rows]
        self.table.messages += self._notices()
        return self.table

    def _typed(self, row: MappedRow) -> dict[str, str]:
        return self.typed.get(str(row.number), {})

    def _probes(self, found: MappedRows) -> dict[int, RegisterRow]:
        """The rows as they will be read, by number."""
        self.swapped = swapped_columns(self.sheet, [row.person for row in found.rows])
        return {row.number: self._probe(row) for row in found.rows}

    def _probe(self, row: MappedRow) -> RegisterRow:
        """The person as the row will be read, to know name, birth and days."""
        typed = self._typed(row)
        answers = {**self.shared, **{name: said for name, said in typed.items() if name in QUESTIONS}}
        said = {name: text for name, text in typed.items() if name not in QUESTIONS and text}
        cells = Cells(self.sheet, {**row.person, **said})
        probe = RegisterRow(self.sheet, row.number, cells, answers=answers, swapped=self.swapped)
        read_row(probe)
        return probe

    def _of_both(self) -> dict[str, Fill]:
        return {"unit": self._unit, "sex": self._sex, "subject_type": self._release}

    def _complete(self, row: MappedRow, probe: RegisterRow, **fills: Fill) -> None:
        for name, fill in fills.items():
            if name not in row.person and name not in self._typed(row):
                fill(row, probe)
        if row.is_likely:
            words = _("Below the last full row, read as a person. If it is nobody, load the good rows: it is left out.")
            self.table.remarks.setdefault(row.number, []).append(("full_name", words, []))

    def _say(self, row: MappedRow, name: str, value: Any, words: str) -> None:
        """Propose a value for one row, told at that row."""
        row.person[name] = value
        self.table.remarks.setdefault(row.number, []).append((name, words, []))

    def _say_of_all(self, row: MappedRow, name: str, value: Any, words: str) -> None:
        """Propose a value alike for many rows, told once."""
        row.person[name] = value
        self._count(self.sheet, name, words)

    def _count(self, sheet: RegisterSheet, name: str, words: str) -> None:
        place = sheet.name, sheet.by_field[name].header
        self.counts[place] += 1
        self.words[place] = words

    def _notices(self) -> Iterator[ImportMessage]:
        for place, count in self.counts.items():
            words = _("Not in the sheet, proposed in %(count)d rows: %(what)s.")
            yield ImportMessage(WARNING, place[0], 0, place[1], "", words % {"count": count, "what": self.words[place]})

    def _unit(self, row: MappedRow, probe: RegisterRow) -> None:
        """The own commune by the code it bore that day; of several before it one is to be chosen."""
        own, day = self.by.unit, probe["presented_on"] or probe["completed_on"] or self.on
        if not own.is_commune:
            return
        before = self._communes(day)
        codes = {unit.code for unit in before}
        if own.in_force(day) or own.code in codes or not before:
            self._say_of_all(row, "unit", own.code, own.name)
        elif len(before) == 1:
            self._say_of_all(row, "unit", before[0].code, own.name)
        else:
            choices = [[unit.code, unit.name] for unit in before]
            words = _("Choose to which commune the person came home on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
            self.table.remarks.setdefault(row.number, []).append(("unit", words, choices))

    def _communes(self, day: date) -> list[Unit]:
        if day not in self.communes:
            units = Unit.objects.standing_under(self.by.unit).communes().on(day).order_by("code")
            self.communes[day] = list(units)
        return self.communes[day]

    def _sex(self, row: MappedRow, probe: RegisterRow) -> None:
        number, held = probe["identity_number"] or "", {person.sex for person in self._named(probe)}
        name = parse_name(str(row.person.get("full_name", ""))).name
        if len(held) == 1:
            (told,) = held
            words = _("Not in the sheet: as the file of this person says.")
        elif len(number) == 12:
            told = identity.sex_of(number)
            words = _("Not in the sheet: proposed by the identity number.")
        else:
            told = guess_sex(probe["full_name"] or name) or ""
            words = _("Not in the sheet: proposed by the name.")
        column = PEOPLE.by_field["sex"]
        if word := next((word for word, value in column.choices.items() if value == told), None):
            self._say(row, "sex", word, words)

    def _release(self, row: MappedRow, probe: RegisterRow) -> None:
        """The form of release that the row names anywhere, else that the sentence was completed."""
        plain = fold(" ".join(str(cell) for cell in row.person.values()))
        kinds = ((Returnee.SubjectType.AMNESTIED, PARDONED), (Returnee.SubjectType.CONDITIONAL, CONDITIONAL))
        kind = next((kind for kind, words in kinds if any(word in plain for word in words)), None)
        column = PEOPLE.by_field["subject_type"]
        word = next(word for word, value in column.choices.items() if value == (kind or Returnee.SubjectType.COMPLETED))
        if kind:
            self._say(row, "subject_type", word, _("Not in a column of its own: proposed by what the row says."))
        else:
            self._say_of_all(row, "subject_type", word, word)

    def _file(self, row: MappedRow, probe: RegisterRow) -> None:
        """The number of the file that has this name, birth and day of completion, else the next of the series.

        Where one that no row names is likely meant, the importer says whether it is the same person, corrected.
        """
        if person := self.filed.same.get(row.number):
            self._twin(row, probe)
            row.person["file"] = person.file_number
            return
        unit = self.by.unit
        if not unit.is_commune:
            return
        number = self._next_number((probe["completed_on"] or self.on).year)
        if first := self._twin(row, probe):
            words = _(
                "Row %(row)d has the same name, birth and day of completion. Choose if this is another person; "
                "if it is the same one, load the good rows: this row is left out."
            )
            self.table.remarks.setdefault(row.number, []).append(
                ("file", words % {"row": first}, [[number, _("Another person")]])
            )
            row.person["file"] = number
            return
        if not (likely := self.filed.likely(probe)):
            self._say_of_all(row, "file", number, _("the next numbers of %(unit)s") % {"unit": unit.name})
            return
        row.person["file"] = number
        words = _("Likely loaded before: %(was)s. Choose whether this is the same row, corrected, or another one.")
        was = " · ".join((likely.full_name, str(likely.born), likely.file_number))
        choices = [[likely.file_number, _("The same row, corrected")], [number, _("Another row")]]
        self.table.remarks.setdefault(row.number, []).append(("file", words % {"was": was}, choices))

    def _twin(self, row: MappedRow, probe: RegisterRow) -> int | None:
        """The earlier row that nothing tells this one from; a sheet a year repeats who is still looked after."""
        key = (fold(probe["full_name"] or ""), probe["born_on"], probe["completed_on"])
        first = self.first_rows.setdefault(key, row.number) if all(key) else row.number
        return first if first != row.number else None

    def _next_number(self, year: int) -> str:
        """The next number of the series that nobody has and the importer has given nobody."""
        unit = self.by.unit
        if str(year) not in self.given:
            self.given[str(year)] = int(actions.returnee.next_file_number(unit, year).rpartition("-")[2]) - 1
        number = ""
        while not number or number in self.chosen:
            self.given[str(year)] += 1
            number = f"{unit.code}-{year}-{self.given[str(year)]:03d}"
        return number

    def _received(self, row: MappedRow, probe: RegisterRow) -> None:
        """The day on which the same list came before, else today."""
        number = probe["number"] or NO_NUMBER
        came = (self.came.get((person.pk, number)) for person in self._named(probe))
        days = [day for day in came if day]
        day = f"{min(days, default=self.on):%d/%m/%Y}"
        self._say_of_all(row, "received_on", day, day)

    def _named(self, probe: RegisterRow) -> list[Returnee]:
        key = (fold(probe["full_name"] or ""), probe["born_on"], probe["completed_on"])
        return self.known.named.get(key, [])

    def _judgment(self, row: MappedRow, file: Any, probe: RegisterRow | None) -> dict[str, Any]:
        cells = {"file": file, **row.judgment}
        if "main_penalty" not in cells and isinstance(cells.get("offence"), str):
            offence, term = split_term(cells["offence"])
            cells |= {"offence": offence, "main_penalty": term} if term else {}
        if "main_penalty" not in cells:
            column = JUDGMENTS.by_field["main_penalty"]
            prison = Judgment.MainPenalty.PRISON
            cells["main_penalty"] = next(word for word, value in column.choices.items() if value == prison)
            self._count(JUDGMENTS, "main_penalty", cells["main_penalty"])
        if "offence" not in cells:
            cells["offence"] = _("Not stated in the register")
            self._count(JUDGMENTS, "offence", cells["offence"])
        if "main_done_on" not in cells and probe and probe["completed_on"]:
            cells["main_done_on"] = f"{probe['completed_on']:%d/%m/%Y}"
            self._count(JUDGMENTS, "main_done_on", PEOPLE.by_field["completed_on"].header.lower())
        return cells

    def _job(self, row: MappedRow, file: Any, probe: RegisterRow) -> dict[str, Any]:
        """A job since nobody knows when; without any day of the person it is kept in the note."""
        day, job = probe["presented_on"] or probe["completed_on"], row.work.get("detail")
        if job is None or written.is_nothing(str(job)):
            return {}
        if day is None:
            row.person["note"] = "; ".join(filter(None, (row.person.get("note"), f"{_('Job they have')}: {job}")))
            return {}
        return {"file": file, "on": f"{day:%d/%m/%Y}", "kind": HELD_WORD, "detail": job}
