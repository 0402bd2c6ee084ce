from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.user import HandOverForm, PostingForm, ResetForm, UserAddForm, UserEditForm, UserFilter
from cases.models import User
from cases.reports.administration import accounts, devices
from cases.views import pages
from cases.views.administration.way import to_users
from cases.views.gate import gate
from cases.views.lists.users import rows_asked


def find(request, pk):
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def show_form(request, form, user=None, **context):
    """A form page about a user, or about one still to be made."""
    context.setdefault("cancel_url", reverse("user-detail", args=[user.pk]) if user else reverse("user-list"))
    way = [*to_users(*[user] if user else []), {"label": context["title"]}]
    return pages.show_form(request, form, tab_title=_("Users"), crumbs=way, **context)


def show_slip(request, user, password):
    """The slip is shown in the answer itself: the password is kept nowhere, nor does it stand in an address."""
    return render(
        request,
        "user/slip.html",
        {
            "person": user,
            "password": password,
            "account": accounts.account(user, pages.today()),
            "address": request.build_absolute_uri(reverse("home")),
            "crumbs": [*to_users(user), {"label": _("Slip")}],
        },
    )


@gate(Permission.USER_MANAGE)
def show_list(request):
    form = UserFilter(request.GET, user=request.user, on=pages.today())
    page = pages.paginate(request, rows_asked(request, form))
    return render(
        request,
        "user/list.html",
        {"form": form, "page_obj": page, "accounts": accounts.roster(page.object_list, pages.today())},
    )


@gate(Permission.USER_MANAGE)
def detail(request, pk):
    person = find(request, pk)
    account = accounts.account(person, pages.today())
    mine = account.posting and account.posting.asked_by and request.user not in (account.posting.asked_by, person)
    return render(
        request,
        "user/detail.html",
        {
            "person": person,
            "account": account,
            "confirm_url": reverse("posting-confirm", args=[account.posting.pk]) if mine else "",
            "postings": person.postings.select_related("unit", "organisation"),
            "devices": devices.devices_of(person),
            "has_code": person.authenticator_set.filter(type="totp").exists(),
            "crumbs": [*to_users(), {"label": person.full_name}],
            "is_self": person == request.user,
        },
    )


@gate(Permission.USER_MANAGE, "GET", "POST")
def add(request):
    form = UserAddForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        user = form.account()
        try:
            password = actions.user.engage(user=user, posting=form.posting(), by=request.user)
            return show_slip(request, user, password)
        except ValidationError as error:
            pages.refuse(form, error)
    return show_form(request, form, title=_("New user"), save_label=_("Make the account and its slip"))


@gate(Permission.USER_MANAGE, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    person = pages.lock_row(request, find(request, pk))
    form = UserEditForm(pages.bound_data(request), instance=person, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        pages.tell_kept(request, form)
        actions.user.correct(user=form.fill(person), by=request.user)
        messages.success(request, _("Saved: %(name)s.") % {"name": person.full_name})
        return redirect("user-detail", pk)
    return show_form(request, form, person, title=_("Correct the account"))


@gate(Permission.USER_MANAGE, "GET", "POST")
def reset(request, pk):
    person = find(request, pk)
    form = ResetForm(pages.bound_data(request), user=request.user, on=pages.today())
    if not person.authenticator_set.exists():
        del form.fields["drop_codes"]
    if pages.is_sent(request, form):
        try:
            drop = form.cleaned_data.get("drop_codes", False)
            password = actions.user.reset_password(user=person, by=request.user, drop_codes=drop)
            return show_slip(request, person, password)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("user-detail", pk)
    return show_question(
        request,
        person,
        form=form,
        title=_("New one-time password"),
        text=_("The password so far stops working, and every open sign-in of this account ends. A slip is shown once."),
        label=_("Make a new slip"),
    )


@gate(Permission.USER_MANAGE, "GET", "POST")
def appoint(request, pk):
    person = find(request, pk)
    form = PostingForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        posting = form.posting(person)
        try:
            actions.user.appoint(posting=posting, by=request.user)
            said = _("%(name)s: %(posting)s, from %(day)s.")
            messages.success(
                request, said % {"name": person.full_name, "posting": posting, "day": f"{posting.since:%d/%m/%Y}"}
            )
            return redirect("user-detail", pk)
        except ValidationError as error:
            pages.refuse(form, error)
    lead = _("The posting so far ends the day before the new one begins.")
    return show_form(request, form, person, title=_("New posting"), lead=lead)


@gate(Permission.USER_MANAGE, "GET", "POST")
def deactivate(request, pk):
    person = find(request, pk)
    led = accounts.account(person, pages.today()).led
    if request.method == "POST":
        try:
            actions.user.deactivate(user=person, by=request.user, on=pages.today())
            messages.success(request, _("The account of %(name)s is closed.") % {"name": person.full_name})
            return redirect("user-detail", pk)
        except ValidationError as error:
            messages.error(request, error.messages[0])
    return show_question(
        request,
        person,
        title=_("Close the account"),
        text=_("Nobody can sign in with it any more, at once. What was recorded under this name stays."),
        label=_("Close the account"),
        danger=True,
        led=led,
    )


@gate(Permission.USER_MANAGE, "GET", "POST")
def activate(request, pk):
    person = find(request, pk)
    if request.method == "POST":
        actions.user.activate(user=person, by=request.user)
        messages.success(
            request, _("The account of %(name)s is open again: now give it a posting.") % {"name": person.full_name}
        )
        return redirect("user-appoint", pk)
    return show_question(
        request,
        person,
        title=_("Open the account again"),
        text=_("The earlier password works again. The account needs a new posting before it can be used."),
        label=_("Open the account again"),
    )


@gate(Permission.USER_MANAGE, "GET", "POST")
def hand_over(request, pk):
    """Administrators move a caseload by its number; names of people are not theirs to see."""
    person = find(request, pk)
    led = accounts.account(person, pages.today()).led
    form = HandOverForm(pages.bound_data(request), giver=person, user=request.user, on=pages.today())
    if led and pages.is_sent(request, form):
        to = form.cleaned_data["to"]
        count = actions.user.hand_over(user=person, to=to, by=request.user)
        said = ngettext("%(count)d case now lies with %(name)s.", "%(count)d cases now lie with %(name)s.", count)
        messages.success(request, said % {"count": count, "name": to.full_name})
        return redirect("user-detail", pk)
    return show_form(
        request,
        form,
        person,
        title=_("Hand over the caseload"),
        template="user/hand_over.html",
        save_label=_("Hand over"),
        led=led,
        person=person,
        heirs=form.fields["to"].queryset.exists(),
    )


def show_question(request, person, *, title, **context):
    """A page that asks before a step is taken."""
    return render(
        request,
        "user/question.html",
        {
            "person": person,
            "title": title,
            "crumbs": [*to_users(person), {"label": title}],
            "cancel_url": reverse("user-detail", args=[person.pk]),
            **context,
        },
    )
