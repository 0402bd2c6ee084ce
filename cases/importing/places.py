"""A unit code and a day into the unit of that time, and the way from there to the unit of today."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from cases.models import Succession, Unit

FULL_CODE = 5  # digits of a commune's code


class Places:
    """The units that ever bore one of `codes`; the successions are read when they are asked for."""

    def __init__(self, codes: Iterable[str]) -> None:
        wanted = set(codes)
        wanted |= {code.zfill(FULL_CODE) for code in wanted if code.isdigit()}
        self.lives: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(code__in=wanted).select_related("standing").order_by("valid_from"):
            self.lives.setdefault(unit.code, []).append(unit)
        self.next = lru_cache(maxsize=None)(self._next)

    def bearing(self, code: str, day: date) -> Unit | None:
        """The unit that bears the code on `day`."""
        return next((unit for unit in self.lives.get(code, ()) if unit.in_force(day)), None)

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
