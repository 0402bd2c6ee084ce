"""The facts a kept verdict was built on, in the law's own words: as they stood that day, whatever changed since."""

from datetime import date

from cases.law.facts import AdditionalKind, ObligationKind, PenaltyKind
from cases.law.words import ADDITIONAL, FIELDS, OBLIGATIONS, PENALTIES
from cases.lib.text import UNKNOWN
from cases.models import Obligation, Verdict


def facts_in_words(verdict: Verdict) -> list[str]:
    """One line for the birthday, one for each judgment, one for each act under investigation."""
    facts = verdict.facts
    lines = [f"{FIELDS['born_on']}: {_day(facts.get('born_on'))}"]
    lines += [_conviction(each) for each in facts.get("convictions") or ()]
    acts = facts.get("investigated_on") or ()
    lines += [f"{FIELDS['open_investigation_act_on']}: {_day(each)}" for each in acts]
    return [line[0].upper() + line[1:] for line in lines]


def _conviction(facts: dict) -> str:
    parts = [
        *(_offence(each) for each in facts["offences"] or ()),
        _penalty(facts["main_penalty"] or {}),
        *(f"{FIELDS[name]} {_day(facts[name])}" for name in ("effective_on", "main_done_on")),
        *(
            f"{ADDITIONAL[AdditionalKind(each['kind'])]} đến {_day(each['done_on'])}"
            for each in facts["additional"] or ()
        ),
        *(_obligation(each) for each in facts["obligations"] or ()),
        *(f"{FIELDS['court_rejected_on']} {_day(each)}" for each in facts.get("court_rejected_on") or ()),
    ]
    if facts["court_decision_on"]:
        parts.append(f"{FIELDS['court_decision_on']} {_day(facts['court_decision_on'])}")
    return f"bản án {facts['id']}: " + "; ".join(parts)


def _offence(facts: dict) -> str:
    clause = f"khoản {facts['clause']} " if facts["clause"] else ""
    return f"{clause}Điều {facts['article'] or UNKNOWN}, {FIELDS['act_on']} {_day(facts['act_on'])}"


def _penalty(facts: dict) -> str:
    words = PENALTIES[PenaltyKind(facts["kind"])] if facts.get("kind") else UNKNOWN
    return f"{words} {facts['months']} tháng" if facts.get("months") else words


def _obligation(facts: dict) -> str:
    what = OBLIGATIONS[ObligationKind(facts["kind"]) if facts["kind"] else None]
    state = Obligation.State(facts["state"]).label.lower() if facts["state"] else UNKNOWN
    return f"{what}: {state}" + (f" {_day(facts['done_on'])}" if facts["done_on"] else "")


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else UNKNOWN
