"""What figures on reoffending do not allow anybody to conclude, said from the very figures the page shows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.lib.numbers import group
from cases.lib.percentage import is_enough
from cases.reports.dashboard.reoffending import CohortPart, Dot, ReoffendingFindings


def cautions(shown: ReoffendingFindings) -> list[str]:
    """Sentences for the page and the print, of the totals of everybody who completed and of the units compared."""
    return [
        *_few(shown.total(CohortPart.KNOWN)),
        *_unseen(shown.total(CohortPart.UNSEEN), shown.total(CohortPart.RELEASED)),
        *_lost(shown.total(CohortPart.CENSORED), shown.years),
        *_units(shown.funnel.dots if shown.funnel.is_shown else []),
        *_unfinished(shown.unfinished, shown.years),
        _("None of these figures says anything about what one person will do."),
    ]


def _few(known: int) -> Iterator[str]:
    if not known:
        yield _("Nobody has been followed to the end yet: nothing can be said here about new crimes.")
    elif not is_enough(known):
        told = ngettext(
            "The outcome is known of %(known)s person only: too few for a rate, which one case more would turn round.",
            "The outcome is known of %(known)s people only: too few for a rate, which one case more would turn round.",
            known,
        )
        yield told % {"known": group(known)}


def _unseen(unseen: int, released: int) -> Iterator[str]:
    if unseen:
        told = _(
            "%(unseen)s of %(released)s people released never presented: nobody followed them, and new crimes of "
            "theirs may be missing here. The rate among those presented does not hold for them."
        )
        yield told % {"unseen": group(unseen), "released": group(released)}


def _lost(lost: int, years: int) -> Iterator[str]:
    if lost:
        told = ngettext(
            "%(lost)s person was no longer followed before %(years)s years were over. That is no success.",
            "%(lost)s people were no longer followed before %(years)s years were over. That is no success.",
            lost,
        )
        yield told % {"lost": group(lost), "years": years}


def _units(dots: list[Dot]) -> Iterator[str]:
    above = [dot.row.name for dot in dots if dot.is_above]
    below = [dot.row.name for dot in dots if dot.is_below]
    if above:
        told = _("%(units)s: more than chance alone explains. Look into the files there; the figure does not say why.")
        yield told % {"units": ", ".join(above)}
    if below:
        told = _(
            "%(units)s: fewer than chance alone explains. See first whether every new crime is recorded there; the "
            "figure does not say why."
        )
        yield told % {"units": ", ".join(below)}
    others = len(dots) - len(above) - len(below)
    if others > 1:
        yield (
            _("The other units lie within what chance alone explains: the figures tell none of them from another.")
            if others < len(dots)
            else _("All units lie within what chance alone explains: the figures tell none of them from another.")
        )


def _unfinished(year: int | None, years: int) -> Iterator[str]:
    if year is not None:
        told = _(
            "Releases since %(year)s have not been followed for %(years)s years yet: they stand in no table and no "
            "rate, and on the line only as long as they were followed."
        )
        yield told % {"year": year, "years": years}
