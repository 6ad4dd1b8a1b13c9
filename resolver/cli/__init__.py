"""The command line. Commands are modules that are imported only when they are called."""

from __future__ import annotations

import importlib
import os
import sys

import click

from resolver.cli.settings import read_settings
from resolver.errors import ResolverError

_COMMANDS = {
    "tag": "Tag documents: every mention with its entity, place and reason.",
    "explain": "Say why something was tagged, or why not.",
    "replace": "Write the text with canonical names in place of surfaces.",
    "lookup": "Show what a name may be.",
    "lint": "Check packs for what goes wrong later.",
    "test": "Run the examples in packs.",
    "evaluate": "Score against a gold file.",
    "coverage": "Show what packs miss in a corpus, and what in them never fires.",
    "packs": "List the loaded packs.",
    "schema": "Write the JSON Schema of packs, for editors.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when used, so that starting one stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"resolver.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="alias-resolver", prog_name="resolver")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Find names in text and say which entity each one is."""
    settings = read_settings()
    ctx.default_map = dict.fromkeys(_COMMANDS, settings)


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = cli.main(prog_name="resolver", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.UsageError as error:
        error.show()
        code = 2
    except (click.ClickException, ResolverError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(message, err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        click.echo(f"{error.filename or 'output'}: {error.strerror}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
