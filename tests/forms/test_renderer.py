"""The renderer of the fields draws what Django's own templates draw, byte for byte."""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from cases.forms.renderer import DRAWN, FormRenderer

texts = st.one_of(st.text(max_size=8), st.sampled_from(["<b>&'\"", mark_safe("<i>"), "", "Nguyễn"]))
values = st.one_of(st.none(), st.booleans(), st.integers(-9999, 9999), st.floats(allow_nan=False), st.dates(), texts)
attrs = st.dictionaries(texts, values, max_size=3)
choices = st.lists(
    st.one_of(
        st.tuples(values, st.one_of(texts, st.integers())),
        st.tuples(texts, st.lists(st.tuples(values, texts), max_size=3)),
    ),
    max_size=4,
)
SINGLE = [forms.TextInput, forms.HiddenInput, forms.NumberInput, forms.EmailInput, forms.Textarea, forms.CheckboxInput]
SINGLE += [forms.DateInput, forms.TimeInput, forms.PasswordInput, forms.URLInput, forms.SearchInput, forms.TelInput]


def same_both_ways(widget, name, value):
    assert widget.render(name, value, renderer=FormRenderer()) == widget.render(name, value, renderer=DjangoTemplates())


@given(st.sampled_from(SINGLE), texts, values, attrs)
def test_a_field_is_drawn_as_django_draws_it(widget, name, value, given_attrs):
    same_both_ways(widget(attrs=given_attrs), name, value)


@given(texts, values, attrs, choices, st.sampled_from([forms.Select, forms.SelectMultiple, forms.NullBooleanSelect]))
def test_a_choice_is_drawn_as_django_draws_it(name, value, given_attrs, given_choices, kind):
    widget = kind(attrs=given_attrs) if kind is forms.NullBooleanSelect else kind(given_attrs, given_choices)
    same_both_ways(widget, name, [value] if kind is forms.SelectMultiple else value)


def test_every_template_that_is_drawn_without_django_exists_there():
    templates = DjangoTemplates()
    for name in DRAWN:
        assert templates.get_template(name)
