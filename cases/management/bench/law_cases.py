"""Ten thousand cases for the clean-record command, the same ones for the same dice."""

from datetime import date, timedelta
from random import Random

CASES = 10_000
ARTICLES = (134, 168, 173, 174, 249, 250, 318, 321, 110, 260)
OF_A_JUDGMENT = ("main_penalty", "main_done_on", "effective_on", "additional", "obligations")
OF_AN_OFFENCE = ("fault", "severity", "act_on", "article")


def conviction(number: int, act_on: date, chance: Random) -> dict:
    """One judgment three months to two years after the act, its penalty done after the months it says."""
    effective_on = act_on + timedelta(days=chance.randint(90, 720))
    months = chance.randint(6, 120)
    done_on = effective_on + timedelta(days=months * 30)
    article = chance.choice(ARTICLES)
    offence = {"article": article, "clause": 1, "fault": "deliberate", "severity": 2, "act_on": str(act_on)}
    return {
        "id": f"A{number}",
        "offences": [offence],
        "main_penalty": {"kind": "prison", "months": months},
        "effective_on": str(effective_on),
        "main_done_on": str(done_on),
        "main_done_how": chance.choice(("served", "served", "amnesty", "conditional_release")),
        "additional": [{"kind": "residence_control", "done_on": str(done_on + timedelta(days=400))}],
        "obligations": [
            {"kind": "court_fee", "state": "done", "done_on": str(effective_on + timedelta(days=60))},
            {"kind": "compensation", "state": chance.choice(("done", "done", "open")), "done_on": None},
        ],
    }


def case(number: int, convictions: int, chance: Random) -> dict:
    """A person with so many judgments; one in ten lacks a day, as records do."""
    first = date(2003, 1, 1) + timedelta(days=chance.randint(0, 4000))
    rows = [conviction(each, first + timedelta(days=each * 1500), chance) for each in range(convictions)]
    for row in rows:
        paid = row["obligations"][1]
        paid["done_on"] = row["main_done_on"] if paid["state"] == "done" else None
    if chance.random() < 0.1:
        rows[0]["main_done_on"] = None
    return {"id": number, "born_on": "1975-03-05", "convictions": rows, "open_investigation_act_on": None}


def mix(chance: Random) -> list[dict]:
    """Seven in ten people have one judgment, two in ten two, one in ten three."""
    return [case(number, chance.choices((1, 2, 3), (7, 2, 1))[0], chance) for number in range(CASES)]


def mix_with_gaps(chance: Random) -> list[dict]:
    """The same people, of every fourth one to three facts nobody knows."""
    cases = mix(chance)
    for each in cases[::4]:
        for _ in range(chance.randint(1, 3)):
            hide(each, chance)
    return cases


def hide(case: dict, chance: Random) -> None:
    """Make one fact of a case unknown: of the person, of a judgment, of its offence or of what it orders to be paid."""
    row = chance.choice(case["convictions"])
    places = [(case, "born_on"), *((row, name) for name in OF_A_JUDGMENT)]
    places += [(row["offences"][0], name) for name in OF_AN_OFFENCE]
    places += [(each, "state") for each in row["obligations"] or ()]
    place, name = chance.choice(places)
    place[name] = None
