"""Takes the pictures of the README from a running demo.

.venv/bin/python docs/tour.py http://127.0.0.1:8000 PASSWORD-OF-THE-DEMO
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SCREENS = Path(__file__).resolve().parent / "screens"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
TOUR = [
    # name, who, screen, path; then a link to follow, or a unit of the past to choose
    ("home", "an", PHONE, "/", None),
    ("quick-log", "an", PHONE, "/log/", None),
    ("case-file", "an", PHONE, "/people/", ".row-link"),
    ("people", "an", DESK, "/people/", None),
    ("report", "dung", DESK, "/report/?from=01/01/2019&to=08/04/2022&unit=", "Huyện Krông Nô"),
]


def picture(browser, server, password, name, who, screen, path, then):
    page = browser.new_context(viewport=screen, locale="vi-VN").new_page()
    page.goto(f"{server}/sign-in/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{server}/")
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
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
