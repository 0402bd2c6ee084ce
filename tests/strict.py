"""What Django passes over in silence, and the tests do not: an unknown variable, a slice of rows in no order."""

import sys
from pathlib import Path

from django.db.models import QuerySet
from django.template.base import FilterExpression, Node
from django.template.defaultfilters import default

# Templates of these packages count on missing variables; they are not ours to mend.
FOREIGN = ("allauth", "crispy_bootstrap5", "crispy_forms", "django")

APPLICATION = str(Path(__file__).parents[1] / "cases")


class UnknownVariableError(AssertionError):
    """A page prints, passes on or filters a variable its context does not have."""


class UnorderedSliceError(AssertionError):
    """The first rows of a queryset without an order are any rows."""


def callers():
    frame = sys._getframe(2)
    while frame:
        yield frame
        frame = frame.f_back


def place(frames):
    """The template and the line that are being rendered."""
    for frame in frames:
        if frame.f_code is Node.render_annotated.__code__:
            node = frame.f_locals["self"]
            return node.origin.name, node.token.lineno
    return "", 0


def foreign(path):
    return any(f"/site-packages/{package}/" in path for package in FOREIGN)


def refuse(variable, frames):
    path, line = place(frames)
    if not foreign(path):
        raise UnknownVariableError(f"{path}, line {line}: unknown variable {variable}")


class NothingForTheUnknown(str):
    """The `string_if_invalid` of the tests: empty, as on the server, but asking for it fails.

    Django asks whether it is empty when `{{ x }}`, an argument or `{% with %}` finds nothing (`{% if %}` and
    `{% for %}` do not ask; `|default` answers), and whether it has a place for the name when `{% blocktranslate %}`
    finds nothing.
    """

    __slots__ = ()

    def __bool__(self):
        frame = sys._getframe(1)
        if frame.f_code is FilterExpression.resolve.__code__:
            expression = frame.f_locals["self"]
            answered = expression.filters and expression.filters[0][0] is default
            if not answered:
                refuse(expression.token, callers())
        return False

    def __contains__(self, text):
        frame = sys._getframe(1)
        if frame.f_code.co_name == "render_value":
            refuse(frame.f_locals["key"], callers())
        return False


def ordered_slices(slice_of):
    """`QuerySet.__getitem__` that refuses the code of the application a part of a queryset without an order."""

    def part(queryset, key):
        asked_by = sys._getframe(1).f_code.co_filename
        if asked_by.startswith(APPLICATION) and not queryset.ordered:
            raise UnorderedSliceError(f"{asked_by}: a part of {queryset.model.__name__} in no order")
        return slice_of(queryset, key)

    return part


def forbid_unordered_slices(monkeypatch):
    monkeypatch.setattr(QuerySet, "__getitem__", ordered_slices(QuerySet.__getitem__))
