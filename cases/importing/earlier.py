"""Rows without a code of their own that likely correct a row loaded before: shown side by side, and asked about."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from cases.actions.audit import noun
from cases.importing.changed import find_differences, of_record, settle_record, value_in_words
from cases.importing.columns import RegisterSheet
from cases.importing.facts import Facts, WorkRecord, field_of, fill_record, model_of, row_facts
from cases.importing.known import KnownRecords, LoadedRow, in_parts
from cases.importing.rows import CREATE, EARLIER, OTHER_ROW, SAME_ROW, RegisterRow
from cases.models import Activity, ActivityEntry, GroupMeeting, ImportedRow, JobReferral, Loan, TrainingReferral

DAYS: dict[type[models.Model], str] = {
    TrainingReferral: "referred_on",
    JobReferral: "referred_on",
    Loan: "requested_on",
}  # else on, act_on
StandingRecords = dict[tuple[int, type[WorkRecord]], list[tuple[WorkRecord, str]]]  # by person and kind


def pair_with_records(
    rows: list[RegisterRow], sheet: RegisterSheet, known: KnownRecords, before: dict[str, LoadedRow]
) -> None:
    """Pair each new row with the record it likely corrects, the most alike first; each record answers one row."""
    unknown = [row for row in rows if not row.bad and row.key not in before]
    fresh = [row for row in unknown if row.state == CREATE and row.target is None and row["file"] in known.people]
    if not fresh:
        return
    claimed = {(said.target_type, said.target_id) for said in before.values()}
    claimed |= {(noun(row.target), row.target.pk) for row in rows if row.target is not None}
    standing = _standing(fresh, sheet, known, claimed)
    edition = bool(claimed)  # a later edition of a workbook that was loaded: a row that is gone has likely been edited
    pairs = sorted(_pairs(fresh, known, standing, edition), key=lambda pair: pair[0])
    taken: set[tuple[type, int]] = set()
    for _likeness, row, target in pairs:
        mark = type(target), target.pk
        if row.target is None and mark not in taken:
            taken.add(mark)
            settle(row, target)


def settle(row: RegisterRow, target: models.Model) -> None:
    """Nothing new, a change, or a question."""
    facts = row_facts(row)
    answer = row.answers.get(EARLIER)
    if answer == SAME_ROW or _says_the_same(target, fill_record(row)):
        settle_record(row, target, facts)
        return
    row.target = target
    row.changes = list(of_record(target, find_differences(target, facts)))
    ask(row, _day_of(target), _in_short(target, facts))


def ask(row: RegisterRow, name: str, was: str) -> None:
    """Let the importer say whether it is the row loaded before."""
    choices = [[SAME_ROW, _("The same row, corrected")], [OTHER_ROW, _("Another row")]]
    words = _("Likely loaded before: %(was)s. Choose whether this is the same row, corrected, or another one.")
    column = name if name in row.sheet.by_field else "on"
    row.ask(EARLIER, choices, column, words % {"was": was})


def _standing(
    fresh: list[RegisterRow], sheet: RegisterSheet, known: KnownRecords, claimed: set[tuple[str, int]]
) -> StandingRecords:
    """Records of these people that an earlier workbook made and no row of this one answers for."""
    people: dict[type[WorkRecord], set[int]] = defaultdict(set)
    for row in fresh:
        people[model_of(row)].add(known.people[row["file"]].pk)
    found: dict[tuple[int, type[WorkRecord]], list[WorkRecord]] = defaultdict(list)
    for model, own in people.items():
        for some in in_parts(own):
            for person, target in _records(model, some):
                if (noun(target), target.pk) not in claimed:
                    found[person, model].append(target)
    return _imported(found, sheet)


def _records(model: type[WorkRecord], people: list[int]) -> Iterator[tuple[int, WorkRecord]]:
    if issubclass(model, Activity | GroupMeeting):
        entries = ActivityEntry.objects.filter(returnee__in=people, activity__withdrawn_at=None)
        for entry in entries.select_related("activity").order_by("pk"):
            yield entry.returnee_id, entry.activity
        return
    related = ["employer"] if model is JobReferral else []
    rows = model._default_manager.filter(withdrawn_at=None, returnee__in=people)
    for target in rows.select_related(*related).order_by("pk"):
        yield target.returnee_id, target


def _imported(found: dict[tuple[int, type[WorkRecord]], list[WorkRecord]], sheet: RegisterSheet) -> StandingRecords:
    codes: dict[tuple[str, int], str] = {}
    for model in {model for _person, model in found}:
        name = noun(model)
        pks = {target.pk for (_person, kind), some in found.items() if kind is model for target in some}
        for part in in_parts(pks):
            rows = ImportedRow.objects.filter(sheet=sheet.name, target_type=name, target_id__in=part).order_by()
            codes |= {(name, pk): code for pk, code in rows.values_list("target_id", "code")}
    kept: StandingRecords = {}
    for (person, model), some in found.items():
        marks = [(target, (noun(target), target.pk)) for target in some]
        kept[person, model] = [(target, codes[mark]) for target, mark in marks if mark in codes]
    return kept


def _pairs(
    fresh: list[RegisterRow], known: KnownRecords, standing: StandingRecords, edition: bool
) -> Iterator[tuple[tuple, RegisterRow, WorkRecord]]:
    for row in fresh:
        if row.answers.get(EARLIER) == OTHER_ROW:
            continue
        facts = row_facts(row)
        for target, code in standing.get((known.people[row["file"]].pk, model_of(row)), ()):
            if row["row_code"] and code:
                continue  # two codes, two rows
            sets = find_differences(target, facts)
            day = _day_of(target)
            if "kind" not in sets and (day not in sets or (edition and set(sets) == {day})):
                yield (len(sets), row.number, target.pk), row, target


def _day_of(target: models.Model) -> str:
    return DAYS.get(type(target), "on" if hasattr(target, "on") else "act_on")


def _says_the_same(target: models.Model, facts: Facts) -> bool:
    def plain(value: object) -> str:
        return "" if value is None else str(value)

    return all(plain(getattr(target, name)) == plain(value) for name, value in facts.items() if name != "place")


def _in_short(target: models.Model, facts: Facts) -> str:
    told = []
    for name in facts:
        field, value = field_of(type(target), name), getattr(target, name)
        choices = {str(words): value for value, words in field.flatchoices}
        told.append(
            (str(field.verbose_name) if value else "") if isinstance(value, bool) else value_in_words(value, choices)
        )
    return " · ".join(dict.fromkeys(filter(None, told)))
