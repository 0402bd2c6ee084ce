"""The entries of a device that came as a file, each taken in as its writer would have sent it."""

from dataclasses import dataclass

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.importing.trip_file import TripFileError
from cases.models import Device, Returnee
from cases.reports.people import sealed
from cases.reports.work.recorded import is_recorded
from cases.views.row_scope import as_of
from cases.views.work import trip_entry

WHOM = ("people", "came", "gone")
WHAT = {
    "visit": gettext_lazy("Visit"),
    "phone": gettext_lazy("New telephone number"),
    "put_off": gettext_lazy("Put off"),
    "unkept": gettext_lazy("The meeting did not take place"),
    "paper": gettext_lazy("Step of a paper"),
    "job": gettext_lazy("Check of a job"),
    "came": gettext_lazy("Attendance"),
}


@dataclass(frozen=True)
class Outcome:
    """What came of one entry: recorded, known (recorded before) or refused, and why; names only of whom one may see."""

    what: str
    on: str
    names: list[str]
    text: str
    state: str
    why: list[str]


def take_in(parcels, edition, by, on):
    """Every entry in order, each by itself, as of whoever wrote it, or of `by` where they hold no post here."""
    devices = {}
    for parcel in parcels:
        if parcel.device not in devices:
            devices[parcel.device] = find_device(parcel.device, by)
        yield devices[parcel.device], outcome_of(parcel, devices[parcel.device], edition, by, on)


def find_device(uid, by):
    """A device of somebody who is or was at the unit of `by`, taken off or not; None for any other."""
    known = Device.objects.known_to(uid).filter(user__postings__unit=by.unit)
    return known.distinct().first()


def outcome_of(parcel, device, edition, by, on):
    if device is None:
        return Outcome(_("Entry"), "", [], "", "refused", [_("It was written on a device of another commune.")])
    try:
        told = parcel.open(device.outbox_key)
    except TripFileError as error:
        return Outcome(_("Entry"), "", [], "", "refused", [str(error)])
    writer = device.user if device.user.may(Permission.TRIP) and device.user.unit == by.unit else by
    said = as_sent(told, edition, writer)
    known = is_recorded(said.get("uid", ""))
    with as_of(writer), transaction.atomic():
        answer = trip_entry.take_in(said, writer, on)
    state = "known" if known and answer["state"] == "recorded" else answer["state"]
    return describe(said, by, state, answer.get("why", []))


def as_sent(told, edition, writer):
    """What the device would have sent."""
    said = QueryDict(mutable=True)
    for name, value in told["fields"]:
        said.appendlist(name, value)
    said["noun"], said["writer"], said["edition"] = told["noun"], str(writer.pk), edition
    return said


def describe(said, by, state, why):
    """The device's own words name people by what they were called there: they are looked up anew."""
    ids = {pk for name in WHOM for pk in said.getlist(name) if pk.isascii() and pk.isdigit()}
    seen = Returnee.objects.visible_to(by).kept().filter(pk__in=ids).values_list("full_name", flat=True)
    names = [*seen.order_by("sort_key", "pk"), *["…"] * (len(ids) - len(seen))]
    text = " · ".join(filter(None, (said.get(name, "") for name in ("number", "reason", "note"))))
    hidden, mark = sealed.mask(by, texts=[text]), sealed.mark()
    what = WHAT.get(said["noun"], _("Entry"))
    return Outcome(str(what), said.get("on", ""), names, hidden.hide(text, mark), state, why)
