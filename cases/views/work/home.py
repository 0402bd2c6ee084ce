from datetime import timedelta
from itertools import groupby

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.access import roles
from cases.access.permissions import Permission
from cases.law.deadlines import DeadlineKind, deadline
from cases.law.duty_rules import WEEK_DAYS
from cases.models import (
    Assessment,
    DeadlineVersion,
    OutsideReading,
    PersonalTask,
    RetentionVersion,
    Returnee,
)
from cases.models.deadline_version import deadline_table
from cases.models.joint_read import read_jointly
from cases.reports.administration import reading_review
from cases.reports.administration.accounts import newest_accounts
from cases.reports.administration.backups import backup_state
from cases.reports.administration.first_steps import first_steps
from cases.reports.administration.second_account import every_posting_to_confirm, postings_to_confirm
from cases.reports.casefile import clearance
from cases.reports.counting import count_each_up_to
from cases.reports.people import retention, transfers
from cases.reports.periodic import frozen
from cases.reports.work import duties as due
from cases.reports.work.hamlets import hamlet_rows
from cases.reports.work.helped import helped_people, logged_lately
from cases.reports.work.milestones import jobs_to_look_at, milestones
from cases.reports.work.pressing import home_lists
from cases.reports.work.reminders import changes_to_enter, reminders
from cases.views import pages
from cases.views.dashboard import supervisor
from cases.views.gate import gate

SHOWN = 10  # so many new accounts, and so many decisions that wait, stand on a home page
ASSESSMENTS, HAMLETS, POSTINGS = "assessments", "hamlets", "postings"
PLAN = ("overdue", "outcomes", "week")  # the lists of the day's round; the others are folded
COUNTED = ("evidence_count", "assessment_count", "transfers", "changes", "outside_readings", "signed")
TO_MIND = ("transfers", "reports_waiting", "outside_readings", "readings_month", "kept_long", "changes")
LIST_WORDS = {
    "overdue": _("Overdue"),
    "outcomes": _("Outcomes to log"),
    "week": _("This week"),
    "residence": _("Addresses to check"),
    "not_presented": _("Not presented"),
    "dossiers": _("Dossiers to make"),
    "papers": _("Papers without progress"),
    "records": _("Clean record"),
    "to_assess": _("To assess"),
    "later": _("Later"),
    ASSESSMENTS: _("Assessments to approve"),
}


@gate(Permission.HOME)
def show(request):
    if request.GET.get("list") == POSTINGS and request.user.may(Permission.POSTING_CONFIRM):
        return show_postings(request)
    return PAGES[roles.terms(request.user.role).home](request)


def officer(request):
    """An officer's day, and a chief's: with the assessments and the evidence that wait for a decision.

    `?list=` shows one of LIST_WORDS alone, or all of them by hamlet, page by page.
    """
    on, asked = pages.today(), request.GET.get("list")
    # A chief answers for the whole commune, an officer for the people led and for those nobody leads.
    mine = request.GET.get("who", "all" if request.user.is_chief else "mine") != "all"
    if asked == ASSESSMENTS:
        return show_list(request, asked, mine, assessments_to_approve(request.user))
    entered = DeadlineVersion.objects.visible_to(request.user).of_duties()
    lists = home_lists(request.user, on, mine, entered)
    if asked in lists:
        return show_list(request, asked, mine, lists[asked].rows)
    if asked == HAMLETS:
        return show_hamlets(request, mine, *hamlet_rows(lists, due.people_of(request.user, on, mine)))
    return show_day(request, on, mine, lists, entered)


def show_day(request, on, mine, lists, entered):
    """All lists of the day as far as they fit, and what to mind beside them."""
    evidence, assessments = clearance.to_confirm(request.user), assessments_to_approve(request.user)
    jobs, tasks = jobs_to_look_at(request.user, on, mine), tasks_of_the_week(request.user, on)
    first = evidence[:SHOWN], assessments[:SHOWN]
    periods, table = periods_entered(request.user), deadline_table(entered)
    beside = (*first, jobs, tasks, periods)
    waiting = (
        *(evidence, assessments, transfers.to_answer(request.user), changes_to_enter(request.user, on, table)),
        *signatures(request.user, on),
    )
    counts = dict(zip(COUNTED, count_each_up_to(*waiting, beside=beside), strict=True))
    reached = milestones(jobs, on)
    context = {
        "on": on,
        "mine": mine,
        "lists": lists,
        "words": LIST_WORDS,
        "evidence": list(first[0]),
        "assessments": list(first[1]),
        "readings_month": request.user.is_chief and not counts["signed"] and reading_review.last_month(on),
        **counts,
        **duties_of_unit(request.user, on, table, offered=counts["transfers"]),
        "tasks": list(tasks),
        "milestones": reached[:SHOWN],
        "milestone_count": len(reached),
        "is_planned": any(tasks) or any(lists[name].rows for name in PLAN),
    }
    due_lists = (each.rows for each in lists.values())
    context |= {
        **emptiness(request.user, (*context["evidence"], *context["assessments"], *tasks, *reached, *due_lists)),
        "kept_long": retention.count_to_tell(request.user, on, periods),
        "reports_waiting": reports_waiting(request.user),
    }
    context["to_mind"] = sum(map(bool, (*(context[name] for name in TO_MIND), *context["reminders"])))
    return render(request, "home/officer.html", context)


def emptiness(user, listed):
    """Whether nothing is due of what is listed, and then whether nobody is on file at all yet."""
    nothing_due = not any(listed)
    asks = nothing_due and user.may(Permission.IMPORT)
    return {"nothing_due": nothing_due, "nothing_kept": asks and not Returnee.objects.visible_to(user).exists()}


def duties_of_unit(user, on, table, *, offered):
    """What is due beside the duties of people: files `offered`, reports and lists, what another database asks."""
    return {
        "transfer_by": transfers.first_last_day(user, table) if offered else None,
        "reminders": list(reminders(on, table)),
        "change_hours": deadline(DeadlineKind.DATABASE, on, table).amount,
    }


def signatures(user, on):
    """What a chief has to sign: looks of others into the unit's files; and of last month's readings what is signed."""
    return OutsideReading.objects.visible_to(user).pending(), reading_review.signed_last_month(user, on)


def periods_entered(user):
    """How long files are kept, for whoever lets people be forgotten."""
    entered = RetentionVersion.objects.visible_to(user).oldest_first()
    return entered if user.may(Permission.ANONYMISE) else entered.none()


def reports_waiting(user):
    """The reports the user has still to send."""
    return frozen.reports_to_send(user) if user.may(Permission.REPORT_SEND) else None


def tasks_of_the_week(user, on):
    """What the user means to do, the overdue first, up to a week ahead."""
    due = PersonalTask.objects.visible_to(user).pending().filter(due_on__lte=on + timedelta(days=WEEK_DAYS))
    return due.select_related("returnee", "created_by")[:SHOWN]


def assessments_to_approve(user):
    """What waits for the user's approval, the oldest first."""
    waiting = Assessment.objects.visible_to(user).pending().select_related("returnee", "created_by")
    return waiting.order_by("on", "pk") if user.may(Permission.ASSESSMENT_APPROVE) else waiting.none()


def show_list(request, name, mine, rows):
    """One list of the home page in full."""
    title = LIST_WORDS[name]
    context = {"name": name, "title": title, "mine": mine, "page_obj": pages.paginate(request, rows)}
    context["crumbs"] = [{"label": gettext("Today"), "url": reverse("home")}, {"label": title}]
    return render(request, "home/list.html", context)


def show_hamlets(request, mine, rows, counts):
    """Whoever has something due, by hamlet: from here one sets out."""
    page = pages.paginate(request, rows)
    groups = [
        {"hamlet": hamlet, "count": counts[hamlet], "rows": list(those)}
        for hamlet, those in groupby(page, key=lambda row: row.person.hamlet)
    ]
    context = {"mine": mine, "page_obj": page, "groups": groups}
    context["crumbs"] = [{"label": gettext("Today"), "url": reverse("home")}, {"label": gettext("By hamlet")}]
    return render(request, "home/hamlets.html", context)


def show_postings(request):
    """Every posting that waits for the user as the second account."""
    title = gettext("Postings waiting for your confirmation")
    page = pages.paginate(request, every_posting_to_confirm(request.user, pages.today()))
    crumbs = [{"label": gettext("Today"), "url": reverse("home")}, {"label": title}]
    return render(request, "home/postings.html", {"title": title, "page_obj": page, "crumbs": crumbs})


def administrator(request):
    accounts = newest_accounts(request.user, SHOWN)
    return render(
        request,
        "home/administrator.html",
        {
            "accounts": accounts.first,
            "active": accounts.active,
            "inactive": accounts.inactive,
            "backup": backup_state(timezone.now()),
            "steps": first_steps(request.user, pages.today()),
            "waiting": postings_to_confirm(request.user, pages.today()),
        },
    )


def helper(request):
    """The people one helps, who needs one first: name, hamlet, contact, next meeting, officer; and what one logged."""
    on, logged = pages.today(), logged_lately(request.user)
    page = pages.paginate(request, helped_people(request.user, on))
    entered = DeadlineVersion.objects.visible_to(request.user).of_duties()
    read_jointly(logged, entered)
    due_now = reminders(on, deadline_table(entered))
    report = next((each for each in due_now if each.kind is DeadlineKind.HELPER_REPORT), None)
    context = {"on": on, "rows": list(page), "page_obj": page, "report": report, "logged": list(logged)}
    return render(request, "home/helper.html", context)


PAGES = {"officer": officer, "supervisor": supervisor.show, "administrator": administrator, "helper": helper}
