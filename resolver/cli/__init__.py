"""The command line. Commands are modules that are imported only when they are called."""

from __future__ import annotations

import difflib
import importlib
import keyword
import sys
from functools import cached_property
from typing import cast

import click
from click.core import ParameterSource

from resolver.cli.commands import COMMANDS
from resolver.cli.settings import chosen_plugins, defaults, read_settings, settings_file, table_of
from resolver.cli.streams import let_go_of_output, reopen_closed
from resolver.errors import ConfigurationError, PluginError, ResolverError


class LazyGroup(click.Group):
    """A group whose commands are imported when used, so that starting one stays quick.

    Plugins are loaded for the help of the group, and for a name that is no command of ours.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the help."""
        return [*COMMANDS, *self._of_plugins]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return self._of_plugins.get(cmd_name)
        module_name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"resolver.cli.{module_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; if there is none, a broken plugin may be the reason."""
        name = args[0]
        is_option = name.startswith("-")
        if not is_option and not ctx.resilient_parsing and not self.get_command(ctx, name):
            for line in self._broken:
                click.echo(line, err=True)
            near = difflib.get_close_matches(name, self.list_commands(ctx), 1)
            ctx.fail(f"No such command {name!r}.{f' Did you mean {near[0]!r}?' if near else ''}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, importing only those of plugins."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        if self._of_plugins:
            with formatter.section("Commands of plugins"):
                formatter.write_dl(
                    [(name, c.get_short_help_str()) for name, c in self._of_plugins.items()]
                )
        if self._broken:
            formatter.write_paragraph()
            formatter.write_text("Some plugins are broken, see resolver plugins.")

    @property
    def _of_plugins(self) -> dict[str, click.Command]:
        return self._plugin_commands[0]

    @property
    def _broken(self) -> list[str]:
        return self._plugin_commands[1]

    @cached_property
    def _plugin_commands(self) -> tuple[dict[str, click.Command], list[str]]:
        """The commands that plugins add, as the settings load them, and what is wrong with them."""
        errors: list[PluginError] = []
        try:
            plugins = chosen_plugins(read_settings(), errors.append)
        except ConfigurationError as error:
            return {}, [str(error)]
        commands = plugins.commands(taken=COMMANDS)
        return commands, [fault.message for error in errors for fault in error.faults]


# In this order every version of click says "Try --help".
_HELP = {"help_option_names": ["--help", "-h"], "show_default": True}


@click.group(cls=LazyGroup, context_settings=_HELP)
@click.version_option(package_name="alias-resolver", prog_name="resolver")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Find names in text and say which entity each one is."""
    name = ctx.invoked_subcommand or ""
    command = cast("click.Group", ctx.command).get_command(ctx, name)
    settings = read_settings(command=command)
    ctx.default_map = {name: defaults(command, settings)} if command else {}


def _show(error: click.UsageError) -> None:
    """Say what is wrong with the arguments, or with the settings that stand for them."""
    param = error.param.name if isinstance(error, click.BadParameter) and error.param else None
    source = error.ctx.get_parameter_source(param) if error.ctx and param else None
    if source is ParameterSource.DEFAULT_MAP:
        path = settings_file()
        table = table_of("tag", path)
        remedy = f"what is for another command alone stands under its name, as {table}"
        _complain(f"{path}: {error.format_message().removesuffix('.')}; {remedy}")
    else:
        error.show()


def main() -> None:
    """Run the command line and leave with its exit code."""
    reopen_closed()
    try:
        code = cli.main(prog_name="resolver", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.UsageError as error:
        _show(error)
        code = 2
    except (click.ClickException, ResolverError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        _complain(message)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        code = 0  # whoever read our output has enough of it
    except OSError as error:
        _complain(f"{error.filename or 'output'}: {error.strerror}")
        code = 2
    let_go_of_output()
    sys.exit(code if isinstance(code, int) else 0)


def _complain(message: str) -> None:
    """Say what went wrong; names in it come from files, and may hold what controls a terminal."""
    from resolver.writers.table import printable

    click.echo("\n".join(map(printable, message.split("\n"))), err=True)
