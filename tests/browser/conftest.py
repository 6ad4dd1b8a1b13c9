"""A browser that complains of everything a page should not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "NO PAGE WAS TRIED IN A BROWSER: there is no Chromium, install it with: apt-get install chromium"


def executable(own: str) -> str | None:
    """Return the browser of this machine, else the one that Playwright has downloaded."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (own if Path(own).exists() else None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window; only for a module, as it holds an event loop."""
    with sync_playwright() as playwright:
        path = executable(playwright.chromium.executable_path)
        if path is None:
            pytest.skip(NO_BROWSER)
        # The sandbox of the browser does not work for root, as which CI runs.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address: ``visit(url, width=390, color_scheme="dark")``.

    At the end of the test no page may have written an error or a warning to its console, thrown
    an error, or asked for anything that does not come from where it came from itself.
    """
    complaints: list[str] = []
    contexts = []

    def open_page(url: str, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        home = "/".join(url.split("#", maxsplit=1)[0].split("/")[:3])
        own = url.split("#", maxsplit=1)[0] if url.startswith("file:") else f"{home}/"
        page.on("console", lambda m: m.type in {"error", "warning"} and complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: request.url.startswith(own) or complaints.append(request.url),
        )
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds in a page that is serious or critical, one line each."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in violations
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels a page is broader than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
