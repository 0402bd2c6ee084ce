"""The reports Chi asked of her communes for a quarter: one corrected and accepted, one sent late, two missing."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from cases import actions
from cases.actions.campaign import SubmittedFigures
from cases.demo import letters
from cases.demo.accounts import REFORM
from cases.demo.stage import NAM_DA, Stage
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import Campaign, Submission, Unit
from cases.reports.periodic import frozen

CLUSTER, KRONG_NO = "68-C01", "24688"
ASKED, DUE = timedelta(days=1), timedelta(days=10)
SENT, GIVEN_BACK, BY_HAND, SENT_AGAIN, ACCEPTED = (timedelta(days=days) for days in (3, 5, 6, 7, 8))
SENT_LATE = timedelta(days=13)
NOTE = "Gửi kèm số liệu vay vốn; số nhập tay phải ghi rõ lý do."
COMMENT = "Số lượt trợ giúp pháp lý thấp hơn sổ tiếp dân, đề nghị xem lại."
CELL = "Sổ tiếp dân còn 02 lượt chưa tính"


def plan(stage: Stage) -> None:
    """Note the steps in the order of days; those after today are not part of the story."""
    quarter = period_of(Profile.STATE, PeriodKind.QUARTER, stage.on).previous()
    if quarter.start < REFORM:
        return
    stage.at(quarter.end + ASKED, _ask, stage, quarter)
    for place, after in ((NAM_DA, SENT), (NAM_DA, SENT_AGAIN), (KRONG_NO, SENT_LATE)):
        stage.at(quarter.end + after, _send, stage, quarter, place, quarter.end + after)
    stage.at(quarter.end + GIVEN_BACK, _give_back, stage, quarter)
    stage.at(quarter.end + BY_HAND, letters.add_by_hand, stage, quarter, quarter.end + BY_HAND)
    stage.at(quarter.end + ACCEPTED, _accept, stage, quarter)


def _ask(stage: Stage, quarter: Period) -> None:
    cluster = Unit.objects.get(code=CLUSTER, valid_to=None)
    days = {"period_start": quarter.start, "period_end": quarter.end, "due_on": quarter.end + DUE}
    asked = Unit.objects.communes().under(cluster).on(quarter.end)
    actions.campaign.open_campaign(
        campaign=Campaign(unit=cluster, note=NOTE, **days), units=asked, by=stage.users["chi"], vouched=True
    )


def _submission(stage: Stage, quarter: Period, place: str) -> Submission:
    return Submission.objects.get(unit=stage.unit(place, quarter.end), campaign__period_end=quarter.end)


def _send(stage: Stage, quarter: Period, place: str, day: date) -> None:
    submission, chief = _submission(stage, quarter, place), stage.chief(place, day)
    draft = frozen.draft(submission.unit, quarter, day)
    document = actions.report_document.issue(document=draft.document, on=day, by=chief, vouched=True)
    draft = replace(draft, document=document)
    figures = SubmittedFigures(**frozen.to_send(draft, replaces=submission.accepted, by=chief, at=timezone.now()))
    actions.campaign.submit(submission=submission, figures=figures, on=day, by=chief)


def _give_back(stage: Stage, quarter: Period) -> None:
    submission = _submission(stage, quarter, NAM_DA)
    cells = {letters.BY_HAND: CELL}
    actions.campaign.give_back(
        submission=submission, version=submission.versions.first(), comment=COMMENT, cells=cells, by=stage.users["chi"]
    )


def _accept(stage: Stage, quarter: Period) -> None:
    submission = _submission(stage, quarter, NAM_DA)
    actions.campaign.accept(submission=submission, version=submission.versions.first(), by=stage.users["chi"])
