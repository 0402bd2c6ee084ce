"""Cases that pin the rules, each with the day the law gives: shown beside the words of the law, held by the tests."""

from dataclasses import dataclass, replace
from datetime import date

from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    ConvictionFacts,
    DoneHow,
    Fault,
    ObligationFacts,
    ObligationKind,
    ObligationState,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
)

ON = date(2026, 7, 1)  # the day every example is told on


@dataclass(frozen=True, slots=True)
class Example:
    """`told` is the case in a sentence; `due_on` the first day without a record, None where there is none to "
    "count."""

    place: str
    told: str
    facts: CaseFacts
    due_on: date | None


def _theft(act_on: date = date(2015, 1, 5)) -> OffenceFacts:
    return OffenceFacts(173, 1, None, Fault.DELIBERATE, OffenceClass.LESS_SERIOUS, act_on)


def _judgment(months: int, done_on: date) -> ConvictionFacts:
    """A theft of January 2015, served to the end, with nothing left to pay."""
    return ConvictionFacts(
        id="A",
        offences=(_theft(),),
        main_penalty=PenaltyFacts(PenaltyKind.PRISON, months),
        effective_on=date(2015, 6, 1),
        main_done_on=done_on,
        main_done_how=DoneHow.SERVED,
        additional=(),
        obligations=(),
    )


def _case(*convictions: ConvictionFacts, born_on: date = date(1990, 1, 1)) -> CaseFacts:
    return CaseFacts(1, born_on, convictions)


_PAID_LATE = ObligationFacts(ObligationKind.COMPENSATION, ObligationState.DONE, date(2023, 2, 1))
_CONTROL = AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, date(2024, 6, 1))
_ROBBERY = OffenceFacts(168, 1, None, Fault.DELIBERATE, OffenceClass.VERY_SERIOUS, date(2021, 6, 1))
_TREASON = OffenceFacts(109, 1, None, Fault.DELIBERATE, OffenceClass.EXTREMELY_SERIOUS, date(2015, 1, 5))
_TRAFFIC = OffenceFacts(260, 1, None, Fault.NEGLIGENT, OffenceClass.SERIOUS, date(2015, 1, 5))
_YOUNG = replace(_judgment(48, date(2024, 3, 1)), offences=(_ROBBERY,), effective_on=date(2021, 12, 1))
_AGAIN = replace(
    _judgment(18, date(2023, 10, 20)), id="B", offences=(_theft(date(2021, 12, 15)),), effective_on=date(2022, 4, 20)
)

EXAMPLES = (
    Example(
        "Điều 69",
        "Vô ý gây tai nạn giao thông, tội phạm nghiêm trọng (Điều 260)",
        _case(replace(_judgment(36, date(2020, 1, 1)), offences=(_TRAFFIC,))),
        None,
    ),
    Example(
        "Điều 70 khoản 2",
        "Tù 5 năm, chấp hành xong ngày 30/06/2021, không còn khoản phải nộp",
        _case(_judgment(60, date(2021, 6, 30))),
        date(2023, 7, 1),
    ),
    Example(
        "Điều 70 khoản 2",
        "Tù 5 năm 1 tháng, chấp hành xong ngày 30/06/2021",
        _case(_judgment(61, date(2021, 6, 30))),
        date(2024, 7, 1),
    ),
    Example(
        "Điều 70 khoản 2",
        "Tù 4 năm, chấp hành xong ngày 10/01/2020, bồi thường xong ngày 01/02/2023",
        _case(replace(_judgment(48, date(2020, 1, 10)), obligations=(_PAID_LATE,))),
        date(2023, 2, 1),
    ),
    Example(
        "Điều 70 khoản 2",
        "Tù 4 năm, chấp hành xong ngày 01/06/2020, quản chế đến hết ngày 01/06/2024",
        _case(replace(_judgment(48, date(2020, 6, 1)), additional=(_CONTROL,))),
        date(2024, 6, 2),
    ),
    Example(
        "Điều 71 khoản 2",
        "Tù 4 năm về tội của Chương XIII, chấp hành xong ngày 01/01/2022: ngày được nộp đơn",
        _case(replace(_judgment(48, date(2022, 1, 1)), offences=(_TREASON,))),
        date(2025, 1, 2),
    ),
    Example(
        "Điều 73",
        "Tù 7 năm, được giảm và chấp hành xong ngày 10/08/2019: tính theo mức án đã tuyên",
        _case(_judgment(84, date(2019, 8, 10))),
        date(2022, 8, 11),
    ),
    Example(
        "Điều 73",
        "Tù 3 năm, chấp hành xong ngày 01/01/2020; phạm tội mới ngày 15/12/2021, chấp hành xong án mới ngày "
        "20/10/2023: thời hạn cũ tính lại",
        _case(_judgment(36, date(2020, 1, 1)), _AGAIN),
        date(2025, 10, 21),
    ),
    Example(
        "Điều 107 khoản 1",
        "15 tuổi khi phạm tội cướp tài sản",
        _case(_YOUNG, born_on=date(2006, 1, 1)),
        None,
    ),
    Example(
        "Điều 107 khoản 2",
        "17 tuổi khi phạm tội cướp tài sản rất nghiêm trọng, tù 4 năm, chấp hành xong ngày 01/03/2024",
        _case(_YOUNG, born_on=date(2004, 1, 1)),
        date(2025, 3, 2),
    ),
)
