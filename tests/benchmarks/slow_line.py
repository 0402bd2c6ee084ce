"""Seconds until a page can be used on a telephone with a slow line, of a server that is running.

    .venv/bin/python -m tests.benchmarks.slow_line http://localhost:8000 an PASSWORD

Chromium at 360 by 740, 400 kbit/s, 400 ms a trip, its processor slowed to a quarter.
"""

import os
import sys
from statistics import median

from playwright.sync_api import sync_playwright

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
PAGES = {"Hôm nay": "/", "quick log": "/log/", "list of files": "/people/", "case file": None, "Đi thôn": "/trip/"}
SEEN = """() => {
    const page = performance.getEntriesByType('navigation')[0];
    const parts = performance.getEntriesByType('resource').filter(part => part.transferSize);
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    return {
        usable: page.domContentLoadedEventEnd / 1000,
        painted: painted ? painted.startTime / 1000 : 0,
        files: parts.length + 1,
        bytes: [page, ...parts].reduce((sum, part) => sum + part.transferSize, 0) / 1000,
    };
}"""


def signed_in(browser, server, user, password):
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN").new_page()
    page.goto(f"{server}/sign-in/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{server}/")
    return page


def slow(page, keeps):
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")
    told.send("Network.setCacheDisabled", {"cacheDisabled": not keeps})
    told.send("Network.emulateNetworkConditions", LINE)
    told.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return told


def measure(page, url, keeps, runs):
    told = slow(page, keeps)
    rows = []
    for _run in range(runs):
        page.goto("about:blank")
        page.goto(url, wait_until="load")
        rows.append(page.evaluate(SEEN))
    told.detach()
    return {name: median(row[name] for row in rows) for name in rows[0]}


def main(server, user, password, runs=5):
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = signed_in(browser, server, user, password)
        page.goto(f"{server}/people/")
        person = page.locator(".rows .row-link").first.get_attribute("href")
        print("| Page | kept | usable, s | first words, s | files | kB |\n|---|---|---|---|---|---|")
        for name, path in PAGES.items():
            for keeps in (False, True):
                seen = measure(page, server + (path or person), keeps, runs)
                told = f"{seen['usable']:.1f} | {seen['painted']:.1f} | {seen['files']:.0f} | {seen['bytes']:.0f}"
                print(f"| {name} | {'yes' if keeps else 'nothing'} | {told} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:4], runs=int(sys.argv[4]) if len(sys.argv) > 4 else 5)
