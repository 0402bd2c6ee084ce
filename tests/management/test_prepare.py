import os
import subprocess
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command

from cases.models import Unit


def test_prepare_makes_the_tables_loads_the_units_and_invents_nobody(db, capsys):
    call_command("prepare")
    call_command("prepare")

    assert Unit.objects.on().filter(kind=Unit.Kind.PROVINCE).count() == 34
    cache.set("prepared", True)
    assert cache.get("prepared") is True
    assert not get_user_model().objects.exists()
    assert capsys.readouterr().out == ""


SPEAKS = """
from pathlib import Path
import django
from django.conf import settings
folder = Path({folder!r}, "vi", "LC_MESSAGES")
folder.mkdir(parents=True)
(folder / "django.po").write_bytes(Path(settings.LOCALE_PATHS[0], "vi", "LC_MESSAGES", "django.po").read_bytes())
settings.LOCALE_PATHS = [{folder!r}]
django.setup()
from django.utils.translation import gettext
from cases.management.catalogue import compile_catalogue
before = gettext("Meeting and encouragement")
compile_catalogue(folder / "django.po")
print(before, gettext("Meeting and encouragement"), sep=" | ", end="")
"""


def test_a_process_speaks_vietnamese_as_soon_as_the_words_are_compiled(tmp_path):
    code = SPEAKS.format(folder=str(tmp_path))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}

    out = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert out.stdout == "Meeting and encouragement | Gặp gỡ, động viên"
