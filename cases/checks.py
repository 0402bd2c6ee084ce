"""System checks: what must be true before the server may start."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from cases.lib.field_cipher import UnreadableValueError

SHORTEST_SECRET, SHORTEST_KEY, FEWEST_SIGNS = 50, 40, 10
SAMPLED = 20  # people, the first and the last
WELL_KNOWN = "django-insecure-"  # what Django writes into a new project, and every example copies
NEW_SECRET = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'  # nosec B105 # a command that makes one


@register(Tags.security, deploy=True)
def fit_to_serve(app_configs, **options):
    """A server refuses to start while any of this is found; a command that ends by itself is not asked."""
    found = (weak_secret(), weak_field_keys(), open_debug(), any_host(), demo_in_production(), missing_field_key())
    return [fault for fault in found if fault]


def weak_secret():
    """Whoever guesses SECRET_KEY signs in as anybody."""
    secret = settings.SECRET_KEY
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_SIGNS and not secret.startswith(WELL_KNOWN):
        return None
    hint = _("Write SECRET_KEY= and behind it what this prints: %(command)s") % {"command": NEW_SECRET}
    return Error(
        _("SECRET_KEY is short or well known: it needs at least 50 characters, at random."), hint=hint, id="cases.E002"
    )


def weak_field_keys():
    """Whoever guesses a key reads every number of a stolen copy."""
    if all(len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_SIGNS for key in settings.FIELD_KEYS):
        return None
    hint = _("Write FIELD_KEYS= and behind it what this prints: %(command)s") % {"command": NEW_SECRET}
    return Error(
        _("A key in FIELD_KEYS is short: it needs at least 40 characters, at random."), hint=hint, id="cases.E005"
    )


def field_keys_fault():
    """What `doctor` says of the keys: that there are none of their own, too; a server starts without."""
    if not settings.FIELD_KEYS and not settings.DEMO:
        return Error(
            _("FIELD_KEYS is empty: numbers and telephones are encrypted with a key derived from SECRET_KEY."),
            hint=_("Write FIELD_KEYS= and behind it what this prints: %(command)s") % {"command": NEW_SECRET},
            id="cases.E007",
        )
    return weak_field_keys() or missing_field_key()


def missing_field_key():
    """With another key no number of the people would be read, and what is written now would be found by nobody."""
    from cases.models import Returnee

    try:
        for order in ("pk", "-pk"):
            people = Returnee._base_manager.order_by(order)
            list(people.values_list("identity_number", "phone", "household_phone")[:SAMPLED])
    except DatabaseError:
        return None
    except UnreadableValueError as error:
        return Error(
            _("The database is encrypted with a key that is not among FIELD_KEYS (%(column)s).") % {"column": error},
            hint=_("Write the key of before into FIELD_KEYS too, behind the new one: see docs/operations.md."),
            id="cases.E006",
        )
    return None


def open_debug():
    """A page of DEBUG shows settings and what somebody typed."""
    if settings.DEMO or not settings.DEBUG:
        return None
    return Error(
        _("DEBUG is on: error pages would show what people typed."),
        hint=_("Take DEBUG away or write DEBUG=false; for a demonstration with invented people write DEMO=true."),
        id="cases.E003",
    )


def any_host():
    """With any host allowed a forged address ends up in links and slips."""
    if settings.DEMO or "*" not in settings.ALLOWED_HOSTS:
        return None
    return Error(
        _("ALLOWED_HOSTS allows every name (*)."),
        hint=_("Write the names of this server, for example ALLOWED_HOSTS=taihoanhap.tinh.local"),
        id="cases.E004",
    )


def demo_in_production():
    """The password of the demo accounts is public."""
    if settings.DEMO:
        return None
    from cases.models import User

    try:
        found = User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return None
    if not found:
        return None
    return Error(
        _("Demo accounts exist in this database, and their password is known to everybody."),
        hint=_("Use a new database for real work, or set DEMO=true for a demonstration."),
        id="cases.E001",
    )
