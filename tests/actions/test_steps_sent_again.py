"""A step that was taken is sent again: with the same words it is taken once, with other words it is refused."""

import inspect
from dataclasses import fields
from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.actions.campaign import SubmittedFigures
from cases.models import AuditEvent, Breach, CourtApplication, Loan, Need
from cases.models.moment import moment_on
from tests import makers
from tests.makers import TODAY

BEFORE = TODAY - timedelta(days=30)
TOMORROW = moment_on(TODAY + timedelta(days=1))
WORDS = {"reason", "comment", "note", "office", "details", "reference"}  # what somebody types to say how it was
ANSWERED_OTHERWISE = {  # not a step of one row that could be taken twice, and what becomes of the words
    "activity.miss": "another reason is a correction",
    "activity.snooze": "sent twice it is known by its uid",
    "arrival.answer": "sent twice it is known by its uid",
    "expungement.take_back": "opens the file and keeps every reason in the log",
    "group.change_lead": "the reason belongs to another lead; the same lead is no change",
    "meeting.take_attendance": "another note is a correction",
    "report_document.count_again": "row.withdraw",
    "list_export.record": "each file taken away is in the log with its reason",
    "outside_reading.begin": "a look that is still open is given as it is, with its own reason",
    "returnee.close": "a closed file is refused",
    "returnee.reopen": "an open file is no change",
    "row.correct": "the reason belongs to the values that differ",
    "seal.unseal": "each opening is in the log with its reason",
    "unit_change.undo": "an undone change is refused",
    **dict.fromkeys(
        ["returnee.place", "returnee.record_opening", "row.mark_withdrawn", "transfer.end", "transfer.take_step"],
        "a part of other actions",
    ),
}


@pytest.fixture
def person(an):
    return makers.make_returnee(by=an)


@pytest.fixture
def rows(an, chi, units, person):
    """One row of each kind, just before its step."""
    loan = Loan(returnee=person, lender="NHCSXH", amount=5_000_000, requested_on=BEFORE)
    need = Need(returnee=person, pathway="work", text="Việc làm", state_on=BEFORE)
    court = CourtApplication(returnee=person, court="TAND", filed_on=BEFORE)
    found = {"found_on": BEFORE, "found_time": time(8, 0), "what": "Mất điện thoại", "data": "Danh sách", "units": "Xã"}
    breach = Breach(kind="device", **found)
    submission = makers.make_campaign(unit=chi.unit, by=chi).submissions.get(unit=an.unit)
    sent = makers.make_sent(submission=submission, by=an)
    figures = {field.name: getattr(sent, field.name, None) for field in fields(SubmittedFigures)}
    return {
        "activity": makers.make_activity(person, by=an),
        "breach": actions.breach.record(breach=breach, by=an),
        "application": actions.court_application.send(application=court, by=an),
        "loan": actions.loan.request(loan=loan, by=an),
        "referral": makers.make_referral(returnee=person, by=an),
        "request": makers.make_paperwork(returnee=person, by=an),
        "row": actions.need.record(need=need, by=an),
        "transfer": makers.make_transfer(returnee=person, to_unit=units.krong_no, by=an),
        "version": sent,
        "figures": SubmittedFigures(**{**figures, "values": sent.figures}),
        "submission": submission,
        "one": person,
        "other": makers.make_returnee(by=an, full_name="Lò Văn Pá"),
    }


STEPS = {  # action: the rows it takes, what is typed, and what the second form says instead
    "activity.withdraw": ("activity", {"reason": "Nhầm"}, {"reason": "Nhầm người"}),
    "campaign.submit": ("submission figures", {"on": TODAY, "reason": ""}, {"reason": "Sót một người"}),
    "breach.tell": (
        "breach",
        {"on": TODAY, "at": time(0, 1), "reference": "1/CV", "now": TOMORROW},
        {"reference": "2/CV"},
    ),
    "campaign.give_back": (
        "submission version",
        {"comment": "Xem lại", "cells": {"encouragement": "Thấp"}},
        {"cells": {"encouragement": "Cao"}},
    ),
    "court_application.refuse": ("application", {"on": TODAY, "reference": "1/QĐ", "note": ""}, {"reference": "2/QĐ"}),
    "distinct.tell_apart": ("one other", {"reason": "Anh em"}, {"reason": "Trùng tên"}),
    "employment.report_outcome": (
        "referral",
        {"state": "refused", "on": TODAY, "refusal_reason": "distance"},
        {"refusal_reason": "pay"},
    ),
    "loan.refuse": ("loan", {"on": TODAY, "reason": "Thiếu giấy"}, {"reason": "Đã vay nơi khác"}),
    "paperwork.advance": ("request", {"step": "submitted", "on": TODAY, "office": "Xã"}, {"office": "Tỉnh"}),
    "paperwork.refuse": ("request", {"on": TODAY, "reason": "Thiếu giấy"}, {"reason": "Sai tên"}),
    "row.withdraw": ("row", {"reason": "Nhầm"}, {"reason": "Ghi trùng"}),
    "transfer.refuse": ("transfer", {"on": TODAY, "reason": "Không ở đây"}, {"reason": "Đã đi nơi khác"}),
    "transfer.withdraw": ("transfer", {"on": TODAY, "reason": "Đổi ý"}, {"reason": "Nhầm xã"}),
}


def action_of(name):
    module, _dot, function = name.partition(".")
    return getattr(getattr(actions, module), function)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_sent_again_is_taken_once_and_with_other_words_refused(name, rows, an):
    taken, said, otherwise = STEPS[name]
    step = action_of(name)
    given = {key: rows[key] for key in taken.split()}
    step(**given, **said, by=an)
    before = AuditEvent.objects.count()

    step(**given, **said, by=an)
    with pytest.raises(ValidationError):
        step(**given, **{**said, **otherwise}, by=an)

    assert AuditEvent.objects.count() == before


def with_words():
    for module in vars(actions).values():
        if not inspect.ismodule(module) or module.__name__.rpartition(".")[2] == "audit":
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            asked = {part.name for part in inspect.signature(function).parameters.values()}
            if function.__module__ == module.__name__ and "by" in asked and asked & WORDS and name[0] != "_":
                yield f"{module.__name__.rpartition('.')[2]}.{name}"


def test_every_step_with_words_is_tried_here():
    assert set(with_words()) == {*STEPS, *ANSWERED_OTHERWISE}
