"""What one load of a register carries from row to row."""

from typing import Any

from cases import actions
from cases.actions.audit import noun
from cases.importing.columns import JUDGMENTS, PEOPLE, VIOLATIONS
from cases.importing.register import Register, Tell
from cases.importing.rows import RegisterRow
from cases.models import ImportedRow, ImportRun, Returnee, Unit, User

AT_ONCE = 2000  # records that are made and written together
CLOCKED = (PEOPLE, JUDGMENTS, VIOLATIONS)  # sheets whose rows move the clean-record clock


class Loader:
    """Carries what one load needs: who loads, under which run, the people by file number."""

    def __init__(self, register: Register, *, by: User, run: ImportRun, tell: Tell | None = None) -> None:
        self.register, self.by, self.run = register, by, run
        self.people: dict[str, Returnee] = dict(register.known.people)
        self.imported: list[ImportedRow] = []
        self.known_again: list[tuple[str, str, str]] = []
        self.touched: set[int] = set()
        self.spread: actions.arrival.Spread | None = None  # of a list of notices: who was given whom
        self.tell = tell or (lambda done, of: None)
        self.done, self.total = 0, max(1, sum(len(rows) for rows in register.rows.values()))

    def step(self, count: int = 1) -> None:
        self.done += count
        self.tell(self.done, self.total)

    def remember(self, row: RegisterRow, target: Any, said: str, *, code: str = "", unit: Unit | None = None) -> None:
        """Which record a row became."""
        if (row.sheet.name, row.key) not in self.register.known.loaded_before:
            self.imported.append(
                ImportedRow(
                    run=self.run,
                    sheet=row.sheet.name,
                    key=row.key,
                    digest=said,
                    code=code,
                    unit=unit,
                    target_type=noun(target),
                    target_id=target.pk,
                )
            )
        else:
            self.known_again.append((row.sheet.name, row.key, said))
        if len(self.imported) >= AT_ONCE:
            self.write_down()
        if row.sheet in CLOCKED:
            self.touched.add(target.pk if row.sheet is PEOPLE else target.returnee_id)

    def write_down(self) -> None:
        actions.import_run.remember(rows=self.imported)
        self.imported.clear()

    def person(self, row: RegisterRow) -> Returnee:
        return self.people[row["file"]]
