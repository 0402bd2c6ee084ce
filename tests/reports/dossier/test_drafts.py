"""Each form is drafted from the records, and of whom nothing is known as a form to be filled in by hand."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from cases import actions
from cases.models import JobCheck
from cases.reports.dossier import drafts
from cases.reports.dossier.checklist import last_quarter
from cases.reports.dossier.committee_papers import ResidenceReply
from cases.reports.dossier.form_paper import DOTS, FormNames, Issuers, LabelledValues
from cases.reports.dossier.records import DossierRecords
from cases.reports.writers import docx_form
from cases.reports.writers.docx_layout import issuer_lines
from tests.makers import (
    TODAY,
    make_accepted,
    make_employer,
    make_notice,
    make_referral,
    make_returnee,
    make_transfer,
)
from tests.reports.dossier.papers import make_known, texts, words_of


def drafted(person, user):
    """Every paper of a person, by code."""
    person.refresh_from_db()
    person.taken_over_on = None
    records, names = DossierRecords(person, TODAY), FormNames.on_day(TODAY)
    found = {code: drafts.draft(code, records, names) for code in drafts.DRAFTS}
    found["HCD-08"] = drafts.quarterly(person, last_quarter(TODAY), user, names)
    notice = person.notices.first()
    if notice:
        reply = ResidenceReply(person, notice, None, Issuers.of_unit(person.unit, TODAY))
        found["HCD-03"] = drafts.reply(reply, names)
    return found


@pytest.fixture
def full(an, giang):
    return drafted(make_known(an, giang), an)


@pytest.fixture
def bare(an):
    return drafted(make_returnee(by=an, presented=False, hamlet=""), an)


def check(papers):
    for code, paper in papers.items():
        said = list(texts(paper))
        assert paper.code == code
        assert not [text for text in said if "None" in text or not text.strip()], code
        labels = [line for block in paper.blocks if isinstance(block, LabelledValues) for line in block.lines]
        assert all(label and value.strip() for label, value in labels), code
        assert set(said) <= words_of(docx_form.write([paper])), code


def test_every_form_of_a_person_of_whom_all_is_known_says_it(full):
    check(full)
    told = "\n".join(texts(full["HCD-02"]))

    for known in ("Hà Văn Đủ", "067085000123", "12/2021/HSST", "Trộm cắp tài sản", "36 tháng", "Lò Thị Vợ", "Thợ mộc"):
        assert known in told
    assert "Mai Văn Trận" in "\n".join(texts(full["HCD-06"]))


def test_every_form_of_a_person_of_whom_nothing_is_known_is_dotted(bare):
    check(bare)

    assert f"Số định danh cá nhân: {DOTS}" in list(texts(bare["HCD-02"]))
    assert f"Bản án: {DOTS}" in list(texts(bare["HCD-02"]))


def test_only_the_information_sheet_tells_of_the_sentence(full):
    hidden = ("Trộm cắp", "36 tháng", "12/2021", "TAND")

    assert [code for code, paper in full.items() if any(word in "\n".join(texts(paper)) for word in hidden)] == [
        "HCD-02"
    ]


def test_no_paper_names_another_unit(full, units):
    assert not [
        code
        for code, paper in full.items()
        for text in texts(paper)
        if units.krong_no.name in text or units.dak_sak.name in text
    ]


def test_who_presented_in_time_is_not_reported_absent(an):
    late = make_returnee(by=an, full_name="Lò Văn Trễ", presents_by=TODAY - timedelta(days=199))
    right = make_returnee(by=an, presents_by=TODAY - timedelta(days=190))
    gone = make_returnee(by=an, full_name="Lò Văn Vắng", presented=False, presents_by=TODAY - timedelta(days=1))
    waiting = make_returnee(by=an, full_name="Lò Văn Chờ", presented=False, presents_by=TODAY)

    reported = [drafts.applies("HCD-04", DossierRecords(person, TODAY)) for person in (late, right, gone, waiting)]
    assert reported == [True, False, True, False]


def test_the_minutes_of_a_handover_name_both_sides_and_what_lies_in_the_dossier(units, an, binh):
    person = make_returnee(by=binh, full_name="Phạm Văn Đến")
    make_accepted(transfer=make_transfer(returnee=person, to_unit=an.unit, by=binh), by=an)
    paper = drafted(person, an)["HCD-10"]

    assert paper.issuer == "Công an xã Krông Nô"
    assert "Đơn vị: Công an xã Nam Đà" in list(texts(paper))


def days_of_minutes(paper):
    """The day in the head and the one the text calls today, as numbers."""
    said = [text for text in texts(paper) if text.startswith("Hôm nay")]
    return [(numbers(paper.place_and_day), numbers(text)) for text in said]


def numbers(text):
    return [int(number) for number in re.findall(r"\d+", text)]


def test_minutes_bear_the_day_they_call_today_and_dots_where_nobody_knows_it(units, an, binh, giang):
    known, other = make_known(an, giang), make_returnee(by=binh, full_name="Phạm Văn Đến")
    make_accepted(transfer=make_transfer(returnee=other, to_unit=an.unit, by=binh), by=an)
    unknown = make_returnee(by=an, presented=False, file_number="HS-9", hamlet="")
    papers = [paper for person in (known, other, unknown) for paper in drafted(person, an).values()]
    told = [days for paper in papers for days in days_of_minutes(paper)]

    assert {paper.code for paper in papers if days_of_minutes(paper)} == {"HCD-05", "HCD-10"}
    assert all(head == said for head, said in told)
    assert [head for head, _said in told].count([]) >= 2


def test_the_whole_set_is_one_document_of_the_papers_that_apply(an, giang, anh):
    person = make_known(an, giang)
    person.taken_over_on = None
    records, names = DossierRecords(person, TODAY), FormNames.on_day(TODAY)
    papers = list(drafts.whole_dossier(records, names, an))

    assert [paper.code for paper in papers] == [f"HCD-{number:02d}" for number in (1, 2, 5, 6, 7, 8)]
    content = docx_form.write(papers)
    assert content == docx_form.write(papers)  # the same papers, the same bytes
    assert {paper.title.upper() for paper in papers} <= words_of(content)


def test_the_reply_leaves_the_finding_to_the_pen_until_somebody_answered(an):
    person = make_notice(by=an, full_name="Lý A Mua").returnee

    assert f"Kết quả xác minh: {DOTS}" in list(texts(drafted(person, an)["HCD-03"]))


def drawn(paper):
    return Document(BytesIO(docx_form.write([paper])))


def test_no_signature_stands_on_a_page_alone(full):
    for code, paper in full.items():
        *_before, last, blank, _foot = drawn(paper).element.body.inner_content_elements
        assert all("w:keepNext" in part.xml for part in (last, blank)), code


def test_room_for_the_pen_is_not_pulled_apart(bare):
    lines = [line for paper in bare.values() for line in drawn(paper).paragraphs if "……" in line.text]
    assert lines
    assert [line.text for line in lines if line.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY] == []


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("CÔNG AN XÃ NAM ĐÀ", "CÔNG AN XÃ NAM ĐÀ"),
        ("ỦY BAN NHÂN DÂN XÃ NAM ĐÀ", "ỦY BAN NHÂN DÂN\nXÃ NAM ĐÀ"),
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG"),
    ],
)
def test_a_long_body_has_its_place_on_the_next_line(name, lines):
    assert issuer_lines(name) == lines


def test_a_document_has_at_least_one_paper():
    with pytest.raises(ValueError, match="at least one"):
        docx_form.write([])


def test_what_is_hidden_on_a_page_is_hidden_in_every_place_of_a_paper(full):
    for paper in full.values():
        shown = "\n".join(texts(paper.mapped(lambda text: text.replace("Hà Văn Đủ", "[…]"))))
        assert "Hà Văn Đủ" not in shown
        assert "[…]" in shown


def test_a_job_is_held_also_since_nobody_knows_when_and_until_somebody_found_it_left(an):
    person = make_returnee(by=an)
    held, left = make_employer(by=an, name="Xưởng Một"), make_employer(by=an, name="Xưởng Hai")
    make_referral(returnee=person, by=an, employer=held, begin_unknown=True)
    days = dict.fromkeys(("referred_on", "accepted_on", "started_on"), TODAY - timedelta(days=30))
    job = make_referral(returnee=person, by=an, employer=left, **days)
    actions.employment.record_check(job_check=JobCheck(referral=job, day=7, on=TODAY, still_working=False), by=an)

    assert "Việc làm: Thợ mộc, Xưởng Một" in set(texts(drafted(person, an)["HCD-02"]))


def test_a_closed_file_ends_with_its_reason(an, anh):
    person = make_returnee(by=an)
    actions.returnee.close(returnee=person, reason="died", note="Bệnh", on=TODAY, by=anh)

    said = list(texts(drafted(person, an)["HCD-11"]))
    assert f"Kể từ ngày: {TODAY:%d/%m/%Y}" in said
    assert "Ghi chú: Bệnh" in said
