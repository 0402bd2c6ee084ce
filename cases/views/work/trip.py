"""Đi thôn: the people one takes along on a device, and what was written there without a network."""

from html import unescape

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from cases import actions
from cases.access.permissions import Permission
from cases.forms.trip import put_off_choices, visit_choices
from cases.forms.trip_file import TripFileForm
from cases.reports.work import recorded, trip
from cases.views import own_device, pages
from cases.views.gate import gate
from cases.views.work import trip_entry, trip_parcel

ASKED_AT_MOST = 300  # people of entries that are not sent yet


@gate(Permission.TRIP)
def show(request):
    context = {
        "choices": visit_choices(),
        "reasons": put_off_choices(),
        "may_take_in": request.user.may(Permission.TRIP_FILE),
    }
    return render(request, "trip/show.html", context)


@gate(Permission.TRIP, "POST")
def people(request):
    """What is to be read on a device of the user: see reports/work/trip.py.

    `unseen`: of whom (?person=…) nothing may be told any more by what was written there: handed over or sealed since.
    """
    device = own_device.find(request)
    if not device.is_kept:
        raise Http404
    actions.device.note_contact(device=device, now=timezone.now())
    on = pages.today()
    asked = [each for each in request.POST.getlist("person")[:ASKED_AT_MOST] if each.isascii() and each.isdigit()]
    told = trip.snapshot(request.user, on, words_of)
    return JsonResponse({"day": f"{on:%d/%m/%Y}", **told, "unseen": recorded.unseen_people(request.user, asked)})


def words_of(duty):
    """A duty as every page says it, on one line."""
    return unescape(" ".join(render_to_string("duty/_words.html", {"duty": duty}).split()))


@gate(Permission.TRIP, "POST")
@pages.one_at_a_time
def receive(request):
    """One entry of the outbox of a device, sent by whoever wrote it: see trip_entry.take_in."""
    return JsonResponse(trip_entry.take_in(request.POST, request.user, pages.today()))


@gate(Permission.TRIP_FILE, "GET", "POST")
def take_in_file(request):
    """The file of a device that was not connected for days; taken in twice it records nothing new."""
    files = request.FILES if request.method == "POST" else None
    form = TripFileForm(pages.bound_data(request), files, user=request.user, on=pages.today())
    if request.method == "POST" and form.is_valid():
        found = list(trip_parcel.take_in(form.parcels, form.edition, request.user, pages.today()))
        for device in {device for device, _outcome in found if device}:
            states = [outcome.state for of, outcome in found if of == device]
            counts = {"recorded": states.count("recorded"), "refused": states.count("refused")}
            if any(counts.values()):
                actions.device.note_file(device=device, by=request.user, **counts)
        return render(request, "trip/file.html", {"outcomes": [outcome for _device, outcome in found], "form": None})
    return render(request, "trip/file.html", {"form": form, "outcomes": []})
