"""Collecting the report of a period: which communes have sent it, which are late."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Min, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.campaign import CampaignForm
from cases.models import Campaign, Submission, Unit
from cases.reports.periodic import frozen
from cases.views import pages
from cases.views.gate import gate
from cases.views.periodic import frame

State = Submission.State


@gate(Permission.REPORT_VIEW)
def show_list(request):
    """For a unit above: what it has asked for and how far it is. For a commune: what it is asked for."""
    on = pages.today()
    if request.user.unit.is_commune:
        return render(request, "campaign/owed.html", {"page_obj": pages.paginate(request, owed(request)), "on": on})
    return render(
        request,
        "campaign/list.html",
        {
            "page_obj": pages.paginate(request, collected(request)),
            "on": on,
            "may_open": request.user.may(Permission.CAMPAIGN_OPEN),
        },
    )


def owed(request):
    """The reports that are asked of a commune, the latest period first."""
    rows = Submission.objects.visible_to(request.user).select_related("campaign__unit", "stepped_by", "unit")
    return rows.order_by("-campaign__period_end", "-pk")


def collected(request):
    """The periods collected, each with how many communes have answered how far."""
    asked = Campaign.objects.visible_to(request.user).select_related("unit")
    mine = Q(submissions__unit__in=request.user.units())
    is_accepted = Q(submissions__accepted__isnull=False)  # also while a correction of it is on its way
    missing = Q(submissions__state__in=(State.DRAFT, State.RETURNED)) & ~is_accepted
    asked = asked.annotate(
        communes=Count("submissions", filter=mine, distinct=True),
        accepted=Count("submissions", filter=mine & is_accepted, distinct=True),
        waiting=Count("submissions", filter=mine & Q(submissions__state=State.SUBMITTED), distinct=True),
        missing=Count("submissions", filter=mine & missing, distinct=True),
    )
    return asked.order_by("-period_end", "-pk")


@gate(Permission.CAMPAIGN_OPEN, "GET", "POST")
def add(request):
    on = pages.today()
    campaign = Campaign(unit=request.user.unit)
    form = CampaignForm(pages.typed(request), instance=campaign, user=request.user, on=on)
    if pages.is_sent(request, form):
        asked = Unit.objects.visible_to(request.user).communes().on(form.instance.period_end)
        units = asked.under(request.user.unit)
        try:
            campaign = actions.campaign.open_campaign(campaign=form.instance, units=units, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("The communes have been asked for the report."))
            return redirect("campaign-detail", campaign.pk)
    return pages.show_form(
        request,
        form,
        title=_("Ask for a report"),
        crumbs=frame.crumbs(_("Ask for a report")),
        cancel_url=reverse("campaign-list"),
        save_label=_("Ask the communes"),
    )


@gate(Permission.REPORT_VIEW)
def detail(request, pk):
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("unit"), pk=pk)
    own = asked_in(campaign, request)
    if request.user.unit.is_commune:
        return redirect("submission-detail", get_object_or_404(own).pk)
    on = pages.today()
    standings = frozen.standings(own, on)
    return render(
        request,
        "campaign/detail.html",
        {
            "campaign": campaign,
            "on": on,
            "standings": standings,
            "late": sum(each.is_late for each in standings),
            "accepted": sum(each.submission.accepted_id is not None for each in standings),
            "crumbs": frame.crumbs(campaign.unit.name),
        },
    )


def asked_in(campaign, request):
    """What communes of the user's scope owe to a campaign, with the first moment each sent it."""
    rows = Submission.objects.visible_to(request.user).filter(campaign=campaign)
    return rows.select_related("campaign", "unit", "stepped_by").annotate(first_sent=Min("versions__made_at"))
