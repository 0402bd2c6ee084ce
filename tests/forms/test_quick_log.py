from datetime import date, timedelta

import pytest

from cases.forms.duty import SnoozeForm
from cases.forms.quick_log import IN_SIGHT, QuickLogForm
from tests.makers import TODAY, make_activity, make_returnee


def form(user, **initial):
    return QuickLogForm(None, initial=initial, user=user, on=TODAY)


def test_people_stand_chosen_first_then_due_then_lately_seen_then_the_rest(an):
    names = ("Chọn", "Quá Hạn", "Mới Gặp", "Còn Lâu")
    chosen, overdue, recent, rest = (make_returnee(by=an, full_name=name) for name in names)
    make_activity(recent, by=an, on=TODAY - timedelta(days=3))
    make_activity(rest, by=an, on=TODAY - timedelta(days=16))
    make_activity(chosen, by=an, on=TODAY - timedelta(days=16))

    picks = form(an, people=[chosen.pk]).picks

    assert [pick.person for pick in picks] == [chosen, overdue, recent, rest]


@pytest.mark.parametrize(("chosen", "in_sight"), [(0, IN_SIGHT), (2, 2)])
def test_only_the_chosen_or_the_first_few_stand_open(chosen, in_sight, an):
    people = [make_returnee(by=an, full_name=f"Người {number}") for number in range(8)]

    shown = form(an, people=[person.pk for person in people[:chosen]])

    assert (len(shown.picks_in_sight), len(shown.picks_folded)) == (in_sight, 8 - in_sight)


def test_until_tet_is_not_offered_on_its_eve_nor_after_the_table_ends(an):
    for on, offered in ((date(2027, 2, 5), False), (date(2027, 2, 4), True), (date(2040, 1, 1), False)):
        assert ("tet" in SnoozeForm(None, user=an, on=on).days) is offered
