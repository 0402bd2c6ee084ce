"""Rows of a register without file numbers, and the files they are of: found by name, birth and day of completion."""

from collections import defaultdict
from datetime import date

from cases.importing.known import KnownRecords
from cases.importing.rows import RegisterRow
from cases.lib.text import fold
from cases.models import Returnee

ALIKE = 2  # words that two names share of which one may be the other, corrected


class FilesOfRows:
    """`same`: by the number of a row the file that it is of; each file answers one row.

    `chosen`: file numbers that the importer has given to rows. Asks the database for the release days of the rows.
    """

    def __init__(self, known: KnownRecords, probes: dict[int, RegisterRow], chosen: set[str]) -> None:
        known.learn_released({probe["completed_on"] for probe in probes.values() if probe["completed_on"]}, left=True)
        self.same: dict[int, Returnee] = {}
        taken: set[int] = set()
        for number, probe in probes.items():
            key = (fold(probe["full_name"] or ""), probe["born_on"], probe["completed_on"])
            if person := next((each for each in known.named.get(key, ()) if each.pk not in taken), None):
                self.same[number] = person
                taken.add(person.pk)
        self.others: dict[date, list[tuple[set[str], Returnee]]] = defaultdict(list)  # that no row is of
        for (name, _born, completed_on), people in known.named.items():
            for person in people:
                if person.pk not in taken and person.file_number not in chosen and known.held(person):
                    self.others[completed_on].append((set(name.split()), person))

    def likely(self, probe: RegisterRow) -> Returnee | None:
        """A file that no row is of, of somebody released that day: of the same name, or born then and of nearly that
        name. None where there is none."""
        name = set(fold(probe["full_name"] or "").split())
        for other, person in self.others.get(probe["completed_on"], ()):
            if name == other or (person.born_on == probe["born_on"] and len(name & other) >= ALIKE):
                return person
        return None
