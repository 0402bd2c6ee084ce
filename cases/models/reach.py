"""Which unit reaches whose file, in a table of PostgreSQL's own that every rule of rows asks (models/row_rules.py).

A person is reached by the unit that holds the file, those that held it once, those a handover was ever about, and those
of which a part came of a divided unit that holds it still. Narrow rows with one index: what every statement asks of
every table is planned and answered in microseconds. Triggers keep it with the rows it is made of; where these were at
rest it is filled anew.
"""

TABLE = "cases_reach"
WANTED = """
    SELECT id AS returnee_id, unit_id FROM cases_returnee
    UNION SELECT returnee_id, unit_id FROM cases_placement
    UNION SELECT returnee_id, from_unit_id FROM cases_transfer
    UNION SELECT returnee_id, to_unit_id FROM cases_transfer
    UNION SELECT p.returnee_id, s.new_id FROM cases_placement p
        JOIN cases_succession s ON s.old_id = p.unit_id AND s.share = 'part' WHERE p.until IS NULL
"""
COUNT_AGAIN = """
    DELETE FROM cases_reach k WHERE k.returnee_id = person
        AND NOT EXISTS (SELECT FROM cases_reach_wanted w WHERE w.returnee_id = person AND w.unit_id = k.unit_id);
    INSERT INTO cases_reach (returnee_id, unit_id) SELECT w.returnee_id, w.unit_id FROM cases_reach_wanted w
        WHERE w.returnee_id = person
        AND NOT EXISTS (SELECT FROM cases_reach k WHERE k.returnee_id = person AND k.unit_id = w.unit_id);
"""
FUNCTIONS = {
    "cases_count_reach(person bigint) RETURNS void": f"BEGIN {COUNT_AGAIN} END",
    "cases_reach_of_person() RETURNS trigger": "BEGIN PERFORM cases_count_reach(coalesce(NEW.id, OLD.id)); "
    "RETURN NULL; END",
    "cases_reach_of_row() RETURNS trigger": "BEGIN PERFORM cases_count_reach(coalesce(NEW.returnee_id, "
    "OLD.returnee_id)); RETURN NULL; END",
    "cases_reach_of_parts() RETURNS trigger": "BEGIN PERFORM cases_count_reach(p.returnee_id) FROM cases_placement p "
    "WHERE p.until IS NULL AND p.unit_id IN (NEW.old_id, OLD.old_id); RETURN NULL; END",
    "cases_reach_of_nobody() RETURNS trigger": "BEGIN DELETE FROM cases_reach; RETURN NULL; END",
}
EACH = "AFTER INSERT OR DELETE OR UPDATE OF"
TRIGGERS = {
    "cases_returnee": {
        "cases_returnee_reach": "AFTER INSERT OR DELETE ON cases_returnee FOR EACH ROW "
        "EXECUTE FUNCTION cases_reach_of_person()",
        "cases_returnee_reach_moved": "AFTER UPDATE OF unit_id ON cases_returnee FOR EACH ROW "
        "WHEN (OLD.unit_id IS DISTINCT FROM NEW.unit_id) EXECUTE FUNCTION cases_reach_of_person()",
        "cases_returnee_reach_emptied": "AFTER TRUNCATE ON cases_returnee EXECUTE FUNCTION cases_reach_of_nobody()",
    },
    "cases_placement": {
        "cases_placement_reach": f"{EACH} unit_id, until ON cases_placement FOR EACH ROW "
        "EXECUTE FUNCTION cases_reach_of_row()"
    },
    "cases_transfer": {
        "cases_transfer_reach": f"{EACH} from_unit_id, to_unit_id ON cases_transfer FOR EACH ROW "
        "EXECUTE FUNCTION cases_reach_of_row()"
    },
    "cases_succession": {
        "cases_succession_reach": f"{EACH} old_id, new_id, share ON cases_succession FOR EACH ROW "
        "EXECUTE FUNCTION cases_reach_of_parts()"
    },
}
FILL = [
    "DELETE FROM cases_reach",
    "INSERT INTO cases_reach (returnee_id, unit_id) SELECT returnee_id, unit_id FROM cases_reach_wanted",
    "ANALYZE cases_reach",
]
WRONG = """
    SELECT EXISTS (SELECT returnee_id, unit_id FROM cases_reach_wanted
        EXCEPT SELECT returnee_id, unit_id FROM cases_reach)
    OR EXISTS (SELECT k.returnee_id, k.unit_id FROM cases_reach k JOIN cases_returnee r ON r.id = k.returnee_id
        EXCEPT SELECT returnee_id, unit_id FROM cases_reach_wanted)
"""


def statements(path: str) -> list[str]:
    """What lays the table, its functions and its triggers; `path`: the setting that names the schema."""
    return [
        "CREATE TABLE IF NOT EXISTS cases_reach (returnee_id bigint NOT NULL, unit_id bigint NOT NULL)",
        "CREATE INDEX IF NOT EXISTS reach_of_person ON cases_reach (returnee_id) INCLUDE (unit_id)",
        f"CREATE OR REPLACE VIEW cases_reach_wanted AS {WANTED}",
        *(
            f"CREATE OR REPLACE FUNCTION {name} LANGUAGE plpgsql SECURITY DEFINER {path} AS $$ {body} $$"
            for name, body in FUNCTIONS.items()
        ),
        *(
            f"CREATE OR REPLACE TRIGGER {name} {what}"
            for triggers in TRIGGERS.values()
            for name, what in triggers.items()
        ),
    ]
