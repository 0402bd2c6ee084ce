"""What a browser says it is, in a few words: "Chrome 109 · Windows"."""

import re

LONGEST = 40

# The first that fits: the later ones stand in the words of the earlier ones too.
_BROWSERS = (
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/(\d+)")),
    ("Opera", re.compile(r"OPR/(\d+)")),
    ("Cốc Cốc", re.compile(r"coc_coc_browser/(\d+)")),
    ("Samsung", re.compile(r"SamsungBrowser/(\d+)")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/(\d+)")),
    ("Safari", re.compile(r"Version/(\d+)[\d.]* .*Safari")),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("Linux", "Linux"),
)


def short(user_agent: str) -> str:
    """Browser with its first number, and system; of an agent nobody knows its first word; at most 40 characters."""
    browser = next((f"{name} {found[1]}" for name, sign in _BROWSERS if (found := sign.search(user_agent))), "")
    system = next((name for name, sign in _SYSTEMS if sign in user_agent), "")
    known = " · ".join(part for part in (browser, system) if part)
    return (known or next(iter(user_agent.split()), ""))[:LONGEST]
