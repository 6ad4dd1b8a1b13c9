"""The pictures of the docs are there, are used, and are those that the script makes."""

from __future__ import annotations

import re

from conftest import ROOT

IMAGES = ROOT / "docs/images"
MOST_BYTES = 300_000


def test_every_picture_that_a_page_shows_is_there_and_says_what_it_shows():
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for words, path in re.findall(r"!\[(.*?)\]\((.*?)\)", page.read_text("utf-8")):
            assert (page.parent / path).is_file(), f"{page.name}: {path}"
            assert words


def test_the_script_makes_every_picture_and_none_is_large():
    script = (ROOT / "docs/pictures.py").read_text("utf-8")
    made = set(re.findall(r'^    "([\w-]+)": \w+,$', script, re.MULTILINE))
    assert made == {path.stem for path in IMAGES.glob("*.png")}
    assert {p.name for p in IMAGES.iterdir() if p.stat().st_size > MOST_BYTES} == set()
