"""What the register holds already, read once before the rows of a workbook are checked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import models

from cases.access import row_scope
from cases.importing.places import Places
from cases.lib.text import fold
from cases.models import Attendance, Expungement, GroupMeeting, ImportedRow, JobReferral, Notice, Returnee, User

AT_ONCE = 5000  # values in one question to the database


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A row that was loaded earlier: what it said then and what it became."""

    digest: str
    target_type: str
    target_id: int


class KnownRecords:
    """`by` loads the workbook on the day `on`; everything is read through the units of `by`."""

    def __init__(self, by: User, on: date) -> None:
        self.by, self.on = by, on
        self.scope = set(by.units().values_list("pk", flat=True))
        self.places = Places(())
        self.people: dict[str, Returnee] = {}
        self.numbers: dict[str, Returnee] = {}
        self.cleared: set[int] = set()
        self.named: dict[tuple, list[Returnee]] = {}  # people of the scope by name, birth and release day
        self.noticed: dict[tuple, Notice] = {}  # notices of these people by person, kind, number, day
        self.cancelled: set[int] = set()  # meetings asked about that were withdrawn
        self.loaded_before: set[tuple[str, str]] = set()  # sheet and key of rows that an earlier workbook held

    def learn_places(self, typed: Collection[str]) -> None:
        """The units that are meant by what is typed; by name those of the scope alone."""
        named = any(not words.isdecimal() for words in typed)
        self.places = Places(typed, self.by.units().communes().select_related("standing") if named else ())

    def learn_people(self, files: Collection[str], numbers: Collection[str]) -> None:
        """Files by their number, wherever they are kept, and open files with an identity number, new or old."""
        with row_scope.beyond("a row of a register names a file or a number that may be elsewhere by now"):
            self._learn_numbered(files, numbers)
        mine = [person.pk for person in self.people.values()]
        for some in in_parts(mine):
            rows = Expungement.objects.kept().filter(returnee__in=some)
            self.cleared |= set(rows.values_list("returnee", flat=True))

    def _learn_numbered(self, files: Collection[str], numbers: Collection[str]) -> None:
        for some in in_parts(files):
            for person in Returnee.objects.filter(file_number__in=some).select_related("unit"):
                self.people[person.file_number] = person
        for some in in_parts(numbers):
            rows = Returnee.objects.kept().with_numbers(some).filter(closed_on=None)
            for person in rows.select_related("unit").order_by("pk"):
                for number in filter(None, (person.identity_number, person.old_identity_number)):
                    self.numbers.setdefault(number, person)

    def learn_released(self, days: Collection[date], *, left: bool = False) -> None:
        """Files of the scope with one of these release days, those `left` to others since too."""
        held = Returnee.objects.kept()
        held = held.known_to(self.by) if left else held.unsealed().filter(unit__in=self.scope)
        for some in in_parts(days):
            for person in held.filter(completed_on__in=some).select_related("unit"):
                key = (fold(person.full_name), person.born_on, person.completed_on)
                self.named.setdefault(key, []).append(person)

    def learn_notices(self) -> None:
        """The notices of the people learned before."""
        people = {person.pk for person in self.numbers.values()}
        people |= {person.pk for same in self.named.values() for person in same}
        for some in in_parts(people):
            rows = Notice.objects.kept().filter(returnee__in=some).select_related("returnee__unit").order_by()
            for notice in rows:
                self.noticed[notice.returnee_id, notice.kind, notice.number, notice.dated_on] = notice

    def before(self, sheet: str, keys: Collection[str]) -> dict[str, LoadedRow]:
        """Rows of these keys that were loaded earlier."""
        found = {}
        for some in in_parts(keys):
            rows = ImportedRow.objects.filter(sheet=sheet, key__in=some).order_by()
            for key, digest, kind, pk in rows.values_list("key", "digest", "target_type", "target_id"):
                found[key] = LoadedRow(digest, kind, pk)
        self.loaded_before |= {(sheet, key) for key in found}
        return found

    def meetings(self, sheet: str, codes: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        """Meetings of one's own units loaded earlier, by their code: key and id."""
        found: dict[str, list[tuple[str, int]]] = {}
        for some in in_parts(codes):
            rows = ImportedRow.objects.filter(sheet=sheet, code__in=some, unit__in=self.scope).order_by()
            for code, key, target in rows.values_list("code", "key", "target_id"):
                found.setdefault(code, []).append((key, target))
        return found

    def records(self, earlier: Iterable[LoadedRow]) -> dict[tuple[str, int], models.Model]:
        """What rows loaded earlier became, withdrawn or not, by kind and id."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for said in earlier:
            wanted[said.target_type].add(said.target_id)
        found: dict[tuple[str, int], models.Model] = {}
        for name, pks in wanted.items():
            model = apps.get_model("cases", name)
            rows = model.objects.select_related("employer") if model is JobReferral else model.objects.all()
            for some in in_parts(pks):
                found |= {(name, pk): target for pk, target in rows.in_bulk(some).items()}
        return found

    def present(self, meetings: Collection[int]) -> set[tuple[int, str]]:
        """Who is known to have come to these meetings: meeting and file number; notes the withdrawn meetings."""
        found = set()
        for some in in_parts(meetings):
            rows = Attendance.objects.filter(meeting__in=some, present=True).order_by()
            found |= set(rows.values_list("meeting", "returnee__file_number"))
            gone = GroupMeeting.objects.filter(pk__in=some).exclude(withdrawn_at=None)
            self.cancelled |= set(gone.values_list("pk", flat=True))
        return found

    def meeting_days(self, meetings: Collection[int]) -> dict[int, date]:
        """The days of these meetings, by id."""
        found: dict[int, date] = {}
        for some in in_parts(meetings):
            found |= dict(GroupMeeting.objects.filter(pk__in=some).order_by().values_list("pk", "on"))
        return found

    def all_home(self, meetings: Collection[int]) -> dict[int, date]:
        """The first day on which everybody who came to each of these meetings was home, by id."""
        found: dict[int, date] = {}
        for some in in_parts(meetings):
            came = Attendance.objects.filter(meeting__in=some, present=True).order_by().values("meeting")
            found |= dict(came.annotate(first=models.Max("returnee__completed_on")).values_list("meeting", "first"))
        return found

    def held(self, person: Returnee) -> bool:
        """Whether the units of `by` keep this file; a sealed one is as far from sight as one handed over."""
        return person.unit_id in self.scope and not person.is_sealed


def in_parts(values: Collection) -> Iterator[list]:
    """The values in lists of as many as one question to the database takes."""
    values = list(values)
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
