"""Style sheets and scripts lie in small files; a page asks for them joined, for a slow line pays for every request."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from cases.templatetags import icons

# In the order they build on each other. The connection is looked at before a form is kept from being sent twice.
JOINED = {
    "css/pages.css": (
        *("tokens", "base", "layout", "page", "controls", "lists", "facts", "forms", "drafts", "question", "fields"),
        *("quick", "day", "home", "file", "case", "tables", "identity", "charts", "trip", "enlarged", "print"),
    ),
    "js/pages.js": (
        *("offline", "draft-store", "draft", "draft-sent", "draft-list", "draft-people", "sign-out", "id-card", "once"),
        *(
            "filter",
            "day",
            "money",
            "photo",
            "pick",
            "unit-pick",
            "reveal",
            "undo",
            "folds",
            "menu",
            "tabs",
            "print",
            "reload",
        ),
    ),
    # What every page of whoever may take people along does with the outbox of this device
    "js/trip.js": ("trip-store", "trip-vault", "trip-server", "trip-outbox", "trip-send", "trip-bar"),
    # What the page of “Đi thôn” does, with a network and without
    "js/trip-page.js": (
        *("fold-table", "fold", "trip-people", "trip-order", "trip-log", "trip-put-off", "trip-work", "trip-meeting"),
        *("trip-entries", "trip-leave", "trip-device"),
    ),
}
MADE = (*JOINED, icons.SHEET)
Found = str | list[str]
SOURCE = settings.BASE_DIR / "static"


def parts(name: str) -> list[Path]:
    """The files that a joined file is made of."""
    if name == icons.SHEET:
        return [Path(icons.__file__)]
    kind = Path(name).suffix
    return [SOURCE / kind[1:] / f"{part}{kind}" for part in JOINED[name]]


def joined(name: str) -> str:
    """A script that fails stops no other one, as if each were loaded alone."""
    if name == icons.SHEET:
        return icons.sheet()
    texts = [path.read_text(encoding="utf-8") for path in parts(name)]
    if name.endswith(".js"):
        texts = [f"try {{\n{text}}} catch (error) {{\n  reportError(error);\n}}\n" for text in texts]
    return "\n".join(texts)


@cache
def folder() -> TemporaryDirectory:
    """Where this process keeps what it joined; it goes with the process."""
    return TemporaryDirectory(prefix="joined-")


def write(name: str) -> Path:
    """The joined file, as its parts are now."""
    path = Path(folder().name, name)
    newest = max(part.stat().st_mtime for part in parts(name))
    if not path.exists() or path.stat().st_mtime < newest:
        path.parent.mkdir(exist_ok=True)
        whole = path.with_suffix(".part")
        whole.write_text(joined(name), encoding="utf-8", newline="\n")
        whole.replace(path)
    return path


class JoinedFinder(BaseFinder):
    """Finds the joined files where Django looks for static files; `collectstatic` collects them with the others."""

    def check(self, **_kwargs: object) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: object) -> Found:
        found = [str(write(path))] if path in MADE else []
        return found if find_all else "".join(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in MADE:
            write(name)
            yield name, FileSystemStorage(location=folder().name)
