"""What the pages of a submission share: the submission in scope, its crumbs, the version asked for."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.lib.numbers import parse_key
from cases.models import ReportVersion, Submission, Unit


def crumbs(title, *between):
    return [{"label": _("Reports sent"), "url": reverse("campaign-list")}, *between, {"label": title, "url": ""}]


FILES = ("letter", "workbook")  # of a version: large, and read only where one is opened


def find_document(request, pk):
    rows = Submission.objects.visible_to(request.user)
    rows = rows.select_related("campaign__unit", "unit", "stepped_by", "accepted")
    return get_object_or_404(rows.defer(*(f"accepted__{name}" for name in FILES)), pk=pk)


def may_decide(user, submission):
    """Whether the user accepts this report or gives it back: it is of a campaign of the own unit or of one below."""
    units = Unit.objects.visible_to(user).filter(pk=submission.campaign.unit_id)
    return user.may(Permission.CAMPAIGN_OPEN) and units.exists()


def campaign_crumb(submission):
    return {"label": submission.campaign.unit.name, "url": reverse("campaign-detail", args=[submission.campaign_id])}


def number_asked(query, submission):
    """The number of the version asked for, else that of the last one sent."""
    asked = parse_key(query.get("version", ""))
    last = submission.versions.values_list("number", flat=True).first() or 0
    return last if asked is None else asked


def version(request, submission, query):
    """The version `number_asked` names."""
    versions = ReportVersion.objects.visible_to(request.user).filter(submission=submission)
    return get_object_or_404(versions.select_related("made_by"), number=number_asked(query, submission))
