import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.management.bench import closing, load, machine, process, table, trials
from cases.management.bench.accounts import find_accounts
from cases.management.bench.closing import BenchResult
from cases.management.bench.measure import PATIENCE, Meter
from cases.management.bench.round import Round, summary
from cases.management.bench.targets import PageGroup
from cases.management.command import HouseCommand
from cases.reports.administration.schema import pending_migrations
from reintegration import first_load


class Command(HouseCommand):
    """Measures the pages through the whole stack, as accounts found in the data, beside what they are held against, and
    closes with one line for each target: what was measured, met or not met, where the time goes.

    `--pages officer,search` are groups of pages (all unless given), `--runs` so many times each, no longer than
    `--patience` seconds. Times are milliseconds of the clock; with `--processor` those of the processor, Python and
    database together. `--json FILE` keeps what was measured, `--compare FILE` tells how much longer each page took than
    in that run. `--trials` loads a large register too, tells ten thousand cases and weighs the first visit. Whatever a
    page or a trial writes is taken back. `--load` lets 50 officers log at once against a server of its own, alone or
    after the trials; that writes and stays, and needs DEMO=true (plain http). No exit status tells whether targets are
    met.
    """

    help = "Measure the pages: time, queries, bytes, beside an empty page, lean SQL and Django's admin."

    def add_arguments(self, parser):
        parser.add_argument("--json", type=Path, help="a file for what was measured")
        parser.add_argument("--compare", type=Path, help="what --json kept of another run, a tenth for example")
        parser.add_argument("--pages", default="", help=f"of {', '.join(PageGroup)}, with commas between")
        parser.add_argument("--runs", type=int, default=20)
        parser.add_argument("--patience", type=int, default=PATIENCE, help="seconds; then a page is not run again")
        parser.add_argument("--processor", action="store_true", help="judge by processor time: on a busy machine")
        parser.add_argument("--trials", action="store_true", help="a register, ten thousand cases, a slow line as well")
        parser.add_argument("--load", action="store_true", help="let many officers log at once; this writes")
        parser.add_argument("--officers", type=int, default=50, help="how many for --load")
        parser.add_argument("--seconds", type=int, default=60, help="how long for --load")

    def handle(self, *, compare, pages, runs, patience, processor, **options):
        if runs < 1:
            raise CommandError(_("--runs %(runs)d: at least once.") % {"runs": runs})
        if options["load"] and not settings.DEMO:
            raise CommandError(_("--load speaks plain http and writes: set DEMO=true."))
        if pending_migrations():
            raise CommandError(_("This database is behind the code: migrate it first."))
        self.stdout.write(", ".join(f"{name} {value}" for name, value in machine.tell().items()))
        if options["load"] and not options["trials"]:
            self.stdout.write(str(closing.of_load(self.let_log(options))))
            return
        found = BenchResult(other=read(compare))
        meter = Meter(runs, by_processor=processor, patience=patience)
        self.measure(meter, groups_of(pages), options["json"], found)
        if options["trials"]:
            self.run_trials(meter, found)
        if options["load"]:
            found.load = self.let_log(options)
        self.stdout.write("\n" + "\n".join(map(str, closing.lines(found))))

    def measure(self, meter, groups, kept, found):
        round_ = Round(timezone.localdate(), meter, groups)
        if not round_.accounts:
            raise CommandError(_("Nobody is posted in this database: make a nation first (make_nation)."))
        self.stdout.write(", ".join(f"{name} {account.held}" for name, account in round_.accounts.items()))
        self.stdout.write(table.heading())
        first_load.load()  # as the server does before its first page
        for one in round_.measure():
            found.floor = round_.floor
            if counted := round_.counted.get(one.name):
                self.stdout.write(str(counted))
            self.stdout.write(table.line(one, found.floor))
            found.measured.append(one)
            if kept:  # page by page: a run that is stopped is not lost
                told = summary(round_, found.measured, machine.tell())
                kept.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
        found.resident = process.memory("VmRSS") or 0
        if found.other:
            self.stdout.write("\n" + "\n".join(table.growth_lines(found.measured, found.other)))

    def run_trials(self, meter, found):
        on = timezone.localdate()
        if officer := find_accounts(on).get("officer"):
            found.visit = trials.visit_home(meter, officer)
            meter.sign_out()
        found.register = trials.load_register(on, meter)
        found.cases = trials.tell_cases(by_processor=meter.by_processor)

    def let_log(self, options):
        return load.run_load(timezone.localdate(), options["officers"], options["seconds"])


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
