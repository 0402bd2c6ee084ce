"""The layers drawn as one SVG: lowest at the bottom, rooms as boxes, arrows as wide as the modules that import."""

import textwrap
from collections.abc import Iterator
from html import escape
from math import sqrt

from cases.management.layers import LAYERS, Layer

WIDTH, LEFT, RIGHT, TOP = 1080, 24, 836, 92
GAP, PAD, BETWEEN = 46, 14, 14  # between rows, inside a panel, between panels and boxes
LINE, LETTER = 15, 6  # of the small text: height of a line, width of a letter
LONE, NARROW, ROOM = 130, 196, 160  # the least width of a panel of one module, of another one, of a room
TOGETHER = "\N{NO-BREAK SPACE}"  # a name and its number, a name and the dot after it
STYLE = """
svg { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.paper { fill: #faf9f5; } .panel { fill: #fff; stroke: #ddd9cf; } .room { fill: #e3f0ea; }
.name { fill: #0a4a37; font-size: 17px; font-weight: 650; } .title { fill: #1c2321; font-size: 22px; font-weight: 650; }
.room-name { fill: #0a4a37; font-size: 12.5px; font-weight: 600; } .text { fill: #1c2321; font-size: 11.5px; }
.soft { fill: #5b6561; font-size: 11.5px; } .count { fill: #0a4a37; font-size: 12px; font-weight: 600; }
.arrow { fill: none; stroke: #0f6b4f; stroke-opacity: .5; } .head { fill: #0f6b4f; } .halo { fill: #faf9f5; }
@media (prefers-color-scheme: dark) {
.paper, .halo { fill: #161b19; } .panel { fill: #1f2623; stroke: #3a4440; } .room { fill: #22392f; }
.name, .room-name, .count { fill: #a8dcc5; } .title, .text { fill: #eceae3; } .soft { fill: #a9b3ae; }
.arrow { stroke: #6fbf9f; } .head { fill: #6fbf9f; } }
"""


def draw(found: dict[str, Layer], uses: dict[tuple[int, int], int]) -> str:
    """The picture of `layers.read_layers()` and `layers.uses_of_rows()`; the same sources give the same text."""
    top, spans, body = TOP, {}, []
    for rank in reversed(range(len(LAYERS))):
        height, parts = _row([found[name] for name in LAYERS[rank].split()], top)
        spans[rank] = top, top + height
        body += parts
        top += height + GAP
    return "\n".join([*_head(top - GAP + 30), *_arrows(spans, uses), *body, "</svg>", ""])


def _head(height):
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">'
    yield '<title id="t">The layers of the application</title>'
    yield '<desc id="d">Each layer stands in a row and imports only from the rows below it.</desc>'
    yield f"<style>{STYLE}</style>"
    yield '<defs><marker id="end" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="11" markerHeight="11" '
    yield 'markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>'
    yield f'<rect class="paper" width="{WIDTH}" height="{height}" rx="12"/>'
    yield _text(LEFT, 42, "title", "Each layer imports only what stands below it")
    said = "At an arrow: how many modules of the upper row import from the lower. Drawn from the imports."
    yield _text(LEFT, 66, "soft", said)


def _row(row, top):
    """The panels of one row side by side, as wide as they have modules, all as high as the highest."""
    least = [LONE if layer.size == 1 else NARROW for layer in row]
    spare = RIGHT - LEFT - BETWEEN * (len(row) - 1) - sum(least)
    modules, left, panels = sum(layer.size for layer in row), LEFT, []
    for layer, narrow in zip(row, least, strict=True):
        width = narrow + round(spare * layer.size / modules)
        panels.append((left, width, *_panel(layer, left, top, width)))
        left += width + BETWEEN
    height = max(bottom for _, _, bottom, _ in panels) - top
    return height, [
        part for left, width, _, parts in panels for part in (_box("panel", left, top, width, height), *parts)
    ]


def _panel(layer, left, top, width):
    inner, x, y = width - 2 * PAD, left + PAD, top + 26
    parts = [_text(x, y, "name", layer.name)]
    if layer.size > 1:
        parts.append(_text(left + width - PAD, y, "soft", f"{layer.size} modules", end=True))
    y += 6
    for style, words in (("soft", layer.says), ("text", _imports(layer))):
        lines = _wrapped(words, inner)
        parts += [_text(x, y + LINE * number, style, line) for number, line in enumerate(lines, start=1)]
        y += LINE * len(lines) + (4 if lines else 0)
    bottom, rooms = _rooms(layer, x, y + 8, inner)
    return bottom + PAD, parts + rooms


def _imports(layer):
    uses = sorted(layer.uses.items(), key=lambda pair: (-pair[1], pair[0]))
    return "↓ " + " · ".join(f"{name}{TOGETHER}{count}" for name, count in uses) if uses else ""


def _rooms(layer, left, top, width):
    """Boxes in columns of one width, each under the shortest column; returns the lower edge."""
    if layer.size == 1:
        return top - 8, []
    columns = max(1, min(len(layer.rooms), (width + 8) // (ROOM + 8)))
    column, ends, parts = (width - 8 * (columns - 1)) // columns, [top] * columns, []
    for name, names in sorted(layer.rooms.items()):
        number = ends.index(min(ends))
        height, drawn = _room(name, names, left + number * (column + 8), ends[number], column)
        ends[number] += height + 8
        parts += drawn
    return max(ends) - 8, parts


def _room(name, names, left, top, width):
    lines, first = _wrapped(" · ".join(names), width - 18), 34 if name else 17
    height = first + LINE * len(lines) - 4
    parts = [_box("room", left, top, width, height)]
    if name:
        parts.append(_text(left + 9, top + 18, "room-name", name))
        parts.append(_text(left + width - 9, top + 18, "soft", str(len(names)), end=True))
    parts += [_text(left + 9, top + first + LINE * number, "text", line) for number, line in enumerate(lines)]
    return height, parts


def _arrows(spans, uses) -> Iterator[str]:
    """Straight down to the next row, in a bow on the right to a farther one; the farther, the wider the bow."""
    for (upper, lower), count in sorted(uses.items()):
        stroke = f'class="arrow" stroke-width="{round(1 + sqrt(count) * 0.55, 1)}" marker-end="url(#end)"'
        if upper - lower == 1:
            start, end, x = spans[upper][1], spans[lower][0], (LEFT + RIGHT) // 2
            yield f'<path {stroke} d="M{x} {start + 3}V{end - 12}"/>'
            yield from _count(x + 22, (start + end) // 2, count)
        else:
            far = upper - lower
            bow, start, end = 38 * far - 40, _edge(spans[upper], 0.7 - far / 10), _edge(spans[lower], 0.3 + far / 10)
            bent = f"C{RIGHT + bow} {start} {RIGHT + bow} {end} {RIGHT + 13} {end}"
            yield f'<path {stroke} d="M{RIGHT + 3} {start}{bent}"/>'
            yield from _count(RIGHT + round(bow * 0.75) + 3, (start + end) // 2, count)


def _edge(span, part):
    return round(span[0] + (span[1] - span[0]) * part)


def _count(x, y, count):
    width = 10 + 7 * len(str(count))
    yield f'<rect class="halo" x="{x - width // 2}" y="{y - 9}" width="{width}" height="18" rx="9"/>'
    yield f'<text class="count" x="{x}" y="{y + 4}" text-anchor="middle">{count}</text>'


def _wrapped(words, width):
    return textwrap.wrap(
        words.replace(" ·", f"{TOGETHER}·"), int(width / LETTER), break_long_words=False, break_on_hyphens=False
    )


def _box(style, x, y, width, height):
    return f'<rect class="{style}" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>'


def _text(x, y, style, words, end=False):
    anchor = ' text-anchor="end"' if end else ""
    return f'<text class="{style}" x="{x}" y="{y}"{anchor}>{escape(words, quote=False)}</text>'
