from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import audit, row
from cases.models import GroupMember, HelperGroup, Returnee, User


@transaction.atomic
def form(
    *,
    returnee: Returnee,
    lead: User,
    since: date,
    by: User,
    members: Sequence[GroupMember] = (),
    uid: UUID | None = None,
    vouched: bool = False,
) -> HelperGroup:
    """Set up the 5+1 around a person; a group still open is ended the same day; `uid` as in `row.add`."""
    group = HelperGroup(returnee=returnee, lead=lead, since=since, uid=uid or uuid4()).stamp(by)
    if earlier := row.earlier(group, list(members), vouched=vouched):
        return earlier
    for earlier in returnee.groups.select_for_update(no_key=True).filter(until__isnull=True):
        if since < earlier.since:
            raise ValidationError(
                {"since": _("The present group began on %(day)s.") % {"day": f"{earlier.since:%d/%m/%Y}"}}
            )
        earlier.until = since
        earlier.stamp(by).save()
    group.save()
    for member in members:
        member.group = group
        member.stamp(by).save()
    audit.record(by=by, verb="group.formed", target=group, after={"lead": lead.full_name, "members": len(members)})
    return group


@transaction.atomic
def add_member(*, member: GroupMember, by: User) -> GroupMember:
    """Add somebody of an organisation to a group."""
    return row.add(row=member, by=by, verb="group.member_added")


@transaction.atomic
def end_member(*, member: GroupMember, on: date, by: User) -> GroupMember:
    """The member helps for the last time on `on`."""
    member.refresh_from_db(from_queryset=GroupMember.objects.select_for_update(no_key=True))
    if member.until == on:
        return member
    if on < member.since:
        raise ValidationError({"on": _("The member began on %(day)s.") % {"day": f"{member.since:%d/%m/%Y}"}})
    member.until = on
    return row.correct(row=member, by=by, verb="group.member_ended")


@transaction.atomic
def change_lead(*, group: HelperGroup, lead: User, by: User, reason: str = "") -> HelperGroup:
    """Another officer leads the group from now on."""
    if group.lead_id == lead.pk:
        return group
    before = {"lead": group.lead.full_name}
    group.lead = lead
    group.stamp(by).save()
    audit.record(
        by=by, verb="group.lead_changed", target=group, before=before, after={"lead": lead.full_name}, reason=reason
    )
    return group


@transaction.atomic
def hand_over_caseload(*, from_user: User, to_user: User, by: User) -> int:
    """Every open group of one officer goes to another; says how many."""
    groups = HelperGroup.objects.current().filter(lead=from_user).select_related("lead", "returnee")
    for group in groups:
        change_lead(group=group, lead=to_user, by=by)
    return len(groups)
