"""System checks: what must be true before the server may start."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError


@register(Tags.security, deploy=True)
def no_demo_in_production(app_configs, **options):
    """A production server refuses to start while demo accounts exist: their password is public."""
    if settings.DEMO:
        return []
    from cases.models import User

    try:
        found = User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return []
    if not found:
        return []
    return [
        Error(
            "Demo accounts exist in this database, and their password is known to everybody.",
            hint="Use a new database for real work, or set DEMO=true for a demonstration.",
            id="cases.E001",
        )
    ]
