"""Letting people be forgotten: names, numbers, addresses and what was written of them go, what figures stand on stays.

What goes of whom says the table of `models/declared.py`. What others wrote keeps its words without the name. Rows that
only grow are changed with a receipt (`Erasure`), so that the log still proves itself. It cannot be undone.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import audit, written_name
from cases.law.retention import kept_until
from cases.lib import text
from cases.lib.mask import Mask
from cases.lib.names import names_in
from cases.models import (
    Activity,
    ActivityEntry,
    Anonymisation,
    DistinctPair,
    GroupMember,
    ImportedRow,
    RetentionVersion,
    Returnee,
    Unit,
    User,
)
from cases.models.declared import DECLARED, NAME, NOTHING, FieldDeclaration
from cases.models.fields import KeyedDigest


@transaction.atomic
def anonymise(*, people: Iterable[int], by: User, on: date) -> list[Anonymisation]:
    """Anonymise people whose files are kept long enough on `on`, all of them or none.

    Raises ValidationError where one is not due, is anonymised already, or lies in no unit whose chief `by` is.
    """
    with row_scope.as_owner():
        chosen = _due(people, by, on)
        found = written_name.Forgetting(list(chosen))
        found.units = _units_of(found.people)
        found.mask = Mask(_names(found), _numbers(found))
        with_others = _shared_activities(found)
        for name, declared in DECLARED.items():
            if declared.way is not None and not declared.goes:
                _empty_rows(apps.get_model("cases", name), declared, found)
        _empty_activities(found, with_others)
        _remove_rows(found)
        written_name.hide_elsewhere(found)
        written_name.empty_log(found)
        return [_record(person, rule, found, by) for person, rule in chosen.items()]


def _due(people: Iterable[int], by: User, on: date) -> dict[Returnee, RetentionVersion]:
    """The people with the rule each is anonymised by."""
    asked = set(people)
    versions = list(RetentionVersion.objects.order_by("valid_from", "pk"))
    rules = [version.rule() for version in versions]
    rows = Returnee._base_manager.select_for_update(no_key=True).filter(pk__in=asked, unit__in=by.scope)
    chosen = {}
    for person in rows.order_by("pk"):
        until = kept_until(person.close_reason, person.closed_on, rules, on) if person.closed_on else None
        if until is None or not until.is_due(on):
            raise ValidationError(_("The time a file is kept is not over for file %(number)d.") % {"number": person.pk})
        chosen[person] = versions[rules.index(until.rule)]
    if len(chosen) != len(asked) or not asked:
        raise ValidationError(_("Choose files of your own unit that are due."))
    if Anonymisation.objects.filter(returnee__in=asked).exists():
        raise ValidationError(_("One of these people is anonymised already. Open the list again."))
    return chosen


def _units_of(people: list[Returnee]) -> set[int]:
    """The units that ever held one of them, and those above: there somebody may have written of them."""
    held = Unit.objects.filter(Q(placements__returnee__in=people) | Q(returnees__in=people)).distinct()
    above = {int(part) for path in held.values_list("path", flat=True) for part in path.split("/") if part.isdecimal()}
    return {*held.values_list("pk", flat=True), *above}


def _names(found: written_name.Forgetting) -> set[str]:
    """Their names and those of their households, but for a name that somebody else bears.

    That of a household is left where it stands in another file as well: a mother of two.
    """
    own = {name for person in found.people for name in person.all_names}
    household = {person.household_contact for person in found.people}
    others = Returnee._base_manager.exclude(pk__in=found.ids).filter(placements__unit__in=found.units)
    known = list(others.values_list("full_name", "aliases", "household_contact"))
    members = GroupMember.objects.filter(group__returnee__unit__in=found.units).exclude(group__returnee__in=found.ids)
    borne = {name for full_name, aliases, _contact in known for name in names_in(full_name, aliases)}
    borne |= {*members.values_list("name", flat=True), *User.objects.values_list("full_name", flat=True)}
    kept, shared = Mask(borne), Mask(contact for _name, _aliases, contact in known)
    left = {name for name in household if shared.hide(name, "") == name}
    return {name for name in own | left if " " in name and kept.hide(name, "") == name}


def _numbers(found: written_name.Forgetting) -> set[str]:
    """Their numbers and telephones, but for a telephone that stands in somebody else's file."""
    own = {person.file_number for person in found.people}
    for person in found.people:
        own |= {person.identity_number or "", person.old_identity_number, person.certificate_number}
    phones = {each for person in found.people for each in (person.phone, person.household_phone) if each}
    others = Returnee._base_manager.exclude(pk__in=found.ids).filter(placements__unit__in=found.units)
    for pair in others.values_list("phone", "household_phone"):
        phones.difference_update(pair)
    return {number for number in own | phones if any(char.isdigit() for char in number)}


def _empty_rows(model: type[models.Model], declared: FieldDeclaration, found: written_name.Forgetting) -> None:
    where = {f"{declared.way}__in" if declared.way else "pk__in": found.ids}
    names = [*(name for name in declared.forgotten if not _is_digest(model, name)), *_reasons(model)]
    if not names:
        return
    for row in written_name.rows(model).filter(**where).order_by("pk"):
        now = {name: _emptied(model, name, getattr(row, name)) for name in names}
        if isinstance(row, Returnee):
            now |= _nobody(row)
        written_name.write(row, {name: value for name, value in now.items() if value != getattr(row, name)})


def _is_digest(model: type[models.Model], name: str) -> bool:
    """Whether a field is the digest of a number, which goes with its number."""
    return isinstance(model._meta.get_field(name), KeyedDigest)


def _reasons(model: type[models.Model]) -> list[str]:
    """Why a row was withdrawn is somebody's own words, whatever the row."""
    return [each.name for each in model._meta.concrete_fields if each.name == "withdrawn_reason"]


def _nobody(person: Returnee) -> dict[str, Any]:
    """What stands in the place of what identified a person: a number nobody outside knows, the year of the birth."""
    number = f"AD-{person.pk}"
    return {
        "full_name": NAME,
        "file_number": number,
        "identity_number": None,
        "born_on": person.birth_year,
        "sort_key": text.sort_key(NAME),
        "search_text": f"| {number} |",
    }


def _emptied(model: type[models.Model], name: str, value: Any) -> Any:
    """Nothing, or as little as the model takes."""
    if not isinstance(value, str):
        return written_name.blank(value)
    bound = any(name in _named_by(rule) for rule in model._meta.constraints)
    may_be_empty = not bound and getattr(model._meta.get_field(name), "blank", False)
    return ("" if may_be_empty else NOTHING) if value else value


def _named_by(rule: models.BaseConstraint) -> set[str]:
    condition = getattr(rule, "condition", None)
    return Q(condition).referenced_base_fields if condition else set()


def _shared_activities(found: written_name.Forgetting) -> set[int]:
    """Pieces of work of theirs in which somebody stands who is not forgotten."""
    theirs = ActivityEntry._base_manager.filter(returnee__in=found.ids).values("activity")
    others = ActivityEntry._base_manager.filter(activity__in=theirs).exclude(returnee__in=found.ids)
    others = others.exclude(returnee__anonymisation__isnull=False)
    return set(others.values_list("activity", flat=True))


def _empty_activities(found: written_name.Forgetting, with_others: set[int]) -> None:
    """What was noted of them alone goes; of a visit to several only their names do, with all else that names them."""
    alone = written_name.rows(Activity).filter(entries__returnee__in=found.ids).exclude(pk__in=with_others).distinct()
    for row in alone:
        now = {"result": "", "note": "", "place": ""}
        written_name.write(
            row, now | {name: _emptied(Activity, name, getattr(row, name)) for name in _reasons(Activity)}
        )


def _remove_rows(found: written_name.Forgetting) -> None:
    """Rows that are nothing but what somebody wrote or photographed, and what a workbook knew of its rows."""
    made = _made_of_workbooks(found)
    for name, declared in reversed(DECLARED.items()):
        if declared.goes:
            written_name.rows(apps.get_model("cases", name)).filter(**{f"{declared.way}__in": found.ids}).delete()
    DistinctPair.objects.filter(Q(first__in=found.ids) | Q(second__in=found.ids)).delete()
    ImportedRow.objects.filter(made).delete()


def _made_of_workbooks(found: written_name.Forgetting) -> Q:
    made = Q(target_type="returnee", target_id__in=found.ids)
    for name, declared in DECLARED.items():
        if declared.way:
            model = apps.get_model("cases", name)
            rows = written_name.rows(model).filter(**{f"{declared.way}__in": found.ids}).values("pk")
            if model._meta.pk.name == "id":
                made |= Q(target_type=audit.noun(model), target_id__in=rows)
    return made


def _record(person: Returnee, rule: RetentionVersion, found: written_name.Forgetting, by: User) -> Anonymisation:
    kept = Anonymisation(returnee=person, rule=rule, made_by=by, texts=found.texts)
    kept.save()
    known = partial(audit.record, by=by, verb="returnee.anonymised", returnee=person)
    known(
        target=Returnee._base_manager.get(pk=person.pk),
        after={"rule": str(rule), "years": rule.years, "closed_on": f"{person.closed_on}"},
        reason=rule.source,
    )
    return kept
