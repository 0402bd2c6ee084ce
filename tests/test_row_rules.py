"""The rule in the database: what is reached where a page has forgotten whose rows it may show."""

import inspect
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.access.row_scope import NOTHING, limit_to
from cases.models import (
    Activity,
    ActivityEntry,
    Anonymisation,
    ArrivalAnswer,
    CellComment,
    Congratulation,
    DistinctPair,
    DossierPaper,
    Employer,
    ImportedRow,
    JobCheck,
    KeptFigures,
    Organisation,
    Posting,
    ReadingReview,
    RecidivismFinding,
    RetentionVersion,
    Returnee,
    Submission,
    Unit,
    User,
    reach,
    row_rules,
)
from cases.views.lists.registry import LISTS
from tests import test_access as access
from tests.makers import (
    TODAY,
    make_accepted,
    make_activity,
    make_judgment,
    make_meeting,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
    make_transfer,
    make_unit,
    make_user,
)
from tests.rows_compared import told_twice
from tests.test_sealed_nowhere import FILED, person, text_of, told
from tests.views.test_exports import asked

pytestmark = pytest.mark.both
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has the models' rules alone.")
world = access.world
__all__ = ["person"]  # a fixture of another file

CASES = Path(row_rules.__file__).parent.parent
HELD = [apps.get_model("cases", name) for name in row_rules.RULES]


def holding_somebody():
    """Models with a personal field of their own, or with a way to somebody's file."""
    for model in apps.get_app_config("cases").get_models():
        related = {field.related_model.__name__ for field in model._meta.fields if field.is_relation}
        if model.PERSONAL or "Returnee" in related:
            yield model.__name__


def test_every_model_that_holds_somebody_has_a_rule_or_says_why_not():
    assert set(holding_somebody()) <= row_rules.RULES.keys() | row_rules.WITHOUT_RULE.keys()
    assert not row_rules.RULES.keys() & row_rules.WITHOUT_RULE.keys()
    assert all(len(reason.split()) > 3 for reason in row_rules.WITHOUT_RULE.values())


BEYOND = {  # where the product looks further than its user, and why stands beside each
    *(
        "actions/activity.py",
        "actions/anonymisation.py",
        "actions/audit.py",
        "actions/meeting.py",
        "actions/reading.py",
    ),
    *("actions/returnee.py", "actions/row.py", "actions/transfer.py", "actions/unit_change.py", "actions/user.py"),
    *("importing/known.py", "models/audit_event.py", "models/stamped.py"),
    *("reports/administration/accounts.py", "reports/administration/first_steps.py"),
    *("reports/administration/unit_preview.py", "reports/people/matching.py", "reports/people/sealed.py"),
    *("reports/people/search.py", "actions/rule_version.py", "reports/people/rule_preview.py"),
    *("reports/administration/reading_review.py", "views/banner.py"),
}


def test_nobody_looks_beyond_a_scope_but_where_it_is_written_down():
    found = {
        str(path.relative_to(CASES))
        for path in CASES.rglob("*.py")
        if re.search(r"row_scope\.(beyond|as_owner|COUNTRY)\b", path.read_text(encoding="utf-8"))
    }

    assert found == BEYOND
    views = [path for path in (CASES / "views").rglob("*.py") if "limit_to(" in path.read_text(encoding="utf-8")]
    assert [path.name for path in views] == ["row_scope.py"]


@pytest.fixture
def everything(world, an, binh, em):
    """A row of every model that holds somebody, all of people of Nam Đà."""
    person = Returnee.objects.get(pk=world["returnee_pk"])
    mine = {"returnee": person}
    other = make_returnee(by=an)
    penalty = {"kind": "residence_control", "since": TODAY}
    judgment = make_judgment(returnee=person, by=an)
    judgment.additional_penalties.create(**penalty)
    judgment.obligations.create(kind="court_fee", state="done")
    ArrivalAnswer.objects.create(**mine, unit=an.unit, kind="not_here", note="Đã đi", on=TODAY, made_by=an, uid=uuid4())
    make_notice(returnee=other, by=an, number="77/TB")
    pair = sorted((person.pk, other.pk))
    for row in (
        RecidivismFinding(**mine, kind="recidivism", court="TAND tỉnh", judgment_number="1", found_on=TODAY),
        DossierPaper(**mine, code="HCD-02", on=TODAY),
        DistinctPair(first_id=pair[0], second_id=pair[1], reason="Hai người"),
        Congratulation(**mine, referral_id=world["referral"], step="month", on=TODAY),
        JobCheck(referral_id=world["referral"], day=30, on=TODAY, still_working=True),
    ):
        row.stamp(an).save()
    Activity.objects.get(pk=world["activity"]).organisations.add(Organisation.objects.first())
    known = {"sheet": "people", "key": "k", "digest": "d", "target_type": "returnee", "target_id": person.pk}
    ImportedRow.objects.create(run_id=world["import"], unit=an.unit, **known)
    version = Submission.objects.get(pk=world["submission"]).versions.first()
    CellComment.objects.create(version=version, indicator="met", text="Xem lại", made_by=an, made_at=timezone.now())
    days = dict.fromkeys(("start", "end", "upto", "counted_on"), TODAY)
    KeptFigures.objects.create(unit=an.unit, lens="as-was", counted_at=timezone.now(), ground=1, figures={}, **days)
    actions.list_export.record(name="people", filters={}, rows=1, reason="Đối chiếu", by=an)
    facts = {"ending": "died", "years": 5, "valid_from": TODAY, "certainty": "M", "source": "Danh mục"}
    rule = actions.retention_version.add(version=RetentionVersion(**facts), by=em)
    Anonymisation.objects.create(returnee=other, rule=rule, made_by=an)
    ReadingReview.objects.create(unit=an.unit, month=TODAY.replace(day=1), signed_by=an)
    return world


@pytest.fixture
def elsewhere(db, units):
    """A province that has nothing to do with Nam Đà, with a commune; somebody in each role is posted there."""
    province = make_unit(kind="province", code="01", name="Thành phố Hà Nội")
    commune = make_unit(kind="commune", code="00004", name="Phường Ba Đình", parent=province)
    names = {
        "officer": "Phùng Văn Khởi",
        "chief": "Phùng Văn Lãm",
        "helper": "Phùng Thị Mận",
        "reviewer": "Phùng Văn Nội",
    }
    posted = {"reviewer": province}
    return {
        role: make_user(
            f"ba-dinh-{role}", name, role, posted.get(role, commune), organisation="women" if role == "helper" else None
        )
        for role, name in names.items()
    }


def reached(model):
    """How many rows a question without any filter reaches."""
    return model._base_manager.count()


def reached_as(user):
    """What a forgotten filter would show the user: rows of each model; the log of accounts and units is nobody's."""
    with limit_to(User.objects.get(pk=user.pk).row_scope()):
        counts = {model.__name__: reached(model) for model in HELD if model.__name__ != "AuditEvent"}
        log = apps.get_model("cases", "AuditEvent").objects.exclude(target_type__in=row_rules.ADMINISTRATED)
        counts["AuditEvent"] = log.exclude(actor_id=user.pk).count()
    return {name: count for name, count in counts.items() if count}


@postgresql
def test_there_is_a_row_of_every_model_to_be_reached(everything):
    assert [model.__name__ for model in HELD if not reached(model)] == []


@postgresql
def test_a_question_without_a_filter_reaches_nobody_where_nobody_is_signed_in(everything):
    with limit_to(NOTHING):
        assert {model.__name__ for model in HELD if reached(model)} <= {"AuditEvent"}
        log = apps.get_model("cases", "AuditEvent").objects.exclude(target_type__in=row_rules.ADMINISTRATED)
        assert not log.exists()


@postgresql
@pytest.mark.parametrize("role", ["officer", "chief", "helper", "reviewer"])
def test_a_question_without_a_filter_reaches_nobody_of_another_unit(role, everything, elsewhere):
    assert reached_as(elsewhere[role]) == {}


@postgresql
def test_a_question_without_a_filter_shows_an_administrator_nobody(everything, em):
    assert reached_as(em).keys() <= {"ListExport", "ImportRun"}


@postgresql
@pytest.mark.parametrize("role", ["no such role", ""])
def test_a_role_that_is_unknown_reaches_nobody(role, everything, elsewhere):
    Posting.objects.filter(user=elsewhere["officer"]).update(role=role)
    assert reached_as(elsewhere["officer"]) == {}


@postgresql
def test_a_helper_reaches_the_people_they_help_and_their_rows_alone(everything, giang, an):
    with limit_to(giang.row_scope()):
        assert set(Returnee.objects.values_list("pk", flat=True)) == {everything["returnee_pk"]}


@postgresql
def test_their_own_people_are_reached_by_a_commune_and_by_those_above_it(everything, an, chi, dung):
    for user in (an, chi, dung):
        assert reached_as(user).keys() >= {"Returnee", "Judgment", "Offence", "ActivityEntry", "Activity", "NameKey"}


@postgresql
def test_nothing_is_written_about_somebody_who_is_not_reached(everything, elsewhere):
    row = RecidivismFinding(
        returnee_id=everything["returnee_pk"], kind="recidivism", court="X", judgment_number="2", found_on=TODAY
    ).stamp(elsewhere["officer"])
    with limit_to(elsewhere["officer"].row_scope()):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save()
        assert Returnee.objects.filter(pk=everything["returnee_pk"]).update(note="x") == 0


@postgresql
def test_what_was_said_of_the_scope_ends_with_it_whatever_became_of_a_savepoint(an, binh):
    make_returnee(by=an)
    with limit_to(binh.row_scope()):
        before = transaction.savepoint()
        assert reached(Returnee) == 0
        transaction.savepoint_rollback(before)
        assert reached(Returnee) == 0
    assert reached(Returnee) == 1
    before = transaction.savepoint()
    with limit_to(binh.row_scope()):
        assert reached(Returnee) == 0
    assert reached(Returnee) == 1
    transaction.savepoint_rollback(before)
    assert reached(Returnee) == 1


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_statement_without_a_transaction_is_held_to_the_scope_and_the_next_one_is_free():
    with limit_to(NOTHING), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("reintegration_pages",)
        assert list(Returnee.objects.iterator(chunk_size=10)) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() != ("reintegration_pages",)


@postgresql
def test_no_plan_that_was_kept_goes_by_the_scope_of_before(an, binh):
    make_activity(make_returnee(by=an), by=an)
    for _time in range(10):
        with limit_to(an.row_scope()):
            assert (reached(Activity), reached(ActivityEntry)) == (1, 1)
        with limit_to(binh.row_scope()):
            assert (reached(Activity), reached(ActivityEntry)) == (0, 0)


@postgresql
def test_who_is_reached_is_kept_over_every_handover_and_division(in_two_communes):
    with connection.cursor() as cursor:
        cursor.execute(reach.WRONG)
        assert cursor.fetchone() == (False,)
        cursor.execute("DELETE FROM cases_reach WHERE returnee_id = %s", [in_two_communes["left"]])
    assert row_rules.fault(connection)
    row_rules.fill(connection)
    assert row_rules.fault(connection) is None


@postgresql
def test_what_is_told_of_a_statement_is_the_statement_alone(an):
    with limit_to(an.row_scope()), CaptureQueriesContext(connection) as queries:
        reached(Returnee)
    assert queries.captured_queries[0]["sql"].startswith("SELECT COUNT")


@postgresql
def test_the_database_says_whether_it_holds_the_pages(db, settings):
    assert row_rules.fault(connection) is None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_loan DISABLE ROW LEVEL SECURITY")
    assert "cases_loan" in row_rules.fault(connection)
    settings.APPLICATION_ROLE = ""
    assert "APPLICATION_ROLE" in row_rules.fault(connection)


# --- every page with the rule and without it ---


@pytest.fixture
def in_two_communes(everything, an, anh, binh):
    """Work with two people of Nam Đà, one of whom Krông Nô holds by now; beside it a pair, a number known in both."""
    person = Returnee.objects.get(pk=everything["returnee_pk"])
    left, came = (make_returnee(by=an, full_name=name) for name in ("Phạm Văn Đi", "Phạm Văn Đi Cùng"))
    together = make_activity(person, left, came, by=an, note="Cả ba người", on=TODAY - timedelta(days=10))
    make_meeting(person, left, came, by=an, on=TODAY - timedelta(days=9), present=[person, left])
    make_activity(left, came, by=anh, note="Hai người", on=TODAY - timedelta(days=8))
    make_referral(returnee=left, by=an, employer=Employer.objects.get(pk=everything["employer"]))
    make_paperwork(returnee=left, by=an)
    one, other = sorted((person, left), key=lambda each: each.pk)
    actions.distinct.tell_apart(one=one, other=other, by=an, reason="Hai người")
    for gone in (left, came):
        make_accepted(transfer=make_transfer(returnee=gone, to_unit=binh.unit, by=an), by=binh)
    make_activity(left, came, by=binh, note="Ở xã mới")
    return everything | {"left": left.pk, "together": together.pk}


@postgresql
@pytest.mark.walk
@pytest.mark.parametrize("who", ["an", "binh", "chi"])
def test_a_page_asks_the_same_with_the_rule_as_without_it(who, in_two_communes, signed_in, request, monkeypatch):
    client = signed_in(request.getfixturevalue(who))
    world = in_two_communes | {"activity": in_two_communes["together"]}
    if who == "binh":
        world["returnee_pk"] = world["left"]
    with told_twice(monkeypatch) as otherwise:
        for _page, answer in answers(client, world):
            text_of(answer)

    assert otherwise == {}


# --- every page without its filters ---

FILTERS = {
    "visible_to",
    "known_to",
    "formerly_of",
    "held_by",
    "changed_by",
    "_in_scope_of",
    "unsealed",
    "confirmable_by",
}


def whole(rows, *_args, **_kwargs):
    return rows.all()


@pytest.fixture
def without_filters(monkeypatch):
    """Every page asks for everybody; what the database lets through is what stood before."""

    def take_away(*users):
        scopes = {user.pk: user.row_scope() for user in users}
        for model in HELD:
            rows = model._default_manager.get_queryset().__class__
            for kind in inspect.getmro(rows):
                for name in FILTERS & vars(kind).keys():
                    monkeypatch.setattr(kind, name, whole)
        monkeypatch.setattr(User, "row_scope", lambda user: scopes[user.pk])
        monkeypatch.setattr(User, "scope", property(lambda user: Unit.objects.all()))
        monkeypatch.setattr(User, "helped", lambda user: Returnee.objects.values("pk"))

    return take_away


def answers(client, world):
    """Each page with what leads to Nam Đà's rows, each file, each list as a workbook, each search."""
    for route, (names, view) in PAGES.items():
        url = reverse(route, kwargs=access.arguments(route, names, world))
        if "GET" in view.methods:
            yield route, client.get(url)
        if route in FILED:
            yield f"{route} sent", client.post(url, {"device": world["uid"]})
    for name in LISTS:
        query = {**asked(name), "status": "all"}
        yield f"excel {name}", client.post(reverse("list-export", args=[name], query=query), {"reason": "Đối chiếu"})
    for query in ({"q": "Đặng"}, {"q": "sửu"}, {"status": "closed"}):
        yield f"people {query}", client.get(reverse("returnee-list", query=query))


PAGES = {
    name: (names, view)
    for name, names, view in access.routes()
    if view.__module__.startswith("cases.") and getattr(view, "permission", None)
}


@postgresql
@pytest.mark.walk
@pytest.mark.parametrize("who", ["officer", "chief", "helper", "reviewer", "em"])
def test_no_answer_tells_of_another_unit_where_every_filter_is_forgotten(
    who, person, world, elsewhere, em, signed_in, without_filters
):
    user = em if who == "em" else elsewhere[who]
    client = signed_in(user)
    client.raise_request_exception = False
    without_filters(user)

    found = {what: words for what, answer in answers(client, world) if (words := told(text_of(answer)))}

    assert found == {}


@postgresql
@pytest.mark.walk
def test_without_filters_and_without_the_rule_the_pages_tell(
    person, world, elsewhere, signed_in, without_filters, settings
):
    settings.APPLICATION_ROLE = ""
    without_filters(elsewhere["officer"])
    page = signed_in(elsewhere["officer"]).get(reverse("returnee-detail", args=[world["returnee_pk"]]))
    assert told(text_of(page))
