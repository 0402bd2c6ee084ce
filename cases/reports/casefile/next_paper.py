"""The one paper to see to next for a person, in words, from requests, loans, needs and the identity number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.law import paper_path
from cases.law.paper_path import Paper, PaperStage, PathFacts
from cases.models import Activity, Loan, Need, PaperworkRequest
from cases.reports.casefile.file_rows import FileRows

NAMES = {
    Paper.RESIDENCE: Activity.Detail.RESIDENCE.label,
    Paper.IDENTITY: Activity.Detail.IDENTITY.label,
    Paper.INSURANCE: Activity.Detail.INSURANCE.label,
    Paper.LOAN: _("Loan or bank account"),
}
STAGES = {
    None: _("not applied for yet"),
    PaperStage.NEEDED: _("application to be handed in"),
    PaperStage.SUBMITTED: _("waiting for the office"),
    PaperStage.ISSUED: _("to be handed to the person"),
    PaperStage.REFUSED: _("refused, to be applied for again"),
}
ASKED_BY: dict[str, Paper] = {  # an open need on a pathway asks for a paper
    Need.Pathway.PAPERS: Paper.IDENTITY,
    Need.Pathway.HEALTH: Paper.INSURANCE,
    Need.Pathway.INCOME: Paper.LOAN,
}


READ = ("papers", "loans", "needs")


@dataclass(frozen=True)
class PaperStep:
    """`request` is the row on its way that the step is about, or None where the paper was not asked for (again)."""

    paper: Paper
    name: str
    stage: str
    unlocks: list[str]
    request: PaperworkRequest | Loan | None

    @property
    def is_loan(self) -> bool:
        return self.paper is Paper.LOAN


def step(file: FileRows) -> PaperStep | None:
    """The next step of somebody's papers, or None where nothing is wanting; one query, where they are not read yet."""
    file.read(READ)
    rows = _latest(file.papers, file.loans)
    found = paper_path.next_paper(_facts(file, rows))
    if found is None:
        return None
    row = rows.get(found.paper)
    return PaperStep(
        paper=found.paper,
        name=str(NAMES[found.paper]),
        stage=str(STAGES[found.stage]),
        unlocks=[str(NAMES[paper]) for paper in found.unlocks],
        request=None if found.stage in (None, PaperStage.REFUSED) else row,
    )


def _latest(papers: Iterable[PaperworkRequest], loans: Iterable[Loan]) -> dict[Paper, PaperworkRequest | Loan]:
    """The last request of each paper on the path; both models put the last one first."""
    found: dict[Paper, PaperworkRequest | Loan] = {}
    for loan in loans:
        found.setdefault(Paper.LOAN, loan)
    for paper in papers:
        if paper.kind in (Paper.RESIDENCE, Paper.IDENTITY, Paper.INSURANCE):
            found.setdefault(Paper(paper.kind), paper)
    return found


def _facts(file: FileRows, rows: dict) -> PathFacts:
    needs = {need.pathway for need in file.needs if need.is_pending}
    return PathFacts(
        stages={paper: _stage(row) for paper, row in rows.items()},
        has_number=bool(file.returnee.identity_number) and Need.Pathway.PAPERS not in needs,
        wanted=frozenset(ASKED_BY[need] for need in needs if need in ASKED_BY),
    )


def _stage(row: PaperworkRequest | Loan) -> PaperStage:
    if isinstance(row, PaperworkRequest):
        return PaperStage(row.state)
    if row.refused_on:
        return PaperStage.REFUSED
    return PaperStage.HANDED_OVER if row.paid_out_on else PaperStage.SUBMITTED
