"""The 5+1 around one person: who leads, who helps, who helped before."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.group import GroupForm, LeadForm, MemberEndForm, MemberForm, member_rows
from cases.models import GroupMember, HelperGroup, Returnee
from cases.views import pages
from cases.views.care import giving
from cases.views.casefile import frame
from cases.views.gate import gate


def _find(request, pk):
    groups = HelperGroup.objects.visible_to(request.user).current().filter(returnee__withdrawn_at=None)
    return get_object_or_404(groups.select_related("returnee__unit__standing", "lead"), pk=pk)


def _show(request, form, person, title, **context):
    return frame.show_form(request, form, person, tab="group", title=title, **context)


def _tab(request, person, said):
    messages.success(request, said)
    return redirect("returnee-group", returnee_pk=person.pk)


@gate(Permission.CASE_VIEW, sealed=True)
def show_tab(request, returnee_pk, opened):
    person = frame.find(request, returnee_pk, opened)
    on = pages.today()
    groups = HelperGroup.objects.visible_to(request.user, opened).filter(returnee=person).select_related("lead")
    groups = list(groups.prefetch_related("members__organisation", "members__user"))
    group = next((group for group in groups if group.until is None), None)
    members = list(group.members.all()) if group else []
    return frame.show_tab(
        request,
        person,
        "group/tab.html",
        tab="group",
        group=group,
        members=[member for member in members if member.until is None or member.until >= on],
        former=[member for member in members if member.until and member.until < on],
        earlier=[other for other in groups if other is not group],
        size=settings.HELPER_GROUP_SIZE,
        on=on,
        may_edit=request.user.may(Permission.GROUP_EDIT),
    )


@gate(Permission.GROUP_EDIT, "GET", "POST")
def form_group(request, returnee_pk):
    """Lead and members on one page; lines without a name are left out."""
    people = Returnee.objects.visible_to(request.user).kept().select_related("unit__standing")
    person = get_object_or_404(people, pk=returnee_pk)
    typed, on = pages.bound_data(request), pages.today()
    form = GroupForm(typed, unit=person.unit, user=request.user, on=on)
    rows = member_rows(typed, unit=person.unit, user=request.user, on=on)
    if pages.is_sent(request, form) and rows.is_valid():
        chosen = form.cleaned_data
        try:
            group = actions.group.form(
                returnee=person,
                lead=chosen["lead"],
                since=chosen["since"],
                members=rows.members(chosen["since"]),
                uid=chosen["uid"],
                by=request.user,
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Formed: the 5+1 group of %(name)s, led by %(lead)s.")
            return _tab(request, person, said % {"name": person.full_name, "lead": group.lead.full_name})
    current = HelperGroup.objects.visible_to(request.user).current().filter(returnee=person).exists()
    return _show(
        request,
        form,
        person,
        _("Form a 5+1 group"),
        template="group/form.html",
        rows=rows,
        lead=person.full_name,
        again=current,
        **giving.grounds_for(request, person, "helper"),
    )


@gate(Permission.GROUP_EDIT, "GET", "POST")
@pages.one_at_a_time
def add_member(request, pk):
    group, on = _find(request, pk), pages.today()
    person = group.returnee
    member = GroupMember(group=group, since=on)
    form = MemberForm(pages.bound_data(request), instance=member, unit=person.unit, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            member = actions.group.add_member(member=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            return _tab(request, person, _("Added to the group: %(name)s.") % {"name": member.name})
    known = giving.grounds_for(request, person, "helper")
    known |= {"lead": person.full_name, "draft": "member", "template": "group/member_form.html"}
    return _show(request, form, person, _("Add a member"), **known)


@gate(Permission.GROUP_EDIT, "GET", "POST")
def end_member(request, pk):
    members = GroupMember.objects.visible_to(request.user).filter(group__until=None, group__returnee__withdrawn_at=None)
    member = get_object_or_404(members.select_related("group__returnee__unit", "organisation"), pk=pk)
    person = member.group.returnee
    form = MemberEndForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.group.end_member(member=member, on=form.cleaned_data["on"], by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Recorded: %(name)s helps until %(day)s.")
            return _tab(request, person, said % {"name": member.name, "day": f"{member.until:%d/%m/%Y}"})
    lead = f"{member.name} · {member.organisation.short}"
    return _show(request, form, person, _("End a member's help"), lead=lead)


@gate(Permission.GROUP_EDIT, "GET", "POST")
def change_lead(request, pk):
    group = _find(request, pk)
    person = group.returnee
    form = LeadForm(pages.bound_data(request), group=group, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        lead, reason = form.cleaned_data["lead"], form.cleaned_data["reason"]
        actions.group.change_lead(group=group, lead=lead, reason=reason, by=request.user)
        return _tab(request, person, _("Lead officer from now on: %(name)s.") % {"name": lead.full_name})
    lead = _("%(person)s · now led by %(officer)s") % {"person": person.full_name, "officer": group.lead.full_name}
    return _show(request, form, person, _("Change the lead officer"), lead=lead)
