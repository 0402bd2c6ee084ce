"""What an officer sees without a touch, of a server that is running: people on the home page, the telephone of a file.

.venv/bin/python -m tests.benchmarks.first_screen http://localhost:8000 PASSWORD an anh binh
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.slow_line import signed_in
from tests.browser.screens import SIZES, WHOLE

TOLD = """() => {
    const top = selector => Math.round(document.querySelector(selector)?.getBoundingClientRect().top ?? -1);
    return {
        height: document.documentElement.scrollHeight,
        row: top('.home-cols .rows > .row'),
        telephone: top("a[href^='tel:']"),
        bytes: Math.round(performance.getEntriesByType('navigation')[0].decodedBodySize / 1000),
    };
}"""


def main(server, password, *users):
    shots = Path(os.environ["SHOTS"]) if "SHOTS" in os.environ else None
    print("| Who | Screen | height | first row at | whole rows | kB | telephone of the first file at |\n|" + "---|" * 7)
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for user in users:
            page = signed_in(browser, server, user, password)
            for name, size in SIZES.items():
                page.set_viewport_size(size)
                page.goto(f"{server}/")
                home, whole = page.evaluate(TOLD), page.evaluate(WHOLE)
                if shots:
                    page.screenshot(path=shots / f"{user}-{name}.png")
                    page.screenshot(path=shots / f"{user}-{name}-whole.png", full_page=True)
                page.goto(server + page.locator(".rows .row-link[href]").first.get_attribute("href"))
                telephone = page.evaluate(TOLD)["telephone"]
                if shots:
                    page.screenshot(path=shots / f"{user}-{name}-file.png")
                told = f"{home['height']} | {home['row']} | {whole} | {home['bytes']} | {telephone}"
                print(f"| {user} | {name} | {told} |", flush=True)
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
