"""The forms of a unit: the list A–D of a quarter (HCD-09), the figures of a month (HCD-12)."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils import translation

from cases.lib.period import Period
from cases.lib.text import in_a_sentence
from cases.models import Assessment, Placement, Returnee, User
from cases.models.returnee import ReturneeQuerySet
from cases.reports.dossier.form_paper import FormNames, FormPaper, Issuers, PaperDraft
from cases.reports.periodic import reintegration
from cases.reports.periodic.comparison import figure
from cases.reports.periodic.report_scope import ReportScope
from cases.templatetags.words import period_label

LISTED = ("Họ và tên", "Năm sinh", "Nơi cư trú", "Ngày trình diện", "Nhóm", "Ngày phân loại", "Lý do")
LISTED_WIDTHS = (1, 5, 2, 5, 3, 2, 3, 6)
COUNTED = ("Chỉ tiêu", "Đơn vị tính", "Số liệu")
COUNTED_WIDTHS = (1, 9, 3, 3)


def group_list(where: ReportScope, period: Period, user: User, names: FormNames) -> FormPaper:
    """HCD-09: everybody whom the commune managed on the last day of the period, each with the group approved last.

    Who has moved on since or whose file is sealed is counted and not named: `user` sees neither here. Three queries for
    the people.
    """
    with translation.override("vi"):
        draft, issuers = PaperDraft(), Issuers.of_unit(where.unit, names.on)
        everybody = _managed(where, period)
        people = list(everybody.visible_to(user).select_related("unit").iterator(chunk_size=2000))
        unnamed = everybody.count() - len(people)
        groups = _groups(people, period)
        draft.table(LISTED, _listed(people, groups), LISTED_WIDTHS)
        count = Counter(row.group for row in groups.values())
        told = "; ".join(f"nhóm {group}: {count[group]}" for group in Assessment.Group.values)
        told += f"; chưa phân loại: {len(people) - len(groups)}"
        told += f"; không nêu tên (đã chuyển đi hoặc hồ sơ đã niêm phong): {unnamed}" if unnamed else ""
        draft.paragraph(f"Tổng số: {len(people) + unnamed} người; {told}.")
        return issuers.of_police("DS").paper(
            names.of("HCD-09"),
            draft,
            issuers.police_signs(),
            subject=period_label(period),
            recipients=(f"- {issuers.body.superior} (để b/c);", issuers.kept),
            across=True,
        )


def _managed(where: ReportScope, period: Period) -> ReturneeQuerySet:
    held = Placement.objects.covering(period.end).filter(returnee=OuterRef("pk"), unit__in=where.inside)
    return Returnee.objects.kept().managed(period.end).filter(Exists(held))


def _groups(people: list[Returnee], period: Period) -> dict[int, Assessment]:
    """The assessment approved last by the end of the period, for each person who has one."""
    rows = Assessment.objects.approved().filter(returnee__in=people, on__lte=period.end).order_by("on", "pk")
    return {row.returnee_id: row for row in rows}


def _listed(people: list[Returnee], groups: dict[int, Assessment]) -> Iterator[tuple[object, ...]]:
    for person in people:
        row = groups.get(person.pk)
        lives = ", ".join(part for part in (person.address, person.hamlet) if part)
        about = (person.full_name, person.birth_year, lives, person.presented_on)
        yield (*about, row.group, row.on, row.reason) if row else (*about, "", None, "")


def monthly_figures(where: ReportScope, period: Period, named: Period, names: FormNames) -> FormPaper:
    """HCD-12: every figure of the report, counted for `period`, the days of the month `named` up to today."""
    with translation.override("vi"):
        draft, issuers = PaperDraft(), Issuers.of_unit(where.unit, names.on)
        table = reintegration.build(where, period)
        rows = [
            (column.title, column.unit, figure(column.counts, table.total.shown(column))) for column in table.columns
        ]
        draft.table(COUNTED, rows, COUNTED_WIDTHS, figures=True)
        if where.unit != issuers.body.issuer:
            draft.paragraph(f"Số liệu của {in_a_sentence(where.unit.name)}.")
        return issuers.of_police("TK").paper(
            names.of("HCD-12"),
            draft,
            issuers.police_signs(),
            subject=period_label(named),
            recipients=(f"- {issuers.body.superior} (để b/c);", issuers.kept),
        )
