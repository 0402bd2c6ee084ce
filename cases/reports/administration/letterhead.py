"""The head of the letters of a unit, and whether somebody has found it right."""

from datetime import date

from cases.law import police
from cases.models import LetterheadCheck, PoliceVersion, Unit
from cases.reports.periodic.official_letter import bodies


def head_words(unit: Unit, on: date) -> dict[str, str]:
    """What stands at the head of a letter of the unit on a day; always Vietnamese."""
    body = bodies(unit, on)
    return {"superior": body.superior, "body": body.name, "symbol": body.letters.symbol, "place": body.place}


def kinds(on: date) -> list[police.Letters]:
    """How the bodies of each kind of unit sign on a day, in the order of the law's table."""
    table = PoliceVersion.objects.table()
    return [police.letters(f"{each.word} ", on, table) for each in police.LETTERS]


def last_check(unit: Unit, head: dict[str, str]) -> LetterheadCheck | None:
    """The last time somebody found these words, of head_words, right; None where nobody looked at them yet."""
    return LetterheadCheck.objects.filter(unit=unit, **head).select_related("checked_by").first()
