"""All indicators of the periodic report in the order they are printed; pages, command and tests read this."""

from cases.reports.periodic import contacts, flow, outcomes, work
from cases.reports.periodic.indicators import Indicator

INDICATORS: tuple[Indicator, ...] = (
    *flow.INDICATORS,
    *contacts.INDICATORS,
    *work.INDICATORS,
    *outcomes.RECORD,
    *outcomes.GROUPS,
)
# Figures with a list behind them that stand beside the report, not in it
BESIDE: tuple[Indicator, ...] = (contacts.ALL_CONTACTS,)
BY_KEY: dict[str, Indicator] = {indicator.key: indicator for indicator in (*INDICATORS, *BESIDE)}
