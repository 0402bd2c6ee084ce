"""400 ways of asking for a person of an invented register: 25 slips in the name, each with 16 ways to tell more.

A pure function of its seed. Each query asks for somebody for whom at most five people of the register would be asked
for in these words without the slip's luck: whom nobody could tell apart is not looked for.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from random import Random

from cases.lib.text import bare
from tests.lib.register import people

FEW = 5
HAMLETS = [
    *(f"Thôn {number}" for number in range(1, 10)),
    *(f"Thôn {name}" for name in ("Nam Tân", "Quảng Hà", "Đắk Mâm", "Nam Thanh", "Phú Cường")),
    *(f"Buôn {name}" for name in ("Choáh", "K62", "9", "Dru")),
    *(f"Bon {name}" for name in ("Yôk Linh", "Choih", "Ja Rá")),
    *(f"Tổ dân phố {number}" for number in range(1, 5)),
]
MARKS = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
TONES = {"\u0301": "s1", "\u0300": "f2", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}


@dataclass(frozen=True)
class Query:
    """`person`: the number in the register of whoever is meant."""

    slip: str
    detail: str
    words: str
    person: int


def register(count, seed=20261129):
    """`count` people as (name, birth, hamlet)."""
    dice = Random(seed)
    return [(name, born, dice.choice(HAMLETS)) for name, born in people(count, seed)]


def _raw(word, vni):
    """A word as the keys are struck with the keyboard program off."""
    letters, tone = "", ""
    barred = word.replace("đ", "d9" if vni else "dd").replace("Đ", "D9" if vni else "Dd")
    for char in unicodedata.normalize("NFD", barred):
        if char in MARKS:
            letters += MARKS[char] if vni else (letters[-1].lower() if char == "\u0302" else "w")
        elif char in TONES:
            tone = TONES[char][vni]
        else:
            letters += char
    return letters + tone


def _words(change):
    return lambda name: " ".join(change(word) for word in name.split())


def _given(change):
    def slip(name):
        *rest, given = name.split()
        return " ".join([*rest, change(given)])

    return slip


def _onset(one, other):
    """Two beginnings of a word taken for each other."""

    def change(word):
        lower = word.lower()
        for begins, becomes in ((one, other), (other, one)):
            if lower.startswith(begins) and lower[len(begins) :][:1] not in ("h", "g"):
                return becomes.capitalize() + word[len(begins) :]
        return word

    return _words(change)


def _ending(pairs):
    def change(word):
        for ends, becomes in pairs:
            if word.endswith(ends):
                return word[: -len(ends)] + becomes
        return word

    return _given(change)


def _tones_taken(word):
    swapped = {"\u0309": "\u0303", "\u0303": "\u0309"}
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(swapped.get(char, char) for char in parts))


def _longer(least, change):
    return lambda name: change(name.split()) if len(name.split()) >= least else name


SLIPS = {
    "as written": lambda name: name,
    "no accents": bare,
    "capitals": str.upper,
    "raw Telex": _words(lambda word: _raw(word, vni=False)),
    "raw VNI": _words(lambda word: _raw(word, vni=True)),
    "given name first": _longer(2, lambda words: " ".join([words[-1], *words[:-1]])),
    "backwards": _longer(2, lambda words: " ".join(reversed(words))),
    "no middle name": _longer(3, lambda words: f"{words[0]} {words[-1]}"),
    "no surname": _longer(3, lambda words: " ".join(words[1:])),
    "l and n": _onset("l", "n"),
    "tr and ch": _onset("tr", "ch"),
    "s and x": _onset("s", "x"),
    "d and gi": _onset("d", "gi"),
    "v and d": _onset("v", "d"),
    "r and d": _onset("r", "d"),
    "n and ng": _ending([("ng", "n"), ("n", "ng")]),
    "t and c": _ending([("t", "c"), ("c", "t")]),
    "i and y": _words(lambda word: word.translate(str.maketrans("yýỳ", "iíì"))),
    "hook and tilde": _words(_tones_taken),
    "no tone on the given name": _given(bare),
    "a letter left out": _given(lambda word: word[:-1] if len(word) > 3 else word),
    "a letter twice": _given(lambda word: word[:2] + word[1:]),
    "two letters swapped": _given(lambda word: word[:-2] + word[-1] + word[-2] if len(word) > 2 else word),
    "in one word": lambda name: bare(name).replace(" ", ""),
    "an initial": _longer(3, lambda words: " ".join([f"{words[0][0]}.", *words[1:]])),
}


def _day(born, pattern):
    year, month, day = (int(part) for part in born.split("-"))
    return pattern.format(d=day, m=month, y=year)


DETAILS = {  # what stands around the name, and what of the person it says; None where it is not known
    "alone": lambda born, hamlet: ("{}", ""),
    "year": lambda born, hamlet: (f"{{}} {born[:4]}", born[:4]),
    "sn": lambda born, hamlet: (f"{{}} sn {born[:4]}", born[:4]),
    "sinh": lambda born, hamlet: (f"{{}} sinh {born[:4]}", born[:4]),
    "sinh năm": lambda born, hamlet: (f"{{}} sinh năm {born[:4]}", born[:4]),
    "in brackets": lambda born, hamlet: (f"{{}} ({born[:4]})", born[:4]),
    "day": lambda born, hamlet: ("{} " + _day(born, "{d:02d}/{m:02d}/{y}"), born),
    "short day": lambda born, hamlet: ("{} " + _day(born, "{d}-{m}-{y}"), born),
    "sinh ngày": lambda born, hamlet: ("{} sinh ngày " + _day(born, "{d:02d}/{m:02d}/{y}"), born),
    "month": lambda born, hamlet: ("{} " + _day(born, "{m:02d}/{y}"), born[:7]),
    "hamlet": lambda born, hamlet: (f"{{}} {hamlet}", hamlet),
    "bare hamlet": lambda born, hamlet: (f"{{}} {bare(hamlet)}", hamlet),
    "hamlet first": lambda born, hamlet: (f"{hamlet}, {{}}", hamlet),
    "ông": lambda born, hamlet: ("ông {}", ""),
    "anh, year": lambda born, hamlet: (f"anh {{}} {born[:4]}", born[:4]),
    "ông, hamlet": lambda born, hamlet: (f"ông {{}} {hamlet}", hamlet),
}
DAYS = {"day", "short day", "sinh ngày", "month"}


def queries(known, seed=20261129):
    """One query for each slip and detail, on people as `register` makes them."""
    found, dice = [], Random(seed)
    for slip, change in SLIPS.items():
        typed = [change(name) for name, _born, _hamlet in known]
        for detail, tell in DETAILS.items():
            told = [
                tell(born, hamlet) if len(born) == 10 or detail not in DAYS else None for _name, born, hamlet in known
            ]
            asked = [told[place] and (bare(words), told[place][1]) for place, words in enumerate(typed)]
            common = Counter(asked)
            order = dice.sample(range(len(known)), len(known))
            fits = (place for place in order if asked[place] and common[asked[place]] <= FEW)
            slipped = (place for place in fits if typed[place] != known[place][0] or slip == "as written")
            person = next(slipped, None)
            if person is not None:
                found.append(Query(slip, detail, told[person][0].format(typed[person]), person))
    return found
