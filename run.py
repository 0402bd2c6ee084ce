"""The one way in, standard library only: set up and serve, test, manage, check, fix.

python3 run.py [--port 8000] [--host 127.0.0.1] [--no-demo]
python3 run.py test [--sqlite | --postgres | --cluster] [pytest arguments]
python3 run.py manage COMMAND …
python3 run.py check
python3 run.py fix
"""

import argparse
import contextlib
import functools
import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"
SECRET = ROOT / "var" / "secret"
WORDS = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
# What is known to be unsafe in Python. Its warnings are silenced: they say where a comment allows what is not found.
UNSAFE = ["-c", "import logging; logging.disable(logging.WARNING); from bandit.cli.main import main; main()"]
UNSAFE += ["--quiet", "--configfile", "pyproject.toml", "--recursive"]
INDENT = ["-m", "djhtml", "--tabwidth", "2", "--extra-block", "fact,endfact"]  # our own tag that holds others
YES = ("1", "true", "yes", "on", "y", "t")  # as settings.py reads a switch
NO_TEST = 5  # pytest's status where nothing was left to run
OURS = ["SECRET_KEY", "DEMO", "DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "APPLICATION_ROLE"]
OURS += ["FIELD_KEYS"]


def main(arguments):
    commands = {"test": test, "manage": manage, "check": check, "fix": fix}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.chdir(ROOT)
    SECRET.parent.mkdir(exist_ok=True)
    name = arguments[0] if arguments else ""
    if name in commands:
        return commands[name](arguments[1:])
    return serve(arguments)


# --- the commands ---


def serve(arguments):
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--no-demo", action="store_true", help="start with an empty database")
    options = parser.parse_args(arguments)
    refuse_taken_port(options.host, options.port)
    install("run")
    environment = development(options.host)
    demo = environment.get("DEMO", "").lower() in YES and not options.no_demo
    prepared = run([PYTHON, "manage.py", "prepare", *(["--demo"] if demo else [])], environment)
    if prepared:
        return prepared
    if not demo:
        run([PYTHON, "manage.py", "first_administrator", "--if-none"], environment, asks=sys.stdin.isatty())
    shown = f"[{options.host}]" if ":" in options.host else options.host
    say(f"\nOpen http://{shown}:{options.port} (Ctrl-C stops)")
    server = ["-m", "waitress", f"--listen={shown}:{options.port}", "--threads=8", "reintegration.wsgi:application"]
    with start_worker(environment):
        if os.name == "posix":
            os.execve(PYTHON, [str(PYTHON), *server], environment)  # nosec B606 # our own Python and arguments, no shell
        return run([PYTHON, *server], environment)


def start_worker(environment):
    """Start the worker beside the server; it ends when the server has ended, however that was: its input is closed."""
    worker = [str(PYTHON), "manage.py", "worker", "--with-parent", "--nightly"]
    if os.name != "posix":
        return subprocess.Popen(worker, env=environment, stdin=subprocess.PIPE)  # nosec B603 # a list of words, no shell
    pages_first = functools.partial(os.nice, 5)
    process = subprocess.Popen(worker, env=environment, stdin=subprocess.PIPE, preexec_fn=pages_first)  # nosec B603 # a list of words, no shell
    os.set_inheritable(process.stdin.fileno(), True)  # this process becomes the server
    return process


def test(arguments):
    """Run the suite on SQLite and on PostgreSQL; --sqlite or --postgres runs all of it on one of the two.

    --cluster walks a primary, a standby and PgBouncer instead: a few minutes, apart from the suite.
    """
    if "--cluster" in arguments:
        return test_cluster([argument for argument in arguments if argument != "--cluster"])
    from tests import parts, postgres

    chosen = [name for name in ("--sqlite", "--postgres") if name in arguments] or ["--sqlite", "--postgres"]
    arguments = [argument for argument in arguments if argument not in chosen]
    arguments += ["--share"] if len(chosen) > 1 else []  # what one engine suffices for runs once
    chromium = parts.require_chromium(install_packages)
    parts.require_nginx(install_packages)
    binaries = parts.require_postgres(install_packages) if "--postgres" in chosen else None
    install("dev")
    compile_translations()
    results = {}
    if "--sqlite" in chosen:
        results["SQLite"] = run_suite("SQLite", "sqlite://:memory:", chromium, arguments)
    if "--postgres" in chosen:
        with postgres.cluster(binaries) as url:
            # The server goes with its databases: dropping them one by one could only fail where a page is still open.
            once = ["--reuse-db", "--server-of-this-run"]
            results["PostgreSQL"] = run_suite("PostgreSQL", url, chromium, [*once, *arguments])
    return summary(excuse_empty(results))


def test_cluster(arguments):
    from tests import parts

    parts.require_postgres(install_packages)
    parts.require_pgbouncer(install_packages)
    install("dev")
    compile_translations()
    walk = ["-n0", "tests/cluster/walk.py", *arguments]
    return summary({"cluster": run_suite("a cluster", "sqlite://:memory:", "", walk)})


def manage(arguments):
    install("run")
    compile_translations()
    return run([PYTHON, "manage.py", *arguments], development(), asks=True)


def check(arguments):
    """Everything that can be said without running the product; all of it, even after a failure."""
    install("dev")
    environment = production()
    steps = {
        "ruff": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "types": ["-m", "mypy"],
        "unsafe code": [*UNSAFE, "cases", "reintegration", "run.py", "manage.py"],
        "templates": [*INDENT, "--check", "templates"],
        "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
        "released migrations": ["manage.py", "migrations", "--check"],
        "translations": ["manage.py", "translations", "--check"],
        "layers": ["manage.py", "layers", "docs/layers.svg", "--check"],
        "licences": ["manage.py", "licences", "--dev"],
        "deployment": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    }
    results = {}
    for name, step in steps.items():
        say(f"\n{name}")
        results[name] = run([PYTHON, *step], environment)
    return summary(results)


def fix(arguments):
    """Repair what a machine can: lint, format, the indent of templates, the texts to translate, the picture."""
    install("dev")
    results = {
        "ruff": run([PYTHON, "-m", "ruff", "check", "--fix", "."], development()),
        "format": run([PYTHON, "-m", "ruff", "format", "."], development()),
        "templates": run([PYTHON, *INDENT, "templates"], development()),
        "translations": run([PYTHON, "manage.py", "translations", "--update"], development()),
        "layers": run([PYTHON, "manage.py", "layers", "docs/layers.svg"], development()),
    }
    return summary(results)


def run_suite(engine, url, chromium, arguments):
    say(f"\nTests on {engine}")
    parallel = [] if any(word.startswith("-n") for word in arguments) else ["-n", str(cores()), "--dist", "worksteal"]
    environment = {**clean(), "DATABASE_URL": url, "CHROMIUM": chromium}
    started = time.monotonic()
    result = run([PYTHON, "-m", "pytest", "--durations=10", *parallel, *arguments], environment, asks=True)
    say(f"{engine}: {(time.monotonic() - started) / 60:.1f} minutes")
    return result


def excuse_empty(results):
    """An engine that had no test of those asked for has not failed, as long as the other one had some."""
    return {
        name: 0 if result == NO_TEST and set(results.values()) != {NO_TEST} else result
        for name, result in results.items()
    }


def summary(results):
    say("\n" + ", ".join(f"{name}: {'failed' if result else 'passed'}" for name, result in results.items()))
    return 1 if any(results.values()) else 0


# --- the environment of each command ---


def clean():
    """The caller's environment without our settings: what a test or a check sees must not depend on the machine."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "PYTHONUTF8": "1"}


def development(host="127.0.0.1"):
    """A demo on this machine; where SECRET_KEY is given, somebody runs it in earnest and nothing is added."""
    given = {**os.environ, "PYTHONUTF8": "1"}
    if given.get("SECRET_KEY"):
        return given
    everywhere = host in {"0.0.0.0", "::"}  # nosec B104 # compared, not bound
    hosts = "*" if everywhere else ",".join(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", host]))
    return {"ALLOWED_HOSTS": hosts, "DEMO": "true", **given, "SECRET_KEY": kept_secret()}


def production():
    """What a province would set, with a secret of the moment and a database that holds nothing."""
    return {
        **clean(),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "register.example",
        "DATABASE_URL": "sqlite://:memory:",
    }


def kept_secret():
    """The secret of this machine's demo: made once, so that a restart signs nobody out."""
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return SECRET.read_text().strip()


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2


# --- the locked libraries ---


def install(lock):
    """Bring .venv to the lock, "run" to serve or "dev" to test and check; nothing to do where the stamp says so."""
    wanted = {"run": {stamp("run"), stamp("dev")}, "dev": {stamp("dev")}}[lock]
    installed = STAMP.read_text() if STAMP.exists() else ""
    has_pip = "import sys, importlib.util; sys.exit(importlib.util.find_spec('pip') is None)"
    works = set_up([PYTHON, "-c", has_pip]) == 0
    if works and installed in wanted:
        return
    if not works:
        make_venv()
    lock = "dev" if installed.startswith("dev") else lock
    tell(f"Installing the locked libraries ({LOCKS[lock].name}) …")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    STAMP.unlink(missing_ok=True)
    if set_up([*pip, "--require-hashes", "-r", LOCKS[lock]]):
        sys.exit("The libraries could not be installed: see above.")
    STAMP.write_text(stamp(lock))


def compile_translations():
    """Write the compiled words where they are missing or older than their source: a command speaks Vietnamese."""
    source = WORDS.stat().st_mtime
    compiled = WORDS.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime > source:
        return
    if set_up([PYTHON, "manage.py", "translations", "--compile"], development()):
        sys.exit("The translations could not be compiled: see above.")


def stamp(lock):
    """Both locks count: they are made together, and each must be installed again when either has changed."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in LOCKS.values()))
    return f"{lock} {digest.hexdigest()}"


def make_venv():
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not all(map(importlib.util.find_spec, ["venv", "ensurepip"])):
        install_packages(f"Python's venv module for {version}", [f"python{version}-venv"])
    tell("Making .venv …")
    if set_up([sys.executable, "-m", "venv", "--clear", VENV]):
        sys.exit("Python could not make .venv: see above.")


def install_packages(what, packages):
    """Install Debian packages as root; anybody else is told the command. A missing part stops the run, always."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        sys.exit(f"{what} is missing. On Debian: sudo apt-get update && sudo {' '.join(command)}")
    tell(f"{what} is missing: installing {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    set_up(["apt-get", "update", "-q"], environment)
    if set_up(command, environment):
        sys.exit(f"{what} is missing and could not be installed: {' '.join(command)}")


# --- small things ---


def refuse_taken_port(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            sys.exit(f"{host} port {port} cannot be used ({fault.strerror}). Another one: run.py --port {port + 1}")


def run(command, environment=None, asks=False, stdout=None):
    """Run a command and give its exit status; only with `asks` may it read from the terminal."""
    words = [str(word) for word in command]
    try:
        return subprocess.call(words, env=environment, stdin=None if asks else subprocess.DEVNULL, stdout=stdout)  # nosec B603 # a list of words, no shell
    except OSError:
        return 127


def set_up(command, environment=None):
    """Run a step of setting up; what it says is no part of the answer somebody may be reading."""
    return run(command, environment, stdout=sys.stderr.fileno())


def say(text):
    print(text, flush=True)


def tell(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this chose the Python, no lock did
        sys.exit("Python 3.11 or later is needed.")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
