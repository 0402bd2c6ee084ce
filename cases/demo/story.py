"""The story of Krông Nô and its province from 2018 until today: planned whole, then played in the order of days."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from cases import actions
from cases.demo import arrivals, collection, letters, pending, people, pilot, since, today
from cases.demo.accounts import REFORM
from cases.demo.clock import story_time
from cases.demo.stage import Stage
from cases.demo.work import WorkPlanner
from cases.models import Returnee, Verdict

SEED = 20190101
EARLIEST = date(2026, 1, 1)  # by then the reform of July 2025 has settled
OPENING = date(2015, 1, 2)


def has_people() -> bool:
    """Whether the database has people already; the story starts in an empty one only."""
    return Returnee.objects.exists()


@transaction.atomic
def tell(*, on: date, open_units: Callable[[], None], succeed_units: Callable[[], None], seed: int = SEED) -> Stage:
    """Tell the story with `on` as today; raises ValueError for a day before 2026.

    `open_units` puts the official units of both times in place, `succeed_units` lets the new ones take over.
    """
    if on < EARLIEST:
        raise ValueError(f"The story is told from {EARLIEST:%Y-%m-%d} on, not as of {on:%Y-%m-%d}.")
    stage = Stage(on, seed)
    with story_time() as clock:
        clock.move(OPENING)
        open_units()
        stage.open()
        plan(stage)
        stage.play(clock, REFORM - timedelta(days=1))
        clock.move(REFORM)
        succeed_units()
        stage.refresh()
        stage.play(clock, on)
        actions.verdict.recompute_all(on=on, cause=Verdict.Cause.REVIEW, by=None)
    return stage


def plan(stage: Stage) -> None:
    """Note everything that happens; nothing is written yet but the accounts."""
    work = WorkPlanner(stage)
    people.plan(stage)
    pilot.plan(stage, work)
    since.plan(stage)
    pending.plan(stage, work, today.plan(stage, work))
    arrivals.plan(stage)
    letters.plan(stage)
    collection.plan(stage)
