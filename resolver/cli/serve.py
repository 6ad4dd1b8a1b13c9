"""``resolver serve``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from resolver.cli.completing import PATH
from resolver.cli.options import loading_options
from resolver.cli.sizes import size_option
from resolver.errors import ConfigurationError
from resolver.extras import library
from resolver.packs import pack_files
from resolver.packs.finding import SUFFIXES
from resolver.plugins import Plugins
from resolver.writers.table import printable


@click.command("serve", short_help="Edit packs and see at once what they find, in the browser.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=PATH)
@click.option("--host", default="127.0.0.1", metavar="NAME", help="Name or address to listen on.")
@click.option(
    "--port", default=8014, type=click.IntRange(0, 65535), help="Port to listen on, 0 for any."
)
@size_option(4_000_000, "Refuse a request whose body, a text or a pack, is larger than this.")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@loading_options
def command(
    paths: tuple[str, ...],
    packs: tuple[str, ...],
    host: str,
    port: int,
    size_limit: int,
    open_browser: bool,
    plugins: Plugins,
    **settings: Any,
) -> None:
    """Serve the playground to this machine, and an HTTP interface to programs on it.

    The packs at PATH are open for editing, those of --packs if there is no PATH. No other file is
    ever written.
    """
    library("starlette", "web")
    library("uvicorn", "web")
    from resolver.playground.editions import Loading
    from resolver.playground.pack_files import open_pack, scratch_pack
    from resolver.playground.serving import serve
    from resolver.playground.workspace import Workspace

    open_files = [open_pack(_editable(file)) for file in pack_files(paths or packs)]
    words = _loading_words(click.get_current_context().params, [f.name for f in open_files])
    loading = Loading(packs if paths else (), plugins=plugins, words=words, **settings)
    workspace = Workspace(loading, open_files or [scratch_pack()])
    if not _is_loopback(host):
        click.echo(
            f"warning: whoever can reach {printable(host)} can read and write the open packs; "
            "there is no password",
            err=True,
        )

    def ready(address: str) -> None:
        click.echo(f"Playground at {address} - Ctrl+C stops it", err=True)
        if open_browser:
            click.launch(address)

    serve(workspace, host, port, size_limit, ready)


def _editable(file: Path) -> Path:
    """Return a file that is meant as a pack: one that is not would be saved over."""
    if file.suffix in SUFFIXES:
        return file
    raise ConfigurationError(
        f"{file}: is no pack by its ending, name a .yaml file; a text is pasted into the page"
    )


def _loading_words(params: Mapping[str, Any], open_names: Sequence[str]) -> tuple[str, ...]:
    """Return the options that make another command load what this one was told to."""
    words = [] if params["bundled"] else ["--no-bundled"]
    packs = (*params["packs"], *open_names) if params["paths"] else open_names
    words += [word for path in packs for word in ("--packs", path)]
    words += [] if params["engine"] == "auto" else ["--engine", params["engine"]]
    words += [word for name in params["without_rules"] for word in ("--without-rule", name)]
    words += [] if params["plugins"] else ["--no-plugins"]
    words += [word for name in params["plugin"] for word in ("--plugin", name)]
    words += [word for path in params["plugin_file"] for word in ("--plugin-file", path)]
    return (*words, *(["--allow-broken-plugins"] if params["allow_broken_plugins"] else []))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
