"""An officer and a reviewer at work while the standby lags, stops, and the primary is lost: run.py test --cluster."""

import re
import time
from pathlib import Path

import pytest

from cases.nation.accounts import PASSWORD
from tests import postgres
from tests.cluster.servers import Pool, Server, Visitor, Web, folders

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
AS_OF = "Số liệu tính đến"
ALONE = "Máy chủ chính không trả lời"
SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = '{}'"
STREAMS = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
VISITS = "SELECT count(*) FROM cases_activity"
LINES = "SELECT count(*) FROM cases_activity_{0} a JOIN cases_activityentry_{0} e ON e.activity_id = a.id"
OFFICER = """
    SELECT user_name.username FROM cases_user user_name JOIN cases_helpergroup held ON held.lead_id = user_name.id
    WHERE user_name.username LIKE 'officer.%' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1
"""
REVIEWER = (
    "SELECT username FROM cases_user WHERE username LIKE 'reviewer.%' ORDER BY length(username), username LIMIT 1"
)
SIGN_IN = "/sign-in/"
VISIT = {"kind": "encouragement", "when": "today", "outcome": "met", "place": "home", "next_time": "none"}
RECORDED = "Đã ghi"
QUICK_LOG, REPORT, OVERVIEW = "/log/", "/report/", "/overview/"


class Cluster:
    def __init__(self, primary, standby, pool, web):
        self.primary, self.standby, self.pool, self.web = primary, standby, pool, web
        self.visits, self.people = 0, []

    def wait_for_stream(self):
        self.wait(lambda: self.primary.ask(STREAMS) == "1")
        self.primary.ask(SYNCHRONOUS.format("*"))
        self.primary.ask("SELECT pg_reload_conf()")

    def go_on_alone(self):
        """What Patroni does when the standby is gone: the primary waits for nobody."""
        self.primary.ask(SYNCHRONOUS.format(""))
        self.primary.ask("SELECT pg_reload_conf()")

    def wait(self, is_so):
        for _try in range(300):
            if is_so():
                return
            time.sleep(0.1)
        raise RuntimeError("The servers did not get there in thirty seconds.")

    def log_visit(self, officer):
        """A visit by the quick log; counted where the page says that it is recorded."""
        _status, page = officer.get(QUICK_LOG)
        self.people = self.people or re.findall(r'name="people" value="(\d+)"', page)
        status, page = officer.post(QUICK_LOG, people=self.people.pop(), **VISIT)
        self.visits += RECORDED in page
        return status, page

    def read_by_standby(self, visitor, path):
        """Whether a page is read from the standby: its log holds every statement."""
        log = self.standby.folder / "log"
        before = log.stat().st_size
        status, page = visitor.get(path)
        assert status == 200, page[:2000]
        with log.open("rb") as kept:
            kept.seek(before)
            return b"cases_placement" in kept.read()


@pytest.fixture(scope="module")
def cluster():
    binaries = postgres.find_binaries()
    with folders(3) as (made, owner):
        primary, standby = (Server(binaries, folder, owner) for folder in made[:2])
        pool = Pool(made[2], owner)
        web = Web(pool, standby)
        found = Cluster(primary, standby, pool, web)
        try:
            primary.make()
            primary.start()
            primary.call("createdb", "-h", primary.folder, "-U", "postgres", "reintegration")
            pool.start(primary)
            web.manage("prepare")
            web.manage("make_nation", "--people", "2000", "--activities", "9000")
            standby.follow(primary)
            standby.start("log_statement=all")
            found.wait_for_stream()
            found.visits = int(primary.ask(VISITS))
            web.start()
            Visitor(web).wait()
            yield found
        finally:
            web.stop()
            pool.stop()
            standby.kill()
            primary.kill()


@pytest.fixture(scope="module")
def sign_in(cluster):
    def signed_in(name):
        visitor = Visitor(cluster.web)
        _status, page = visitor.post(SIGN_IN, login=name, password=PASSWORD)
        assert "<nav" in page, page[:3000]
        return visitor

    return signed_in


@pytest.fixture(scope="module")
def an(sign_in, cluster):
    return sign_in(cluster.primary.ask(OFFICER))


@pytest.fixture(scope="module")
def chi(sign_in, cluster):
    return sign_in(cluster.primary.ask(REVIEWER))


def test_figures_are_read_from_the_standby_and_entries_from_the_primary(cluster, an, chi):
    cluster.log_visit(an)

    assert cluster.primary.ask(VISITS) == str(cluster.visits)
    assert all(cluster.read_by_standby(chi, page) for page in (REPORT, OVERVIEW))
    assert not any(cluster.read_by_standby(an, page) for page in ("/", "/people/", QUICK_LOG))


def test_the_work_goes_on_where_years_have_partitions_of_their_own(cluster, an):
    """What follows runs on them too."""
    cluster.primary.run(DEPLOY / "partitions.sql", year=2027)
    assert cluster.log_visit(an)[0] == 200
    cluster.primary.run(DEPLOY / "partitions-year.sql", year=2028)
    assert cluster.log_visit(an)[0] == 200

    assert cluster.primary.ask(VISITS) == str(cluster.visits)
    assert [cluster.primary.ask(LINES.format(year)) for year in (2027, 2028)] == ["1", "1"]


def test_who_wrote_reads_it_and_who_did_not_is_told_of_when_the_figures_are(cluster, an, chi):
    cluster.go_on_alone()
    cluster.standby.ask("SELECT pg_wal_replay_pause()")
    cluster.log_visit(an)

    assert not cluster.read_by_standby(an, REPORT)
    assert cluster.read_by_standby(chi, REPORT)
    cluster.wait(lambda: AS_OF in chi.get(REPORT)[1])  # ten seconds are as good as now

    cluster.standby.ask("SELECT pg_wal_replay_resume()")
    cluster.wait(lambda: cluster.standby.ask(VISITS) == str(cluster.visits))
    assert cluster.read_by_standby(an, REPORT)
    assert AS_OF not in an.get(REPORT)[1]


def test_without_the_standby_figures_come_from_the_primary(cluster, an, chi):
    cluster.standby.kill()

    assert [chi.get(page)[0] for page in (REPORT, OVERVIEW)] == [200, 200]
    assert cluster.log_visit(an)[0] == 200

    cluster.standby.start("log_statement=all")
    cluster.wait_for_stream()


def test_what_was_acknowledged_outlives_the_primary(cluster, an, chi):
    for _visit in range(5):
        assert cluster.log_visit(an)[0] == 200
    cluster.primary.kill()

    cluster.wait(lambda: ALONE in chi.get(REPORT)[1])  # the standby rests for a while after it was gone
    status, page = cluster.log_visit(an)
    assert status == 503

    cluster.standby.promote()
    cluster.pool.start(cluster.standby)
    cluster.wait(lambda: chi.get(REPORT)[0] == 200 and ALONE not in chi.get(REPORT)[1])
    assert cluster.standby.ask(VISITS) == str(cluster.visits)
    assert cluster.log_visit(an)[0] == 200
    assert cluster.standby.ask(VISITS) == str(cluster.visits)
