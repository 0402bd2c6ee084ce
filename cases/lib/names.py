"""Names of people compared: however they were typed, in whatever order, and how alike two of them are."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from cases.lib import telex
from cases.lib.mask import WORD
from cases.lib.text import APOSTROPHES, I_OR_Y, TONES, match_key, normalise_name

HOOK, TILDE = "\u0309", "\u0303"
KEY_LENGTH = 100
MOST_WORDS = 8  # of a name, in its keys
# Written apart or together, with an apostrophe or none: K'Tiêng, H Bia, YThương.
_SPLIT = re.compile(r"[\s\-_,;/()]+")
_JOINED = set("hknybmrđêe")  # a lone A or U is a word of its own (Giàng A Sang)
_RAW = re.compile(r"w|aa|ee|oo|dd|\d", re.IGNORECASE)
_UO = re.compile("ưo|uơ(?=.)")  # ươ with one horn forgotten
_PREFIX = re.compile("^[hky](?=[^aeiouy])")  # H' and K' of the highlands, often dropped; Y is a man's, H' a woman's
_VOWEL = re.compile("[aeiouy]")
_SOUNDS = [(re.compile(r"^gi(?=[aeouy])|^gi$"), "d"), (re.compile(r"^tr"), "ch"), (re.compile(r"^s"), "x")]
_HEARD = [(re.compile(r"^l"), "n"), (re.compile(r"^[rv]"), "d"), (re.compile(r"n[gh]$"), "n"), (re.compile(r"c$"), "t")]
_L_OR_N = re.compile("^(l|n(?![gh]))")
SURNAME, MIDDLE, GIVEN = 2.0, 1.0, 3.0
HEARD_ALIKE = 0.8
ONE_WORD_ALIKE = 0.8  # K'Tiêng and K'Tiên may be two people: nothing else of the name agrees
LEFT_OUT, ANOTHER = 0.4, -0.5  # a middle name only one of them has; another one in its place


@dataclass(frozen=True)
class Word:
    """A word of a name: without accents, its letters with their marks, its tone."""

    plain: str
    letters: str
    tone: str

    @property
    def is_bare(self) -> bool:
        return not self.tone and self.plain == self.letters


@lru_cache(maxsize=20_000)
def _word(token: str) -> Word:
    parts = unicodedata.normalize("NFD", token.lower())
    tone = "".join(char for char in parts if char in TONES)
    letters = unicodedata.normalize("NFC", "".join(char for char in parts if char not in TONES))
    return Word(match_key(token), _UO.sub("ươ", I_OR_Y.sub(r"\1i", letters)), tone[:1])


@lru_cache(maxsize=20_000)
def _written_out(token: str) -> str:
    return telex.repair(token)


def _tokens(name: str) -> list[str]:
    """The words as written, a lone letter joined to what follows it (H Bia, K' Tiêng), but not an initial ("N.")."""
    for mark in APOSTROPHES:
        name = name.replace(mark, "")
    found, lone = [], ""
    for token in _SPLIT.split(normalise_name(name).replace("'", "").replace(".", ". ")):
        initial, token = token.endswith("."), token.strip(".")
        if not token:
            continue
        if not lone and not initial and token.lower() in _JOINED:
            lone = token
            continue
        # A clan's name may end like a raw Telex word (K Sor): behind a lone letter only plain signs of Telex count.
        found.append(lone + _written_out(token) if not lone or _RAW.search(token) else lone + token)
        lone = ""
    return [*found, lone] if lone else found


def words(name: str) -> list[Word]:
    """The words of a name, raw Telex and VNI written out: "Nguyeenx H Bia" is nguyễn, hbia."""
    return [word for token in _tokens(name) if (word := _word(token)).plain]


def as_meant(name: str) -> str:
    """The name with Telex and VNI left-overs written out, where plain signs of them stand in it; else unchanged.

    To be offered, never stored unseen: a clan's name may look like a raw word.
    """
    return telex.repair(name) if _RAW.search(name) else name


def search_key(name: str) -> str:
    """A name as it is stored to be searched: "Tra62n  K’Tiêng" is "tran ktieng"."""
    return " ".join(word.plain for word in words(name))


@lru_cache(maxsize=20_000)
def sound(plain: str) -> str:
    """A word with the slips of the ear undone: gi and d, tr and ch, s and x are one at its beginning."""
    for slip, written in _SOUNDS:
        plain = slip.sub(written, plain)
    return plain


@lru_cache(maxsize=20_000)
def ear(plain: str) -> str:
    """A word as it is heard in one region or another: l and n, r, d, v and gi are one at its beginning, n and ng, t and
    c at its end; and what `sound` makes one."""
    heard = sound(plain)
    for slip, written in _HEARD:
        heard = slip.sub(written, heard)
    return heard


def as_heard(name: str) -> str:
    """The name with l for n and n for l at the beginning of every word, "" where no word begins so.

    What has the slip in one word is found by the keys of either.
    """
    plain = [word.plain for word in words(name)]
    swapped = [_L_OR_N.sub(lambda found: "ln"[found[0] == "l"], word) for word in plain]
    return " ".join(swapped) if swapped != plain else ""


def full_key(name: str) -> str:
    """The key that every spelling and order of one name shares; how many people have it tells how common it is."""
    return _key(sound(word.plain) for word in words(name))


def _key(sounds: Iterable[str]) -> str:
    return ("=" + " ".join(sorted(sounds)))[:KEY_LENGTH]


def run_keys(text: str) -> set[str]:
    """The `whole_key` of every name of two to eight words that may stand in `text`, as it is or in raw Telex."""
    tokens = WORD.findall(normalise_name(text))
    found: set[str] = set()
    typed, meant = ([_word(each).plain for each in said] for said in (tokens, map(_written_out, tokens)))
    for plain in [typed] if typed == meant else [typed, meant]:
        for start in range(len(plain) - 1):
            joined = plain[start]
            for word in plain[start + 1 : start + MOST_WORDS]:
                joined += word
                found.add(_joined_key(joined))
    return found


@lru_cache(maxsize=20_000)
def whole_key(name: str) -> str:
    """The key of all words of a name, joined: one of its `keys`."""
    return _joined_key("".join([word.plain for word in words(name)][:MOST_WORDS]))


def _joined_key(plain: str) -> str:
    return ("~" + plain)[:KEY_LENGTH]


def keys(name: str) -> set[str]:
    """What an index holds of a name, so that whoever has a slip in one word, or one middle name less, shares a key.

    A name of three words has nine keys of at most `KEY_LENGTH` signs; an empty name has none.
    """
    plain = [word.plain for word in words(name)][:MOST_WORDS]
    if not plain:
        return set()
    sounds = [sound(word) for word in plain]
    found = {_key(sounds), _joined_key("".join(plain))}
    middle = range(1, len(sounds) - 1)
    found |= {_key(sounds[:gone] + sounds[gone + 1 :]) for gone in middle}
    if len(middle) > 1:
        found.add(_key([sounds[0], sounds[-1]]))
    return found | _slip_keys(sounds)


def _slip_keys(sounds: list[str]) -> set[str]:
    if len(sounds) == 1:
        word = sounds[0]
        shorter = {word[:place] + word[place + 1 :] for place in range(len(word)) if len(word) > 3}
        return {f"?{spelling}"[:KEY_LENGTH] for spelling in {word, *shorter}}
    found = set()
    for place, word in enumerate(sounds):
        others = " ".join(sorted(sounds[:place] + sounds[place + 1 :]))
        onset = _VOWEL.split(word, maxsplit=1)[0]
        found |= {f"{others} {onset}?"[:KEY_LENGTH], f"{others} ?{word[len(onset) :]}"[:KEY_LENGTH]}
    return found


def likeness(one: str, other: str, *, by_ear: bool = False) -> float:
    """How alike two names are, from 0 to 1; 1 only for the same letters, tones and order.

    `by_ear`, for a search: words of one `ear` are nearly the same, though they may be two names (Lam, Nam).

    Name order, accents left out and the spellings of one sound cost next to nothing; an accent that says another
    thing (Hùng, Hưng) or another real syllable (Hùng, Dũng) costs so much that 0.85 is not reached.
    """
    left, right = words(one), words(other)
    if not left or not right:
        return 0.0
    if len(left) > len(right):
        left, right = right, left
    no_accents = _typed_without(left) or _typed_without(right)
    if "".join(w.plain for w in left) == "".join(w.plain for w in right) and len(left) != len(right):
        return 0.97
    alike = _aligned(left, right, no_accents, by_ear)
    if len(left) == len(right):
        alike = max(alike, _aligned(right, left, no_accents, by_ear))
    same_sound = sound(left[0].plain) == sound(right[0].plain)
    return round(alike if len(right) > 1 or same_sound else min(alike, ONE_WORD_ALIKE), 4)


def _typed_without(parts: list[Word]) -> bool:
    """Whether a name was typed without accents, but for a word or so of a long one."""
    return sum(not word.is_bare for word in parts) * 4 <= len(parts)


def _aligned(left: list[Word], right: list[Word], no_accents: bool, by_ear: bool) -> float:
    """The words of the shorter name, each set beside the word of the longer one that it is most like."""
    beside = ((i, a, j, b) for i, a in enumerate(left) for j, b in enumerate(right))
    marks = sorted(((_alike(a, b, no_accents, by_ear), -abs(i - j), i, j) for i, a, j, b in beside), reverse=True)
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for mark, _near, i, j in marks:
        if mark and i not in pairs and j not in taken:
            pairs[i] = j, mark
            taken.add(j)
    weights = _weights(len(right))
    got = sum(weights[j] * mark for j, mark in pairs.values())
    lost = len(left) - len(pairs)
    spare = [j for j in range(len(right)) if j not in taken]
    got += lost * ANOTHER
    got += LEFT_OUT * sum(1 for j in spare[lost:] if 0 < j < len(right) - 1)
    in_order = all(a < b for a, b in pairwise(j for _i, (j, _mark) in sorted(pairs.items())))
    return max(got / sum(weights), 0.0) * (1 if in_order else 0.97)


def _weights(count: int) -> list[float]:
    if count == 1:
        return [GIVEN]
    return [SURNAME, *[MIDDLE] * (count - 2), GIVEN]


def _alike(a: Word, b: Word, no_accents: bool, by_ear: bool) -> float:
    if a.plain == b.plain:
        return _accents(a, b, no_accents)
    if min(len(a.plain), len(b.plain)) == 1:
        return 0.7 if a.plain[0] == b.plain[0] else 0.0
    if sound(a.plain) == sound(b.plain):
        return 0.9
    if by_ear and ear(a.plain) == ear(b.plain):
        return HEARD_ALIKE
    if not one_slip(a.plain, b.plain):
        return 0.0
    if min(len(a.plain), len(b.plain)) > 2 and _PREFIX.sub("", a.plain) == _PREFIX.sub("", b.plain):
        return 0.8 if len(a.plain) != len(b.plain) else 0.4
    real = telex.is_syllable(a.plain) and telex.is_syllable(b.plain)
    return 0.4 if real or min(len(a.plain), len(b.plain)) < 3 or a.plain[0] != b.plain[0] else 0.85


def _accents(a: Word, b: Word, no_accents: bool) -> float:
    if a == b:
        return 1.0
    if no_accents:
        return 0.98
    if a.letters == b.letters:
        if {a.tone, b.tone} == {HOOK, TILDE}:
            return 0.95
        return 0.65 if not a.tone or not b.tone else 0.55
    return 0.65 if a.is_bare or b.is_bare else 0.5


def one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, changed, or two neighbours swapped; also for equal words."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, beside = one[start:], other[start:]
    swapped = len(rest) > 1 and rest[1::-1] + rest[2:] == beside
    return swapped or rest[1:] == beside[1:] or rest[1:] == beside or rest == beside[1:]


def names_in(full_name: str, aliases: str) -> list[str]:
    """A full name, then each of the other names, which are written one after the other."""
    return [full_name, *(part.strip() for part in re.split(r"[,;/\n]", aliases) if part.strip())]
