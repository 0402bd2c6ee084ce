"""Lines and dots drawn by the server: how many are left month by month, and units between the limits of chance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from django import template

from cases.lib.numbers import group
from cases.lib.survival import YEAR, SurvivalStep, chance_limits
from cases.templatetags.charts import WIDTH, canvas, scale_top

register = template.Library()

HEIGHT = 300
TOP, BOTTOM, LEFT, RIGHT = 20, 44, 52, 110
WORD_HEIGHT = 18
POINTS = 40  # of a limit line


@dataclass(frozen=True)
class Mark:
    """A word on an axis."""

    at: str
    text: str


@dataclass(frozen=True)
class CurveLine:
    """A line with its word at the end; `kind` is its class in the style sheet."""

    kind: str
    path: str
    label: str = ""
    x: str = ""
    y: str | float = ""


@dataclass(frozen=True)
class Spot:
    """One unit: where it stands and what a reader or a pointer is told."""

    x: str
    y: str
    told: str
    is_above: bool


def _across(value: float, top: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * value / top


def _up(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _frame(name: str, title: str, desc: str, xs: list[Mark], ys: list[Mark], **rest) -> dict:
    return {
        **canvas(name, title, desc, height=HEIGHT, left=LEFT, bottom=BOTTOM),
        "right": str(WIDTH - RIGHT),
        "x_labels": str(HEIGHT - BOTTOM + 18),
        "x_title": str(HEIGHT - 6),
        "xs": xs,
        "ys": ys,
        **rest,
    }


@register.inclusion_tag("report/_curve.html")
def survival_chart(lines: Iterable[tuple[str, str, list[SurvivalStep]]], name: str, title: str, desc: str) -> dict:
    """What survival has lost: step lines from 0 up, one for each (class, word, steps), in percent."""
    lines = [line for line in lines if line[2]]
    years = max((-(-line[2][-1].month // YEAR) for line in lines), default=1)
    top = scale_top(ceil(max((line[2][-1].fallen for line in lines), default=1)))
    return _frame(
        name,
        title,
        desc,
        xs=[Mark(f"{_across(year, years):.1f}", str(year)) for year in range(years + 1)],
        ys=[Mark(f"{_up(share, top):.1f}", f"{share} %") for share in _ticks(top)],
        lines=_apart([_steps(kind, word, steps, years * YEAR, top) for kind, word, steps in lines]),
    )


def _steps(kind: str, word: str, steps: list[SurvivalStep], months: int, top: int) -> CurveLine:
    path = f"M{_across(0, months):.1f},{_up(0, top):.1f}"
    for step in steps:
        path += f"H{_across(step.month, months):.1f}V{_up(step.fallen, top):.1f}"
    last = steps[-1]
    return CurveLine(kind, path, word, f"{_across(last.month, months) + 6:.1f}", _up(last.fallen, top) + 4)


def _apart(lines: list[CurveLine]) -> list[CurveLine]:
    """Words at the ends of lines, moved up where they would cover each other."""
    placed, free = [], HEIGHT
    for line in sorted(lines, key=lambda line: -line.y):
        free = min(line.y, free)
        placed.append(replace(line, y=f"{free:.1f}"))
        free -= WORD_HEIGHT
    return placed


@register.inclusion_tag("report/_funnel.html")
def funnel_chart(dots: Iterable, rate: float, name: str, title: str, desc: str) -> dict:
    """A dot for each (known, reoffended, told, is_above); between the counts that chance explains at `rate`."""
    dots = list(dots)
    widest = scale_top(max((dot[0] for dot in dots), default=1))
    highest = scale_top(max([dot[1] for dot in dots] + [chance_limits(widest, rate)[1]], default=1))
    return _frame(
        name,
        title,
        desc,
        xs=[Mark(f"{_across(value, widest):.1f}", group(value)) for value in _ticks(widest)],
        ys=[Mark(f"{_up(value, highest):.1f}", group(value)) for value in _ticks(highest)],
        lines=list(_limits(rate, widest, highest)),
        spots=[
            Spot(f"{_across(known, widest):.1f}", f"{_up(count, highest):.1f}", told, above)
            for known, count, told, above in dots
        ],
    )


def _ticks(top: int) -> list[int]:
    return [0, top // 2, top] if top > 1 else [0, top]


def _limits(rate: float, widest: int, highest: int) -> Iterable[CurveLine]:
    at = sorted({widest * point // POINTS for point in range(POINTS + 1)})
    limits = [chance_limits(people, rate) for people in at]
    for side, word in ((0, ""), (1, "99,8 %")):
        points = [
            f"{_across(people, widest):.1f},{_up(limit[side], highest):.1f}"
            for people, limit in zip(at, limits, strict=True)
        ]
        end = _up(limits[-1][side], highest)
        yield CurveLine("chart-limit", "M" + "L".join(points), word, f"{WIDTH - RIGHT + 6}", f"{end + 4:.1f}")
    start = f"{_across(0, widest):.1f},{_up(0, highest):.1f}"
    yield CurveLine("chart-expected", f"M{start}L{_across(widest, widest):.1f},{_up(rate * widest, highest):.1f}")
