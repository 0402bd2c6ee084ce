"""Each account of the demo, signed in: every link, file and form; no record of somebody whom it may not see.

No part of the suite, which walks a small world (tests/test_crawl.py). With `--whole` every link is taken, else one of
each kind: `python3 run.py test --postgres -n0 tests/demo/walk.py -k an --whole` says how many there were.
"""

import pytest

from cases.models import User
from tests.crawl import Crawl, mark_everything


@pytest.fixture(scope="module")
def marked(told, django_db_blocker):
    with django_db_blocker.unblock():
        return mark_everything()


@pytest.mark.parametrize("username", ["an", "anh", "binh", "chi", "dung", "em", "giang", "hoa"])
def test_no_page_file_or_form_tells_of_whom_its_user_may_not_see(username, marked, signed_in, request, capsys):
    user = User.objects.get(username=username)
    crawl = Crawl(user, signed_in(user), request.config.getoption("whole"))

    leaks = crawl.run()

    with capsys.disabled():
        print(f"\n{username}: {dict(sorted(crawl.counted.items()))}")
    assert leaks == {}
    assert {"Returnee.full_name", "Returnee.phone", "Need.text"} <= marked
