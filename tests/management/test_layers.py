"""The picture of the layers is drawn from the sources and shows them as they are."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from cases.management import layer_picture, layers

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "layers.svg"


def draw():
    return layer_picture.draw(layers.read_layers(), layers.uses_of_rows())


@pytest.fixture
def application(tmp_path, monkeypatch):
    """Two layers with something in them, the upper one with a room."""
    others = {f"{name}.py": "" for name in layers.RANK if name not in ("law", "views")}
    for name, text in {
        **others,
        "law/__init__.py": '"""The law & its dates."""',
        "law/clock.py": "",
        "views/__init__.py": '"""Pages."""',
        "views/home.py": "from cases.law import clock\nfrom cases.views import home",
        "views/people/__init__.py": '"""People."""',
        "views/people/lists.py": "import cases.law.clock",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(layers, "CASES", tmp_path)
    return layers.read_layers()


def test_the_committed_picture_is_the_one_of_the_sources():
    call_command("layers", PICTURE, check=True)


def test_an_old_picture_is_noticed_and_drawn_anew(tmp_path):
    picture = tmp_path / "layers.svg"
    picture.write_text("<svg/>")

    with pytest.raises(CommandError, match="out of date"):
        call_command("layers", picture, check=True)
    call_command("layers", picture, verbosity=0)
    call_command("layers", picture, check=True)


def test_a_layer_knows_its_rooms_and_what_it_imports(application):
    assert application["views"].rooms == {"": ["home"], "people": ["lists"]}
    assert application["views"].uses == {"law": 2}
    assert application["law"].says == "The law & its dates"
    assert layers.uses_of_rows() == {(layers.RANK["views"], layers.RANK["law"]): 2}


def test_the_picture_is_small_and_names_every_layer_and_room():
    svg = draw()
    words = [element.text for element in ElementTree.fromstring(svg).iter() if element.text]
    rooms = {room for layer in layers.read_layers().values() for room in layer.rooms if room}

    assert len(svg.encode()) < 60_000
    assert {*layers.RANK, *rooms} <= set(words)
    assert draw() == svg


def test_a_room_and_a_sign_of_markup_are_drawn(application):
    svg = layer_picture.draw(application, layers.uses_of_rows())

    assert "The law &amp; its dates" in svg
    assert ">people</text>" in svg
    assert svg.count('class="arrow"') == 1


def test_what_is_drawn_stays_on_the_paper():
    _, _, width, height = map(int, re.search(r'viewBox="([^"]+)"', draw())[1].split())
    for box in ElementTree.fromstring(draw()).iter("{http://www.w3.org/2000/svg}rect"):
        x, y, wide, high = (int(box.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height
