"""An error nobody foresaw: its number on the page, a trace without values in the log, a row for the administrator."""

import logging
import os
import subprocess
import sys

import pytest
from django.db import IntegrityError, OperationalError
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.actions import error_event
from cases.lib import faults
from cases.models import ErrorEvent
from tests.makers import make_error, make_returnee

NAME = "Nguyễn Văn Dũng"


def break_down(*args, **kwargs):
    raise IntegrityError(f"duplicate key: ({NAME}, 066085001234)")


@pytest.fixture
def broken(an, signed_in, monkeypatch):
    """An's page of a case file fails with words that name the person."""
    url = reverse("returnee-detail", args=[make_returnee(by=an, full_name=NAME).pk])
    monkeypatch.setattr(actions.returnee, "record_opening", break_down)
    client = signed_in(an)
    client.raise_request_exception = False
    return lambda: client.get(f"{url}?q=066085001234")


@pytest.fixture
def written(settings, tmp_path):
    """The error file as the settings would have it; read as text."""
    path = tmp_path / "log" / "errors.log"
    handler = faults.ErrorFile(path, delay=True, encoding="utf-8")
    handler.setFormatter(faults.PlainFormatter())
    logging.getLogger().addHandler(handler)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_an_error_leaves_a_row_that_the_page_names_by_its_number(broken):
    response = broken()

    event = ErrorEvent.objects.get()
    assert response.status_code == 500
    assert event.number in response.content.decode()
    assert (event.page, event.role, event.kind) == ("returnee-detail", "officer", "django.db.utils.IntegrityError")
    assert "cases/views/gate.py" in event.trace


def test_an_error_leaves_a_line_in_the_file_under_the_same_number(broken, written):
    broken()

    text = written.read_text(encoding="utf-8")
    assert f"number={ErrorEvent.objects.get().number} page=returnee-detail" in text


FORCED = """
import logging, django
from django.conf import settings
django.setup()
assert not settings.DEBUG
try:
    {}["Nguyễn Văn Dũng"]
except KeyError:
    logging.getLogger("django.request").error("Internal Server Error: %s", "/people/7/", exc_info=True)
"""


def test_a_server_without_debug_tells_an_error_on_stderr_and_in_its_file(settings, tmp_path):
    path = tmp_path / "log" / "errors.log"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "reintegration.settings", "LOG_FILE": str(path)}
    command = [sys.executable, "-X", "utf8", "-c", FORCED]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, encoding="utf-8")

    assert (ended.returncode, ended.stdout) == (0, "")
    for told in (ended.stderr, path.read_text(encoding="utf-8")):
        assert told.count("KeyError") == 1
        assert NAME not in told


def test_neither_the_row_nor_the_file_holds_what_somebody_typed(broken, written):
    broken()

    kept = written.read_text(encoding="utf-8") + "".join(map(str, ErrorEvent.objects.values().get().values()))
    assert not [word for word in (NAME, "Dũng", "066085001234", "/people/") if word in kept]


def test_the_same_error_again_is_counted_and_makes_no_new_row(broken):
    for _time in range(3):
        broken()

    assert ErrorEvent.objects.get().times == 3


def test_the_table_of_errors_never_grows_beyond_its_limit(db, monkeypatch):
    monkeypatch.setattr(error_event, "KEPT", 3)

    numbers = [make_error(page=f"page-{number}").number for number in range(5)]

    assert set(ErrorEvent.objects.values_list("number", flat=True)) == set(numbers[2:])


def test_an_error_that_cannot_be_kept_is_answered_all_the_same(broken, monkeypatch, written):
    def away(**facts):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(actions.error_event, "record", away)

    response = broken()

    assert response.status_code == 500
    number = response.content.decode().split('Số lỗi: <strong class="code">')[1][:6]
    assert f"number={number}" in written.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_fails_nothing(broken, tmp_path):
    (tmp_path / "file").write_text("")
    handler = faults.ErrorFile(tmp_path / "file" / "errors.log", delay=True)
    logging.getLogger().addHandler(handler)

    assert broken().status_code == 500

    logging.getLogger().removeHandler(handler)


def test_a_cause_is_told_before_what_it_led_to():
    try:
        try:
            raise KeyError(NAME)
        except KeyError as cause:
            raise ValueError(NAME) from cause
    except ValueError as error:
        trace = faults.trace(error)

    assert trace.index("KeyError") < trace.index("ValueError")
    assert NAME not in trace


def test_what_would_be_filled_into_a_message_stays_out_of_the_file():
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/people/7/",), None)

    assert faults.PlainFormatter().format(record).endswith("Internal Server Error: %s")


def test_the_administrator_finds_an_error_by_the_number_on_the_page(em, signed_in):
    wanted, other = make_error(page="home"), make_error(page="rule-list")

    page = signed_in(em).get(reverse("error-list"), {"number": wanted.number}).content.decode()

    assert f">{wanted.number}</a>" in page
    assert f">{other.number}</a>" not in page


@pytest.mark.parametrize(
    ("query", "found"), [({"role": "chief"}, 0), ({"until": "01/01/2020"}, 0), ({"since": "x"}, 1)]
)
def test_errors_are_filtered_and_a_wrong_filter_leaves_the_list(em, signed_in, query, found):
    make_error()

    assert len(signed_in(em).get(reverse("error-list"), query).context["lines"]) == found


def test_errors_are_paged_and_the_latest_stands_first(em, signed_in):
    for number in range(31):
        make_error(page=f"page-{number}")

    lines = signed_in(em).get(reverse("error-list")).context["lines"]

    assert len(lines) == 30
    assert lines[0][0].page == "page-30"


def test_the_way_of_an_error_is_shown(em, signed_in):
    event = actions.error_event.record(error=ValueError(NAME), page="home", role="chief", at=timezone.now())

    page = signed_in(em).get(reverse("error-detail", args=[event.pk])).content.decode()

    assert "ValueError" in page
    assert NAME not in page
