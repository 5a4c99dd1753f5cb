"""A real Chromium for tests: Debian's, driven by Playwright, that reaches this machine and nothing else.

    with running_chromium() as browser, opened_page(browser, width=360, scheme="dark") as page:
        page.goto(f"{base}/lost")

Most tests take the fixture `browser` of conftest.py, one Chromium for the tests of a file. Tests that use it
are plain functions: Playwright's own loop runs in their thread, and asyncio allows no second one there.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

REQUIRED = "PINCITE_REQUIRE_CHROMIUM"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# Root may not sandbox; no updates and reports of its own; no name but this machine's has an address.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
HEIGHT = {1280: 900, 360: 740, 320: 640}
Scheme = Literal["light", "dark"]


def need_chromium() -> None:
    """Skip where there is no Chromium; where one is demanded, that is a failure."""
    if Path(CHROMIUM).exists():
        return
    lacking = f"needs {CHROMIUM} (Debian: apt-get install chromium)"
    if os.environ.get(REQUIRED):
        pytest.fail(f"{lacking}, which {REQUIRED} demands")
    pytest.skip(lacking)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Chromium, for the length of a block."""
    need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened_page(
    browser: Browser, width: int = 1280, scheme: Scheme = "light", script: bool = True
) -> Iterator[Page]:
    """A tab in a context of its own: no cookies, no memory, motion reduced so that nothing is waited for."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT.get(width, 900)},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def violations(page: Page, *only: str) -> list[str]:
    """What axe-core finds wrong with the page that is shown: rule, element and why; best practice too.

    ``only``: the rules to ask, all where none is named. Rules of WCAG 2.2 alone are off in axe by default.
    """
    options = {"runOnly": list(only)} if only else {"rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} – {' '.join(node['failureSummary'].split())[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
