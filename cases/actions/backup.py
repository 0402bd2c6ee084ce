from datetime import datetime, timedelta

from django.db import transaction

from cases.actions import audit
from cases.models import Backup

KEPT = timedelta(days=400)  # rows of copies made longer ago are of no use to anybody


@transaction.atomic
def keep(*, backup: Backup) -> Backup:
    """Record a copy that was made to its end."""
    backup.save()
    Backup.objects.filter(made_at__lt=backup.made_at - KEPT).delete()
    audit.record(by=None, verb="backup.made", target=backup, after=audit.snapshot(backup))
    return backup


@transaction.atomic
def record_restore(*, name: str, made_at: datetime) -> None:
    """Leave a line in the log that came back: from here on something may be missing."""
    target = Backup(name=name, made_at=made_at)
    audit.record(by=None, verb="backup.restored", target=target, after={"made_at": str(made_at)})
