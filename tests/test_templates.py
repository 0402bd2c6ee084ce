"""Every template loads, stays small, carries nothing inline and nothing from elsewhere; the account pages open."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string

from reintegration.joined import JOINED, parts

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.*") if path.suffix in (".html", ".txt", ".xml"))
STATIC = sorted(path for path in (settings.BASE_DIR / "static").rglob("*.*") if path.suffix in (".css", ".js", ".svg"))
LONGEST_PAGE = 160
LONGEST_LINE = 140
LONGEST_SHEET = 300
PASSWORD = "suối trong rừng xanh 7"

INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)[^>]*>""", re.IGNORECASE
)
ELSEWHERE = re.compile(r"""(?<!xmlns=")(?<!xmlns=')\bhttps?://|["'(]//\w""", re.IGNORECASE)


def name(path):
    return str(path.relative_to(settings.BASE_DIR))


def problems(text):
    """What a page may not contain, in words."""
    found = {"inline": INLINE, "from elsewhere": ELSEWHERE}
    return [what for what, pattern in found.items() if pattern.search(text)]


def test_there_are_templates_to_look_at():
    assert len(PAGES) > 30


CELL = re.compile(r"<td data-label=\"(?:{%.*?%}|[^\"])*\"[^>]*>\s*(.*?)\s*</td>", re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_cell_that_stacks_holds_its_parts_together(path):
    """On a phone the cell puts its label beside what it holds: words and what stands behind them would share a line."""
    cells = CELL.findall(path.read_text(encoding="utf-8"))
    assert [cell for cell in cells if re.match(r"{{.*?<(?:span|br|small)\b", cell, re.DOTALL)] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_template_compiles(path):
    get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_inline_or_from_elsewhere(path):
    assert problems(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_PAGE


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_line_of_a_template_is_long(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_form_that_posts_carries_the_token(path):
    text = path.read_text(encoding="utf-8")
    posting = re.findall(r'<form\b[^>]*method="post".*?</form>', text, re.DOTALL | re.IGNORECASE)
    assert [form for form in posting if "{% csrf_token %}" not in form] == []


ALL_SAVED = ("meeting/", "activity/")  # what is saved is who came and who did not: the list says how many


def test_a_button_that_acts_on_whoever_is_ticked_says_how_many():
    """The count stands beside the words, so that nobody confirms, lists or forgets more people than meant."""
    ticked = [path for path in PAGES if re.search(r'class="picks"|meeting/_picks.html', path.read_text("utf-8"))]
    acting = [path for path in ticked if not any(part in name(path) for part in ALL_SAVED)]

    assert len(acting) > 2
    assert [name(each) for each in acting if "counts=" not in each.read_text("utf-8")] == []
    assert [name(each) for each in acting if "js/tick-all.js" not in each.read_text("utf-8")] == []


@pytest.mark.parametrize("path", STATIC, ids=name)
def test_style_sheets_and_scripts_are_short_and_ask_nobody_else(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_SHEET
    assert not ELSEWHERE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a onclick="go()">',
        "<style>p {}</style>",
        '<img src="https://example.org/a.png">',
        '<link href="//example.org/a.css">',
    ],
)
def test_what_is_forbidden_is_found(text):
    assert problems(text)


def test_the_pages_of_the_house_pass_as_they_are():
    assert problems('<svg xmlns="http://www.w3.org/2000/svg"></svg><script src="a.js" defer></script>') == []


@pytest.mark.parametrize("kind", ["css", "js"])
def test_every_style_sheet_and_script_is_loaded_alone_or_joined_with_others(kind):
    written = {f"{kind}/{path.name}" for path in STATIC if path.suffix == f".{kind}"}
    loaded = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    in_joined = {f"{kind}/{path.name}" for name in JOINED if name in loaded for path in parts(name)}
    assert {name for name in written - in_joined if name not in loaded} == set()
    assert [name for name in JOINED if name not in loaded] == []


def test_a_page_waits_for_one_style_sheet_and_its_scripts_for_nothing(client, db):
    page = client.get("/sign-in/").content.decode()
    assert len(re.findall('rel="stylesheet"', page)) == 1
    assert [script for script in re.findall(r"<script\b[^>]*>", page) if "defer" not in script] == []
    assert len(re.findall(r"<script\b", page)) == 1


@pytest.mark.parametrize("name", JOINED)
def test_what_is_joined_is_found_whole(name):
    text = Path(finders.find(name)).read_text(encoding="utf-8")
    assert [path.name for path in parts(name) if path.read_text(encoding="utf-8") not in text] == []


BY_LIBRARIES = ("account/", "allauth/", "mfa/", "bootstrap5/")  # ours in the place of theirs, found by their names
BY_STATUS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"}
PYTHON = sorted((settings.BASE_DIR / "cases").rglob("*.py"))


def test_every_template_is_drawn():
    names = {str(path.relative_to(TEMPLATES)) for path in PAGES}
    drawn = "".join(path.read_text(encoding="utf-8") for path in [*PAGES, *PYTHON])
    ours = {name for name in names if not name.startswith(BY_LIBRARIES)} - BY_STATUS
    assert {name for name in ours if f'"{name}"' not in drawn} == set()


def test_every_class_of_a_style_sheet_is_worn():
    """Whole, or begun in a template and finished by what it is told: `entry-{{ state }}`."""
    libraries = [Path(find_spec(name).origin).parent for name in ("crispy_forms", "crispy_bootstrap5")]
    theirs = [path for folder in libraries for path in folder.rglob("*.*") if path.suffix in (".html", ".py")]
    scripts = [path for path in STATIC if path.suffix == ".js"]
    worn = "".join(path.read_text(encoding="utf-8") for path in [*PAGES, *PYTHON, *scripts, *theirs])
    words, begun = set(re.findall(r"[\w-]+", worn)), set(re.findall(r"([\w-]+-)\{", worn))
    sheets = "".join(path.read_text(encoding="utf-8") for path in STATIC if path.suffix == ".css")
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"/\*.*?\*/|url\(.*?\)", "", sheets, flags=re.DOTALL)))
    assert {each for each in classes - words if not each.startswith(tuple(begun))} == set()


def test_the_server_error_page_needs_no_context():
    page = render_to_string("500.html")
    assert "<h1>" in page
    assert "css/pages.css" in page


@pytest.fixture
def officer(client, an):
    """Officer An, signed in through the sign-in page with a password."""
    an.set_password(PASSWORD)
    an.save()
    answer = client.post("/sign-in/", {"login": "an", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def switch_on(officer):
    """Activate the sign-in code as a person would: read the key on the page, type the app's digits."""
    page = officer.post("/password/confirm/?next=/second-factor/totp/activate/", {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    answer = officer.post("/second-factor/totp/activate/", {"code": app_digits(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def app_digits(secret):
    return auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))


def test_the_sign_in_page_shows_no_other_way_in(client, db):
    page = client.get("/sign-in/").content.decode()
    assert 'name="login"' in page
    assert "signup" not in page
    assert 'class="rail"' not in page


def test_a_wrong_password_is_answered_on_top_and_the_name_is_kept(client, an):
    page = client.post("/sign-in/", {"login": "an", "password": "wrong"}).content.decode()
    assert 'class="errors"' in page
    assert 'value="an"' in page
    assert "wrong" not in page


def test_after_an_idle_sign_out_the_page_says_so(client, db):
    assert "clock" not in client.get("/sign-in/").content.decode()
    assert "notice-amber" in client.get("/sign-in/?idle=1").content.decode()


@pytest.mark.parametrize("url", ["/password/", "/sign-out/", "/second-factor/"])
def test_the_pages_of_the_account_open(officer, url):
    page = officer.get(url).content.decode()
    assert page.count("<h1>") == 1
    assert "Xã Nam Đà" in page


def test_the_sign_in_code_is_switched_on_used_and_switched_off(officer, client):
    switch_on(officer)
    codes = officer.get("/second-factor/recovery-codes/")
    assert codes.content.decode().count('<li class="code">') == 10
    officer.post("/sign-out/")
    answer = client.post("/sign-in/", {"login": "an", "password": PASSWORD}, follow=True)
    assert 'id="leave"' in answer.content.decode()
    code = codes.context["unused_codes"][0]
    assert client.post("/second-factor/authenticate/", {"code": code}).status_code == 302
    assert "chip-leaf" in client.get("/second-factor/").content.decode()
    confirm = client.get("/second-factor/totp/deactivate/", follow=True).content.decode()
    assert "/second-factor/reauthenticate/" in confirm
    client.post("/second-factor/reauthenticate/", {"code": codes.context["unused_codes"][1]})
    assert client.get("/second-factor/recovery-codes/generate/").status_code == 200
    assert client.get("/second-factor/totp/deactivate/").status_code == 200
    client.post("/second-factor/totp/deactivate/")
    assert "chip-leaf" not in client.get("/second-factor/").content.decode()


def test_a_change_of_sign_in_asks_for_the_password_again(signed_in, an):
    page = signed_in(an).get("/second-factor/totp/activate/", follow=True).content.decode()
    assert 'name="password"' in page
    assert 'name="next"' in page


def test_what_is_not_there_is_said_in_words(signed_in, an):
    answer = signed_in(an).get("/nowhere/")
    assert answer.status_code == 404
    assert "data-error-page" in answer.content.decode()
