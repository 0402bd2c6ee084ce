"""Collecting the report of a period: which communes have sent it, which are late."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.campaign import CampaignForm
from cases.models import Campaign, Submission, Unit
from cases.reports.lists.submissions import campaigns, expected_submissions, submissions
from cases.reports.periodic import frozen
from cases.views import pages
from cases.views.gate import gate
from cases.views.periodic import frame


@gate(Permission.REPORT_VIEW)
def show_list(request):
    """For a unit above: what it has asked for and how far it is. For a commune: what it is asked for."""
    on = pages.today()
    if request.user.unit.is_commune:
        return render(
            request, "campaign/owed.html", {"page_obj": pages.paginate(request, submissions(request.user)), "on": on}
        )
    return render(
        request,
        "campaign/list.html",
        {
            "page_obj": pages.paginate(request, campaigns(request.user)),
            "on": on,
            "may_open": request.user.may(Permission.CAMPAIGN_OPEN),
        },
    )


@gate(Permission.CAMPAIGN_OPEN, "GET", "POST")
def add(request):
    on = pages.today()
    campaign = Campaign(unit=request.user.unit)
    form = CampaignForm(pages.bound_data(request), instance=campaign, user=request.user, on=on)
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
    own = expected_submissions(campaign, request.user)
    if request.user.unit.is_commune:
        return redirect("submission-detail", get_object_or_404(own).pk)
    on = pages.today()
    standings = frozen.standings(own, on)
    answers = Submission.objects.visible_to(request.user).filter(campaign=campaign, unit=request.user.unit)
    return render(
        request,
        "campaign/detail.html",
        {
            "campaign": campaign,
            "on": on,
            "count": len(standings),
            "page_obj": pages.paginate(request, standings),
            "late": sum(each.is_late for each in standings),
            "accepted": sum(each.submission.accepted_id is not None for each in standings),
            "answer": answers.select_related("campaign", "unit", "stepped_by").first(),
            "may_answer": may_answer(request.user, campaign),
            "crumbs": frame.crumbs(campaign.unit.name),
        },
    )


def may_answer(user, campaign):
    """Whether the user's unit may answer with a report of its own: it collects, or a unit above it does."""
    return user.may(Permission.REPORT_SEND) and user.unit.path.startswith(campaign.unit.path)


@gate(Permission.REPORT_SEND, "POST")
def answer(request, pk):
    """Begin the report of the own unit above the communes: its figures, its letter, and sending it."""
    campaign = frame.find_campaign(request, pk)
    try:
        submission = actions.campaign.answer(campaign=campaign, unit=request.user.unit, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("campaign-detail", campaign.pk)
    return redirect("submission-detail", submission.pk)
