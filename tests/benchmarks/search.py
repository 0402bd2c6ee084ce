"""How many of 400 people asked for with a slip are among the first five of 5,000, and how long an answer takes.

    DATABASE_URL=… .venv/bin/python -m tests.benchmarks.search

The database is left as it was.
"""

import os
import sys
import time
from collections import Counter
from statistics import median, quantiles

import django

PEOPLE = 5_000


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings_test")
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from cases.models import Returnee
    from cases.reports.people import search
    from tests.cast import make_member, make_units
    from tests.lib import slips
    from tests.reports.people.test_recall import missed, store

    if connection.settings_dict["NAME"] in (":memory:", "file:memorydb_default?mode=memory&cache=shared"):
        call_command("migrate", verbosity=0)
    with transaction.atomic():
        units = make_units()
        known = slips.register(PEOPLE)
        made = store(known, make_member("an", units))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        asked = slips.queries(known)
        taken = []

        def find(words):
            begun = time.perf_counter()
            found = search.best_matches(words, Returnee.objects.filter(unit=units.nam_da), limit=5)
            taken.append(time.perf_counter() - begun)
            return found

        lost = missed(asked, made, find)
        transaction.set_rollback(True)
    for query in lost:
        print(f"{query.slip:28}{query.detail:16}{query.words}  <- {known[query.person]}")
    print(Counter(query.slip for query in lost))
    print(Counter(query.detail for query in lost))
    print(f"recall at 5: {1 - len(lost) / len(asked):.3f} of {len(asked)}")
    print(f"median {median(taken) * 1000:.0f} ms, 95 of 100 within {quantiles(taken, n=20)[-1] * 1000:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
