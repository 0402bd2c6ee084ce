"""The rule of who sees whom, kept by PostgreSQL itself (row level security): one line a model that holds somebody.

A statement of a page runs in the role of the pages, which owns nothing; the database then adds the condition below to
whatever it asks. What is reached is told in front of it (access/row_scope.py) and read by functions that are declared
never to change: the planner puts the units in as constants, finds its indexes as before, and where the whole country
is reached the condition is gone altogether. It is no reader of `visible_to`: that a file is sealed, and what a role
may see of it, are the models' rules still. SQLite has the models' rules alone.

What a page asks of *all* people of an entry ("nobody but mine") would be answered of those that are reached alone:
`OfReachedAlone` asks the database for the others too.

Everything is laid after the migrations where APPLICATION_ROLE is set, and laid anew where this table has changed. It is
not set in service yet: an officer's pages cost two milliseconds more, the first of a file nearly five, but a search or
an overview above the commune twenty and more, since each row scanned is asked for by a function and no index of letters
is used.
"""

import re
from hashlib import sha256

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate
from django.utils.translation import gettext as _

from cases.models import reach
from cases.models.audit_event import ADMINISTRATED

HERE = "unit_id = ANY (cases_units())"
OWN = "= cases_reader()"
OWN_JOB = (
    "EXISTS (SELECT FROM cases_queuedjob j WHERE j.id = {table}.job_id AND j.made_by_id = cases_reader() OFFSET 0)"
)


def of_person(column: str = "returnee_id") -> str:
    """The row is about somebody whose file is reached: one of those named, or of those of the units (models/reach.py).

    A function plans nothing: a page of one file asks twenty tables in one statement.
    """
    return f"cases_reaches({{table}}.{column}, cases_units(), cases_people())"


def of_whole(table: str, column: str) -> str:
    """The row is a part of another one, which is reached."""
    return f"EXISTS (SELECT FROM {table} w WHERE w.id = {{table}}.{column} OFFSET 0)"  # nosec B608 # names of tables and columns in this module, never anybody's input


def of_parts(table: str, column: str) -> str:
    """One of the rows that are parts of this one is reached."""
    return f"EXISTS (SELECT FROM {table} p WHERE p.{column} = {{table}}.id OFFSET 0)"  # nosec B608 # names of tables and columns in this module, never anybody's input


def scope_part(place: int, nothing: str) -> str:
    """One of the things a statement was told, `nothing` where it was told nothing."""
    return f"coalesce(nullif(split_part(current_setting('cases.scope', true), ';', {place}), ''), '{nothing}')"


RULES = {
    "Returnee": f"{HERE} OR {of_person('id')}",
    "NameKey": of_person(),
    "Placement": f"{HERE} OR {of_person()}",
    "CurrentFacts": of_person(),
    "LastContact": of_person(),
    "Activity": f"created_by_id {OWN} OR cases_takes_part(id, cases_units(), cases_people())",
    "ActivityEntry": of_person(),
    "Appointment": of_person(),
    "Anonymisation": of_person(),
    "Snooze": of_person(),
    "Notice": of_person(),
    "ArrivalAnswer": of_person(),
    "Assessment": of_person(),
    "Attachment": of_person(),
    "Picture": of_whole("cases_attachment", "attachment_id"),
    "OutsideReading": f"{HERE} OR asked_by_id {OWN}",
    "Attendance": "EXISTS (SELECT FROM cases_groupmeeting m WHERE m.id = {table}.meeting_id AND "  # nosec B608 # names of tables and columns in this module, never anybody's input
    f"m.unit_id = ANY (cases_units()) OFFSET 0) OR {of_person()}",
    "Consent": of_person(),
    "CourtApplication": of_person(),
    "DistinctPair": f"({of_person('first_id')}) AND ({of_person('second_id')})",
    "DossierPaper": of_person(),
    "Employer": f"{HERE} OR {of_parts('cases_jobreferral', 'employer_id')}",
    "JobReferral": of_person(),
    "JobCheck": of_whole("cases_jobreferral", "referral_id"),
    "Expungement": of_person(),
    "HelperGroup": of_person(),
    "GroupMember": of_whole("cases_helpergroup", "group_id"),
    "Judgment": of_person(),
    "Offence": of_whole("cases_judgment", "judgment_id"),
    "AdditionalPenalty": of_whole("cases_judgment", "judgment_id"),
    "Obligation": of_whole("cases_judgment", "judgment_id"),
    "Loan": of_person(),
    "Need": of_person(),
    "PaperworkRequest": of_person(),
    "TrainingReferral": of_person(),
    "Transfer": f"from_unit_id = ANY (cases_units()) OR to_unit_id = ANY (cases_units()) OR {of_person()}",
    "TransferStep": of_whole("cases_transfer", "transfer_id"),
    "Verdict": of_person(),
    "AdministrativeViolation": of_person(),
    "Confinement": of_person(),
    "Crime": of_person(),
    "Congratulation": of_person(),
    "PersonalTask": f"owner_id {OWN}",
    "SafetyFlag": of_person(),
    "SensitiveNote": of_person(),
    "RecidivismFinding": of_person(),
    "ReportVersion": "EXISTS (SELECT FROM cases_submission s WHERE s.id = {table}.submission_id AND "
    "s.unit_id = ANY (cases_units()) OFFSET 0)",
    "ImportRun": f"{HERE} OR created_by_id {OWN}",
    "StagedRow": of_whole("cases_importrun", "run_id"),
    "ImportedRow": f"{HERE} OR {of_whole('cases_importrun', 'run_id')}",
    "ListExport": f"{HERE} OR made_by_id {OWN}",
    "PreparedPart": OWN_JOB,
    # Names may stand in what somebody typed of a meeting or a report
    "GroupMeeting": f"{HERE} OR cases_met(id, cases_units(), cases_people())",
    "Campaign": f"{HERE} OR {of_parts('cases_submission', 'campaign_id')}",
    "ReadingReview": HERE,
    "Breach": f"{HERE} OR created_by_id {OWN}",
    "Submission": HERE,
    "KeptFigures": HERE,
    "CellComment": of_whole("cases_reportversion", "version_id"),
    "ReportDocument": HERE,
    "DocumentNumber": HERE,
    "ReportCell": of_whole("cases_reportdocument", "document_id"),
    "AuditEvent": f"{HERE} OR actor_id {OWN} OR target_type IN ({', '.join(repr(each) for each in ADMINISTRATED)}) "
    f"OR {of_person()}",
}
ONLY_ADDED_TO = {"AuditEvent"}  # whoever acts adds a row, of whomever it is; what was added is never changed

# Models with personal fields that no rule holds
WITHOUT_RULE = {
    "User": "accounts of those who work here; an administrator, who sees no case, looks after all of them",
    "Posting": "which unit an account works for: the scope itself is read from it",
    "QueuedJob": "administrators see that each waits; what it is about stands on the page of whoever asked for it",
    "UnitChange": "the plan of a change of units and which ids it moved; it names nobody",
}

REACHED = (
    "{0}.returnee_id = ANY (people) OR EXISTS "
    "(SELECT FROM cases_reach k WHERE k.returnee_id = {0}.returnee_id AND k.unit_id = ANY (units))"
)
# Everything that is told stands in one setting: reader;whole country;units;people (access/row_scope.py)
FUNCTIONS = {
    "cases_country()": ("boolean", "IMMUTABLE", scope_part(2, "off") + " = 'on'"),
    "cases_units()": ("bigint[]", "IMMUTABLE", scope_part(3, "{}") + "::bigint[]"),
    "cases_people()": ("bigint[]", "IMMUTABLE", scope_part(4, "{}") + "::bigint[]"),
    "cases_reader()": ("bigint", "IMMUTABLE", scope_part(1, "0") + "::bigint"),
    "cases_reaches(returnee bigint, units bigint[], people bigint[])": (
        "boolean",
        "STABLE SECURITY DEFINER",
        "returnee = ANY (people) OR EXISTS "
        "(SELECT FROM cases_reach k WHERE k.returnee_id = returnee AND k.unit_id = ANY (units))",
    ),
    "cases_takes_part(entry bigint, units bigint[], people bigint[])": (
        "boolean",
        "STABLE SECURITY DEFINER",
        f"EXISTS (SELECT FROM cases_activityentry e WHERE e.activity_id = entry AND ({REACHED.format('e')}))",  # nosec B608 # names of tables and columns in this module, never anybody's input
    ),
    # Whose plan is kept: what is told comes as arguments, never from the functions above
    "cases_whole(entry bigint, units bigint[], people bigint[])": (
        "boolean",
        "STABLE SECURITY DEFINER",
        f"NOT EXISTS (SELECT FROM cases_activityentry e WHERE e.activity_id = entry AND NOT ({REACHED.format('e')}))",  # nosec B608 # names of tables and columns in this module, never anybody's input
    ),
    "cases_met(meeting bigint, units bigint[], people bigint[])": (
        "boolean",
        "STABLE SECURITY DEFINER",
        f"EXISTS (SELECT FROM cases_attendance a WHERE a.meeting_id = meeting AND ({REACHED.format('a')}))",  # nosec B608 # names of tables and columns in this module, never anybody's input
    ),
}
KEEPERS = """
    SELECT format('%%I.%%I()', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema() AND p.prorettype = 'trigger'::regtype AND p.proname LIKE 'cases\\_%%'
"""


def model_of(name: str):
    return apps.get_model("cases", name)


def _named(said: str, schema: str) -> str:
    """The tables with their schema: a search path that each call sets costs more than what the call asks."""
    return re.sub(r"(FROM|JOIN) (cases_)", rf'\1 "{schema}".\2', said)


def rule_statements(schema: str) -> list[str]:
    """The statements that lay the functions and the rules; the same again where they are laid already."""
    path = f'SET search_path = "{schema}", pg_temp'
    found = [
        f"CREATE OR REPLACE FUNCTION {name} RETURNS {kind} LANGUAGE plpgsql {how} PARALLEL SAFE COST 1000 "
        f"AS $$ BEGIN RETURN {_named(said, schema)}; END $$"
        if "DEFINER" in how
        else f"CREATE OR REPLACE FUNCTION {name} RETURNS {kind} LANGUAGE plpgsql {how} PARALLEL SAFE "
        f"AS $$ BEGIN RETURN {said}; END $$"
        for name, (kind, how, said) in FUNCTIONS.items()
    ]
    found = [*reach.statements(path), *found]
    for name, rule in RULES.items():
        table = model_of(name)._meta.db_table
        said = f"cases_country() OR {rule.format(table=table)}"
        found += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS in_scope ON {table}",
            f"DROP POLICY IF EXISTS added ON {table}",
        ]
        if name in ONLY_ADDED_TO:
            found += [
                f"CREATE POLICY in_scope ON {table} FOR SELECT USING ({said})",
                f"CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true)",
            ]
        else:
            found.append(f"CREATE POLICY in_scope ON {table} USING ({said})")
    return found


def grants(role: str, schema: str) -> list[str]:
    """What the role of the pages may do at all: the rows of every table, and nothing with the tables themselves."""
    rows = "SELECT, INSERT, UPDATE, DELETE ON"
    return [
        f'GRANT USAGE ON SCHEMA "{schema}" TO "{role}"',
        f'GRANT {rows} ALL TABLES IN SCHEMA "{schema}" TO "{role}"',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{role}"',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA "{schema}" GRANT {rows} TABLES TO "{role}"',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA "{schema}" GRANT USAGE ON SEQUENCES TO "{role}"',
        f'REVOKE ALL ON cases_reach, cases_reach_wanted FROM "{role}"',
        f'GRANT SELECT ON cases_reach TO "{role}"',
    ]


def lay(connection: BaseDatabaseWrapper) -> None:
    """Lay the rules where they are not those of this table, and give the role of the pages its rights."""
    if connection.vendor != "postgresql" or not settings.APPLICATION_ROLE:
        return
    tables = {model_of(name)._meta.db_table for name in RULES}
    if not tables <= set(connection.introspection.table_names()):  # on the way to this version
        return
    schema = _value(connection, "SELECT current_schema()")
    statements = rule_statements(schema)
    edition = _edition_of(statements)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if edition != _edition(connection):
            for statement in statements:
                cursor.execute(statement)
            cursor.execute(KEEPERS.replace("%%", "%"))
            for (keeper,) in cursor.fetchall():  # what is kept is counted of everything, whoever writes
                cursor.execute(f'ALTER FUNCTION {keeper} SECURITY DEFINER SET search_path = "{schema}", pg_temp')
            for statement in reach.FILL:
                cursor.execute(statement)
            cursor.execute(
                "CREATE OR REPLACE FUNCTION cases_rules_edition() RETURNS text LANGUAGE sql IMMUTABLE "
                f"AS $$ SELECT '{edition}' $$"
            )
        make_role(connection, settings.APPLICATION_ROLE)
        for statement in grants(settings.APPLICATION_ROLE, schema):
            cursor.execute(statement)


def fill(connection: BaseDatabaseWrapper) -> None:
    """Count anew who is reached by whom: the triggers were at rest."""
    if connection.vendor == "postgresql" and reach.TABLE in connection.introspection.table_names():
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in reach.FILL:
                cursor.execute(statement)


def make_role(connection: BaseDatabaseWrapper, role: str) -> None:
    """Make the role of the pages, which signs in nowhere, and let the owner of the tables act in it."""
    made = [f'CREATE ROLE "{role}" NOLOGIN', f'GRANT "{role}" TO CURRENT_USER']
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            # two databases of one server may be prepared at one moment
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"role {role}"])
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            is_there = cursor.fetchone()
            if not is_there:
                cursor.execute(made[0])
            if not _value(connection, "SELECT pg_has_role(%s, 'MEMBER')", role):
                cursor.execute(made[1])
    except DatabaseError as error:
        told = _(
            "The account of the database may not make the role %(role)s. As the administrator of PostgreSQL: %(sql)s"
        )
        sql = "; ".join(made).replace("CURRENT_USER", f'"{connection.settings_dict["USER"]}"')
        raise ImproperlyConfigured(told % {"role": role, "sql": sql}) from error


def fault(connection: BaseDatabaseWrapper) -> str | None:
    """Why the database holds the pages to no rule, None where it does; for SQLite, which has none, None too."""
    if connection.vendor != "postgresql":
        return None
    role = settings.APPLICATION_ROLE
    if not role:
        return _("APPLICATION_ROLE is empty: pages work with the rights of the owner of the tables.")
    found = "SELECT bool_and(NOT rolsuper AND NOT rolbypassrls) FROM pg_roles WHERE rolname = %s"
    plain = _value(connection, found, role)
    if plain is None:
        return _("The role %(role)s is missing.") % {"role": role}
    if not plain:
        return _("The role %(role)s passes by every rule.") % {"role": role}
    if _edition(connection) != _edition_of(rule_statements(_value(connection, "SELECT current_schema()"))):
        return _("The rules in the database are not those of this version.")
    if _value(connection, reach.WRONG):
        return _("The table of who is reached by which unit is not what the files say.")
    return _unheld(connection, role)


def _unheld(connection: BaseDatabaseWrapper, role: str) -> str | None:
    tables = [model_of(name)._meta.db_table for name in RULES]
    off = (
        "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND relnamespace = current_schema()::regnamespace "
        "AND (NOT relrowsecurity OR pg_has_role(%s, relowner, 'MEMBER')) ORDER BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(off, [tables, role])
        names = [name for (name,) in cursor.fetchall()]
    return _("No rule holds these tables: %(tables)s.") % {"tables": ", ".join(names)} if names else None


def _edition_of(statements: list[str]) -> str:
    return sha256("\n".join(statements).encode()).hexdigest()


def _edition(connection: BaseDatabaseWrapper) -> str:
    is_there = "SELECT count(*) FROM pg_proc WHERE proname = 'cases_rules_edition' AND pronamespace = "
    if not _value(connection, f"{is_there}current_schema()::regnamespace"):
        return ""
    return _value(connection, "SELECT cases_rules_edition()")


def _value(connection: BaseDatabaseWrapper, statement: str, *values: str):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]


def lay_after(*, using: str, **about) -> None:
    """After migrations were applied, or found to be applied."""
    lay(connections[using])


def watch(cases: AppConfig) -> None:
    post_migrate.connect(lay_after, sender=cases)
