"""One of everything at Nam Đà, and the arguments that lead to it: for tests that open each page."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from cases import actions
from cases.importing import run as importing
from cases.importing import workbook
from cases.lib.photo import read_photo
from cases.models import (
    AdministrativeViolation,
    Appointment,
    Assessment,
    Attachment,
    Confinement,
    Consent,
    CourtApplication,
    Crime,
    Expungement,
    HeadingSynonym,
    Loan,
    Need,
    Organisation,
    PersonalTask,
    QueuedJob,
    SafetyFlag,
    SensitiveNote,
    Snooze,
    TrainingReferral,
)
from cases.reports.work.duties import duties_for
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_breach,
    make_campaign,
    make_cell,
    make_employer,
    make_error,
    make_export,
    make_group,
    make_judgment,
    make_meeting,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
    make_sent,
    make_succession,
    make_transfer,
    make_unit,
    make_unit_change,
    make_waiting,
)
from tests.pictures import jpeg


def handovers(person, an, binh, units):
    """One offer of Nam Đà that waits, and somebody whom Krông Nô handed over to Nam Đà."""
    other = make_returnee(by=binh, full_name="Phạm Văn Đến")
    came = make_accepted(transfer=make_transfer(returnee=other, to_unit=an.unit, by=binh), by=an)
    waits = make_transfer(returnee=person, to_unit=units.dak_sak, by=an)
    looked = actions.outside_reading.begin(returnee=person, reason="Có người dọa, cần biết ngay", by=binh)
    return {"transfer": waits.pk, "came": came.pk, "came_pk": other.pk, "caseload": an.pk, "outside": looked.pk}


def reorganised(units, em):
    """A commune of before the reform that went partly to Nam Đà, partly to Đắk Sắk; and one that was renamed."""
    old = make_unit(
        kind="commune", code="24691", name="Xã Đắk Sôr", parent=units.province, valid_from=units.province.valid_from
    )
    for part in (units.nam_da, units.dak_sak):
        make_succession(old, part, on=old.valid_from + timedelta(days=1), share="part")
    renamed = make_unit(kind="commune", code="24703", name="Xã Nâm Nung", parent=units.cluster)
    return {"divided": old.pk, "reading": units.nam_da.pk, "unit-change": make_unit_change(unit=renamed, by=em).pk}


# arguments that are no row
PLAIN = {"step": "month", "noun": "need", "kind": "not_here", "name": "people", "day": 7, "code": "HCD-02"}
PLAIN |= {"month": f"{TODAY.replace(day=1) - timedelta(days=1):%Y-%m}"}
PLAIN |= {"table": "organisations", "on": "2026-04-30", "until": TODAY + timedelta(days=7)}


def uploaded(by):
    with transaction.atomic():  # within one nobody waits for a worker: behind a browser it is checked at once too
        run = importing.upload(name="so.xlsx", content=workbook.example(), uid=uuid4(), by=by)
    checked = QueuedJob.objects.get(kind=QueuedJob.Kind.WORKBOOK)
    return {"import": run.pk, "row": run.rows.first().pk, "job": checked.pk, "job-file": make_export(by=by).pk}


def sent_up(units, an, anh):
    submission = make_campaign(unit=units.cluster, by=an).submissions.get(unit=units.nam_da)
    make_sent(submission=submission, by=anh)
    breach = make_breach(by=anh)
    return {"campaign": submission.campaign_id, "submission": submission.pk, "breach": breach.pk}


def account(user):
    waiting = make_waiting(user.unit, by=user)
    return {"posting": waiting.pk, "user": user.pk, "shared": Organisation.objects.first().pk}


def device_of(user):
    device = actions.device.register(user=user, label="Chrome 109 · Android")
    return {"device": device.pk, "uid": device.uid}


def at_work(person, an):
    referral = make_referral(returnee=person, by=an)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=referral.referred_on, by=an)
    return referral


def handled_with_care(person, an):
    need = Need(returnee=person, pathway="work", text="Việc làm", state_on=TODAY)
    note = SensitiveNote(returnee=person, text="Chỉ nói với người phụ trách")
    flag = SafetyFlag(returnee=person, kind="threatened", reason="Chủ nợ dọa", since=TODAY)
    task = PersonalTask(returnee=person, text="Gọi cho chủ xưởng", due_on=TODAY)
    consent = Consent(
        returnee=person, purpose="helper", basis="consent", how="signed", given_on=TODAY, note="Tên, nơi ở"
    )
    rows = {"need": need, "note": note, "safety": flag, "consent": consent}
    made = {name: actions.row.add(row=row, by=an).pk for name, row in rows.items()}
    made["task"] = actions.task.add(task=task, by=an).pk
    picture = Attachment(returnee=person, paperwork=make_paperwork(returnee=person, by=an, kind="residence"))
    made["attachment"] = actions.attachment.attach(attachment=picture, photo=read_photo(jpeg()), by=an).pk
    return made


def announced_and_held(person, an):
    make_notice(returnee=person, by=an)
    row = Confinement(returnee=person, kind="custody", begun_on=TODAY)
    return {"confinement": actions.row.add(row=row, by=an).pk}


def one_of_everything(units, an, anh, binh, em, giang):
    """The rows at Nam Đà by the names of their arguments; `giang` helps the person, no other helper does."""
    person = make_returnee(by=an)
    group = make_group(returnee=person, lead=an, members=[("women", giang), ("front", "Mai")])
    referral = at_work(person, an)
    facts, since, add = {"returnee": person}, {"valid_from": TODAY}, actions.row.add
    return {
        **sent_up(units, an, anh),
        **announced_and_held(person, an),
        **uploaded(an),
        "returnee_pk": person.pk,
        "administrative": add(row=AdministrativeViolation(**facts, act_on=TODAY, behaviour="Gây rối"), by=an).pk,
        "activity": make_activity(person, by=an).pk,
        "appointment": add(row=Appointment(**facts, kind="encouragement", on=TODAY), by=an).pk,
        "assessment": add(row=Assessment(**facts, group="B", on=TODAY, reason="Chưa có việc"), by=an).pk,
        "court": add(row=CourtApplication(**facts, court="TAND tỉnh", filed_on=TODAY), by=an).pk,
        "crime": add(row=Crime(**facts, act_on=TODAY, offence="Trộm", severity=1, stage="reported"), by=an).pk,
        "employer": make_employer(by=an).pk,
        "expungement": add(row=Expungement(**facts, evidence="vneid", evidence_on=TODAY), by=an).pk,
        "group": group.pk,
        "judgment": make_judgment(returnee=person, by=an).pk,
        "loan": add(row=Loan(**facts, lender="NHCSXH", amount=5_000_000, requested_on=TODAY), by=an).pk,
        "meeting": make_meeting(person, by=an).pk,
        "member": group.members.first().pk,
        "paperwork": make_paperwork(returnee=person, by=an).pk,
        "referral": referral.pk,
        **handled_with_care(person, an),
        **handovers(person, an, binh, units),
        "synonym": add(row=HeadingSynonym(word="Ngày xuất trại", target="person.completed_on", **since), by=em).pk,
        "snooze": add(row=Snooze(**facts, duty="group", since=TODAY, until=TODAY, reason="Đi làm xa"), by=an).pk,
        "training": add(row=TrainingReferral(**facts, course="Hàn", referred_on=TODAY), by=an).pk,
        "unit": units.nam_da.pk,
        **reorganised(units, em),
        **account(an),
        "error": make_error().pk,
        **device_of(an),
        "report-cell": make_cell(by=an).pk,
        "duty": duties_for(person, an, TODAY)[0].key,
        **PLAIN,
    }


PK_OF = {
    "unit-allocate": "divided",
    "unit-change-detail": "unit-change",
    "unit-change-undo": "unit-change",
    "unit-change-effect": "unit-change",
    "group-member-end": "member",
    "row-withdraw": "need",
    "rule-word-edit": "synonym",
    "transfer-sheet": "came",
    "report-cell-withdraw": "report-cell",
    "job-file": "job-file",
    "milestone-say": "referral",
}  # a route whose `pk` is not of the noun its name begins with
NOUN_OF = {"violation-add": "administrative"}


def arguments(route, names, world):
    noun = route.split("-")[0]
    found = {name: world[name] for name in names if name not in ("pk", "noun")}
    if route in ("transfer-sheet", "returnee-former"):
        found["returnee_pk"] = world["came_pk"]
    if "noun" in names:
        found["noun"] = NOUN_OF.get(route, world["noun"])
    if "code" in names:
        found["code"] = "HCD-12" if route == "report-form" else world["code"]
    if "pk" in names:
        found["pk"] = world[PK_OF.get(route, noun)]
    return found
