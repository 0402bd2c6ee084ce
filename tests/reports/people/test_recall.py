"""Who is looked for with a slip in the name is among the first five; docs/benchmarks.md says it of 5,000 people."""

import pytest

from cases.lib import names
from cases.models import NameKey, Returnee
from cases.reports.people import search
from tests.lib import slips
from tests.makers import TODAY, make_returnee

PEOPLE, EVERY = 200, 13  # people of the register, and which of the 400 ways are tried
ENOUGH = 0.95


def store(known, by):
    """The register in the tables, in the order it has."""
    rows = []
    for number, (name, born, hamlet) in enumerate(known):
        facts = {"full_name": name, "born_on": born, "hamlet": hamlet, "file_number": f"S-{number}", "sex": "male"}
        one = Returnee(unit=by.unit, completed_on=TODAY, sort_key=f"{number:06d}", **facts)
        one.search_text = one.text_to_search()
        rows.append(one.stamp(by))
    made = Returnee.objects.bulk_create(rows)
    NameKey.objects.bulk_create(NameKey(returnee=one, key=key) for one in made for key in names.keys(one.full_name))
    return made


def missed(asked, made, find):
    return [query for query in asked if made[query.person].pk not in [one.pk for one in find(query.words)[:5]]]


@pytest.mark.parametrize("find", [search.best_matches, search.find_people])
def test_a_person_asked_for_with_a_slip_is_among_the_first_five(an, find):
    known = slips.register(PEOPLE)
    made = store(known, an)
    asked = slips.queries(known)[::EVERY]

    lost = missed(asked, made, lambda words: list(find(words, Returnee.objects.all())[:5]))

    assert {query.slip for query in asked} == set(slips.SLIPS)
    assert len(lost) <= (1 - ENOUGH) * len(asked), lost


DUNG = [
    ("Nguyễn Văn Dũng", "1996-05-12", "Thôn 3", "067096000123"),
    ("Trần Dũng", "1990", "Thôn Nam Tân", "067090000456"),
    ("Lê Thị Dung", "1996-07-01", "Thôn 3", None),
    ("Văn Thị Nam", "1985", "Buôn 9", "067185007123"),
]
ASKED = [
    ("dũng thôn 3", ["Nguyễn Văn Dũng", "Lê Thị Dung"]),
    ("thôn 3 dũng", ["Nguyễn Văn Dũng", "Lê Thị Dung"]),
    ("dũng t3", ["Nguyễn Văn Dũng", "Lê Thị Dung"]),
    ("dung nam tan", ["Trần Dũng"]),
    ("dũng sn 1996", ["Nguyễn Văn Dũng", "Lê Thị Dung"]),
    ("dũng sinh năm 96", ["Nguyễn Văn Dũng", "Lê Thị Dung"]),
    ("ông Dũng", ["Trần Dũng", "Nguyễn Văn Dũng", "Lê Thị Dung"]),
    ("ông Dũng thôn Nam Tân", ["Trần Dũng"]),
    ('"văn dũng"', ["Nguyễn Văn Dũng"]),
    ('"dũng văn"', []),
    ("12/05/1996", ["Nguyễn Văn Dũng"]),
    ("dũng 12/5/1996", ["Nguyễn Văn Dũng"]),
    ("067***123", ["Nguyễn Văn Dũng", "Văn Thị Nam"]),
    ("067096xxxxxx", ["Nguyễn Văn Dũng"]),
    ("…0456", ["Trần Dũng"]),
    ("Tuấn 067***999", []),
]


@pytest.mark.parametrize(("words", "found"), ASKED, ids=[words for words, _found in ASKED])
@pytest.mark.parametrize("find", [search.best_matches, search.find_people])
def test_a_search_is_understood_as_people_ask(an, find, words, found):
    for name, born, hamlet, number in DUNG:
        make_returnee(by=an, full_name=name, born_on=born, hamlet=hamlet, identity_number=number)

    hits = [one.full_name for one in find(words, Returnee.objects.all())]

    assert sorted(hits) == sorted(found)
    assert hits[-1:] == found[-1:]  # without the tone that was typed
