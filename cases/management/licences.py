"""Under which licence each locked dependency comes, and whether this product may stand on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PERMISSIVE = "asks for its notice alone"
ALLOWED = {
    "MIT": PERMISSIVE,
    "MIT-0": "asks for nothing",
    "BSD": PERMISSIVE,
    "BSD-2-Clause": PERMISSIVE,
    "BSD-3-Clause": PERMISSIVE,
    "Apache-2.0": "asks for its notice and grants its patents",
    "PSF-2.0": PERMISSIVE,
    "ZPL-2.1": PERMISSIVE,
    "MPL-2.0": "binds changes of its own files alone; used unchanged",
}
# Allowed for one package, or not told by what the package says of itself: its licence, and why it may stay.
EXAMINED = {
    "psycopg2-binary": ("LGPL-3.0-or-later", "a library that is called unchanged binds nobody who calls it"),
    "text-unidecode": ("Artistic-1.0-Perl OR GPL-2.0-or-later", "the first is chosen; of a test tool, not handed out"),
    "axe-playwright-python": ("MIT AND MPL-2.0", "its file LICENSE, and the head of axe.min.js; a test tool"),
    "djhtml": ("GPL-3.0-or-later", "a tool run beside the code, never imported and not handed out"),
    "qrcode": ("BSD-3-Clause AND MIT", "its file LICENSE; its classifier names no licence"),
    "colorama": ("BSD-3-Clause", "its file LICENSE.txt; installed on Windows alone"),
}
# How packages write it that name no SPDX expression.
SPELT = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Zope Public License": "ZPL-2.1",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Dependency:
    """`licence` is an SPDX expression or the package's own words; `fault` says why it may not be used, "" if it may."""

    name: str
    version: str
    licence: str
    reason: str
    fault: str


def of_lock(lock: Path) -> Iterator[Dependency]:
    """Every dependency a lock names, in its order. Raises OSError where there is no lock."""
    for name, version in LOCKED.findall(lock.read_text(encoding="utf-8")):
        if name in EXAMINED:
            yield Dependency(name, version, *EXAMINED[name], "")
        else:
            yield _installed(name, version)


def _installed(name, version):
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Dependency(name, version, "", "", "not installed")
    if told["Version"] != version:
        return Dependency(name, version, "", "", f"installed in version {told['Version']}: install the lock first")
    licence = expression(told)
    reason = why_allowed(licence)
    return Dependency(name, version, licence, reason, "" if reason else "not among the licences allowed")


def expression(told) -> str:
    """The licence as a package's metadata tell it: an SPDX expression, classifiers, or the first line of a text."""
    classified = [text for text in told.get_all("Classifier", []) if text.startswith("License ::")]
    own = (told.get("License") or "").strip().partition("\n")[0]
    return told.get("License-Expression") or " AND ".join(SPELT.get(text, text) for text in classified) or own


def why_allowed(licence: str) -> str:
    """Why an expression is allowed: each part of it joined by AND, one of those joined by OR; "" where it is not."""
    for choice in licence.split(" OR "):
        reasons = [ALLOWED.get(part) for part in choice.split(" AND ")]
        if all(reasons):
            return "; ".join(dict.fromkeys(reasons))
    return ""
