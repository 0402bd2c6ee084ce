"""The targets of the country in one table: what is aimed at, what was measured, met or not, where the time goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.management.bench import table, targets
from cases.management.bench.load import LoadResult
from cases.management.bench.round import PageMeasurement
from cases.management.bench.targets import TARGETS, PageGroup
from cases.management.bench.trials import ACTIVITIES, PEOPLE, TimeSpent, Visit

GROUP_WORDS = {
    PageGroup.OFFICER: gettext_lazy("pages of an officer"),
    PageGroup.CHIEF: gettext_lazy("pages of the chief of the largest commune"),
    PageGroup.SEARCH: gettext_lazy("search in a commune, a province, the country"),
    PageGroup.REVIEW: gettext_lazy("overview and report of a cluster and of provinces"),
    PageGroup.NATION: gettext_lazy("overview and report of the country"),
    PageGroup.LOG: gettext_lazy("log book"),
    PageGroup.EXPORT: gettext_lazy("export of a large list, and files of a report"),
}


@dataclass
class BenchResult:
    """What a run has found; whatever was not asked for is None."""

    floor: PageMeasurement | None = None
    measured: list[PageMeasurement] = field(default_factory=list)
    other: dict | None = None
    resident: float | None = None
    register: TimeSpent | None = None
    cases: TimeSpent | None = None
    visit: Visit | None = None
    load: LoadResult | None = None


@dataclass(frozen=True)
class TargetLine:
    """`is_met` is None where it was not measured."""

    target: str
    measured: str = ""
    is_met: bool | None = None
    where: str = ""

    def __str__(self) -> str:
        verdict = _("not measured") if self.is_met is None else table.met_words() if self.is_met else _("not met")
        return " · ".join(filter(None, [self.target, self.measured, verdict, self.where]))


def lines(found: BenchResult) -> Iterator[TargetLine]:
    """One for each target, in the order of the table that was agreed on."""
    for group in GROUP_WORDS:
        yield of_group(group, found)
    yield from of_every_page(found)
    yield of_growth(found)
    yield of_visit(found.visit)
    yield of_load(found.load)
    told = {"people": PEOPLE, "activities": ACTIVITIES}
    register = _("register of %(people)d people and %(activities)d activities checked and loaded, under %%d s") % told
    yield of_seconds(register, targets.REGISTER_SECONDS, found.register)
    yield of_seconds(_("10,000 cases with their bounds, under %d s"), targets.CASES_SECONDS, found.cases)
    held = {"measured": f"{found.resident:.0f} MB", "is_met": found.resident < targets.MOST_RESIDENT}
    yield TargetLine(_("process after all pages, under %d MB") % targets.MOST_RESIDENT, **held)


def of_group(group: PageGroup, found: BenchResult) -> TargetLine:
    """How many pages are within their time, and the one that takes most of what it may."""
    target = TARGETS[group]
    words = _("%(pages)s, at most %(ms)d ms") % {"pages": GROUP_WORDS[group], "ms": target.ms}
    pages = [one for one in found.measured if one.group == group]
    if not pages:
        return TargetLine(words)
    slow = {_("time"), _("memory")}
    over = [one for one in pages if not one.is_answered or slow & set(table.faults(one, found.floor))]
    worst = max(pages, key=lambda one: one.p95 / (table.limit(one, found.floor) or 1))
    told = {"met": len(pages) - len(over), "all": len(pages), "worst": worst.name, "p95": worst.p95}
    told |= {"most": table.limit(worst, found.floor)}
    measured = _("%(met)d of %(all)d; %(worst)s takes %(p95)d ms, %(most)d count as met") % told
    return TargetLine(words, measured, not over, where_of(worst))


def where_of(one: PageMeasurement) -> str:
    """Python, the database, and its slowest statement, in milliseconds."""
    told = {"python": one.python or 0, "sql": one.sql or 0, "queries": one.queries, "slowest": one.slowest_ms}
    return _("Python %(python)d ms, %(queries)d queries %(sql)d ms, the slowest %(slowest)d ms") % told


def of_every_page(found: BenchResult) -> Iterator[TargetLine]:
    """Queries and bytes of whatever is a page and no file."""
    pages = [one for one in found.measured if not TARGETS[one.group].memory]
    bounds = (
        (_("every page, at most %d queries"), targets.MOST_QUERIES, lambda one: one.queries),
        (_("every page, at most %d bytes packed"), targets.MOST_PACKED, lambda one: one.packed),
        (_("every page, at most %d bytes"), targets.MOST_RAW, lambda one: one.raw),
    )
    for words, most, value in bounds if pages else ():
        worst, over = max(pages, key=value), sum(value(one) > most for one in pages)
        told = {"met": len(pages) - over, "all": len(pages), "worst": worst.name, "value": value(worst)}
        yield TargetLine(words % most, _("%(met)d of %(all)d; %(worst)s: %(value)d") % told, not over)


def of_growth(found: BenchResult) -> TargetLine:
    words = _("pages of an officer, at most %s times those of a tenth") % TARGETS[PageGroup.OFFICER].growth
    factors = dict(table.growth(found.measured, found.other)) if found.other else {}
    limits = {name: factor for name, factor in factors.items() if name in of_officers(found)}
    if not limits:
        return TargetLine(words)
    worst = max(limits, key=limits.get)
    over = sum(factor > TARGETS[PageGroup.OFFICER].growth for factor in limits.values())
    told = {"met": len(limits) - over, "all": len(limits), "worst": worst, "value": limits[worst]}
    return TargetLine(words, _("%(met)d of %(all)d; %(worst)s: %(value).2f") % told, not over)


def of_officers(found: BenchResult) -> set[str]:
    return {one.name for one in found.measured if one.group == PageGroup.OFFICER}


def of_visit(visit: Visit | None) -> TargetLine:
    words = _("home on 400 kbit/s and 400 ms, first %(first)s s, next %(next)s s") % {
        "first": targets.FIRST_VISIT,
        "next": targets.NEXT_VISIT,
    }
    if visit is None:
        return TargetLine(words)
    told = {"first": visit.first, "next": visit.next, "page": visit.page / 1000, "assets": visit.assets / 1000}
    measured = _("%(first).1f s and %(next).1f s calculated; page %(page).1f kB, what it names %(assets).1f kB") % told
    return TargetLine(words, measured, visit.first <= targets.FIRST_VISIT and visit.next <= targets.NEXT_VISIT)


def of_load(load: LoadResult | None) -> TargetLine:
    told = {"rate": targets.LOAD_RATE, "ms": targets.LOAD_MS}
    words = _("officers logging at once, %(rate)d entries a second, 95 of 100 under %(ms)d ms") % told
    if load is None:
        return TargetLine(words)
    told = {"rate": load.rate, "p95": load.p95, "errors": load.errors, "sent": load.sent, "stored": load.stored}
    measured = _("%(rate)d a second, %(p95)d ms, %(errors)d errors; of %(sent)d recorded %(stored)d stand") % told
    return TargetLine(words, measured, load.is_met)


def of_seconds(words: str, most: float, spent: TimeSpent | None) -> TargetLine:
    if spent is None:
        return TargetLine(words % most)
    told = {"seconds": spent.seconds, "python": spent.python, "backend": spent.backend}
    where = _("Python %(python).1f s, database %(backend).1f s") % told
    measured = " ".join(filter(None, [f"{spent.seconds:.1f} s", spent.said]))
    return TargetLine(words % most, measured, spent.seconds < most, where)
