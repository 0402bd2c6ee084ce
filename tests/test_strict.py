"""The tests themselves refuse what Django passes over in silence."""

import pytest
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.template import engines
from django.template.loader import render_to_string

from cases.models import Returnee
from tests.strict import APPLICATION, FOREIGN, UnknownVariableError, UnorderedSliceError, foreign


def rendered(text, **context):
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize(
    "text",
    [
        "{{ absent }}",
        "{{ person.absent }}",
        "{{ absent|upper }}",
        '{{ absent|default_if_none:"-" }}',
        '{{ absent|upper|default:"-" }}',
        "{% with a=absent %}{% endwith %}",
        '{% include "_components/chip.html" with tone="leaf" only %}',
        '{% include "_components/chip.html" with word=absent only %}',
        "{% load i18n %}{% blocktranslate %}Open {{ absent }}{% endblocktranslate %}",
    ],
)
def test_an_unknown_variable_fails_wherever_it_is_asked_for(text):
    with pytest.raises(UnknownVariableError):
        rendered(text, person={"name": "Nguyễn Văn An"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% if absent %}a{% else %}b{% endif %}", "b"),
        ("{% for one in absent %}a{% empty %}b{% endfor %}", "b"),
        ('{{ absent|default:"b" }}', "b"),
        ("{{ nothing }}{{ none|default:'b' }}", "b"),
    ],
)
def test_a_page_may_ask_whether_there_is_a_variable(text, shown):
    assert rendered(text, nothing="", none=None) == shown


def test_the_failure_names_template_line_and_variable():
    with pytest.raises(UnknownVariableError, match=r"templates/_components/chip\.html, line 3: unknown variable word"):
        render_to_string("_components/chip.html", {"tone": "leaf"})


def test_only_the_templates_of_the_declared_packages_are_left_alone():
    assert [foreign(f"/x/site-packages/{package}/templates/a.html") for package in FOREIGN] == [True] * len(FOREIGN)
    assert not foreign("/x/templates/allauth/layouts/base.html")
    assert not foreign("<unknown source>")


def test_pages_of_rows_in_no_order_fail():
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(Returnee.objects.order_by(), 10).page(1)


@pytest.mark.parametrize("key", [0, slice(5), slice(5, 10)])
def test_the_application_gets_no_part_of_rows_in_no_order(key):
    asked = compile("rows[key]", f"{APPLICATION}/reports/somewhere.py", "eval")
    with pytest.raises(UnorderedSliceError, match="Returnee"):
        eval(asked, {"rows": Returnee.objects.order_by(), "key": key})


def test_rows_in_an_order_and_other_people_s_slices_are_cut_as_ever():
    asked = compile("rows[:5]", f"{APPLICATION}/reports/somewhere.py", "eval")
    assert eval(asked, {"rows": Returnee.objects.order_by("pk")}).query.high_mark == 5
    assert Returnee.objects.order_by()[:5].query.high_mark == 5
