"""What a browser keeps of the application to open it without a network: a page that tells of nobody, and its files."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.forms.trip import put_off_choices, visit_choices
from cases.views.gate import open_to_all

ICONS = {"192x192": "img/icon-192.png", "512x512": "img/icon-512.png"}
DRAWN = ("img/tick.svg", "img/tick-dark.svg", "img/down.svg", "img/down-dark.svg", "img/error.svg")  # by style sheets
LOADED = re.compile(r'<(?:link|script|img|use)\b[^>]*\b(?:href|src)="([^"#]+)[^"]*"')


def choices():
    return {"choices": visit_choices(), "reasons": put_off_choices()}


@open_to_all
def page(request):
    """“Đi thôn” without a network. A browser keeps it for whoever is there: nothing in it depends on who asks."""
    return render(request, "trip/shell.html", choices())


@open_to_all
def service_worker(request):
    """The script that opens the kept page where there is no network. It changes with whatever it keeps.

    It stands at the root, for a worker may only look after what lies beside or below it.
    """
    html = render_to_string("trip/shell.html", choices(), request)
    files = sorted({*(url for url in LOADED.findall(html) if url.startswith(settings.STATIC_URL)), *map(static, DRAWN)})
    edition = hashlib.sha256(html.encode() + b"".join(map(content, files))).hexdigest()[:16]
    kept = json.dumps({"edition": edition, "page": reverse("trip-shell"), "files": files})
    context = {"shell": kept}
    return render(request, "trip/service_worker.txt", context, content_type="text/javascript; charset=utf-8")


def content(url):
    """What stands in a file of the pages; b"" where its name changes with what stands in it."""
    found = finders.find(url.removeprefix(settings.STATIC_URL))
    return Path(found).read_bytes() if found else b""


@open_to_all
def manifest(request):
    """What the application is called on the home screen of a telephone; no word of crime stands there."""
    told = {
        "name": _("Reintegration"),
        "short_name": _("Reintegration"),
        "lang": get_language(),
        "start_url": reverse("trip-show"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf9f5",
        "theme_color": "#0a4a37",
        "icons": [{"src": static(name), "sizes": size, "type": "image/png"} for size, name in ICONS.items()],
    }
    return JsonResponse(told, content_type="application/manifest+json")
