"""Colours have one place, by day and by night, and words can be read on every ground."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = Path(settings.BASE_DIR, "static", "css")
BY_DAY_AND_NIGHT = {"--bar", "--on-bar", "--on-bar-soft", "--on-bar-line"}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(")


def tokens(block):
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", block))


def themes():
    day, night = (
        (SHEETS / "tokens.css").read_text(encoding="utf-8").split("@media screen and (prefers-color-scheme: dark)")
    )
    by_day = tokens(day.split("@media")[0])
    return {"day": by_day, "night": {**by_day, **tokens(night)}}, tokens(night)


THEMES, AT_NIGHT = themes()
ON_PAPER = [
    "--ink",
    "--ink-soft",
    "--leaf",
    "--leaf-deep",
    "--amber",
    "--amber-deep",
    "--brick",
    "--brick-deep",
    "--sky",
]
WORDS = [
    *((word, ground) for word in ON_PAPER for ground in ("--paper", "--sheet")),
    *((f"--{name}-deep", f"--{name}-pale") for name in ("leaf", "amber", "brick", "sky")),
    *(("--ink", f"--{name}-pale") for name in ("leaf", "amber", "brick", "sky")),
    *(("--ink", ground) for ground in ("--tint-soft", "--tint", "--tint-strong")),
    *(("--on-leaf", ground) for ground in ("--leaf", "--leaf-deep", "--brick", "--brick-deep")),
    *((word, "--bar") for word in ("--on-bar", "--on-bar-soft")),
]


def light(colour):
    """The relative luminance of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_on_their_ground(theme):
    colours = THEMES[theme]

    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WORDS}

    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_edge_of_a_field_is_seen(theme):
    assert contrast(THEMES[theme]["--line-strong"], THEMES[theme]["--sheet"]) >= 3


def test_every_colour_of_the_day_has_one_of_the_night():
    of_the_day = {name for name, value in THEMES["day"].items() if COLOUR.match(value) or value.startswith("url(")}

    assert of_the_day - BY_DAY_AND_NIGHT == set(AT_NIGHT)


def test_no_other_sheet_names_a_colour():
    """Paper has its own: it is white whatever the screen is."""
    sheets = [path for path in SHEETS.glob("*.css") if path.name not in {"tokens.css", "print.css"}]

    assert {path.name: found for path in sheets if (found := COLOUR.findall(path.read_text(encoding="utf-8")))} == {}
