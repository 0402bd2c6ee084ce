"""Every write leaves a row in the log: read from the source, so that a new action without one is noticed."""

import ast
from pathlib import Path

from django.conf import settings

ACTIONS = Path(settings.BASE_DIR) / "cases" / "actions"

# What leaves no row of its own, by module: it only reads or refuses, or it is a part of an action that does.
SILENT = {
    "activity": "agree check_days check_home parts reopen_appointments settle_appointments",
    "allocation": "place",
    "arrival": "least_loaded loads",
    # the seals prove the log, they are no part of it
    "audit_seal": "seal_all seal_day",
    "caseload": "led_within loads pending_notices",
    # what is kept is counted anew: nothing was done
    "current_facts": "rebuild",
    # when a device was last heard of is nobody's doing; that it was marked or taken away is in the log
    "device": "note_contact",
    # an error is nobody's doing
    "error_event": "keep record trim",
    "expungement": "check_confirmer refuse_unready",
    "judgment": "keep_parts parts_of",
    # figures are counted, not decided, and counted again; who asked for it stands in the job
    "kept_figures": "delete_old ground keep",
    "loan": "check_open",
    "organisation": "free_code",
    "paperwork": "check_order",
    "posting": "ask_second is_second_needed",
    "returnee": "follow next_file_number place placements",
    "row": "days_kept digests earlier mark_withdrawn refuse_forgotten refuse_more refuse_other validate wait_for_alike "
    "wait_for_the_same was_sent",
    # a question, answered before anything is entered
    "rule_version": "is_told_at_once",
    "transfer": "lock refuse_answered refuse_unfit unit_today",
    "unit": "move_late move_people set_paths stand",
    "unit_change": "carry close_opened describe follow_placements followers hindrance keys list_was_sent put_back "
    "refuse_unfit rejoin_placements restore_rows rows_of",
    "user": "administrators give_password heirs led_groups list_was_sent one_time_password "
    "refuse_list_again refuse_cases_led refuse_cases_left_behind "
    "refuse_overlap refuse_with_administrator refuse_without_administrator",
    # parts of what `anonymisation.anonymise` does and records
    "written_name": "blank empty_log hide_elsewhere rows rows_of_units unit_ways write",
    # a workbook on its way in: its upload, its loading and its discarding are in the log
    "import_run": "ask_mapping claim correct_cells keep_check keep_failure keep_mapping propose_mapping remember",
    # how work is done is nobody's doing; what it writes is in the log, and so is every file that is fetched
    "job": "ask claim delete_old fail finish give_back keep_file renew show_alive sign_off take_up",
    # a verdict is counted, not decided; it keeps its cause and is never changed
    "verdict": "recompute recompute_all",
}


def calls(path):
    """For each function of a module what it names, as module.function."""
    tree, names = ast.parse(path.read_text()), {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module.startswith("cases.actions."):
            module = node.module.rpartition(".")[2]
            names.update({alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names})
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"{path.stem}.{node.name}", {named(part, path.stem, names) for part in ast.walk(node)}


def named(part, module, names):
    if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
        return f"{part.value.id}.{part.attr}"
    if isinstance(part, ast.Name):
        return names.get(part.id, f"{module}.{part.id}")
    return None


def audited(graph):
    """The functions that write to the log, or call one that does."""
    found, more = set(), {"audit.record", "audit.record_all"}
    while more - found:
        found |= more
        more = {name for name, uses in graph.items() if uses & found}
    return found


def test_an_action_leaves_a_row_or_is_known_to_leave_none():
    graph = {name: uses for path in sorted(ACTIONS.glob("*.py")) if path.stem != "audit" for name, uses in calls(path)}
    public = {name for name in graph if not name.partition(".")[2].startswith("_")}

    silent = {f"{module}.{name}" for module, names in SILENT.items() for name in names.split()}

    assert public - audited(graph) == silent
