"""What is left to do before a new system can be worked with, each step told from what is stored."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access import row_scope
from cases.access.roles import leads_cases, roles_that
from cases.law.deadlines import DeadlineKind, deadline
from cases.law.versions import Certainty
from cases.models import DeadlineVersion, Returnee, Unit, User
from cases.reports.administration import letterhead


@dataclass(frozen=True)
class FirstStep:
    """A step, what is to be done or what is found, and the route (with its arguments and query) of the page for it."""

    title: str
    text: str
    done: bool
    route: str
    arguments: tuple[int | str, ...] = ()
    query: str = ""


def first_steps(user: User, on: date) -> list[FirstStep]:
    """The steps in their order; none where all of them are done."""
    steps = [_own_unit(user, on), _letterhead(user, on), _users(on), _deadlines(on), _register()]
    return [] if all(step.done for step in steps) else steps


def _own_unit(user: User, on: date) -> FirstStep:
    unit = user.unit
    communes = Unit.objects.under(unit).on(on).communes()
    done = unit.in_force(on) and communes.exists()
    text = (
        _("%(unit)s, with its communes as they stand today.")
        if done
        else _("%(unit)s has no commune of today: load the list of units, or change the posting.")
    )
    return FirstStep(_("Own unit"), text % {"unit": unit.name}, done, "unit-detail", (unit.pk,))


def _letterhead(user: User, on: date) -> FirstStep:
    head = letterhead.head_words(user.unit, on)
    done = letterhead.last_check(user.unit, head) is not None
    text = f"{head['superior']} / {head['body']}"
    if not done:
        text = _("Compare the head of the letters with real ones: %(words)s.") % {"words": text}
    return FirstStep(_("Police bodies and letterhead"), text, done, "letterhead-check")


def _users(on: date) -> FirstStep:
    serving = User.objects.filter(is_active=True).posted(on, role__in=roles_that(leads_cases)).count()
    text = (
        ngettext("%(count)d officer or chief.", "%(count)d officers and chiefs.", serving) % {"count": serving}
        if serving
        else _(
            "Open an account for the chief of each commune, all of them from a workbook; hand over the printed slips."
        )
    )
    return FirstStep(_("Users"), text, serving > 0, "user-list" if serving else "user-load")


def _deadlines(on: date) -> FirstStep:
    table = DeadlineVersion.objects.all().table()
    open_ones = sum(deadline(duty, on, table).certainty is Certainty.UNVERIFIED for duty in DeadlineKind)
    said = ngettext(
        "%(count)d deadline has no text of law behind it: enter it with its source.",
        "%(count)d deadlines have no text of law behind them: enter each with its source.",
        open_ones,
    )
    text = said % {"count": open_ones} if open_ones else _("Each has its source.")
    return FirstStep(_("Deadlines to confirm"), text, not open_ones, "shared-detail", ("deadlines",))


@row_scope.beyond("whether anybody is on file at all")
def _register() -> FirstStep:
    done = Returnee.objects.exists()
    text = (
        _("People are on file.")
        if done
        else _("The chief of a commune loads the register it keeps: after signing in, on the page “Import from Excel”.")
    )
    return FirstStep(_("First register"), text, done, "user-list", query="?role=chief")
