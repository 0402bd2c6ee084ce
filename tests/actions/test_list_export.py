"""A file that leaves the system has a reason, and the log says who took it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases import actions
from cases.models import AuditEvent, ListExport


def take(by, **changes):
    facts = {"name": "people", "filters": {"q": "Dũng"}, "rows": 3, "reason": "Đối chiếu với UBND", **changes}
    return actions.list_export.record(by=by, **facts)


def test_who_took_what_and_why_stands_in_the_log(an, anh, em):
    take(an)

    event = AuditEvent.objects.visible_to(anh).get(verb="list.exported")
    assert event.reason == "Đối chiếu với UBND"
    assert event.after == {"list": "people", "rows": 3, "filter_q": "Dũng"}
    assert not AuditEvent.objects.visible_to(em).filter(verb="list.exported").exists()


def test_no_file_without_a_reason(an):
    with pytest.raises(ValidationError):
        take(an, reason="   ")
    export = take(an)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListExport.objects.filter(pk=export.pk).update(reason="")
