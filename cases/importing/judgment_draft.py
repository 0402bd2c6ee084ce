"""A judgment as its rows in the sheet Bản án leave it."""

import copy
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.db import models

from cases.actions.judgment import JudgmentPart
from cases.importing import columns
from cases.importing.changed import doubt, find_differences, of_record, value_in_words
from cases.importing.columns import JUDGMENTS, comparable_text
from cases.importing.rows import CHANGE, CREATE, EARLIER, SAME, SAME_ROW, Change, RegisterRow
from cases.law import chapters
from cases.lib.sentence_text import additional_penalties
from cases.models import AdditionalPenalty, Judgment, Obligation, Offence

Extra = TypeVar("Extra", AdditionalPenalty, Obligation)

FACTS = ("number", "court", "effective_on", "main_penalty", "months", "main_done_on")
OFFENCE = {"name": "offence"} | {
    name: name for name in ("article", "clause", "chapter", "fault", "severity", "act_on")
}  # field of an offence: column
EXTRA: dict[str, AdditionalPenalty.Kind | Obligation.Kind] = {  # what people write as hình phạt bổ sung, folded
    "quanche": AdditionalPenalty.Kind.RESIDENCE_CONTROL,
    "camcutru": AdditionalPenalty.Kind.RESIDENCE_BAN,
    "camdamnhiem": AdditionalPenalty.Kind.POST_BAN,
    "camhanhnghe": AdditionalPenalty.Kind.POST_BAN,
    "camlam": AdditionalPenalty.Kind.POST_BAN,
    "tuoc": AdditionalPenalty.Kind.RIGHTS,
    "phattien": Obligation.Kind.FINE,
    "tichthu": Obligation.Kind.CONFISCATION,
}
DUES = (Obligation.Kind.COURT_FEE, Obligation.Kind.COMPENSATION)
WAIVED = Obligation.State.WAIVED


class JudgmentDraft:
    """A judgment with its parts as the workbook leaves it: the check fills it row by row, the load saves it."""

    def __init__(self, judgment: Judgment) -> None:
        self.judgment = copy.copy(judgment)
        self.parts: list[JudgmentPart] = []
        if judgment.pk:
            for part in (judgment.offences, judgment.additional_penalties, judgment.obligations):
                self.parts += map(copy.copy, part.all())
        self.begun = bool(judgment.pk)
        self.marks: set[tuple] = set()  # of the offences the workbook names

    def offences(self) -> Iterator[Offence]:
        return (part for part in self.parts if isinstance(part, Offence))

    def take(self, row: RegisterRow) -> None:
        """Add what the row says; settle whether it enters something, changes something, or says nothing new."""
        if row.bad:
            return
        facts = {name: row[name] for name in FACTS}
        if comparable_text(self.judgment.number) == comparable_text(row["number"] or ""):
            facts["number"] = None
        sets = find_differences(self.judgment, facts)
        if self.begun:
            doubt(row, self.judgment, sets)
        if row.bad:
            return
        changes = list(of_record(self.judgment, sets)) if self.begun else []
        for name, value in sets.items():
            setattr(self.judgment, name, value)
        fresh = not self.begun
        self.begun = True
        created, told = self._offence(row)
        changes += [*told, *self._additional(row), *self._dues(row, fresh)]
        row.changes = [] if fresh else changes
        row.state = CREATE if created or fresh else CHANGE if changes else SAME
        row.about = self

    def _offence(self, row: RegisterRow) -> tuple[bool, list[Change]]:
        facts = {name: row[column] for name, column in OFFENCE.items()}
        known = self.alike(row)
        if known is None:
            self.parts.append(Offence(**{name: "" if _text(name) and v is None else v for name, v in facts.items()}))
            return True, []
        if comparable_text(known.name) == comparable_text(facts["name"]):
            facts["name"] = None
        if known.article and not known.chapter and facts["chapter"] == chapters.chapter_of(known.article):
            facts["chapter"] = None  # the article tells it
        sets = find_differences(known, facts)
        told = list(of_record(known, sets))
        for name, value in sets.items():
            setattr(known, name, value)
        return False, told

    def alike(self, row: RegisterRow) -> Offence | None:
        """The very offence of a row, else one that no other row names and that has its name, article or day.

        Where the importer says that the row is one of before, it has nothing in common with it but its place.
        """
        own = mark_of(row)
        exact = [part for part in self.offences() if mark_of_offence(part) == own]
        if exact:
            return exact[0]
        near = [part for part in self.unnamed() if shares(part, row)]
        if not near and row.answers.get(EARLIER) == SAME_ROW:
            near = self.unnamed()
        return near[0] if near else None

    def unnamed(self) -> list[Offence]:
        """The offences that stand and that no row of the workbook names."""
        return [part for part in self.offences() if part.pk and mark_of_offence(part) not in self.marks]

    def _additional(self, row: RegisterRow) -> list[Change]:
        kinds, done_on = extra_kinds(row["additional"]), row["additional_done_on"]
        return [told for kind in kinds for told in self._beside(kind, done_on)]

    def _beside(self, kind: AdditionalPenalty.Kind | Obligation.Kind, done_on: date | None) -> list[Change]:
        facts: dict[str, object] = {"done_on": done_on}
        known: AdditionalPenalty | Obligation | None
        made: type[AdditionalPenalty] | type[Obligation]
        if isinstance(kind, AdditionalPenalty.Kind):
            known, made = self._part(AdditionalPenalty, kind), AdditionalPenalty
        else:
            known, made = self._part(Obligation, kind), Obligation
            facts |= {"state": Obligation.State.DONE} if done_on else {}
        if known:
            return self._correct(known, facts)
        known = made(kind=kind, **facts)
        self.parts.append(known)
        return [(JUDGMENTS.by_field["additional"].header, "", str(known))]

    def _dues(self, row: RegisterRow, fresh: bool) -> list[Change]:
        """Fees and compensation: nothing is guessed of a new judgment, nothing taken from one that stands."""
        if not fresh and (row["dues"], row["dues_done_on"]) == dues_of(self.parts):
            return []
        column = JUDGMENTS.by_field["dues"]
        part, state = self._part(Obligation, Obligation.Kind.COURT_FEE), row["dues"]
        if state == columns.NO_DUES:
            if part is not None:
                self.parts.remove(part)
                return [(column.header, str(part.get_state_display()), value_in_words(state, column.choices))]
            return []
        if part is None and (fresh or state or row["dues_done_on"]):
            state = state or Obligation.State.UNKNOWN
            part = Obligation(kind=Obligation.Kind.COURT_FEE, state=state, done_on=row["dues_done_on"])
            self.parts.append(part)
            return [(column.header, "", value_in_words(state, column.choices))]
        told = self._correct(part, {"state": state, "done_on": row["dues_done_on"]}) if part else []
        if part and told and part.state != Obligation.State.DONE and not row["dues_done_on"]:
            part.done_on = None  # what is open again was not done on any day
        return told

    def _part(self, model: type[Extra], kind: str) -> Extra | None:
        return next((part for part in self.parts if isinstance(part, model) and part.kind == kind), None)

    @staticmethod
    def _correct(part: models.Model, facts: dict[str, object]) -> list[Change]:
        sets = find_differences(part, facts)
        told = [(f"{part}: {what}", was, becomes) for what, was, becomes in of_record(part, sets)]
        for name, value in sets.items():
            setattr(part, name, value)
        return told


def _text(name: str) -> bool:
    return name in ("name", "article", "chapter", "fault")


def mark_of(row: RegisterRow) -> tuple:
    """What tells the offence of a row from the others of its judgment."""
    return comparable_text(row["offence"] or ""), row["article"] or "", row["clause"], row["act_on"]


def mark_of_offence(part: Offence) -> tuple:
    """The same of an offence on file."""
    return comparable_text(part.name), part.article, part.clause, part.act_on


def shares(part: Offence, row: RegisterRow) -> bool:
    """Whether an offence on file and a row have an article, a day or a name in common."""
    pairs = [
        (part.article, row["article"]),
        (part.act_on, row["act_on"]),
        (comparable_text(part.name), comparable_text(row["offence"] or "")),
    ]
    return any(one and one == other for one, other in pairs)


def dues_of(parts: Iterable[JudgmentPart]) -> tuple[str, date | None]:
    """What the column of fees and compensation says of a judgment, and since when: the worse of the two."""
    owed = [part for part in parts if isinstance(part, Obligation) and part.kind in DUES and part.state != WAIVED]
    states = {part.state for part in owed}
    for state in (Obligation.State.OPEN, Obligation.State.UNKNOWN):
        if state in states:
            return state, None
    if not owed:
        return columns.NO_DUES, None
    return Obligation.State.DONE, max((part.done_on for part in owed if part.done_on), default=None)


def extra_kind(typed: str | None) -> AdditionalPenalty.Kind | Obligation.Kind | None:
    """The kind of additional penalty or obligation that these words begin with, None where there is none."""
    folded = comparable_text(typed or "")
    return next((kind for words, kind in EXTRA.items() if folded.startswith(words)), None)


def extra_kinds(typed: str | None) -> list[AdditionalPenalty.Kind | Obligation.Kind]:
    """Every kind that these words name; none where they begin with other words."""
    if extra_kind(typed) is None:
        return []
    named = [typed, *additional_penalties(typed or "")]
    return list(dict.fromkeys(kind for each in named if (kind := extra_kind(each)) is not None))
