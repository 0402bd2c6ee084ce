from datetime import timedelta

from cases.reports.dashboard import silence
from cases.reports.lists import report
from tests.makers import TODAY, make_activity, make_returnee


def test_the_workbook_of_the_silent_says_overdue_of_those_alone_who_are(an):
    late, met = make_returnee(by=an, full_name="Ba Lặng"), make_returnee(by=an, full_name="Hai Mới")
    make_activity(late, by=an, on=TODAY - timedelta(days=70))
    make_activity(met, by=an)

    told = {row.name: [*columns_of(row)][-2:] for row in silence.managed_people(an, TODAY, an.unit)}

    assert told == {"Ba Lặng": ["", "Quá hạn"], "Hai Mới": ["", ""]}


def columns_of(row):
    return next(report.silent_columns({row.unit_id: "Xã"}).of([row]))
