"""The figures that a page asks for, as they are kept."""

from datetime import date

from cases.lib.period import Period
from cases.models import KeptFigures
from cases.reports.dashboard.cohorts import years_looked_back
from cases.reports.figures import AskedFigures

Page = KeptFigures.Page


def of_report(asked):
    return AskedFigures(Page.REPORT, asked.unit, asked.lens, asked.named, asked.period.end)


def of_overview(asked):
    day = asked.day
    return AskedFigures(Page.OVERVIEW, asked.report.unit, asked.report.lens, Period(day, day), day)


def of_reoffending(asked):
    on = asked.report.on
    released = Period(date(years_looked_back(on).start, 1, 1), on)
    return AskedFigures(Page.REOFFENDING, asked.report.unit, asked.report.lens, released, on)
