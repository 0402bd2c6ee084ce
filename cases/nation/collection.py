"""The report of the last quarter, asked of every commune by its province and not sent yet."""

from datetime import timedelta

from cases.lib.period import PeriodKind, Profile, period_of
from cases.models import Campaign, Posting, Submission, Unit
from cases.nation.communes import Country
from cases.nation.sheet import Sheets, stamps
from cases.nation.size import NationSize

DUE = timedelta(days=10)


def ask_for_reports(sheets: Sheets, country: Country, size: NationSize) -> None:
    quarter = period_of(Profile.STATE, PeriodKind.QUARTER, size.today).previous()
    by = dict(Posting.objects.filter(unit__kind=Unit.Kind.PROVINCE).order_by("unit").values_list("unit", "user"))
    for province, communes in country.by_province.items():
        campaign = sheets[Campaign].add(
            **stamps(by[province], quarter.end + timedelta(days=1)),
            period_start=quarter.start,
            period_end=quarter.end,
            due_on=quarter.end + DUE,
            unit_id=province,
        )
        for commune in communes:
            sheets[Submission].add(campaign_id=campaign, unit_id=commune.unit.pk)
