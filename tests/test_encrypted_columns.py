"""No question is asked of what the database has encrypted: the next list, filter or order by such a column is found."""

import ast
import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections
from django.urls import reverse

from cases.models.fields import EncryptedField, EncryptedText
from tests import test_access as access
from tests.encrypted_sql import ALIASED, COLUMNS, MODELS, misused
from tests.page_queries import PageQueries
from tests.test_sealed_nowhere import answers, text_of

world = access.world
CASES = Path(apps.get_app_config("cases").path)
SOURCES = [path for path in CASES.rglob("*.py") if "migrations" not in path.parts]
OF_A_PERSON = ("returnee__phone", "members__phone")  # a telephone of an officer stands in clear
SORTING = {
    "order_by",
    "distinct",
    "F",
    "OuterRef",
    "Count",
    "Max",
    "Min",
    "Lower",
    "Upper",
    "Substr",
    "Length",
    "Concat",
}
RAW = re.compile(rf"\b\w+\.({'|'.join(sorted(ALIASED))})\b")
SEARCHED = ("067085012345", "0977 123 499", "067***345", "Sửu 0977")
OPENED_THERE = {"models/sealed_names.py"}  # raw SQL that reads a number and opens it

ASKED = [
    ('SELECT "cases_returnee"."id" FROM "cases_returnee" WHERE "cases_returnee"."phone" LIKE %s', ["phone"]),
    ('SELECT "cases_returnee"."id" FROM "cases_returnee" WHERE U0."identity_number" = %s', ["identity_number"]),
    ('SELECT "cases_loan"."id" FROM "cases_loan" ORDER BY "cases_loan"."borrower" ASC', ["borrower"]),
    ('SELECT LOWER("cases_returnee"."household_contact") AS "a" FROM "cases_returnee"', ["household_contact"]),
    ('SELECT DISTINCT "cases_returnee"."phone" FROM "cases_returnee"', ["phone"]),
    ('SELECT "cases_returnee"."phone", COUNT(*) FROM "cases_returnee" GROUP BY "cases_returnee"."phone"', ["phone"]),
    (
        'SELECT "cases_returnee"."id", "cases_returnee"."phone" FROM "cases_returnee" WHERE "cases_user"."phone" = %s',
        [],
    ),
    ('SELECT EXISTS(SELECT 1 FROM "a" WHERE (1 = 1)) AS "x", "cases_returnee"."phone" FROM "cases_returnee"', []),
    ("""SELECT 1 FROM "cases_returnee" WHERE NOT ("cases_returnee"."phone" = '')""", []),
    ('SELECT 1 FROM "cases_returnee" WHERE "cases_returnee"."identity_number" IS NOT NULL', []),
]


@pytest.mark.parametrize(("sql", "columns"), ASKED)
def test_a_question_to_an_encrypted_column_is_found(sql, columns):
    assert misused(sql) == columns


@pytest.mark.walk
@pytest.mark.parametrize("who", ["anh", "dung"])
def test_no_page_workbook_or_search_asks_a_column_that_is_encrypted(who, world, request, signed_in):
    client, column = signed_in(request.getfixturevalue(who)), access.CAST.index(who)
    queries = PageQueries()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(queries))
        for _what, answer in answers(client, column, world):
            text_of(answer)  # a workbook asks while it is read
        lists = [reverse("returnee-list", query={"q": words}) for words in SEARCHED]
        for address in lists:
            client.get(address)

    assert len(queries) > 1000
    assert {(column, place) for sql, place in queries for column in misused(sql)} == set()


def test_no_statement_written_by_hand_names_an_encrypted_column():
    told = {
        (path.relative_to(CASES).as_posix(), found)
        for path in SOURCES
        for text in strings_of(path)
        if re.search(r"\b(?:SELECT|WHERE|UPDATE|ORDER BY)\b", text)
        for found in RAW.findall(text)
    }

    assert {name for name, _column in told} <= OPENED_THERE


def strings_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_nothing_is_sorted_counted_or_changed_by_the_database_by_an_encrypted_column():
    assert {
        (path.name, name, text)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := name_of(node)) in SORTING
        for text in texts_of(node)
        if text.lstrip("-").split("__")[-1] in ALIASED or text.lstrip("-").endswith(OF_A_PERSON)
    } == set()


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def texts_of(call):
    return [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def test_no_order_index_or_rule_of_a_model_is_of_an_encrypted_column():
    for model in MODELS:
        encrypted = {field.name for field in model._meta.local_concrete_fields if isinstance(field, EncryptedField)}
        indexed = {name.lstrip("-") for index in model._meta.indexes for name, _order in index.fields_orders}
        unique = {name for rule in model._meta.constraints for name in getattr(rule, "fields", ())}
        sorted_by = {name.lstrip("-") for name in model._meta.ordering if isinstance(name, str)}
        alone = {field.name for field in model._meta.local_concrete_fields if field.db_index or field.unique}
        assert encrypted.isdisjoint(indexed | unique | sorted_by | alone), model.__name__


def test_every_number_that_is_found_whole_has_a_digest_of_its_own():
    keyed = [field for model in MODELS for field in model._meta.local_concrete_fields if getattr(field, "key", "")]

    assert keyed
    for field in keyed:
        assert isinstance(field, EncryptedText)
        assert field.model._meta.get_field(field.key).of == field.name


def test_the_columns_looked_for_are_those_of_the_people():
    assert {("cases_returnee", name) for name in ("identity_number", "phone", "household_contact")} <= COLUMNS
