import pytest

from cases.models import Posting, User
from tests.makers import make_user, make_waiting


@pytest.fixture
def posting(units, em):
    """A chief of Nam Đà whom Em appointed, beside a second administrator."""
    make_user("hoa", "Lê Thị Hòa", "administrator", units.province)
    return make_waiting(units.nam_da, by=em)


@pytest.mark.parametrize("who", ["chi", "dung", "hoa"])
def test_what_waits_stands_on_the_home_page_and_is_confirmed_with_one_button(who, posting, units, chi, dung, signed_in):
    client = signed_in(User.objects.get(username=who))
    url = f"/postings/{posting.pk}/confirm/"
    assert url in client.get("/").content.decode()
    assert "Bùi Duy Khánh" in client.get(url).content.decode()

    assert client.post(url).url == "/"

    assert Posting.objects.get(pk=posting.pk).asked_by is None
    assert url not in client.get("/").content.decode()
    assert client.post(url).status_code == 302


def test_who_asked_finds_no_page_to_confirm_on_but_reads_that_it_waits(posting, em, signed_in):
    client = signed_in(em)

    assert client.post(f"/postings/{posting.pk}/confirm/").status_code == 404
    page = client.get(f"/users/{posting.user_id}/").content.decode()
    assert "Chờ tài khoản thứ hai" in page
    assert "Đỗ Thị Em" in page


def test_another_administrator_is_led_from_the_account_to_the_button(posting, signed_in):
    page = signed_in(User.objects.get(username="hoa")).get(f"/users/{posting.user_id}/").content.decode()

    assert f"/postings/{posting.pk}/confirm/" in page


def test_the_new_account_reads_who_may_confirm_it_and_opens_nothing(posting, chi, signed_in):
    person = posting.user
    person.set_password("mat-khau-cua-rieng-toi-88")
    person.must_change_password = False
    person.save()
    client = signed_in(person)

    home = client.get("/")

    assert home.status_code == 403
    assert "Ngô Kim Chi" in home.content.decode()
    assert "Lê Thị Hòa" in home.content.decode()
    assert {client.get(url).status_code for url in ("/people/", "/report/", "/log-book/", "/users/")} == {403}
