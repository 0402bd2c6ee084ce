import pytest

from cases.models import AuditEvent
from cases.reports.casefile import readers
from cases.urls import urlpatterns
from tests.makers import make_returnee


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Trần Văn Tám")


def paper(client, person):
    return client.get(f"/people/{person.pk}/readers/")


def test_the_chief_reads_who_of_which_unit_read_which_part_and_when(an, anh, chi, person, signed_in):
    signed_in(an).get(f"/people/{person.pk}/sentence/")
    signed_in(chi).get(f"/people/{person.pk}/")

    page = signed_in(anh).get(f"/people/{person.pk}/history/?show=opened").content.decode()

    assert "Lê Văn An" in page
    assert an.unit.name in page
    assert chi.unit.name in page
    assert "Bản án" in page
    assert f"/people/{person.pk}/readers/" in page


def test_the_paper_tells_a_reader_once_a_day_with_all_parts(an, anh, person, signed_in):
    for part in ("", "sentence/", "sentence/"):
        signed_in(an).get(f"/people/{person.pk}/{part}")

    (told,) = paper(signed_in(anh), person).context["days"]

    assert (told.actor, told.unit, told.times) == ("Lê Văn An", an.unit.name, 3)
    assert len(told.parts) == 2


def test_the_paper_itself_is_a_look_into_the_file(anh, person, signed_in):
    paper(signed_in(anh), person)

    assert AuditEvent.objects.get(verb="returnee.opened").after == {"page": "returnee-readers"}


def test_a_file_nobody_read_has_a_paper_that_says_so(anh, person, signed_in):
    assert "Chưa có ai" in paper(signed_in(anh), person).content.decode()


def test_a_row_from_before_the_log_told_units_is_shown_without_one(anh, person, signed_in):
    AuditEvent.objects.create(verb="returnee.opened", actor="Người Cũ", target_type="returnee", returnee_id=person.pk)

    (told,) = paper(signed_in(anh), person).context["days"]

    assert (told.actor, told.unit, told.parts) == ("Người Cũ", "—", ["Hồ sơ"])


@pytest.mark.parametrize(("who", "status"), [("an", 403), ("binh", 403), ("em", 404), ("giang", 403), ("chi", 200)])
def test_the_paper_is_for_who_answers_for_the_file(who, status, person, request, signed_in):
    assert paper(signed_in(request.getfixturevalue(who)), person).status_code == status


def test_every_page_of_a_file_says_which_part_it_shows():
    pages = {path.name for path in urlpatterns if "returnee_pk" in str(path.pattern)}
    whole = {page for page in pages if readers.part_of(page) == str(readers.WHOLE)}

    assert whole == {f"returnee-{name}" for name in ("detail", "edit", "present", "close", "reopen", "withdraw")}
