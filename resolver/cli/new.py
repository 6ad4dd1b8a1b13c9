"""``resolver new``: begin a pack or a plugin."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib import metadata, resources
from pathlib import Path
from string import Template
from typing import Any

import click

from resolver.errors import ConfigurationError
from resolver.packs import json_schema

# Where each template goes; the names of folders and files are themselves templates.
_PACK = {"pack.yaml": "%%{name}.yaml"}
_PLUGIN = {
    "plugin/pyproject.toml": "%%{distribution}/pyproject.toml",
    "plugin/README.md": "%%{distribution}/README.md",
    "plugin/gitignore": "%%{distribution}/.gitignore",
    "plugin/ci.yml": "%%{distribution}/.github/workflows/test.yml",
    "plugin/module.py": "%%{distribution}/%%{module}/__init__.py",
    "pack.yaml": "%%{distribution}/%%{module}/%%{name}.yaml",
    "plugin/test_module.py": "%%{distribution}/tests/test_%%{identifier}.py",
}
_SCHEMA = "pack.schema.json"
# As in PEP 503: what pip and the index take for the same name becomes the same.
_SEPARATORS = re.compile(r"[-_.]+")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


class _Filled(Template):
    """Text with places such as ``%%{name}``; an unknown one is an error."""

    delimiter = "%%"


@click.group("new", short_help="Begin a pack or a plugin.")
def command() -> None:
    """Write the files of a new pack, or of a plugin that can be installed."""


def _folder_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        help="Where to write.",
    )(function)


@command.command("pack", short_help="Write NAME.yaml, a pack with examples.")
@click.argument("name")
@_folder_option
def new_pack(name: str, folder: Path) -> None:
    """Write NAME.yaml, a pack with examples, and the schema that editors check it by."""
    values = _values(name, "pack")
    files = _filled(_PACK, {**values, "schema": _SCHEMA})
    pack = folder / f"{values['name']}.yaml"
    schema = folder / _SCHEMA
    if not schema.exists():
        files[_SCHEMA] = _schema()
    _write(folder, files)
    click.echo(
        f"next: put your entities into {pack}, then\n"
        f"  resolver test {pack}\n  resolver lint {pack}\n  resolver tag --packs {pack} TEXT",
        err=True,
    )


@command.command("plugin", short_help="Write a package with a pack, a hook and tests.")
@click.argument("name")
@_folder_option
def new_plugin(name: str, folder: Path) -> None:
    """Write the distribution alias-resolver-NAME: a pack, a hook, tests, README and CI."""
    values = _values(name, "plugin")
    files = _filled(_PLUGIN, {**values, "schema": f"../{_SCHEMA}"})
    files[f"{values['distribution']}/{_SCHEMA}"] = _schema()
    _write(folder, files)
    click.echo(
        f"next: cd {folder / values['distribution']}, then in an environment of its own\n"
        "  pip install --editable '.[test]'\n  pytest\n  resolver plugins",
        err=True,
    )


def _values(name: str, what: str) -> dict[str, str]:
    """Return what the places of the templates are filled with.

    Raises:
        ConfigurationError: The name cannot be that of a distribution, as a pack may become one.
    """
    plain = _SEPARATORS.sub("-", name).lower().removeprefix("alias-resolver-")
    if not _NAME.fullmatch(plain):
        raise ConfigurationError(
            f"{name} cannot be the name of a {what}, use letters a to z, digits and hyphens, "
            "such as premier-league"
        )
    identifier = plain.replace("-", "_")
    return {
        "name": plain,
        "title": " ".join(word.capitalize() for word in plain.split("-")),
        "identifier": identifier,
        "module": f"resolver_{identifier}",
        "distribution": f"alias-resolver-{plain}",
        "version": metadata.version("alias-resolver"),
    }


def _filled(templates: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return the content of each file by its path."""
    folder = resources.files("resolver") / "templates"
    return {
        _Filled(path).substitute(values): _Filled(
            (folder / f"{template}.in").read_text("utf-8")
        ).substitute(values)
        for template, path in templates.items()
    }


def _schema() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, all of them or none, and say which.

    Raises:
        ConfigurationError: One of them exists.
    """
    for path in files:
        if (folder / path).exists():
            raise ConfigurationError(f"{folder / path} exists, choose another name or --folder")
    for path, content in sorted(files.items()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
        click.echo(target)
