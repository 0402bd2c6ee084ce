"""Which edition of the law's code tells a verdict: by its very text, so that no change of it can be forgotten."""

from functools import cache
from hashlib import sha256
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent
BESIDE = (CODE / "lib" / "dates.py", CODE / "models" / "law_facts.py")  # how it counts, and what it is given to read


@cache
def law_edition() -> str:
    """Return a digest of every module a verdict follows from; another one means that all clocks are told anew."""
    digest = sha256()
    for path in (*sorted((CODE / "law").glob("*.py")), *BESIDE):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
