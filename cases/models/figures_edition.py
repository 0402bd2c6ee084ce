"""Which edition of the code counts a figure: by its very text, so that no change of a definition can be forgotten."""

from functools import cache
from hashlib import sha256
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent
COUNTED_BY = ("lib", "law", "models", "reports/dashboard", "reports/periodic")


@cache
def figures_edition() -> str:
    """Return a digest of every module a figure follows from; figures kept by another one are shown no more."""
    digest = sha256()
    for path in (path for folder in COUNTED_BY for path in sorted((CODE / folder).glob("*.py"))):
        digest.update(f"{path.relative_to(CODE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
