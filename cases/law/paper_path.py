"""The path of papers, each opening the way to the next: residence → identity card → health insurance, and → loan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Paper(StrEnum):
    """In the order in which they are got."""

    RESIDENCE = "residence"  # đăng ký thường trú, tạm trú (Luật Cư trú 68/2020/QH14)
    IDENTITY = "identity"  # căn cước (Luật Căn cước 26/2023/QH15)
    INSURANCE = "insurance"  # bảo hiểm y tế
    LOAN = "loan"  # vay vốn, mở tài khoản ngân hàng


class PaperStage(StrEnum):
    NEEDED = "needed"
    SUBMITTED = "submitted"
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"


# What must be there before an office accepts the application
NEEDS_FIRST: Mapping[Paper, Collection[Paper]] = {
    Paper.RESIDENCE: (),
    Paper.IDENTITY: (Paper.RESIDENCE,),
    Paper.INSURANCE: (Paper.IDENTITY,),
    Paper.LOAN: (Paper.IDENTITY,),
}


@dataclass(frozen=True, slots=True)
class PathFacts:
    """`stages`: the last stage of each paper asked for; `has_number`: an identity number is on file; `wanted`: papers
    that a need of the person asks for, whether or not they were applied for."""

    stages: Mapping[Paper, PaperStage]
    has_number: bool
    wanted: frozenset[Paper] = frozenset()


@dataclass(frozen=True, slots=True)
class NextPaper:
    """The one paper to see to now, the stage it stands at (None: not asked for yet), and what it opens the way to."""

    paper: Paper
    stage: PaperStage | None
    unlocks: tuple[Paper, ...]


def next_paper(facts: PathFacts) -> NextPaper | None:
    """Return the first paper of the path that is wanted and not there yet; None where nothing is wanting."""
    wanted = _wanted(facts)
    for paper in Paper:
        if paper in wanted and not _is_there(paper, facts):
            unlocks = tuple(later for later in Paper if paper in _before(later) and not _is_there(later, facts))
            return NextPaper(paper, facts.stages.get(paper), unlocks)
    return None


def _wanted(facts: PathFacts) -> set[Paper]:
    """Return what is asked for, with all that must come before; nobody goes without an identity card."""
    asked = {*facts.stages, *facts.wanted}
    if not facts.has_number:
        asked.add(Paper.IDENTITY)
    return asked.union(*(_before(paper) for paper in asked))


def _is_there(paper: Paper, facts: PathFacts) -> bool:
    """Return whether the person holds the paper: handed over, or proved by the number or by a paper applied for that
    no office takes without it."""
    stage = facts.stages.get(paper)
    if stage is not None:
        return stage is PaperStage.HANDED_OVER
    if facts.has_number and paper in (Paper.RESIDENCE, Paper.IDENTITY):
        return True
    return any(_was_accepted(later, facts) for later in Paper if paper in _before(later))


def _was_accepted(paper: Paper, facts: PathFacts) -> bool:
    return facts.stages.get(paper) in (PaperStage.SUBMITTED, PaperStage.ISSUED, PaperStage.HANDED_OVER)


def _before(paper: Paper) -> set[Paper]:
    first = set(NEEDS_FIRST[paper])
    return first.union(*(_before(each) for each in first))
