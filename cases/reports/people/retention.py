"""Whose file is kept long enough: told ahead, due, and what is counted of each before the person is anonymised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.law.retention import KeptUntil, RetentionRule, kept_until, latest_ending, rule_of
from cases.models import RetentionVersion, Returnee, Unit
from cases.models.declared import DECLARED
from cases.models.user import User

AT_MOST = 50  # people on the page, and anonymised at once


@dataclass(frozen=True)
class KeptFile:
    """One file that ended, and until when it is kept. A sealed one is not named here either."""

    person: Returnee
    until: KeptUntil
    is_due: bool

    @property
    def name(self) -> str:
        return _("A sealed file") if self.person.is_sealed else self.person.full_name

    @property
    def ending(self) -> str:
        return self.person.get_close_reason_display()


def files_to_tell(
    user: User | None, on: date, rules: list[RetentionRule], unit: Unit | None = None
) -> QuerySet[Returnee]:
    """The files of the user's units whose time is over on `on` or soon will be, the oldest ending first.

    Without a user those of the whole country. Nobody where there is no rule.
    """
    found = Q(pk__in=[])
    for ending in Returnee.CloseReason.values:
        if rule := rule_of(ending, rules, on):
            found |= Q(close_reason=ending, closed_on__lte=latest_ending(rule, on))
    people = Returnee.objects.filter(found, anonymisation=None).order_by("closed_on", "pk")
    if unit is not None:
        people = people.filter(unit__path__startswith=unit.path)
    return people if user is None else people.filter(unit__in=user.scope)


def kept_files(people: QuerySet[Returnee], on: date, rules: list[RetentionRule]) -> list[KeptFile]:
    """These people with until when each is kept."""
    found = []
    for person in people:
        until = kept_until(person.close_reason, person.closed_on, rules, on) if person.closed_on else None
        if until:
            found.append(KeptFile(person, until, until.is_due(on)))
    return found


def count_to_tell(user: User, on: date, entered: Iterable[RetentionVersion]) -> int:
    """How many a chief is told of, no more than the page holds; no query where no period is entered."""
    rules = [row.rule() for row in entered]
    return len(files_to_tell(user, on, rules).values_list("pk", flat=True)[:AT_MOST]) if rules else 0


def count_rows(people: list[int]) -> dict[str, int]:
    """How many rows of each kind are emptied or deleted where these people are anonymised; those of nobody else."""
    counts = {}
    for name, declared in DECLARED.items():
        if declared.way is not None and (declared.forgotten or declared.goes):
            model = apps.get_model("cases", name)
            where = {f"{declared.way}__in" if declared.way else "pk__in": people}
            if count := QuerySet(model).filter(**where).count():
                counts[name] = count
    return counts
