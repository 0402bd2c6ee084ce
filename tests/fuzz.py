"""What nobody means to type, sent to every page by who may open it and with a valid token; and what came of it."""

import re
import sys
import time
from collections import Counter
from functools import partial
from io import BytesIO
from pathlib import Path
from zlib import crc32

from django.apps import apps
from django.db import connection, transaction
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.page import Page, text_of_page
from tests.pictures import jpeg
from tests.world import arguments

READ = re.compile(r"""(?:GET|POST|query|data|sent|said)\.get(?:list)?\("(\w+)|(?:GET|POST)\["(\w+)""")
WRITES = re.compile(r"""(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE FROM)\s+"?(?:\w+"?\.)?"?(\w+)""", re.IGNORECASE)
LOGGED = {"auditevent", "listexport", "sentform", "errorevent"}  # what tells that somebody asked; a form's own id
NOT_SAVED = "errors-title"  # above every form that was refused
MARKUP = "<script>alert(1)</script>"

NUMBERS = "0|-1|1|²|٣|１２|1e400|NaN|Infinity|-0|0x10|1_000|1.5|5.000.000|5tr|-5tr|999tỷ|50k|1,000"
DAYS = "31/02/2026|29/02/2025|00/00/0000|1/1/1|31/12/9999|01/01/0001|2026-11-30|30/11/26|30112026|30/11/2026 23:59"
DAYS += "|3000-01-01|2026-99|0000-00-00|9999-12-31|0001-01-01|01/9999|T5/2026"
WORDS = "true|on|None|null|[]|{}|[[[[[[|all|other|today|none| |=1+1|+84912345678|@SUM(A1)|'; DROP TABLE cases_user; --"
WORDS += "|{{ 7*7 }}|%s%n|../../etc/passwd|//example.org|https://example.org/|javascript:alert(1)|\\\\host\\share|C:\\x"
KNOWN = "067085000123|067 085 000 123|245678901|0912345678|+84 912 345 678|00000000-0000-0000-0000-000000000000"
ODD = ["", *f"{NUMBERS}|{DAYS}|{WORDS}|{KNOWN}".split("|"), MARKUP, '{"a":', "9" * 40, "9" * 5000]
ODD += ["a\x00b", "a\r\nb", "\t", "\u202e", "\ufeff", "e\u0301", "👮🏽", "ạ" * 301, "ă" * 5001, "𝔸" * 90, "\u0301" * 60]
ODD += ["067085000123|245678901|Nguyễn Văn A|12051970|Nam|Thôn 1|01012021"]
ODD += ["IDVNM0850001236067085000123<<8\n7005121M3005126VNM<<<<<<<<<<<4\nNGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"]

FILES = [b"", b"\x00" * 50, b"PK\x03\x04" + b"\xff" * 200, b"PK\x05\x06" + b"\x00" * 18, b"GIF89a", b"%PDF-1.4\n%\xff"]
FILES += [b"\xff\xd8\xff\xe0" + b"\x00" * 400, b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, b"\xd0\xcf\x11\xe0" + b"\x01" * 600]
FILES += [
    jpeg(),
    jpeg()[:-40],
    b"a;b;c\n1;2;3\n",
    "họ tên,sinh\nAn,1970\n".encode("utf-16"),
    b"{" * 2000,
    b'{"a": [1e999]}',
]
FILE_NAMES = [
    "so.xlsx",
    "so.xls",
    "so.csv",
    "so.ods",
    "anh.jpg",
    "a.json",
    "../../x.xlsx",
    "x" * 300,
    ".",
    "a\x00.xlsx",
]
BODIES = [b"", b"\xff\xfe\x00", b"a=%ff%fe&b=%00&%", b"&&&===", b"=" * 500, b"a" * 3000, b'{"edition": 1', b"[" * 900]
PART = b'--x\r\nContent-Disposition: form-data; name="'
BODIES += [b"--x\r\n\r\n", b"--x--", PART + b'a"\r\n\r\n', b"--x\r\nnone: \xff\r\n\r\n1\r\n--x--"]
BODIES += [PART + b'file"; filename="\xff"\r\nContent-Type: ;;\r\n\r\nPK\r\n--x--\r\n']
BODIES += [PART + b'n"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n']
FORM = "application/x-www-form-urlencoded"
TYPES = [FORM, "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain"]
TYPES += ["multipart/form-data; boundary=" + "y" * 300, f"{FORM}; charset=utf-7", f"{FORM}; charset=none"]


def names_read(module):
    """The names that the file of a view reads from what was sent."""
    path = sys.modules[module].__file__
    return {name for pair in READ.findall(Path(path).read_text(encoding="utf-8")) for name in pair if name}


def values_of(world):
    """What is put into a field: odd values, any text and number, ids of rows there are."""
    ids = sorted({str(value) for value in world.values() if isinstance(value, int)})
    days = st.dates().map("{:%d/%m/%Y}".format)
    return st.one_of(st.sampled_from(ODD), st.text(max_size=80), st.integers().map(str), st.sampled_from(ids), days)


def stored():
    """Everything in the database but what tells that a page was read or refused."""
    found = {}
    for model in apps.get_app_config("cases").get_models():
        if model._meta.model_name not in LOGGED:
            names = [each.attname for each in model._meta.concrete_fields if each.attname != "last_login"]
            found[model._meta.db_table] = list(model._base_manager.order_by("pk").values_list(*names))
    return found


class Writes:
    """Which tables of records the statements of a request wrote into."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        told = WRITES.match(sql.lstrip()) if isinstance(sql, str) else None
        if told and told[2].startswith("cases_") and told[2].removeprefix("cases_") not in LOGGED:
            self.tables.add(told[2])
        return execute(sql, params, many, context)


class Fuzz:
    """The pages of a world with the sessions that may open them; what was wrong, and how long each request took.

    `right` holds, by route, what a form would be sent with that is accepted: what is odd is put among it.
    """

    def __init__(self, world, sessions, right):
        self.world, self.sessions, self.right = world, sessions, right
        self.values, self.before = values_of(world), stored()
        self.likely = {}
        for typed in right.values():
            for name, value in typed.items():
                self.likely.setdefault(name, []).append(value)
        self.token = get_token(RequestFactory().get("/"))
        self.wrong, self.seconds, self.statuses, self.forms = {}, [], Counter(), {}

    def run(self, route, names, view, roles, count):
        """Send `count` requests to one route, the same ones each time; each is taken back."""
        known = names_read(view.__module__)
        methods = [each for each in ("POST", "GET") if each in (getattr(view, "methods", None) or ("GET", "POST"))]

        @seed(crc32(route.encode()))
        @settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.data())
        def send(data):
            if data.draw(st.integers(0, 10**9)) == 0:  # the first is always the plainest: what other tests send
                return
            who, method = data.draw(st.sampled_from(roles)), data.draw(st.sampled_from(methods))
            url = self.url(route, names, data)
            if url:
                fields = self.fields_of(who, route, names)
                self.request(who, route, method, url, self.sendable(route, method, fields, known, data))

        send()

    def url(self, route, names, data):
        """The address, now and then with an argument nobody has."""
        told = arguments(route, names, self.world)
        if names and data.draw(st.integers(0, 5)) == 5:
            name = data.draw(st.sampled_from(names))
            told[name] = data.draw(st.one_of(st.integers(0, 10**20), self.values))
        try:
            return reverse(route, kwargs=told)
        except NoReverseMatch:
            return None

    def fields_of(self, who, route, names):
        """The fields of the forms on the page as it opens, by role."""
        if (who, route) not in self.forms:
            with transaction.atomic():
                page = self.client(who).get(reverse(route, kwargs=arguments(route, names, self.world)))
                transaction.set_rollback(True)
            self.forms[who, route] = Page(text_of_page(page)).as_one()
        return self.forms[who, route]

    def client(self, who):
        """As signed in before the first request: what one of them did to its session is forgotten."""
        client = Client(enforce_csrf_checks=True)
        for name, value in {**self.sessions[who], "csrftoken": self.token}.items():
            client.cookies[name] = value
        return client

    def sendable(self, route, method, fields, known, data):
        """The form as its page shows it, some fields of it odd, given twice or left out; or a body that is none."""
        if method == "POST" and data.draw(st.integers(0, 9)) == 9:
            body = data.draw(st.one_of(st.sampled_from(BODIES), st.binary(max_size=300)))
            return {"data": body, "content_type": data.draw(st.sampled_from(TYPES))}
        right = self.right.get(route, {})
        shown = {*fields.values, *fields.choices, *right, *known, "q", "page", "next"}
        sent = {**fields.values, **right} if method == "POST" else {}
        for name in data.draw(st.lists(st.sampled_from(sorted(shown)), max_size=5)):
            likely = [*fields.choices.get(name, []), *self.likely.get(name, [])]
            value = st.one_of(self.values, st.sampled_from(likely)) if likely else self.values
            found = data.draw(st.lists(value, max_size=3))
            sent[name] = found[0] if len(found) == 1 else found
        if method == "POST":
            for name in sorted(fields.files):
                sent[name] = BytesIO(data.draw(st.sampled_from(FILES)))
                sent[name].name = data.draw(st.sampled_from(FILE_NAMES))
        return {"data": sent}

    def request(self, who, route, method, url, sent):
        """One request; everything it did is taken back."""
        writes, client = Writes(), self.client(who)
        ask = partial(client.generic, "POST") if "content_type" in sent else getattr(client, method.lower())
        about = (who, method, url, sent)
        with transaction.atomic():
            began = time.process_time()
            try:
                with connection.execute_wrapper(writes):
                    response = ask(url, headers={"x-csrftoken": self.token}, **sent)
                    if response.streaming:
                        b"".join(response.streaming_content)
            except Exception as error:  # whatever a page fails with is what is looked for
                self.tell(route, f"{type(error).__name__}: {error}"[:200], about)
            else:
                self.seconds.append((time.process_time() - began, route, method, who))
                self.judge(route, method, response, writes.tables, about)
            transaction.set_rollback(True)

    def judge(self, route, method, response, written, about):
        status, page = response.status_code, text_of_page(response)
        self.statuses[method, status] += 1
        is_refused = status >= 400 or NOT_SAVED in page
        if status >= 500:
            self.tell(route, f"status {status}", about)
        if MARKUP in page:
            self.tell(route, "what was typed stands in the page as markup", about)
        if written and (is_refused or method == "GET") and (changed := self.changed()):
            self.tell(route, f"{'refused' if is_refused else 'read'}, and wrote {', '.join(changed)}", about)

    def changed(self):
        return sorted(table for table, rows in stored().items() if rows != self.before[table])

    def tell(self, route, what, about):
        self.wrong.setdefault((route, re.sub(r"\d+", "#", what)), about)
