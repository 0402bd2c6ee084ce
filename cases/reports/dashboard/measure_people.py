"""Measures of people: who came and went, whom nobody holds, who has not been met, by the unit and by each force."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Organisation
from cases.reports.dashboard.measure import Measure, OverviewPart, filled
from cases.reports.dashboard.snapshot import UnitSnapshot
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.report_line import ReportLine

SILENT = (30, 60, 90)  # days without a contact
NOBODY_RULE = gettext_lazy(
    "Everybody whose release day has come, whose file is not closed, and who has not presented at a commune that "
    "stands today. Who presented counts again where the commune has ended and nobody took the file over."
)


def older_lines(days: int, on: date, lines: Iterable[ReportLine]) -> list[ReportLine]:
    """Lines at least `days` days old, the oldest first."""
    last = on - timedelta(days=days)
    return sorted((line for line in lines if line.day <= last), key=lambda line: (line.day, line.record))


def _flow(key: str, sign: str = "") -> Measure:
    """A figure of the caseload in the report, of the twelve months up to the day."""
    indicator = BY_KEY[key]
    return Measure(
        f"flow-{key.replace('_', '-')}",
        OverviewPart.FLOW,
        indicator.title,
        filled(
            gettext_lazy(
                "%(rule)s The period is the twelve months up to the day shown, of a younger unit the time since it "
                "began."
            ),
            rule=indicator.rule,
        ),
        lambda standing: standing.flow(key),
        sign=sign,
    )


FLOW = (
    _flow("managed_start"),
    _flow("received", "+"),
    _flow("transferred_in", "+"),
    _flow("closed", "−"),
    _flow("transferred_out", "−"),
    _flow("managed_end", "="),
)
NOBODY = Measure(
    "nobody-held",
    OverviewPart.COVERAGE,
    gettext_lazy("Held by nobody"),
    filled(
        gettext_lazy("%(rule)s Of these and all people under management."),
        rule=NOBODY_RULE,
    ),
    lambda standing: standing.nobody,
    lambda standing: standing.everybody,
)


def _silent(days: int) -> Measure:
    return Measure(
        f"silent-{days}",
        OverviewPart.COVERAGE,
        filled(gettext_lazy("Not met individually for %(days)s days"), days=days),
        filled(
            gettext_lazy(
                "People under management whose last individual contact, with themselves or the family, lies %(days)s "
                "days or more back; of whom was never met so, the day of presenting. Group meetings do not count."
            ),
            days=days,
        ),
        lambda standing: older_lines(days, standing.on, standing.contacted),
        lambda standing: standing.contacted,
    )


COVERAGE = (NOBODY, *(_silent(days) for days in SILENT))


def forces(standing: UnitSnapshot) -> list[Measure]:
    """For each organisation that helps somebody here one measure for each length of silence."""
    return forces_of(each for each in standing.organisations if standing.helped.get(each.pk))


def forces_of(helping: Iterable[Organisation]) -> list[Measure]:
    """The same of organisations that are known to help somebody."""
    return [_force(each, days) for each in helping for days in SILENT]


def _force(organisation: Organisation, days: int) -> Measure:
    return Measure(
        f"force-{organisation.code}-{days}",
        OverviewPart.FORCES,
        _("%(force)s, %(days)s days") % {"force": organisation.name, "days": days},
        _(
            "People under management with a helper of this force in their group whom the force last met %(days)s days "
            "ago or more, group meetings apart; where it never met them, since its helper began."
        )
        % {"days": days},
        lambda standing: older_lines(days, standing.on, standing.helped[organisation.pk]),
        lambda standing: standing.helped[organisation.pk],
        row=organisation.name,
        days=days,
    )
