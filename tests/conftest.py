"""The cast, and a machine that forgives nothing."""

import re
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from cases.management.catalogue import compile_catalogue
from cases.models import Organisation
from tests.makers import make_unit, make_user

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)


@pytest.fixture(scope="session", autouse=True)
def _vietnamese():
    """The pages of the tests speak as the pages of the server do."""
    compile_catalogue(settings.BASE_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po")


@pytest.fixture
def organisations(db):
    """The bodies of the 5+1; a test with real transactions empties their table behind it."""
    if not Organisation.objects.exists():
        import_module("cases.migrations.0002_organisations").add(apps, None)


@pytest.fixture
def units(organisations):
    """Lâm Đồng, the Krông Nô cluster with Nam Đà and Krông Nô, and Đắk Sắk beside it."""
    province = make_unit(kind="province", code="68", name="Tỉnh Lâm Đồng")
    cluster = make_unit(kind="cluster", code="68-C01", name="Cụm Krông Nô", parent=province)
    return SimpleNamespace(
        province=province,
        cluster=cluster,
        nam_da=make_unit(kind="commune", code="24697", name="Xã Nam Đà", parent=cluster),
        krong_no=make_unit(kind="commune", code="24688", name="Xã Krông Nô", parent=cluster),
        dak_sak=make_unit(kind="commune", code="24678", name="Xã Đắk Sắk", parent=province),
    )


@pytest.fixture
def an(units):
    return make_user("an", "Lê Văn An", "officer", units.nam_da, rank="Thượng úy")


@pytest.fixture
def anh(units):
    return make_user("anh", "Trần Quốc Anh", "chief", units.nam_da, rank="Đại úy")


@pytest.fixture
def binh(units):
    return make_user("binh", "Phạm Thanh Bình", "officer", units.krong_no)


@pytest.fixture
def chi(units):
    return make_user("chi", "Ngô Kim Chi", "reviewer", units.cluster)


@pytest.fixture
def dung(units):
    return make_user("dung", "Hồ Trung Dũng", "reviewer", units.province)


@pytest.fixture
def em(units):
    return make_user("em", "Đỗ Thị Em", "administrator", units.province)


@pytest.fixture
def giang(units):
    return make_user("giang", "Vũ Hương Giang", "helper", units.nam_da, organisation="women")


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
