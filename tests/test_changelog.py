"""Whoever upgrades reads what a release brings, its migrations among it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RELEASED = [line.split()[1][:4] for line in (ROOT / "cases/migrations/released.txt").read_text().splitlines()]


@pytest.mark.parametrize("number", RELEASED)
def test_every_released_migration_is_told_to_whoever_upgrades(number):
    assert f"`{number}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
