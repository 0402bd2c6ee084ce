"""Lists page by page: each page is named by the key of the row it follows or stands before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.lib.numbers import CappedCount
from cases.reports.counting import count_up_to
from cases.reports.key_paging import KeyOrder
from cases.views.secret_box import open_box

WAYS = {"after": False, "before": True}  # the word in the address, and whether it leads backwards


@dataclass
class ListPage:
    """The rows of one page; `previous` and `next` are the keys of the pages beside it, "" where there is none."""

    object_list: list
    rows: Any
    previous: str = ""
    next: str = ""

    def __iter__(self):
        return iter(self.object_list)

    def __len__(self):
        return len(self.object_list)

    @cached_property
    def count(self):
        """How many rows the whole list has."""
        if not self.previous and not self.next:
            return CappedCount(len(self))
        return count_up_to(self.rows) if isinstance(self.rows, QuerySet) else len(self.rows)


class RowPlaces:
    """The order of rows that were worked out, not stored: the key of a row is its place."""

    names = ("place",)

    def __init__(self, rows: Sequence):
        self.places = range(len(rows))

    def key(self, place):
        return [place]

    def first(self, size):
        return self.places[:size]

    def beyond(self, key, size, backwards=False):
        (place,) = key
        return self.places[max(place - size, 0) : place] if backwards else self.places[place + 1 :][:size]


def paginate(request, rows):
    """The page of `rows` the address asks for; where the key in it leads nowhere, the first one."""
    size, stored = settings.PAGE_SIZE, isinstance(rows, QuerySet)
    order = KeyOrder(rows) if stored else RowPlaces(rows)
    box = open_box(" ".join((request.path, *order.names)))  # a key tells the name of whom it follows: nobody reads it
    way = next((way for way in WAYS if request.GET.get(way)), None)
    found, backwards = _asked(order, box, request.GET[way], WAYS[way], size) if way else (None, False)
    if not found:
        if way and not backwards:
            messages.warning(request, _("That part of the list is no longer there: this is its beginning."))
        way, backwards, found = None, False, order.first(size + 1)
    shown = found[-size:] if backwards else found[:size]
    beyond = len(found) > len(shown)
    keys = {}
    if way == "after" or (backwards and beyond):
        keys["previous"] = _encrypted(box, order.key(shown[0]))
    if backwards or beyond:
        keys["next"] = _encrypted(box, order.key(shown[-1]))
    return ListPage(list(shown if stored else rows[shown.start : shown.stop]), rows, **keys)


def _encrypted(box, key):
    return box.encrypt(json.dumps(key).encode()).decode()


def _asked(order, box, key, backwards, size):
    """The rows beyond the row with this key and one more, and whether they lead backwards; no rows for a wrong key.

    Fewer rows than a page before the key: that is the beginning of the list, and a whole page of it is shown.
    """
    try:
        found = order.beyond(json.loads(box.decrypt(key.encode())), size + 1, backwards)
    except (InvalidToken, ValidationError):
        return (), False
    return (found if not backwards or len(found) >= size else ()), backwards
