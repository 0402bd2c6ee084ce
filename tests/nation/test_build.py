"""A small nation on the units of the cast: what stands in it, and that the same seed gives the same rows."""

import re
from random import Random

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.models import Activity, ActivityEntry, Posting, Returnee, Unit, User, Verdict
from cases.models.fields import EncryptedField
from cases.nation import names
from cases.nation.aside import tables_to_fill
from cases.nation.build import build_nation
from cases.nation.size import MEDIAN_PEOPLE, NationSize
from cases.reports.people import custody
from tests.makers import make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("numbers_in_use", "planner_forgets")]
EMPTY_HERE = {  # nobody does these in bulk: pages open on them as on a server that is new
    "cases_anonymisation", "cases_breach", "cases_consent", "cases_erasure", "cases_retentionversion",
    "cases_auditseal", "cases_columnmapping", "cases_dossierpaper", "cases_headingsynonym", "cases_loanversion",
    "cases_policeversion", "cases_device",
    "cases_confinement", "cases_congratulation", "cases_personaltask", "cases_attachment", "cases_picture",
    "cases_outsidereading", "cases_readingreview",
    "cases_backup", "cases_cellcomment", "cases_courtapplication", "cases_deadlineversion", "cases_distinctpair",
    "cases_documentnumber", "cases_errorevent", "cases_formnameversion", "cases_holiday", "cases_importedrow",
    "cases_importrun", "cases_keptfigures", "cases_letterheadcheck",
    "cases_listexport", "cases_preparedpart", "cases_queuedjob", "cases_reportcell", "cases_reportdocument",
    "cases_reportversion", "cases_ruleversion", "cases_safetyflag", "cases_sensitivenote",
    "cases_sentform", "cases_stagedrow", "cases_unitchange", "cases_workerprocess",
}  # fmt: skip


@pytest.fixture
def communes(units):
    """Enough communes that the two measured ones are not all there are."""
    if connection.vendor != "postgresql":
        pytest.skip("The nation is made on PostgreSQL only.")
    for number in range(6):
        make_unit(kind="commune", code=f"9000{number}", name=f"Xã Số {number}", parent=units.cluster)
    return units


def build(seed=1, people=700):
    size = NationSize(people, 6 * people, seed, timezone.localdate())
    build_nation(size, lambda step: None)
    return size


def digests():
    """What every table holds, in one word each; of what is encrypted the digest alone, which is made alike."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables_to_fill():
            row = "(to_jsonb(t) - %s::text[])::text"
            cursor.execute(f"SELECT md5(string_agg({row}, ' ' ORDER BY {row})) FROM {table} t", [encrypted(table)] * 2)
            (found[table],) = cursor.fetchone()
        return found


def encrypted(table):
    """The columns in which the same value stands otherwise each time it is stored."""
    models = [model for model in apps.get_models() if model._meta.db_table == table]
    return [each.column for model in models for each in model._meta.fields if isinstance(each, EncryptedField)]


def rules():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint "
            "WHERE conrelid <> 0 UNION ALL SELECT tablename, indexname, indexdef, true FROM pg_indexes UNION ALL "
            "SELECT tgrelid::regclass::text, tgname, tgenabled::text, true FROM pg_trigger WHERE NOT tgisinternal"
        )
        return {(table, name, spelt_alike(rule), valid) for table, name, rule, valid in cursor.fetchall()}


def spelt_alike(rule):
    """A rule made anew from its own words names the types of its texts in other places."""
    return re.sub(r"::(?:character varying|text)(?:\[\])?|[()]", "", rule)


def test_the_same_seed_gives_the_same_rows_and_another_one_others(communes):
    seen = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            build(seed)
            seen.append(digests())
            transaction.set_rollback(True)
    first, again, other = seen

    assert first == again
    assert first["cases_activity"] != other["cases_activity"]
    assert {table for table, digest in first.items() if digest is None} == EMPTY_HERE


def test_every_rule_and_index_and_trigger_is_back_in_its_place(communes):
    before = rules()

    build()

    assert rules() == before


def faults(row):
    """What the product says against a row; what only its actions write may be empty."""
    try:
        row.full_clean()
    except ValidationError as error:
        return {name: those for name, those in error.error_dict.items() if any(one.code != "blank" for one in those)}
    return {}


def test_the_product_could_have_stored_every_row_of_it(communes):
    size = build()
    dice = Random(0)
    for model in apps.get_app_config("cases").get_models():
        keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for row in model._base_manager.filter(pk__in=dice.sample(keys, min(40, len(keys)))):
            assert faults(row) == {}, row

    assert custody.prove(size.today).found == []
    assert [row.pk for row in Returnee.objects.all() if row.text_to_search() != row.search_text] == []
    assert not ActivityEntry.objects.filter(activity__on__gt=size.today).exists()


def test_what_is_measured_with_is_there(communes):
    size = build()
    people = sorted(Unit.objects.communes().values_list("pk", flat=True), key=lambda pk: -held(pk))

    assert [held(pk) for pk in people[:1]] == [size.largest_people]
    assert MEDIAN_PEOPLE in [held(pk) for pk in people]
    assert Returnee.objects.filter(full_name=names.RARE).count() == 1
    assert set(Posting.objects.values_list("role", flat=True)) == {"officer", "chief", "reviewer", "administrator"}
    assert Verdict.objects.count() == Returnee.objects.unsealed().count()
    assert abs(Activity.objects.count() / size.activities - 1) < 0.1


def held(unit):
    return Returnee.objects.filter(unit=unit).count()


def test_no_server_that_is_no_demo_starts_on_it(communes):
    build()
    assert not User.objects.filter(is_demo=False).exists()


def test_the_next_row_takes_the_next_number(communes):
    build()
    last = User.objects.order_by("-pk").first().pk

    assert User.objects.create(username="next", full_name="Người Tiếp").pk == last + 1
