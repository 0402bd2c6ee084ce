import json
import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.importing import units
from cases.management.command import HouseCommand
from cases.nation import accounts, build, size


class Command(HouseCommand):
    """Fills an empty PostgreSQL database with a synthetic nation to measure with; the same rows for the same seed.

    `--people` from 600 on, `--activities` is what is aimed at, `--today` (YYYY-MM-DD) the day that counts as today.
    Loads the official units where none stand. Refuses a database that holds anybody, SQLite (rows go in by COPY) and,
    because the password of the accounts is public, a server without DEMO=true. `--json` writes what was made.
    """

    help = "Fill an empty PostgreSQL database with invented people and ten years of work, to measure with."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, required=True)
        parser.add_argument("--activities", type=int, required=True)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--today", type=date.fromisoformat, help="the day that counts as today, YYYY-MM-DD")
        parser.add_argument("--json", type=Path, help="a file for what was made")

    def handle(self, *, people, activities, seed, today, verbosity, **options):
        self.refuse(people, activities)
        self.begun, self.verbosity = time.monotonic(), verbosity
        wanted = size.NationSize(people, activities, seed, today or timezone.localdate())
        self.say("units")
        units.load(units.official(), by=None)
        made = build.build_nation(wanted, self.say)
        seconds = round(time.monotonic() - self.begun)
        if options["json"]:
            options["json"].write_text(tell(wanted, made, seconds), encoding="utf-8")
        told = {"people": people, "activities": made, "seconds": seconds, "password": accounts.PASSWORD}
        self.stdout.write(
            _(
                "The nation stands: %(people)d people, %(activities)d activities, made in %(seconds)d seconds. "
                "The password of every account is %(password)s."
            )
            % told
        )

    def refuse(self, people, activities):
        if connection.vendor != "postgresql":
            raise CommandError(_("The nation is made on PostgreSQL only: set DATABASE_URL."))
        if not settings.DEMO:
            raise CommandError(_("The password of the nation's accounts is public: set DEMO=true."))
        if people < size.FEWEST:
            raise CommandError(
                _("--people %(people)d: at least %(fewest)d.") % {"people": people, "fewest": size.FEWEST}
            )
        if activities < people:
            raise CommandError(_("--activities %(count)d: at least as many as people.") % {"count": activities})
        if not build.is_empty():
            raise CommandError(_("There is somebody in this database: a nation is made in an empty one only."))

    def say(self, step):
        if self.verbosity:
            self.stderr.write(f"{time.monotonic() - self.begun:7.1f} s  {step}")


def tell(wanted, made, seconds):
    """What was made, for a file."""
    facts = {"people": wanted.people, "activities": made, "seed": wanted.seed, "today": f"{wanted.today}"}
    return json.dumps({**facts, "seconds": seconds}, indent=2)
