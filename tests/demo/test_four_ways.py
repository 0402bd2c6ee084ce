"""One table, four ways out: the figures of the article are alike on the page, in JSON, XLSX and DOCX."""

import json
import re
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from cases.lib.numbers import parse_number
from cases.models import Unit, User
from cases.reports.periodic.registry import INDICATORS
from tests.demo.test_figures import FIGURES

END = "2022-04-08"
KEYS = [indicator.key for indicator in INDICATORS]


def number(shown):
    return None if shown == "—" else parse_number(shown)


def on_screen(unit, start):
    """The figures of the page, as a reviewer of the province sees them."""
    client = Client()
    client.force_login(User.objects.get(username="dung"))
    found = Unit.objects.bearing(unit, END)
    page = client.get(reverse("report-show"), {"unit": found.pk, "from": start, "to": END}).content.decode()
    shown = dict(re.findall(r'data-total="(\w+)"[^>]*>([^<]+)<', page))
    return {key: number(shown[key]) for key in KEYS}


def in_json(unit, start):
    out = StringIO()
    call_command("report", "reintegration", unit=f"{unit}@{END}", start=start, end=END, stdout=out)
    totals = json.loads(out.getvalue())["totals"]
    return {key: totals[key] for key in KEYS}


def in_xlsx(made):
    rows = list(load_workbook(BytesIO(made)).worksheets[0].iter_rows(values_only=True))
    top = next(place for place, row in enumerate(rows) if row[1] == "Chỉ tiêu")
    return {key: None if row[3] == "—" else row[3] for key, row in zip(KEYS, rows[top + 1 :], strict=False)}


def in_docx(made):
    table = next(table for table in Document(BytesIO(made)).tables if table.rows[0].cells[0].text == "STT")
    return {key: number(row.cells[3].text) for key, row in zip(KEYS, table.rows[1:], strict=True)}


def file(unit, start, form, folder):
    path = folder / f"{unit}.{form}"
    call_command("report", "reintegration", unit=f"{unit}@{END}", start=start, end=END, format=form, out=str(path))
    return path.read_bytes()


@pytest.mark.parametrize(("unit", "start", "article"), FIGURES, ids=[unit for unit, _start, _figures in FIGURES])
def test_the_figures_of_the_article_are_alike_on_all_four_ways(unit, start, article, told, tmp_path):
    ways = {
        "screen": on_screen(unit, start),
        "json": in_json(unit, start),
        "xlsx": in_xlsx(file(unit, start, "xlsx", tmp_path)),
        "docx": in_docx(file(unit, start, "docx", tmp_path)),
    }

    alike = {way: {key: value if value is None else float(value) for key, value in found.items()}
             for way, found in ways.items()}  # fmt: skip
    assert alike["screen"] == alike["json"] == alike["xlsx"] == alike["docx"]
    assert {key: alike["docx"][key] for key in article} == article
