"""The sheet Bản án: a judgment is known by its number within its person; rows that name it are its offences."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.importing.changed import find_differences
from cases.importing.columns import comparable_text
from cases.importing.earlier import ask
from cases.importing.judgment_draft import FACTS, JudgmentDraft, mark_of, mark_of_offence, shares
from cases.importing.known import KnownRecords, LoadedRow, in_parts
from cases.importing.rows import CREATE, EARLIER, OTHER_ROW, SAME, SAME_ROW, RegisterRow, digest
from cases.models import Judgment, Offence, Returnee

AGREE = ("court", "effective_on", "main_penalty", "months", "main_done_on", "dues", "dues_done_on")
DONE_HOW: dict[str, Judgment.DoneHow] = {
    Returnee.SubjectType.COMPLETED: Judgment.DoneHow.SERVED,
    Returnee.SubjectType.AMNESTIED: Judgment.DoneHow.AMNESTY,
    Returnee.SubjectType.CONDITIONAL: Judgment.DoneHow.CONDITIONAL,
}


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

    Returned: the key by all values of every row; rows loaded under it are found by it, numbered or not.
    """
    equal: Counter[str] = Counter()
    by_values = {}
    for row in rows:
        text = row.content_key
        equal[text] += 1
        by_values[row] = row.key = digest(text, equal[text])
        if number := comparable_text(row["number"] or ""):
            named = digest("number", row["file"], number, *mark_of(row))
            equal[named] += 1
            row.key = digest(named, equal[named])
    return by_values


def settle(rows: list[RegisterRow], known: KnownRecords, before: dict[str, LoadedRow]) -> None:
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
    _known_by_offence(groups.values(), standing, before, claimed)
    for own in groups.values():
        some = [row for row in own if row.state != SAME]
        if some:
            _fill(own, some, standing.get(own[0]["file"], []), claimed, before)


def _known_by_offence(
    groups: Iterable[list[RegisterRow]],
    standing: dict[str, list[Judgment]],
    before: dict[str, LoadedRow],
    claimed: set[int],
) -> None:
    """Rows without a number that say of one offence of a judgment without a number just what stands of it.

    Each offence answers one row, that of an earlier workbook first.
    """
    alone = [own[0] for own in groups if not own[0]["number"] and own[0].answers.get(EARLIER) != OTHER_ROW]
    answered: set[int] = set()
    for row in alone:
        if earlier := before.get(row.key):
            loaded = [each for each in standing.get(row["file"], ()) if each.pk == earlier.target_id]
            answered |= {part.pk for judgment in loaded for part in _offences(judgment, row, answered)[:1]}
    for row in alone:
        for judgment in standing.get(row["file"], ()):
            same = [] if judgment.number or row.state == SAME else _offences(judgment, row, answered)
            if same and _says_nothing_new(row, judgment):
                answered.add(same[0].pk)
                claimed.add(judgment.pk)


def _offences(judgment: Judgment, row: RegisterRow, answered: set[int]) -> list[Offence]:
    """The very offence of a row in a judgment, where no other row has it yet."""
    own = mark_of(row)
    return [part for part in judgment.offences.all() if part.pk not in answered and mark_of_offence(part) == own]


def _says_nothing_new(row: RegisterRow, judgment: Judgment) -> bool:
    """Settles the row as the same where it is; leaves it as it was where it is not."""
    if find_differences(judgment, {name: row[name] for name in FACTS}):
        return False
    trial = JudgmentDraft(judgment)
    trial.marks = {mark_of(row)}
    trial.take(row)
    if row.state == SAME:
        return True
    row.state, row.changes, row.about = CREATE, None, None
    return False


def _standing(groups: Iterable[list[RegisterRow]], known: KnownRecords) -> dict[str, list[Judgment]]:
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
    is_whole = len(own) >= len(list(draft.offences()))
    for row in some:
        if is_whole:
            _ask_of_offence(row, draft)
        draft.take(row)


def _ask_of_offence(row: RegisterRow, draft: JudgmentDraft) -> None:
    """A new offence, where the workbook has as many as the judgment but one of these no more: likely it, corrected."""
    left = draft.unnamed()
    if left and not row.bad and EARLIER not in row.answers and draft.alike(row) is None:
        ask(row, "offence", left[0].name)


def _withdrawn(some: list[RegisterRow], before: dict[str, LoadedRow]) -> bool:
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
    return same_day or any(shares(offence, row) for offence in judgment.offences.all())


def _answered(some: list[RegisterRow], likely: Judgment) -> JudgmentDraft | None:
    """The draft of the judgment that is likely meant; None where the importer has to say so first."""
    trial = JudgmentDraft(likely)
    trial.marks = {mark_of(row) for row in some}
    for row in some:
        trial.take(row)
    telling = [row for row in some if row.state != SAME and not row.bad]
    if all(row.answers.get(EARLIER) == SAME_ROW for row in telling):
        return JudgmentDraft(likely)
    for row in telling:
        ask(row, "offence", _in_short(likely))
    return None


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
