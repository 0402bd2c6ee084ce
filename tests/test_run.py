import contextlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run
from cases.management.layers import imports_of
from tests import parts, postgres

ROOT = Path(run.__file__).resolve().parent
UNINSTALLABLE = "not-a-library==1 --hash=sha256:" + "0" * 64


@pytest.fixture
def locks(tmp_path, monkeypatch):
    """Two locks that pip cannot satisfy, so that any attempt to install shows."""
    found = {"run": tmp_path / "requirements.txt", "dev": tmp_path / "requirements-dev.txt"}
    for lock in found.values():
        lock.write_text(UNINSTALLABLE)
    monkeypatch.setattr(run, "LOCKS", found)
    monkeypatch.setattr(run, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return found


@pytest.mark.parametrize("module", [run, parts, postgres], ids=lambda module: module.__name__)
def test_run_and_what_it_asks_before_installing_import_the_standard_library_only(module):
    others = {name for name in imports_of(Path(module.__file__)) if name.split(".")[0] not in sys.stdlib_module_names}

    assert others <= {"tests.parts", "tests.postgres"}


def test_help_names_every_command():
    answer = subprocess.run([sys.executable, ROOT / "run.py", "--help"], capture_output=True, text=True)

    assert answer.returncode == 0
    assert all(word in answer.stdout for word in ["test", "manage", "check", "fix", "--port", "--host", "--no-demo"])


def test_ci_checks_and_then_tests():
    script = ROOT / ".ci/run"

    assert os.access(script, os.X_OK)
    assert [line.split(" <")[0] for line in script.read_text().splitlines()[-2:]] == [
        "python3 run.py check",
        "python3 run.py test",
    ]


@pytest.mark.parametrize(("installed", "wanted"), [("run", "run"), ("dev", "run"), ("dev", "dev")])
def test_an_unchanged_lock_installs_nothing(locks, installed, wanted):
    run.STAMP.write_text(run.stamp(installed))

    run.install(wanted)

    assert run.STAMP.read_text() == run.stamp(installed)


@pytest.mark.parametrize("changed", ["run", "dev"])
def test_a_changed_lock_is_installed_again(locks, changed):
    run.STAMP.write_text(run.stamp("dev"))
    locks[changed].write_text(UNINSTALLABLE + "\n# newer")

    with pytest.raises(SystemExit, match="could not be installed"):
        run.install("run")


def test_tests_need_more_than_what_serving_installed(locks):
    run.STAMP.write_text(run.stamp("run"))

    with pytest.raises(SystemExit, match="could not be installed"):
        run.install("dev")


def test_an_installation_that_failed_is_tried_again(locks):
    for _ in range(2):
        with pytest.raises(SystemExit):
            run.install("run")

    assert not run.STAMP.exists()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine on which nothing of ours is set."""
    for name in run.OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run, "SECRET", tmp_path / "secret")
    return monkeypatch


def test_the_demo_keeps_one_secret_that_only_its_owner_reads(machine):
    first, second = run.development(), run.development()

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert run.SECRET.stat().st_mode & 0o077 == 0


def test_a_given_secret_means_no_demo(machine):
    machine.setenv("SECRET_KEY", "of a province")

    environment = run.development()

    assert environment["SECRET_KEY"] == "of a province"
    assert "DEMO" not in environment
    assert "ALLOWED_HOSTS" not in environment


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1,localhost,[::1]"),
        ("192.0.2.7", "127.0.0.1,localhost,[::1],192.0.2.7"),
        ("0.0.0.0", "*"),
    ],
)
def test_the_demo_answers_to_the_names_it_is_served_under(machine, host, allowed):
    assert run.development(host)["ALLOWED_HOSTS"] == allowed


def test_production_is_checked_without_anything_of_this_machine(machine):
    machine.setenv("DEMO", "true")
    machine.setenv("DATABASE_URL", "sqlite:///of-this-machine")

    environment = run.production()

    assert "DEMO" not in environment
    assert environment["DATABASE_URL"] == "sqlite://:memory:"
    assert environment["SECRET_KEY"] != run.production()["SECRET_KEY"]


def test_a_taken_port_is_refused_with_another_one_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SystemExit, match=f"--port {port + 1}"):
            run.refuse_taken_port("127.0.0.1", port)


def test_a_missing_part_that_cannot_be_installed_stops_with_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match="chromium is missing.*apt-get install -y .*chromium fonts-liberation2"):
        parts.require_chromium(run.install_packages)


def test_a_failing_installation_stops_the_run(tmp_path, monkeypatch):
    script = tmp_path / "apt-get"
    script.write_text("#!/bin/sh\nexit 100\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match="is missing"):
        run.install_packages("chromium", ["chromium"])


def test_a_part_that_is_there_is_not_installed_again():
    assert shutil.which(parts.require_chromium(install=None))
    assert shutil.which(parts.require_nginx(install=None))
    assert (parts.require_postgres(install=None) / "initdb").exists()


def test_a_part_that_is_not_there_after_its_installation_stops_the_run(tmp_path, monkeypatch):
    asked = {}
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match="PgBouncer was installed but cannot be found"):
        parts.require_pgbouncer(lambda what, packages: asked.update({what: packages}))

    assert asked == {"PgBouncer": ["pgbouncer"]}


def test_json_on_stdout_stays_json_on_the_first_run(locks, monkeypatch, capfd):
    """The libraries cannot be installed here: everything said on the way there goes to stderr."""
    pip = Path(locks["run"].parent / "pip")
    pip.write_text("#!/bin/sh\necho installing\n")
    pip.chmod(0o755)
    monkeypatch.setattr(run, "PYTHON", pip)

    run.install("run")

    out, err = capfd.readouterr()
    assert out == ""
    assert "Installing the locked libraries" in err
    assert "installing" in err


def test_a_command_speaks_the_words_as_they_are_now(locks, monkeypatch, tmp_path, capfd):
    for name, lines in {"words.po": "", "python": '#!/bin/sh\necho "$@"\n'}.items():
        (tmp_path / name).write_text(lines)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(run, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(run, "WORDS", tmp_path / "words.po")
    run.STAMP.write_text(run.stamp("run"))

    run.manage(["report"])

    out, err = capfd.readouterr()
    assert "translations --compile" in err
    assert out == "manage.py report\n"


def test_words_that_are_compiled_are_left_alone(monkeypatch, tmp_path):
    for name in ("words.po", "words.mo"):
        (tmp_path / name).write_text("")
    os.utime(tmp_path / "words.po", (1, 1))
    monkeypatch.setattr(run, "WORDS", tmp_path / "words.po")
    monkeypatch.setattr(run, "PYTHON", Path("/no/such/python"))

    run.compile_translations()


@pytest.mark.parametrize(("results", "status"), [({"a": 0, "b": 0}, 0), ({"a": 0, "b": 1}, 1), ({"a": 127}, 1)])
def test_one_failure_fails_the_whole(results, status):
    assert run.summary(results) == status


def test_a_program_that_is_not_there_counts_as_failed():
    assert run.run(["/no/such/program"]) == 127


@pytest.fixture
def suites(monkeypatch):
    """What `run.py test` would start, by engine, with nothing installed and nothing run."""
    started = {}
    monkeypatch.setattr(parts, "require_chromium", lambda install: "chromium")
    monkeypatch.setattr(parts, "require_nginx", lambda install: "nginx")
    monkeypatch.setattr(run, "install", lambda lock: None)
    monkeypatch.setattr(run, "run", lambda command, *rest, **more: 0)
    monkeypatch.setattr(run, "run_suite", lambda engine, url, chromium, words: started.update({engine: words}) or 0)
    return started


def test_both_engines_share_the_suite_out(suites):
    run.test(["tests/law"])

    assert {engine: "--share" in words for engine, words in suites.items()} == {"SQLite": True, "PostgreSQL": True}
    assert all("tests/law" in words for words in suites.values())


@pytest.mark.parametrize(("word", "engine"), [("--sqlite", "SQLite"), ("--postgres", "PostgreSQL")])
def test_one_engine_alone_runs_everything(suites, word, engine):
    run.test([word])

    assert list(suites) == [engine]
    assert "--share" not in suites[engine]


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ({"a": 0, "b": 5}, {"a": 0, "b": 0}),
        ({"a": 5, "b": 1}, {"a": 0, "b": 1}),
        ({"a": 5, "b": 5}, {"a": 5, "b": 5}),
        ({"a": 5}, {"a": 5}),
    ],
)
def test_an_engine_without_a_test_of_those_asked_for_has_not_failed_where_the_other_had_one(results, told):
    assert run.excuse_empty(results) == told


@pytest.mark.parametrize(("words", "offered"), [(["--no-demo"], True), ([], False)])
def test_an_empty_database_is_offered_its_first_administrator(machine, words, offered):
    ran = []
    machine.setattr(run, "refuse_taken_port", lambda *_: None)
    machine.setattr(run, "install", lambda lock: None)
    machine.setattr(run, "start_worker", lambda environment: contextlib.nullcontext())
    machine.setattr(run, "run", lambda command, *rest, **more: ran.append(command[2]) or 0)
    machine.setattr(run.os, "execve", lambda *_: None)

    run.serve(words)

    assert ("first_administrator" in ran) is offered


SERVING = """
import os, sys
import run
run.PYTHON = sys.argv[1]
run.start_worker({**os.environ})
os.execv("/bin/cat", ["cat"])
"""


def test_the_worker_is_started_beside_the_server_and_ends_with_it_even_where_that_is_killed(tmp_path):
    worker = tmp_path / "python"
    worker.write_text("#!/bin/sh\necho $@\nread line\necho ended\n")
    worker.chmod(0o755)
    command = [sys.executable, "-c", SERVING, worker]

    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        begun = server.stdout.readline()
        server.kill()
        ended = server.stdout.read()

    assert begun == "manage.py worker --with-parent --nightly\n"
    assert ended == "ended\n"
