"""The figures of a report for its page, its letter and its workbooks alike: those kept, else counted now."""

from dataclasses import replace

from django.db.models import Q
from django.utils import translation

from cases.lib.period import Period
from cases.models import Submission
from cases.reports.periodic import consolidation, letter_draft, official_letter, report_figures
from cases.reports.periodic.report_scope import Lens
from cases.views import counting, pages
from cases.views.periodic.asked_figures import of_report


def count_report(request, asked, *, most_units):
    """What was asked for, cut at the day that is counted, what is said of its figures, and the figures.

    Of a small unit with more than `most_units` below it those are left out.
    """
    shown = counting.look(request, of_report(asked))
    if shown.kept:
        return *read_kept(asked, shown.kept), shown
    by_unit = len(asked.where.rows) <= most_units
    figures = report_figures.count_report(asked.where, asked.named, asked.period, by_unit=by_unit)
    return asked, beside_accepted(figures, asked), shown


def read_kept(asked, kept):
    """The same of figures that are kept."""
    asked = replace(asked, period=Period(asked.named.start, kept.upto))
    figures = report_figures.read_kept(kept.figures, asked.unit, asked.lens, asked.named, asked.period)
    return asked, beside_accepted(figures, asked)


def beside_accepted(figures, asked):
    return replace(figures, comparison=official_letter.beside_accepted(figures.comparison, asked.where.unit))


def compare(request, asked):
    """The report beside the period before, as its workbook has it."""
    if kept := counting.look(request, of_report(asked)).kept:
        return read_kept(asked, kept)[1].comparison
    return official_letter.build_comparison(asked.where, asked.named, asked.period)


def compare_for_letter(request, asked, document):
    """The same with the titles of an official letter and the figures written by hand in their places; of a unit above
    it is put together of what the units below had accepted, where they had.
    """
    if _is_put_together(request.user, asked):
        with translation.override("vi"):
            whole = consolidation.of_unit(asked.unit, asked.named, pages.today())
            return consolidation.compare_whole(whole, letter_draft.typed_values(document), pages.today())
    if kept := counting.look(request, of_report(asked)).kept:
        with translation.override("vi"):
            return read_kept(asked, kept)[1].typed(letter_draft.typed_values(document))
    return letter_draft.comparison(document, asked.where, asked.named, asked.period)


def _is_put_together(user, asked):
    """Whether a unit below had a report of this very period accepted, or this unit answers for it."""
    if asked.unit.is_commune or asked.lens != Lens.AS_WAS:
        return False
    inside = Submission.objects.visible_to(user).of_period(asked.named)
    inside = inside.filter(unit__path__startswith=asked.unit.path)
    return inside.filter(Q(accepted__isnull=False) | Q(unit=asked.unit.pk)).exists()


def write_letter(request, asked, document):
    """The whole official report, ready to be drawn."""
    compared = compare_for_letter(request, asked, document)
    return letter_draft.paper(document, compared, asked.named, asked.history)
