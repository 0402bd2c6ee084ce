"""The cast, and a machine that forgives nothing."""

import re

import hypothesis
import pytest
from django.conf import settings
from django.test import Client

from cases.management.catalogue import compile_catalogue
from tests import engines, strict
from tests.cast import Cast

# How fast a machine is says nothing about a rule.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)


def pytest_addoption(parser):
    parser.addoption("--share", action="store_true", help="leave to the other engine what one of the two suffices for")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    engines.divide(config, items)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname == "_django_db_helper":
        engines.refuse_unannounced(request._pyfuncitem)


@pytest.fixture(scope="session", autouse=True)
def _vietnamese():
    """The pages of the tests speak as the pages of the server do."""
    compile_catalogue(settings.BASE_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po")


@pytest.fixture(scope="session", autouse=True)
def _ordered_slices():
    with pytest.MonkeyPatch.context() as monkeypatch:
        strict.forbid_unordered_slices(monkeypatch)
        yield


@pytest.fixture(scope="session")
def cast(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return Cast()


@pytest.fixture
def organisations(db, cast):
    """The bodies of the 5+1."""
    cast.lay_organisations()


@pytest.fixture
def units(organisations, cast):
    """Lâm Đồng, the Krông Nô cluster with Nam Đà and Krông Nô, and Đắk Sắk beside it."""
    return cast.lay("units")


@pytest.fixture
def an(units, cast):
    return cast.lay("an")


@pytest.fixture
def anh(units, cast):
    return cast.lay("anh")


@pytest.fixture
def binh(units, cast):
    return cast.lay("binh")


@pytest.fixture
def chi(units, cast):
    return cast.lay("chi")


@pytest.fixture
def dung(units, cast):
    return cast.lay("dung")


@pytest.fixture
def em(units, cast):
    return cast.lay("em")


@pytest.fixture
def giang(units, cast):
    return cast.lay("giang")


class StrictClient(Client):
    """Refuses a page with inline script or style, or with left-over template marks."""

    def request(self, **environ):
        response = super().request(**environ)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page = response.content.decode()
            assert not INLINE.search(page), f"inline script or style: {INLINE.search(page)}"
            assert "{{" not in page
            assert "{%" not in page
        return response


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture
def signed_in():
    """A client signed in as the user given."""

    def sign_in(user):
        client = StrictClient()
        client.force_login(user)
        return client

    return sign_in
