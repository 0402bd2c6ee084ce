"""A list of users from a workbook: upload, look it through, confirm once, print the slips."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.user_list import UserList, UserListFileForm, UserListForm
from cases.importing import users as importing
from cases.importing.log import BadFileError
from cases.models import User
from cases.reports.administration import accounts
from cases.views import pages
from cases.views.administration.way import to_users
from cases.views.gate import gate
from cases.views.lists.workbook import XLSX

BLANK = "danh-sach-nguoi-dung-mau-trong.xlsx"


def way(*titles):
    """From the list of users to the page of the workbook, and on."""
    here = {"label": _("Users from a workbook"), "url": reverse("user-load")}
    return [*to_users(), here, *({"label": title} for title in titles)]


@gate(Permission.USER_MANAGE, "GET", "POST")
def upload(request):
    """Choose a workbook; what it holds is shown in the answer and kept nowhere."""
    files = request.FILES if request.method == "POST" else None
    form = UserListFileForm(request.POST or None, files, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            return show_preview(request, importing.read(form.cleaned_data["file"]))
        except BadFileError as error:
            form.add_error("file", str(error))
    title = _("Users from a workbook")
    return render(request, "user/load.html", {"title": title, "form": form, "crumbs": [*to_users(), {"label": title}]})


@gate(Permission.USER_MANAGE)
def blank(request):
    content = importing.template()
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{BLANK}"'})


def show_preview(request, listed, uid=None):
    """The rows as they would become accounts, and what stands in the way."""
    asked = UserList(listed, user=request.user, on=pages.today())
    form = UserListForm(
        initial={"rows": asked.sent, **({"uid": uid} if uid else {})}, user=request.user, on=pages.today()
    )
    title = _("Check the list")
    context = {
        "title": title,
        "form": form,
        "rows": asked.rows,
        "problems": asked.problems,
        "crumbs": way(title),
    }
    return render(request, "user/load_preview.html", context)


@gate(Permission.USER_MANAGE, "POST")
def confirm(request):
    """Make all accounts of a list, or none; sent a second time it says so and offers other slips."""
    form = UserListForm(request.POST, user=request.user, on=pages.today())
    if not form.is_valid():
        messages.error(request, _("The list came back damaged: upload the workbook again."))
        return redirect("user-load")
    listed, uid = form.cleaned_data["rows"], form.cleaned_data["uid"]
    asked = UserList(listed, user=request.user, on=pages.today())
    if actions.user.list_was_sent(uid):
        return answer_again(request, form)
    if asked.problems:
        return show_preview(request, listed, uid)
    engaged = [(row.form.account(), row.form.posting()) for row in asked.rows]
    try:
        slips = actions.user.engage_many(engaged=engaged, uid=uid, by=request.user)
    except ValidationError as error:
        if error.code == "sent_before" or actions.user.list_was_sent(uid):
            return answer_again(request, form)
        messages.error(request, " ".join(error.messages))
        return show_preview(request, listed, uid)
    return show_slips(request, slips)


def answer_again(request, form):
    """The accounts stand; whoever has not signed in yet may be given another slip, for the page before may be lost."""
    names = [listed.cells.get("username", "") for listed in form.cleaned_data["rows"]]
    made = User.objects.visible_to(request.user).filter(username__in=names)
    if request.POST.get("slips") == "again":
        slips = actions.user.renew_slips(users=list(made), by=request.user)
        if slips:
            return show_slips(request, slips)
    title = _("These accounts were made already")
    context = {
        "title": title,
        "form": form,
        "accounts": accounts.roster(made, pages.today()),
        "crumbs": way(title),
    }
    return render(request, "user/load_again.html", context)


def show_slips(request, slips):
    """All slips on one page, in the order of the list; as the single one they are shown this once."""
    found = accounts.roster([user for user, _password in slips], pages.today())
    passwords = {user.pk: password for user, password in slips}
    title = _("Slips with the one-time passwords")
    context = {
        "title": title,
        "slips": [(account, passwords[account.user.pk]) for account in found],
        "address": request.build_absolute_uri(reverse("home")),
        "crumbs": way(title),
    }
    return render(request, "user/slips.html", context)
