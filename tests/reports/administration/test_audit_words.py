"""Every verb an action writes has its words: the sources are read, not a list kept beside them."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from cases.actions import reading
from cases.actions.employment import NEXT_STATES
from cases.models import AuditEvent, PaperworkRequest, Transfer
from cases.models.stamped import Stamped
from cases.reports.administration.audit_words import GROUPS, NOUNS, SHARED, WORDS, in_group, sentence
from cases.views.signin import CODE_EVENTS

CASES = Path(__file__).resolve().parents[3] / "cases"
# a verb with a part that is only known at run time, and what that part may be
OPEN_PARTS = {
    "paperwork.*": PaperworkRequest.STEPS[1:],
    "referral.*": [state for states in NEXT_STATES.values() for state in states],
    "transfer.*": ["proposed", "requested", *(state.value for state in Transfer.State if state != "open")],
    "*.added": (),
    "*.corrected": (),
    "*.withdrawn": (),
}


def verbs(folder):
    """Every value given as `verb=`; a part known only at run time is a star."""
    for path in sorted((CASES / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verb":
                yield from (pattern(value) for value in ast.walk(node.value) if is_text(value))


def is_text(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and "." in str(node.value)[1:-1])


def pattern(node):
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)


READINGS = {value for name, value in vars(reading).items() if name.isupper()}
USED = sorted({*verbs("actions"), *verbs("views"), *CODE_EVENTS.values(), *READINGS})
PLAIN = [verb for verb in USED if "*" not in verb and not verb.startswith(".")]
STARRED = [verb for verb in USED if "*" in verb]


def test_the_sources_were_read():
    assert len(PLAIN) > 45


@pytest.mark.parametrize("verb", PLAIN)
def test_every_verb_of_an_action_has_its_words(verb):
    assert sentence(verb) != verb


@pytest.mark.parametrize("verb", STARRED)
def test_every_verb_made_at_run_time_has_words_for_all_it_may_be(verb):
    stem = verb.replace("*", "")

    assert not [part for part in OPEN_PARTS[verb] if f"{stem}{part}" not in WORDS]


@pytest.mark.parametrize(
    "model", [model for model in apps.get_app_config("cases").get_models() if issubclass(model, Stamped)]
)
@pytest.mark.parametrize("done", sorted(SHARED))
def test_every_record_has_a_noun_for_what_all_records_share(model, done):
    verb = f"{model._meta.model_name}.{done}"

    if model._meta.model_name != "placement":  # made only together with the file
        assert sentence(verb) != verb


def test_no_words_are_kept_for_verbs_nobody_writes():
    expanded = {verb.replace("*", part) for verb in STARRED for part in OPEN_PARTS[verb]}

    assert set(WORDS) - set(PLAIN) - expanded == set()


def test_a_verb_without_words_is_shown_as_it_is_stored():
    assert sentence("old.verb") == "old.verb"


def test_every_target_belongs_to_one_group(db):
    for noun in [*NOUNS, "user", "posting", "unit"]:
        AuditEvent.objects.create(actor="x", verb=f"{noun}.corrected", target_type=noun)

    counts = [in_group(AuditEvent.objects.all(), key).count() for key, _words, _rows in GROUPS]
    assert sum(counts) == len(NOUNS) + 3
