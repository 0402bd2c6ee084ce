"""What was measured as lines to read: each page with its ratios, its target, and whether that is met."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.management.bench import targets
from cases.management.bench.round import PageMeasurement
from cases.management.bench.targets import TARGETS, allowed_ms

NAME = 46


def heading() -> str:
    times = ("p50", "p95", _("queries"), "SQL", "Python", _("server"))
    columns = (*times, "kB", _("packed"), _("/ empty"), _("/ lean"), _("/ admin"), _("target"))
    return f"{_('page, as whom'):{NAME}} " + " ".join(f"{column:>8}" for column in columns)


def line(one: PageMeasurement, floor: PageMeasurement) -> str:
    cells = [one.p50, one.p95, one.queries, one.sql, one.python, one.backend, one.raw / 1000, one.packed / 1000]
    cells += [one.p50 / floor.p50, ratio(one.p50, one.lean), ratio(one.p50, one.admin), limit(one, floor)]
    return f"{one.name[:NAME]:{NAME}} " + " ".join(f"{spell(cell):>8}" for cell in cells) + f"  {verdict(one, floor)}"


def ratio(took: float, other: float | None) -> float | None:
    return took / other if other else None


def spell(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}" if isinstance(value, int) or value >= 100 else f"{value:.1f}"


def limit(one: PageMeasurement, floor: PageMeasurement) -> float | None:
    """The most milliseconds of the page in this run."""
    return allowed_ms(TARGETS[one.group], floor.p95, one.lean_p95) if TARGETS[one.group].ms else None


def verdict(one: PageMeasurement, floor: PageMeasurement) -> str:
    """Met, or not met with what is too much."""
    if not one.is_answered:
        return _("no answer: status %(status)d") % {"status": one.status}
    wrong = list(faults(one, floor))
    return _("not met: %(what)s") % {"what": ", ".join(wrong)} if wrong else met_words()


def met_words() -> str:
    return pgettext("target", "met")


def faults(one: PageMeasurement, floor: PageMeasurement) -> Iterator[str]:
    """What is over its target."""
    most = limit(one, floor)
    if most is not None and one.p95 > most:
        yield _("time")
    if TARGETS[one.group].memory:  # a file: not the size of a page
        if one.memory is not None and one.memory > TARGETS[one.group].memory:
            yield _("memory")
        return
    if one.queries > targets.MOST_QUERIES:
        yield _("queries")
    if one.packed > targets.MOST_PACKED or one.raw > targets.MOST_RAW:
        yield _("size")


def growth(measured: list[PageMeasurement], other: dict) -> Iterator[tuple[str, float]]:
    """How many times as long as in another run each page took, at the median."""
    before = {page["name"]: page for page in other["pages"]}
    for one in measured:
        if earlier := before.get(one.name):
            yield one.name, one.p50 / max(earlier["p50"], 0.1)


def growth_lines(measured: list[PageMeasurement], other: dict) -> Iterator[str]:
    """Each page that both runs have, with its two times."""
    factors, before = dict(growth(measured, other)), {page["name"]: page for page in other["pages"]}
    for one in measured:
        if one.name in factors:
            factor, most = factors[one.name], TARGETS[one.group].growth
            told = "" if not most else met_words() if factor <= most else _("not met: %(what)s") % {"what": _("growth")}
            earlier = before[one.name]["p50"]
            yield f"{one.name[:NAME]:{NAME}} {earlier:>9.1f} {one.p50:>9.1f} {factor:>8.2f}  {told}"
