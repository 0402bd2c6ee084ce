import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.management.bench import load, machine, process, table, targets
from cases.management.bench.measure import Meter
from cases.management.bench.round import Round, summary
from cases.management.bench.targets import PageGroup
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Measures the pages through the whole stack, as accounts found in the data, beside what they are held against.

    `--pages officer,search` are groups of pages (all unless given), `--runs` so many times each. Times are milliseconds
    of the clock; with `--processor` those of the processor, Python and database together. `--json FILE` keeps what was
    measured, `--compare FILE` tells how much longer each page took than in that run. Whatever a page writes is taken
    back. `--load` lets 50 officers log at once against a server of its own; that writes and stays, and needs DEMO=true
    (plain http). No exit status tells whether targets are met.
    """

    help = "Measure the pages: time, queries, bytes, beside an empty page, lean SQL and Django's admin."

    def add_arguments(self, parser):
        parser.add_argument("--json", type=Path, help="a file for what was measured")
        parser.add_argument("--compare", type=Path, help="what --json kept of another run, a tenth for example")
        parser.add_argument("--pages", default="", help=f"of {', '.join(PageGroup)}, with commas between")
        parser.add_argument("--runs", type=int, default=20)
        parser.add_argument("--processor", action="store_true", help="judge by processor time: on a busy machine")
        parser.add_argument("--load", action="store_true", help="only let many officers log at once; this writes")
        parser.add_argument("--officers", type=int, default=50, help="how many for --load")
        parser.add_argument("--seconds", type=int, default=60, help="how long for --load")

    def handle(self, *, compare, pages, runs, processor, officers, seconds, **options):
        if runs < 1:
            raise CommandError(_("--runs %(runs)d: at least once.") % {"runs": runs})
        self.stdout.write(", ".join(f"{name} {value}" for name, value in machine.tell().items()))
        if options["load"]:
            self.run_load(officers, seconds)
        else:
            meter = Meter(runs, by_processor=processor)
            self.measure(meter, groups_of(pages), options["json"], read(compare))

    def measure(self, meter, groups, kept, other):
        round_ = Round(timezone.localdate(), meter, groups)
        if not round_.accounts:
            raise CommandError(_("Nobody is posted in this database: make a nation first (make_nation)."))
        self.stdout.write(", ".join(f"{name} {account.held}" for name, account in round_.accounts.items()))
        self.stdout.write(table.heading())
        measured = []
        for one in round_.measure():
            self.stdout.write(table.line(one, round_.floor))
            measured.append(one)
            if kept:  # page by page: a run that is stopped is not lost
                found = summary(round_, measured, machine.tell())
                kept.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
        self.tell_end(measured, round_.floor)
        if other:
            self.stdout.write("\n" + "\n".join(table.growth_lines(measured, other)))

    def tell_end(self, measured, floor):
        met = sum(table.verdict(one, floor) == table.met_words() for one in measured)
        told = {
            "met": met,
            "all": len(measured),
            "resident": round(process.memory("VmRSS") or 0),
            "most": targets.MOST_RESIDENT,
        }
        self.stdout.write(
            _("%(met)d of %(all)d pages met. The process holds %(resident)d MB, %(most)d are aimed at.") % told
        )

    def run_load(self, officers, seconds):
        if not settings.DEMO:
            raise CommandError(_("--load speaks plain http and writes: set DEMO=true."))
        result = load.run_load(timezone.localdate(), officers, seconds)
        is_met = result.rate >= targets.LOAD_RATE and result.p95 < targets.LOAD_MS
        is_whole = not result.errors and result.stored == result.sent
        self.stdout.write(
            _(
                "%(rate)d entries a second, p50 %(p50)s ms, p95 %(p95)s ms, %(errors)d errors; of %(sent)d recorded "
                "%(stored)d stand, each once: %(verdict)s"
            )
            % {
                **vars(result),
                "rate": result.rate,
                "verdict": table.met_words() if is_met and is_whole else _("not met"),
            }
        )


def groups_of(pages):
    """The groups asked for; none for all."""
    try:
        return {PageGroup(name.strip()) for name in pages.split(",") if name.strip()}
    except ValueError as error:
        told = {"error": error, "known": ", ".join(PageGroup)}
        raise CommandError(_("--pages: %(error)s. There are: %(known)s") % told) from error


def read(path):
    try:
        return path and json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"--compare {path}: {error}") from error
