"""The line of migrations: those released are frozen by their sums, those not yet released can be linked anew."""

import hashlib
import re
from pathlib import Path

SUMS = "released.txt"
DEPENDENCY = re.compile(r"""(\(\s*["']cases["']\s*,\s*["'])(\d{4}_\w+)(["'])""")


def files(folder: Path) -> list[Path]:
    """The migrations of a folder in the order of their numbers."""
    return sorted(folder.glob("[0-9]*.py"))


def released_digests(folder: Path) -> dict[str, str]:
    """The sums of the released migrations by file name."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines() if (folder / SUMS).exists() else []
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def digest(path: Path) -> str:
    """The sha256 of a file, whatever line ends the checkout has."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def release(folder: Path) -> list[str]:
    """Freeze what is not frozen yet; give the names. A sum that stands there is never written anew."""
    known = released_digests(folder)
    new = [path for path in files(folder) if path.name not in known]
    with (folder / SUMS).open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{digest(path)}  {path.name}\n" for path in new)
    return [path.name for path in new]


def relink(folder: Path) -> list[str]:
    """Let every migration not released yet follow the one before it in number; give the names of those changed."""
    frozen, line, changed = released_digests(folder), files(folder), []
    for before, path in zip(line, line[1:], strict=False):
        text = path.read_text(encoding="utf-8")
        linked = DEPENDENCY.sub(rf"\g<1>{before.stem}\g<3>", text, count=1)
        if path.name not in frozen and linked != text:
            path.write_text(linked, encoding="utf-8", newline="\n")
            changed.append(path.name)
    return changed


def faults(folder: Path) -> list[str]:
    """What is wrong with the line, a sentence each: a released file changed or gone, a number twice, a fork."""
    line = files(folder)
    names = {path.name: path for path in line}
    found = [
        f"{name} is released and must stay as it was: write a new migration instead."
        for name, known in released_digests(folder).items()
        if name not in names or digest(names[name]) != known
    ]
    for before, path in zip(line, line[1:], strict=False):
        if before.name[:4] == path.name[:4]:
            found.append(f"{path.name} has the number of {before.name}.")
        follows = [match[1] for match in DEPENDENCY.findall(path.read_text(encoding="utf-8"))]
        if follows != [before.stem]:
            found.append(f"{path.name} follows {', '.join(follows) or 'nothing'} instead of {before.stem}.")
    return found
