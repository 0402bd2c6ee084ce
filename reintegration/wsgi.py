"""The server's entry: refuses to serve what no server should."""

import os

from django.core.checks import ERROR, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings")

application = get_wsgi_application()

from reintegration import first_load  # noqa: E402 # of an application that is set up

# Servers do not run the checks of `manage.py check --deploy`: what makes a server unfit for real work is asked here.
faults = [
    fault
    for fault in run_checks(tags=[Tags.security], include_deployment_checks=True)
    if fault.id.startswith("cases.") and fault.level >= ERROR
]
if faults:
    raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint or ''}".strip() for fault in faults))

first_load.load()
