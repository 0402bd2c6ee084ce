from django.db import transaction

from cases.actions import audit
from cases.models import ListExport, User


@transaction.atomic
def record(*, name: str, filters: dict[str, str], rows: int, reason: str, by: User) -> ListExport:
    """Record that a list was taken away as a file, before the file is handed out; ValidationError without a reason."""
    export = ListExport(unit=by.unit, name=name, filters=filters, rows=rows, reason=reason.strip(), made_by=by)
    export.full_clean()
    export.save()
    after = {"list": name, "rows": rows, **{f"filter_{key}": value for key, value in filters.items()}}
    audit.record(by=by, verb="list.exported", target=export, after=after, reason=export.reason)
    return export
