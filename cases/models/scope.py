from django.db import models


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit or to a person; the two paths say how to reach them.

    A user sees the rows of the units under the posting. A helper sees only rows of the people they help,
    and nothing at all of a model that names no `returnee_path`.
    """

    unit_path = "unit"
    returnee_path = None

    def visible_to(self, user):
        if not user.is_helper:
            return self.filter(**{f"{self.unit_path}__in": user.units()})
        if self.returnee_path is None:
            return self.none()
        return self.filter(**{f"{self.returnee_path}__in": user.helped()})


class ReturneeScopedQuerySet(ScopedQuerySet):
    """Rows of one person; helpers see none of them unless a subclass opens it."""

    unit_path = "returnee__unit"


class KeptQuerySet(models.QuerySet):
    def kept(self):
        """Rows that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class CaseRowQuerySet(KeptQuerySet, ReturneeScopedQuerySet):
    """Withdrawable rows of one person."""
