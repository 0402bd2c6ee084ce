"""What the pages of a submission share: the submission in scope, its crumbs, the version asked for."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.lib.numbers import parse_key
from cases.models import Campaign, ReportVersion, Submission, Unit
from cases.reports.periodic import consolidation
from cases.views import pages


def crumbs(title, *between):
    return [{"label": _("Reports sent"), "url": reverse("campaign-list")}, *between, {"label": title, "url": ""}]


FILES = ("letter", "workbook")  # of a version: large, and read only where one is opened


def find_document(request, pk):
    rows = Submission.objects.visible_to(request.user)
    rows = rows.select_related("campaign__unit", "unit", "stepped_by", "accepted")
    return get_object_or_404(rows.defer(*(f"accepted__{name}" for name in FILES)), pk=pk)


def find_to_send(request, pk):
    """A report that it is for the user's unit to send."""
    submission = find_document(request, pk)
    if not is_answered_by(request.user, submission.unit):
        raise PermissionDenied
    return submission


def may_decide(user, submission):
    """Whether the user accepts this report or gives it back: it is of a campaign of the own unit or of one below."""
    units = Unit.objects.visible_to(user).filter(pk=submission.campaign.unit_id)
    return user.may(Permission.CAMPAIGN_OPEN) and units.exists()


def is_answered_by(user, unit):
    """Whether it is for this user's unit to write and send the report of `unit`: a unit above writes its own alone."""
    here = user.unit
    if unit.is_commune or here.is_commune:
        is_own = unit.pk == here.pk or user.units().filter(pk=unit.pk).exists()
        return unit.is_commune and here.is_commune and is_own
    return unit.pk == here.pk


def campaign_crumb(submission):
    return campaign_crumb_of(submission.campaign)


def campaign_crumb_of(campaign):
    return {"label": campaign.unit.name, "url": reverse("campaign-detail", args=[campaign.pk])}


def find_campaign(request, pk):
    return get_object_or_404(Campaign.objects.visible_to(request.user).select_related("unit"), pk=pk)


def consolidate(request, pk):
    """The figures of a campaign put together: of the unit that opened it, or of the own unit where that is above."""
    campaign = find_campaign(request, pk)
    is_seen = Unit.objects.visible_to(request.user).filter(pk=campaign.unit_id).exists()
    unit = campaign.unit if is_seen else request.user.unit
    rows = Submission.objects.visible_to(request.user).below(unit, campaign.period)
    return consolidation.consolidate(unit, campaign.period, rows.defer(*consolidation.FILES), pages.today())


def number_asked(query, submission):
    """The number of the version asked for, else that of the last one sent."""
    asked = parse_key(query.get("version", ""))
    last = submission.versions.values_list("number", flat=True).first() or 0
    return last if asked is None else asked


def version(request, submission, query):
    """The version `number_asked` names."""
    versions = ReportVersion.objects.visible_to(request.user).filter(submission=submission)
    return get_object_or_404(versions.select_related("made_by"), number=number_asked(query, submission))
