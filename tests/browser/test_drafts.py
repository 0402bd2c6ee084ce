"""What is typed into the quick log outlives a reload, a lost connection and a refusal, and is gone once it is saved."""

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Activity
from tests.makers import make_returnee

DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"


@pytest.fixture
def quick_log(transactional_db, an, visitor):
    """The quick log of officer An, one person chosen, a note typed."""
    address = f"{reverse('activity-add')}?person={make_returnee(by=an).pk}"
    visitor.sign_in("an")
    visitor.open(address)
    visitor.page.fill("[name=note]", "Muốn học nghề hàn")
    visitor.page.wait_for_timeout(600)  # a draft is written a third of a second after the last key
    assert visitor.page.evaluate(DRAFTS) == 1
    return visitor


def save(visitor):
    visitor.page.click(".form-actions button >> nth=0")
    visitor.page.wait_for_load_state()


def note(visitor):
    return visitor.page.input_value("[name=note]")


def test_a_reload_brings_it_back_and_it_can_be_discarded(quick_log):
    quick_log.page.reload()
    assert note(quick_log) == "Muốn học nghề hàn"
    quick_log.page.click("[data-draft-discard]")
    assert note(quick_log) == ""


def test_saving_ends_the_draft(quick_log):
    address = quick_log.page.url
    save(quick_log)
    assert Activity.objects.count() == 1
    assert quick_log.page.evaluate(DRAFTS) == 0
    quick_log.page.goto(address)
    assert note(quick_log) == ""


def test_without_a_connection_nothing_is_sent_and_nothing_lost(quick_log):
    quick_log.page.context.set_offline(True)
    save(quick_log)
    assert quick_log.page.locator("[data-offline]").is_visible()
    assert Activity.objects.count() == 0
    quick_log.page.context.set_offline(False)
    quick_log.page.reload()
    assert note(quick_log) == "Muốn học nghề hàn"
    save(quick_log)
    assert Activity.objects.count() == 1


def test_signing_out_removes_every_draft(quick_log):
    quick_log.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    quick_log.page.wait_for_url("**/sign-in/**")
    assert quick_log.page.evaluate(DRAFTS) == 0


def test_a_draft_of_an_edit_form_does_not_undo_what_another_saved_since(transactional_db, an, anh, visitor):
    person = make_returnee(by=an, hamlet="Thôn Một")
    visitor.sign_in("an")
    visitor.open(reverse("returnee-edit", args=[person.pk]))
    visitor.page.fill("[name=note]", "Muốn học nghề hàn")
    visitor.page.wait_for_timeout(600)
    person.hamlet = "Thôn Hai"
    actions.returnee.correct(returnee=person, by=anh)

    visitor.page.reload()
    assert note(visitor) == "Muốn học nghề hàn"
    save(visitor)

    person.refresh_from_db()
    assert (person.note, person.hamlet) == ("Muốn học nghề hàn", "Thôn Hai")
