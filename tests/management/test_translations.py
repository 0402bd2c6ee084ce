import gettext
import os
import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.validators import BaseValidator, RegexValidator
from django.db.models import Field
from django.utils import translation

from cases import forms as forms_of_house
from cases.management import catalogue, messages
from cases.management.messages import MessageKey

PYTHON = """
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy as later, ngettext, npgettext, pgettext
_("Save")
later("A long "
      "sentence")
ngettext("%(n)d visit", "%(n)d visits", 2)
pgettext("month", "May")
npgettext("job", "post", "posts", 2)
translation.gettext("By module")
_(name)
print("not for translation")
"""
PYTHON_KEYS = {
    (MessageKey(None, "Save"), None),
    (MessageKey(None, "A long sentence"), None),
    (MessageKey(None, "%(n)d visit"), "%(n)d visits"),
    (MessageKey("month", "May"), None),
    (MessageKey("job", "post"), "posts"),
    (MessageKey(None, "By module"), None),
}
TEMPLATE = """
{% load i18n %}{% translate "It's here" %} {% translate 'May' context "month" %} {{ _("In a variable") }}
{% blocktranslate trimmed with name=person.name %}
  Hello
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=people|length %}one person{% plural %}{{ n }} people{% endblocktranslate %}
{% comment %}{% translate "hidden" %}{% endcomment %}
"""
TEMPLATE_KEYS = {
    (MessageKey(None, "It's here"), None),
    (MessageKey("month", "May"), None),
    (MessageKey(None, "In a variable"), None),
    (MessageKey(None, "Hello %(name)s"), None),
    (MessageKey(None, "one person"), "%(n)s people"),
}


@pytest.fixture
def project(tmp_path, settings):
    """A project of one module whose catalogue is complete; what packages show is in it, too."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases/page.py").write_text('from django.utils.translation import gettext as _\n_("Hello %(name)s")\n')
    call_command("translations", update=True)
    rewrite(tmp_path, {}, others="đã dịch")
    return tmp_path


def po(project):
    return project / "locale/vi/LC_MESSAGES/django.po"


def rewrite(project, texts, others=None):
    """Translate `texts`; every other message by `others` and its own placeholders, where `others` is given."""
    own = catalogue.read(po(project))
    for entry in own:
        source = entry.msgid_plural or entry.msgid
        text = texts.get(entry.msgid, others and " ".join([others, source]))
        if text is not None:
            catalogue._translate(entry, text)
    catalogue.write(own, po(project))


def test_python_gives_every_gettext_call_under_any_name():
    assert set(messages.in_python(PYTHON, "page.py")) == PYTHON_KEYS


@pytest.mark.parametrize("argument", ['f"Hello {name}"', '"Hello " + name'])
def test_a_text_built_at_run_time_is_refused_with_its_place(argument):
    source = f"from django.utils.translation import gettext as _\n_({argument})"

    with pytest.raises(messages.NotPlainError, match="page.py:2"):
        list(messages.in_python(source, "page.py"))


def test_templates_give_tags_blocks_plurals_and_variables():
    assert set(messages.in_template(TEMPLATE)) == TEMPLATE_KEYS


def test_packages_give_all_that_the_house_does_not_leave_to_them(tmp_path):
    found = {key.msgid for key in messages.collect(tmp_path)}

    assert {"Incorrect code.", "Enter a whole number.", "This field is required."} <= found
    assert not found & messages.LEFT_TO_PACKAGES


def every_class(kind):
    for one in kind.__subclasses__():
        yield one
        yield from every_class(one)


def test_whatever_a_form_or_a_field_of_a_model_may_answer_is_in_the_words_of_the_house_or_accepted():
    """Read from the classes themselves: a field that comes with a new package is found too."""
    called_forms = [
        import_module(f"cases.forms.{found.name}") for found in pkgutil.iter_modules(forms_of_house.__path__)
    ]
    kinds = [*every_class(forms.Field), *every_class(Field), *every_class(RegexValidator), *every_class(BaseValidator)]
    own = {entry.msgid for entry in catalogue.read(settings.BASE_DIR / "locale/vi/LC_MESSAGES/django.po")}
    with translation.override(None):
        said = {(kind, str(text)) for kind in kinds for text in answers(kind) if str(text)}

    assert called_forms
    assert len(said) > 100
    assert {(kind.__name__, text) for kind, text in said if text not in own | messages.LEFT_TO_PACKAGES} == set()


def answers(kind):
    yield from getattr(kind, "default_error_messages", {}).values()
    message = getattr(kind, "message", "")
    yield from getattr(message, "_args", [message])[:1] if message else []  # of a plural: its singular


def test_a_complete_catalogue_passes(project):
    call_command("translations", check=True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not translated: 'Hello %(name)s'"),
        ("Chào", "placeholders differ from 'Chào'"),
        ("Chào %(ten)s", "placeholders differ"),
    ],
)
def test_a_wrong_translation_fails_by_name(project, text, fault):
    rewrite(project, {"Hello %(name)s": text})

    with pytest.raises(CommandError, match="1 faults") as raised:
        call_command("translations", check=True)
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgid "Hello %(name)s"', '#, fuzzy\nmsgid "Hello %(name)s"', "fuzzy: 'Hello %(name)s'"),
        ('msgid "Hello %(name)s"', 'msgid "Bye %(name)s"', "not in the catalogue: 'Hello %(name)s'"),
        ('msgid "Hello %(name)s"', 'msgid "Bye %(name)s"', "in no source any more: 'Bye %(name)s'"),
        ("#: cases/page.py", '#~ msgid "Old"\n#~ msgstr "Cũ"\n\n#: cases/page.py', "in no source any more: 'Old'"),
    ],
)
def test_a_catalogue_out_of_step_fails_by_name(project, old, new, fault):
    text = po(project).read_text()
    assert old in text
    po(project).write_text(text.replace(old, new))

    with pytest.raises(CommandError) as raised:
        call_command("translations", check=True)
    assert fault in str(raised.value)


def test_a_text_that_became_a_plural_fails_by_name(project):
    call = "from django.utils.translation import ngettext\nngettext('Hello %(name)s', 'Hello %(name)s and others', 2)\n"
    (project / "cases/page.py").write_text(call)

    with pytest.raises(CommandError, match="the plural has changed: 'Hello"):
        call_command("translations", check=True)


def test_update_adds_and_drops_and_keeps_translations(project):
    (project / "cases/new.py").write_text('from django.utils.translation import gettext as _\n_("New")\n')
    rewrite(project, {"Hello %(name)s": "Chào %(name)s"})
    call_command("translations", update=True)
    own = catalogue.read(po(project))
    assert own.find("New").msgstr == ""
    assert own.find("Hello %(name)s").msgstr == "Chào %(name)s"

    (project / "cases/new.py").unlink()
    call_command("translations", update=True)

    assert catalogue.read(po(project)).find("New") is None


def test_update_writes_the_same_file_again(project):
    before = po(project).read_text()

    call_command("translations", update=True)

    own = [(entry.msgid, entry.msgctxt or "") for entry in catalogue.read(po(project))]
    assert own == sorted(own)
    assert po(project).read_text() == before
    assert "POT-Creation-Date" not in before
    assert "#: cases/page.py\n" in before


def test_merge_fills_what_is_empty_and_names_the_rest(project, capsys):
    rewrite(project, {"Hello %(name)s": ""})
    other = project / "other.po"
    other.write_text('msgid "Hello %(name)s"\nmsgstr "Chào %(name)s"\n\nmsgid "Nowhere"\nmsgstr "Đâu"\n')

    call_command("translations", merge=[other])

    assert catalogue.read(po(project)).find("Hello %(name)s").msgstr == "Chào %(name)s"
    assert "1 filled, 0 differ and stay, 1 in no source." in capsys.readouterr().out


def test_merge_never_overwrites(project, capsys):
    rewrite(project, {"Hello %(name)s": "Chào %(name)s"})
    other = project / "other.po"
    other.write_text('msgid "Hello %(name)s"\nmsgstr "Xin chào %(name)s"\n')

    call_command("translations", merge=[other])

    assert catalogue.read(po(project)).find("Hello %(name)s").msgstr == "Chào %(name)s"
    assert "differs: 'Hello %(name)s'" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "no catalogue at all\n"])
def test_merge_says_which_file_it_cannot_read(project, content):
    other = project / "other.po"
    if content:
        other.write_text(content)

    with pytest.raises(CommandError, match=r"other\.po"):
        call_command("translations", merge=[other])


def test_compile_writes_what_gettext_reads_and_only_when_out_of_date(project):
    rewrite(project, {"Hello %(name)s": "Chào %(name)s"})

    assert catalogue.compile_catalogue(po(project))
    with open(po(project).with_suffix(".mo"), "rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Hello %(name)s") == "Chào %(name)s"
    assert not catalogue.compile_catalogue(po(project))

    later = po(project).with_suffix(".mo").stat().st_mtime + 1
    os.utime(po(project), (later, later))
    assert catalogue.compile_catalogue(po(project))
    assert sorted(path.name for path in po(project).parent.iterdir()) == ["django.mo", "django.po"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("%(a)s and %(b)d", "%(b)d, %(a)s", True),
        ("%(a)s", "%(a)s (%(a)s)", True),
        ("100%% of %s", "%s của 100%%", True),
        ("%s %d", "%d %s", False),
        ("{name}", "{ten}", False),
        ("{name}", "tên", False),
        ("50% {", "50% {", True),
    ],
)
def test_placeholders_must_be_the_same_ones(one, other, same):
    assert (catalogue.placeholders(one) == catalogue.placeholders(other)) is same


def test_nothing_to_do_is_an_error():
    with pytest.raises(CommandError, match="--update"):
        call_command("translations")
