"""Send what nobody means to type to every page, by the right role and with a valid token, and see what comes of it.

    python -m tests.fuzz                     10,000 requests: every route, form, parameter and multipart body
    python -m tests.fuzz --inputs 500 home   of the routes whose names hold one of these words

The ordinary suite sends a few to each route (tests/test_any_input.py); this command sends the same kinds many times and
prints, beside what is wrong, the slowest answers: how fast a machine is says nothing about a rule. Exit status 1 where
a page failed, or wrote what it refused.
"""

import argparse
import os
import re
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import StrictClient
from tests.pictures import jpeg

READ = re.compile(r"""(?:GET|POST|query|data|sent|said)\.get(?:list)?\("(\w+)|(?:GET|POST)\["(\w+)""")
LOGGED = {"auditevent", "listexport", "sentform", "errorevent"}  # what tells that somebody asked; a form's own id
WRITES = re.compile(r"""(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE FROM)\s+"?(?:\w+"?\.)?"?(\w+)""", re.IGNORECASE)
NOT_SAVED = "errors-title"  # above every form that was refused

ODD = [
    *(
        "",
        " ",
        "0",
        "-1",
        "1",
        "²",
        "٣",
        "１２",
        "9" * 40,
        "9" * 5000,
        "1e400",
        "NaN",
        "Infinity",
        "-0",
        "0x10",
        "1_000",
    ),
    *(
        "31/02/2026",
        "29/02/2025",
        "00/00/0000",
        "1/1/1",
        "31/12/9999",
        "01/01/0001",
        "2026-11-30",
        "30/11/26",
        "30112026",
    ),
    *("30/11/2026 23:59", "3000-01-01", "1.5", "5.000.000", "5tr", "-5tr", "999tỷ", "50k", "1,000"),
    *("true", "on", "None", "null", "[]", "{}", '{"a":', "[[[[[[", "all", "other", "today", "none"),
    *("a\x00b", "a\r\nb", "\t", "\u202e", "\ufeff", "e\u0301", "👮🏽", "ạ" * 301, "ă" * 5001, "𝔸" * 90, "́" * 60),
    *(
        "=1+1",
        "+84912345678",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "'; DROP TABLE cases_user; --",
        "{{ 7*7 }}",
        "%s%n",
    ),
    *("../../etc/passwd", "//example.org", "https://example.org/", "javascript:alert(1)", "\\\\host\\share", "C:\\x"),
    *(
        "067085000123",
        "067 085 000 123",
        "245678901",
        "0912345678",
        "+84 912 345 678",
        "00000000-0000-0000-0000-000000000000",
    ),
    "067085000123|245678901|Nguyễn Văn A|12051970|Nam|Thôn 1|01012021",
    "IDVNM0850001236067085000123<<8\n7005121M3005126VNM<<<<<<<<<<<4\nNGUYEN<<VAN<A<<<<<<<<<<<<<<<<<",
]
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
    "ư.XLSX",
]
BODIES = [b"", b"\xff\xfe\x00", b"a=%ff%fe&b=%00&%", b"&&&===", b"=" * 500, b"a" * 3000, b'{"edition": 1', b"[" * 900]
BODIES += [
    b"--x\r\n\r\n",
    b"--x--",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    b"--x\r\nnone: \xff\r\n\r\n1\r\n--x--",
]
BODIES += [
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="\xff"\r\nContent-Type: ;;\r\n\r\nPK\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="n"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
]
TYPES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
]
TYPES += [
    "text/plain",
    "multipart/form-data; boundary=" + "y" * 300,
    "application/x-www-form-urlencoded; charset=utf-7",
]


class Fields(HTMLParser):
    """What the forms of a page send, and what may be chosen: names with their values, the files apart."""

    def __init__(self, page):
        super().__init__()
        self.values, self.choices, self.files, self.select = {}, {}, set(), None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        name = about.get("name")
        if tag == "option" and self.select:
            self.choices.setdefault(self.select, []).append(about.get("value") or "")
            if "selected" in about:
                self.values[self.select] = about.get("value") or ""
        elif tag in ("input", "select", "textarea", "button") and name and name != "csrfmiddlewaretoken":
            self.select = name if tag == "select" else None
            if about.get("type") == "file":
                self.files.add(name)
            elif about.get("type") in ("radio", "checkbox"):
                self.choices.setdefault(name, []).append(about.get("value") or "on")
                if "checked" in about:
                    self.values[name] = about.get("value") or "on"
            elif tag != "button":
                self.values[name] = about.get("value") or ""


def names_read(module):
    """The names that the file of a view reads from what was sent."""
    path = sys.modules[module].__file__
    return {name for pair in READ.findall(Path(path).read_text(encoding="utf-8")) for name in pair if name}


def values_of(world):
    """What is put into a field: odd values, any text and number, ids of rows there are."""
    ids = sorted({str(value) for value in world.values() if isinstance(value, int)})
    return st.one_of(
        st.sampled_from(ODD), st.text(max_size=80), st.integers().map(str), st.sampled_from(ids), st.dates().map(_day)
    )


def _day(day):
    return f"{day:%d/%m/%Y}"


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
        self.logged = {f"cases_{name}" for name in LOGGED}

    def __call__(self, execute, sql, params, many, context):
        told = WRITES.match(sql.lstrip()) if isinstance(sql, str) else None
        if told and told[2].startswith("cases_") and told[2] not in self.logged:
            self.tables.add(told[2])
        return execute(sql, params, many, context)


class Fuzz:
    """The pages of a world with the clients that may open them; what was wrong and how long each request took."""

    def __init__(self, world, clients):
        self.world, self.clients = world, clients
        self.values, self.before = values_of(world), stored()
        self.token = get_token(RequestFactory().get("/"))
        self.wrong, self.seconds, self.sent, self.forms = {}, [], 0, {}

    def run(self, route, names, view, roles, count):
        """Send `count` requests to one route, each taken back."""
        known = names_read(view.__module__)
        methods = [each for each in ("GET", "POST") if each in (getattr(view, "methods", None) or ("GET", "POST"))]

        @settings(
            max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
        )
        @given(st.data())
        def send(data):
            who, method = data.draw(st.sampled_from(roles)), data.draw(st.sampled_from(methods))
            url = self.url(route, names, data)
            if url is None:
                return
            fields = self.fields_of(who, route, names)
            self.request(who, route, method, url, self.sendable(method, fields, known, data))

        send()

    def url(self, route, names, data):
        """The address, now and then with an argument nobody has."""
        from tests.world import arguments

        told = arguments(route, names, self.world)
        if names and data.draw(st.integers(0, 5)) == 0:
            name = data.draw(st.sampled_from(names))
            told[name] = data.draw(st.one_of(st.integers(0, 10**20), self.values))
        try:
            return reverse(route, kwargs=told)
        except NoReverseMatch:
            return None

    def fields_of(self, who, route, names):
        """The fields of the forms on the page as it opens, by role."""
        from tests.world import arguments

        if (who, route) not in self.forms:
            with transaction.atomic():
                page = self.client(who).get(reverse(route, kwargs=arguments(route, names, self.world)))
                transaction.set_rollback(True)
            is_page = page.get("Content-Type", "").startswith("text/html") and not page.streaming
            self.forms[who, route] = Fields(page.content.decode() if is_page else "")
        return self.forms[who, route]

    def client(self, who):
        """As signed in before the first request: what one of them did to its session is forgotten."""
        user, cookies = self.clients[who]
        client = StrictClient(enforce_csrf_checks=True)
        for name, value in cookies.items():
            client.cookies[name] = value
        client.cookies["csrftoken"] = self.token
        return client

    def sendable(self, method, fields, known, data):
        """The form as its page shows it, some fields of it odd, given twice or left out; or a body that is none."""
        if method == "POST" and data.draw(st.integers(0, 9)) == 0:
            body = data.draw(st.one_of(st.sampled_from(BODIES), st.binary(max_size=300)))
            return {"data": body, "content_type": data.draw(st.sampled_from(TYPES))}
        shown = sorted({*fields.values, *fields.choices})
        sent = {**fields.values} if method == "POST" else {}
        for name in data.draw(st.lists(st.sampled_from(sorted({*shown, *known, "q", "page", "next"})), max_size=5)):
            chosen = fields.choices.get(name)
            value = st.one_of(self.values, st.sampled_from(chosen)) if chosen else self.values
            found = data.draw(st.lists(value, max_size=3))
            sent[name] = found[0] if len(found) == 1 else found
        if method == "POST":
            for name in sorted(fields.files):
                content, file_name = data.draw(st.sampled_from(FILES)), data.draw(st.sampled_from(FILE_NAMES))
                sent[name] = SimpleUploadedFile(file_name, content)
        return {"data": sent}

    def request(self, who, route, method, url, sent):
        """One request; everything it did is taken back."""
        writes, client = Writes(), self.client(who)
        headers = {"x-csrftoken": self.token}
        self.sent += 1
        with transaction.atomic():
            began = time.process_time()
            try:
                with connection.execute_wrapper(writes):
                    ask = client.post if method == "POST" else client.get
                    response = ask(url, headers=headers, **sent)
                    if response.streaming:
                        b"".join(response.streaming_content)
            except Exception as error:  # whatever a page fails with is what is looked for
                self.tell(route, f"{type(error).__name__}: {error}"[:200], who, method, url, sent)
            else:
                self.seconds.append((time.process_time() - began, route, method, who))
                if response.status_code >= 500:
                    self.tell(route, f"status {response.status_code}", who, method, url, sent)
                elif writes.tables and self.is_refused(response) and (changed := self.changed()):
                    self.tell(route, f"refused and wrote {', '.join(changed)}", who, method, url, sent)
            transaction.set_rollback(True)

    def is_refused(self, response):
        if response.status_code >= 400:
            return True
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        return is_page and NOT_SAVED in response.content.decode()

    def changed(self):
        return sorted(table for table, rows in stored().items() if rows != self.before[table])

    def tell(self, route, what, *about):
        self.wrong.setdefault((route, re.sub(r"\d+", "#", what)), (what, about))


def main(arguments):
    import pytest

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="routes whose names hold one of these words; all of them without")
    parser.add_argument("--inputs", type=int, default=10_000)
    options = parser.parse_args(arguments)
    os.environ |= {"FUZZ_INPUTS": str(options.inputs), "FUZZ_ROUTES": " ".join(options.words)}
    return pytest.main(
        ["--nomigrations", "-n0", "-s", "-q", "--tb=short", str(Path(__file__).parent / "test_any_input.py")]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
