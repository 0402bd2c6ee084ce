"""The columns of each list as data: a title, what it holds, how a row answers. Only what the page of the list shows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import PaperworkRequest, User
from cases.reports import accounts as roster
from cases.reports import audit_words
from cases.reports.xlsx import Column, Kind

EVENTS_AT_ONCE = 2000
STATUS_WORDS = {
    "managed": gettext_lazy("Managed"),
    "not_presented": gettext_lazy("Not presented"),
    "closed": gettext_lazy("Closed file"),
    "waiting": gettext_lazy("Not home yet"),
}


class Columns:
    """What a workbook shows of each row, from left to right."""

    def __init__(self, *columns: tuple[Column, Callable]):
        self.titles = [column for column, _value in columns]
        self.values = [value for _column, value in columns]

    def of(self, rows: Iterable) -> Iterator[list]:
        for row in rows:
            yield [_plain(value(row)) for value in self.values]


def _plain(value):
    return str(value) if value is not None and not isinstance(value, int | float | date) else value


def _text(title, value, width=18):
    return Column(title, Kind.TEXT, width), value


def _number(title, value):
    return Column(title, Kind.NUMBER, 12), value


def _day(title, value):
    return Column(title, Kind.DAY, 13), value


def _person(of: Callable) -> list:
    """Whoever the row is about, told apart as on the pages."""
    return [
        _text(_("Full name"), lambda row: of(row).full_name, 26),
        _text(_("Birth year"), lambda row: of(row).birth_year, 9),
        _text(_("Hamlet"), lambda row: of(row).hamlet, 20),
        _text(_("Commune"), lambda row: of(row).unit.name, 20),
    ]


def people() -> Columns:
    return Columns(
        _text(_("File number"), lambda row: row[0].file_number),
        *_person(lambda row: row[0]),
        _text(_("Status"), lambda row: STATUS_WORDS[row[1].status]),
        _day(_("Last contact"), lambda row: row[0].last_contact_on),
        _number(_("Days not met"), lambda row: row[1].silent_days),
        _text(_("Officer in charge"), lambda row: row[0].lead_name or "", 22),
        _text(_("Phone"), lambda row: row[0].phone, 14),
    )


def meetings(on: date) -> Columns:
    def state(row):
        if row.attendance_taken_at:
            return _("Held")
        return _("Attendance missing") if row.on < on else _("Coming up")

    return Columns(
        _day(_("Day"), lambda row: row.on),
        _text(_("Topic"), lambda row: row.topic, 36),
        _text(_("Place"), lambda row: row.place, 26),
        _text(_("Commune"), lambda row: row.unit.name, 20),
        _text(_("State"), state),
        _number(_("Invited"), lambda row: row.invited_count),
        _number(_("Came"), lambda row: row.present_count if row.attendance_taken_at else None),
    )


def paperwork(on: date) -> Columns:
    def waiting(row: PaperworkRequest):
        return (on - row.last_step_on).days if row.next_step else None

    return Columns(
        *_person(lambda row: row.returnee),
        _text(_("Paper"), lambda row: row.get_kind_display()),
        _text(_("Office it lies at"), lambda row: row.office, 24),
        _text(_("State"), lambda row: row.state_name),
        _day(_("Since"), lambda row: row.last_step_on),
        _number(_("Days at this step"), waiting),
        _text(_("Reason for refusal"), lambda row: row.refusal_reason, 26),
    )


def employers() -> Columns:
    return Columns(
        _text(_("Employer"), lambda row: row.name, 30),
        _text(_("Trade"), lambda row: row.trade, 22),
        _text(_("Address"), lambda row: row.address, 30),
        _text(_("Commune"), lambda row: row.unit.name, 20),
        _number(_("People referred"), lambda row: row.referred_count),
        _number(_("At work"), lambda row: row.working_count),
    )


def due_records() -> Columns:
    def way(row):
        return _("Application to the court") if row.answer["route"] == "court" else _("By itself, with evidence")

    return Columns(
        *_person(lambda row: row.returnee), _day(_("From"), lambda row: row.due_on), _text(_("Way"), way, 26)
    )


def evidence() -> Columns:
    return Columns(
        *_person(lambda row: row.returnee),
        _text(_("Evidence"), lambda row: row.get_evidence_display(), 28),
        _day(_("Day"), lambda row: row.evidence_on),
        _text(_("Entered by"), lambda row: row.created_by.full_name, 24),
    )


def borrowers() -> Columns:
    return Columns(
        *_person(lambda row: row),
        _text(_("Identity number"), lambda row: row.identity_number or "", 16),
        _text(_("Residence"), lambda row: row.address or row.hamlet, 30),
        _text(_("Certificate number"), lambda row: row.certificate_number),
        _day(_("Completed on"), lambda row: row.completed_on),
    )


def silent(names: dict[int, str]) -> Columns:
    return Columns(
        _text(_("Full name"), lambda row: row.name, 26),
        _text(_("Birth year"), lambda row: row.birth_year, 9),
        _text(_("Hamlet"), lambda row: row.hamlet, 20),
        _text(_("Commune"), lambda row: names.get(row.unit_id, ""), 20),
        _number(_("Days not met"), lambda row: row.days),
        _text(_("Note"), lambda row: _("Never met") if row.never_met else ""),
        _text(_("Something overdue"), lambda row: _("Overdue") if row.is_overdue else ""),
    )


def behind() -> Columns:
    def name(row):
        if row["person"]:
            return row["person"].full_name
        if row["meeting"]:
            return row["meeting"].topic
        return _("A sealed file") if row["sealed"] else _("A file now held elsewhere")

    return Columns(
        _text(_("Full name or meeting"), name, 30),
        _text(_("Birth year"), lambda row: row["person"].birth_year if row["person"] else "", 9),
        _text(_("Hamlet"), lambda row: row["person"].hamlet if row["person"] else "", 20),
        _text(_("Unit"), lambda row: row["unit"], 20),
        _text(_("Other unit"), lambda row: row["other"], 20),
        _day(_("Day"), lambda row: row["line"].day),
        _text(_("Kind"), lambda row: row["kind"], 24),
        (Column(_("Amount (đồng)"), Kind.NUMBER, 16), lambda row: row["line"].amount),
    )


def accounts() -> Columns:
    return Columns(
        _text(_("User name"), lambda row: row.user.username),
        _text(_("Full name"), lambda row: row.user.full_name, 26),
        _text(_("Rank or position"), lambda row: row.user.rank, 22),
        _text(_("Role"), lambda row: row.posting.get_role_display() if row.posting else "", 20),
        _text(_("Unit"), lambda row: row.posting.unit if row.posting else "", 22),
        _text(_("Organisation"), lambda row: (row.posting and row.posting.organisation) or "", 22),
        _text(_("State"), lambda row: row.state.word),
    )


def rostered(users: Iterable[User], on: date) -> Iterator[roster.Account]:
    """Accounts with postings and state, in two queries."""
    yield from roster.roster(users, on)


def log() -> Columns:
    return Columns(
        (Column(_("Time"), Kind.MOMENT, 17), lambda row: row.event.at),
        _text(_("Who"), lambda row: row.event.actor, 24),
        _text(_("Address"), lambda row: row.event.address or "", 16),
        _text(_("What"), lambda row: row.words, 40),
        _text(_("About"), lambda row: row.event.label, 34),
        _text(_("Reason"), lambda row: row.event.reason, 34),
    )


def in_words(events) -> Iterator[audit_words.Line]:
    """Events in words, some thousands at a time: the log is long."""
    rows = events.iterator(chunk_size=EVENTS_AT_ONCE)
    while some := list(islice(rows, EVENTS_AT_ONCE)):
        yield from audit_words.lines(some)


def units() -> Columns:
    return Columns(
        _text(_("Official code"), lambda row: row.code, 13),
        _text(_("Unit"), lambda row: row.name, 28),
        _text(_("Kind"), lambda row: row.get_kind_display(), 16),
        _text(_("Belongs to"), lambda row: row.parent.name if row.parent else "", 26),
        _day(_("In force from"), lambda row: row.valid_from),
        _day(_("In force to"), lambda row: row.valid_to),
    )
