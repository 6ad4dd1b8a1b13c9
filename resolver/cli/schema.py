"""``resolver schema``."""

from __future__ import annotations

import json

import click

from resolver.packs import json_schema


@click.command("schema", short_help="Write the JSON Schema of packs, for editors.")
def command() -> None:
    """Write the JSON Schema (draft-07) of packs to standard output.

    Editors with a YAML language server use it when a pack begins with the line
    # yaml-language-server: $schema=pack.schema.json
    """
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
