"""The limitation of execution (thời hiệu thi hành bản án, Điều 60, 61 BLHS): for which offences there is none."""

from cases.law.chapters import COURT_CHAPTERS, number_of
from cases.law.facts import OffenceFacts
from cases.law.record import chapter_stated

CLAUSES_WITHOUT = {353: (3, 4), 354: (3, 4)}  # tham ô tài sản, nhận hối lộ


def has_limitation(offence: OffenceFacts) -> bool | None:
    """Say whether the execution of a judgment for an offence lapses at all; None where its clause is needed to tell."""
    if chapter_stated(offence) in COURT_CHAPTERS:
        return False
    clauses = CLAUSES_WITHOUT.get(number_of(offence.article or 0))
    if clauses is None:
        return True
    return None if offence.clause is None else offence.clause not in clauses
