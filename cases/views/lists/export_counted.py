"""Lists of what is counted, sent up, loaded and changed, as workbooks."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.law.versions import in_force
from cases.models import Campaign, ImportRun, RuleVersion, UnitChange
from cases.reports.periodic import frozen
from cases.reports.writers.xlsx import Column, Kind
from cases.templatetags.words import period_days, period_label
from cases.views import pages
from cases.views.administration import rule
from cases.views.lists.export_columns import Columns, day_column, number_column, text_column
from cases.views.lists.workbook import List, one_sheet, row_asked
from cases.views.periodic import campaign


def _moment(title, value):
    return Column(title, Kind.MOMENT, 17), value


def _campaigns(request):
    if request.user.unit.is_commune:
        return one_sheet(request, _("Reports sent"), owed(), campaign.owed(request))
    return one_sheet(request, _("Reports sent"), collected(), campaign.collected(request))


def _period(of) -> list:
    return [
        text_column(_("Period"), lambda row: period_label(of(row).period), 24),
        text_column(_("Days of the period"), lambda row: period_days(of(row).period), 24),
        text_column(_("Asked by"), lambda row: of(row).unit.name, 22),
        day_column(_("To be sent by"), lambda row: of(row).due_on),
    ]


def collected() -> Columns:
    return Columns(
        *_period(lambda row: row),
        number_column(_("Communes"), lambda row: row.communes),
        number_column(_("Accepted"), lambda row: row.accepted),
        number_column(_("To be looked through"), lambda row: row.waiting),
        number_column(_("Missing"), lambda row: row.missing),
    )


def owed() -> Columns:
    return Columns(*_period(lambda row: row.campaign), *_steps(lambda row: row))


def _steps(of) -> list:
    return [
        text_column(_("State"), lambda row: of(row).get_state_display(), 22),
        text_column(_("Last step by"), lambda row: of(row).stepped_by.full_name if of(row).stepped_by else "", 24),
        _moment(_("Last step"), lambda row: of(row).stepped_at),
        text_column(_("What is to be corrected"), lambda row: of(row).comment, 40),
    ]


def _campaign(request):
    """The communes of one campaign; what a commune may see of it is its own row."""
    asked = get_object_or_404(Campaign.objects.visible_to(request.user), pk=row_asked(request.GET))
    rows = frozen.standings(campaign.asked_in(asked, request), pages.today())
    return one_sheet(request, _("Reports sent"), standings(), rows, asked.unit.name, period_label(asked.period))


def standings() -> Columns:
    def late(row):
        if row.is_late:
            return _("Late")
        return _("sent late") if row.was_late else ""

    return Columns(
        text_column(_("Commune"), lambda row: row.submission.unit.name, 24),
        *_steps(lambda row: row.submission),
        text_column(_("In time or late"), late, 14),
    )


def _imports(request):
    runs = ImportRun.objects.visible_to(request.user).exclude(state="discarded").defer("content")
    return one_sheet(request, _("Import from Excel"), imports(), runs)


def imports() -> Columns:
    def count(name):
        return lambda row: sum(each[name] for each in row.counts.values())

    return Columns(
        text_column(_("Workbook"), lambda row: row.file_name, 40),
        text_column(_("Kind"), lambda row: row.get_kind_display(), 30),
        _moment(_("Uploaded"), lambda row: row.created_at),
        text_column(_("State"), lambda row: row.get_state_display()),
        number_column(_("Rows"), count("rows")),
        number_column(_("New"), count("create")),
        number_column(_("Changed"), count("update")),
        number_column(_("Already there"), count("same")),
        number_column(_("With errors"), count("errors")),
    )


def _unit_changes(request):
    rows = UnitChange.objects.visible_to(request.user).select_related("created_by", "undone_by")
    return one_sheet(request, _("Changes of units"), unit_changes(), rows)


def unit_changes() -> Columns:
    return Columns(
        text_column(_("What changed"), lambda row: row.get_kind_display(), 20),
        text_column(_("Unit"), lambda row: row.name, 30),
        day_column(_("In force from"), lambda row: row.on),
        text_column(_("Decree"), lambda row: row.decree, 26),
        text_column(_("Entered by"), lambda row: row.created_by.full_name, 24),
        _moment(_("Entered at"), lambda row: row.created_at),
        _moment(_("Undone at"), lambda row: row.undone_at),
        text_column(_("Why it was undone"), lambda row: row.undone_reason, 30),
    )


def _rules(request):
    on = pages.today()
    now = in_force(RuleVersion.objects.visible_to(request.user).rule_sets(), on)
    told = _("In force: %(code)s, from %(day)s") % {"code": now.code, "day": f"{now.valid_from:%d/%m/%Y}"}
    return [
        *one_sheet(request, _("Waiting periods in months"), waits(), rule.waits(now), told),
        *one_sheet(request, _("Deadlines of the officers"), deadlines(), rule.deadlines(request.user, on)),
    ]


def waits() -> Columns:
    routes = [
        number_column(str(title), lambda row, place=place: row[1][place].months)
        for place, title in enumerate(rule.ROUTES.values())
    ]
    return Columns(text_column(_("Main penalty pronounced"), lambda row: row[0], 36), *routes)


def deadlines() -> Columns:
    return Columns(
        text_column(_("Deadline"), lambda row: row["name"], 40),
        number_column(_("How long"), lambda row: row["amount"]),
        text_column(_("Counted in"), lambda row: row["count"], 16),
        day_column(_("In force from"), lambda row: row["rule"].valid_from),
        text_column(_("Source"), lambda row: row["rule"].source, 40),
        text_column(_("Certainty"), lambda row: row["certainty"], 20),
        text_column(_("Entered by"), lambda row: row["by"], 24),
    )


LISTS = (
    List("campaigns", gettext_lazy("Reports sent"), "campaign-list", Permission.REPORT_VIEW, "dot-bao-cao", _campaigns),
    List(
        "campaign", gettext_lazy("Reports sent"), "campaign-detail", Permission.REPORT_VIEW, "tinh-hinh-nop-bao-cao",
        _campaign, of=True,
    ),
    List(
        "imports", gettext_lazy("Import from Excel"), "import-list", Permission.IMPORT_NOTICES, "cac-lan-nhap",
        _imports,
    ),
    List(
        "unit-changes", gettext_lazy("Changes of units"), "unit-change-list", Permission.UNIT_CHANGE,
        "thay-doi-don-vi", _unit_changes,
    ),
    List("rules", gettext_lazy("Rules"), "rule-list", Permission.RULE_VIEW, "quy-dinh", _rules),
)  # fmt: skip
