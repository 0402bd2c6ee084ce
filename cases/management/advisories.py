"""Which locked dependencies have a known weakness: the lock held against a file of OSV records brought in by hand.

OSV is the format of osv.dev (https://ossf.github.io/osv-schema/); its file of all records of PyPI is a zip of one JSON
object each. No request leaves the machine.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from cases.management.licences import LOCKED

ECOSYSTEM = "PyPI"


@dataclass(frozen=True)
class Advisory:
    """A weakness of a locked version: its `id` and other names, what it is, the first version without it or ""."""

    package: str
    version: str
    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: str


def normalise(name: str) -> str:
    """A name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_records(path: Path) -> Iterator[dict]:
    """The records of a file: a zip of JSON files, or one JSON object or list. ValueError where it is neither."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield _record(json.loads(archive.read(name)))
        return
    told = json.loads(path.read_text(encoding="utf-8"))
    yield from map(_record, told if isinstance(told, list) else [told])


def _record(told) -> dict:
    if not isinstance(told, dict) or "id" not in told:
        raise ValueError("This is no OSV record: an object with an id is expected.")
    return told


def find(lock: str, records: Iterator[dict]) -> list[Advisory]:
    """Every record that names a locked version, by package; what was withdrawn is passed over."""
    locked = {normalise(name): (name, version) for name, version in LOCKED.findall(lock)}
    found = []
    for record in records:
        for affected in record.get("affected", ()) if not record.get("withdrawn") else ():
            package = affected.get("package", {})
            name, version = locked.get(normalise(package.get("name", "")), ("", ""))
            if name and package.get("ecosystem") == ECOSYSTEM and is_affected(affected, version):
                aliases = tuple(record.get("aliases", ()))
                told = record.get("summary") or record.get("details", "").partition("\n")[0]
                found.append(Advisory(name, version, record["id"], aliases, told, first_fixed(affected, version)))
    return sorted(found, key=lambda each: (each.package, each.id))


def is_affected(affected: dict, version: str) -> bool:
    """Whether a version is named, or lies in a range: from `introduced` to before `fixed` or up to `last_affected`."""
    if version in affected.get("versions", ()):
        return True
    return any(_lies_in(each, version) for each in affected.get("ranges", ()) if each.get("type") == "ECOSYSTEM")


def _lies_in(span: dict, version: str) -> bool:
    is_in = False
    for event in sorted(span.get("events", ()), key=_place):
        (kind, text), *_more = event.items()
        other = _version(text)
        if kind == "introduced" and Version(version) >= other:
            is_in = True
        elif kind == "fixed" and Version(version) >= other or kind == "last_affected" and Version(version) > other:
            is_in = False
    return is_in


def _place(event: dict) -> Version:
    return _version(next(iter(event.values()), "0"))


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def first_fixed(affected: dict, version: str) -> str:
    """The lowest version above this one that is said to be without the weakness."""
    told = [
        event["fixed"] for span in affected.get("ranges", ()) for event in span.get("events", ()) if "fixed" in event
    ]
    above = [text for text in told if _version(text) > _version(version)]
    return min(above, key=_version, default="")
