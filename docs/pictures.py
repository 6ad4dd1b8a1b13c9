"""Make the pictures of the docs: ``python docs/pictures.py`` writes them into ``docs/images/``.

It needs what development needs, and a Chromium. A picture is a function below, named like its file.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/images"


def main() -> None:
    """Make all pictures, or those that are named."""
    names = sys.argv[1:] or list(PICTURES)
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name in names:
            path = IMAGES / f"{name}.png"
            PICTURES[name](browser, Path(folder)).screenshot(path=path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
        browser.close()


def report_of_seeds(folder: Path) -> str:
    """Write a report on the articles of ``seeds/``, each with its date, and return its address."""
    expected = yaml.safe_load((ROOT / "seeds/expected.yaml").read_text("utf-8"))
    lines = [
        json.dumps(
            {
                "id": name.removesuffix(".txt"),
                "date": article["date"],
                "text": (ROOT / "seeds" / name).read_text("utf-8"),
            }
        )
        for name, article in expected.items()
    ]
    (folder / "seeds.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "resolver", "report", "seeds.jsonl", "-o", "report.html"]
    options = ["--title", "Iran, Afghanistan and the UK", "--no-plugins"]
    subprocess.run([*command, *options], cwd=folder, check=True)
    return (folder / "report.html").as_uri()


def report_overview(browser: Browser, folder: Path) -> Page:
    """The first view of a report."""
    page = browser.new_page(viewport={"width": 1120, "height": 1680})
    page.goto(report_of_seeds(folder))
    page.wait_for_selector(".graph")
    return page


def report_article(browser: Browser, folder: Path) -> Page:
    """An article, and why a garbled name is whom it is."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{report_of_seeds(folder)}#documents")
    page.click(".list a:has-text('translated-back-channel')")
    page.click("#text .mention[data-kind=garbled] >> nth=0")
    page.evaluate("scrollTo(0, 0)")
    return page


def report_phone(browser: Browser, folder: Path) -> Page:
    """The same on a phone, in the dark."""
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page.goto(f"{report_of_seeds(folder)}#documents")
    page.click(".list a:has-text('translated-back-channel')")
    page.click("#text .mention[data-kind=garbled] >> nth=0")
    return page


PACK = """\
pack: ministries
defaults: {type: organisation}
entities:
  - id: org/ut-ministry-of-defence
    name: Ministry of Defence (Utopia)
    aliases:
      - Utopian defence ministry
      - text: MoD
        kind: acronym
        ambiguous: true
        context: {any: [Utopia]}
examples:
  - text: "Utopia's [MoD](org/ut-ministry-of-defence) is quiet."
"""
TEXT = """\
Simon Gass flew to Doha, the Foreign Office said. Gass met Sirajuddin Haqqani of the \
Haqqani network and told the MoD in London.

Simon Garth, as a translated wire copy called him, said nothing of the IRGC. \
An Admiral of Utopia left the MoD in tears.
"""


def playground_of(browser: Browser, folder: Path, **options: Any) -> Page:
    """Serve the playground, edit a pack in it, and return the page when all is shown."""
    (folder / "ministries.yaml").write_text(PACK, "utf-8")
    command = [sys.executable, "-m", "resolver", "serve", "ministries.yaml", "--port", "0"]
    with subprocess.Popen(
        [*command, "--no-plugins"], cwd=folder, stderr=subprocess.PIPE, text=True
    ) as server:
        page = browser.new_page(**options)
        page.goto(server.stderr.readline().split()[2])
        page.fill("#text", TEXT)
        edited = PACK.replace("[Utopia]}", "[Utopia], within: sentence}")
        page.fill(
            "#pack",
            edited.replace("ministry\n      -", "ministry\n      - Admiral of Utopia\n      -"),
        )
        page.wait_for_selector("#state[data-kind=edited]", timeout=120_000)
        page.wait_for_selector("#differences tbody tr", timeout=120_000)
        at = TEXT.rindex("MoD")
        page.evaluate("at => text.focus() || text.setSelectionRange(at, at)", at)
        page.wait_for_selector("#why .candidate.chosen:has-text('Utopia')")
        server.terminate()
    return page


def playground(browser: Browser, folder: Path) -> Page:
    """The playground with an edit that is not saved, and what it changes."""
    return playground_of(browser, folder, viewport={"width": 1280, "height": 900})


PICTURES: dict[str, Callable[[Browser, Path], Page]] = {
    "report-overview": report_overview,
    "report-article": report_article,
    "report-phone": report_phone,
    "playground": playground,
}

if __name__ == "__main__":
    main()
