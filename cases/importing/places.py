"""A unit code and a day into the unit of that time, and the way from there to the unit of today."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from cases.models import Succession, Unit
from cases.models.unit import bare

FULL_CODE = 5  # digits of a commune's code
_DIGITS = re.compile(r"\d{3,6}(?:\.0+)?")


def codes_in(typed: str) -> list[str]:
    """The codes that typed words may hold: "24697.0", "024697" and "24697 - Xã Nam Đà" are 24697."""
    found = [words.partition(".")[0] for words in _DIGITS.findall(typed)]
    return [code.lstrip("0").zfill(FULL_CODE) for code in found]


class Places:
    """The units that ever bore one of the codes in `typed`; the successions are read when they are asked for.

    `nearby` are the communes that may be called by their name.
    """

    def __init__(self, typed: Iterable[str], nearby: Iterable[Unit] = ()) -> None:
        wanted = {code for words in typed for code in (words, *codes_in(words))}
        self.named: dict[str, list[Unit]] = {}
        for unit in nearby:
            self.named.setdefault(bare(unit.name), []).append(unit)
        self.lives: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(code__in=wanted).select_related("standing").order_by("valid_from"):
            self.lives.setdefault(unit.code, []).append(unit)
        self.next = lru_cache(maxsize=None)(self._next)

    def bearing(self, code: str, day: date) -> Unit | None:
        """The unit that bears the code on `day`."""
        return next((unit for unit in self.lives.get(code, ()) if unit.in_force(day)), None)

    def meant(self, typed: str, day: date) -> Unit | None:
        """The unit that is meant on `day` by a code typed in another way, by its name, or by both where they agree."""
        words = _DIGITS.sub(" ", typed).strip(" -–:,.")
        if words:
            called = [unit for unit in self.named.get(bare(words), ()) if unit.in_force(day)]
            called = called or self._heirs_called(bare(words), day)
            agreed = [unit for unit in called if unit.code in codes_in(typed)] if _DIGITS.search(typed) else called
            return agreed[0] if len(agreed) == 1 else None
        return next((unit for code in codes_in(typed) if (unit := self.bearing(code, day))), None)

    def _heirs_called(self, name: str, day: date) -> list[Unit]:
        """Who bears on `day` the place of a unit that was called so: people go on saying the old name."""
        heirs = {heir.pk: heir for unit in self.named.get(name, ()) for heir in self.heirs(unit)}
        return [heir for heir in heirs.values() if heir.in_force(day)]

    def _next(self, pk: int) -> list[Succession]:
        rows = Succession.objects.filter(old=pk).order_by("on", "pk")
        return list(rows.select_related("new__standing"))

    def heirs(self, unit: Unit) -> list[Unit]:
        """Who may stand in the place of `unit` today: itself, one successor, or several where it was split."""
        if unit.standing:
            return [unit.standing]
        found = {heir.pk: heir for step in self.next(unit.pk) for heir in self.heirs(step.new)}
        return sorted(found.values(), key=lambda heir: heir.code)

    def way(self, unit: Unit, heir: Unit) -> list[tuple[Unit, date]]:
        """The units one passes through from `unit` to `heir`, each with its first day."""
        way, here = [], unit
        while here.pk != heir.pk:
            step = next((step for step in self.next(here.pk) if heir in self.heirs(step.new)), None)
            if step is None:
                break
            way.append((step.new, step.on))
            here = step.new
        return way
