"""Vietnamese as it was written before Unicode: TCVN3 (.VnTime) and VNI letters, and UTF-8 that was encoded twice.

Sources: TCVN 5712:1993 (VN3) for the first, the code page of the VNI fonts for the second; both are public tables.
"""

import re
import unicodedata
from enum import StrEnum


class LetterSet(StrEnum):
    """How a text is written that is not plain Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    TWICE = "twice"


_TCVN3 = str.maketrans(
    dict(
        zip(
            "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
            "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)
_MARKS = {  # behind a vowel: its combining marks
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}  # fmt: skip
_TONES, _BREVES, _HATS = "øùûõï", "êèéúüë", "âàáåãä"
_TAKES = {"a": _TONES + _BREVES + _HATS, "e": _TONES + _HATS, "o": _TONES + _HATS, "u": _TONES, "y": _TONES}
_TAKES |= {"ô": _TONES, "ö": _TONES}
_ALONE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ"}
_VNI = re.compile(
    "|".join(f"[{vowel}{vowel.upper()}][{marks}{marks.upper()}]" for vowel, marks in _TAKES.items())
    + f"|[{''.join(_ALONE)}{''.join(_ALONE).upper()}]"
)

_WORD = re.compile(r"[^\W\d_]+")
_UNICODE_ALONE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")  # letters that no old font had a place for
_TWICE = re.compile("[\u00c2-\u00c6\u00e1\u00e2][\u0080-\u00bf\u0152-\u0192\u02c6-\u2122]")
_INSIDE = re.compile(  # what no other writing has: such a sign inside a word, or two of them behind one letter
    "[\u00c2-\u00c6][\u0080-\u009f\u0152-\u0192\u02c6-\u2122](?=[^\\W\\d_])"
    "|[\u00e1\u00e2][\u0080-\u00bf\u0152-\u0192\u02c6-\u2122]{2}"
)
_ONSETS = "b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|"
    "ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|im|in|inh|ip|it|iu|iêc|iêm|iên|iêng|iêp|iêt|iêu|o|oa|oac|oach|oai|oam|oan|"
    "oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|"
    "ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uc|ui|um|un|ung|up|ut|uân|uâng|uât|uây|uê|uêch|uênh|uôc|uôi|uôm|uôn|uông|uôt|uơ|"
    "uy|uya|uych|uyên|uyêt|uynh|uyt|uyu|uyn|uyp|ư|ưa|ưc|ưi|ưng|ưt|ưu|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|y|yêm|yên|yêng|"
    "yêt|yêu|ynh|ưm|ân"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_RHYMES})")
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"


def is_word(word: str) -> bool:
    """Whether a word of letters is a Vietnamese syllable as Unicode writes it: one tone, its marks on right letters."""
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(parts.count(mark) for mark in _TONE_MARKS) > 1:
        return False
    toneless = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in _TONE_MARKS))
    return _SYLLABLE.fullmatch(toneless) is not None


def from_tcvn3(text: str) -> str:
    """ "NguyÔn V¨n Hïng" is "Nguyễn Văn Hùng"; a capital with a tone keeps the small letter of its font."""
    return _as_cased(text, text.translate(_TCVN3))


def _as_cased(text: str, read: str) -> str:
    """Words of which every plain letter is a capital were set in a font of capitals (.VnTimeH)."""
    words = []
    for was, word in zip(re.split(r"(\s+)", text), re.split(r"(\s+)", read), strict=True):
        plain = [sign for sign in was if sign.isascii() and sign.isalpha()]
        capital = len(plain) > 1 and all(sign.isupper() for sign in plain)
        first = word[:1].upper() + word[1:] if was[:1] in "§¡¢£¤¥¦" else word
        words.append(word.upper() if capital else first)
    return "".join(words)


def from_vni(text: str) -> str:
    """ "Nguyeãn Vaên Huøng" is "Nguyễn Văn Hùng"."""
    return unicodedata.normalize("NFC", _VNI.sub(_letter, unicodedata.normalize("NFC", text)))


def _letter(found: re.Match[str]) -> str:
    vowel, mark = found[0][0], found[0][1:]
    base = _ALONE.get(vowel.lower(), vowel.lower())
    letter = unicodedata.normalize("NFC", base + _MARKS.get(mark.lower(), ""))
    return letter.upper() if vowel.isupper() else letter


def from_twice(text: str) -> str:
    """ "Nguyá»…n" is "Nguyễn"; ValueError where the text is no UTF-8 read as Windows-1252."""
    return b"".join(_byte(sign) for sign in text).decode("utf-8")


def _byte(sign: str) -> bytes:
    return bytes([ord(sign)]) if ord(sign) < 256 else sign.encode("cp1252")


_READERS = {LetterSet.TWICE: from_twice, LetterSet.VNI: from_vni, LetterSet.TCVN3: from_tcvn3}


def convert(text: str, letters: LetterSet) -> str:
    """The text in Unicode letters; ValueError where it cannot be read so."""
    return _READERS[letters](unicodedata.normalize("NFC", text))


def recognise(text: str) -> LetterSet | None:
    """In which old letters a text must be written: it is no Vietnamese as it stands, and is when it is read so.

    None where it is plain Unicode, and where nothing tells: a single "Hoà" may be "Hồ" in VNI, and stays as it is.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or _UNICODE_ALONE.search(text):
        return None
    if _INSIDE.search(text) and _read(text, LetterSet.TWICE) != text:
        return LetterSet.TWICE
    wrong = _strange(text)
    if not wrong:
        return None
    tries = [(_strange(read), letters) for letters in _READERS if (read := _read(text, letters)) != text]
    left, letters = min(tries, key=lambda each: each[0], default=(wrong, None))
    return letters if left < wrong else None


def _read(text: str, letters: LetterSet) -> str:
    if letters is LetterSet.TWICE and not _TWICE.search(text):
        return text
    try:
        return convert(text, letters)
    except ValueError:
        return text


def _strange(text: str) -> int:
    """How many words hold a sign of an old font, or letters beyond ASCII where no Vietnamese word has them.

    One sign that stands alone is punctuation.
    """
    count = 0
    for word in re.split(r"[\s.,;:()/'’–-]+", text):
        letters = "".join(_WORD.findall(word))
        odd = any(0x80 <= ord(sign) < 0xC0 for sign in word.replace("º", "").replace("°", ""))
        mixed = any(sign.isupper() for sign in letters[1:]) and any(sign.islower() for sign in letters[1:])
        count += len(word) > 1 and not word.isascii() and (odd or mixed or not is_word(letters))
    return count
