"""The smallest valid object of each kind, made as the application makes it: through its actions."""

from dataclasses import replace
from datetime import date, time, timedelta

from django.utils import timezone

from cases import actions
from cases.lib.period import period_of
from cases.models import (
    Activity,
    Breach,
    Campaign,
    Employer,
    GroupMeeting,
    GroupMember,
    JobReferral,
    Judgment,
    Notice,
    Offence,
    Organisation,
    PaperworkRequest,
    Posting,
    QueuedJob,
    ReportCell,
    ReportDocument,
    Returnee,
    Succession,
    Transfer,
    Unit,
    UnitChange,
    UnitPlan,
    User,
)
from cases.models.moment import moment_on
from cases.reports.casefile import handover
from cases.reports.periodic import frozen
from cases.reports.periodic.consolidation import draft_of

TODAY = timezone.localdate()
PASSWORD = "mot-mat-khau-dai-2026"


def in_the_day_of_the_run(moment):
    """The moment, at the same hour of the day on which the run began: tests asked for that day when they were read."""
    return moment - (timezone.localdate(moment) - TODAY)


def after_midnight(days=1):
    """Two hours into the day that comes so many days after today, whatever the hour is now: today is over by then."""
    return moment_on(timezone.localdate() + timedelta(days=days)) + timedelta(hours=2)


def make_unit(*, kind, code, name, parent=None, valid_from=date(2025, 7, 1), valid_to=None):
    return actions.unit.open_unit(
        unit=Unit(kind=kind, code=code, name=name, parent=parent, valid_from=valid_from, valid_to=valid_to), by=None
    )


def make_user(username, full_name, role, unit, *, organisation=None, since=date(2025, 7, 1), rank=""):
    user = User(username=username, full_name=full_name, rank=rank)
    actions.user.open_account(user=user, by=None, password=PASSWORD)
    body = Organisation.objects.get(code=organisation) if organisation else None
    actions.user.appoint(posting=Posting(user=user, unit=unit, role=role, organisation=body, since=since), by=None)
    return User.objects.get(pk=user.pk)


def make_waiting(unit, *, by, role="chief", username="khanh", full_name="Bùi Duy Khánh"):
    """A posting that a second account has still to confirm."""
    posting = Posting(unit=unit, role=role, since=TODAY)
    actions.user.engage(user=User(username=username, full_name=full_name), posting=posting, by=by)
    return posting


def make_error(*, page="home", role="officer", error=None):
    error = error or ValueError("Nguyễn Văn Dũng")
    return actions.error_event.record(error=error, page=page, role=role, at=timezone.now())


def make_breach(*, by, found_on=TODAY, found_time=time(0, 1), **changes):
    facts = {
        "kind": "device",
        "what": "Mất một máy tính bảng",
        "data": "Họ tên, địa chỉ",
        "units": by.unit.name,
        **changes,
    }
    return actions.breach.record(breach=Breach(found_on=found_on, found_time=found_time, **facts), by=by)


def make_export(*, by, name="people", query="", content=b"PK", now=None):
    """A long list that a worker has prepared."""
    now = now or timezone.now()
    asked = {"name": name, "query": query, "reason": "Đối chiếu với UBND xã"}
    job = QueuedJob(kind="export", key=f"export-{by.pk}", state="done", arguments=asked, unit=by.unit, made_by=by)
    job.made_at = job.begun_at = job.ended_at = now
    job.save()
    actions.job.keep_file(job=job, parts=[content], rows=1)
    return job


def make_returnee(*, by, unit=None, full_name="Nguyễn Văn Dũng", presented=True, **changes):
    facts = {
        "sex": "male",
        "born_on": "1985",
        "hamlet": "Thôn Nam Tân",
        "completed_on": TODAY - timedelta(days=200),
        "subject_type": "completed",
        **changes,
    }
    if presented and "presented_on" not in facts:
        facts["presented_on"] = facts["completed_on"] + timedelta(days=3)
    return actions.returnee.register(returnee=Returnee(full_name=full_name, unit=unit or by.unit, **facts), by=by)


def make_notice(*, by, returnee=None, number="15/TB", received_on=TODAY, assign=False, **person):
    """A notice of `returnee`, or of somebody new made of `person`."""
    returnee = returnee or make_returnee(by=by, presented=False, **person)
    notice = Notice(number=number, dated_on=received_on, received_on=received_on, sender="Trại giam Một")
    return actions.arrival.announce(returnee=returnee, notice=notice, by=by, assign=assign)


def make_judgment(*, returnee, by, name="Trộm cắp tài sản", **changes):
    facts = {"main_penalty": "prison", "months": 36, "effective_on": date(2021, 5, 1), **changes}
    offence = Offence(name=name, article=173, clause=1, chapter="XVI", fault="deliberate", severity=1)
    return actions.judgment.add(judgment=Judgment(returnee=returnee, **facts), parts=[offence], by=by)


def make_activity(*people, by, on=TODAY, kind="encouragement", outcome="met", **changes):
    entries = [actions.activity.PersonOutcome(person, outcome=outcome) for person in people]
    return actions.activity.record(activity=Activity(kind=kind, on=on, **changes), entries=entries, by=by)


def make_meeting(*people, by, on=TODAY, present=None, **changes):
    facts = {"place": "Nhà văn hóa", "topic": "Gặp gỡ quý", "unit": by.unit, **changes}
    meeting = actions.meeting.plan(meeting=GroupMeeting(on=on, **facts), invited=list(people), by=by)
    if present is not None:
        actions.meeting.take_attendance(meeting=meeting, present={person.pk for person in present}, by=by)
    return meeting


def make_group(*, returnee, lead, by=None, members=(), since=TODAY - timedelta(days=100)):
    """`members`: pairs of an organisation's code and a user or a name."""
    rows = [
        GroupMember(
            organisation=Organisation.objects.get(code=code),
            name=str(who),
            user=who if isinstance(who, User) else None,
            since=since,
        )
        for code, who in members
    ]
    return actions.group.form(returnee=returnee, lead=lead, since=since, by=by or lead, members=rows)


def make_paperwork(*, returnee, by, kind="identity", needed_on=TODAY - timedelta(days=40), **changes):
    return actions.paperwork.ask(
        request=PaperworkRequest(returnee=returnee, kind=kind, needed_on=needed_on, **changes), by=by
    )


def make_employer(*, by, name="Xưởng gỗ Bình Minh", **changes):
    return actions.employment.add_employer(employer=Employer(name=name, unit=by.unit, **changes), by=by)


def make_referral(*, returnee, by, employer=None, referred_on=TODAY - timedelta(days=30), **changes):
    referral = JobReferral(
        returnee=returnee,
        employer=employer or make_employer(by=by),
        job="Thợ mộc",
        referred_on=referred_on,
        **changes,
    )
    return actions.employment.refer(referral=referral, by=by)


def make_transfer(*, returnee, to_unit, by, on=TODAY - timedelta(days=3), **changes):
    """An offer of `by`, not answered yet."""
    facts = {"reason": "Chuyển về ở với gia đình", "sender_name": by.full_name, "sender_phone": "0912345678", **changes}
    transfer = Transfer(returnee=returnee, to_unit=to_unit, on=on, **facts)
    return actions.transfer.propose(transfer=transfer, on=on, by=by)


def make_accepted(*, transfer, by, on=TODAY):
    return actions.transfer.accept(transfer=transfer, on=on, by=by, sheet_of=handover.sheet)


def make_campaign(*, unit, by, period=None, units=None):
    """A report asked of `units` (all communes below `unit`) for the month before this one, unless said otherwise."""
    period = period or period_of("calendar", "month", TODAY).previous()
    days = {"period_start": period.start, "period_end": period.end, "due_on": period.end + timedelta(days=5)}
    asked = units if units is not None else Unit.objects.communes().under(unit)
    return actions.campaign.open_campaign(campaign=Campaign(unit=unit, **days), units=asked, by=by)


def make_sent(*, submission, by, on=TODAY, reason=""):
    """The figures of the moment, sent as the page sends them."""
    draft = draft_of(submission.unit, submission.campaign.period, on)
    document = actions.report_document.issue(document=draft.document, on=on, by=by)
    draft = replace(draft, document=document)
    what = frozen.to_send(draft, replaces=submission.accepted, by=by, at=timezone.now())
    figures = actions.campaign.SubmittedFigures(**what)
    return actions.campaign.submit(submission=submission, figures=figures, on=on, reason=reason, by=by)


def make_unit_change(*, unit, by, on=TODAY - timedelta(days=5), name="Phường Mới", **changes):
    """A renaming, the smallest change of a unit."""
    plan = UnitPlan()
    plan.renew(unit, name=name)
    change = UnitChange(kind="rename", name=unit.name, on=on, **changes)
    return actions.unit_change.make(change=change, plan=plan, by=by)


def make_succession(old, new, *, on=date(2025, 7, 1), share=Succession.Share.FULL):
    actions.unit.succeed(old=old, new=new, on=on, share=share, by=None)


def make_served(*, returnee, by, done_on, parts=(), **changes):
    """A judgment of 36 months for theft that is known in every part: cleared two years after `done_on`."""
    theft = Offence(
        name="Trộm cắp tài sản",
        article=173,
        clause=1,
        chapter="XVI",
        fault="deliberate",
        severity=1,
        act_on=changes.pop("act_on", done_on - timedelta(days=1400)),
    )
    facts = {"months": 36, "effective_on": done_on - timedelta(days=1095), "main_done_on": done_on, **changes}
    judgment = Judgment(returnee=returnee, main_penalty="prison", main_done_how="served", **facts)
    return actions.judgment.add(judgment=judgment, parts=[theft, *parts], by=by)


def make_document(*, by, unit=None, start=date(2025, 12, 15), end=date(2026, 12, 14), **changes):
    """The official report of a state year, dated inside it."""
    facts = {"report": "reintegration", "signed_on": date(2026, 11, 20), **changes}
    document = ReportDocument(unit=unit or by.unit, period_start=start, period_end=end, **facts)
    return actions.report_document.save(document=document, by=by)


def make_cell(*, by, document=None, indicator="encouragement", value=12, reason="Sổ giấy ghi thêm"):
    cell = ReportCell(document=document or make_document(by=by), indicator=indicator, value=value, reason=reason)
    return actions.report_document.type_cell(cell=cell, by=by)
