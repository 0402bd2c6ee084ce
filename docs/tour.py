"""Takes the pictures of the README and of the first day from a running demo; it makes an account for the slip.

A register is uploaded for the page that matches its columns, and discarded.

.venv/bin/python docs/tour.py http://127.0.0.1:8000 PASSWORD-OF-THE-DEMO
"""

import os
import sys
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import sync_playwright

SCREENS = Path(__file__).resolve().parent / "screens"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
TOUR = [
    # name, who, screen, path; then a link to follow, or a unit of the past to choose
    ("home", "an", PHONE, "/", None),
    ("quick-log", "an", PHONE, "/log/", None),
    ("case-file", "an", PHONE, "/people/", ".row-link"),
    ("people", "an", DESK, "/people/", None),
    ("first-import", "an", PHONE, "/import/", None),
    ("report", "dung", DESK, "/report/?from=01/01/2019&to=08/04/2022&unit=", "Huyện Krông Nô"),
]


REGISTER = SCREENS.parent.parent / "tests/importing/registers/old-register-of-a-commune.xlsx"
NEW_USER = {"full_name": "Nguyễn Văn Mẫu", "rank": "Trung úy", "role": "officer", "unit": "24697"}


def sign_in(browser, server, password, who, screen):
    page = browser.new_context(viewport=screen, locale="vi-VN").new_page()
    page.goto(f"{server}/sign-in/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{server}/")
    return page


def slip(browser, server, password):
    """The page where one signs in, and the slip of a new account."""
    page = browser.new_context(viewport=PHONE, locale="vi-VN").new_page()
    page.goto(f"{server}/sign-in/")
    page.screenshot(path=SCREENS / "first-sign-in.png")
    page.context.close()
    page = sign_in(browser, server, password, "em", PHONE)
    page.goto(f"{server}/users/add/")
    for name, value in {**NEW_USER, "username": f"mau.{uuid4().hex[:6]}"}.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "role" else field.fill(value)
    page.click("main button[type=submit]")
    page.locator(".slip").screenshot(path=SCREENS / "first-slip.png")
    page.context.close()


def columns(browser, server, password):
    """The page on which the columns of a register are matched."""
    page = sign_in(browser, server, password, "an", PHONE)
    page.goto(f"{server}/import/")
    page.set_input_files("[name=file]", REGISTER)
    page.click("main button[type=submit]")
    page.wait_for_url("**/columns/")
    page.screenshot(path=SCREENS / "first-columns.png")
    page.click("main button[value=discard]")
    page.context.close()


def picture(browser, server, password, name, who, screen, path, then):
    page = sign_in(browser, server, password, who, screen)
    page.goto(server + path)
    if then and path.endswith("="):
        chosen = page.locator("select[name=unit] option", has_text=then).first.get_attribute("value")
        page.goto(server + path + chosen)
    elif then:
        page.click(f"{then} >> nth=0")
        page.wait_for_load_state()
    page.screenshot(path=SCREENS / f"{name}.png")
    page.context.close()


def main(server, password):
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for stop in TOUR:
            picture(browser, server, password, *stop)
        slip(browser, server, password)
        columns(browser, server, password)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
