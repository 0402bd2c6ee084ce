"""A kind of work has one row; everything that asks for kinds reads it."""

import pytest

from cases.forms.quick_log import QuickLogForm
from cases.importing import columns
from cases.models import KINDS, ActivityKind
from cases.reports.periodic import contacts
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.report_line import ReportLine
from cases.templatetags.icons import drawing
from tests.makers import TODAY


def test_every_kind_has_its_row():
    missing = [kind.name for kind in ActivityKind if kind not in KINDS]
    assert missing == [], "each needs its row in KINDS, cases/models/activity_kind.py"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_drawn_read_from_a_workbook_and_counted_once(kind):
    marks = contacts.PAPERS.values() if kind is ActivityKind.PAPERWORK else [kind.value]
    lines = [ReportLine(1, record, 1, TODAY, mark=mark) for record, mark in enumerate(marks)]
    counted = [
        each.key for each in contacts.INDICATORS if each.source is contacts.contacts and each.pick(lines) == lines
    ]

    assert kind.row.indicator in BY_KEY, "the report has no such row: add it to cases/reports/periodic/contacts.py"
    assert drawing(kind.row.icon)
    assert columns.WORK.by_field["kind"].choices[kind.row.word] is kind
    assert counted == [kind.row.indicator]
    assert contacts.ALL_CONTACTS.pick(lines) == lines
    assert BY_KEY[kind.row.indicator].told or kind is ActivityKind.PAPERWORK  # which has a sentence of its own


def test_officers_are_offered_every_kind_and_helpers_theirs(an, giang):
    def offered(user):
        return [option.value for option in QuickLogForm(user=user, on=TODAY).kinds()]

    assert offered(an) == list(KINDS)
    theirs = ["encouragement", "paperwork", "counselling_psychological", "counselling_vocational"]
    assert offered(giang) == [kind for kind, row in KINDS.items() if row.by_helpers] == theirs
