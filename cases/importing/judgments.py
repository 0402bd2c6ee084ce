"""The sheet Bản án: a judgment is known by its number within its person; rows that name it are its offences."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from cases.actions.judgment import Part
from cases.importing import columns
from cases.importing.changed import differing, doubt, in_words, of_record
from cases.importing.columns import JUDGMENTS, comparable_text
from cases.importing.earlier import ask
from cases.importing.known import Before, Known, in_parts
from cases.importing.rows import CHANGE, CREATE, EARLIER, OTHER_ROW, SAME, SAME_ROW, Change, RegisterRow, digest
from cases.models import AdditionalPenalty, Judgment, Obligation, Offence, Returnee

Extra = TypeVar("Extra", AdditionalPenalty, Obligation)

FACTS = ("number", "court", "effective_on", "main_penalty", "months", "main_done_on")
OFFENCE = {"name": "offence"} | {
    name: name for name in ("article", "clause", "chapter", "fault", "severity", "act_on")
}  # field of an offence: column
AGREE = ("court", "effective_on", "main_penalty", "months", "main_done_on", "dues", "dues_done_on")
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
DONE_HOW: dict[str, Judgment.DoneHow] = {
    Returnee.SubjectType.COMPLETED: Judgment.DoneHow.SERVED,
    Returnee.SubjectType.AMNESTIED: Judgment.DoneHow.AMNESTY,
    Returnee.SubjectType.CONDITIONAL: Judgment.DoneHow.CONDITIONAL,
}


class JudgmentDraft:
    """A judgment with its parts as the workbook leaves it: the check fills it row by row, the load saves it."""

    def __init__(self, judgment: Judgment) -> None:
        self.judgment = judgment
        self.parts: list[Part] = []
        if judgment.pk:
            for part in (judgment.offences, judgment.additional_penalties, judgment.obligations):
                self.parts += part.all()
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
        sets = differing(self.judgment, facts)
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
        known = self._alike(row)
        if known is None:
            self.parts.append(Offence(**{name: "" if _text(name) and v is None else v for name, v in facts.items()}))
            return True, []
        if comparable_text(known.name) == comparable_text(facts["name"]):
            facts["name"] = None
        sets = differing(known, facts)
        told = list(of_record(known, sets))
        for name, value in sets.items():
            setattr(known, name, value)
        return False, told

    def _alike(self, row: RegisterRow) -> Offence | None:
        """The very offence of a row, else one that no other row names and that has its name, article or day."""
        own = mark_of(row)
        exact = [part for part in self.offences() if _mark(part) == own]
        if exact:
            return exact[0]
        for part in self.offences():
            if part.pk and _mark(part) not in self.marks and _shares(part, row):
                return part
        return None

    def _additional(self, row: RegisterRow) -> list[Change]:
        kind, done_on = extra_of(row), row["additional_done_on"]
        if kind is None:
            return []
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
        column = JUDGMENTS.by_field["dues"]
        part, state = self._part(Obligation, Obligation.Kind.COURT_FEE), row["dues"]
        if state == columns.NO_DUES:
            if part is not None:
                self.parts.remove(part)
                return [(column.header, str(part.get_state_display()), in_words(state, column.choices))]
            return []
        if part is None and (fresh or state or row["dues_done_on"]):
            state = state or Obligation.State.UNKNOWN
            part = Obligation(kind=Obligation.Kind.COURT_FEE, state=state, done_on=row["dues_done_on"])
            self.parts.append(part)
            return [(column.header, "", in_words(state, column.choices))]
        told = self._correct(part, {"state": state, "done_on": row["dues_done_on"]}) if part else []
        if part and told and part.state != Obligation.State.DONE and not row["dues_done_on"]:
            part.done_on = None  # what is open again was not done on any day
        return told

    def _part(self, model: type[Extra], kind: str) -> Extra | None:
        return next((part for part in self.parts if isinstance(part, model) and part.kind == kind), None)

    @staticmethod
    def _correct(part: models.Model, facts: dict[str, object]) -> list[Change]:
        sets = differing(part, facts)
        told = [(f"{part}: {what}", was, becomes) for what, was, becomes in of_record(part, sets)]
        for name, value in sets.items():
            setattr(part, name, value)
        return told


def _text(name: str) -> bool:
    return name in ("name", "article", "chapter", "fault")


def mark_of(row: RegisterRow) -> tuple:
    return comparable_text(row["offence"] or ""), row["article"] or "", row["clause"], row["act_on"]


def _mark(part: Offence) -> tuple:
    return comparable_text(part.name), part.article, part.clause, part.act_on


def _shares(part: Offence, row: RegisterRow) -> bool:
    pairs = [
        (part.article, row["article"]),
        (part.act_on, row["act_on"]),
        (comparable_text(part.name), comparable_text(row["offence"] or "")),
    ]
    return any(one and one == other for one, other in pairs)


def extra_of(row: RegisterRow) -> AdditionalPenalty.Kind | Obligation.Kind | None:
    """The kind of additional penalty or obligation, None where there is none."""
    typed = comparable_text(row["additional"] or "")
    return next((kind for words, kind in EXTRA.items() if typed.startswith(words)), None)


def group_of(row: RegisterRow) -> tuple:
    """Rows of one person that name one judgment are its several offences."""
    number = comparable_text(row["number"] or "")
    return (row["file"], number) if number else (row["file"], row.number)


def agree(rows: list[RegisterRow]) -> None:
    """Rows of one judgment say the same of it; an empty cell says nothing."""
    first: dict[tuple, RegisterRow] = {}
    for row in rows:
        for name in AGREE:
            head = first.setdefault((group_of(row), name), row) if row[name] is not None else None
            if head and head[name] != row[name]:
                words = _("Differs from row %(row)d, which names the same judgment.")
                row.error(name, words % {"row": head.number})


def name_keys(rows: list[RegisterRow]) -> dict[RegisterRow, str]:
    """What a row is known by: number and offence within its person, else all its values and its place among equals.

    Returned: the key by all values of every row; rows of numbered judgments were once known by it.
    """
    equal: Counter[str] = Counter()
    by_values = {}
    for row in rows:
        text = row_key(row)
        equal[text] += 1
        by_values[row] = row.key = digest(text, equal[text])
        if number := comparable_text(row["number"] or ""):
            named = digest("number", row["file"], number, *mark_of(row))
            equal[named] += 1
            row.key = digest(named, equal[named])
    return by_values


def row_key(row: RegisterRow) -> str:
    return digest(*(row[column.field] for column in row.sheet.columns))


def settle(rows: list[RegisterRow], known: Known, before: dict[str, Before]) -> None:
    """Fill the drafts of all judgments that are new or say something else now."""
    groups: dict[tuple, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        if not row.bad:
            groups[group_of(row)].append(row)
    standing = _standing(groups.values(), known)
    claimed = {said.target_id for said in before.values()}
    for own in groups.values():
        number = comparable_text(own[0]["number"] or "")
        claimed |= {
            each.pk for each in standing.get(own[0]["file"], ()) if number and comparable_text(each.number) == number
        }
    for own in groups.values():
        some = [row for row in own if row.state != SAME]
        if some:
            _fill(own, some, standing.get(own[0]["file"], []), claimed, before)


def _standing(groups: Iterable[list[RegisterRow]], known: Known) -> dict[str, list[Judgment]]:
    open_ = {row["file"] for rows in groups for row in rows if row.state != SAME and row["file"] in known.people}
    found: dict[str, list[Judgment]] = defaultdict(list)
    for some in in_parts({known.people[file].pk for file in open_}):
        rows = Judgment.objects.kept().filter(returnee__in=some).select_related("returnee").order_by("pk")
        for judgment in rows.prefetch_related("offences", "additional_penalties", "obligations"):
            found[judgment.returnee.file_number].append(judgment)
    return found


def _fill(
    own: list[RegisterRow], some: list[RegisterRow], standing: list[Judgment], claimed: set[int], before: dict
) -> None:
    number = comparable_text(own[0]["number"] or "")
    target = next((each for each in standing if number and comparable_text(each.number) == number), None)
    draft = JudgmentDraft(target or Judgment())
    if target is None and _withdrawn(some, before):
        return
    if target is None and (likely := _likely(some, standing, claimed)):
        answered = _answered(some, likely)
        if answered is None:
            return
        draft = answered
        claimed.add(likely.pk)
    draft.marks = {mark_of(row) for row in own}
    for row in some:
        draft.take(row)


def _withdrawn(some: list[RegisterRow], before: dict[str, Before]) -> bool:
    """What was loaded and withdrawn here since is not brought back by the workbook."""
    gone = [row for row in some if row.key in before]
    for row in gone:
        row.state = SAME
        row.warn("number", _("This record was withdrawn here since: the row is not entered."))
    return len(gone) == len(some)


def _likely(some: list[RegisterRow], standing: list[Judgment], claimed: set[int]) -> Judgment | None:
    """A judgment of the person that no row of the workbook names and that has an offence or a day of these rows."""
    if all(row.answers.get(EARLIER) == OTHER_ROW for row in some):
        return None
    for judgment in standing:
        both = judgment.number and some[0]["number"]
        if judgment.pk not in claimed and not both and any(_reminds(judgment, row) for row in some):
            return judgment
    return None


def _reminds(judgment: Judgment, row: RegisterRow) -> bool:
    days = ("effective_on", "main_done_on")
    same_day = any(row[name] and row[name] == getattr(judgment, name) for name in days)
    return same_day or any(_shares(offence, row) for offence in judgment.offences.all())


def _answered(some: list[RegisterRow], likely: Judgment) -> JudgmentDraft | None:
    """The draft of the judgment that is likely meant; None where the importer has to say so first."""
    trial = JudgmentDraft(_copy(likely))
    trial.marks = {mark_of(row) for row in some}
    for row in some:
        trial.take(row)
    telling = [row for row in some if row.state != SAME and not row.bad]
    if all(row.answers.get(EARLIER) == SAME_ROW for row in telling):
        return JudgmentDraft(_copy(likely))
    for row in telling:
        ask(row, "offence", _in_short(likely))
    return None


def _copy(judgment: Judgment) -> Judgment:
    return Judgment.objects.prefetch_related("offences", "additional_penalties", "obligations").get(pk=judgment.pk)


def _in_short(judgment: Judgment) -> str:
    offences = [offence.name for offence in judgment.offences.all()]
    told = [judgment.number, *offences, judgment.get_main_penalty_display()]
    return " · ".join(filter(None, told))


def done_how(judgment: Judgment, person: Returnee) -> str:
    """How the main penalty came to its end, where only the day is known."""
    if not judgment.main_done_on:
        return ""
    probation = judgment.main_penalty == Judgment.MainPenalty.SUSPENDED
    return judgment.main_done_how or (Judgment.DoneHow.PROBATION if probation else DONE_HOW[person.subject_type])
