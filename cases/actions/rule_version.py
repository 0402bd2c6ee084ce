from datetime import date

from django.db import transaction

from cases.actions import audit, row, verdict
from cases.models import RuleVersion, User, Verdict


@transaction.atomic
def add(*, version: RuleVersion, on: date, by: User) -> RuleVersion:
    """Enter a new version of the waiting periods; every clock is told again by the rules in force on `on`."""
    if known := row.earlier(version):
        return known
    version.stamp(by)
    row.validate(version)
    version.save()
    audit.record(by=by, verb="ruleversion.added", target=version, after=audit.snapshot(version))
    verdict.recompute_all(on=on, cause=Verdict.Cause.RULES, by=by)
    return version
