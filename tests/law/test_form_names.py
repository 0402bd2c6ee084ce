"""The forms by code: one line of dated names each, and no name by guess."""

from dataclasses import replace

import pytest

from cases.law.form_names import FORM_NAMES, form_name
from cases.law.forms import FORMS
from cases.law.versions import Certainty, faults
from tests.law.cases import day


def test_every_form_has_one_line_of_names_with_a_source():
    codes = {row.code for row in FORM_NAMES}

    assert codes == {form.code for form in FORMS}
    for code in codes:
        assert not list(faults([row for row in FORM_NAMES if row.code == code]))
    assert all(row.title and row.source for row in FORM_NAMES)


def test_a_form_is_named_as_on_the_day():
    old = form_name("HCD-02", day("01/06/2026"))
    new = replace(old, title="Phiếu thông tin mới", valid_from=day("01/07/2026"))

    assert old.title == "Phiếu thông tin"
    assert form_name("HCD-02", day("30/06/2026"), [*FORM_NAMES, new]) == old
    assert form_name("HCD-02", day("01/07/2026"), [*FORM_NAMES, new]) == new


def test_a_code_that_is_not_in_the_table_is_refused():
    with pytest.raises(LookupError, match="HCD-99"):
        form_name("HCD-99", day("01/06/2026"))


@pytest.mark.parametrize("certainty", list(Certainty))
def test_a_name_nobody_has_compared_with_the_printed_form_is_marked(certainty):
    name = replace(form_name("HCD-02", day("01/06/2026")), certainty=certainty)

    assert name.is_unseen is (certainty is Certainty.UNVERIFIED)
