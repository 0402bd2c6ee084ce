"""The columns of each list as data: a title, what it holds, how a row answers. Only what the page of the list shows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import PaperworkRequest, User
from cases.reports.administration import accounts as roster
from cases.reports.administration import audit_words
from cases.reports.writers.xlsx import Column, Kind

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


def text_column(title, value, width=18):
    return Column(title, Kind.TEXT, width), value


def number_column(title, value):
    return Column(title, Kind.NUMBER, 12), value


def day_column(title, value):
    return Column(title, Kind.DAY, 13), value


def who(of: Callable) -> list:
    """Whoever the row is about, told apart as on the pages."""
    return [
        text_column(_("Full name"), lambda row: of(row).full_name, 26),
        text_column(_("Birth year"), lambda row: of(row).birth_year, 9),
        text_column(_("Hamlet"), lambda row: of(row).hamlet, 20),
        text_column(_("Commune"), lambda row: of(row).unit.name, 20),
    ]


def people() -> Columns:
    return Columns(
        text_column(_("File number"), lambda row: row[0].file_number),
        *who(lambda row: row[0]),
        text_column(_("Status"), lambda row: STATUS_WORDS[row[1].status]),
        day_column(_("Last individual contact"), lambda row: row[0].last_contact_on),
        number_column(_("Days not met individually"), lambda row: row[1].silent_days),
        text_column(_("Officer in charge"), lambda row: row[0].lead_name or "", 22),
        text_column(_("Phone"), lambda row: row[0].phone, 14),
    )


def meetings(on: date) -> Columns:
    def state(row):
        if row.attendance_taken_at:
            return _("Held")
        return _("Attendance missing") if row.on < on else _("Coming up")

    return Columns(
        day_column(_("Day"), lambda row: row.on),
        text_column(_("Topic"), lambda row: row.topic, 36),
        text_column(_("Place"), lambda row: row.place, 26),
        text_column(_("Commune"), lambda row: row.unit.name, 20),
        text_column(_("State"), state),
        number_column(_("Invited"), lambda row: row.invited_count),
        number_column(_("Came"), lambda row: row.present_count if row.attendance_taken_at else None),
    )


def paperwork(on: date) -> Columns:
    def waiting(row: PaperworkRequest):
        return (on - row.last_step_on).days if row.next_step else None

    return Columns(
        *who(lambda row: row.returnee),
        text_column(_("Paper"), lambda row: row.get_kind_display()),
        text_column(_("Office it lies at"), lambda row: row.office, 24),
        text_column(_("State"), lambda row: row.state_name),
        day_column(_("Since"), lambda row: row.last_step_on),
        number_column(_("Days at this step"), waiting),
        text_column(_("Reason for refusal"), lambda row: row.refusal_reason, 26),
    )


def employers() -> Columns:
    return Columns(
        text_column(_("Employer"), lambda row: row.name, 30),
        text_column(_("Trade"), lambda row: row.trade, 22),
        text_column(_("Address"), lambda row: row.address, 30),
        text_column(_("Commune"), lambda row: row.unit.name, 20),
        number_column(_("People referred"), lambda row: row.referred_count),
        number_column(_("At work"), lambda row: row.working_count),
    )


def due_records() -> Columns:
    def way(row):
        return _("Application to the court") if row.answer["route"] == "court" else _("By itself, with evidence")

    return Columns(
        *who(lambda row: row.returnee), day_column(_("From"), lambda row: row.due_on), text_column(_("Way"), way, 26)
    )


def evidence() -> Columns:
    return Columns(
        *who(lambda row: row.returnee),
        text_column(_("Evidence"), lambda row: row.get_evidence_display(), 28),
        day_column(_("Day"), lambda row: row.evidence_on),
        text_column(_("Entered by"), lambda row: row.created_by.full_name, 24),
    )


def applications() -> Columns:
    return Columns(
        *who(lambda row: row.returnee),
        day_column(_("Application sent on"), lambda row: row.filed_on),
        text_column(_("Court"), lambda row: row.court, 34),
    )


def borrowers() -> Columns:
    return Columns(
        *who(lambda row: row),
        text_column(_("Identity number"), lambda row: row.identity_number or "", 16),
        text_column(_("Residence"), lambda row: row.address or row.hamlet, 30),
        text_column(_("Certificate number"), lambda row: row.certificate_number),
        day_column(_("Completed on"), lambda row: row.completed_on),
    )


def silent(names: dict[int, str]) -> Columns:
    return Columns(
        text_column(_("Full name"), lambda row: row.name, 26),
        text_column(_("Birth year"), lambda row: row.birth_year, 9),
        text_column(_("Hamlet"), lambda row: row.hamlet, 20),
        text_column(_("Commune"), lambda row: names.get(row.unit_id, ""), 20),
        number_column(_("Days not met individually"), lambda row: row.days),
        text_column(_("Note"), lambda row: _("Never met individually") if row.never_met else ""),
        text_column(_("Something overdue"), lambda row: _("Overdue") if row.is_overdue else ""),
    )


def accounts() -> Columns:
    return Columns(
        text_column(_("User name"), lambda row: row.user.username),
        text_column(_("Full name"), lambda row: row.user.full_name, 26),
        text_column(_("Rank or position"), lambda row: row.user.rank, 22),
        text_column(_("Role"), lambda row: row.posting.get_role_display() if row.posting else "", 20),
        text_column(_("Unit"), lambda row: row.posting.unit if row.posting else "", 22),
        text_column(_("Organisation"), lambda row: (row.posting and row.posting.organisation) or "", 22),
        text_column(_("State"), lambda row: row.state.word),
    )


def rostered(users: Iterable[User], on: date) -> Iterator[roster.Account]:
    """Accounts with postings and state, in two queries."""
    yield from roster.roster(users, on)


def log() -> Columns:
    return Columns(
        (Column(_("Time"), Kind.MOMENT, 17), lambda row: row.event.at),
        text_column(_("Who"), lambda row: row.event.actor, 24),
        text_column(_("Address"), lambda row: row.event.address or "", 16),
        text_column(_("What"), lambda row: row.words, 40),
        text_column(_("About"), lambda row: row.about, 34),
        text_column(_("Reason"), lambda row: row.reason, 34),
    )


def in_words(events, user: User) -> Iterator[audit_words.Line]:
    """Events in words, some thousands at a time: the log is long."""
    rows = events.iterator(chunk_size=EVENTS_AT_ONCE)
    while some := list(islice(rows, EVENTS_AT_ONCE)):
        yield from audit_words.lines(some, user)


def units() -> Columns:
    return Columns(
        text_column(_("Official code"), lambda row: row.code, 13),
        text_column(_("Unit"), lambda row: row.name, 28),
        text_column(_("Kind"), lambda row: row.get_kind_display(), 16),
        text_column(_("Belongs to"), lambda row: row.parent.name if row.parent else "", 26),
        day_column(_("In force from"), lambda row: row.valid_from),
        day_column(_("In force to"), lambda row: row.valid_to),
    )
