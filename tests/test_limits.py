"""Every day has a floor and a ceiling in one table, with the reason in words."""

import importlib
import inspect
import pkgutil
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from cases import forms
from cases.forms.base import DayField
from cases.importing.columns import BY_NAME, DAY
from cases.lib.dates import PartialDate
from cases.lib.limits import DayFacts
from cases.models import fields, limits
from tests.makers import make_returnee

BORN_1981 = DayFacts(born=PartialDate(1981), completed=date(2024, 5, 1))


def test_every_stored_day_has_its_limits_or_a_reason_for_none():
    days = {
        f"{model._meta.model_name}.{field.name}": field
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.local_fields
        if field.get_internal_type() == "DateField"
    }

    assert [name for name, field in days.items() if type(field) is not fields.DateField] == []
    assert set(days) | {"asked.day"} == set(limits.LIMITS) | set(limits.NO_LIMITS)


def test_every_column_of_days_names_the_field_whose_limits_it_has():
    columns = [column for sheet in BY_NAME.values() for column in sheet.columns if column.kind == DAY]

    assert [column.header for column in columns if column.of not in limits.LIMITS] == []


def test_every_day_of_a_form_names_the_field_whose_limits_it_has():
    modules = [importlib.import_module(f"cases.forms.{each.name}") for each in pkgutil.iter_modules(forms.__path__)]
    classes = {kind for module in modules for _, kind in inspect.getmembers(module, inspect.isclass)}
    days = [
        (kind.__name__, name, of)
        for kind in classes
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field, DayField)
        for of in field.of
    ]

    assert [day for day in days if day[2] not in limits.LIMITS] == []
    assert len(days) > 40


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [
        ("crime.act_on", date(1950, 1, 1), "01/01/1950 là trước ngày sinh 1981"),
        ("trainingreferral.referred_on", date(1926, 2, 1), "01/02/1926 là trước ngày chấp hành xong 01/05/2024"),
        ("paperworkrequest.needed_on", date(1926, 2, 1), "trước ngày chấp hành xong 01/05/2024 hơn một năm"),
        ("unit.valid_from", date(1926, 2, 1), "trước 02/09/1945"),
        ("loan.requested_on", date(2026, 12, 1), "01/12/2026 chưa đến"),
        ("appointment.on", date(2028, 1, 1), "còn hơn một năm nữa mới tới"),
    ],
)
def test_a_day_outside_its_limits_is_refused_with_the_reason(name, day, told):
    with pytest.raises(ValidationError) as refused:
        limits.check_day(name, day, facts=BORN_1981, on=date(2026, 11, 29))

    assert told in " ".join(refused.value.messages)


def test_a_year_no_one_can_mean_is_called_a_wrong_year():
    with pytest.raises(ValidationError, match="Năm 2126 trong “15/11/2126” không đúng"):
        DayField(of="loan.requested_on").clean("15/11/2126")


@pytest.mark.parametrize("route", ["training-add", "loan-add", "paperwork-add"])
def test_a_page_refuses_a_day_of_1926_at_its_field(an, signed_in, route):
    from django.urls import reverse

    person = make_returnee(by=an, born_on="1981")
    url = reverse(route, args=[person.pk])
    form = signed_in(an).get(url).context["form"]
    (name, *_rest) = [name for name, field in form.fields.items() if isinstance(field, DayField)]
    answer = signed_in(an).post(url, {name: "1/2/1926"})

    assert "01/02/1926 là trước" in " ".join(answer.context["form"].errors[name])
