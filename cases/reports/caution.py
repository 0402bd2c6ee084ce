"""What figures on reoffending do not allow anybody to conclude, said from the figures themselves."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.lib.numbers import group
from cases.reports.cohorts import Followed, whole_years
from cases.reports.indicators import ENOUGH
from cases.reports.reoffending import Counted, Dot, Part


def cautions(people: list[Followed], total: Counted, dots: list[Dot], years: int, on: date) -> list[str]:
    """Sentences for the page and the print; `total` is of all finished cohorts, `dots` of the units below."""
    return [
        *_few(total),
        *_unseen(people),
        *_lost(total, years),
        *_units(dots),
        *_unfinished(people, years, on),
        _("None of these figures says anything about what one person will do."),
    ]


def _few(total: Counted) -> Iterator[str]:
    known = total.figures[Part.KNOWN]
    if not known:
        yield _("Nobody has been followed to the end yet: nothing can be said here about new crimes.")
    elif known < ENOUGH:
        told = ngettext(
            "The outcome is known of %(known)s person only: too few for a rate, which one case more would turn round.",
            "The outcome is known of %(known)s people only: too few for a rate, which one case more would turn round.",
            known,
        )
        yield told % {"known": group(known)}


def _unseen(people: list[Followed]) -> Iterator[str]:
    absent = sum(not person.presented for person in people)
    if absent:
        told = _(
            "%(absent)s of %(all)s people released did not present: nobody follows them, and new crimes of theirs may "
            "be missing here. The rate among those presented does not hold for them."
        )
        yield told % {"absent": group(absent), "all": group(len(people))}


def _lost(total: Counted, years: int) -> Iterator[str]:
    lost = total.figures[Part.CENSORED]
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
            _("The other units lie within what chance alone explains: none of them did better or worse than another.")
            if others < len(dots)
            else _("All units lie within what chance alone explains: none of them did better or worse than another.")
        )


def _unfinished(people: list[Followed], years: int, on: date) -> Iterator[str]:
    over = set(whole_years(on, years))
    open_years = sorted({person.cohort for person in people} - over)
    if open_years:
        told = _("Releases since %(year)s have not been followed for %(years)s years yet: they stand in no rate.")
        yield told % {"year": open_years[0], "years": years}
