"""A checked list of notices into pending arrivals, spread over the officers of each commune."""

from datetime import date

from cases import actions
from cases.importing import check_notices
from cases.importing.check_notices import notice_of
from cases.importing.columns import NOTICES
from cases.importing.loader import Loader
from cases.importing.register import Register
from cases.importing.rows import CHANGE, CREATE, RegisterRow
from cases.models import Notice, Returnee


def load_notices(loader: Loader, on: date) -> None:
    """Record each good notice, and open a file for whoever has none."""
    loader.spread = spread = actions.arrival.Spread(on)
    for row in loader.register.good(NOTICES):
        if row.state == CHANGE:
            notice = correct(loader, row)
        else:
            notice = actions.arrival.announce(
                returnee=row.about.person or register_person(loader, row),
                notice=notice_of(row),
                by=loader.by,
                assign=True,
                spread=spread,
                vouched=True,
            )
        loader.remember(row, notice, row.content_key)
        loader.step()


def correct(loader: Loader, row: RegisterRow) -> Notice:
    """Write what the check found to differ, of the notice and of the person."""
    for target, sets in check_notices.differences(row):
        for name, value in sets.items():
            setattr(target, name, value)
        if sets and isinstance(target, Notice):
            actions.row.correct(row=target, by=loader.by, vouched=True)
        elif sets and isinstance(target, Returnee):
            actions.returnee.correct(returnee=target, by=loader.by, vouched=True)
    return row.target


def shares(register: Register, on: date) -> list[list]:
    """How the people of a checked list would be given out, officer by officer; nothing is written."""
    spread = actions.arrival.Spread(on)
    for row in register.good(NOTICES):
        if row.state == CREATE:
            spread.take(row.about.person.unit if row.about.person else row.about.heir)
    return spread.as_rows()


def register_person(loader: Loader, row: RegisterRow) -> Returnee:
    """Somebody new; where the commune of the release day stands no more, held by the one that stands in its place."""
    facts = {name: row[name] for name in NOTICES.facts if row[name] is not None}
    person = Returnee(unit=row.about.unit, **facts)
    if way := loader.register.known.places.way(row.about.unit, row.about.heir):
        actions.returnee.register(returnee=person, by=loader.by, vouched=True)
        actions.returnee.follow(returnee=person, way=way, by=loader.by)
    return person
