"""What is read in one statement is what would have been read one by one, for every model, on both engines."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count, Max
from django.test.utils import CaptureQueriesContext

from cases.models import Activity, ActivityEntry, AuditEvent, Organisation, ReportCell, Returnee, Verdict
from cases.models.joint_read import read_jointly
from tests.makers import make_activity, make_group, make_judgment, make_paperwork, make_returnee

pytestmark = pytest.mark.both

UNREADABLE = {"BinaryField", "DecimalField"}
MODELS = [
    model
    for model in apps.get_app_config("cases").get_models()
    if not {field.get_internal_type() for field in model._meta.fields} & UNREADABLE
]


@pytest.fixture
def people(an, giang):
    found = [make_returnee(by=an, full_name=f"Người {number}") for number in range(2)]
    for person in found:
        make_judgment(returnee=person, by=an)
        make_activity(person, by=an)
        make_paperwork(returnee=person, by=an)
        make_group(returnee=person, lead=an, members=[("women", giang)])
    return found


def told(rows):
    return [{**row.__dict__, "_state": None} for row in rows]


def test_every_model_is_read_as_one_by_one(people):
    together = [model.objects.order_by("pk") for model in MODELS]

    with CaptureQueriesContext(connection) as queries:
        read_jointly(*together)

    assert len(queries) == 1
    for model, rows in zip(MODELS, together, strict=True):
        assert told(rows) == told(model.objects.order_by("pk"))
    assert sum(map(len, together)) > 20


def test_joins_sums_limits_and_orders_are_those_of_the_question(people, an):
    def asked():
        return (
            Returnee.objects.with_facts().select_related("unit__parent").order_by("-full_name"),
            ActivityEntry.objects.order_by().values_list("returnee").annotate(Count("pk"), Max("activity__on")),
            AuditEvent.objects.order_by("-pk").values("at", "verb", "after")[:3],
            Organisation.objects.order_by("code").values_list("code", flat=True)[1:3],
            Verdict.objects.order_by("pk").values_list("answer__route", "facts", "due_on"),
            Returnee.objects.order_by()
            .values_list("full_name")
            .union(Organisation.objects.order_by().values_list("code")),
            Returnee.objects.none(),
            Activity.objects.filter(entries__returnee__in=[]),
        )

    together = asked()
    read_jointly(*together)

    with CaptureQueriesContext(connection) as queries:
        found = [list(rows) for rows in together]
        assert [person.unit.parent.name for person in found[0]]
    assert not queries.captured_queries
    for rows, alone in zip(found, map(list, asked()), strict=True):
        assert sorted(map(str, rows)) == sorted(map(str, alone))
        assert rows == alone or isinstance(rows[0], tuple)
    assert [person.lead_name for person in found[0]] == [an.full_name] * 2


def test_rows_looked_up_beside_come_along(people):
    rows, others = Activity.objects.prefetch_related("organisations"), Organisation.objects.all()

    read_jointly(rows, others)

    with CaptureQueriesContext(connection) as queries:
        assert [list(row.organisations.all()) for row in rows]
    assert not queries.captured_queries


def test_what_was_read_before_is_not_asked_again(people):
    rows = Returnee.objects.all()
    list(rows)

    with CaptureQueriesContext(connection) as queries:
        read_jointly(rows)

    assert not queries.captured_queries


def test_a_value_nobody_knows_how_to_read_is_refused(db):
    with pytest.raises(TypeError, match="DecimalField"):
        read_jointly(Returnee.objects.all(), ReportCell.objects.all())
