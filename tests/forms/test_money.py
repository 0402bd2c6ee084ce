"""Sums of money as people type them: grouped or not; what could be read in two ways is refused."""

import pytest
from django.core.exceptions import ValidationError

from cases.forms.base import MoneyField


@pytest.mark.parametrize(
    "typed", ["1.200.000", "1200000", "1 200 000", "1,200,000", " 1.200.000 đồng", "1.200.000đ", "1.200.000 Đồng"]
)
def test_a_grouped_sum_is_read(typed):
    assert MoneyField().clean(typed) == 1_200_000


@pytest.mark.parametrize("typed", ["1.5", "12,5", "1.2 triệu", "1.200.00", "1.200.000,50", "-5", "1,200", "1e6", "١٢"])
def test_what_reads_in_two_ways_or_in_none_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_a_refused_sum_is_named_as_it_was_typed():
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean("1.2 triệu")

    assert "“1.2 triệu”" in refused.value.messages[0]
