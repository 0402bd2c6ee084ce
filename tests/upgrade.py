"""A database of the first release, brought to the migrations of today in a process of its own.

python -m tests.upgrade dump FILE    what the database of DATABASE_URL holds at the migrations of the first release
python -m tests.upgrade raise FILE   an empty database: migrations of the first release, the file, those of today;
                                     prints as JSON what it holds and what its pages answer
"""

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import django

FIRST_RELEASE = ("cases", "0003_rules_only_postgresql_holds")
# A row that points to one that points back, which PostgreSQL checks at once: written in two steps.
FIRST = {
    "Submission": dict.fromkeys(["stepped_by_id", "stepped_at", "accepted_id"]) | {"state": "draft", "comment": ""}
}
SOME = {"AuditEvent": 10}  # of the log every tenth row: it is many, and all alike
# What is encrypted since: table by table of the first release, of which nothing may stand in clear
SECRET = {
    "Returnee": ("identity_number", "old_identity_number", "phone", "household_contact", "household_phone"),
    "GroupMember": ("phone",),
    "Loan": ("borrower",),
    "ArrivalAnswer": ("phone",),
    "Transfer": ("number", "sender_phone"),
}
# Of somebody else, an office or an officer, where it is the same; a contact may have the name of anybody
NOBODYS = {
    "User": ("phone", "full_name"),
    "Employer": ("phone",),
    "Unit": ("phone",),
    "Returnee": ("full_name",),
    "GroupMember": ("name",),
}
PAGES = {
    "an": ["/", "/people/", "/people/{person}/", "/people/{person}/clock/", "/log/", "/meetings/", "/report/"],
    "anh": ["/log-book/", "/caseload/"],
    "chi": ["/", "/overview/", "/campaigns/", "/report/"],
    "em": ["/", "/users/", "/units/", "/rules/"],
}


def dump(path):
    """Every row of every model of the app, but units nobody refers to."""
    models = first_release().get_models(include_auto_created=True)
    models = [model for model in models if model._meta.app_label == "cases"]
    units = units_referred_to(models)
    held = {}
    for model in models:
        columns = [field.attname for field in model._meta.concrete_fields]
        rows = model._base_manager.order_by("pk").values_list(*columns)
        if model.__name__ == "Unit":
            rows = rows.filter(pk__in=units)
        elif model.__name__ == "Succession":
            rows = rows.filter(old__in=units, new__in=units)
        rows = list(rows)[:: SOME.get(model.__name__, 1)]
        held[model.__name__] = {"columns": columns, "rows": [[plain(value) for value in row] for row in rows]}
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(json.dumps(held, ensure_ascii=False, default=str).encode())


def plain(value):
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def bytes_or(value):
    is_bytes = isinstance(value, dict) and set(value) == {"base64"}
    return base64.b64decode(value["base64"]) if is_bytes else value


def units_referred_to(models):
    """The units some row points to, with all that stand above them."""
    found = set()
    for model in models:
        for field in model._meta.concrete_fields:
            is_unit = field.related_model is not None and field.related_model.__name__ == "Unit"
            if is_unit and model.__name__ not in ("Unit", "Succession"):
                found |= set(model._base_manager.values_list(field.attname, flat=True).distinct())
    unit = next(model for model in models if model.__name__ == "Unit")
    parents = dict(unit._base_manager.values_list("pk", "parent_id"))
    for pk in list(found):
        while pk:
            found.add(pk)
            pk = parents.get(pk)
    return found - {None}


def first_release():
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    return MigrationExecutor(connection).loader.project_state([FIRST_RELEASE]).apps


def load(held):
    """Write the rows as they were, through the models as they were."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    models = {model.__name__: model for model in first_release().get_models(include_auto_created=True)}
    models["Organisation"]._base_manager.all().delete()  # those of the file are the same, with their own ids
    with transaction.atomic():
        for name, part in held.items():
            rows = [dict(zip(part["columns"], map(bytes_or, row), strict=True)) for row in part["rows"]]
            models[name]._base_manager.bulk_create(
                [models[name](**{**row, **FIRST.get(name, {})}) for row in rows], batch_size=500
            )
        for name, first in FIRST.items():
            for row in held[name]["rows"]:
                row = dict(zip(held[name]["columns"], row, strict=True))
                models[name]._base_manager.filter(pk=row["id"]).update(**{field: row[field] for field in first})
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [models[name] for name in held]):
            cursor.execute(statement)


def counts(names):
    from django.apps import apps

    models = {model.__name__: model for model in apps.get_models(include_auto_created=True)}
    return {name: models[name]._base_manager.count() for name in names if name in models}


def answers():
    """The status of each page, opened by its user."""
    from django.test import Client

    from cases.models import Placement, User

    found = {}
    for username, pages in PAGES.items():
        user, client = User.objects.get(username=username), Client(raise_request_exception=False)
        client.force_login(user)
        held = Placement.objects.filter(until=None, unit=user.posting.unit, returnee__closed_on=None)
        person = held.order_by("pk").values_list("returnee", flat=True).first()
        for page in pages:
            found[f"{username} {page}"] = client.get(page.format(person=person)).status_code
    return found


def changed_secrets(held):
    """Encrypted values that are not read as they were: table, id and field."""
    from django.apps import apps

    for name, fields in SECRET.items():
        columns = held[name]["columns"]
        now = apps.get_model("cases", name)._base_manager.in_bulk()
        for row in held[name]["rows"]:
            before = dict(zip(columns, row, strict=True))
            changed = [field for field in fields if getattr(now[before["id"]], field) != before[field]]
            yield from ([name, before["id"], field] for field in changed)


def secrets_in_clear(held):
    """Of the numbers, telephones and contacts those that a copy of the database tells."""
    told = values_of(held, SECRET) - values_of(held, NOBODYS)
    copy = whole_copy()
    return sorted(each for each in told if each.encode() in copy or json.dumps(each)[1:-1].encode() in copy)


def values_of(held, fields):
    found = set()
    for name, columns in fields.items():
        places = [held[name]["columns"].index(column) for column in columns]
        found |= {row[place] for row in held[name]["rows"] for place in places if row[place]}
    return found


def whole_copy():
    """Every byte of the file of SQLite, or what pg_dump writes of PostgreSQL."""
    from django.db import connection

    from tests import postgres

    if connection.vendor == "sqlite":
        connection.close()
        file = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in (file, file.with_name(f"{file.name}-wal")) if path.exists())
    at = connection.get_connection_params()
    command = [postgres.find_binaries() / "pg_dump", "--host", at["host"], "--username", at["user"], at["dbname"]]
    written = subprocess.run(command, capture_output=True, check=True).stdout
    in_digits = rb"\\\\x((?:[0-9a-f]{2})+)"  # what is bytes in its table
    return re.sub(in_digits, lambda found: bytes.fromhex(found[1].decode()), written)


def raise_to_today(path):
    from django.core.management import call_command

    call_command("migrate", *FIRST_RELEASE, verbosity=0)
    with gzip.open(path) as file:
        held = json.load(file)
    load(held)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    found = {"rows": counts(held), "pages": answers(), "changed": list(changed_secrets(held))}
    print(json.dumps({**found, "clear": secrets_in_clear(held)}))


if __name__ == "__main__":
    django.setup()
    {"dump": dump, "raise": raise_to_today}[sys.argv[1]](sys.argv[2])
