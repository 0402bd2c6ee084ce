"""What every page needs is there before the first, and no collection of garbage goes through it again."""

import os
import subprocess
import sys

from django.conf import settings

ASKED = """
import gc
import reintegration.wsgi
from django.template import engines
print(gc.get_freeze_count(), *(len(loader.get_template_cache) for loader in engines["django"].engine.template_loaders))
"""


def test_the_server_loads_before_it_serves(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DEMO"},
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
        "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    }

    answer = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )

    frozen, templates = map(int, answer.stdout.split())
    assert frozen > 100_000
    assert templates >= len(list(settings.BASE_DIR.glob("templates/**/*.html")))
