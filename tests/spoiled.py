"""A database of the first release whose texts are spoiled, brought to the migrations of today in a process of its own.

python -m tests.spoiled FILE    an empty database: migrations of the first release, the file with its texts spoiled,
                                the migrations of today; prints as JSON the cells that are not as they should be
"""

import gzip
import json
import sys
import time
import unicodedata

import django
from django.utils import timezone

from cases.lib.text import clean
from tests import upgrade

KEPT = ("AuditEvent", "Verdict", "ReportVersion", "ArrivalAnswer", "TransferStep")  # only grow
READ_BY_THE_PROGRAM = ("password", "username", "path", "code", "search_text", "sort_key", "key", "duty", "court")
EACH = 3  # spoiled rows of a table: the first ones
NOTHING = "\u200b\x02"  # what is no reason
LIKE_ANOTHER = "police\u200b"


def spoil(text):
    return f" \u200b{unicodedata.normalize('NFD', text)}\x02\u202e\ufffe  \x1b"


def spoil_deep(value):
    if isinstance(value, dict):
        return {key: spoil_deep(each) for key, each in value.items()}
    return spoil(value) if isinstance(value, str) else value


def spoil_rows(model, part):
    """Spoil the first rows in place; returns the cells with what they held, as (id, field): before."""
    texts = {
        field.attname: field
        for field in model._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField", "JSONField")
        and not field.choices
        and field.name not in READ_BY_THE_PROGRAM
    }
    before = {}
    for row in part["rows"][:EACH]:
        for place, name in enumerate(part["columns"]):
            value, longest = row[place], getattr(texts.get(name), "max_length", None)
            changed = spoil_deep(value) if name in texts and value else value
            if changed != value and (longest is None or len(changed) <= longest):
                before[row[0], name], row[place] = value, changed
    return before


def cannot_be_cleaned(models):
    """Two rows whose cleaned text breaks a rule: a reason that is none, and a code that is then another's."""
    snooze = models["Snooze"]._base_manager.first()
    models["Snooze"]._base_manager.filter(pk=snooze.pk).update(reason=NOTHING)
    body = models["Organisation"]._base_manager.create(code=LIKE_ANOTHER, name="Đoàn", short="Đoàn", rank=99)
    return {("Snooze", snooze.pk, "reason"): NOTHING, ("Organisation", body.pk, "code"): LIKE_ANOTHER}


def staged(models):
    """A row of a workbook that waits for its answer: the demo holds none. Its cells are JSON."""
    user, unit = models["User"]._base_manager.first(), models["Unit"]._base_manager.first()
    stamps = {"created_by_id": user.pk, "changed_by_id": user.pk}
    now = timezone.now()
    run = models["ImportRun"](
        file_name=spoil("sổ.xlsx"), file_hash="0" * 64, size=1, content=b"x", unit_id=unit.pk, **stamps
    )
    run.created_at = run.changed_at = now
    run.save()
    cells = {"Họ tên": "Nguyễn Văn Dũng", "Ghi chú": ["Đi làm xa", None, 3]}
    spoiled = {"Họ tên": "Nguyễn\x02 Va\u0306n  Du\u0303ng\u200b", "Ghi chú": ["Đi\u202e làm xa\ufffe", None, 3]}
    row = models["StagedRow"]._base_manager.create(run_id=run.pk, sheet="people", number=2, cells=spoiled)
    return {("ImportRun", run.pk, "file_name"): "sổ.xlsx", ("StagedRow", row.pk, "cells"): cells}


def expected_of(held, models):
    """What each spoiled cell should hold in the end: what only grows its own bytes, everything else what it was."""
    expected = {}
    for name, part in held.items():
        for (pk, field), before in spoil_rows(models[name], part).items():
            expected[name, pk, field] = stored(part, pk, field) if name in KEPT else before
        if "search_text" in part["columns"]:  # its outer spaces are ends of words
            pks = [row[0] for row in part["rows"]]
            expected |= {(name, pk, "search_text"): clean(stored(part, pk, "search_text")) for pk in pks}
    return expected


def stored(part, pk, field):
    return next(row for row in part["rows"] if row[0] == pk)[part["columns"].index(field)]


def wrong_cells(expected):
    from django.apps import apps

    for (name, pk, field), value in expected.items():
        model = apps.get_model("cases", name)
        found = model._base_manager.values_list(field, flat=True).get(pk=pk)
        if (name, field) == ("Returnee", "search_text"):  # made anew since, without the numbers
            value = model._base_manager.get(pk=pk).text_to_search()[:400]
        if found != value:
            yield [name, pk, field, repr(found), repr(value)]


def main(path):
    from django.core.management import call_command

    call_command("migrate", *upgrade.FIRST_RELEASE, verbosity=0)
    with gzip.open(path) as file:
        held = json.load(file)
    models = {model.__name__: model for model in upgrade.first_release().get_models(include_auto_created=True)}
    expected = expected_of(held, models)
    upgrade.load(held)
    expected |= cannot_be_cleaned(models) | staged(models)
    call_command("migrate", "cases", "0007", verbosity=0)
    begun = time.monotonic()
    call_command("migrate", "cases", "0008", verbosity=0)
    print(f"cleaned in {time.monotonic() - begun:.1f} s", file=sys.stderr)
    call_command("migrate", verbosity=0)
    tables = sorted({name for name, _pk, _field in expected})
    print(json.dumps({"cells": len(expected), "tables": tables, "wrong": list(wrong_cells(expected))}))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
