"""Asked before something is recorded: this form recorded something else before, or the same work is on file already."""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import models
from cases.actions.audit import person_of
from cases.actions.row import wait_for_alike
from cases.lib.numbers import parse_key
from cases.models import Returnee
from cases.models.stamped import is_recorded
from cases.reports.casefile import twice

AGAIN = "again"  # the button of the second way to save, where a form has one
SEEN = 50  # so many ids of records shown are believed
PLACES = {  # where a record is opened: route, and how to reach the id that stands in its address
    models.Activity: ("activity-edit", "pk"),
    models.AdministrativeViolation: ("administrative-edit", "pk"),
    models.ArrivalAnswer: ("arrival-detail", "returnee_id"),
    models.Assessment: ("returnee-needs", "returnee_id"),
    models.Attachment: ("returnee-paperwork", "returnee_id"),
    models.Campaign: ("campaign-detail", "pk"),
    models.Confinement: ("confinement-edit", "pk"),
    models.CourtApplication: ("returnee-clock", "returnee_id"),
    models.Crime: ("crime-stage", "pk"),
    models.DeadlineVersion: ("shared-list", ""),
    models.DossierPaper: ("returnee-dossier", "returnee_id"),
    models.Employer: ("employer-detail", "pk"),
    models.Expungement: ("returnee-clock", "returnee_id"),
    models.FormNameVersion: ("shared-list", ""),
    models.GroupMeeting: ("meeting-detail", "pk"),
    models.GroupMember: ("returnee-group", "group.returnee_id"),
    models.HeadingSynonym: ("rule-word-list", ""),
    models.HelperGroup: ("returnee-group", "returnee_id"),
    models.JobCheck: ("returnee-work", "referral.returnee_id"),
    models.JobReferral: ("referral-outcome", "pk"),
    models.Judgment: ("judgment-edit", "pk"),
    models.Loan: ("loan-pay-out", "pk"),
    models.LoanVersion: ("shared-list", ""),
    models.Need: ("need-state", "pk"),
    models.Notice: ("arrival-detail", "returnee_id"),
    models.PaperworkRequest: ("paperwork-step", "pk"),
    models.PersonalTask: ("task-list", ""),
    models.PoliceVersion: ("shared-list", ""),
    models.RecidivismFinding: ("returnee-violations", "returnee_id"),
    models.Returnee: ("returnee-detail", "pk"),
    models.RuleVersion: ("rule-list", ""),
    models.SafetyFlag: ("returnee-needs", "returnee_id"),
    models.SensitiveNote: ("returnee-notes", "returnee_id"),
    models.Snooze: ("returnee-detail", "returnee_id"),
    models.TrainingReferral: ("training-edit", "pk"),
    models.Transfer: ("transfer-detail", "pk"),
    models.UnitChange: ("unit-change-detail", "pk"),
}


@dataclass(frozen=True)
class RecordLink:
    """One record that stands: what, of whom, who recorded it, where it is opened."""

    what: str
    by: str
    url: str


@dataclass(frozen=True)
class Question:
    """`label`: the button that records all the same, "" where that cannot be; `besides`: ids of what is shown;
    `pressed`: the button that led to the question, which is pressed with it (see `is_pressed`).
    """

    title: str
    text: str
    lines: list[RecordLink]
    label: str
    besides: str
    pressed: str


def is_pressed(sent):
    """Whether the second way to save was chosen, with this form or before the question was asked."""
    return AGAIN in sent or ("besides" in sent and sent.get("pressed") == AGAIN)


def ask_sent_before(form, error):
    """The form keeps what was typed and gets an id of its own, so that it can be recorded as something new."""
    form.data = form.data.copy()
    form.data["uid"] = str(uuid4())
    line = line_of(error.row, form.user)
    if getattr(error.row, "withdrawn_at", None):
        text = _("What this form recorded was withdrawn since.")
    elif error.again:
        text = _("What stands in the form now is different and not recorded yet.")
    else:
        text = _("There can be one only. What stands in the form now is different and not recorded: correct that one.")
    form.question = Question(
        title=_("This form was recorded once already"),
        text=text,
        lines=[line] if line else [],
        label=_("Record it as new") if error.again else "",
        besides=str(error.row.pk),
        pressed=AGAIN if is_pressed(form.data) else "",
    )


def is_asked_twice(request, form):
    """Whether the same work is on file and was not shown yet: then it is asked first, and nothing is recorded.

    A view that asks is `pages.one_at_a_time`: what is asked here holds until the record is saved.
    """
    if not hasattr(form, "made"):
        return False
    row, people = form.made()
    is_new = row._state.adding
    if not is_new and not set(form.changed_data).intersection(twice.SAME.get(type(row), ())):
        return False
    if type(row) in twice.SAME:
        wait_for_alike(type(row), [person.pk for person in people] or [twice.holder_of(row)])
    seen = [key for pk in request.POST.get("besides", "").split(",") if (key := parse_key(pk)) is not None]
    found = twice.find_alike(row, request.user, people=people, besides=seen[:SEEN])
    if not found or (is_new and is_recorded(type(row), row.uid)):
        return False
    form.question = Question(
        title=_("This is on file already"),
        text=_("It is not recorded a second time yet."),
        lines=[line for other in found if (line := line_of(other, request.user, among=people))],
        label=_("Record it a second time"),
        besides=",".join(str(pk) for pk in [*seen, *(other.pk for other in found)]),
        pressed=AGAIN if is_pressed(request.POST) else "",
    )
    form.add_error(None, form.question.title)
    return True


def line_of(row, user, among=()):
    """A record in words, for whoever may see it; that there is one, for who may see of whom it is; else None."""
    names = ", ".join(names_of(row, user, among)) if among else ""
    if not type(row)._default_manager.visible_to(user).filter(pk=row.pk).exists():
        return RecordLink(what=f"{row} · {names}", by=_("Somebody has recorded it already"), url="") if names else None
    names = names or ", ".join(names_of(row, user))
    recorded_at = getattr(row, "created_at", None) or row.made_at
    recorded_by = getattr(row, "created_by", None) or row.made_by
    return RecordLink(
        what=f"{row} · {names}" if names else str(row),
        by=_("Recorded by %(name)s at %(at)s")
        % {"name": recorded_by.full_name, "at": f"{timezone.localtime(recorded_at):%H:%M %d/%m/%Y}"},
        url=url_of(row, user),
    )


def names_of(row, user, among=()):
    """Whom a record is about, as far as the user may see them; of several those in question."""
    if isinstance(row, models.Activity):
        people = Returnee.objects.visible_to(user).in_activity(row)
        return [person.full_name for person in people if not among or person in among]
    person = None if isinstance(row, models.Returnee) else person_of(row)
    return [person.full_name] if person else []


def url_of(row, user):
    """Where the record is opened; "" for whoever may not."""
    if type(row) not in PLACES:
        return ""
    route, way = PLACES[type(row)]
    place = row
    for name in filter(None, way.split(".")):
        place = getattr(place, name)
    url = reverse(route, args=[place] if way else [])
    return url if user.may(resolve(url).func.permission) else ""
