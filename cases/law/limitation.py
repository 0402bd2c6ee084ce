"""The limitation of execution (thời hiệu thi hành bản án, Điều 60, 61 BLHS): for which offences there is none."""

from cases.law.chapters import COURT_CHAPTERS, chapter_of, number_of
from cases.law.facts import OffenceFacts
from cases.law.record import chapter_stated

CLAUSES_WITHOUT = {353: (3, 4), 354: (3, 4)}  # tham ô tài sản, nhận hối lộ
CHAPTER_WITHOUT = chapter_of(353)
CLAUSES_WITH = (1, 2)  # of every article of that chapter


def has_limitation(offence: OffenceFacts) -> bool | None:
    """Say whether the execution of a judgment for an offence lapses at all; None where article or clause must tell."""
    if chapter_stated(offence) in COURT_CHAPTERS:
        return False
    if offence.article is None and chapter_stated(offence) == CHAPTER_WITHOUT:
        return True if offence.clause in CLAUSES_WITH else None
    clauses = CLAUSES_WITHOUT.get(number_of(offence.article or 0))
    if clauses is None:
        return True
    return None if offence.clause is None else offence.clause not in clauses
