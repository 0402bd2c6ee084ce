from datetime import date

from django.db.models import Max

from cases.models import fields as models
from cases.models.activity import ActivityEntry
from cases.models.assessment import Assessment
from cases.models.group import HelperGroup
from cases.models.returnee import Placement, Returnee
from cases.models.verdict import Verdict


class CurrentFactsQuerySet(models.QuerySet["CurrentFacts"]):
    def recount(self, first: int, last: int) -> dict[int, dict]:
        """What the rows of the people with the ids `first` to `last` must hold, from the rows they are made of."""
        among = {"returnee__gte": first, "returnee__lte": last}
        people = Returnee.objects.filter(pk__range=(first, last)).order_by().values_list("pk", flat=True)
        counted = {pk: dict.fromkeys(CurrentFacts.KEPT) for pk in people}
        met = ActivityEntry.objects.met().filter(**among).order_by().values_list("returnee")
        for pk, on in met.annotate(last=Max("kept_on")):
            counted[pk]["last_contact_on"] = on
        verdicts = Verdict.objects.filter(**among).order_by().values_list("returnee")
        for pk, verdict in verdicts.annotate(last=Max("pk")):
            counted[pk]["verdict_id"] = verdict
        assessed = Assessment.objects.kept().filter(**among).order_by("on", "pk")
        for pk, group, on, approved_on in assessed.values_list("returnee", "group", "on", "approved_on"):
            counted[pk]["last_assessed_on"] = on
            if approved_on:
                counted[pk] |= {"group": group, "group_on": on}
        for pk, lead in HelperGroup.objects.current().filter(**among).values_list("returnee", "lead"):
            counted[pk]["lead_id"] = lead
        handed_over = Placement.objects.filter(until__isnull=True, reason=Placement.Reason.TRANSFER, **among)
        for pk, since in handed_over.values_list("returnee", "since"):
            counted[pk]["taken_over_on"] = since
        return counted


class CurrentFacts(models.Model):
    """What every page asks of a person, as it stands today (hiện trạng hồ sơ).

    Nobody writes it: triggers of the database keep it with the rows it is made of (cases/models/fact_triggers.py), and
    `manage.py rebuild_facts` counts it anew. A row of its own, since saving a person writes every column of theirs.
    """

    PERSONAL = (
        "returnee",
        "last_contact_on",
        "verdict",
        "group",
        "group_on",
        "last_assessed_on",
        "lead",
        "taken_over_on",
    )
    PLAIN = ()
    KEPT = ("last_contact_on", "verdict_id", "group", "group_on", "last_assessed_on", "lead_id", "taken_over_on")

    returnee = models.OneToOneField(
        "cases.Returnee", models.CASCADE, primary_key=True, related_name="facts", editable=False
    )
    last_contact_on = models.DateField(null=True, editable=False)
    # No index: asked from the person only, and a new contact then changes no index of the row
    verdict = models.ForeignKey(
        "cases.Verdict", models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    group = models.CharField(max_length=1, null=True, choices=Assessment.Group.choices, editable=False)
    group_on = models.DateField(null=True, editable=False)
    last_assessed_on = models.DateField(null=True, editable=False)
    lead = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+", editable=False)
    taken_over_on = models.DateField(null=True, editable=False)

    objects = CurrentFactsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.returnee_id}"


class LastContactQuerySet(models.QuerySet["LastContact"]):
    def recount(self, first: int, last: int) -> dict[tuple[int, int], date]:
        """As that of CurrentFacts, by person and organisation."""
        met = ActivityEntry.objects.met().filter(returnee__gte=first, returnee__lte=last)
        met = met.filter(activity__organisations__isnull=False).order_by()
        rows = met.values_list("returnee", "activity__organisations").annotate(last=Max("kept_on"))
        return {(person, organisation): on for person, organisation, on in rows}


class LastContact(models.Model):
    """The last day on which each body of the 5+1 met the person or the family; kept as CurrentFacts is."""

    PERSONAL = ("returnee", "on")
    PLAIN = ("id", "organisation")

    returnee = models.ForeignKey(
        "cases.Returnee", models.CASCADE, related_name="last_contacts", db_index=False, editable=False
    )
    organisation = models.ForeignKey(
        "cases.Organisation", models.PROTECT, related_name="+", db_index=False, editable=False
    )
    on = models.DateField(editable=False)

    objects = LastContactQuerySet.as_manager()

    class Meta:
        ordering = ["returnee", "organisation"]
        constraints = [models.UniqueConstraint(fields=["returnee", "organisation"], name="last_contact_once")]

    def __str__(self):
        return f"{self.on:%d/%m/%Y}"
