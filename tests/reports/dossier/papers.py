"""What the tests of the dossier share: somebody of whom all is known, and the texts of a paper and of its file."""

from datetime import timedelta
from io import BytesIO

from docx import Document

from cases import actions
from cases.models import Need
from cases.reports.dossier.form_paper import LabelledValues, PageBreak, PaperTable
from tests.makers import TODAY, make_activity, make_group, make_judgment, make_notice, make_referral, make_returnee

KNOWN = {
    "full_name": "Hà Văn Đủ",
    "aliases": "Tư",
    "born_on": "1985-03-02",
    "identity_number": "067085000123",
    "ethnicity": "Nùng",
    "address": "Số 5",
    "hamlet": "Bon Riêng",
    "phone": "0912345678",
    "household_contact": "Lò Thị Vợ",
    "household_relation": "vợ",
    "household_phone": "0987654321",
    "prison": "Trại giam Một",
    "certificate_number": "77/GCN",
    "presents_by": TODAY - timedelta(days=190),
}


def make_known(an, giang, **changes):
    """Somebody with everything the papers tell of."""
    person = make_returnee(by=an, **{**KNOWN, **changes})
    make_group(returnee=person, lead=an, members=[("women", giang), ("front", "Mai Văn Trận")])
    make_judgment(returnee=person, by=an, number="12/2021/HSST", court="TAND tỉnh Thử")
    make_notice(returnee=person, by=an)
    need = Need(returnee=person, pathway="work", text="Tìm việc thợ mộc", state_on=TODAY)
    actions.row.add(row=need, by=an)
    referral = make_referral(returnee=person, by=an)
    for state in ("accepted", "started"):
        actions.employment.report_outcome(referral=referral, state=state, on=referral.referred_on, by=an)
    make_activity(person, by=an, on=TODAY - timedelta(days=100))
    return person


def texts(paper):
    """Every text of a paper, as the page and the file both draw it."""
    yield from (paper.title.upper(), paper.form_mark, paper.issuer.upper(), paper.place_and_day)
    yield from filter(None, (paper.superior.upper(), paper.number, paper.subject))
    if paper.addressee:
        yield f"Kính gửi: {paper.addressee}"
    for block in paper.blocks:
        if isinstance(block, LabelledValues):
            yield from (f"{label}: {value}" for label, value in block.lines)
        elif isinstance(block, PaperTable):
            yield from (*block.titles, *(cell for row in block.rows for cell in row if cell))
        elif not isinstance(block, PageBreak):
            yield block.text
    for place in paper.signatures:
        yield from filter(None, (*place.capacity, place.how, place.name))
    yield from paper.recipients if len(paper.signatures) == 1 else ()


def words_of(content):
    """The paragraphs of a document, those in its tables too, each on one line."""
    document = Document(BytesIO(content))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    inside = [paragraph.text for cell in cells for paragraph in cell.paragraphs]
    return {text.replace("\n", " ") for text in (*(paragraph.text for paragraph in document.paragraphs), *inside)}
