"""The Vietnamese catalogue: kept in step with the sources, checked, filled from other files, compiled."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import polib
from django.utils.translation.reloader import translation_file_changed

from cases.management.messages import CatalogueMessage, MessageKey

PERCENT = re.compile(r"%(?:%|\((\w+)\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]|[-+#0]*\d*(?:\.\d+)?[sdifgrx])")
HEADER = {
    "Project-Id-Version": "tai-hoa-nhap",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def read(path: Path) -> polib.POFile:
    """Read a .po file, or start an empty one where there is none. Raises OSError where it is not .po."""
    catalogue = polib.pofile(str(path), encoding="utf-8") if path.exists() else polib.POFile(encoding="utf-8")
    catalogue.wrapwidth = 100
    return catalogue


def write(catalogue: polib.POFile, path: Path) -> None:
    """Write sorted, without dates and line numbers, so that a change of code changes nothing here."""
    catalogue.metadata, catalogue.metadata_is_fuzzy, catalogue.header = dict(HEADER), 0, ""
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path), newline="\n")


def key_of(entry: polib.POEntry) -> MessageKey:
    """The name under which gettext knows an entry."""
    return MessageKey(entry.msgctxt, entry.msgid)


def update(catalogue: polib.POFile, messages: dict[MessageKey, CatalogueMessage]) -> tuple[int, int]:
    """Add new messages, drop those no source holds, keep every translation; say how many were added and dropped."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    dropped = len(catalogue) - len(entries.keys() & messages.keys())
    added = len(messages.keys() - entries.keys())
    catalogue[:] = [_renewed(entries.get(key), message) for key, message in messages.items()]
    return added, dropped


def _renewed(old, message):
    entry = polib.POEntry(msgctxt=message.key.context, msgid=message.key.msgid)
    entry.occurrences = [(place, "") for place in sorted(message.places)]
    if old:
        entry.tcomment, entry.flags = old.tcomment, [flag for flag in old.flags if flag == "fuzzy"]
    known = _translation(old) if old else ""
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: known}
    else:
        entry.msgstr = known
    return entry


def _translation(entry):
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def merge(catalogue: polib.POFile, other: polib.POFile) -> tuple[int, list[str], list[str]]:
    """Fill what is not translated yet from `other`.

    Returns how many were filled, the texts `other` translates differently, and those no source holds.
    """
    own = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    filled, different, unknown = 0, [], []
    for entry in other:
        target, text = own.get(key_of(entry)), _translation(entry)
        if target is None:
            unknown.append(entry.msgid)
        elif not _translation(target) and text:
            _translate(target, text)
            filled += 1
        elif text and text != _translation(target):
            different.append(entry.msgid)
    return filled, different, unknown


def _translate(entry, text):
    if entry.msgid_plural:
        entry.msgstr_plural = {0: text}
    else:
        entry.msgstr = text


def faults(catalogue: polib.POFile, messages: dict[MessageKey, CatalogueMessage]) -> Iterator[str]:
    """Say, a sentence each, what keeps the catalogue from being complete and right."""
    known = {key_of(entry) for entry in catalogue}
    yield from (f"not in the catalogue: {key.msgid!r}" for key in sorted(messages.keys() - known, key=str))
    for entry in catalogue:
        fault = _fault(entry, messages)
        if fault:
            yield f"{fault}: {entry.msgid!r}"


def _fault(entry, messages):
    text, message = _translation(entry), messages.get(key_of(entry))
    source = entry.msgid_plural or entry.msgid
    checks = [
        (entry.obsolete or message is None, "in no source any more"),
        (message and (message.plural or "") != entry.msgid_plural, "the plural has changed"),
        (entry.fuzzy, "fuzzy"),
        (not text.strip(), "not translated"),
        (placeholders(source) != placeholders(text), f"placeholders differ from {text!r}"),
    ]
    return next((fault for wrong, fault in checks if wrong), None)


def placeholders(text: str) -> list[str]:
    """The named (%(x)s, {x}) and bare (%s) places to fill in; a name counts once, however often it is used."""
    named = {f"%({match[1]})" for match in PERCENT.finditer(text) if match[1]}
    bare = [match[0] for match in PERCENT.finditer(text) if not match[1] and match[0] != "%%"]
    return sorted(named | _braces(text)) + bare


def _braces(text):
    try:
        return {f"{{{field}}}" for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError:  # a lone brace: no format string
        return set()


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside the .po where it is missing or older; say whether it was written.

    Whole or not at all: several test workers may do it at the same moment.
    """
    target = path.with_suffix(".mo")
    if not path.exists() or (target.exists() and target.stat().st_mtime > path.stat().st_mtime):
        return False
    descriptor, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    os.close(descriptor)
    polib.pofile(str(path), encoding="utf-8").save_as_mofile(draft)
    os.chmod(draft, 0o644)
    os.replace(draft, target)
    # A process that looked for the words before they were compiled would go on speaking English.
    translation_file_changed(sender=None, file_path=target)
    return True
