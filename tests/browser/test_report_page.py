"""The report as its readers meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import accessibility_faults, overflow

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;<!--\u2028x"
EVIL_ID = "x/</script><script>'\"&amp;<!--"
PACK = f"""
pack: spies
defaults: {{type: organisation}}
entities:
  - {{id: place/iran, name: Iran, type: place, aliases: [ایران, "Iran 🇮🇷"]}}
  - {{id: org/gb-mod, name: Ministry of Defence (United Kingdom), aliases: [{{text: MoD, ambiguous: true, context: {{any: [London]}}}}]}}
  - {{id: org/in-mod, name: Ministry of Defence (India), aliases: [{{text: MoD, ambiguous: true}}]}}
  - id: person/simon-gass
    name: Simon Gass
    type: person
    aliases: [{{text: Simon Garth, kind: garbled, source: {json.dumps(EVIL)}}}]
  - {{id: {json.dumps(EVIL_ID)}, name: {json.dumps(EVIL)}, type: "<b>evil</b>", aliases: [Evil Corp]}}
roles:
  - id: role/gb-foreign-secretary
    name: Foreign Secretary (United Kingdom)
    aliases: [British Foreign Secretary]
    holders: [{{entity: person/simon-gass, from: 2021-01-01, until: 2023-01-01}}]
"""
DOCUMENTS = [
    {
        "id": "emoji",
        "date": "2021-08-31",
        "text": "👍👩‍👩‍👧 Iran and 𝒯ehran 🎉: Simon Garth met the MoD 🇮🇷. Gass left.",
        "paper": "The Daily 📰",
    },
    {"id": "rtl", "date": "2021-09", "text": "رئیس ایران 🙂 گفت MoD.\nLatin line: Iran.\r\nایران"},
    {"id": EVIL, "date": EVIL, "text": f"{EVIL} Evil Corp {EVIL} Iran", "note": EVIL},
    {
        "id": "office",
        "date": "2022-03-01",
        "text": "The British Foreign Secretary left London's MoD.",
    },
    {"id": "nothing", "text": "Nobody is here."},
]


def build(folder: Path, documents: list[dict], *options: str, code: int = 0) -> str:
    """Run the command and return the address of the report."""
    (folder / "spies.yaml").write_text(PACK, "utf-8")
    lines = [d if isinstance(d, str) else json.dumps(d) for d in documents]
    (folder / "in.jsonl").write_text("\n".join(lines), "utf-8")
    command = "report in.jsonl -o out.html --no-bundled --no-plugins --packs spies.yaml".split()
    done = subprocess.run(
        [sys.executable, "-m", "resolver", *command, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return (folder / "out.html").as_uri()


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("report"), [*DOCUMENTS, "{broken"], code=2)


def line(part: str) -> str:
    """Return the place in the pack of what holds a part."""
    number = next(n for n, text in enumerate(PACK.splitlines(), 1) if part in text)
    return f"spies.yaml:{number}"


SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
VIEWS = ["overview", "documents", "document/0/1", "document/2", "entities", "entity/0", "open"]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_accessible_and_fits(visit, report, view, width, scheme):
    page = visit(f"{report}#{view}", width=width, color_scheme=scheme, bypass_csp=True)
    page.wait_for_selector("main > *")
    for summary in page.query_selector_all("details:not([open]) > summary"):
        summary.evaluate("node => { node.parentElement.open = true }")
    assert accessibility_faults(page) == []
    assert overflow(page) <= 0


def surfaces(page) -> list[dict]:
    """Return what a reader gets who selects each mention, and what the data say it is."""
    return page.evaluate(
        """() => [...document.querySelectorAll('#text .mention')].map((node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return {selected: String(getSelection()), type: node.dataset.type, status: node.dataset.status,
                    kind: node.dataset.kind, title: node.title};
        })"""
    )


def text_of(page) -> str:
    return page.evaluate("document.getElementById('text').textContent")


def test_highlights_stand_exactly_on_surfaces(visit, report):
    page = visit(f"{report}#document/0")
    found = surfaces(page)
    assert [(f["selected"], f["status"], f["kind"]) for f in found] == [
        ("Iran", "resolved", "full"),
        ("Simon Garth", "resolved", "garbled"),
        ("MoD", "ambiguous", "full"),
        ("Gass", "resolved", "surname"),
    ]
    assert text_of(page) == DOCUMENTS[0]["text"]
    assert found[2]["title"] == (
        "Ministry of Defence (United Kingdom) or Ministry of Defence (India) (organisation)"
    )


def test_right_to_left_text_keeps_its_directions(visit, report):
    page = visit(f"{report}#document/1")
    assert [f["selected"] for f in surfaces(page)] == ["ایران", "MoD", "Iran", "ایران"]
    assert text_of(page) == DOCUMENTS[1]["text"]
    persian, latin = page.evaluate(
        """() => ['ایران', 'Iran'].map((word) => [...document.querySelectorAll('#text .mention')]
            .find((node) => node.textContent === word).getBoundingClientRect().left)"""
    )
    assert persian > latin + 200, "the Persian line begins at the right, the Latin one at the left"


def test_markup_is_text_everywhere(visit, report):
    page = visit(f"{report}#document/2")
    assert text_of(page) == DOCUMENTS[2]["text"]
    assert page.inner_text("#headline").strip() == EVIL.strip()
    page.click("#text .mention >> nth=0")
    assert "<b>evil</b>" in page.inner_text("#details")
    page.click("#details a >> nth=0")
    assert "onerror=alert(1)" in page.inner_text("#headline")
    for view in VIEWS:
        page.evaluate("view => { location.hash = view }", view)
        assert page.query_selector_all("img, b, iframe, main script") == []
    assert page.evaluate("document.scripts.length") == 2


def test_the_policy_stops_what_gets_in(browser, report):
    page = browser.new_page()
    page.goto(report)
    thrown = page.evaluate(
        "() => { try { document.body.innerHTML = '<p>x'; } catch (error) { return error.name; } }"
    )
    assert thrown == "TypeError"
    policy = page.get_attribute("meta[http-equiv]", "content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    page.close()


def test_details_say_all_that_is_known(visit, report):
    page = visit(f"{report}#document/0")
    details = page.locator("#details")
    page.click("#text .mention >> nth=1")
    shown = details.inner_text()
    for part in [
        "Simon Garth",
        "resolved, a garbled form",
        "Simon Gass",
        "person/simon-gass",
        "Simon Garth (garbled)",
        line("Simon Garth"),
        "onerror=alert(1)",
        "a garbled form, seen in",
    ]:
        assert part in shown, part
    page.click("#text .mention >> nth=2")
    shown = details.inner_text()
    for part in [
        "stayed ambiguous",
        "Ministry of Defence (India)",
        "org/gb-mod",
        line("id: org/gb-mod"),
        line("id: org/in-mod"),
        "ambiguous: nothing decides between",
    ]:
        assert part in shown, part
    page.click("#text .mention >> nth=3")
    assert "Follows from" in details.inner_text()
    page.click("#details dd a:has-text('Simon Garth')")
    assert page.url.endswith("#document/0/1")
    page.goto(f"{report}#document/3/0")
    assert "Held by" in details.inner_text()
    assert "person/simon-gass" in details.inner_text()


def test_the_keyboard_is_enough(visit, report):
    page = visit(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    focus(page, "#views a[href='#documents']")
    page.keyboard.press("Enter")
    focus(page, "a[href='#document/0']")
    page.keyboard.press("Enter")
    focus(page, "#text .mention")
    assert focused(page) == "Iran"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "MoD"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    assert "stayed ambiguous" in page.inner_text("#details")
    page.keyboard.press("Escape")
    assert focused(page) == "MoD"
    page.keyboard.press("End")
    assert focused(page) == "Gass"


def test_the_keyboard_gets_from_details_to_the_entity_and_back(visit, report):
    page = visit(f"{report}#document/0")
    focus(page, "#text .mention")
    page.keyboard.press("Space")
    assert "place/iran" in page.inner_text("#details")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "place/iran" in page.inner_text("main")
    assert "#entity/" in page.url
    focus(page, "main button")
    page.keyboard.press("Enter")
    assert page.input_value("input[name=entity]") == "place/iran"
    assert page.evaluate("document.activeElement.id") == "main"
    page.go_back()
    assert page.inner_text("#details .surface") == "Iran"
    assert page.evaluate("document.activeElement.id") == "details"


def focus(page, selector: str) -> None:
    """Press Tab until the keyboard is at an element, which must show that it is."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none"
            return
    raise AssertionError(f"the keyboard does not get to {selector}")


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent")


def test_filters_narrow_every_view(visit, report):
    page = visit(report)
    status = page.locator("[role=status]")
    assert status.inner_text() == "14 mentions in 5 articles"
    page.click("button[value=ambiguous]")
    assert status.inner_text() == "The filter shows 2 mentions in 2 of 5 articles"
    page.click("#views a[href='#documents']")
    assert page.locator(".list li").count() == 2
    page.click("a[href='#document/0']")
    assert [f["selected"] for f in surfaces(page)] == ["MoD"]
    page.click("text=Clear filters")
    page.fill("input[name=entity]", "person/simon-gass")
    expect(status).to_have_text("The filter shows 2 mentions in 1 of 5 articles")
    assert [f["selected"] for f in surfaces(page)] == ["Simon Garth", "Gass"]
    assert page.evaluate("document.activeElement.name") == "entity"
    page.fill("input[name=entity]", "")
    page.fill("input[name=words]", "NOBODY")
    expect(status).to_have_text("The filter shows 0 mentions in 1 of 5 articles")
    page.click("#views a[href='#documents']")
    assert "nothing" in page.inner_text(".list")


def test_the_overview_draws_figures_dates_and_ties(visit, report):
    page = visit(report)
    assert "1 document could not be read" in page.inner_text(".failure")
    assert "in.jsonl:6:2: not valid JSON" in page.inner_text(".failure")
    assert page.inner_text(".bars li >> nth=0").split() == ["Iran", "5"]
    columns = page.locator(".timeline .column")
    assert columns.first.get_attribute("aria-label") == "Aug 2021: 1 article"
    assert columns.count() == 8
    columns.first.click()
    assert page.inner_text("[role=status]") == "The filter shows 4 mentions in 1 of 5 articles"
    page.click("text=Clear filters")
    nodes = page.locator(".graph .node")
    assert nodes.count() == 5
    places = page.eval_on_selector_all(".graph circle", "all => all.map((c) => c.cx.baseVal.value)")
    page.reload()
    page.wait_for_selector(".graph .node")
    again = page.eval_on_selector_all(".graph circle", "all => all.map((c) => c.cx.baseVal.value)")
    assert places == again
    page.click("text=The same as a table")
    assert "Iran\tSimon Gass\t1" in page.inner_text(".overview table")


def test_the_index_leads_to_places(visit, report):
    page = visit(f"{report}#entities")
    assert page.inner_text(".index tbody tr >> nth=0").split("\t")[:3] == ["Iran place", "5", "3"]
    page.click(".index a >> nth=0")
    assert "ایران" in page.inner_text("main")
    page.click(".places li >> nth=2 >> a")
    assert page.url.endswith("#document/1/2")
    assert page.inner_text("#details .surface") == "Iran"
    assert page.locator("#text .mention[aria-expanded=true]").inner_text() == "Iran"


def test_what_stayed_ambiguous_is_a_list_of_work(visit, report):
    page = visit(f"{report}#open")
    assert page.inner_text("main h2") == "2 mentions of 1 name stayed ambiguous"
    question = page.inner_text(".question")
    for part in ["MoD", "2 mentions in 2 articles", "org/in-mod", line("id: org/gb-mod")]:
        assert part in question, part
    page.click(".question .places a >> nth=0")
    assert "stayed ambiguous" in page.inner_text("#details")


def test_status_is_told_apart_without_colour(visit, report):
    page = visit(f"{report}#document/0", forced_colors="active")
    lines = page.eval_on_selector_all(
        "#text .mention", "all => all.map((node) => getComputedStyle(node).borderBottomStyle)"
    )
    assert lines == ["solid", "solid", "dashed", "solid"]
    signs = page.eval_on_selector_all(
        "#text .mention", "all => all.map((node) => getComputedStyle(node, '::after').content)"
    )
    assert [sign[:3] for sign in signs] == ["non", '"≈"', '"?"', "non"]


def test_details_are_shown_where_there_is_no_room_for_the_list(visit, report):
    page = visit(f"{report}#documents", width=1100)
    page.click("#text .mention >> nth=0")
    assert "place/iran" in page.inner_text("#details")
    assert not page.locator(".list").is_visible()
    page.click("text=All articles")
    assert page.locator(".list").is_visible()


def test_on_a_phone_details_do_not_hide_the_mention(visit, report):
    page = visit(f"{report}#document/0", width=390, height=500, has_touch=True)
    page.tap("#text .mention >> nth=3")
    page.wait_for_selector("#details.open")
    mention, sheet = (
        page.locator(selector).bounding_box()
        for selector in ("#text .mention >> nth=3", "#details")
    )
    assert mention["y"] + mention["height"] <= sheet["y"]
    page.click("#details .close")
    assert not page.locator("#details").is_visible()


def test_it_prints(visit, report):
    page = visit(report, color_scheme="dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = page.inner_text("#paper")
    for part in [
        "What stayed ambiguous",
        line("id: org/in-mod"),
        "could not be read",
        "The Daily",
        "Nobody is here.",
    ]:
        assert part in paper, part
    assert not page.locator("nav").is_visible()
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")


def test_half_a_megabyte_of_text(visit, tmp_path):
    text = (
        "The MoD of Iran 👍 met Simon Gass" + ", of whom nothing else is known" * 8 + ".\n"
    ) * 1_800
    page = visit(build(tmp_path, [{"id": "long", "text": text}]) + "#document/0")
    assert len(text.encode()) > 500_000
    assert page.locator("#text .mention").count() == 3 * 1_800
    assert text_of(page) == text
    last = page.locator("#text .mention >> nth=-1")
    last.click()
    assert last.inner_text() == "Simon Gass"
    assert "person/simon-gass" in page.inner_text("#details")


def test_a_long_text_is_not_cut_inside_a_mention(visit, tmp_path):
    text = "so " * 2_700 + "Simon\nGass left.\nIran stayed " + "so " * 2_700 + "\n\nIran"
    page = visit(build(tmp_path, [{"id": "long", "text": text}]) + "#document/0/2")
    stretches = page.eval_on_selector_all("#text .stretch", "all => all.map((e) => e.textContent)")
    assert "".join(stretches) == text
    assert [stretch[-12:] for stretch in stretches] == ["\nGass left.\n", "o so so so \n", "\nIran"]
    assert [f["selected"] for f in surfaces(page)] == ["Simon\nGass", "Iran", "Iran"]
    assert page.locator("#text .mention >> nth=2").is_visible()


def test_a_report_of_nothing_says_so(visit, tmp_path):
    page = visit(build(tmp_path, [{"id": "nothing", "text": "Nobody."}]))
    assert "No entity is mentioned." in page.inner_text("main")
    assert "No article has a date." in page.inner_text("main")
    page.goto(page.url + "#open")
    assert page.inner_text("main") == "Nothing stayed ambiguous."
