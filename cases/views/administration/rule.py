"""The waiting periods by which records are cleared: the versions in force, and entering a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.rule_version import RuleVersionForm
from cases.jobs import queue
from cases.law.provisions import OPEN_QUESTIONS
from cases.law.versions import in_force
from cases.models import QueuedJob, RuleVersion
from cases.reports.administration import legal_basis, rule_tables, shared_tables
from cases.reports.administration.rule_tables import ROUTES
from cases.reports.lists.rules import deadlines, waits
from cases.reports.people import rule_preview
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.RULE_VIEW)
def show_list(request):
    on = pages.today()
    versions = RuleVersion.objects.visible_to(request.user).rule_sets()
    current = in_force(versions, on)
    certainties = dict(RuleVersion.Certainty.choices)
    by_whom = {
        row.code: authors_text(row) for row in RuleVersion.objects.visible_to(request.user).select_related("created_by")
    }
    return render(
        request,
        "rule/list.html",
        {
            "on": on,
            "current": current,
            "routes": ROUTES.values(),
            "bands": waits(current),
            "versions": [
                (each, certainties[each.certainty], each is current, by_whom.get(each.code, ""))
                for each in reversed(versions)
            ],
            "deadlines": deadlines(request.user, on),
            "tables": tables(current, on),
            "may_edit": request.user.may(Permission.RULE_EDIT),
        },
    )


@gate(Permission.RULE_VIEW)
def show_law(request):
    """The words of the law beside the rules and the cases that pin them, for the section that checks them."""
    on = pages.today()
    rules = in_force(RuleVersion.objects.visible_to(request.user).rule_sets(), on)
    return render(
        request,
        "rule/law.html",
        {
            "rules": rules,
            "provisions": list(legal_basis.provisions(rules)),
            "tables": numbers_beside(rules, on),
            "questions": OPEN_QUESTIONS,
            "crumbs": [{"label": _("Rules"), "url": reverse("rule-list")}, {"label": _("Law beside the rules")}],
        },
    )


def numbers_beside(rules, on):
    """What the law says beside the provisions of the clean record: the title of each table and its lines."""
    return [
        (_("Other numbers of the Code"), rule_tables.fixed_numbers(rules)),
        (_("Deadlines"), [line for line in shared_tables.deadline_lines(on) if line.holds]),
        (_("Loans"), rule_tables.loan(on)),
        (_("Public holidays"), list(rule_tables.days_off(on))),
        (_("Names of the forms"), list(rule_tables.names_of_forms(on))),
        (
            _("Police bodies"),
            [*rule_tables.police_ranks(on), *(line for line in shared_tables.police_lines(on) if line.holds)],
        ),
    ]


def authors_text(version):
    """Who entered a version, and who checked it."""
    checked = version.verified_by and _("checked by %(name)s") % {"name": version.verified_by}
    return " · ".join(filter(None, [version.created_by.full_name, checked]))


def tables(current, on):
    """The other rules: what a table is called, its lines, and the page on which they are entered and corrected."""
    enter = reverse("rule-add")
    shared = {name: reverse("shared-detail", args=[name]) for name in ("days", "deadlines", "forms", "loans")}
    return [
        (_("What a record waits for"), rule_tables.conditions(current), enter),
        (_("Other numbers of the clock"), rule_tables.clock_numbers(current), enter),
        (_("Clean slate of administrative sanctions"), list(rule_tables.clean_slates(on)), shared["deadlines"]),
        (_("Loans"), rule_tables.loan(on), shared["loans"]),
        (_("Public holidays"), list(rule_tables.days_off(on)), shared["days"]),
        (_("Names of the forms"), list(rule_tables.names_of_forms(on)), shared["forms"]),
    ]


@gate(Permission.RULE_EDIT, "GET", "POST")
def add(request):
    """Type a version, look at whose day it would move, enter it; the preview alone sends `confirm` and `change`."""
    on = pages.today()
    form = RuleVersionForm(pages.bound_data(request), instance=RuleVersion(), user=request.user, on=on)
    shown = None
    if pages.is_sent(request, form) and "change" not in request.POST:
        if "confirm" not in request.POST:
            shown = rule_preview.preview(form.instance, on)
        else:
            try:
                version = actions.rule_version.add(version=form.instance, on=on, by=request.user)
            except ValidationError as error:
                pages.refuse(form, error)
            else:
                messages.success(request, _("New version entered: %(code)s.") % {"code": version.code})
                tell_the_rest(request, version)
                return redirect("rule-list")
    back = reverse("rule-list")
    return pages.show_form(
        request,
        form,
        title=_("New version of the rules"),
        template="rule/preview.html" if shown else "_components/form_page.html",
        tab_title=_("Rules"),
        lead=_("The version in force stays as it is; this one takes its place from its day on."),
        crumbs=[{"label": _("Rules"), "url": back}, {"label": _("New version of the rules")}],
        preview=shown,
        moves=move_lines(shown) if shown else [],
        kinds=rule_preview.MOVE_WORDS.values(),
        units=unit_lines(shown) if shown else [],
        save_label=_("See whose day it moves"),
        cancel_url=back,
        draft="rule-add",
        wide=True,
    )


def tell_the_rest(request, version):
    """Of a large register a job tells every clock again, and nobody waits for it."""
    if not actions.rule_version.is_told_at_once():
        queue.start(queue.put(QueuedJob.Kind.VERDICTS, f"rules-{version.pk}", {}, None))
        messages.info(request, _("All clocks are being told again in the background."))


def move_lines(shown):
    """Each way in which somebody's day moves: its words, how many people, by how many days."""
    for move, label in rule_preview.MOVE_WORDS.items():
        if shown.moves[move]:
            least, most = shown.days.get(move, (0, 0))
            yield label, shown.moves[move], least, most


def unit_lines(shown):
    """Each unit with its count for each way, in the order of `MOVE_WORDS`."""
    return [
        (unit.name, [(label, unit.counts[move]) for move, label in rule_preview.MOVE_WORDS.items()])
        for unit in shown.units
    ]
