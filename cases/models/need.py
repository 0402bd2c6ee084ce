from typing import Self

from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class NeedQuerySet(CaseRowQuerySet["Need"]):
    def pending(self) -> Self:
        return self.kept().filter(state__in=Need.PENDING)


class Need(CaseRow):
    """One need on one pathway, how far it is, who is responsible, and which other pathways it opens the way to."""

    class Pathway(models.TextChoices):
        HOUSING = "housing", _("Housing")
        PAPERS = "papers", _("Papers")
        INCOME = "income", _("Income and loan")
        WORK = "work", _("Work")
        HEALTH = "health", _("Health and addiction")
        FAMILY = "family", _("Family")
        ATTITUDE = "attitude", _("Attitude")

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        IN_PROGRESS = "in_progress", _("In progress")
        MET = "met", _("Met")
        DECLINED = "declined", _("Declined by the person")

    PENDING = (State.NOT_STARTED, State.IN_PROGRESS)
    UNLOCKS = {
        Pathway.HOUSING: (Pathway.PAPERS,),
        Pathway.PAPERS: (Pathway.HEALTH, Pathway.INCOME, Pathway.WORK),
        Pathway.INCOME: (Pathway.WORK,),
        Pathway.HEALTH: (Pathway.WORK,),
        Pathway.FAMILY: (Pathway.HOUSING,),
    }

    PERSONAL = ("returnee", "pathway", "text", "state", "state_on")
    PLAIN = ("responsible",)

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="needs")
    pathway = models.CharField(_("pathway"), max_length=10, choices=Pathway.choices)
    text = models.CharField(_("what is needed"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NOT_STARTED)
    state_on = models.DateField(_("since"))
    responsible = models.ForeignKey(
        "cases.Organisation", models.PROTECT, null=True, blank=True, verbose_name=_("who is responsible")
    )

    objects = NeedQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["pathway", "pk"]

    def __str__(self):
        return self.text

    @property
    def is_pending(self):
        return self.state in self.PENDING

    @property
    def unlocks(self):
        """The names of the pathways that go on once this need is met; none where nothing waits for it any more."""
        return [pathway.label for pathway in self.UNLOCKS.get(self.pathway, ())] if self.is_pending else []
