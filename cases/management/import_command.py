"""What the commands that load a workbook share."""

import json
import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.importing import register, run, workbook
from cases.importing.log import ERROR, WARNING, BadFileError, ImportMessage
from cases.importing.rows import EARLIER, LETTERS, NAMES, QUESTIONS, SWAP, TIME
from cases.importing.source import UnmappedError
from cases.importing.synonyms import targets
from cases.management.command import HouseCommand
from cases.models import ImportRun, User

PROPOSED = "proposed"


class ImportCommand(HouseCommand):
    """Check a workbook of `kind`, and with --commit load it: all of it, or with --good-rows what is good.

    What is said is Vietnamese. Exit status 0 where there is no error, 1 where there is one. With --good-rows the rows
    left behind are written beside the file as NAME-loi.xlsx.
    """

    kind = ImportRun.Kind.REGISTER
    OPTIONS = {EARLIER: "--likely", TIME: "--times", SWAP: "--swap", LETTERS: "--letters", NAMES: "--names"}

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.xlsx", type=Path)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="whose units, and who answers for it")
        parser.add_argument("--commit", action="store_true", help="load it; without this it is only checked")
        parser.add_argument("--good-rows", action="store_true", help="load the good rows where others have errors")
        parser.add_argument(
            "--likely",
            dest=EARLIER,
            choices=QUESTIONS[EARLIER],
            help="rows likely loaded before: the same row corrected, or another",
        )
        parser.add_argument(
            "--times",
            dest=TIME,
            choices=QUESTIONS[TIME],
            help="days with a time: the day in the cell, or the day meant here",
        )
        parser.add_argument(
            "--swap", choices=QUESTIONS[SWAP], help="day and month that may be swapped: the day in the cell, or swapped"
        )
        parser.add_argument("--letters", choices=QUESTIONS[LETTERS], help="old letters: convert them, or leave them")
        parser.add_argument("--names", choices=QUESTIONS[NAMES], help="names with other words: the name alone, or all")
        parser.add_argument(
            "--columns", choices=[PROPOSED], help="load a sheet that is no template, its columns matched as proposed"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, by, commit, good_rows, json, columns, **options):
        with translation.override("vi"):
            user = _user(by, self.kind)
            answers = {name: options[name] for name in self.OPTIONS if options[name]}
            corrections = {register.EVERY: {register.EVERY: answers}}
            checked, mapping = _check(file, user, self.kind, self.progress, corrections)
            checked.messages += self.open_questions(checked)
            checked.messages += _proposed(mapping, commit and columns != PROPOSED)
            committed = False
            if commit and checked.learned and (good_rows or not checked.faulty):
                if mapping:
                    run.remember(mapping, kind=self.kind, by=user)
                run.load_now(checked, file=file, by=user, on=timezone.localdate(), tell=self.progress)
                committed = True
            if committed and checked.faulty:
                left = file.with_name(f"{file.stem}-loi.xlsx")
                left.write_bytes(workbook.bad_rows(checked))
                self.stderr.write(_("Rows left behind: %(file)s") % {"file": left})
            self.report(checked, committed, as_json=json)
        if checked.faulty:
            sys.exit(1)

    def open_questions(self, checked):
        """How to answer from here what the rows ask."""
        asking = [name for rows in checked.rows.values() for row in rows for name in row.asked or ()]
        for name in self.OPTIONS:
            if count := asking.count(name):
                choices = [f"{self.OPTIONS[name]} {choice}" for choice in QUESTIONS[name]]
                told = {"count": count, "first": choices[0], "second": choices[1]}
                words = _("%(count)d rows wait for a choice: run again with %(first)s or with %(second)s.")
                yield ImportMessage(ERROR, "", 0, "", "", words % told)

    def progress(self, done, of):
        """A line on the terminal that is written over; nothing where the output goes elsewhere."""
        percent = 100 * done // max(of, 1)
        if sys.stderr.isatty() and percent != getattr(self, "told", None):
            self.told = percent
            self.stderr.write(f"\r{percent} %", ending="" if percent < 100 else "\n")

    def report(self, checked, committed, *, as_json):
        if as_json:
            said = [message.as_json() for message in checked.all_messages()]
            answer = {"sheets": checked.counts(), "messages": said, "committed": committed}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        words = _("%(rows)d rows: %(create)d new, %(update)d changed, %(same)d the same, %(errors)d with errors")
        for name, counts in checked.counts().items():
            self.stdout.write(f"{name}: {words % counts}")
        for message in checked.all_messages():
            level = _("Error") if message.level == ERROR else _("Please note")
            where = ", ".join(str(part) for part in (message.sheet, message.row or "", message.column) if part)
            self.stdout.write(f"{level} · {where}: “{message.value}” – {message.text}")
        self.stdout.write(_("Loaded.") if committed else _("Nothing was written."))


def _user(username, kind):
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(_("--by %(name)s: there is no such user.") % {"name": username})
    if kind not in ImportRun.kinds_of(user):
        raise CommandError(_("--by %(name)s: this user may not load this kind of workbook.") % {"name": username})
    return user


def _check(path, user, kind, tell, corrections):
    """What was found, and the mapping that was proposed for a sheet that is no template."""
    asked = {"by": user, "on": timezone.localdate(), "kind": kind, "tell": tell, "corrections": corrections}
    try:
        with path.open("rb") as file:
            try:
                return register.check_register(file, **asked), None
            except UnmappedError as error:
                return register.check_register(file, mapping=error.mapping, **asked), error.mapping
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None
    except BadFileError as error:
        return register.unreadable(error, path.name, kind), None


def _proposed(mapping, refused):
    """How the columns were matched; an error where that is to be agreed to before anything is loaded."""
    if mapping is None:
        return
    known = targets(ImportRun.Kind.REGISTER) | targets(ImportRun.Kind.NOTICES)
    for column in mapping.columns:
        if column.target:
            words = _("Matched to “%(target)s”.") % {"target": known[column.target].words}
            yield ImportMessage(WARNING, mapping.sheet, mapping.head, column.heading, "", words)
    if refused and not mapping.own:
        words = _("The sheet is no template: look at how its columns are matched, then run again with %(option)s.")
        yield ImportMessage(ERROR, mapping.sheet, 0, "", "", words % {"option": f"--columns {PROPOSED}"})
