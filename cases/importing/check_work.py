"""The checks of the other five sheets: whose row it is, its days, what its kind asks for, whether it is known."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.actions.audit import noun
from cases.importing import codes, columns, judgments
from cases.importing import earlier as earlier_rows
from cases.importing.changed import settle_record
from cases.importing.check_people import find_unit, known_days, not_before, refuse_second, within_limits
from cases.importing.columns import ATTENDANCE, JUDGMENTS, MEETINGS, PEOPLE, VIOLATIONS, WORK, comparable_text
from cases.importing.facts import CELLS, field_of, model_of, row_facts
from cases.importing.judgment_draft import extra_kinds
from cases.importing.known import KnownRecords
from cases.importing.limits import check_findings
from cases.importing.rows import SAME, RegisterRow, digest
from cases.law import chapters
from cases.lib.limits import DayFacts
from cases.models import Activity, Crime, Judgment, limits

NOTHING = ("khong", "khongco")
EXTRA_WORDS = (
    "Quản chế · Cấm cư trú · Cấm đảm nhiệm chức vụ, hành nghề · Tước một số quyền công dân · Phạt tiền · "
    "Tịch thu tài sản"
)


@dataclass(frozen=True, slots=True)
class MeetingOfRow:
    """The meeting somebody was at: a row of this workbook, or one on file by its id."""

    key: str
    row: RegisterRow | None = None
    pk: int | None = None


class PeopleOfWorkbook:
    """The people of this workbook and of the register, by file number."""

    def __init__(self, people: list[RegisterRow], known: KnownRecords) -> None:
        self.known = known
        self.rows = {row["file"]: row for row in reversed(people) if row["file"]}
        self.findings: Counter[str] = Counter()

    def check(self, row: RegisterRow) -> DayFacts:
        """Name the cell where there is no such person, and every day that cannot be one of this person.

        Returns what is known of the person. Raises BadFileError as soon as too many cells of the sheet are wrong.
        """
        facts = self.facts(row)
        within_limits(row, facts, self.known.on)
        self.findings[row.sheet.name] += len(row.messages)
        check_findings(self.findings[row.sheet.name], row.sheet.name)
        return facts

    def facts(self, row: RegisterRow) -> DayFacts:
        """What is known of the person a row is about; names the cell where there is no such person."""
        number = row["file"]
        if not number:
            return DayFacts()
        if own := self.rows.get(number):
            if own.bad:
                words = _("Row %(row)d of the sheet %(sheet)s has errors: correct it first.")
                row.error("file", words % {"row": own.number, "sheet": PEOPLE.name})
            return known_days(own)
        person = self.known.people.get(number)
        if person is None or person.withdrawn_at or not self.known.held(person):
            words = _("Nobody with this file number stands in the sheet %(sheet)s, nor in the files of your unit.")
            row.error("file", words % {"sheet": PEOPLE.name})
            return DayFacts()
        return limits.day_facts(person)


def check_judgments(rows: list[RegisterRow], people: PeopleOfWorkbook) -> None:
    """Check the rows of "Bản án" and settle which of them are new."""
    for row in rows:
        people.check(row)
        not_before(row, "effective_on", row["act_on"], JUDGMENTS.by_field["act_on"].header)
        not_before(row, "main_done_on", row["effective_on"], JUDGMENTS.by_field["effective_on"].header)
        _article(row)
        _chapter(row)
        _additional(row)
        if row["main_penalty"] in Judgment.TIMED and not row["months"] and "months" in row.values:
            row.warn("months", _("This penalty is counted in months; without them the clock cannot run."))
    judgments.agree(rows)
    by_values = judgments.name_keys(rows)
    before = people.known.before(JUDGMENTS.name, {*by_values.values(), *(row.key for row in rows)})
    for row in rows:
        row.key = by_values[row] if by_values[row] in before else row.key
    for row in rows:
        if not row.bad and (earlier := before.get(row.key)):
            row.state = SAME if earlier.digest == row.content_key else row.state
    judgments.settle(rows, people.known, before)


def _article(row: RegisterRow) -> None:
    typed = (row["article"] or "").lower().removeprefix("điều").strip()
    if typed and not chapters.is_article(typed):
        words = _("Expected an article of the Penal Code from 1 to %(last)d, with its letter: 173, 256a.")
        row.error("article", words % {"last": chapters.LAST_ARTICLE})
    elif typed:
        row.values["article"] = typed


def _chapter(row: RegisterRow) -> None:
    typed = (row["chapter"] or "").upper().removeprefix("CHƯƠNG").strip()
    if typed and typed not in chapters.NAMES:
        row.error("chapter", _("Expected a chapter of the Penal Code from XIII to XXVI."))
        return
    article = row["article"]
    row.values["chapter"] = typed or (article and chapters.chapter_of(article)) or ""


def _additional(row: RegisterRow) -> None:
    typed = row["additional"]
    kinds = extra_kinds(typed)
    if typed and comparable_text(typed) not in NOTHING and not kinds:
        row.error("additional", _("Expected one of: %(choices)s.") % {"choices": EXTRA_WORDS})
    elif any(char.isdigit() for char in typed or ""):
        row.warn("additional", _("Its kind is kept; enter amount and time in the file after the load."))
    if len(kinds) > 1 and row["additional_done_on"]:
        row.warn("additional_done_on", _("Several penalties stand in one cell: the day is kept for each of them."))


def check_work(rows: list[RegisterRow], people: PeopleOfWorkbook) -> None:
    """Check the rows of "Hoạt động" and settle which of them are new."""
    seen: dict[str, int] = {}
    for row in rows:
        people.check(row)
        refuse_second(row, "row_code", seen, _("This row code stands in row %(row)d already."))
        if kind := row["kind"]:
            KINDS.get(kind, _plain_work)(row)
    _settle(rows, people, WORK)


def _settle(rows: list[RegisterRow], people: PeopleOfWorkbook, sheet: columns.RegisterSheet) -> None:
    """Known by its key, likely known, or new; a record that stands is compared with what the row says."""
    _keys(rows)
    for row in rows:
        _fits(row)
    before = people.known.before(sheet.name, [row.key for row in rows])
    written_here = codes.records((row for row in rows if row.key not in before), "row_code", people.known)
    for row, target in written_here.items():
        _meet(row, target)
    again = [row for row in rows if not row.bad and row.key in before]
    targets = people.known.records(before[row.key] for row in again)
    for row in again:
        earlier = before[row.key]
        if earlier.digest == row.content_key:
            row.state = SAME
        elif earlier.target_type != noun(model_of(row)):
            row.error(
                "kind", _("This row was loaded as another kind: withdraw that record and give the row a new code.")
            )
        else:
            _meet(row, targets.get((earlier.target_type, earlier.target_id)))
    earlier_rows.pair_with_records(rows, sheet, people.known, before)


def _fits(row: RegisterRow) -> None:
    """The record a row becomes may hold less than the column, which several kinds share."""
    if row.bad or not row["kind"]:
        return
    model = model_of(row)
    for name, value in row_facts(row).items():
        most = getattr(field_of(model, name), "max_length", None)
        if isinstance(value, str) and most and len(value) > most and name in CELLS[model]:
            words = _("The text has %(length)d signs, at most %(most)d fit.")
            row.error(CELLS[model][name], words % {"length": len(value), "most": most})


def _meet(row: RegisterRow, target: Any) -> None:
    if target is None or target.withdrawn_at:
        row.state = SAME
        row.warn(row.sheet.columns[0].field, _("This record was withdrawn here since: the row is not entered."))
        return
    settle_record(row, target, row_facts(row))
    if row.sheet is VIOLATIONS and "stage" in (row.sets or {}) and not _moves_on(target.stage, row["stage"]):
        row.error("stage", _("Stages do not go back: withdraw the record here and give the row a new code."))


def _moves_on(stage: str, later: str) -> bool:
    stages = Crime.Stage.values
    return stages.index(later) > stages.index(stage)


def _plain_work(row: RegisterRow) -> None:
    """Days and sums belong to jobs, courses and loans."""
    for name in ("started_on", "income", "amount"):
        if row[name] is not None:
            row.warn(name, _("This kind of work has no such value: it is not entered."))


def _paper(row: RegisterRow) -> None:
    _plain_work(row)
    detail = columns.PAPERS.get(comparable_text(row["detail"] or ""))
    if row["detail"] and detail is None:
        row.error("detail", _("Expected one of: %(choices)s.") % {"choices": columns.PAPER_WORDS})
    elif not row["detail"]:
        row.warn("detail", _("No paper is named: entered as “other paper”."))


def _begun(row: RegisterRow) -> None:
    not_before(row, "started_on", row["on"], WORK.by_field["on"].header)
    if row["place"] is None:
        row.warn("place", _("Empty: entered as “not stated”."))


def _loan(row: RegisterRow) -> None:
    _begun(row)
    if not row["amount"] and "amount" in row.values:
        row.error("amount", _("A loan needs its sum in đồng, for example 5.000.000."))


KINDS = {Activity.Kind.PAPERWORK: _paper, columns.TRAINING: _begun, columns.JOB: _begun, columns.LOAN: _loan}


def _keys(rows: list[RegisterRow]) -> None:
    """By the code of the row where it has one, else by all its values and its place among equal rows."""
    equal: Counter[str] = Counter()
    for row in rows:
        if row["row_code"]:
            row.key = digest(row["file"], row["row_code"])
        else:
            text = row.content_key
            equal[text] += 1
            row.key = digest(text, equal[text])


def check_meetings(rows: list[RegisterRow], people: PeopleOfWorkbook) -> None:
    """Check the rows of group meetings and settle which of them are new."""
    known = people.known
    seen: dict[str, int] = {}
    for row in rows:
        refuse_second(row, "meeting", seen, _("This meeting code stands in row %(row)d already."))
        find_unit(row, known, row["on"], today=False)
        within_limits(row, DayFacts(), known.on)
        row.key = digest(row["meeting"], row["unit"])
    before = known.before(MEETINGS.name, [row.key for row in rows])
    targets = known.records(before.values())
    for row, target in codes.records((row for row in rows if row.key not in before), "meeting", known).items():
        row.target = target
        _meet(row, target)
    for row in rows:
        if not row.bad and (earlier := before.get(row.key)):
            row.target = targets.get((earlier.target_type, earlier.target_id))
            if earlier.digest == row.content_key:
                row.state = SAME
            else:
                _meet(row, row.target)
    moved = {row.target.pk: row for row in rows if row.target and "on" in (row.sets or {})}
    for pk, first in known.all_home(moved).items():
        _came_home(moved[pk], moved[pk]["on"], first, "on")


def _came_home(row: RegisterRow, day: date | None, completed: date | None, name: str) -> None:
    """Nobody comes to a meeting before they came home."""
    if day and completed and day < completed:
        said = _("The meeting is on %(day)s; whoever came was not home before %(first)s.")
        row.error(name, said % {"day": f"{day:%d/%m/%Y}", "first": f"{completed:%d/%m/%Y}"})


def check_attendance(rows: list[RegisterRow], meetings: list[RegisterRow], people: PeopleOfWorkbook) -> None:
    """Check who was at which meeting: one of `meetings`, or one that is on file."""
    own = {row["meeting"]: row for row in reversed(meetings) if row["meeting"]}
    missing = {row["meeting"] for row in rows if row["meeting"] and row["meeting"] not in own}
    earlier = people.known.meetings(MEETINGS.name, missing)
    seen: set[str] = set()
    home = {}
    for row in rows:
        home[row] = people.check(row).completed
        _meeting_of(row, own, earlier, people.known)
        row.key = digest(row.about and row.about.key, row["file"])
    before = people.known.before(ATTENDANCE.name, [row.key for row in rows])
    meetings_of = {row: meeting_id(row) for row in rows if row.about}
    on_file = {pk for pk in meetings_of.values() if pk}
    there, days = people.known.present(on_file), people.known.meeting_days(on_file)
    for row in rows:
        if row.bad:
            continue
        if row.key in seen:
            row.warn("file", _("This person stands at this meeting twice: counted once."))
        if row.key in before or row.key in seen:
            row.state = SAME
        elif meetings_of[row] in people.known.cancelled:
            row.error("meeting", _("This meeting was withdrawn: attendance cannot be taken."))
            continue
        elif (meetings_of[row], row["file"]) in there:
            row.state = SAME
        else:
            own_row = row.about.row
            _came_home(row, own_row["on"] if own_row else days.get(row.about.pk), home[row], "meeting")
        seen.add(row.key)


def meeting_id(row: RegisterRow) -> int | None:
    """The meeting that stands already."""
    own = row.about.row
    return (own.target.pk if own.target else None) if own else row.about.pk


def _meeting_of(row: RegisterRow, own: dict, earlier: dict, known: KnownRecords) -> None:
    """Note at the row as `about` the meeting it speaks of, or that there is none."""
    code = row["meeting"]
    if not code:
        return
    if meeting := own.get(code):
        row.about = MeetingOfRow(meeting.key, row=meeting)
        if meeting.bad:
            words = _("Row %(row)d of the sheet %(sheet)s has errors: correct it first.")
            row.error("meeting", words % {"row": meeting.number, "sheet": MEETINGS.name})
        elif meeting["on"] > known.on:
            row.error("meeting", _("This meeting has not taken place yet."))
        return
    found = earlier.get(code, [])
    if len(found) == 1:
        ((key, pk),) = found
        row.about = MeetingOfRow(key, pk=pk)
    else:
        words = _("No meeting with this code stands in the sheet %(sheet)s.")
        row.error("meeting", words % {"sheet": MEETINGS.name})


def check_violations(rows: list[RegisterRow], people: PeopleOfWorkbook) -> None:
    """Check the rows of "Vi phạm" and settle which of them are new."""
    seen: dict[str, int] = {}
    for row in rows:
        people.check(row)
        refuse_second(row, "row_code", seen, _("This row code stands in row %(row)d already."))
        not_before(row, "stage_on", row["act_on"], VIOLATIONS.by_field["act_on"].header)
        if row["kind"] == columns.CRIME:
            _article(row)
            if not row["severity"] and "severity" in row.values:
                row.error("severity", _("A crime needs its class: %(choices)s.") % {"choices": _severities()})
            if not row["stage"] and "stage" in row.values:
                row.warn("stage", _("No stage is given: entered as reported."))
    _settle(rows, people, VIOLATIONS)


def _severities() -> str:
    return " · ".join(columns.SEVERITIES)
