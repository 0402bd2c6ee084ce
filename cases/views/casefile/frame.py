"""What every page of somebody's file shares: the person in scope, the head and its tabs, the form of one step."""

from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.models import Returnee, Verdict
from cases.reports.casefile import file_header
from cases.reports.casefile.file_rows import FileRows
from cases.views import pages
from cases.views.casefile import trail, unsealed

AT_A_SEALED_FILE = (Permission.CASE_VIEW, Permission.RETURNEE_CLOSE)
NOT_OUTSIDE = {"notes", "dossier"}  # tabs that a file beyond the scope does not show: closed, or papers to take away


def reads_notes(user, returnee):
    """Whether the closed notes of this file (of files_for) are for the user: who leads the case, and the chief."""
    reads = user.may(Permission.NOTE_SENSITIVE) and (user.is_chief or returnee.lead_id == user.pk)
    return reads and returnee.pk not in user.outside


def tabs(returnee, current, user):
    """The tabs of the file as links; a phone shows the part asked for, not the head once more."""
    shut = set() if reads_notes(user, returnee) else {"notes"}
    shut |= NOT_OUTSIDE if returnee.pk in user.outside else set()
    return [
        {
            "label": label,
            "url": trail.tab_url(returnee, tab) + ("" if tab == "timeline" else "#part"),
            "current": tab == current,
        }
        for tab, (_route, label) in trail.TABS.items()
        if tab not in shut
    ]


def find(request, returnee_pk, opened=None):
    """The person, in the user's scope and not withdrawn, or 404; `opened` as the gate hands it to the page."""
    return get_object_or_404(file_header.files_for(request.user, opened), pk=returnee_pk)


def get_stored_person(request, returnee_pk, opened=None):
    """Return the person in scope, without what the header adds."""
    return get_object_or_404(Returnee.objects.visible_to(request.user, opened).kept(), pk=returnee_pk)


def rights(user, returnee=None):
    """What the user may do, for templates: `may.RETURNEE_EDIT`; a sealed file is read, and at most reopened.

    A file beyond the scope is read.
    """
    allowed = AT_A_SEALED_FILE if returnee and returnee.is_sealed else Permission
    if returnee and returnee.pk in user.outside:
        allowed = (Permission.CASE_VIEW,)
    return {permission.name: permission in allowed and user.may(permission) for permission in Permission}


def show_tab(request, returnee, template, *, tab, rows=None, **context):
    """Render a tab of the case file; `template` extends returnee/file.html and fills its block `tab`.

    `rows`: those of the file, where the tab has read some already. What is a query set in `context` is read with
    what the header asks.

    Beside `context` the template has returnee, header, tabs, on, and `may` (see rights).
    """
    on = pages.today()
    rows = rows or FileRows(returnee)
    asked = [each for each in context.values() if isinstance(each, QuerySet)]
    header = file_header.build(rows, request.user, on, *asked)
    frame = {
        "returnee": returnee,
        "header": header,
        "alerts": [(alert, reverse(alert.route, args=[returnee.pk]) if alert.route else "") for alert in header.alerts],
        "tab": tab,
        "tab_title": trail.tab_title(tab),
        "tabs": tabs(returnee, tab, request.user),
        "on": on,
        "may": rights(request.user, returnee),
        "safety_flags": list(rows.safety_flags),
        "flags_above": [row for row in rows.safety_flags if row.stands(on)],
    }
    if returnee.is_sealed:
        frame["sealed_until"] = unsealed.until(request)
    if lent := request.outside_reading:
        frame |= {"outside_reading": lent, "alerts": [(alert, "") for alert in header.alerts]}
    if returnee.is_sealed or lent:
        context |= {name: False for name in context if name.startswith("may_")}
    return render(request, template, {**frame, **context})


def show_step(request, form, returnee, *, title, **context):
    """The page of a step in somebody's file: whose it is stands above, never in the tab of the browser."""
    lead = " · ".join(part for part in (returnee.full_name, returnee.birth_year, returnee.hamlet) if part)
    context.setdefault("cancel_url", trail.tab_url(returnee, "timeline"))
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=_("Case file"),
        lead=lead,
        draft_person=returnee,
        crumbs=trail.of_person(returnee, title),
        **context,
    )


def show_form(request, form, returnee, *, tab, title, **context):
    """The page of a form that belongs to a tab of somebody's file, with the way back to it."""
    context.setdefault("crumbs", trail.of_tab(returnee, tab, title))
    return pages.show_form(
        request,
        form,
        title=title,
        cancel_url=trail.tab_url(returnee, tab),
        draft_person=returnee,
        **{"tab_title": title, **context},
    )


def take_step(request, returnee, form, *, act, said, title, **context):
    """Show the form of one step and, once it is sent, take the step and say so."""
    if pages.is_sent(request, form):
        try:
            with transaction.atomic():
                act(form.cleaned_data)
        except ValidationError as error:
            returnee.refresh_from_db()
            pages.refuse(form, error)
        else:
            messages.success(request, said)
            return redirect(context.get("next_url") or trail.tab_url(returnee, "timeline"))
    return show_step(request, form, returnee, title=title, **context)


@contextmanager
def tell_moved_day(request, returnee):
    """Say so where what is saved in this block changed the day on which the record is cleared."""
    before = _newest(request, returnee)
    yield
    after = _newest(request, returnee)
    if before and after != before and after.due_on != before.due_on:
        messages.warning(request, _moved(before, after))


def _newest(request, returnee):
    return Verdict.objects.visible_to(request.user).newest().filter(returnee=returnee).first()


def _moved(before, after):
    day = {name: f"{row.due_on:%d/%m/%Y}" for name, row in (("before", before), ("after", after)) if row.due_on}
    if len(day) == 2:
        said = _("The day of eligibility moved from %(before)s to %(after)s: see the tab “Clean record”.")
    elif "before" in day:
        said = _("The day of eligibility was %(before)s; now no day can be told: see the tab “Clean record”.")
    else:
        said = _("The day of eligibility is known now: %(after)s. See the tab “Clean record”.")
    return said % day
