"""What `resolver new` writes works as it is: its tests pass, its plugin can be installed."""

from __future__ import annotations

import re
import sys
from importlib import resources
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT
from test_packaging import call, environment, install

from resolver.cli import cli
from resolver.cli.new import command
from resolver.errors import ConfigurationError


def new(*args: str, folder: Path) -> list[str]:
    """Run `resolver new` and return what it wrote."""
    result = CliRunner().invoke(
        command,
        [args[0], "--folder", str(folder), *args[1:]],
        catch_exceptions=False,
        standalone_mode=False,
    )
    assert result.exception is None
    return [str(Path(line).relative_to(folder)) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("name", ["premier-league", "no", "2024"])
def test_a_new_pack_passes_its_tests_and_lint(name, tmp_path):
    assert new("pack", name, folder=tmp_path) == sorted([f"{name}.yaml", "pack.schema.json"])
    pack = str(tmp_path / f"{name}.yaml")
    for check, says in (("test", "4 examples passed, 0 failed"), ("lint", " 0 findings")):
        result = CliRunner().invoke(cli, [check, pack, "--no-bundled", "--no-plugins"])
        assert result.exit_code == 0, result.output
        assert says in result.stderr


def test_a_new_pack_fits_the_schema_that_it_names(tmp_path):
    import json

    import jsonschema
    import yaml

    new("pack", "league", folder=tmp_path)
    text = (tmp_path / "league.yaml").read_text("utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert schema
    jsonschema.validate(yaml.safe_load(text), json.loads((tmp_path / schema[1]).read_text("utf-8")))


def test_a_new_plugin_can_be_installed_and_passes_its_tests(tmp_path):
    written = new("plugin", "Premier_League", folder=tmp_path)
    assert written == [
        "alias-resolver-premier-league/.github/workflows/test.yml",
        "alias-resolver-premier-league/.gitignore",
        "alias-resolver-premier-league/README.md",
        "alias-resolver-premier-league/pack.schema.json",
        "alias-resolver-premier-league/pyproject.toml",
        "alias-resolver-premier-league/resolver_premier_league/__init__.py",
        "alias-resolver-premier-league/resolver_premier_league/premier-league.yaml",
        "alias-resolver-premier-league/tests/test_premier_league.py",
    ]
    project = tmp_path / "alias-resolver-premier-league"
    python = environment(tmp_path / "env")
    install(python, "--editable", str(ROOT), str(project))
    printed = call(str(python), "-m", "pytest", "--verbose", cwd=project)
    assert "test_packs[premier-league: lint] PASSED" in printed
    assert " 7 passed" in printed


def test_a_new_plugin_follows_the_style_of_this_house(tmp_path):
    new("plugin", "league", folder=tmp_path)
    options = ["--config", str(ROOT / "pyproject.toml")]
    module = str(tmp_path / "alias-resolver-league/resolver_league")
    call(sys.executable, "-m", "ruff", "check", *options, module)
    call(sys.executable, "-m", "ruff", "format", "--check", *options, str(tmp_path))


def test_nothing_is_overwritten(tmp_path):
    new("plugin", "league", folder=tmp_path)
    mine = tmp_path / "alias-resolver-league/README.md"
    mine.write_text("mine", "utf-8")
    (tmp_path / "alias-resolver-league/pyproject.toml").unlink()
    with pytest.raises(ConfigurationError) as error:
        new("plugin", "league", folder=tmp_path)
    assert str(error.value) == f"{mine} exists, choose another name or --folder"
    assert mine.read_text("utf-8") == "mine"
    assert not (tmp_path / "alias-resolver-league/pyproject.toml").exists()


def test_the_schema_is_shared_by_the_packs_of_a_folder(tmp_path):
    new("pack", "one", folder=tmp_path)
    assert new("pack", "two", folder=tmp_path) == ["two.yaml"]


@pytest.mark.parametrize("name", ["", "-", "a b", "../a", "a/b", "Ligue 1", "лига", "a\n", "-a"])
def test_names_that_no_distribution_can_have_are_refused(name, tmp_path):
    for kind in ("pack", "plugin"):
        with pytest.raises(ConfigurationError) as error:
            new(kind, "--", name, folder=tmp_path)
        assert str(error.value) == (
            f"{name} cannot be the name of a {kind}, use letters a to z, digits and hyphens, "
            "such as premier-league"
        )
    assert list(tmp_path.iterdir()) == []


def test_every_template_is_written(tmp_path):
    folder = resources.files("resolver") / "templates"
    templates = {path.name for path in Path(str(folder)).rglob("*.in")}
    new("pack", "a", folder=tmp_path)
    new("plugin", "b", folder=tmp_path)
    assert len(templates) == 7
    for path in tmp_path.rglob("*"):
        assert "%%" not in path.name
        assert path.is_dir() or "%%" not in path.read_text("utf-8")


@pytest.mark.parametrize("kind", ["pack", "plugin"])
def test_every_option_is_documented(kind):
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    section = page.split("## resolver new", 1)[1].split("\n## ", 1)[0]
    assert f"`resolver new {kind} NAME`" in section
    for parameter in command.commands[kind].params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in section
