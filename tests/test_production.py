"""The way of the README into production, followed to the letter: it ends signed in, with a slip and a backup."""

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.db import connection

from run import OURS
from tests.over_https import HERE, Visitor, certificate, free_port, nginx

ROOT = Path(__file__).resolve().parent.parent
SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("## In production")[2].partition("\n## ")[0]
LINES = re.findall(r"^    (\S.*)$", SECTION, re.MULTILINE)
EXAMPLE = ROOT / "deploy" / "nginx.conf"
HANDBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MADE = re.findall(r"`(CREATE (?:ROLE|DATABASE) [^`]+)`", HANDBOOK)
EXPORT = re.search(r"`export (DATABASE_URL)=([^`]+)`", HANDBOOK)
SECRET = "p@ss/word"
NEEDED = "manage.py run.py requirements.txt requirements-dev.txt reintegration cases templates static locale deploy"
PASSWORD = "mot cau rieng cua toi 2026"
pytestmark = pytest.mark.both


@pytest.fixture
def database(request):
    """DATABASE_URL as it is exported: not on SQLite; on PostgreSQL an empty database made as the handbook says."""
    if connection.vendor != "postgresql":
        yield {}
        return
    if not request.config.getoption("server_of_this_run"):
        pytest.skip("roles are made on a server of this run only")
    host = connection.get_connection_params()["host"]
    server = psycopg2.connect(dbname="postgres", user="postgres", host=host)
    server.autocommit = True
    with contextlib.closing(server), server.cursor() as cursor:
        for statement in MADE:
            cursor.execute(statement.replace("…", SECRET))
        try:
            own = EXPORT[2].replace("…", quote(SECRET, safe="")).replace("127.0.0.1:5432", "")
            yield {EXPORT[1]: f"{own}?host={host}"}
        finally:
            cursor.execute("DROP DATABASE thn WITH (FORCE)")
            cursor.execute("DROP ROLE thn")


@pytest.fixture
def machine(tmp_path, database):
    """A new machine: the project as it is handed out, its libraries, nothing set but the database."""
    for name in NEEDED.split():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "tests").mkdir()
    return Machine(tmp_path, database)


class Machine:
    def __init__(self, folder, exported):
        self.folder, self.started = folder, []
        self.environment = {name: value for name, value in os.environ.items() if name not in OURS} | exported
        self.port = free_port()

    def run(self, line, fails=False):
        """What the line prints; a line that ends with & goes on beside the others."""
        line = line.replace(" 8000", f" {self.port}")
        options = {"cwd": self.folder, "env": self.environment, "stdin": subprocess.DEVNULL, "text": True}
        if line.endswith("&"):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
            self.started.append(subprocess.Popen(shlex.split(line[:-1]), **options, **quiet))
            return ""
        done = subprocess.run(shlex.split(line), capture_output=True, **options)
        assert fails or done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def wait(self, path, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                return answer.read()
            time.sleep(0.3)
        raise AssertionError(f"{path} does not answer")

    def stop(self):
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def line_with(word):
    return next(line for line in LINES if word in line)


def test_the_way_of_the_readme_ends_signed_in_with_a_slip_and_a_backup_that_restores(machine, tmp_path):
    host = LINES[0].split()[-1]
    certificate(host, tmp_path / "pem")
    try:
        machine.run(line_with("install.sh"))
        slip = machine.run(line_with("first_administrator"))
        machine.run(line_with("serve.sh"))
        machine.run(line_with("worker"))
        assert machine.wait("/health/ready/") == b"ok"
        with nginx(EXAMPLE.read_text(encoding="utf-8"), machine.port, tmp_path / "pem", tmp_path / "nginx") as port:
            visitor = Visitor(host, port, tmp_path / "pem")
            sign_in(visitor, slip)
            sheet = visitor.read(r'href="(/static/css/pages\.\w+\.css)"')
            assert "Xã Nam Đà" in visitor.open("/units/find/?q=Nam+%C4%90%C3%A0&among=all")
            assert "--leaf" in visitor.open(sheet)
            assert HERE in visitor.open("/log-book/")
            no_bare_refusal(visitor)
            open_chief(visitor, "chi.tq")
            told = machine.run(line_with("backup"))
            assert "Đã phục hồi thử" in told
            assert told.split(":")[0] in {path.name for path in (machine.folder / "var/backups").iterdir()}
            open_chief(visitor, "sau.nv")
            machine.run(f"sh deploy/manage.sh restore var/backups/{told.split(':')[0]} --replace")
            users = visitor.open("/users/")
            assert "chi.tq" in users
            assert "sau.nv" not in users
            found = machine.run(line_with("doctor"), fails=True)
            wrong = {line[2:] for line in found.splitlines() if line.startswith("✗")}
            assert wrong <= {"Dung lượng đĩa", "Sao lưu"}
            machine.stop()
            assert_told(visitor.answer("GET", "/?q=Nguyen"), visitor, 502, "Hệ thống chưa trả lời")
        kept = {path.name: path.read_text() for path in (tmp_path / "nginx").iterdir() if path.is_file()}
        assert [name for name, text in kept.items() if "Nguyen" in text or "aaaa" in text] == []
    finally:
        machine.stop()


def no_bare_refusal(visitor):
    """What does not get through is told in Vietnamese, by the product where it can be."""
    signed_out = Visitor(visitor.host, visitor.port, visitor.pem)
    assert signed_out.answer("GET", f"/?q={'a' * 9000}").status == 302
    assert visitor.answer("GET", f"/?q={'a' * 20_000}").status == 200
    assert_told(visitor.answer("GET", f"/?q={'a' * 50_000}"), visitor, 414, "Nội dung tìm quá dài")
    assert_told(visitor.answer("POST", "/", b"0" * 25_200_000), visitor, 413, "Tệp quá lớn")


def assert_told(answer, visitor, status, words):
    assert answer.status == status, visitor.page
    assert f"<h1>{words}</h1>" in visitor.page
    assert not re.search(r"\d", answer.headers["Server"])


def sign_in(visitor, slip):
    password = next(line.split()[-1] for line in slip.splitlines() if line.startswith("Mật khẩu dùng một lần"))
    visitor.open("/")
    visitor.send(login="an.lv", password=password)
    assert visitor.at == "/password/"
    visitor.send(oldpassword=password, password1=PASSWORD, password2=PASSWORD)
    assert "Những việc đầu tiên" in visitor.open("/")


def open_chief(visitor, username):
    visitor.open("/users/add/")
    since = visitor.read(r'name="since" value="([^"]+)"')
    visitor.send(full_name="Trần Quốc Chi", username=username, role="chief", unit="24697", since=since)
    assert re.search(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", visitor.page)


def test_every_line_of_the_way_is_followed():
    followed = ("install.sh", "first_administrator", "serve.sh", "worker", "backup", "doctor")

    assert [line_with(word) for word in followed] == LINES
