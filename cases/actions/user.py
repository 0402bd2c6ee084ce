import secrets
from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access import row_scope
from cases.access.roles import leads_cases, manages_users, roles_that
from cases.actions import audit, device, group, import_run, row
from cases.actions.posting import ask_second, is_second_needed
from cases.models import HelperGroup, Posting, SentForm, Unit, User

SLIP_LASTS = timedelta(hours=72)
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no characters that look alike on paper
CASES_BEHIND = "an administrator, who sees no case, changes accounts with the cases that hang on them"
LIST = "user_list"  # what a list of users is called among the forms that were sent


def one_time_password() -> str:
    """Three groups of four readable characters, about 59 bits, for a slip of paper."""
    return "-".join("".join(secrets.choice(READABLE) for _place in range(4)) for _group in range(3))


@transaction.atomic
def engage(*, user: User, posting: Posting, by: User | None) -> str:
    """A new account and its first posting in one; returns the password to print on the slip."""
    first = open_account(user=user, by=by)
    posting.user = user
    appoint(posting=posting, by=by)
    return first


def engage_many(*, engaged: list[tuple[User, Posting]], uid: UUID, by: User) -> list[tuple[User, str]]:
    """New accounts with their first postings, all or none; each user with the password to print on the slip.

    `uid` is that of the list: sent a second time it is refused. Passwords are slow to store on purpose: that is done
    before the transaction, for which others wait.
    """
    slips = [(user, give_password(user)) for user, _posting in engaged]
    with transaction.atomic():
        refuse_list_again(uid)
        for user, posting in engaged:
            user.full_clean()
            open_record(user=user, by=by)
            posting.user = user
            appoint(posting=posting, by=by)
    return slips


def list_was_sent(uid: UUID) -> bool:
    """Whether the accounts of the list with this id were made."""
    return SentForm.objects.filter(uid=uid, target_type=LIST).exists()


def refuse_list_again(uid: UUID) -> None:
    """Note that the list was sent; refused where it was before."""
    row.wait_for_the_same(uid)
    _noted, is_first = SentForm.objects.get_or_create(uid=uid, target_type=LIST, defaults={"digest": ""})
    if not is_first:
        raise ValidationError(
            _("These accounts were made a moment ago: nothing was made a second time."), code="sent_before"
        )


def give_password(user: User) -> str:
    """A one-time password for the account, to be changed at the first sign-in; nothing is saved."""
    first = one_time_password()
    user.set_password(first)
    user.must_change_password = True
    user.slip_until = timezone.now() + SLIP_LASTS
    return first


@transaction.atomic
def engage_first(*, user: User, posting: Posting) -> str:
    """The account of the first administrator, whom nobody appoints; refused as soon as somebody serves as one."""
    refuse_with_administrator(posting.since)
    return engage(user=user, posting=posting, by=None)


@transaction.atomic
def open_account(*, user: User, by: User | None, password: str | None = None) -> str:
    """Make an account; returns the password to print on the slip, to be changed at the first sign-in."""
    first = password or give_password(user)
    if password:
        user.must_change_password = False
        user.slip_until = None
        user.set_password(password)
    user.full_clean()
    user.save()
    audit.record(by=by, verb="user.opened", target=user, after=audit.snapshot(user))
    return first


@transaction.atomic
def open_record(*, user: User, by: User | None) -> User:
    """An account as it is, its password a hash; without one nobody can sign in to it until the password is reset."""
    if not user.password:
        user.set_unusable_password()
    user.save()
    audit.record(by=by, verb="user.opened", target=user, after=audit.snapshot(user))
    return user


def correct(*, user: User, by: User) -> User:
    """Save a corrected name, rank or phone; nothing is written where nothing changed."""
    return row.correct(row=user, by=by, verb="user.corrected")


@transaction.atomic
def reset_password(*, user: User, by: User | None, drop_codes: bool = False) -> str:
    """A new one-time password for the slip; the old one and every open sign-in stop working.

    With `drop_codes` the authenticator and its recovery codes are forgotten too (the phone is lost).
    """
    if user == by:
        raise ValidationError(_("One's own password is changed on the page “Password”."))
    first = give_password(user)
    user.save()
    ask_second(user, by)
    end_access(user=user, by=by)
    audit.record(by=by, verb="user.password_reset", target=user)
    if drop_codes and Authenticator.objects.filter(user=user).delete()[0]:
        audit.record(by=by, verb="user.code_switched_off", target=user)
    return first


def renew_slips(*, users: list[User], by: User) -> list[tuple[User, str]]:
    """Other slips for accounts that nobody has signed in to yet: those shown before were lost."""
    unused = [user for user in users if user.must_change_password and user.last_login is None and user != by]
    slips = [(user, give_password(user)) for user in unused]
    with transaction.atomic():
        for user in unused:
            user.save()
            ask_second(user, by)
            audit.record(by=by, verb="user.password_reset", target=user)
    return slips


@transaction.atomic
def record_sign_in(*, user: User) -> None:
    """Somebody has signed in; the one-time password of a slip is used up with it, whether it is changed or not."""
    if user.must_change_password:
        user.slip_until = None
        user.save(update_fields=["slip_until"])
    audit.record(by=user, verb="user.signed_in", target=user)


@transaction.atomic
def end_sign_ins(*, user: User) -> User:
    """Every open sign-in of the user ends at its next page, and every device is taken off.

    The caller may let its own sign-in go on.
    """
    end_access(user=user, by=user)
    audit.record(by=user, verb="user.sign_ins_ended", target=user)
    return user


def end_access(*, user: User, by: User | None) -> None:
    """End what is open of an account, in every process at the next request; part of what changes how one gets in.

    The edition stands in the hash of every session; a device wipes what is read on it when it is heard of next.
    """
    User.objects.filter(pk=user.pk).update(sign_in_edition=F("sign_in_edition") + 1)
    user.refresh_from_db(fields=["sign_in_edition"])
    device.revoke_all(of=user, by=by or user, now=timezone.now())


@transaction.atomic
def keep_password(*, user: User) -> None:
    """The user has chosen another password, set already; the caller may let its own sign-in go on."""
    end_access(user=user, by=user)
    audit.record(by=user, verb="user.password_changed", target=user)


@transaction.atomic
def keep_code(*, user: User, verb: str) -> None:
    """The user has switched the code from the phone on or off, or made other recovery codes."""
    end_access(user=user, by=user)
    audit.record(by=user, verb=verb, target=user)


@row_scope.beyond(CASES_BEHIND)
@transaction.atomic
def appoint(*, posting: Posting, by: User | None, vouched: bool = False) -> Posting:
    """Post a user to a unit; a posting still open ends the day before.

    Refused where postings would overlap, where open cases would be left behind, and for the last administrator.
    """
    user = posting.user
    refuse_overlap(posting)
    refuse_cases_left_behind(user, posting)
    if not manages_users(posting.role):
        refuse_without_administrator(user, posting.since)
    for earlier in user.postings.filter(until__isnull=True):
        earlier.until = posting.since - timedelta(days=1)
        earlier.save()
        end_access(user=user, by=by)  # role or unit are other ones
    row.validate(posting, vouched=vouched)
    posting.asked_by = by if is_second_needed(posting.role, by) else None
    posting.save()
    audit.record(by=by, verb="user.appointed", target=posting, after=audit.snapshot(posting))
    return posting


@row_scope.beyond(CASES_BEHIND)
@transaction.atomic
def withdraw_posting(*, posting: Posting, on: date, by: User) -> Posting:
    """The posting ends with `on`; refused while its holder leads open cases."""
    refuse_cases_led(posting.user, led_groups(posting.user).count())
    posting.until = on
    posting.full_clean()
    posting.save()
    end_access(user=posting.user, by=by)
    audit.record(by=by, verb="user.posting_ended", target=posting, after={"until": f"{on}"})
    return posting


@row_scope.beyond(CASES_BEHIND)
@transaction.atomic
def hand_over(*, user: User, to: User, by: User) -> int:
    """Every open case `user` leads goes to a colleague who may lead it; says how many."""
    if not heirs(user).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("%(name)s cannot lead these cases.") % {"name": to.full_name}})
    return group.hand_over_caseload(from_user=user, to_user=to, by=by)


@row_scope.beyond(CASES_BEHIND)
@transaction.atomic
def deactivate(*, user: User, by: User, on: date) -> User:
    """Close an account; refused while the user leads open cases or is the last administrator.

    Workbooks that were uploaded and not loaded go with it: nobody else would ever see them.
    """
    if user == by:
        raise ValidationError(_("One's own account is closed by another administrator."))
    refuse_cases_led(user, led_groups(user).count())
    refuse_without_administrator(user, on)
    user.is_active = False
    user.save()
    end_access(user=user, by=by)
    import_run.discard_all(of=user, by=by)
    for posting in user.postings.filter(until__isnull=True):
        withdraw_posting(posting=posting, on=max(on, posting.since), by=by)
    audit.record(by=by, verb="user.deactivated", target=user)
    return user


@transaction.atomic
def activate(*, user: User, by: User) -> User:
    """Open a closed account again; it still needs a posting."""
    if not user.is_active:
        user.is_active = True
        user.save()
        audit.record(by=by, verb="user.activated", target=user)
    return user


def led_groups(user: User) -> QuerySet[HelperGroup]:
    """The open groups the user leads."""
    return HelperGroup.objects.current().filter(lead=user)


@row_scope.beyond(CASES_BEHIND)
def heirs(user: User) -> QuerySet[User]:
    """Colleagues who may lead every case the user leads: officers and chiefs of the same commune."""
    found = User.objects.filter(is_active=True).exclude(pk=user.pk)
    for commune in Unit.objects.filter(pk__in=led_groups(user).values("returnee__unit")):
        here = Unit.objects.standing_under(commune.of_today)
        found = found.filter(pk__in=User.objects.leading(here).values("pk"))
    return found


def refuse_overlap(posting: Posting) -> None:
    """Postings follow one another: a new one begins after the one before it began, and after a closed one ended."""
    for earlier in posting.user.postings.all():
        if earlier.until is None and posting.since <= earlier.since:
            said = _("The posting so far began on %(day)s: choose a later day.")
        elif earlier.until and posting.since <= earlier.until:
            said = _("The posting before lasted to %(day)s: choose a later day.")
        else:
            continue
        raise ValidationError({"since": said % {"day": f"{earlier.until or earlier.since:%d/%m/%Y}"}})


def refuse_cases_left_behind(user: User, posting: Posting) -> None:
    """Whoever is posted elsewhere hands over first the cases that stay behind."""
    staying = led_groups(user)
    if leads_cases(posting.role):
        staying = staying.exclude(returnee__unit__in=Unit.objects.standing_under(posting.unit.of_today))
    refuse_cases_led(user, staying.count())


def refuse_cases_led(user: User, count: int) -> None:
    if count:
        raise ValidationError(
            ngettext(
                "%(name)s still leads %(count)d case: hand it over first.",
                "%(name)s still leads %(count)d cases: hand them over first.",
                count,
            )
            % {"name": user.full_name, "count": count},
            code="caseload",
        )


def administrators(on: date) -> QuerySet[User]:
    """Who can open accounts on a day."""
    return User.objects.filter(is_active=True).posted(on, role__in=roles_that(manages_users))


def refuse_with_administrator(on: date) -> None:
    if serving := administrators(on).first():
        raise ValidationError(
            _("%(name)s (%(username)s) is an administrator already: further accounts are opened on the page “Users”.")
            % {"name": serving.full_name, "username": serving.username},
            code="administrator",
        )


def refuse_without_administrator(user: User, on: date) -> None:
    """Somebody must be able to open accounts; the postings are locked, so that two do not leave at once."""
    postings = Posting.objects.on(on).select_for_update(no_key=True)
    serving = postings.filter(role__in=roles_that(manages_users), user__is_active=True, asked_by=None)
    holders = {posting.user_id for posting in serving}
    if holders == {user.pk}:
        raise ValidationError(
            _("%(name)s is the last administrator: appoint another first.") % {"name": user.full_name},
            code="last_administrator",
        )
