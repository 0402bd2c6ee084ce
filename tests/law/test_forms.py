"""The forms of the circular: thirteen, each with its article, and the papers Điều 11 names."""

import pytest

from cases.law.forms import DOSSIER, FORMS, HELPER_REPORT, FormSubject, form_of


def test_the_circular_has_thirteen_forms_and_each_is_drafted_here():
    drafted = [form.code for form in FORMS if form.is_drafted]

    assert drafted == [f"HCD-{number:02d}" for number in range(1, 14)]
    assert all(form.article.startswith("Điều ") for form in FORMS)


def test_the_dossier_has_the_papers_of_article_11():
    codes = {form.code for form in DOSSIER}

    assert codes == {f"HCD-{number:02d}" for number in (1, 2, 5, 6, 7, 8, 10, 11)} | {"PT70-72", "PT71", "XAT"}
    assert [form.code for form in FORMS if form.subject is FormSubject.HELPER] == [HELPER_REPORT]


def test_a_code_that_is_no_form_is_refused():
    with pytest.raises(LookupError, match="HCD-99"):
        form_of("HCD-99")
