"""The settings of the tests: a known environment first, then the settings proper."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "k" * 50)
os.environ["DEMO"] = "true"
os.environ["LOG_FILE"] = ""
os.environ.setdefault("APPLICATION_ROLE", "reintegration_pages")
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"

from reintegration.settings import *  # noqa: F403
from tests.strict import NothingForTheUnknown

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = NothingForTheUnknown()  # noqa: F405
