import re

from django.db import transaction

from cases.actions import audit, row
from cases.lib.text import fold
from cases.models import Organisation, User

LONGEST_CODE = 16  # signs, with room for a number behind


@transaction.atomic
def add(*, version: Organisation, by: User) -> Organisation:
    """A body that helps from now on; the same one sent again is found by its name."""
    if known := Organisation.objects.filter(name=version.name).first():
        row.refuse_other(known, version, besides=("code",))
        return known
    version.code = free_code(version.short)
    version.full_clean()
    version.save()
    audit.record(by=by, verb="organisation.added", target=version, after=audit.snapshot(version))
    return version


def free_code(short: str) -> str:
    """A code nobody sees, from the short name; numbered where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(short)).strip("-")[:LONGEST_CODE] or "body"
    taken = set(Organisation.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (base, *numbered) if code not in taken)


def correct(*, version: Organisation, by: User) -> Organisation:
    """Save what was wrong of a body; its name holds for what was recorded before, too."""
    return row.correct(row=version, by=by)
