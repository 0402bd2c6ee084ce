"""What every page shares: showing a form, getting back what was typed before a sign-out."""

import json
from functools import wraps
from urllib.parse import urlencode

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.row import SentBeforeError
from cases.views import question
from cases.views.paging import paginate as paginate
from cases.views.secret_box import open_box

TYPED_BOX = "cases.typed"  # the session stands in the database, where nobody reads what was typed
TYPED_SECONDS = 60 * 60
TYPED_BYTES = 200_000
NEVER_KEPT = ("csrfmiddlewaretoken", "card")  # the text of an identity card is read once and kept nowhere


def today():
    return timezone.localdate()


def bound_data(request):
    """Return the data for a form: what was sent, on GET what was typed before the session ended, else None."""
    if request.method == "POST":
        return request.POST
    kept = read_typed(request)
    if not kept or kept["path"] != request.get_full_path() or kept["user"] != request.user.pk:
        return None
    del request.session["typed"]
    if timezone.now().timestamp() - kept["at"] > TYPED_SECONDS:
        return None
    messages.info(request, _("What you had typed was kept: check it and save again."))
    return QueryDict(kept["body"])


def keep_typed(request, user_pk):
    """Keep a form that arrived after the sign-in had ended, for the same user and the same page."""
    encoded = urlencode(fields_to_keep(request))
    if len(encoded) <= TYPED_BYTES:
        typed = {
            "path": request.get_full_path(),
            "user": user_pk,
            "at": timezone.now().timestamp(),
            "body": encoded,
        }
        request.session["typed"] = open_box(TYPED_BOX).encrypt(json.dumps(typed).encode()).decode()


def read_typed(request):
    """The form that was kept, None where none was, or where SECRET_KEY is another one since."""
    kept = request.session.get("typed")
    try:
        return json.loads(open_box(TYPED_BOX).decrypt(kept)) if isinstance(kept, str) else None
    except InvalidToken:
        return None


def fields_to_keep(request):
    """Name and value of each field of the form sent, but for what is kept nowhere."""
    return [(name, value) for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values]


def is_sent(request, form):
    """Whether this request sends the form, it is in order, and nothing is to be asked first."""
    return request.method == "POST" and form.is_valid() and not question.is_asked_twice(request, form)


def one_at_a_time(view):
    """For a form that two people may send at once: what is sent is compared, asked and saved in one transaction."""

    @wraps(view)
    def alone(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    alone.is_alone = True
    return alone


def lock_row(request, row):
    """Read the row again; when a form was sent, lock it until the end of the request (see `one_at_a_time`)."""
    if request.method == "POST":
        row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update(no_key=True))
        if getattr(row, "withdrawn_at", None):
            raise Http404
    return row


def find_taken_back(request, rows, **which):
    """The row of a form that takes one back and is sent again by whoever has done so: it is said and not done twice.

    None where the form is only opened, or nothing was taken back.
    """
    sent = request.method == "POST"
    row = rows.filter(**which, withdrawn_at__isnull=False, withdrawn_by=request.user).first() if sent else None
    if row:
        said = _("Withdrawn already: %(what)s. The reason recorded: %(reason)s")
        messages.info(request, said % {"what": row, "reason": row.withdrawn_reason})
    return row


def tell_kept(request, form):
    """Say what somebody else had changed meanwhile and what was left so."""
    if getattr(form, "kept", None):
        said = _("Somebody else had changed meanwhile, and it stays so: %(fields)s.")
        messages.info(request, said % {"fields": ", ".join(form.kept)})


def refuse(form, error):
    """Put the words of an action's ValidationError on the form's fields, or above it where no field is named.

    A day is found by the field of the record it is for, whatever it is called in the form.
    """
    if isinstance(error, SentBeforeError):
        question.ask_sent_before(form, error)
    named = getattr(error, "error_dict", {None: error})
    for stored, errors in named.items():
        form.add_error(stored if stored in form.fields else day_for(form, stored), errors)


def day_for(form, stored):
    """The name of the form's day that is kept in the field `stored`, or None."""
    days = {name: getattr(field, "of", ()) for name, field in form.fields.items()}
    return next((name for name, of in days.items() if stored in {each.partition(".")[2] for each in of}), None)


def show_form(request, form, *, title, template="_components/form_page.html", **context):
    return render(request, template, {"form": form, "title": title, **context})


def show_of_country(request, title):
    """Nobody is named to the whole country: a list that would is no page of it, and says where the figures stand."""
    return render(request, "dashboard/of_country.html", {"title": title})
