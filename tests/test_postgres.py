from pathlib import Path

import environ
import psycopg2
import pytest

from tests import postgres


@pytest.fixture(scope="module")
def server():
    """One cluster for the file: making it is the slow part."""
    with postgres.cluster(postgres.find_binaries()) as url:
        yield environ.Env.db_url_config(url)


def connect(server):
    return psycopg2.connect(dbname="postgres", user=server["USER"], **server["OPTIONS"])


def test_the_cluster_is_reached_by_a_socket_alone(server):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")

        assert cursor.fetchone() == ("",)
    assert server["HOST"] == ""
    assert (Path(server["OPTIONS"]["host"]) / ".s.PGSQL.5432").is_socket()


@pytest.mark.parametrize("extension", ["pg_trgm", "btree_gist", "unaccent"])
def test_the_extensions_of_production_are_there(server, extension):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE EXTENSION {extension}")


def test_vietnamese_order_is_there_for_what_asks_for_it(server):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT n FROM unnest(ARRAY['Đỗ', 'Dũng', 'Ân', 'Ánh', 'An', 'Đào']) n ORDER BY n COLLATE \"vi-x-icu\""
        )

        assert [name for (name,) in cursor] == ["An", "Ánh", "Ân", "Dũng", "Đào", "Đỗ"]


def test_rows_are_deleted_though_a_trigger_refuses(server):
    with connect(server) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1);"
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$;"
            "CREATE TRIGGER refuse BEFORE DELETE ON kept FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        for statement in postgres.delete_rows(None, ["kept"]):
            cursor.execute(statement)
        cursor.execute("SELECT count(*) FROM kept")

        assert cursor.fetchone() == (0,)


def test_nothing_is_left_when_the_block_fails():
    running = postgres.cluster(postgres.find_binaries())
    folder = Path(running.__enter__().partition("host=")[2])
    process = int((folder / "base/postmaster.pid").read_text().split()[0])

    assert running.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None) is False

    assert not folder.exists()
    assert not Path(f"/proc/{process}").exists()
