from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Func, Q
from django.db.models.expressions import Combinable

from cases.access import row_scope
from cases.access.roles import Sees

if TYPE_CHECKING:
    from cases.models.user import User

Row = TypeVar("Row", bound=models.Model, covariant=True)

SEALED = "expunged"  # the reason for closing that seals a file: who is cleared counts as never convicted (Điều 69 BLHS)


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that belong to a unit or to a person; the paths say how to reach them.

    Whoever sees units sees the rows of those under the posting. A helper sees only rows of the people they help, and
    nothing at all of a model that names no `returnee_path`. Everybody else sees nothing. A sealed file nobody sees,
    nor any row of it. A page that shows a file beyond the scope (views/casefile/outside.py) finds that person too.
    """

    unit_path = "unit"
    returnee_path = None

    @property
    def person_path(self):
        """How to reach the person a row is about, "" from the person's own row; None where it is about nobody."""
        return self.unit_path.removesuffix("__unit") if self.unit_path.endswith("__unit") else self.returnee_path

    def visible_to(self, user: "User", opened: int | None = None) -> Self:
        """Rows in the user's scope; `opened`: id of the person whose sealed file the page may show (see the gate)."""
        return self._in_scope_of(user).unsealed(opened)

    def _in_scope_of(self, user: "User") -> Self:
        if user.sees_everything:
            return self.all()
        if user.sees == Sees.UNITS:
            return self.filter(Q(**{f"{self.unit_path}__in": user.scope_asked}) | self.outside(user))
        if user.sees == Sees.HELPED and self.returnee_path is not None:
            return self.filter(**{f"{self.returnee_path}__in": user.helped()})
        return self.none()

    def outside(self, user: "User") -> Q:
        """The condition on rows of the file beyond the scope that the page of the moment shows; else nothing more."""
        person = self.person_path
        if not user.outside or person is None:
            return Q()
        return Q(**{f"{person}__in" if person else "pk__in": user.outside})

    def unsealed(self, opened: int | None = None) -> Self:
        """Leaves the sealed files out, but that of the person with the id `opened`."""
        person = self.person_path
        if person is None:
            return self
        lookup = f"{person}__" if person else ""
        still_open = ~Q(**{f"{lookup}close_reason": SEALED})
        return self.filter(still_open | Q(**{f"{lookup}pk": opened}) if opened else still_open)


class ReturneeScopedQuerySet(ScopedQuerySet[Row]):
    """Rows of one person; helpers see none of them unless a subclass opens it."""

    unit_path = "returnee__unit"


class OfReachedAlone(Func):
    """Whether nobody of a piece of work is out of the reader's reach: true but where the database hides rows.

    There a question of *all* of its people is answered of those who are reached; this one is asked beyond them.
    """

    output_field = BooleanField()
    template = "(cases_country() OR cases_whole(%(expressions)s, cases_units(), cases_people()))"

    def as_sql(self, compiler, connection, **extra):
        hides = connection.vendor == "postgresql" and settings.APPLICATION_ROLE and row_scope.is_limited()
        return super().as_sql(compiler, connection, **extra) if hides else ("(1 = 1)", [])


class SharedQuerySet(ScopedQuerySet[Row]):
    """Rows about several people at once. What is told or changed of such a row as a whole asks for all of them.

    A model of this kind says in `among` which of its rows are about nobody but the people given.
    """

    def among(self, people) -> Combinable | Q:
        """The condition on a row; it asks of the people of that row alone, never of all there are."""
        raise NotImplementedError

    def held_by(self, user: "User") -> Self:
        """Rows all of whose people the user may see today."""
        return self.filter(self.among(_people().visible_to(user)))

    def known_to(self, user: "User", opened: int | None = None) -> Self:
        """Rows all of whose people the user may read of, today or from the time their units held them."""
        return self.filter(self.among(_people().known_to(user, opened)))

    def changed_by(self, user: "User") -> Self:
        """Rows the user may change as a whole: who holds everybody, or wrote it and may still read of everybody.

        Anybody else changes the parts of their own people only.
        """
        held, known = self.among(_people().visible_to(user)), self.among(_people().known_to(user))
        return self.filter(Q(held) | Q(known, created_by=user))


def _people():
    return apps.get_model("cases", "Returnee").objects


class KeptQuerySet(models.QuerySet[Row]):
    def kept(self) -> Self:
        """Rows that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class CaseRowQuerySet(KeptQuerySet[Row], ReturneeScopedQuerySet[Row]):
    """Withdrawable rows of one person."""
