from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Backup
from cases.reports.administration.backups import backup_state


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "is_old"), [(1, False), (47, False), (49, True)])
def test_a_copy_older_than_two_days_is_told_as_late(hours, is_old):
    now = timezone.now()
    made = {"seconds": 1, "size": 1, "people": 1, "is_verified": True}
    Backup.objects.create(name="a", made_at=now - timedelta(hours=hours), **made)

    assert backup_state(now).is_old == is_old
