"""A form that is sent again with the id made in the browser: the same content makes one record, other content asks."""

from datetime import timedelta
from functools import partial

import pytest
from django.forms import CharField
from django.urls import reverse

from cases import models
from cases.forms.judgment import PARTS
from cases.reports.casefile import twice
from tests import test_access as access
from tests.makers import TODAY
from tests.opened import opened

world = access.world
pytestmark = pytest.mark.both  # each form is sent on each engine

DAY = f"{TODAY:%d/%m/%Y}"
PERSON = {"full_name": "Lò Văn Pá", "sex": "male", "born_on": "1990", "hamlet": "Bon Choih"}
NO_ROWS = {f"{part}-{count}_FORMS": "0" for part in PARTS for count in ("TOTAL", "INITIAL")}
SENTENCE = {**NO_ROWS, "main_penalty": "prison", "months": "24", "effective_on": "01/05/2021", "number": "9/2021"}
WORK = {"kind": "encouragement", "when": "today", "outcome": "met"}
HOME = {"subject_type": "completed", "completed_on": "01/06/2025", "presented_on": "02/06/2025"}
CRIME = {"act_on": DAY, "offence": "Trộm", "severity": "1", "stage": "reported"}
FINE = {"act_on": DAY, "behaviour": "Đánh nhau", "sanction": "warning"}
HELD = {"kind": "custody", "begun_on": DAY}
COURT = {"kind": "recidivism", "court": "TAND", "judgment_number": "9/2026", "found_on": DAY}
RULE = {"valid_from": DAY, "source": "Thông tư thử", "certainty": "V"}
SIGNS = {"head": "Trưởng Công an xã", "deputy": "Phó Trưởng Công an xã"}
SENT = {  # route, or route and noun: what is made, and what is typed
    "activity-add": (models.Activity, WORK),
    "arrival-add": (models.Notice, {**PERSON, **HOME, "number": "7/TB", "dated_on": DAY, "sender": "Trại giam Hai"}),
    "arrival-notice": (models.Notice, {"kind": "prison", "number": "7/TB", "dated_on": DAY, "sender": "Trại giam Hai"}),
    "assessment-add": (models.Assessment, {"group": "B", "reason": "Chưa có việc"}),
    "breach-add": (models.Breach, {"kind": "device", "what": "Mất máy tính bảng", "data": "Họ tên, địa chỉ"}),
    "campaign-add": (models.Campaign, {}),
    "consent-add": (models.Consent, {"purpose": "employer", "basis": "consent", "how": "signed"}),
    "court-add": (models.CourtApplication, {"court": "TAND tỉnh", "filed_on": DAY}),
    "dossier-paper-add": (models.DossierPaper, {"on": DAY}),
    "duty-snooze": (models.Snooze, {"reason": "Đi làm xa"}),
    "employer-add": (models.Employer, {"name": "Trại nấm"}),
    "expungement-add": (models.Expungement, {"evidence": "vneid", "evidence_on": DAY, "reason": "Đã có quyết định"}),
    "group-form": (models.HelperGroup, {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}),
    "group-member-add": (models.GroupMember, {"name": "Mai Thị Lan"}),
    "judgment-add": (models.Judgment, SENTENCE),
    "loan-add": (models.Loan, {"amount": "5.000.000"}),
    "meeting-add": (models.GroupMeeting, {"on": DAY, "place": "Nhà văn hóa", "topic": "Gặp gỡ quý"}),
    "meeting-record": (models.GroupMeeting, {"on": DAY, "place": "Hội trường", "topic": "Gặp gỡ quý"}),
    "need-add": (models.Need, {"pathway": "work", "text": "Việc làm", "state": "not_started"}),
    "note-add": (models.SensitiveNote, {"text": "Con gái không biết chuyện cũ"}),
    "paperwork-add": (models.PaperworkRequest, {"kind": "identity"}),
    "referral-add": (models.JobReferral, {"job": "Thợ mộc"}),
    "referral-check": (models.JobCheck, {"still_working": "yes"}),
    "returnee-add": (models.Returnee, {**PERSON, **HOME, "full_name": "Hà Thị Sen", "sex": "female"}),
    "rule-word-add": (models.HeadingSynonym, {"word": "Ngày về", "target": "person.completed_on", "valid_from": DAY}),
    "rule-add": (models.RuleVersion, {"code": "V2", "title": "Luật mới", "confirm": "1", **RULE}),
    "safety-add": (models.SafetyFlag, {"kind": "vulnerable", "reason": "Bệnh nặng, ở một mình"}),
    "shared-add deadlines": (models.DeadlineVersion, {"duty": "contact", "amount": "20", **RULE}),
    "shared-add forms": (models.FormNameVersion, {"code": "HCD-03", "title": "Phiếu trả lời", **RULE}),
    "shared-add loans": (models.LoanVersion, {"person_cap": "120.000.000", **RULE}),
    "shared-add police": (models.PoliceVersion, {"word": "Xã", "symbol": "CAX", **SIGNS, **RULE}),
    "shared-add retention": (models.RetentionVersion, {"ending": "died", "years": "10", "warned": "3", **RULE}),
    "task-add": (models.PersonalTask, {"text": "Xin bản sao giấy khai sinh", "due_on": DAY}),
    "training-add": (models.TrainingReferral, {"course": "Hàn"}),
    "transfer-add": (models.Transfer, {"reason": "Về ở với vợ", "sender_phone": "0912345678"}),
    "violation-add administrative": (models.AdministrativeViolation, FINE),
    "violation-add confinement": (models.Confinement, HELD),
    "violation-add crime": (models.Crime, CRIME),
    "violation-add recidivism": (models.RecidivismFinding, COURT),
}
NOUNS = {  # pages of several kinds: what the kind is called in the address, and those with a form of their own
    "violation-add": ("noun", ("administrative", "confinement", "crime", "recidivism")),
    "shared-add": ("table", ("deadlines", "forms", "loans", "police", "retention")),
}
ELSEWHERE = {  # need a world of their own: test_arrival.py, test_importing.py, test_transfer.py, test_unit_change.py
    *("attachment-add", "arrival-answer", "arrival-assign", "import-list", "transfer-request"),
    *("unit-merge", "unit-move", "unit-open", "unit-rename", "unit-split"),
}
FREE = (
    *("note", "reason", "text", "title", "topic", "name", "job", "course", "source", "offence", "behaviour"),
    *("court", "lender", "sender", "hamlet", "number", "cause"),
)
OTHER = {"referral-check": {"still_working": "no"}, "judgment-add": {"months": "30"}}
OTHER |= {"violation-add confinement": {"decision_number": "12/QĐ-CT"}}
OTHER |= {"rule-word-add": {"word": "Ngày về nhà"}}
OTHER |= {"group-form": {"since": f"{TODAY - timedelta(days=1):%d/%m/%Y}"}}
ALONE = {  # once the first stands, another is refused for a reason of its own, told on the form
    *("campaign-add", "court-add", "transfer-add", "rule-add", "shared-add deadlines", "shared-add forms"),
    *("shared-add loans", "shared-add police", "shared-add retention"),
    *("returnee-add", "arrival-add", "arrival-notice", "referral-check", "group-form"),
    "dossier-paper-add",
    "safety-add",
}
CHOSEN = {
    "group-member-add": "organisation",
    "activity-add": "people",
    "meeting-add": "people",
    "meeting-record": "people",
    "referral-add": "employer",
    "transfer-add": "to_unit",
}


def pages(world):
    """Each page that makes a record, with the key of what is typed there."""
    for route, names, view in access.routes():
        if "POST" not in getattr(view, "methods", ()) or route in access.POSTED:
            continue
        word, nouns = NOUNS.get(route, ("", [None]))
        for noun in nouns:
            right = access.arguments(route, names, world) | ({word: noun} if noun else {})
            yield f"{route} {noun}" if noun else route, reverse(route, kwargs=right)


def typed(key, world, units):
    """The form with what is chosen from a list."""
    model, values = SENT[key]
    rows = {
        "people": [world["returnee_pk"]],
        "employer": world["employer"],
        "to_unit": units.krong_no.code,
        "organisation": models.Organisation.objects.get(code="front").pk,
    }
    return model, {**values, **{name: rows[name] for name in CHOSEN.get(key, "").split()}}


@pytest.fixture
def forms(world, units, anh, chi, em, signed_in):
    """Each page that makes a record: its key, who visits it, the model, the form as it would be sent."""
    models.Transfer.objects.filter(pk=world["transfer"]).update(state="withdrawn")
    models.CourtApplication.objects.update(refused_on=TODAY)  # only one may wait
    visitors = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}
    return each_form(world, units, visitors)


def each_form(world, units, visitors):
    for key, url in pages(world):
        visitor = visitors[access.who_may(key.split()[0])]
        page = visitor.get(url)
        form = page.context and page.context.get("form")
        if form is None or "uid" not in form.fields:
            continue
        model, values = typed(key, world, units) if key in SENT else (None, {})
        yield key, partial(post, visitor, url), model, {**opened(visitor, url), **values}


def test_a_page_that_asks_what_is_on_file_already_asks_and_saves_in_one_transaction():
    asking = {key.split()[0] for key, (model, _values) in SENT.items() if model in twice.SAME} | {"trip-entry"}
    views = {route: view for route, _names, view in access.routes() if route in asking}

    assert set(views) == asking
    assert [route for route, view in views.items() if not getattr(view, "is_alone", False)] == []


def post(visitor, url, sent):
    """Send a form; what the world has on file already is recorded a second time on purpose. None once it is saved."""
    answer = visitor.post(url, sent)
    form = answer.status_code == 200 and answer.context["form"]
    if form and form.question and form.data["uid"] == sent["uid"]:
        answer = visitor.post(url, {**sent, "besides": form.question.besides})
    return answer.context["form"] if answer.status_code == 200 else None


def changed(key, sent, form_fields):
    """The same form with one thing in it changed, as somebody does who came back to it."""
    if key in OTHER:
        return {**sent, **OTHER[key]}
    free = [name for name, field in form_fields.items() if type(field) is CharField and not field.widget.is_hidden]
    name = next(name for name in FREE if name in free)
    return {**sent, name: "Điều khác"}


def test_a_form_sent_twice_makes_one_record(forms):
    wrong, met = {}, set()
    for key, send, model, sent in forms:
        met.add(key)
        if key not in SENT:
            continue
        before = model.objects.count()
        refused = [dict(form.errors) for _twice in range(2) if (form := send(sent))]
        if refused or model.objects.count() != before + 1:
            wrong[key] = refused or model.objects.count() - before

    assert wrong == {}
    assert met - set(SENT) == ELSEWHERE


def test_a_form_sent_again_with_other_content_is_never_said_to_be_recorded(forms):
    wrong = {}
    for key, send, model, sent in forms:
        if key not in SENT:
            continue
        send(sent)
        before = model.objects.count()
        other = changed(key, sent, model and form_fields(send, sent))
        form = send(other)
        if not (form and form.question and model.objects.count() == before):
            wrong[key] = "swallowed"
        elif form.question.label and key not in ALONE:
            told = send({**other, "uid": form.data["uid"], "besides": form.question.besides})
            if told or model.objects.count() != before + 1:
                wrong[key] = told and dict(told.errors)

    assert wrong == {}


def form_fields(send, sent):
    """The fields of the form at this address; an empty one is sent to be answered with it."""
    return send({"uid": sent["uid"]}).fields


def test_what_two_records_have_in_common_is_told_for_every_kind_of_record(forms):
    made = {model for _key, _send, model, _sent in forms if model}

    assert made - set(twice.SAME) - set(twice.ONCE) == set()
    assert set(twice.SAME) & set(twice.ONCE) == set()
