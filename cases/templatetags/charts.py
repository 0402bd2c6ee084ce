"""Charts drawn by the server: geometry here, colour in the style sheet, words in the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

register = template.Library()

WIDTH, HEIGHT = 720, 240
TOP, BOTTOM, LEFT = 24, 30, 40
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class ChartColumn:
    """One place on the axis: a value and, pale behind it, the one to compare with."""

    label: str
    value: int
    ghost: int = 0
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A rectangle, ready for SVG; numbers as text, so that no language changes their point."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class DrawnColumn:
    column: ChartColumn
    bar: Bar
    ghost: Bar
    middle: str
    above: str


@dataclass(frozen=True)
class GridLine:
    y: str
    text_y: str
    value: int


@register.inclusion_tag("report/_columns.html")
def column_chart(columns: Sequence[ChartColumn], name: str, title: str, desc: str) -> dict:
    """Columns from zero with their values above and ghosts behind; `name` makes the ids unique in the page.

    Where there is nothing but zeros nothing is drawn: the sentence above says it.
    """
    largest = max((max(column.value, column.ghost) for column in columns), default=0)
    if not largest:
        return {"drawn": []}
    top = scale_top(largest)
    return {
        **canvas(name, title, desc, height=HEIGHT, left=LEFT, bottom=BOTTOM),
        "label_y": str(HEIGHT - 10),
        "lines": [_line(value, top) for value in (top // 2, top) if value] if top > 1 else [_line(top, top)],
        "drawn": [_drawn(column, number, len(columns), top) for number, column in enumerate(columns)],
    }


def canvas(name: str, title: str, desc: str, *, height: int, left: int, bottom: int) -> dict:
    """What every chart tells its template: its ids and words, its size, and where its axes cross."""
    sizes = {"width": WIDTH, "height": height, "left": left, "floor": height - bottom}
    return {"name": name, "title": title, "desc": desc, **{key: str(size) for key, size in sizes.items()}}


def scale_top(largest: int) -> int:
    """The round number (1, 2 or 5 and zeros) at or above the largest value: where the axis ends."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= largest:
                return step * power
        power *= 10


def _y(value: int, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _line(value: int, top: int) -> GridLine:
    y = _y(value, top)
    return GridLine(f"{y:.1f}", f"{y + 4:.1f}", value)


def _drawn(column: ChartColumn, number: int, count: int, top: int) -> DrawnColumn:
    slot = (WIDTH - LEFT) / count
    x = LEFT + slot * number
    wide = slot * 0.46
    return DrawnColumn(
        column=column,
        bar=_bar(x + slot * 0.36, wide, column.value, top),
        ghost=_bar(x + slot * 0.14, wide, column.ghost, top),
        middle=f"{x + slot * 0.36 + wide / 2:.1f}",
        above=f"{_y(column.value, top) - 6:.1f}",
    )


def _bar(x: float, width: float, value: int, top: int) -> Bar:
    y = _y(value, top)
    return Bar(f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{HEIGHT - BOTTOM - y:.1f}")
