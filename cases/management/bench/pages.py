"""The pages that are measured: as whom, which address, and which target they share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from cases.management.bench.accounts import BenchAccount
from cases.management.bench.targets import PageGroup
from cases.models import Submission
from cases.nation import names

Data = Callable[[], dict]
TABS = "detail history sentence clock group paperwork work needs violations".split()
SEARCHES = {
    "rare": names.RARE,
    "common": names.COMMON,
    "common-bare": "nguyen van hung",
    "word": "hung",
    "letters": "an",
    "number": "090012",
    "nothing": "zzzz qqq",
}
REASON = {"reason": "Kiểm tra số liệu"}


def nothing() -> dict:
    return {}


@dataclass(frozen=True)
class BenchPage:
    """`name` is the same in every nation: the account, the route, and what was asked of it.

    `lean` and `admin` name what it is compared with; any other `status` than this is no answer.
    """

    group: PageGroup
    name: str
    account: BenchAccount
    address: str
    method: str = "get"
    data: Data = nothing
    lean: str = ""
    admin: str = ""
    status: int = 200


class PageList:
    """Makes the pages of the accounts that there are."""

    def __init__(self, accounts: dict[str, BenchAccount], on: date) -> None:
        self.accounts, self.on = accounts, on
        year = on.year - 1
        self.year = {"from": f"01/01/{year}", "to": f"31/12/{year}"}

    def all(self) -> Iterator[BenchPage]:
        yield from self.of_officers()
        for name in ("officer", "province-largest", "nation"):
            yield from self.searches(name)
        for name in ("cluster", "province-median", "province-largest", "nation"):
            yield from self.review(name)
        for name in ("chief", "province-largest", "administrator"):
            yield from self.log_book(name)
        yield from self.others()
        yield from self.exports()

    def page(self, group: PageGroup, account: str, route: str, *args, **what) -> Iterator[BenchPage]:
        """One page, or none where nobody is there to open it."""
        query, label = what.pop("query", {}), what.pop("label", "")
        if account in self.accounts and None not in args:
            address = reverse(route, args=args) + (f"?{urlencode(query)}" if query else "")
            told = label or " ".join(f"{key}={value}" for key, value in query.items())
            name = " ".join(filter(None, [account, route, told, what.get("method", "")]))
            yield BenchPage(group, name, self.accounts[account], address, **what)

    def of_officers(self) -> Iterator[BenchPage]:
        for name, group in (("officer", PageGroup.OFFICER), ("chief", PageGroup.CHIEF)):
            yield from self.page(group, name, "home", lean="home")
            yield from self.people_list(group, name)
            for tab in TABS:
                yield from self.page(group, name, f"returnee-{tab}", self.person(name))
            yield from self.page(group, name, "activity-add")
            yield from self.page(group, name, "activity-add", method="post", data=self.entry(name), status=302)
            yield from self.page(group, name, "meeting-list", admin="GroupMeeting")
            yield from self.page(group, name, "paperwork-list", admin="PaperworkRequest")
            yield from self.page(group, name, "expungement-list")

    def people_list(self, group: PageGroup, name: str) -> Iterator[BenchPage]:
        yield from self.page(group, name, "returnee-list", lean="people", admin="Returnee")
        user = self.accounts[name].user.pk if name in self.accounts else 0
        filters = [{"status": status} for status in ("managed", "not_presented", "closed", "all")]
        filters += [{"group": "B"}, {"silent": 60}, {"subject_type": "amnestied"}, {"hamlet": "Thôn Tân"}]
        for query in filters:
            yield from self.page(group, name, "returnee-list", query=query)
        yield from self.page(group, name, "returnee-list", query={"lead": user}, label="lead")

    def person(self, name: str) -> int | None:
        return self.accounts[name].person if name in self.accounts else None

    def entry(self, name: str) -> Data:
        """What the quick log sends for one person, each time as a new form."""
        said = {"people": [self.person(name)], "kind": "encouragement", "when": "today", "outcome": "met"}
        return lambda: {**said, "uid": str(uuid4()), "place": "home", "next_time": "none", "note": "Đo tốc độ"}

    def searches(self, name: str) -> Iterator[BenchPage]:
        for label, words in SEARCHES.items():
            query = {"q": words}
            admin = "Returnee" if label == "common-bare" else ""
            yield from self.page(PageGroup.SEARCH, name, "returnee-list", query=query, label=label, admin=admin)
        for label in ("rare", "common") if name == "officer" else ():
            yield from self.page(PageGroup.SEARCH, name, "returnee-find", query={"q": SEARCHES[label]}, label=label)

    def review(self, name: str) -> Iterator[BenchPage]:
        """Dashboards and reports of a unit above, in both lenses."""
        group = PageGroup.NATION if name == "nation" else PageGroup.REVIEW
        yield from self.page(group, name, "home")
        for lens in ("as-was", "as-is"):
            yield from self.page(group, name, "dashboard-show", query={"lens": lens}, lean="dashboard")
            query = {**self.year, "lens": lens}
            yield from self.page(group, name, "report-show", query=query, label=lens, lean="report")
        yield from self.page(group, name, "report-silent")
        yield from self.page(group, name, "reoffending-show")
        yield from self.page(group, name, "report-document", query=self.year, label="year")

    def log_book(self, name: str) -> Iterator[BenchPage]:
        user = self.accounts[name].user.pk if name in self.accounts else 0
        days = {"since": f"{self.on - timedelta(days=7):%d/%m/%Y}", "until": f"{self.on:%d/%m/%Y}"}
        yield from self.page(PageGroup.LOG, name, "audit-list", admin="AuditEvent")
        asked = {"days": days, "actor": {"actor": user}, "visits": {"group": "visit"}, "accounts": {"group": "account"}}
        for label, query in asked.items():
            yield from self.page(PageGroup.LOG, name, "audit-list", query=query, label=label)

    def others(self) -> Iterator[BenchPage]:
        """Pages without a target of their own; what holds for every page holds for them."""
        for name in ("officer", "chief"):
            for route in ("arrival-list", "dashboard-show", "transfer-list", "employer-list", "unit-list"):
                yield from self.page(PageGroup.OTHER, name, route)
            yield from self.page(PageGroup.OTHER, name, "report-show", query=self.year, label="year")
        for name in ("province-median", "province-largest", "nation"):
            for route in ("returnee-list", "expungement-list", "paperwork-list", "meeting-list", "arrival-nobody"):
                yield from self.page(PageGroup.OTHER, name, route)
            yield from self.page(PageGroup.OTHER, name, "campaign-list")
        for route in ("home", "unit-list"):
            yield from self.page(PageGroup.OTHER, "administrator", route)
        yield from self.page(PageGroup.OTHER, "administrator", "user-list", admin="User")
        yield from self.page(PageGroup.OTHER, "administrator", "user-list", query={"q": "hung"})
        yield from self.page(PageGroup.OTHER, "administrator", "unit-find", query={"q": "nam da"})

    def exports(self) -> Iterator[BenchPage]:
        people = {"query": {"status": "all"}, "method": "post", "data": lambda: REASON}
        yield from self.page(PageGroup.EXPORT, "province-export", "list-export", "people", **people)
        report = {"query": self.year, "method": "post", "data": lambda: REASON, "label": "report year"}
        yield from self.page(PageGroup.EXPORT, "province-largest", "list-export", "report", **report)
        letter = {"query": self.year, "method": "post", "label": "year"}
        yield from self.page(PageGroup.EXPORT, "province-largest", "report-docx", **letter)
        frozen = {"method": "post", "status": 302}
        yield from self.page(PageGroup.EXPORT, "chief", "submission-send", self.submission(), **frozen)

    def submission(self) -> int | None:
        """A report that the chief has not sent yet."""
        if "chief" not in self.accounts:
            return None
        waiting = Submission.objects.visible_to(self.accounts["chief"].user).filter(state=Submission.State.DRAFT)
        return waiting.order_by("-pk").values_list("pk", flat=True).first()
