"""Looking for a person, and opening a file where there is none."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cases import actions
from cases.access.permissions import Permission
from cases.forms.new_file import CardForm, NewFileForm, card_values
from cases.forms.returnee import FindForm
from cases.lib import identity, names
from cases.models import Returnee
from cases.reports.casefile import file_header
from cases.reports.people import search
from cases.views import pages
from cases.views.gate import gate


@sensitive_post_parameters("card")
@gate(Permission.RETURNEE_EDIT, "GET", "POST")
def find(request):
    """Search before a new file: what is there already is shown before a new one can be made."""
    given = {"user": request.user, "on": pages.today()}
    card_form = CardForm(request.POST if request.method == "POST" else None, **given)
    context = {"card_form": card_form, "may_unseal": request.user.may(Permission.SEAL_OPEN)}
    if pages.is_sent(request, card_form):
        card = card_form.cleaned_data["card"]
        words, number = f"{card.full_name} {card.born.year}", card.number
        context |= {"form": FindForm(**given), "read": card, "known": card_values(card)}
    else:
        form = context["form"] = FindForm(request.GET if "q" in request.GET else None, **given)
        if not form.is_bound or not form.is_valid():
            return render(request, "returnee/find.html", context)
        words = number = form.cleaned_data["q"]
        digits = identity.tidy(words)
        known = {"number": digits} if digits.isdigit() else {"name": words}
        context["add_url"] = f"{reverse('returnee-add')}?{urlencode(known)}"
    return render(request, "returnee/find.html", {**context, **found_rows(request.user, words, number)})


def found_rows(user, words, number):
    """Return the rows found, and the unit that has the number outside the scope of the user."""
    on, number = pages.today(), identity.tidy(number)
    elsewhere = search.held_elsewhere(number, user)
    rows = list(file_header.file_standings(search.search_rows(words, user, number), on))
    return {
        "searched": True,
        "rows": rows,
        "only_alike": rows and not Returnee.objects.visible_to(user).kept().search(words).exists(),
        "elsewhere": elsewhere,
        **(ways_to(number) if elsewhere else {}),
    }


def ways_to(number):
    """Where the file with this number is asked for, and where it is looked into in an emergency."""
    query = {"number": number}
    return {
        "transfer_url": reverse("transfer-request", query=query),
        "outside_url": reverse("outside-reading-ask", query=query),
    }


@sensitive_post_parameters("card")
@gate(Permission.RETURNEE_EDIT, "GET", "POST")
def add(request):
    given = {"user": request.user, "on": pages.today()}
    if request.method == "POST" and asks_to_fill(request.POST):
        return fill(request, given)
    known = {
        "full_name": names.as_meant(request.GET.get("name", "")[:80]),
        "identity_number": request.GET.get("number", "")[:20],
    }
    form = NewFileForm(pages.bound_data(request), initial=known, **given)
    if pages.is_sent(request, form):
        try:
            returnee = open_file(request, form)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("The file of %(name)s is open, number %(number)s.")
            messages.success(request, said % {"name": returnee.full_name, "number": returnee.file_number})
            return redirect("returnee-detail", returnee.pk)
    return show(request, form)


def open_file(request, form):
    with transaction.atomic():
        returnee = actions.returnee.register(returnee=form.instance, by=request.user)
        for other in form.told_apart():
            reason = request.POST.get("another_reason", "")
            actions.distinct.tell_apart(one=returnee, other=other, reason=reason, by=request.user)
    return returnee


def asks_to_fill(sent):
    """The button beside the card was pressed; with an empty card that is the Enter key somewhere else in the form."""
    return "fill" in sent and ("card" not in sent or sent["card"].strip())


def fill(request, given):
    """Show the form with what was typed and what the card says; nothing is saved."""
    card_form = CardForm(request.POST, **given) if request.POST.get("card") else None
    card = card_form.cleaned_data["card"] if card_form and card_form.is_valid() else None
    form = NewFileForm.refilled(request.POST.dict(), card, **given)
    errors = card_form.errors.get("card") if card_form else None
    return show(request, form, card_errors=errors, read=not errors)


def show(request, form, card_errors=None, **context):
    other = form.other_file
    if other and not Returnee.objects.visible_to(request.user).filter(pk=other.pk).exists():
        context |= {"elsewhere": other.unit.name, **ways_to(form.other_number)}
    elif other:
        context["other_file"] = other
    return pages.show_form(
        request,
        form,
        template="returnee/add.html",
        title=_("New file"),
        tab_title=_("New file"),
        crumbs=[{"label": _("Files"), "url": reverse("returnee-list")}, {"label": _("New file"), "url": ""}],
        cancel_url=reverse("returnee-find"),
        draft="returnee-add",
        save_label=_("Open the file"),
        card_errors=card_errors,
        **context,
    )
