"""Settings files: which keys there are, what they hold for, and what is said of wrong ones."""

from __future__ import annotations

import click
import pytest
from test_cli import PACK, run

from resolver.cli import COMMANDS, cli
from resolver.cli.settings import OPTIONS, option_names, read_settings
from resolver.errors import ConfigurationError

DEMO = 'packs = "demo.yaml"\nbundled = false\nplugins = false\n'
PLUGIN = """\
import click
from resolver import hookimpl

@click.command("count")
@click.option("--least", default=1)
def count(least):
    click.echo(least)

@hookimpl
def resolver_commands():
    return [count]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "demo.yaml").write_text(PACK, "utf-8")
    return tmp_path


def test_the_keys_are_the_options_of_all_commands():
    context = click.Context(cli)
    commands = [cli.get_command(context, name) for name in COMMANDS]
    assert {name for each in commands for name in option_names(each).values()} == OPTIONS


@pytest.mark.parametrize("hyphen", ["-", "_"])
def test_a_key_is_the_long_name_of_an_option(folder, hyphen):
    names = f'id{hyphen}field = "nr"\ninput{hyphen}format = "jsonl"\nformat = "markdown"\n'
    (folder / "resolver.toml").write_text(DEMO + names, "utf-8")
    record = '{"nr": 7, "text": "Iran"}'
    assert run(folder, "tag", "-", stdin=record) == (0, "[Iran](place/iran)\n", "")


def test_an_option_of_the_command_line_comes_before_the_settings(folder):
    (folder / "resolver.toml").write_text(DEMO + 'format = "csv"\n', "utf-8")
    code, out, err = run(folder, "tag", "-", "--format", "markdown", stdin="Iran")
    assert (code, out.strip(), err) == (0, "[Iran](place/iran)", "")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("plugn = false", "no command has an option plugn, did you mean plugin?"),
        (
            "without_rules = 'x'",
            "no command has an option without-rules, did you mean without-rule?",
        ),
        ("qqq = 1", "no command has an option qqq, keys are long options such as packs, remove it"),
        ("no-bundled = true", "no-bundled is no key, write bundled = false"),
        (
            "[tool.resolver]\npacks = []",
            "keys stand here without [tool.resolver], remove that line",
        ),
        ("packs = 3", 'packs takes strings, write packs = "..." or packs = ["...", "..."]'),
        (
            'plugin = ["a", 1]',
            'plugin takes strings, write plugin = "..." or plugin = ["...", "..."]',
        ),
        ("jobs = [2]", "jobs takes one value, write jobs = ..."),
        ("[tga]\nwhy = true", "there is no command tga, did you mean tag?"),
        (
            "[xyzzy]\nwhy = true",
            "there is no command xyzzy, a table holds for the command of its name",
        ),
        (
            "[tag]\nhints = true",
            "tag has no option hints, keys are long options such as packs, remove it",
        ),
        ("[tag]\nfromat = 'csv'", "tag has no option fromat, did you mean format?"),
        ("[tag]\njobs = [2]", "jobs takes one value, write jobs = ..."),
        ("[tag]\nno-why = true", "no-why is no key, write why = false"),
        ("bundled = 'maybe'", "Invalid value for '--bundled': 'maybe' is not a valid boolean"),
        ("bundled = 7", "Invalid value for '--bundled': '7' is not a valid boolean"),
        ("engine = 'fast'", "Invalid value for '--engine': 'fast' is not one of 'auto', "),
    ],
)
def test_what_is_wrong_is_named_in_one_line(folder, settings, message):
    path = folder / "resolver.toml"
    path.write_text(settings, "utf-8")
    code, out, err = run(folder, "tag", "-", stdin="Iran")
    assert (code, out) == (2, "")
    assert err.startswith(f"resolver.toml: {message}")
    assert err.count("\n") == 1


def test_all_unknown_keys_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.resolver]\nbundeld = true\nengin = 'auto'\n", "utf-8")
    with pytest.raises(ConfigurationError) as error:
        read_settings(tmp_path)
    assert str(error.value).splitlines() == [
        "pyproject.toml: no command has an option bundeld, did you mean bundled?",
        "pyproject.toml: no command has an option engin, did you mean engine?",
    ]


@pytest.mark.parametrize("content", ["tool = 3", "[tool.other]\nx = 1"])
def test_a_project_without_settings_has_none(tmp_path, content):
    (tmp_path / "pyproject.toml").write_text(content, "utf-8")
    assert read_settings(tmp_path) == {}


def test_settings_of_a_project_are_a_table(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    (tmp_path / "pyproject.toml").write_text("[tool]\nresolver = 'x'", "utf-8")
    with pytest.raises(ConfigurationError) as error:
        read_settings()
    assert str(error.value) == "../pyproject.toml: resolver is no table, write [tool.resolver]"


def test_options_of_commands_of_plugins_are_keys_too(folder):
    (folder / "counting.py").write_text(PLUGIN, "utf-8")
    path = folder / "resolver.toml"
    path.write_text(DEMO + 'plugin-file = "counting.py"\nleast = 5\n', "utf-8")
    assert run(folder, "count") == (0, "5\n", "")
    assert run(folder, "packs")[::2] == (0, "")
    path.write_text(path.read_text("utf-8").replace("least", "leest"), "utf-8")
    message = "resolver.toml: no command has an option leest, did you mean least?\n"
    assert run(folder, "packs") == (2, "", message)


def test_a_table_holds_for_the_command_of_its_name_alone(folder):
    path = folder / "resolver.toml"
    path.write_text(
        DEMO + 'engine = "auto"\n[tag]\nformat = "csv"\nengine = "flashtext"\n', "utf-8"
    )
    (folder / "a.txt").write_text("Iran", "utf-8")
    code, out, err = run(folder, "tag", "a.txt")
    assert (code, out.split(",")[0], err) == (0, "document", "")
    assert run(folder, "lint", "demo.yaml")[0] == 0
    assert '"mentions"' in run(folder, "tag", "a.txt", "--format", "jsonl")[1]
    help_text = run(folder, "tag", "--help")[1]
    assert "[default: csv]" in help_text
    assert "[default: flashtext]" in help_text


def test_a_value_that_only_another_command_takes_names_the_way_out(folder):
    (folder / "resolver.toml").write_text(DEMO + 'format = "csv"\n', "utf-8")
    message = (
        "resolver.toml: Invalid value for '--format': 'csv' is not one of 'text', 'github', 'json'; "
        "what is for another command alone stands under its name, as [tag]\n"
    )
    assert run(folder, "lint", "demo.yaml") == (2, "", message)


def test_tables_of_a_project_and_of_commands_of_plugins(folder):
    (folder / "counting.py").write_text(PLUGIN, "utf-8")
    settings = DEMO + 'plugin-file = "counting.py"\n[tool.resolver.count]\nleast = 7\n'
    (folder / "pyproject.toml").write_text(f"[tool.resolver]\n{settings}", "utf-8")
    assert run(folder, "count") == (0, "7\n", "")
    assert run(folder, "packs")[::2] == (0, "")
