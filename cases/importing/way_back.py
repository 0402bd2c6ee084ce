"""The register of a unit as its workbook, in the columns that the import reads: loaded again it says nothing new."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Prefetch, QuerySet

from cases.actions.audit import noun
from cases.importing import check_work, judgment_draft
from cases.importing.check_people import reason_of
from cases.importing.codes import code_of
from cases.importing.columns import (
    ADMINISTRATIVE,
    ATTENDANCE,
    BIRTH,
    CHOICE,
    CLOSE_WORDS,
    CRIME,
    DAY,
    HELD,
    JOB,
    JUDGMENTS,
    LOAN,
    MEETINGS,
    PAPER_WORDS,
    PAPERS,
    PEOPLE,
    TRAINING,
    VIOLATIONS,
    WORK,
    RegisterColumn,
    RegisterSheet,
    comparable_text,
)
from cases.importing.facts import CELLS
from cases.importing.known import in_parts
from cases.importing.rows import digest
from cases.law import chapters
from cases.lib.dates import PartialDate
from cases.lib.text import excerpt, normalise_name
from cases.models import (
    Activity,
    ActivityEntry,
    AdditionalPenalty,
    AdministrativeViolation,
    Attendance,
    Crime,
    Expungement,
    GroupMeeting,
    ImportedRow,
    JobReferral,
    Judgment,
    Loan,
    Obligation,
    Returnee,
    Succession,
    TrainingReferral,
    Unit,
    User,
)
from cases.reports.writers.xlsx import CellKind, Sheet, SheetColumn

AT_ONCE = 500  # people
Values = dict[str, Any]  # of a row, by field: as stored
KIND_OF: dict[type, str] = {
    TrainingReferral: TRAINING,
    JobReferral: JOB,
    Loan: LOAN,
    Crime: CRIME,
    AdministrativeViolation: ADMINISTRATIVE,
}
WIDTHS = {DAY: 13, BIRTH: 13, CHOICE: 24}
PAPER_OF: dict[str, str] = {PAPERS[comparable_text(word)]: word for word in PAPER_WORDS.split(", ")}
EXTRA_WORD: dict[str | None, str] = {
    judgment_draft.extra_kind(word): word for word in check_work.EXTRA_WORDS.split(" · ")
}


class UnitRegister:
    """Whoever `user` may see of the people of `unit` and the units below it, with what their workbook holds of them.

    Withdrawn records and visits at which nobody was met do not stand in it, nor do sealed files.
    """

    def __init__(self, user: User, unit: Unit, among: QuerySet[Returnee] | None = None) -> None:
        """`among`: those alone of these people."""
        self.user, self.among = user, among
        self.units = Unit.objects.standing_under(unit)
        self.taken: set[tuple[str, str]] = set()  # codes of rows written so far, by sheet

    @cached_property
    def people(self) -> list[int]:
        found = Returnee.objects.visible_to(self.user).kept().filter(unit__in=self.units)
        if self.among is not None:
            found = found.filter(pk__in=self.among.order_by().values("pk"))
        return list(found.order_by("sort_key", "pk").values_list("pk", flat=True))

    def sheets(self) -> list[Sheet]:
        """The six sheets of the register; their rows are read as they are written."""
        return [
            _sheet(PEOPLE, self._people()),
            _sheet(JUDGMENTS, self._judgments()),
            _sheet(WORK, self._work()),
            _sheet(MEETINGS, self._meetings()),
            _sheet(ATTENDANCE, self._attendance()),
            _sheet(VIOLATIONS, self._violations()),
        ]

    def _parts(self, *related: str | Prefetch) -> Iterator[dict[int, Returnee]]:
        seen = Returnee.objects.visible_to(self.user).select_related("unit").prefetch_related(*related)
        for start in range(0, len(self.people), AT_ONCE):
            some = self.people[start : start + AT_ONCE]
            found = seen.in_bulk(some)
            yield {pk: found[pk] for pk in some if pk in found}

    def _people(self) -> Iterator[Values]:
        cleared = Prefetch("expungements", Expungement.objects.kept())
        for people in self._parts("placements__unit", cleared):
            for person in people.values():
                held = [placement.unit for placement in person.placements.all()]
                yield {
                    **{name: getattr(person, name) for name in PEOPLE.facts},
                    "file": person.file_number,
                    "unit": self._code(person.unit, person.presented_on or person.completed_on, held),
                    "expunged_on": _cleared_on(person),
                    "closed_on": person.closed_on,
                    "close_reason": _closed_why(person),
                }

    def _code(self, unit: Unit, day: date, held: Iterable[Unit] = ()) -> str:
        """The code of the unit as it stood on `day`: what the row of that day is looked up by."""
        for each in (unit, *reversed(list(held))):
            if each.in_force(day):
                return each.code
        before = self._before(unit.pk, day)
        return before.code if before else unit.code

    @lru_cache(maxsize=1000)  # noqa: B019 - as short-lived as the register itself
    def _before(self, pk: int, day: date) -> Unit | None:
        old = [step.old for step in Succession.objects.filter(new=pk).select_related("old").order_by("-on", "pk")]
        return next(filter(None, (one if one.in_force(day) else self._before(one.pk, day) for one in old)), None)

    def _judgments(self) -> Iterator[Values]:
        for people in self._parts():
            rows = Judgment.objects.kept().filter(returnee__in=people).order_by("returnee__sort_key", "returnee", "pk")
            for judgment in rows.prefetch_related("offences", "additional_penalties", "obligations"):
                for values in _of_judgment(judgment):
                    yield {"file": people[judgment.returnee_id].file_number, **values}

    def _work(self) -> Iterator[Values]:
        for people in self._parts():
            yield from self._visits(people)
            for model in (TrainingReferral, JobReferral, Loan):
                yield from self._records(model, people, WORK)

    def _violations(self) -> Iterator[Values]:
        for people in self._parts():
            for model in (AdministrativeViolation, Crime):
                yield from self._records(model, people, VIOLATIONS)

    def _visits(self, people: dict[int, Returnee]) -> Iterator[Values]:
        entries = ActivityEntry.objects.met().filter(returnee__in=people).select_related("activity")
        entries = list(entries.order_by("returnee__sort_key", "returnee", "activity__on", "pk"))
        told = {entry.activity_id for entry in entries}
        places = _places(told)
        known = set(Activity.objects.filter(pk__in=told).known_to(self.user).values_list("pk", flat=True))
        codes = self._own_codes(Activity, told, WORK)
        for entry in entries:
            work, person = entry.activity, people[entry.returnee_id]
            said = {column: getattr(work, name) for name, column in CELLS[Activity].items()}
            if work.pk not in known:  # it may tell of somebody whom this user may not read of
                said |= {"result": "", "note": ""}
            written = code_of(work, places[entry.pk])
            yield {
                **said,
                "file": person.file_number,
                "kind": work.kind,
                "detail": PAPER_OF.get(work.detail, ""),
                "row_code": self._code_of(person, codes.get(work.pk, ()), written, WORK),
            }

    def _records(self, model: Any, people: dict[int, Returnee], sheet: RegisterSheet) -> Iterator[Values]:
        related = ["employer"] if model is JobReferral else []
        rows = model.objects.kept().filter(returnee__in=people).select_related(*related)
        rows = list(rows.order_by("returnee__sort_key", "returnee", "pk"))
        codes = self._own_codes(model, {row.pk for row in rows}, sheet)
        for row in rows:
            person = people[row.returnee_id]
            yield {
                **{column: getattr(row, name) for name, column in CELLS[model].items()},
                "file": person.file_number,
                "kind": HELD if getattr(row, "begin_unknown", False) else KIND_OF[model],
                "row_code": self._code_of(person, codes.get(row.pk, ()), code_of(row), sheet),
            }

    def _own_codes(self, model: Any, pks: Collection[int], sheet: RegisterSheet) -> dict[int, list[tuple[str, str]]]:
        """The codes under which rows of the commune's own workbooks became these records, each with its key."""
        found: dict[int, list[tuple[str, str]]] = {}
        for some in in_parts(pks):
            rows = ImportedRow.objects.filter(sheet=sheet.name, target_type=noun(model), target_id__in=some)
            for pk, code, key in rows.exclude(code="").order_by("pk").values_list("target_id", "code", "key"):
                found.setdefault(pk, []).append((code, key))
        return found

    def _code_of(self, person: Returnee, own: Iterable[tuple[str, str]], written: str, sheet: RegisterSheet) -> str:
        """The commune's own code of a row of this person where no other row has it, else that of the record."""
        fits = (code for code, key in own if key == digest(person.file_number, code))
        return self._take(sheet, next(fits, written), written)

    def _take(self, sheet: RegisterSheet, code: str, written: str) -> str:
        code = written if (sheet.name, code) in self.taken else code
        self.taken.add((sheet.name, code))
        return code

    @cached_property
    def _held(self) -> list[tuple[GroupMeeting, Values]]:
        """The meetings of these units, with what their rows say."""
        rows = GroupMeeting.objects.visible_to(self.user).kept().filter(unit__in=self.units)
        if self.among is not None:
            came = Attendance.objects.present().filter(returnee__in=self.people).order_by()
            rows = rows.filter(pk__in=came.values("meeting"))
        meetings = list(rows.select_related("unit").order_by("on", "pk"))
        codes = self._own_codes(GroupMeeting, {each.pk for each in meetings}, MEETINGS)
        found = []
        for each in meetings:
            unit = self._code(each.unit, each.on)
            fits = (code for code, key in codes.get(each.pk, ()) if key == digest(code, unit))
            own = self._take(MEETINGS, next(fits, code_of(each)), code_of(each))
            facts = {column: getattr(each, name) for name, column in CELLS[GroupMeeting].items()}
            found.append((each, {**facts, "meeting": own, "unit": unit}))
        return found

    def _meetings(self) -> Iterator[Values]:
        return (values for _meeting, values in self._held)

    def _attendance(self) -> Iterator[Values]:
        codes = {meeting.pk: values["meeting"] for meeting, values in self._held}
        for people in self._parts():
            came = Attendance.objects.present().filter(returnee__in=people, meeting__in=codes)
            for row in came.order_by("returnee__sort_key", "returnee", "pk"):
                yield {"meeting": codes[row.meeting_id], "file": people[row.returnee_id].file_number}


def _places(activities: Collection[int]) -> dict[int, int]:
    """Of each part the place of its person in the work, from 1."""
    places: dict[int, int] = {}
    count: dict[int, int] = {}
    for some in in_parts(activities):
        rows = ActivityEntry.objects.filter(activity__in=some).order_by("pk").values_list("pk", "activity")
        for pk, activity in rows:
            places[pk] = count[activity] = count.get(activity, 0) + 1
    return places


def _cleared_on(person: Returnee) -> date | None:
    """The day of the evidence of a cleared record, where it is one the import takes."""
    first = person.presented_on or person.completed_on
    return next((each.evidence_on for each in person.expungements.all() if each.evidence_on >= first), None)


def _closed_why(person: Returnee) -> str:
    """The reason and what is noted of it, in words that are read as that reason."""
    if not person.closed_on:
        return ""
    if person.close_note and reason_of(person.close_note)[0] == person.close_reason:
        return person.close_note
    words = CLOSE_WORDS[Returnee.CloseReason(person.close_reason)]
    return excerpt(f"{words}: {person.close_note}", 300) if person.close_note else words


def _of_judgment(judgment: Judgment) -> Iterator[Values]:
    """A row for each offence; of a judgment with a number also for each penalty beyond, with the first offence."""
    offences = list(judgment.offences.all())
    extra = [part for part in _parts_of(judgment) if part.kind in EXTRA_WORD]
    dues, done_on = judgment_draft.dues_of(_parts_of(judgment))
    facts = {name: getattr(judgment, name) for name in judgment_draft.FACTS}
    rows = max(len(offences), len(extra)) if judgment.number and offences else len(offences)
    for place in range(rows):
        offence = offences[place] if place < len(offences) else offences[0]
        more = extra[place] if place < len(extra) else None
        yield {
            **facts,
            **{column: getattr(offence, name) for name, column in judgment_draft.OFFENCE.items()},
            "chapter": offence.chapter or (offence.article and chapters.chapter_of(offence.article)),
            "additional": EXTRA_WORD[more.kind] if more else "",
            "additional_done_on": more.done_on if more else None,
            "dues": dues,
            "dues_done_on": done_on,
        }


def _parts_of(judgment: Judgment) -> Iterator[AdditionalPenalty | Obligation]:
    yield from judgment.additional_penalties.all()
    yield from judgment.obligations.all()


def _sheet(sheet: RegisterSheet, lines: Iterable[Values]) -> Sheet:
    columns = [
        SheetColumn(column.header, CellKind.DAY if column.kind == DAY else CellKind.TEXT, WIDTHS.get(column.kind, 18))
        for column in sheet.columns
    ]
    rows = ([_cell(column, values.get(column.field)) for column in sheet.columns] for values in lines)
    return Sheet(sheet.name, (), columns, rows, fixed=1, filtered=True, bare=True)


def _cell(column: RegisterColumn, value: Any) -> object:
    """A stored value as a cell that is read as the same value."""
    if value is None or value == "":
        return ""
    if column.kind == CHOICE:
        return column.word_of(value)
    if column.kind == BIRTH:
        return str(PartialDate.from_storage(value))
    return value if column.kind == DAY else normalise_name(str(value))  # as a cell is read: it has no lines
