"""Plugins are found and loaded one at a time, and every way of being broken is named."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from resolver.plugins import load_plugins
from resolver.plugins.conformance import HOOKS, misfits

BROKEN = yaml.safe_load((ROOT / "tests/cases/broken_plugins.yaml").read_text("utf-8"))
PACK = """\
pack: demo
entities:
  - {id: person/gass, name: Simon Gass, type: person}
  - {id: place/iran, name: Iran, type: place}
"""
GOOD = """\
from resolver import hookimpl
from resolver.findings import Refusal, Rule

resolver_api = range(1, 3)


@hookimpl
def resolver_rules():
    return [Rule("no-iran", "veto", refuse)]


def refuse(analysis):
    for match in analysis.matches:
        for alias in match.reading.aliases:
            if alias.entity_id == "place/iran":
                yield Refusal(match.span, alias, "no-iran", "not here")
"""


def distribution(
    site: Path, name: str, module: str | None, entry: str | None = None, of: str | None = None
) -> None:
    """Install a distribution with one plugin: a module, and the metadata that pip would write."""
    module_name = name.replace("-", "_")
    if module is not None:
        (site / f"{module_name}.py").write_text(module, "utf-8")
    info = site / f"{(of or name).replace('-', '_')}_dist-1.0.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {of or name}-dist\nVersion: 1.0\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    points = f"[resolver]\n{name} = {entry or module_name}\n"
    (info / "entry_points.txt").write_text(points, "utf-8")


def run(folder: Path, *args: str, stdin: str = "", **environment: str) -> tuple[int, str, str]:
    """Run the command in a folder, whose subfolder ``site`` is where plugins are installed."""
    result = subprocess.run(
        [sys.executable, "-m", "resolver", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder / "site"), **environment},
        check=False,
    )
    return result.returncode, result.stdout, result.stderr


def listed(folder: Path, *args: str, **environment: str) -> dict[str, dict]:
    """What ``resolver plugins`` says, by name."""
    code, out, err = run(folder, "plugins", "--format", "json", *args, **environment)
    assert (code, err) == (0, "")
    return {record["name"]: record for record in json.loads(out)}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "demo.yaml").write_text(PACK, "utf-8")
    return tmp_path


DEMO = ("--no-bundled", "--packs", "demo.yaml")


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A folder in which every plugin of the cases is installed, and a good one."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "site").mkdir()
    (folder / "demo.yaml").write_text(PACK, "utf-8")
    for case in BROKEN:
        distribution(folder / "site", case["name"], case.get("module"), case.get("entry"))
    distribution(folder / "site", "good", GOOD)
    return folder


def message_of(case: dict, folder: Path) -> str:
    way_out = f"mend it or leave it out with RESOLVER_DISABLED_PLUGINS={case['name']}"
    message = case["message"].replace("{here}", str(folder / "site"))
    return message.replace("{way out}", way_out)


@pytest.fixture(scope="module")
def diagnosis(broken):
    return listed(broken)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_a_broken_plugin_is_named_with_distribution_version_and_place(case, broken, diagnosis):
    record = diagnosis[case["name"]]
    assert record["errors"] == [message_of(case, broken)]
    assert record["state"] == case.get("state", "failed")


def test_a_good_plugin_is_listed_beside_broken_ones(diagnosis):
    record = diagnosis["good"]
    assert record.pop("load_ms") > 0
    assert record == {
        "name": "good",
        "state": "ok",
        "kind": "installed",
        "distribution": "good-dist",
        "version": "1.0",
        "value": "good",
        "hooks": ["resolver_rules"],
        "errors": [],
    }


def test_other_commands_stop_with_a_line_for_each_broken_plugin(broken):
    messages = sorted((case["name"], message_of(case, broken)) for case in BROKEN)
    expected = "".join(f"{message}\n" for _, message in messages)
    assert run(broken, "tag", "-", *DEMO, stdin="Iran") == (2, "", expected)


def test_broken_plugins_can_be_allowed(broken):
    code, out, err = run(
        broken, "tag", "-", *DEMO, "--allow-broken-plugins", stdin="Iran and Simon Gass"
    )
    messages = sorted((case["name"], message_of(case, broken)) for case in BROKEN)
    assert code == 0
    assert err == "".join(f"warning: {message}\n" for _, message in messages)
    assert [m["surface"] for m in json.loads(out)["mentions"]] == ["Simon Gass"]


@pytest.mark.parametrize(
    ("args", "environment", "surfaces"),
    [
        pytest.param(["--no-plugins"], {}, ["Iran"], id="none"),
        pytest.param(["--plugin", "good"], {}, [], id="only one"),
        pytest.param(
            ["--plugin", "good", "--no-plugins"], {}, [], id="the one that is named after all"
        ),
        pytest.param(
            [],
            {"RESOLVER_DISABLED_PLUGINS": ", ".join(case["name"] for case in BROKEN)},
            [],
            id="all but those disabled",
        ),
    ],
)
def test_plugins_can_be_chosen(broken, args, environment, surfaces):
    code, out, err = run(broken, "tag", "-", *DEMO, *args, stdin="Iran", **environment)
    assert (code, err) == (0, "")
    assert [m["surface"] for m in json.loads(out)["mentions"]] == surfaces


def test_a_disabled_plugin_is_not_imported(folder):
    distribution(folder / "site", "noisy", f"raise SystemExit\n{GOOD}")
    record = listed(folder, RESOLVER_DISABLED_PLUGINS="noisy")["noisy"]
    assert (record["state"], record["hooks"], record["errors"]) == ("disabled", [], [])


def test_an_unknown_plugin_is_an_error_with_a_suggestion(folder):
    distribution(folder / "site", "football", GOOD)
    assert run(folder, "plugins", "--plugin", "fotball") == (
        2,
        "",
        "no plugin fotball is installed, did you mean football?\n",
    )
    assert run(folder, "plugins", "--plugin", "x") == (
        2,
        "",
        "no plugin x is installed, installed are football\n",
    )
    assert run(folder, "plugins", "--plugin-file", "x.py") == (
        2,
        "",
        "x.py: no such plugin file, correct the path\n",
    )


def test_two_plugins_of_one_name_are_both_refused(folder):
    distribution(folder / "site", "twin", GOOD, of="first")
    distribution(folder / "site", "twin", None, of="second")
    assert run(folder, "tag", "-", *DEMO) == (
        2,
        "",
        "plugin twin (first-dist 1.0) has the name of plugin twin (second-dist 1.0); "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=twin\n"
        "plugin twin (second-dist 1.0) has the name of plugin twin (first-dist 1.0); "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=twin\n",
    )


def test_one_module_is_one_plugin(folder):
    distribution(folder / "site", "good", GOOD)
    distribution(folder / "site", "same", None, entry="good")
    assert listed(folder)["same"]["errors"] == [
        "plugin same (same-dist 1.0) is the same object as plugin good (good-dist 1.0); "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=same"
    ]


def test_metadata_that_cannot_be_read_hides_no_other_plugin(folder):
    distribution(folder / "site", "good", GOOD)
    distribution(folder / "site", "bad", None)
    (folder / "site/bad_dist-1.0.dist-info/entry_points.txt").write_text("[resolver]\nx\n", "utf-8")
    records = listed(folder)
    assert records["good"]["state"] == "ok"
    assert records["bad-dist"]["errors"] == [
        "plugin bad-dist (bad-dist 1.0) cannot be loaded, TypeError: Pair.__new__() missing 1 "
        "required positional argument: 'value'; "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=bad-dist"
    ]


def test_a_distribution_installed_by_pip_is_used(folder):
    project = folder / "project"
    (project / "resolver_ministries").mkdir(parents=True)
    (project / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "alias-resolver-ministries"\nversion = "2.3"\n'
        '[project.entry-points.resolver]\nministries = "resolver_ministries"\n'
        '[tool.hatch.build.targets.wheel]\npackages = ["resolver_ministries"]\n',
        "utf-8",
    )
    (project / "resolver_ministries/__init__.py").write_text(
        "from pathlib import Path\n\nfrom resolver import hookimpl\n\n\n"
        "@hookimpl\ndef resolver_packs():\n    return [Path(__file__).parent]\n",
        "utf-8",
    )
    pack = "pack: ministries\nentities: [{id: org/mod, name: MoD, type: ministry}]\n"
    (project / "resolver_ministries/ministries.yaml").write_text(pack, "utf-8")
    subprocess.run(
        f"{sys.executable} -m pip install --quiet --no-deps --no-build-isolation "
        f"--disable-pip-version-check --target {folder / 'site'} {project}",
        shell=True,
        check=True,
    )
    record = listed(folder)["ministries"]
    assert (record["state"], record["distribution"], record["version"]) == (
        "ok",
        "alias-resolver-ministries",
        "2.3",
    )
    code, out, _ = run(folder, "tag", "-", "--no-bundled", stdin="the MoD")
    assert code == 0
    assert [m["entity_id"] for m in json.loads(out)["mentions"]] == ["org/mod"]


def test_what_comes_with_resolver_fits_the_hooks():
    plugins = list(load_plugins(installed=False))
    assert {hook for plugin in plugins for hook in plugin.hooks} == {
        "resolver_importers",
        "resolver_readers",
        "resolver_rules",
        "resolver_writers",
    }
    assert all(hook in HOOKS for plugin in plugins for hook in plugin.hooks)
    assert [misfits(plugin.implementation) for plugin in plugins] == [[]] * len(plugins)


FORMATS = """\
from pathlib import Path

import click

from resolver import Document, hookimpl
from resolver.cli.options import load, loading_options
from resolver.readers import Reader
from resolver.writers import Writer

Path(__file__).with_name("imported").touch()


@hookimpl
def resolver_readers():
    return [Reader("lines", (".lines",), read_lines)]


def read_lines(source):
    with source.open() as file:
        for number, line in enumerate(file.read().decode().splitlines(), 1):
            yield Document(line, id=str(number))


@hookimpl
def resolver_writers():
    return [Writer("bytes", write_bytes, binary=True)]


def write_bytes(results, options):
    yield b"\\xff"
    for result in results:
        yield b"%d" % len(result.mentions)


@hookimpl
def resolver_commands():
    return [count, click.Command("unhappy")]


@click.command("count", short_help="Count mentions.")
@click.argument("text")
@loading_options
def count(text, **loading):
    click.echo(len(load(**loading).resolve(text).mentions))
"""


@pytest.fixture
def formats(folder):
    distribution(folder / "site", "formats", FORMATS)
    return folder


def test_formats_of_plugins_are_read_and_written(formats):
    (formats / "in.lines").write_text("Iran\nSimon Gass in Iran\n", "utf-8")
    command = ("tag", "in.lines", *DEMO, "--format", "bytes", "-o", "out")
    assert run(formats, *command) == (0, "", "")
    assert (formats / "out").read_bytes() == b"\xff12"
    code, out, _ = run(
        formats, "tag", "-", *DEMO, "--input-format", "lines", stdin="Iran\nIran and Iran"
    )
    assert code == 0
    assert [len(json.loads(line)["mentions"]) for line in out.splitlines()] == [1, 2]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--format", "byte"), "format byte is unknown, did you mean bytes?\n"),
        (("--input-format", "line"), "input format line is unknown, did you mean lines?\n"),
    ],
)
def test_an_unknown_format_is_an_error_with_a_suggestion(formats, option, message):
    assert run(formats, "tag", "-", *DEMO, *option, stdin="Iran") == (2, "", message)


def test_an_unknown_format_like_no_other_lists_them_all(formats):
    code, out, err = run(formats, "tag", "-", *DEMO, "--format", "QQQ", stdin="Iran")
    assert (code, out) == (2, "")
    listed_formats = err.removeprefix("format QQQ is unknown, use ").removesuffix("\n").split(", ")
    assert {"bytes", "jsonl", "table"} <= set(listed_formats)
    assert listed_formats == sorted(listed_formats)


def test_commands_of_plugins_stand_beside_ours(formats):
    assert run(formats, "count", *DEMO, "Iran and Iran") == (0, "2\n", "")
    code, out, err = run(formats, "--help")
    assert (code, err) == (0, "")
    assert "Commands of plugins:\n  count    Count mentions.\n  unhappy\n" in out
    code, out, err = run(formats, "cuont")
    assert (code, out) == (2, "")
    assert err.endswith("Error: No such command 'cuont'. Did you mean 'count'?\n")


def test_settings_say_which_plugins_bring_commands(formats):
    (formats / "extra.py").write_text(FORMATS.replace('"count"', '"extra"'), "utf-8")
    settings = formats / "resolver.toml"
    settings.write_text('plugin-file = "extra.py"\nplugins = false\n', "utf-8")
    assert run(formats, "extra", *DEMO, "Iran")[:2] == (0, "1\n")
    assert run(formats, "count", *DEMO, "Iran")[0] == 2
    assert "  extra    Count mentions.\n" in run(formats, "--help")[1]
    settings.write_text('plugin-file = "extr.py"\n', "utf-8")
    assert "Some plugins are broken, see resolver plugins." in run(formats, "--help")[1]
    code, _, err = run(formats, "extra", *DEMO, "Iran")
    assert (code, err.splitlines()[0]) == (2, "extr.py: no such plugin file, correct the path")


def test_settings_hold_for_commands_of_plugins(formats):
    (formats / "resolver.toml").write_text('packs = "demo.yaml"\nbundled = false\n', "utf-8")
    assert run(formats, "count", "Iran and Iran") == (0, "2\n", "")


def test_plugins_are_imported_only_where_they_are_needed(formats):
    for args in (["--version"], ["tag", "--help"], ["plugins", "--no-plugins"], ["schema"]):
        assert run(formats, *args)[0] == 0
    assert not (formats / "site/imported").exists()
    assert run(formats, "--help")[0] == 0
    assert (formats / "site/imported").exists()


def test_the_help_and_unknown_commands_tell_of_broken_plugins(folder):
    distribution(folder / "site", "broken", "import nothing_of_that_name\n")
    code, out, err = run(folder, "--help")
    assert (code, err) == (0, "")
    assert "Some plugins are broken, see resolver plugins." in out
    code, out, err = run(folder, "football")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == (
        f"{folder}/site/broken.py:1: plugin broken (broken-dist 1.0) cannot be loaded, "
        "ModuleNotFoundError: No module named 'nothing_of_that_name'; "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=broken"
    )
    assert err.endswith("Error: No such command 'football'.\n")


def test_the_list_says_what_hooks_do_wrong(folder):
    distribution(
        folder / "site",
        "odd",
        "from resolver import hookimpl\n\n\n@hookimpl\ndef resolver_packs():\n    return [1 / 0]\n"
        "\n\n@hookimpl\ndef resolver_rules():\n    return None\n",
    )
    code, out, err = run(folder, "plugins")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines.pop(2).startswith("  loaded in ")
    assert lines == [
        "odd: failed, odd-dist 1.0 (odd)",
        "  resolver_packs, resolver_rules",
        f"  {folder}/site/odd.py:6: plugin odd (odd-dist 1.0) raised ZeroDivisionError: "
        "division by zero in resolver_packs; "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=odd",
    ]


def test_without_plugins_the_list_says_so(folder):
    assert run(folder, "plugins", "--no-plugins") == (0, "", "no plugin is installed\n")
    assert run(folder, "plugins", "--no-plugins", "--format", "json") == (0, "[]\n", "")
    code, out, _ = run(folder, "plugins", "--no-plugins", "--all")
    assert code == 0
    assert "surname: ok, built in (resolver.rules.surname)\n  resolver_rules\n" in out


def test_calls_of_hooks_can_be_traced(folder):
    distribution(folder / "site", "good", GOOD)
    for setting, traced in (("1", True), ("0", False)):
        code, _, err = run(folder, "tag", "-", *DEMO, stdin="Iran", RESOLVER_TRACE=setting)
        lines = [line for line in err.splitlines() if line.startswith("resolver: good: ")]
        assert code == 0
        assert bool(lines) is traced
        for line in lines:
            assert line.startswith("resolver: good: resolver_rules(analyse=<bound method ")
            assert "returned [Rule(name='no-iran', stage='veto', " in line
            assert line.endswith(" ms")


def test_a_file_is_a_plugin_and_settings_may_name_it(folder):
    (folder / "below").mkdir()
    (folder / "rule.py").write_text(GOOD, "utf-8")
    (folder / "resolver.toml").write_text(
        'packs = ["demo.yaml"]\nbundled = false\nplugins = false\nplugin-file = "rule.py"\n',
        "utf-8",
    )
    environment = {"PYTHONPATH": ""}
    code, out, err = run(folder / "below", "tag", "-", stdin="Iran", **environment)
    assert (code, err) == (0, "")
    assert json.loads(out)["mentions"] == []
    code, out, err = run(
        folder / "below", "tag", "-", "--without-rule", "no-iran", stdin="Iran", **environment
    )
    assert [m["surface"] for m in json.loads(out)["mentions"]] == ["Iran"]


def test_a_rule_can_be_switched_off_in_the_settings(folder):
    distribution(folder / "site", "good", GOOD)
    settings = 'packs = ["demo.yaml"]\nbundled = false\nwithout-rule = "no-iran"\n'
    (folder / "resolver.toml").write_text(settings, "utf-8")
    code, out, err = run(folder, "tag", "-", stdin="Iran")
    assert (code, err) == (0, "")
    assert [m["surface"] for m in json.loads(out)["mentions"]] == ["Iran"]


CHATTY = """\
from resolver import Document, hookimpl
from resolver.findings import Rule
from resolver.models import Alias, Entity, Pack
from resolver.readers import Reader
from resolver.writers import Writer

print("imported")


@hookimpl
def resolver_packs():
    print("packs")
    gass = Entity("person/x", "Simon Gass", "person", (Alias("Simon Gass", ""),))
    return [Pack("chatty", "", entities=(gass,))]


@hookimpl
def resolver_variants(alias):
    print("variants")


@hookimpl
def resolver_rules():
    return [Rule("chatty", stage, apply) for stage in ("veto", "annotate")]


def apply(analysis, mentions=()):
    print("rule")
    return mentions


@hookimpl
def resolver_readers():
    return [Reader("chatty", (".chatty",), read)]


def read(source):
    print("read")
    return [Document("Simon Gass", id="d")]


@hookimpl
def resolver_writers():
    return [Writer("chatty", write)]


def write(results, options):
    print("write")
    for result in results:
        print("one")
        yield result.mentions[0].surface
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_plugins_print_does_not_get_into_the_output(folder, jobs):
    distribution(folder / "site", "chatty", CHATTY)
    (folder / "a.chatty").write_text("", "utf-8")
    code, out, err = run(
        folder, "tag", "a.chatty", "--no-bundled", "--format", "chatty", "--jobs", jobs
    )
    assert (code, out) == (0, "Simon Gass")
    said = ["imported", "packs", "variants", "write", "read", "rule", "rule", "one"]
    assert sorted(err.split()) == sorted(said)
    code, out, _ = run(folder, "plugins", "--format", "json")
    assert [record["state"] for record in json.loads(out)] == ["ok"]


SLOW = """\
from pathlib import Path
from time import sleep

from resolver import hookimpl


def wait():
    Path("begun").touch()
    sleep(600)


{waits_at_once}


@hookimpl
def resolver_packs():
    wait()
"""
IMPATIENT = (
    "import resolver.plugins.watching as watching; watching.PATIENCE = 0.1; "
    "from resolver.cli import main; main()"
)


@pytest.mark.parametrize(
    ("at_once", "doing"), [("wait()", "being loaded"), ("", "in resolver_packs")]
)
def test_a_plugin_that_hangs_is_named_while_it_does_and_when_interrupted(folder, at_once, doing):
    distribution(folder / "site", "slow", SLOW.replace("{waits_at_once}", at_once))
    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, "plugins"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "site")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    named = f"plugin slow (slow-dist 1.0) is still {doing}; wait, or interrupt\n"
    assert process.stderr.readline() == named
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (
        130,
        "",
        f"interrupted while plugin slow (slow-dist 1.0) was {doing}; "
        "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=slow\n\n",
    )


LEAVING = """\
import sys

from resolver import hookimpl
from resolver.findings import Rule
from resolver.writers import Writer


@hookimpl
def resolver_rules():
    return [Rule("leaving", "veto", lambda analysis: sys.exit(0))]


@hookimpl
def resolver_writers():
    return [Writer("leaving", lambda results, options: sys.exit(0))]
"""


def test_a_plugin_cannot_end_a_run_as_if_all_were_well(folder):
    distribution(folder / "site", "leaving", LEAVING)
    rule = "raised SystemExit: 0 in rule leaving, document -; mend it or use --without-rule leaving"
    writer = "raised SystemExit: 0 in writer leaving; mend it or leave it out with RESOLVER_DISABLED_PLUGINS=leaving"
    begin = f"{folder}/site/leaving.py"
    assert run(folder, "tag", "-", *DEMO, stdin="Iran") == (
        2,
        "",
        f"{begin}:10: plugin leaving (leaving-dist 1.0) {rule}\n",
    )
    assert run(folder, "tag", "-", *DEMO, "--format", "leaving", stdin="Iran") == (
        2,
        "",
        f"{begin}:15: plugin leaving (leaving-dist 1.0) {writer}\n",
    )
    code, out, err = run(folder, "tag", "-", *DEMO, "--allow-broken-plugins", stdin="Iran")
    assert (code, err) == (0, f"warning: {begin}:10: plugin leaving (leaving-dist 1.0) {rule}\n")
    assert [m["surface"] for m in json.loads(out)["mentions"]] == ["Iran"]


PACKS = """\
from pathlib import Path

from resolver import hookimpl
from resolver.models import Alias, Entity, Pack


@hookimpl
def resolver_packs():
    here = Path(__file__).parent
    gass = Entity("person/x", "Ann Gass", "person", (Alias("Ann Gass", ""),))
    return [here / "wrong.yaml", here / "tables", Pack("built", "", entities=(gass,))]
"""
GARTH = "pack: garth\nentities: [{id: person/garth, name: Simon Garth, type: person}]\n"


@pytest.fixture
def with_packs(folder):
    """A plugin that brings a pack that cannot be read, a good one, and one whose id is taken."""
    distribution(folder / "site", "packs", PACKS)
    (folder / "site/tables").mkdir()
    (folder / "site/tables/garth.yaml").write_text(GARTH, "utf-8")
    again = GARTH.replace("pack: garth", "pack: zzz").replace("Simon", "Ann")
    (folder / "site/tables/zzz.yaml").write_text(again, "utf-8")
    (folder / "site/wrong.yaml").write_text("pack: NO\nentites: []\n", "utf-8")
    return folder


OUT = "mend it or leave it out with RESOLVER_DISABLED_PLUGINS=packs\n"


def test_a_pack_of_a_plugin_that_cannot_be_used_is_a_fault_of_the_plugin(with_packs):
    site = with_packs / "site"
    brings = "plugin packs (packs-dist 1.0) brings a pack that cannot be used:"
    unread = (
        f'{site}/wrong.yaml:1:7: {brings} file pack NO is read as a boolean, quote it: "NO"; {OUT}'
        f"{site}/wrong.yaml:2:1: {brings} file has no key entites, did you mean entities?; {OUT}"
    )
    taken = (
        f"{site}/tables/zzz.yaml:2:12: {brings} id person/garth is given twice, first at "
        f"{site}/tables/garth.yaml:2:12, rename or merge them; {OUT}"
    )
    assert run(with_packs, "tag", "-", *DEMO, stdin="Iran") == (2, "", unread)
    record = listed(with_packs)["packs"]
    assert (record["state"], record["errors"]) == ("failed", (unread + taken).splitlines())
    options = ("--allow-broken-plugins", *DEMO)
    text = "Simon Garth and Ann Gass in Iran"
    code, out, err = run(with_packs, "tag", "-", *options, stdin=text)
    warned = [f"warning: {line}\n" for line in (unread + taken).splitlines()]
    assert (code, err) == (0, "".join(warned))
    assert [m["surface"] for m in json.loads(out)["mentions"]] == [
        "Simon Garth",
        "Ann Gass",
        "Iran",
    ]


def test_authors_of_a_plugin_get_all_problems_of_its_packs_as_findings(with_packs):
    code, out, _ = run(with_packs, "lint", "--plugin", "packs", "--no-bundled", "--fix")
    assert code == 1
    assert "entites" in out
    text = (with_packs / "site/wrong.yaml").read_text("utf-8")
    assert text == 'pack: "NO"\nentites: []\n'
