import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Returnee
from cases.reports.people import sealed
from cases.reports.periodic.registry import INDICATORS
from cases.reports.words import typed_parts
from cases.reports.writers.xlsx import Sheet
from tests.makers import TODAY, make_returnee

SEALED = {"closed_on": TODAY, "close_reason": "expunged"}
NAMES = ("Hoàng Văn Kín", "H' Bia Niê", "K Sor", "Trần Thị Nguyeenx", "Lý A Sáu", "Giàng Thị Hai 2")
UNUSUAL = "HS 7/2024 cũ"  # a file number as an old register may have it
PIECES = [
    *NAMES,
    UNUSUAL,
    "hoang van kin",
    "LÝ A SÁU",
    "hoàng  văn kín",
    "Nguyễn Văn Dũng",
    "067085004321",
    "1-2026-001",
    "gặp ông",
    ", ",
    "(",
    "— ",
    "Sáu",
    "\n",
    "Người có ngày chấp hành xong án phạt tù trong kỳ.",
]


@pytest.fixture
def many_sealed(an, units):
    """More sealed files at the commune than are read whatever a page says, some of them with the names above."""
    for place in range(sealed.FEW + 1):
        name = NAMES[place] if place < len(NAMES) else f"Vô Danh Số {'Một Hai Ba Bốn Năm'.split()[place % 5]}"
        number = "067085004321" if place == 0 else None
        person = make_returnee(by=an, full_name=name, identity_number=number)
        number = UNUSUAL if place == 1 else person.file_number
        Returnee.objects.filter(pk=person.pk).update(full_name=name, file_number=number, **SEALED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), gap=st.sampled_from([" ", "  ", "; "]))
def test_of_many_sealed_files_those_a_text_tells_are_hidden_as_if_all_were_read(many_sealed, an, pieces, gap):
    text = gap.join(pieces)

    assert sealed.mask(an, texts=[text]).hide(text, "×") == sealed.mask(an).hide(text, "×")


def test_an_unusual_name_or_number_is_hidden_where_many_are_sealed(many_sealed, an):
    for text in (UNUSUAL, "Giàng Thị Hai 2", "067085004321"):
        assert sealed.mask(an, texts=[f"Gặp {text} hôm qua"]).hide(text, "×") == "×"


def test_of_many_sealed_files_only_those_a_text_may_tell_of_are_read(many_sealed, an):
    keys = sealed.mask(an, texts=["Gặp hoàng văn kín và Nguyễn Văn Dũng"]).keys

    assert {"hoàng văn kín", "067085004321"} <= keys
    assert not any("vô danh" in key for key in keys)


def test_the_explanations_of_a_page_are_not_looked_through_for_names():
    rules = " ".join(str(each.rule) for each in INDICATORS)
    told = typed_parts(f"Gặp Hoàng Văn Kín. {rules}")

    assert told[0].startswith("Gặp Hoàng Văn Kín.")
    assert len(" ".join(told).split()) * 10 < len(rules.split())


def test_a_file_sealed_elsewhere_hides_nothing_here(many_sealed, binh):
    assert not sealed.mask(binh, texts=["Hoàng Văn Kín"])


def test_a_sheet_that_is_given_up_closes_what_it_reads_from_at_once(many_sealed, an):
    closed = []

    def read():
        try:
            yield from (["Nguyễn Văn A"], ["Nguyễn Văn B"])
        finally:
            closed.append(True)

    whole = Sheet("Hồ sơ", (), (), read())  # it is held on to, as a page holds its sheets
    (masked,) = sealed.mask_sheets([whole], an)
    next(masked.rows)
    masked.rows.close()

    assert closed == [True]
