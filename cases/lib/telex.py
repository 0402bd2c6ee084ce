"""Vietnamese typed with the keyboard program switched off: "Nguyeenx" (Telex) and "Tra62n" (VNI) made into words."""

import re
import unicodedata
from dataclasses import dataclass, field

TONE_MARKS = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
TONE_DIGITS = {"2": "\u0300", "3": "\u0309", "4": "\u0303", "1": "\u0301", "5": "\u0323"}
CIRCUMFLEX, BREVE, HORN, STROKE = "\u0302", "\u0306", "\u031b", "\u0335"
_TONES = set(TONE_MARKS.values())
_VOWELS = set("aeiouy")
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong op ot "
    "u ua uac uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych "
    "uyen uyet uynh uyt uyu y yem yen yet yeu ynh yt ych"
).split()
# "Niê", the commonest clan of the highlands, is no Vietnamese syllable.
_SYLLABLE = re.compile(
    rf"(?:{_ONSETS})(?:{'|'.join(sorted(_RIMES, key=len, reverse=True))})|gi|nie"
)  # Niê is the commonest name of a clan of the highlands
_WORD = re.compile(r"[^\W_]+")
DIGITS = set("0123456789")
LONGEST_WORD = 12  # "nghieengs" and a mark or two


@dataclass
class _Letter:
    base: str
    mark: str = ""


@dataclass
class _Reading:
    """The letters read so far and the one tone of the syllable; `wrong` once the keys make no sense."""

    letters: list[_Letter] = field(default_factory=list)
    tone: str = ""
    wrong: bool = False

    @property
    def plain(self) -> str:
        return "".join(letter.base for letter in self.letters)

    def set_tone(self, tone: str) -> None:
        self.wrong = self.wrong or bool(self.tone)
        self.tone = tone

    def set_mark(self, mark: str, bases: str) -> bool:
        """Put a mark on the last letter of `bases` that has none; false where there is none."""
        for letter in reversed(self.letters):
            if letter.base in bases and not letter.mark:
                letter.mark = mark
                return True
        return False

    def set_horn(self, also_breve: bool = False) -> bool:
        pair = self.plain.rfind("uo")
        if pair >= 0 and not self.letters[pair + 1].mark:
            self.letters[pair].mark = self.letters[pair + 1].mark = HORN
            return True
        for letter in reversed(self.letters):
            if letter.base in "uo" and letter.mark != CIRCUMFLEX:
                letter.mark = HORN
                return True
            if also_breve and letter.base == "a" and not letter.mark:
                letter.mark = BREVE
                return True
        return False


def is_syllable(plain: str) -> bool:
    """Whether lower-case letters without accents can be a Vietnamese syllable: "nguyen", not "nguyeen"."""
    return _SYLLABLE.fullmatch(plain) is not None


def repair(text: str) -> str:
    """The text with every raw Telex or VNI word written out, in its own case; all other words unchanged.

    A word counts as raw only where it is no Vietnamese syllable as it stands and becomes one.
    """
    return _WORD.sub(lambda found: _written_out(found[0]), unicodedata.normalize("NFC", text))


def _written_out(word: str) -> str:
    if len(word) > LONGEST_WORD or word.isdigit():
        return word
    given = _letters_of(word.lower())
    if is_syllable(given.plain):
        return word
    keys = _vni if set(word) & DIGITS else _telex
    reading = keys(given)
    if reading.wrong or not is_syllable(reading.plain):
        return word
    spelt = _spell(reading)
    if word.isupper() and len(spelt) > 1:
        return spelt.upper()
    return spelt.capitalize() if word[0].isupper() else spelt


def _letters_of(word: str) -> _Reading:
    """The letters with the marks and the tone they bear already."""
    reading = _Reading()
    for char in unicodedata.normalize("NFD", word.replace("đ", f"d{STROKE}")):
        if char in _TONES:
            reading.set_tone(char)
        elif unicodedata.combining(char) and reading.letters:
            reading.letters[-1].mark = char
        else:
            reading.letters.append(_Letter(char))
    return reading


def _vni(given: _Reading) -> _Reading:
    reading = _Reading(tone=given.tone)
    for letter in given.letters:
        key = letter.base
        if key in TONE_DIGITS:
            reading.set_tone(TONE_DIGITS[key])
        elif key in DIGITS:
            reading.wrong = reading.wrong or not _vni_mark(reading, key)
        else:
            reading.letters.append(letter)
    return reading


def _vni_mark(reading: _Reading, key: str) -> bool:
    if key == "7":
        return reading.set_horn()
    if key == "0":
        return bool(reading.letters)
    mark, bases = {"6": (CIRCUMFLEX, "aeo"), "8": (BREVE, "a"), "9": (STROKE, "d")}[key]
    return reading.set_mark(mark, bases)


def _telex(given: _Reading) -> _Reading:
    reading = _Reading(tone=given.tone)
    for letter in given.letters:
        if letter.mark or not _telex_key(reading, letter.base):
            reading.letters.append(letter)
    return reading


def _telex_key(reading: _Reading, key: str) -> bool:
    """Take one key as a sign for what stands before it; false where it is a letter of its own."""
    seen = set(reading.plain)
    if key in TONE_MARKS and seen & _VOWELS:
        reading.set_tone(TONE_MARKS[key])
        return True
    if key == "z" and seen & _VOWELS:
        return True
    if key == "w":
        if not reading.set_horn(also_breve=True):
            reading.letters.append(_Letter("u", HORN))
        return True
    if key in "aeo" and key in seen:
        return reading.set_mark(CIRCUMFLEX, key)
    return key == "d" and reading.plain[:1] == "d" and reading.set_mark(STROKE, "d")


def _spell(reading: _Reading) -> str:
    place = _tone_place(reading)
    spelt = ""
    for index, letter in enumerate(reading.letters):
        if letter.mark == STROKE:
            spelt += "đ"
        else:
            spelt += letter.base + letter.mark + (reading.tone if index == place else "")
    return unicodedata.normalize("NFC", spelt)


def _tone_place(reading: _Reading) -> int:
    """Which letter bears the tone: a marked vowel, else by the closing of the syllable (hòa, toàn, mía, quý)."""
    plain = reading.plain
    start = 2 if plain[:2] in ("qu", "gi") and len(plain) > 2 and plain[2] in _VOWELS else 0
    vowels = [i for i, letter in enumerate(reading.letters) if i >= start and letter.base in _VOWELS]
    marked = [i for i in vowels if reading.letters[i].mark]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    closed = vowels[-1] < len(plain) - 1
    return vowels[1] if closed or len(vowels) == 3 else vowels[0]
