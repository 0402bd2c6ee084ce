from typing import Any

from django.db import transaction

from cases.actions import audit, row
from cases.models import ColumnMapping, HeadingSynonym, User


@transaction.atomic
def remember(*, kind: str, digest: str, targets: list[str], by: User) -> ColumnMapping:
    """Keep how the unit of `by` matches the columns of a sheet with these headings; a later choice takes its place."""
    known = ColumnMapping.objects.filter(unit=by.unit, kind=kind, digest=digest).first()
    mapping = known or ColumnMapping(unit=by.unit, kind=kind, digest=digest)
    before: dict[str, Any] = audit.snapshot(known) if known else {}
    mapping.targets = targets
    mapping.stamp(by).save()
    audit.record(by=by, verb="columnmapping.chosen", target=mapping, before=before, after=audit.snapshot(mapping))
    return mapping


@transaction.atomic
def add_synonym(*, version: HeadingSynonym, by: User) -> HeadingSynonym:
    """Enter what registers call a column too."""
    return row.add(row=version, by=by)


@transaction.atomic
def correct_synonym(*, version: HeadingSynonym, by: User) -> HeadingSynonym:
    """Save another meaning of a heading, or the last day on which it had this one."""
    return row.correct(row=version, by=by)
