import pytest
from django.template.loader import render_to_string

from cases.templatetags.charts import ChartColumn, column_chart, scale_top


@pytest.mark.parametrize(("largest", "top"), [(0, 1), (1, 1), (3, 5), (5, 5), (11, 20), (104, 200), (5001, 10_000)])
def test_the_axis_ends_at_a_round_number(largest, top):
    assert scale_top(largest) == top


def drawn(*columns):
    return render_to_string("report/_columns.html", column_chart(columns, "c", "Lượt theo tháng", "1: 5"))


def test_a_column_stands_on_the_floor_and_is_as_high_as_its_value():
    bar = column_chart([ChartColumn("1", 5), ChartColumn("2", 10)], "c", "t", "d")["drawn"][0].bar

    assert (bar.y, bar.height) == ("117.0", "93.0")


def test_no_language_changes_the_point_of_a_coordinate():
    assert 'height="93.0"' in drawn(ChartColumn("1", 5), ChartColumn("2", 10))


def test_a_chart_is_named_and_described_for_who_does_not_see_it():
    page = drawn(ChartColumn("1", 5, ghost=3))

    assert '<title id="c-title">Lượt theo tháng</title>' in page
    assert '<desc id="c-desc">1: 5</desc>' in page
    assert page.count("chart-ghost") == 1


def test_nothing_is_drawn_of_nothing_but_zeros():
    assert 'class="chart-axis"' in drawn(ChartColumn("1", 0, ghost=1))
    assert drawn(ChartColumn("1", 0), ChartColumn("2", 0)).strip() == ""
