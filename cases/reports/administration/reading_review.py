"""What was read unusually at one unit in one month: counted from the log, by whom and when; it accuses nobody.

Each rule is said on the page with its numbers. The log is asked for the readers of the unit by the index of who acted,
so that a month costs the same however long the log is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet
from django.db.models.functions import TruncHour
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access import row_scope
from cases.lib import text
from cases.lib.dates import add_months
from cases.models import AuditEvent, OutsideReading, Posting, ReadingReview, Returnee, Unit, User
from cases.models.moment import moment_on
from cases.reports.casefile.history import OPENED
from cases.reports.words import Words

FILES_AN_HOUR, PAGES_AN_HOUR, EXPORTS_AN_HOUR = 40, 60, 5
WITHIN = timedelta(hours=1)  # after a look-up something is opened or written, or it stands here
LISTED, LOOKED_UP, EXPORTED = ("page.read", "page.searched"), "page.looked_up", "list.exported"
READINGS = (OPENED, *LISTED, LOOKED_UP, EXPORTED)
UNITS_NAMED = 3


class ReadingKind(StrEnum):
    NIGHT = "night"
    FILES = "files"
    PAGES = "pages"
    EXPORTS = "exports"
    ELSEWHERE = "elsewhere"
    RELATIVES = "relatives"
    LOOK_UPS = "look_ups"
    OUTSIDE = "outside"


WORDS: dict[ReadingKind, Words] = {
    ReadingKind.NIGHT: gettext_lazy("Read at night"),
    ReadingKind.FILES: gettext_lazy("Many files within an hour"),
    ReadingKind.PAGES: gettext_lazy("Many lists and searches within an hour"),
    ReadingKind.EXPORTS: gettext_lazy("Many workbooks within an hour"),
    ReadingKind.ELSEWHERE: gettext_lazy("Files of other units"),
    ReadingKind.RELATIVES: gettext_lazy("Files of people who may be close to the reader"),
    ReadingKind.LOOK_UPS: gettext_lazy("Looked up by number, nothing opened or written within an hour"),
    ReadingKind.OUTSIDE: gettext_lazy("Looks beyond the scope"),
}
GROUPS = {ReadingKind.EXPORTS: "", ReadingKind.PAGES: "reading", ReadingKind.LOOK_UPS: "reading", ReadingKind.NIGHT: ""}


def rules() -> list[tuple[Words, str]]:
    """Each kind with how it is told, in words."""
    night = {"since": settings.NIGHT_FROM, "until": settings.NIGHT_UNTIL}
    told = {
        ReadingKind.NIGHT: _("from %(since)d:00 to %(until)d:00 of the next day") % night,
        ReadingKind.FILES: _("%(count)d different files or more in one hour of the clock") % {"count": FILES_AN_HOUR},
        ReadingKind.PAGES: _("%(count)d lists and searches or more in one hour of the clock")
        % {"count": PAGES_AN_HOUR},
        ReadingKind.EXPORTS: _("%(count)d lists or more taken away in one hour of the clock")
        % {"count": EXPORTS_AN_HOUR},
        ReadingKind.ELSEWHERE: _("the file was held by a unit outside the reader's own when it was opened"),
        ReadingKind.RELATIVES: _(
            "guessed: the contact in the household bears the reader's full name, or a telephone of the file is the "
            "reader's. Where readers live is not kept, so hamlets are not compared; a chance of names is possible"
        ),
        ReadingKind.LOOK_UPS: _("no file opened and nothing written by the reader within one hour after it"),
        ReadingKind.OUTSIDE: _(
            "opened with a reason, for an hour; each is signed apart by the unit that holds the file"
        ),
    }
    return [(WORDS[kind], told[kind]) for kind in ReadingKind]


@dataclass(frozen=True)
class ReadingLine:
    """What one reader did of one kind: how often, from when to when, where else; `url` its lines in the log."""

    kind: ReadingKind
    reader: int
    actor: str
    count: int
    first: datetime
    last: datetime
    about: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}_{self.reader}"

    @property
    def words(self) -> str:
        return str(WORDS[self.kind])

    @property
    def url(self) -> str:
        days = {"since": timezone.localtime(self.first), "until": timezone.localtime(self.last)}
        query = {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
        group = GROUPS.get(self.kind, "opening")
        return reverse("audit-list", query={"actor": self.actor, **query, **({"group": group} if group else {})})

    def kept(self) -> dict[str, Any]:
        """As it is signed."""
        first, last = (timezone.localtime(each).isoformat(timespec="minutes") for each in (self.first, self.last))
        return {"kind": self.kind.value, "reader": self.reader, "count": self.count, "first": first, "last": last}


def first_of(on: date) -> date:
    """The first day of the month of `on`."""
    return on.replace(day=1)


def last_month(on: date) -> date:
    """The first day of the last month that is over."""
    return add_months(first_of(on), -1)


def months(on: date, count: int = 12) -> list[date]:
    """The months one can ask for, the one under way first."""
    return [add_months(first_of(on), -back) for back in range(count)]


def signed_last_month(user: User, on: date) -> QuerySet[ReadingReview]:
    """What a chief has signed of last month: none, and it is still to be done; of nobody else anything."""
    if not user.is_chief:
        return ReadingReview.objects.none()
    return ReadingReview.objects.visible_to(user).filter(unit=user.unit, month=last_month(on), is_above=False)


def count_of(user: User, verbs: Iterable[str], since: datetime) -> int:
    """How often the user did one of these since then, as the log tells."""
    return AuditEvent.objects.filter(actor_id=user.pk, verb__in=verbs, at__gt=since).count()


def readers_of(unit: Unit, month: date, besides: User | None) -> dict[int, User]:
    """Who was posted at the unit within the month, by id; without the one who looks through it."""
    end = add_months(month, 1) - timedelta(days=1)
    postings = Posting.objects.filter(unit__standing=unit, since__lte=end).exclude(until__lt=month)
    found = postings.order_by("user__sort_key", "user_id").select_related("user")
    return {each.user_id: each.user for each in found if not besides or each.user_id != besides.pk}


def lines(unit: Unit, month: date, besides: User | None = None) -> list[ReadingLine]:
    """The unusual readings of a month at a unit, kind by kind; of `besides` nothing."""
    readers = readers_of(unit, month, besides)
    since, until = moment_on(month), moment_on(add_months(month, 1))
    events = AuditEvent.objects.filter(actor_id__in=list(readers), at__gte=since, at__lt=until)
    with row_scope.beyond("what the people of a unit read is counted wherever the file was; no name of it is told"):
        found = [
            *_by_hour(events, readers),
            *_elsewhere(events, readers, unit),
            *_relatives(events, readers),
            *_look_ups(events, readers),
            *_outside(readers, since, until),
        ]
    order = list(ReadingKind)
    return sorted(found, key=lambda line: (order.index(line.kind), readers[line.reader].sort_key, line.reader))


def _line(
    kind: ReadingKind, reader: User, rows: Iterable[tuple[int, datetime, datetime]], about: str = ""
) -> ReadingLine:
    """One line of counts with their first and last moments; there is one at least."""
    counts, firsts, lasts = zip(*rows, strict=True)
    return ReadingLine(kind, reader.pk, reader.full_name, sum(counts), min(firsts), max(lasts), about)


def _is_night(hour: int) -> bool:
    first, last = settings.NIGHT_FROM, settings.NIGHT_UNTIL
    return first <= hour or hour < last if first > last else first <= hour < last


def _by_hour(events: QuerySet[AuditEvent], readers: dict[int, User]) -> Iterator[ReadingLine]:
    """What is told by the hour of the clock: at night, and many at once; one query."""
    hours = events.filter(verb__in=READINGS).annotate(hour=TruncHour("at")).order_by()
    told: Iterable[Any] = hours.values("actor_id", "hour", "verb").annotate(
        count=Count("pk"), files=Count("returnee_id", distinct=True), first=Min("at"), last=Max("at")
    )
    found: dict[tuple[ReadingKind, int], list] = defaultdict(list)
    pages: dict[tuple[int, datetime], list] = defaultdict(list)
    for row in told:
        moments = (row["first"], row["last"])
        for kind, count in _kinds_of(row):
            found[kind, row["actor_id"]].append((count, *moments))
        if row["verb"] in LISTED:
            pages[row["actor_id"], row["hour"]].append((row["count"], *moments))
    for (reader, _hour), rows in pages.items():
        if sum(count for count, *_moments in rows) >= PAGES_AN_HOUR:
            found[ReadingKind.PAGES, reader] += rows
    for (kind, reader), rows in found.items():
        yield _line(kind, readers[reader], rows)


def _kinds_of(row: dict[str, Any]) -> Iterator[tuple[ReadingKind, int]]:
    """What one reader's readings of one sort within an hour are, each with what is counted."""
    if _is_night(timezone.localtime(row["hour"]).hour):
        yield ReadingKind.NIGHT, row["count"]
    if row["verb"] == OPENED and row["files"] >= FILES_AN_HOUR:
        yield ReadingKind.FILES, row["files"]
    if row["verb"] == EXPORTED and row["count"] >= EXPORTS_AN_HOUR:
        yield ReadingKind.EXPORTS, row["count"]


def _opened(events: QuerySet[AuditEvent], *by: str) -> Iterable[Any]:
    told = events.filter(verb=OPENED, returnee_id__isnull=False).order_by().values("actor_id", *by)
    return told.annotate(count=Count("pk"), first=Min("at"), last=Max("at"))


def _elsewhere(events: QuerySet[AuditEvent], readers: dict[int, User], unit: Unit) -> Iterator[ReadingLine]:
    """Files that a unit outside of the reader's own held; two queries."""
    own = Unit.objects.standing_under(unit).values("pk")
    rows = defaultdict(list)
    for row in _opened(events.filter(unit_id__isnull=False).exclude(unit_id__in=own), "unit_id"):
        rows[row["actor_id"]].append(row)
    names = dict(
        Unit.objects.filter(pk__in={row["unit_id"] for each in rows.values() for row in each}).values_list("pk", "name")
    )
    for reader, each in rows.items():
        most = sorted(each, key=lambda row: -row["count"])
        named = ", ".join(names.get(row["unit_id"], "") for row in most[:UNITS_NAMED])
        told = ((row["count"], row["first"], row["last"]) for row in each)
        yield _line(ReadingKind.ELSEWHERE, readers[reader], told, named)


def _relatives(events: QuerySet[AuditEvent], readers: dict[int, User]) -> Iterator[ReadingLine]:
    """Files whose household knows the reader by name or telephone, as far as they say; two queries."""
    rows = list(_opened(events, "returnee_id"))
    wanted = Returnee.objects.filter(pk__in={row["returnee_id"] for row in rows}).unsealed()
    people = {person.pk: person for person in wanted.only("phone", "household_contact", "household_phone").order_by()}
    found = defaultdict(list)
    for row in rows:
        person = people.get(row["returnee_id"])
        if person and is_close(readers[row["actor_id"]], person):
            found[row["actor_id"]].append((row["count"], row["first"], row["last"]))
    for reader, told in found.items():
        yield _line(ReadingKind.RELATIVES, readers[reader], told)


def is_close(reader: User, person: Returnee) -> bool:
    """Whether the contact in the household bears the reader's full name, or a telephone of the file is the reader's."""
    named = text.match_key(person.household_contact) == text.match_key(reader.full_name)
    return named or bool(reader.phone) and reader.phone in (person.phone, person.household_phone)


def _look_ups(events: QuerySet[AuditEvent], readers: dict[int, User]) -> Iterator[ReadingLine]:
    """Look-ups by number after which the reader opened and wrote nothing about anybody; one query."""
    after = AuditEvent.objects.filter(actor_id=OuterRef("actor_id"), at__gte=OuterRef("at"), returnee_id__isnull=False)
    idle = events.filter(~Exists(after.order_by().filter(at__lte=OuterRef("at") + WITHIN)), verb=LOOKED_UP)
    told: Iterable[Any] = (
        idle.order_by().values("actor_id").annotate(count=Count("pk"), first=Min("at"), last=Max("at"))
    )
    for row in told:
        yield _line(ReadingKind.LOOK_UPS, readers[row["actor_id"]], [(row["count"], row["first"], row["last"])])


def _outside(readers: dict[int, User], since: datetime, until: datetime) -> Iterator[ReadingLine]:
    rows = OutsideReading.objects.filter(asked_by__in=list(readers), since__gte=since, since__lt=until).order_by()
    told = rows.values("asked_by").annotate(count=Count("pk"), first=Min("since"), last=Max("since"))
    for row in told:
        yield _line(ReadingKind.OUTSIDE, readers[row["asked_by"]], [(row["count"], row["first"], row["last"])])
