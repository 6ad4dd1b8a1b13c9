"""The playground in a browser, as people use it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from conftest import ROOT, resolver_of
from playwright.sync_api import expect
from serving import PACK, served

from browser.conftest import accessibility_faults, overflow

PLAIN = ("--no-bundled", "--no-plugins")
SEEDS = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
MANY = "#text-marks .mention"


@pytest.fixture
def server(tmp_path):
    (tmp_path / "my.yaml").write_text(PACK, "utf-8")
    (tmp_path / "second.yaml").write_text("pack: second\n", "utf-8")
    with served("my.yaml", "second.yaml", *PLAIN, folder=tmp_path) as server:
        server.folder = tmp_path
        yield server


@pytest.fixture
def page(server, visit):
    page = visit(server.address)
    expect(page.locator(MANY).first).to_be_attached()
    return page


def marked(page):
    """Return what is marked, in order; the layer of the marks has the same lines as the text."""
    lines = page.locator("#text-marks > .line").all_text_contents()
    assert [line.strip("\u200b") for line in lines] == page.locator("#text").input_value().split(
        "\n"
    )
    return page.locator(MANY).all_text_contents()


def write(page, text):
    page.locator("#text").fill(text)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def state(page, kind):
    expect(page.locator(f'#state[data-kind="{kind}"]')).to_be_visible()


def add_alias(page, alias):
    """Type an alias of Iran into the pack, as people would."""
    pack = page.locator("#pack")
    at = pack.input_value().index("    type: place")
    pack.evaluate("(area, at) => { area.focus(); area.setSelectionRange(at, at); }", at)
    page.keyboard.type(f"    aliases: [{alias}]")
    press(page, "Enter")
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Iran", ["Iran"]),
        ("😀👩‍👩‍👧 Iran 🇬🇧 Simon Garth 😀", ["Iran", "Simon Garth"]),
        ("گفت Iran در تهران، Simon Gass آمد\nשלום Iran", ["Iran", "Simon Gass", "Iran"]),
        ("\n\n  Iran\n\n", ["Iran"]),
        ("Simon\nGarth", ["Simon", "Garth"]),
        ("e\u0301 İI\u0307 ﬁ Iran 𝕀 Iran", ["Iran", "Iran"]),
        ("<b>Iran</b><script>alert(1)</script>&amp;", ["Iran"]),
    ],
    ids=["plain", "emoji", "right to left", "lines", "over a line end", "marks", "markup"],
)
def test_marks_lie_where_the_mentions_stand(page, text, mentions):
    write(page, text)
    expect(page.locator(MANY)).to_have_text(mentions)
    assert marked(page) == mentions


def test_marks_lie_exactly_behind_their_letters(page):
    # A word is as wide in the layer of the marks as in a text area; both wrap alike.
    text = "😀 گفت Iran آمد Simon Garth 😀 " * 12
    write(page, text)
    expect(page.locator(MANY)).to_have_count(24)
    measure = """area => {
        const layer = document.getElementById("text-marks");
        const style = getComputedStyle(area);
        const other = getComputedStyle(layer);
        const same = ["font", "width", "padding", "letterSpacing", "whiteSpace", "wordBreak",
            "overflowWrap", "lineHeight", "textAlign", "tabSize"];
        return [same.filter((name) => style[name] !== other[name]),
            area.scrollHeight - layer.scrollHeight, area.scrollWidth - area.clientWidth];
    }"""
    assert page.locator("#text").evaluate(measure) == [[], 0, 0]


def test_a_mention_is_explained_at_the_cursor(page):
    write(page, "😀 The MoD in London")
    expect(page.locator(MANY)).to_have_text(["MoD"])
    page.locator("#text").focus()
    press(page, "Home", *["ArrowRight"] * 6)
    why = page.locator("#why")
    expect(why.locator(".surface")).to_have_text("MoD")
    expect(why.locator(".candidate")).to_have_count(2)
    expect(why.locator(".candidate.chosen h4")).to_contain_text("United Kingdom")
    expect(why.locator(".candidate").nth(1)).to_contain_text("none of Delhi, India stands near")
    expect(page.locator(f"{MANY}.chosen")).to_have_text("MoD")


def test_why_selected_words_are_no_mention(page):
    write(page, "😀 Iran Air and the mod")
    expect(page.locator(MANY)).to_have_count(0)
    page.locator("#text").focus()
    press(page, "Home", "ArrowRight", "ArrowRight", *["Shift+ArrowRight"] * 5)
    why = page.locator("#why")
    expect(why.locator(".surface")).to_have_text("Iran")
    expect(why).to_contain_text('suppressed: "Iran Air" is never a mention')
    press(page, "End", *["Shift+ArrowLeft"] * 3)
    expect(why).to_contain_text("the capitals do not fit")


def test_errors_are_shown_at_their_line_while_typing(page):
    write(page, "Iran and Persia")
    expect(page.locator(MANY)).to_have_text(["Iran"])
    pack = page.locator("#pack")
    pack.focus()
    press(page, "Control+Home", "End", "Enter")
    page.keyboard.type("titel: x")
    expect(page.locator("#problems")).to_contain_text(
        "2:1 file has no key titel, did you mean title?"
    )
    expect(page.locator("#pack-marks .line.wrong")).to_have_text("titel: x")
    state(page, "broken")
    expect(page.locator(MANY)).to_have_text(["Iran"])
    press(page, *["Backspace"] * 9)
    expect(page.locator("#pack-marks .line.wrong")).to_have_count(0)
    state(page, "")


def test_a_line_with_an_error_can_be_read(page):
    # Two lines that differ in their text only must not look alike.
    looks = []
    for letter in "WI":
        page.locator("#pack").fill(f"pack: my\n{letter}: x\n")
        line = page.locator("#pack-marks .line.wrong")
        expect(line).to_have_text(f"{letter}: x")
        looks.append(line.screenshot())
    assert looks[0] != looks[1]


def test_an_edit_shows_in_the_text_and_what_it_changes(page):
    write(page, "Iran and Persia")
    add_alias(page, "Persia")
    expect(page.locator(MANY)).to_have_text(["Iran", "Persia"])
    state(page, "edited")
    expect(page.locator("#difference-count")).to_have_text("1")
    row = page.locator("#differences tbody tr")
    expect(row).to_contain_text('my.yaml:15:15: alias "Persia" of place/iran added')
    press(page, *["Control+z"] * 8)


def test_saving_keeps_a_backup_and_what_others_changed(server, page):
    add_alias(page, "Persia")
    state(page, "edited")
    press(page, "Control+s")
    state(page, "")
    file = server.folder / "my.yaml"
    assert "aliases: [Persia]" in file.read_text("utf-8")
    assert (server.folder / "my.yaml.bak").read_text("utf-8") == PACK
    expect(page.locator("#save")).to_be_disabled()
    press(page, "Control+s")
    page.wait_for_timeout(300)
    assert (server.folder / "my.yaml.bak").read_text("utf-8") == PACK
    file.write_text(PACK, "utf-8")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#pack")).to_have_value(PACK)


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(server, browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(server.address)
        expect(page.locator("#pack")).to_have_value(PACK)
        add_alias(page, "Persia")
        (server.folder / "my.yaml").write_text(f"# mine\n{PACK}", "utf-8")
        press(page, "Control+s")
        expect(page.locator("#notice")).to_contain_text("was changed on the disk meanwhile")
    assert (server.folder / "my.yaml").read_text("utf-8") == f"# mine\n{PACK}"


def test_a_pack_with_errors_can_be_opened_and_mended(tmp_path, visit):
    (tmp_path / "bad.yaml").write_text(PACK.replace("pack: ", "pak: "), "utf-8")
    with served("bad.yaml", *PLAIN, folder=tmp_path) as server:
        page = visit(server.address)
        expect(page.locator("#state")).to_have_text(
            "There are errors: marks leave out the packs that have them."
        )
        page.locator("#pack").fill(PACK)
        expect(page.locator(MANY).first).to_be_attached()
        press(page, "Control+s")
        state(page, "")
        page.close()
    assert (tmp_path / "bad.yaml").read_text("utf-8") == PACK


def test_a_pack_can_be_downloaded(page):
    add_alias(page, "Persia")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "my.yaml"
    assert "aliases: [Persia]" in download.value.path().read_text("utf-8")


def test_the_text_becomes_an_example(server, page):
    write(page, "[x] Iran 😀")
    expect(page.locator(MANY)).to_have_text(["Iran"])
    page.get_by_role("tab", name="Save as example").click()
    page.get_by_role("button", name="Add the example").click()
    expect(page.locator("#pack")).to_have_value(re.compile(r"\\\[x\] \[Iran\]\(place/iran\) 😀"))
    expect(page.locator("#problems")).to_contain_text("2 examples passed")
    press(page, "Control+s")
    state(page, "")
    press(page, "Control+z")
    expect(page.locator("#pack")).to_have_value(PACK)


def test_the_command_line_does_the_same(server, page):
    write(page, 'It\'s the "MoD" in\nLondon; $HOME `id` 😀')
    expect(page.locator(MANY)).to_have_text(["MoD"])
    page.locator("#date").fill("2022-11-17")
    page.get_by_role("tab", name="Command line").click()
    expect(page.locator("#command pre").first).to_contain_text("2022-11-17")
    shown = page.locator("#command pre").first.text_content()
    words = shlex.split(shown)
    assert words[:2] == ["resolver", "explain"]
    command = f"{shlex.quote(sys.executable)} -m {shown}"
    done = subprocess.run(
        command, shell=True, cwd=server.folder, capture_output=True, text=True, check=True
    )
    assert '10-13 "MoD" is Ministry of Defence (United Kingdom)' in done.stdout


def test_json_counts_code_points(page):
    write(page, "😀 Iran")
    page.get_by_role("tab", name="JSON").click()
    expect(page.locator("#json pre")).to_contain_text('"start": 2')
    expect(page.locator("#json")).to_contain_text("1 mention;")


def test_everything_can_be_done_with_the_keyboard(server, page):
    press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    press(page, "Tab", "Tab")
    expect(page.get_by_role("tab", name="my.yaml")).to_be_focused()
    press(page, "ArrowRight")
    expect(page.get_by_role("tab", name="second.yaml")).to_be_focused()
    expect(page.locator("#pack")).to_have_value("pack: second\n")
    press(page, "ArrowLeft", "Tab", "Control+Home")
    page.keyboard.type("# mine")
    press(page, "Enter", "Control+s")
    state(page, "")
    assert (server.folder / "my.yaml").read_text("utf-8") == f"# mine\n{PACK}"
    press(page, *["Tab"] * 4, "Control+a")
    page.keyboard.type("Iran, Simon Garth")
    expect(page.locator(MANY)).to_have_text(["Iran", "Simon Garth"])


def test_next_and_previous_walk_the_mentions(page):
    write(page, "😀 Iran, Simon Garth, Iran")
    expect(page.locator(MANY)).to_have_count(3)
    page.locator("#text").focus()
    press(page, "Control+Home")
    for expected in ("Iran", "Simon Garth", "Iran", "Iran"):
        page.get_by_role("button", name="Next mention").press("Enter")
        expect(page.locator("#why .surface")).to_have_text(expected)
    page.get_by_role("button", name="Previous mention").press("Enter")
    expect(page.locator(f"{MANY}.chosen")).to_have_text("Iran")


EVIL = "<img src=x onerror=alert(1)>"


def test_markup_in_packs_shows_as_text(tmp_path, visit):
    quoted = f'"{EVIL}"'
    pack = (
        f"pack: evil\ndefaults: {{type: {quoted}}}\nentities:\n"
        f"  - {{id: evil/1, name: {quoted}, aliases: "
        f"[{{text: Zed, kind: garbled, source: {quoted}, note: {quoted}}}, "
        f"{{text: Zod, ambiguous: true, context: {{any: [{quoted}]}}}}]}}\n"
        f"examples: [{{text: {quoted}}}]\n"
    )
    name = "<b>&amp;.yaml"
    (tmp_path / name).write_text(pack, "utf-8")
    with served(name, *PLAIN, folder=tmp_path) as server:
        page = visit(server.address)
        write(page, f"Zed {EVIL} Zod </textarea><script>alert(2)</script>")
        expect(page.locator(MANY)).to_have_count(3)
        expect(page.get_by_role("tab", name=name)).to_be_visible()
        for _ in range(3):
            page.get_by_role("button", name="Next mention").click()
            expect(page.locator("#why .candidate")).to_contain_text(EVIL)
        for tab in ("Mentions", "Save as example", "Command line", "JSON"):
            page.get_by_role("tab", name=tab).click()
            page.wait_for_timeout(300)
        add = page.locator("#pack")
        add.focus()
        press(page, "Control+End")
        page.keyboard.type("suppress: [Zed]")
        page.get_by_role("tab", name="Difference").click()
        expect(page.locator("#differences tbody tr")).to_contain_text("Zed")
        assert page.locator("img, script:not([src])").count() == 0
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_use_it(server, visit, width, scheme):
    page = visit(server.address, width=width, color_scheme=scheme, bypass_csp=True)
    write(page, "😀 The MoD and Iran. Simon Garth left the MoD in London. The mod.")
    expect(page.locator(MANY)).to_have_count(4)
    add_alias(page, "Persia, [")
    expect(page.locator("#problems .problem")).to_have_count(1)
    for tab in ("Mentions", "Save as example", "Command line", "JSON", "Difference"):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("button", name="Next mention").click()
        expect(page.locator("#why .candidate").first).to_be_visible()
        assert accessibility_faults(page) == []
        assert overflow(page) == 0


def test_half_a_million_characters(tmp_path, visit):
    (tmp_path / "my.yaml").write_text(PACK, "utf-8")
    text = (SEEDS * (500_000 // len(SEEDS) + 1))[:500_000]
    mentions = resolver_of(PACK).resolve(text).mentions
    count = sum(mention.surface == "Iran" for mention in mentions)
    assert count > 300
    with served("my.yaml", *PLAIN, folder=tmp_path) as server:
        page = visit(server.address)
        expect(page.locator(MANY).first).to_be_attached()
        paste = """(area, text) => {
            area.value = text;
            area.dispatchEvent(new Event("input"));
        }"""
        page.locator("#text").evaluate(paste, text)
        iran = page.locator(MANY, has_text=re.compile("^Iran$"))
        expect(iran).to_have_count(count, timeout=120_000)
        page.locator("#text").evaluate("(area) => { area.focus(); area.setSelectionRange(0, 0); }")
        page.keyboard.type("Iran! ")
        expect(iran).to_have_count(count + 1, timeout=120_000)
        page.close()


def test_what_is_typed_stays_when_the_page_is_loaded_again(page):
    write(page, "Iran 😀")
    page.reload()
    expect(page.locator("#text")).to_have_value("Iran 😀")
    expect(page.locator(MANY)).to_have_text(["Iran"])


def test_the_bundled_packs(tmp_path, visit):
    with served("--no-plugins", folder=tmp_path) as server:
        page = visit(server.address)
        write(page, SEEDS[:20_000])
        expect(page.locator(MANY).nth(200)).to_be_attached(timeout=60_000)
        expect(page.locator("#pack")).to_have_value(re.compile("pack: scratch"))
        expect(page.locator("#save")).to_be_disabled()
        expect(page.locator("#problems")).to_contain_text("No examples yet", timeout=60_000)
        page.close()
