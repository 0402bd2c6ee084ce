from datetime import date

from django.db import transaction

from cases.access import row_scope
from cases.actions import audit, row, verdict
from cases.models import Returnee, RuleVersion, User, Verdict

AT_ONCE = 1000  # files whose clocks are told again while the page waits


def is_told_at_once() -> bool:
    """Whether entering a version tells every clock again by itself; of a larger register a job does it afterwards."""
    with row_scope.beyond("whether so many people are on file"):
        return Returnee.objects.kept().unsealed().order_by("pk")[: AT_ONCE + 1].count() <= AT_ONCE


@transaction.atomic
def add(*, version: RuleVersion, on: date, by: User) -> RuleVersion:
    """Enter a new version of the waiting periods; every clock is told again by the rules in force on `on`."""
    if known := row.earlier(version):
        return known
    version.stamp(by)
    row.validate(version)
    version.save()
    audit.record(by=by, verb="ruleversion.added", target=version, after=audit.snapshot(version))
    if is_told_at_once():
        with row_scope.beyond("rules are entered by an administrator, who has no cases, and hold for everybody"):
            verdict.recompute_all(on=on, cause=Verdict.Cause.RULES, by=by)
    return version
