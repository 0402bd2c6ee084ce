"""What stands in deploy/ starts what there is, with the settings there are."""

import ast
import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import load_command_class

from cases.importing.limits import LIMITS, MB
from cases.management.backup import passphrase
from tests.over_https import certificate, write_nginx

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
FIRST_WEB, FURTHER_WEB = (DEPLOY / "systemd" / name for name in ("tai-hoa-nhap.service", "tai-hoa-nhap@.service"))
EXAMPLE = (DEPLOY / "environment.example").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def settings_read():
    """Every name that settings.py asks the environment for."""
    tree = ast.parse((ROOT / "reintegration" / "settings.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env."):
            yield node.args[0].value


def test_every_setting_stands_in_the_example_with_its_explanation_and_no_other():
    explained, names = False, []
    for line in EXAMPLE.splitlines():
        named = re.match(r"#?([A-Z_]+)=", line)
        if named:
            names.append(named[1])
            assert explained, line
        explained = bool(line.strip()) and not line.startswith("# ---")

    assert sorted(names) == sorted({*settings_read(), passphrase.VARIABLE, passphrase.FILE_VARIABLE})


def test_the_example_holds_no_secret():
    assert (
        re.findall(r"^(?:SECRET_KEY|AUDIT_KEY|FIELD_KEYS|BACKUP_PASSPHRASE|ALLOWED_HOSTS)=(.+)", EXAMPLE, re.MULTILINE)
        == []
    )


def read_unit(path):
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(path, encoding="utf-8")
    return unit


SERVICES = [path for path in UNITS if path.suffix == ".service"]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_starts_a_command_there_is_with_options_it_takes(path):
    words = shlex.split(read_unit(path)["Service"]["ExecStart"])

    assert words[0] == "/opt/tai-hoa-nhap/.venv/bin/python"
    if words[1] == "manage.py":
        command = load_command_class("cases", words[2])
        command.create_parser("manage.py", words[2]).parse_args(words[3:])
    else:
        assert words[1:3] == ["-m", "waitress"]


def served(text):
    """How a server is started, but for where it listens."""
    return re.sub(r"--listen=\S+", "", re.sub(r'[",]', "", text[text.index("waitress") :].splitlines()[0])).split()


def test_the_server_is_started_the_same_way_everywhere():
    ways = [DEPLOY / "serve.sh", FIRST_WEB, FURTHER_WEB]
    found = [served(path.read_text(encoding="utf-8")) for path in ways]

    container = served(next(line for line in CONTAINER.splitlines() if line.startswith("CMD")).replace("]", ""))
    assert found == [container, container, container]


def test_a_further_web_process_is_started_as_the_first_but_on_its_own_port_and_in_its_folder():
    first, further = read_unit(FIRST_WEB), read_unit(FURTHER_WEB)
    command = first["Service"]["ExecStart"].replace("127.0.0.1:8000", "127.0.0.1:%i")

    assert dict(further["Service"]) == {**first["Service"], "ExecStart": command}
    assert further["Unit"]["JoinsNamespaceOf"] == FIRST_WEB.name
    assert "server 127.0.0.1:8001;" in NGINX


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_timer_has_its_service_and_a_service_runs_as_no_root(path):
    unit = read_unit(path)

    if path.suffix == ".timer":
        assert path.with_suffix(".service") in UNITS
    else:
        service = unit["Service"]
        assert service["User"] == "thn"
        assert service["ProtectSystem"] == "strict"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_reads_the_units(tmp_path):
    (tmp_path / "environment").write_text("")
    for path in UNITS:
        here = path.read_text(encoding="utf-8").replace("/opt/tai-hoa-nhap/var/environment", f"{tmp_path}/environment")
        here = re.sub(r"^(User|Group)=.*", r"\1=root", here.replace("/opt/tai-hoa-nhap", str(ROOT)), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(here, encoding="utf-8")

    command = ["systemd-analyze", "verify", "--man=no", *(tmp_path / path.name for path in UNITS)]
    answer = subprocess.run(command, capture_output=True, text=True)

    assert (answer.returncode, [line for line in answer.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


SCRIPTS = sorted(DEPLOY.glob("*.sh"))
COMMANDS = [path.name for path in SCRIPTS if path.read_text(encoding="utf-8").startswith("#!")]
NEEDS_ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="Only root gives a file away.")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_shell_reads_the_scripts(path):
    assert subprocess.run(["sh", "-n", path]).returncode == 0


@pytest.fixture
def server(tmp_path):
    """A folder with the scripts alone: what they refuse, they refuse before anything else is there."""
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    return tmp_path


def refused(server, *words, **environment):
    command = ["sh", server / "deploy" / words[0], *words[1:]]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(command, env=kept | environment, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@NEEDS_ROOT
@pytest.mark.parametrize("name", COMMANDS)
def test_a_script_runs_as_whom_the_folder_belongs_to_alone(server, name):
    """A database or a log that root had made could be written by no service."""
    os.chown(server, 65534, 65534)

    assert "Gõ su - nobody rồi chạy lại" in refused(server, name, "taihoanhap.tinh.local")


@NEEDS_ROOT
def test_files_that_root_copied_are_told_with_the_command_that_gives_them_away(server):
    os.chown(server / "deploy" / "nginx.conf", 65534, 65534)

    assert f"chown -R root: {server}" in refused(server, "install.sh", "taihoanhap.tinh.local")


@pytest.mark.parametrize("host", ["https://taihoanhap.tinh.local", "taihoanhap.tinh.local:8443", "*"])
def test_what_is_no_name_of_a_server_is_refused_and_writes_nothing(server, host):
    assert "không phải tên máy chủ" in refused(server, "install.sh", host)
    assert not (server / "var").exists()


def test_another_database_than_the_kept_one_is_told_instead_of_going_on_with_the_old(server):
    (server / "var").mkdir()
    (server / "var" / "environment").write_text("DATABASE_URL='postgres://thn:wrong@127.0.0.1/thn'\n")

    told = refused(server, "install.sh", "taihoanhap.tinh.local", DATABASE_URL="postgres://thn:right@127.0.0.1/thn")

    assert "Sửa dòng DATABASE_URL" in told


@pytest.mark.parametrize("name", ["manage.sh", "serve.sh"])
def test_before_the_installation_it_is_told_what_comes_first(server, name):
    assert "chạy sh deploy/install.sh" in refused(server, name, "doctor")


def test_nginx_hands_on_who_asks_and_how():
    """What BEHIND_PROXY and TRUSTED_PROXY_COUNT=1 of the example trust is set by nginx itself, not handed through."""
    told = dict(re.findall(r"proxy_set_header (\S+)\s+(\S+);", NGINX))

    assert told == {"Host": "$http_host", "X-Forwarded-For": "$remote_addr", "X-Forwarded-Proto": "$scheme"}
    assert {"BEHIND_PROXY=true", "TRUSTED_PROXY_COUNT=1"} <= set(EXAMPLE.splitlines())


def test_the_port_the_server_listens_on_is_the_one_nginx_and_the_image_hand_on_to():
    """A port changed in one file alone is a page that does not answer."""
    paths = [DEPLOY / "serve.sh", FIRST_WEB, DEPLOY / "nginx.conf"]
    texts = [re.sub(r"#.*", "", path.read_text(encoding="utf-8")) for path in paths]
    told = [re.findall(r"(?:listen=\S*?:|:-|127\.0\.0\.1:)(\d{4})\b", text) for text in texts]
    image = re.findall(r"(?:EXPOSE |listen=0\.0\.0\.0:|:)(8\d{3})\b", CONTAINER)

    assert all(told)
    assert {port for ports in [*told, image] for port in ports} == {"8000"}


def test_the_pool_leads_to_the_database_of_the_handbook_and_commands_that_need_the_server_itself_go_past_it():
    pool = configparser.ConfigParser(interpolation=None)
    pool.read(DEPLOY / "pgbouncer.ini", encoding="utf-8")
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    name, where = next(iter(pool["databases"].items()))
    led = dict(part.split("=") for part in where.split())

    assert f"@{led['host']}:{led['port']}/{name}`" in handbook
    assert f"CREATE DATABASE {led['dbname']} " in handbook
    assert pool["pgbouncer"]["listen_port"] in (DEPLOY / "pgbouncer.ini").read_text(encoding="utf-8").splitlines()[0]
    assert "var/environment.direct" in (DEPLOY / "manage.sh").read_text(encoding="utf-8")
    assert "var/environment.direct" in (DEPLOY / "systemd" / "tai-hoa-nhap-backup.service").read_text(encoding="utf-8")


def test_nginx_reads_its_example(tmp_path):
    certificate("taihoanhap.tinh.local", tmp_path / "pem")
    write_nginx(NGINX, tmp_path / "pem", tmp_path)

    command = ["nginx", "-t", "-e", "stderr", "-c", tmp_path / "nginx.conf"]
    answer = subprocess.run(command, capture_output=True, text=True)

    assert answer.returncode == 0, answer.stderr
    assert "warn" not in answer.stderr


def test_every_place_of_the_example_keeps_the_addresses_out_of_the_logs_of_nginx():
    """Below alert, a line of an error holds the address asked for, and with it the name somebody looked for."""
    servers = re.split(r"^server \{", NGINX, flags=re.MULTILINE)[1:]

    assert [len(re.findall(r"^ +error_log .* alert;", text, re.MULTILINE)) for text in servers] == [1, 1]
    assert [len(re.findall(r"^ +access_log off;", text, re.MULTILINE)) for text in servers] == [1, 1]


def test_nginx_lets_through_what_the_product_takes():
    """What the product refuses is told where it was sent, with all that was typed; what nginx refuses is gone."""
    most = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1]) * MB

    assert most > max(LIMITS["upload"], settings.DATA_UPLOAD_MAX_MEMORY_SIZE) + MB
    assert f"tối đa {LIMITS['upload'] // MB} MB" in NGINX


def test_pgbouncer_gives_a_connection_to_one_transaction_at_a_time_and_the_settings_say_so():
    pool = configparser.ConfigParser(interpolation=None)
    pool.read(DEPLOY / "pgbouncer.ini", encoding="utf-8")

    assert pool["pgbouncer"]["pool_mode"] == "transaction"
    assert "#DATABASE_POOLED=false" in EXAMPLE.splitlines()


def test_the_image_runs_as_nobody_in_particular_and_names_no_registry():
    lines = CONTAINER.splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM")]

    assert [name for name in images if "/" in name] == []
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    assert "://" not in CONTAINER
    copied = [line.split()[1] for line in lines if line.startswith("COPY")]
    assert [name for name in copied if not (ROOT / name).exists()] == []
