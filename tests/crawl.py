"""Every link followed, every file opened, every form sent, where each text of a person's record says whose it is.

A mark such as `zqneedx17z` stands in place of every text of every record: wherever it is read, the record with that
number must be one that its reader may see. Nothing that a page does is kept.
"""

import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.urls import resolve, reverse

from cases.models import row_rules
from tests.free_text import typed_fields
from tests.fuzz import Writes
from tests.page import Page, text_of_page
from tests.test_sealed_nowhere import text_of
from tests.views.test_sent_twice import SENT

HELD = {name.lower(): apps.get_model("cases", name) for name in row_rules.RULES}
MARK = re.compile(r"zq([a-z]+)x(\d+)z", re.IGNORECASE)
PLACES = {"after", "before"}  # the key of a page of a list is another one each time
LEAVES = {"account_logout", "set_language"}
KNOWN = {name: value for _model, typed in SENT.values() for name, value in typed.items()}
NOT_CHANGED = {"uid", "csrfmiddlewaretoken"}


def mark_everything():
    """Put its mark in the place of each text of each record; the fields that hold one now."""
    marked = set()
    for model, field in typed_fields():
        if model.__name__.lower() not in HELD:
            continue
        rows = model._base_manager.exclude(**{field.name: ""})
        mark = f"zq{model._meta.model_name}x"
        try:
            with transaction.atomic():
                if type(field) in (models.CharField, models.TextField):
                    number = Cast("pk", models.CharField())
                    found = rows.update(**{field.name: Concat(models.Value(mark), number, models.Value("z"))})
                else:  # stored otherwise than it reads
                    found = [rows.filter(pk=pk).update(**{field.name: f"{mark}{pk}z"}) for pk in _keys(rows)]
        except DatabaseError:  # a key, or a rule of the database that nobody gets past by typing
            continue
        if found:
            marked.add(f"{model.__name__}.{field.name}")
    return marked


def _keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


class Seen:
    """The records that somebody may see."""

    def __init__(self, user):
        self.user, self.of = user, {}

    def __call__(self, name):
        if name not in self.of:
            self.of[name] = self.ask(name)
        return self.of[name]

    def ask(self, name):
        found, rows = set(), HELD[name]._default_manager.all()
        for way in ("visible_to", "known_to"):
            if hasattr(rows, way):
                found |= set(getattr(rows, way)(self.user).values_list("pk", flat=True))
        return found

    def foreign(self, text):
        """The marks in a text that are of no record they may see."""
        found = {(name.lower(), int(pk)) for name, pk in MARK.findall(text)}
        return sorted(f"{name} {pk}" for name, pk in found if pk not in self(name))


class Crawl:
    """What one user reaches from the first page on; `whole`: every link, else one of each kind."""

    def __init__(self, user, client, whole=False):
        self.user, self.client, self.whole = user, client, whole
        self.seen, self.visited, self.sent, self.leaks = Seen(user), set(), set(), {}
        self.waiting, self.counted, self.stored = deque([(reverse("home"), 1)]), Counter(), {}

    def run(self):
        while self.waiting:
            self.open(*self.waiting.popleft())
        return self.leaks

    # --- pages ---

    def open(self, url, place):
        with transaction.atomic():
            answer = self.client.get(url)
            text = text_of(answer)
            page, context = text_of_page(answer), answer.context
            transaction.set_rollback(True)
        self.counted[f"GET {answer.status_code}"] += 1
        self.judge(f"GET {url}", answer, text)
        if page:
            parts = Page(page)
            for link in parts.links:
                self.add(urljoin(url, link), place)
            for form in parts.forms[1:]:
                self.take(urljoin(url, form.action or ""), form, context)

    def judge(self, what, answer, text):
        if answer.status_code >= 500:
            self.leaks[what] = f"status {answer.status_code}"
        if told := self.seen.foreign(text):
            self.leaks[what] = told

    def add(self, url, place):
        parts = urlsplit(url)
        name = self.name_of(parts.path)
        if parts.netloc or parts.scheme or name is None or name in LEAVES:
            return
        asked = parse_qsl(parts.query, keep_blank_values=True)
        is_further = bool(PLACES & {key for key, _value in asked})
        place = place + 1 if is_further else 1
        if self.whole:
            kind = (parts.path, *sorted(pair for pair in asked if pair[0] not in PLACES), place)
        else:
            kind = (re.sub(r"\d+", "#", parts.path), *sorted({key for key, _value in asked}))
        if kind not in self.visited:
            self.visited.add(kind)
            self.waiting.append((parts._replace(fragment="").geturl(), place))

    def name_of(self, path):
        try:
            return resolve(path).url_name
        except Http404:
            return None

    # --- forms ---

    def take(self, url, form, context):
        parts = urlsplit(url)
        name = self.name_of(parts.path)
        if name is None or name in LEAVES or form.method != "post":
            return
        view = resolve(parts.path).func
        is_file = getattr(view, "as_file", False) or name == "list-export"
        kind = url if self.whole and is_file else (re.sub(r"\d+", "#", parts.path), *sorted(form.names))
        if kind in self.sent:
            return
        self.sent.add(kind)
        right = self.filled(form)
        self.send(url, right)
        if not is_file and (form.names - NOT_CHANGED):
            for changed in self.forged(form, right, context):
                self.send(url, changed)

    def filled(self, form):
        """The form as somebody may send it who fills in what is empty."""
        right = dict(form.values)
        for name in form.names:
            if not right.get(name):
                offered = [value for value in form.choices.get(name, []) if value]
                right[name] = offered[0] if offered else KNOWN.get(name, "")
        return {"reason": "Đối chiếu", **right}

    def forged(self, form, right, context):
        """The form with what is somebody else's in all of its fields; for the whole walk in each of them in turn."""
        fields = getattr(context and context.get("form"), "fields", {})
        alien = {name: self.alien(fields.get(name)) for name in sorted(form.names - NOT_CHANGED)}
        for name, value in alien.items() if self.whole else ():
            yield {**right, name: value}
        yield {**right, **alien}

    def alien(self, field):
        """The number of a row of the field's kind that the user may not see; of a person where it has no kind."""
        rows = getattr(field, "queryset", None)
        name = rows.model._meta.model_name if rows is not None else "returnee"
        if name in HELD:
            return next(iter(self.foreign_rows(name)), 999_999)
        offered = set(rows.values_list("pk", flat=True))
        return rows.model._base_manager.exclude(pk__in=offered).values_list("pk", flat=True).first() or 999_999

    def send(self, url, typed):
        writes = Writes()
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                answer = self.client.post(url, typed)
                text = text_of(answer)
            if answer.status_code == 302 and self.name_of(urlsplit(answer.url).path):
                text += text_of(self.client.get(answer.url))
            what = f"POST {url} {typed}"
            self.counted[f"POST {answer.status_code}"] += 1
            self.judge(what, answer, text)
            written = {table.removeprefix("cases_") for table in writes.tables} & HELD.keys() - {"auditevent"}
            after = {name: self.changed(name) for name in written}
            transaction.set_rollback(True)
        self.compare(what, after)

    # --- what was written of others ---

    def foreign_rows(self, name):
        """The rows that the user may not see as they stand, by number."""
        if name not in self.stored:
            self.stored[name] = _rows(name, self.seen(name))
        return self.stored[name]

    def changed(self, name):
        """The rows that the user might not see before, as they stand now, and which of them are visible now."""
        return _rows(name, self.seen(name)), Seen(self.user)(name)

    def compare(self, what, after):
        for name, (rows, visible) in after.items():
            before = self.foreign_rows(name)
            wrong = [pk for pk, row in rows.items() if before.get(pk) != row and (pk in before or pk not in visible)]
            wrong += before.keys() - rows.keys()
            if wrong and _has_scope(name):
                self.leaks[what] = f"wrote {name} {wrong}"


def _has_scope(name):
    return hasattr(HELD[name]._default_manager.all(), "visible_to")


def _rows(name, seen):
    model = HELD[name]
    columns = [each.attname for each in model._meta.concrete_fields]
    return {row[0]: row for row in model._base_manager.order_by("pk").values_list("pk", *columns) if row[0] not in seen}
