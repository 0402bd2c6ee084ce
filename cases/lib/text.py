"""Vietnamese names and words: one spelling to store, one to search, one to sort by."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

UNKNOWN = "—"  # what pages, papers and lists show where nothing is known
APOSTROPHES = "'’‘ʼʹ′`´"
STRAIGHT = {ord(mark): "'" for mark in APOSTROPHES}
REMOVED = {ord(mark): None for mark in APOSTROPHES}
# Old fonts and typists put the Icelandic eth where đ belongs: the two look alike.
ETH = {0x00D0: "Đ", 0x00F0: "đ"}

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
LETTERS = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
# hy, kỳ, lý, mỹ, quý… are also spelt with i; after any other vowel y and i are two sounds (thay, thai).
I_OR_Y = re.compile(r"(qu|[b-df-hj-np-tv-xz])y")


# Latin letters and signs, marks that are written apart, letters with two marks, spaces and signs nobody sees
FOLDED = ((0x00, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0xFEFF, 0xFEFF))
LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str, *, lines: bool = False) -> str:
    """What may be stored of a text typed, scanned or loaded anywhere: it can be shown, searched and written to a file.

    Composed letters (NFC); no control, zero-width or bidi marks, halves of pairs or codes that are no characters; every
    run of spaces is one space. `lines` keeps the line ends of a text of several lines, as "\n"; else they are spaces.
    Spaces at the ends stay one each: a search for a whole word has them. Cleaning twice is cleaning once.
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text  # nearly every text: nothing printable is taken out, and no line ends in one
    return _cleaned(text, lines)


def _cleaned(text: str, lines: bool) -> str:
    ended = LINE_ENDS.sub("\n", text)
    kept = "".join(char for char in ended if char in "\n\t" or not _is_mark(char))
    folded = re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFC", kept))
    return re.sub(r" *\n *", "\n", folded) if lines else re.sub(r"\s+", " ", folded)


def _is_mark(char: str) -> bool:
    """Nothing to see and nothing a file format takes: controls, format marks, surrogates, noncharacters."""
    code = ord(char)
    is_no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return is_no_character or unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _plain(text: str, apostrophes: Mapping[int, str | None]) -> str:
    return clean(text).translate({**ETH, **apostrophes}).strip()


def _strip_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char)).replace("đ", "d")


def normalise_name(text: str) -> str:
    """The spelling to store: composed letters (NFC), single spaces, straight apostrophes, nothing invisible."""
    return _plain(text, STRAIGHT)


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and doubled spaces: "  Nguyễn Thị H’Đào " is "nguyen thi hdao"."""
    return " ".join(_strip_marks(_plain(text, REMOVED).lower()).split())


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """A name as it is typed without accents: "Nguyễn Thị Hương" is "nguyen thi huong"."""
    return _strip_marks(unicodedata.normalize("NFC", name).lower())


def fold_table() -> dict[str, str]:
    """What `fold` makes of each character that Vietnamese text may hold, where it is more than a small letter.

    For a browser that folds by itself: character by character, then single spaces.
    """
    marks = {**ETH, **REMOVED}
    found = {}
    for code in (code for first, last in FOLDED for code in range(first, last + 1)):
        folded = _strip_marks(clean(chr(code)).translate(marks).lower())
        if folded != chr(code).lower():
            found[chr(code)] = folded
    return found


def match_key(text: str) -> str:
    """`fold`, and i for y where both spellings of a name are in use: Lý and Lí, Quý and Quí are one."""
    return I_OR_Y.sub(r"\1i", fold(text))


def _letter(char: str) -> tuple[str, int]:
    """Two signs that sort as the Vietnamese alphabet does, and the tone from 0 (ngang) to 5 (nặng)."""
    marks = unicodedata.normalize("NFD", char)
    tone = max((TONES.get(mark, 0) for mark in marks), default=0)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    if bare in LETTERS:
        return LETTERS[bare], tone
    base = marks[0]
    if not (base.isascii() and base.isalnum()):
        return "z9", tone
    return (f"1{base}" if base.isdigit() else f"{base}0"), tone


def _word_key(word: str) -> str:
    letters = [_letter(char) for char in word]
    tone = max((tone for _, tone in letters), default=0)
    return "".join(code for code, _ in letters) + f"0{tone}"


def sort_key(full_name: str) -> str:
    """A string of a-z and 0-9 that any database sorts as a Vietnamese list of names: given name, surname, middle names.

    Within a word the letters count first (a ă â b c d đ …), then its tone (ngang huyền hỏi ngã sắc nặng), wherever the
    mark stands (hòa, hoà). At most four signs for each letter of the name.
    """
    words = [word for word in re.split(r"[\s\-]+", _plain(full_name, REMOVED).lower()) if word]
    return "".join(_word_key(word) for word in words[-1:] + words[:-1])


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of `text` on one line, at most `length` characters with the "…", cut between words if it can be."""
    line = _plain(text, {})
    if len(line) <= length:
        return line
    head = line[: length - 1]
    if not line[length - 1].isspace() and " " in head:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:.–-") + "…"


def in_a_sentence(name: str) -> str:
    """A name or title as it reads within a sentence: "Xã Nam Đà" is "xã Nam Đà"."""
    return f"{name[:1].lower()}{name[1:]}"
