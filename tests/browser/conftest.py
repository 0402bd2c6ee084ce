"""A real Chromium on both screens; console errors and requests that leave the machine fail the test."""

import os
from contextlib import contextmanager

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client

from cases.models import User
from tests.browser.screens import SIZES
from tests.makers import PASSWORD

BREACHES = """async (within, rules) => {
    const asked = within ? { include: within() } : document;
    if (asked.include && !asked.include.length) return [];
    const asks = rules ? { runOnly: { type: 'rule', values: rules } } : {};
    const found = await axe.run(asked, { resultTypes: ['violations'], ...asks });
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs its own loop beside the live server


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", "--disable-gpu"],
        "ignore_default_args": ["--disable-back-forward-cache"],  # Back works as in everybody's browser
    }


@pytest.fixture(params=SIZES, ids=list(SIZES))
def size(request):
    return request.param


@pytest.fixture
def browser_context_args(size):
    return {"viewport": SIZES[size], "locale": "vi-VN", "has_touch": size == "phone"}


@pytest.fixture(autouse=True)
def _every_page_stores(transactional_db):
    """What a page stores is stored."""


class Visitor:
    """Somebody in front of a screen."""

    def __init__(self, page, server):
        self.page, self.server, self.wrong = page, server, []
        page.on("console", lambda message: message.type == "error" and self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.note(request.url))

    def note(self, url):
        if not url.startswith((self.server, "data:", "blob:")):
            self.wrong.append(f"left the machine: {url}")

    def open(self, path):
        response = self.page.goto(self.server + path)
        return response.status

    @contextmanager
    def answered(self):
        """Until the page that answers is whole; that a draft notes its address is a navigation too, and no page."""
        with self.page.expect_event("load"):
            yield

    def sign_in(self, username):
        """With the cookie that signing in gives: the form itself has tests of its own."""
        client = Client()
        client.force_login(User.objects.get(username=username))
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.server}])
        self.open("/")

    def sign_in_by_form(self, username, password=PASSWORD):
        self.open("/sign-in/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(self.server + "/")

    def sees(self, text):
        return self.page.locator("body").inner_text().find(text) >= 0

    def breaches(self, within="null", rules="null"):
        """What axe finds on the page shown; `within`: in the elements that this JavaScript function gives.

        `rules`: a JavaScript list of those that are asked; else all.
        """
        self.page.evaluate(f"() => {{ if (!window.axe) {{ {AXE_SCRIPT} }} }}")
        return self.page.evaluate(f"() => ({BREACHES})({within}, {rules})")


@pytest.fixture
def visitor(page, live_server):
    someone = Visitor(page, live_server.url)
    yield someone
    assert someone.wrong == []


@pytest.fixture
def second_visitor(new_context, live_server):
    """A second person on a machine of their own."""
    someone = Visitor(new_context().new_page(), live_server.url)
    yield someone
    assert someone.wrong == []
