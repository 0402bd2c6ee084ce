import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from cases.templatetags import icons
from tests.test_access import CASES_ROUTES, world
from tests.world import arguments

__all__ = ["world"]

SHEET = "bootstrap-icons"  # all drawings in one file, no icon itself


def address(route, world):
    return reverse(route, kwargs=arguments(route, CASES_ROUTES[route], world))


def page(tag):
    return Template("{% load icons %}" + tag)


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers():
    drawn = page('{% icon "house" %}').render(Context())

    assert drawn.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in drawn
    assert f'<use href="/static/{icons.SHEET}#house"/>' in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 1


def test_a_rare_icon_is_drawn_in_the_page_itself():
    assert "<path d=" in page('{% icon "upc-scan" %}').render(Context())


def test_every_drawing_of_every_day_is_found_in_the_file_that_a_browser_keeps():
    sheet = Path(finders.find(icons.SHEET)).read_text(encoding="utf-8")

    assert re.findall(r'<symbol id="([^"]+)"', sheet) == list(icons.DAILY)
    assert sorted(set(icons.DAILY)) == list(icons.DAILY)


@pytest.mark.parametrize("route", ["home", "returnee-list", "activity-add", "returnee-detail", "trip-show"])
def test_the_pages_of_every_day_send_no_drawing_over_a_slow_line(route, world, an, signed_in):
    drawn = signed_in(an).get(address(route, world)).content.decode()

    assert drawn.count("<use ") > 20
    assert re.findall(r'<svg class="icon"[^>]*>(?!<use|<title>[^<]*</title><use)[^>]*>', drawn) == []


def test_an_icon_with_a_label_is_an_image_with_a_name():
    drawn = page('{% icon "telephone" label=name %}').render(Context({"name": "Gọi <An>"}))

    assert 'role="img"><title>Gọi &lt;An&gt;</title>' in drawn
    assert "aria-hidden" not in drawn


def test_an_icon_may_be_named_by_the_context():
    assert page("{% icon name %}").render(Context({"name": "house"})) == icons.svg("house")


@pytest.mark.parametrize(
    "tag", ['{% icon "no-such-icon" %}', '{% icon "../house" %}', '{% icon "house" 16 %}', "{% icon %}"]
)
def test_a_wrong_icon_fails_when_the_template_loads(tag):
    with pytest.raises(TemplateSyntaxError):
        page(tag)


def test_an_unknown_option_is_refused():
    with pytest.raises(TemplateSyntaxError, match="nothing else"):
        page('{% icon "house" size="16" %}')


def test_a_wrong_name_from_the_context_fails_when_the_page_is_drawn():
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        page("{% icon name %}").render(Context({"name": SHEET}))


def test_every_icon_is_sixteen_wide_and_free_of_style_and_script():
    names = [path.name.removesuffix(".svg") for path in icons.FOLDER.iterdir() if path.name.endswith(".svg")]
    names.remove(SHEET)
    tags = {tag for name in names for tag in re.findall(r"<(\w+)", icons.drawing(name))}

    assert len(names) > 1000
    assert tags <= {"path", "circle", "rect", "g", "ellipse", "polygon"}
    assert not [name for name in names if re.search(r"style=|\son\w+=|\sid=|href", icons.drawing(name))]
