"""The `planq` command: its group, which loads a command only when it is used."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from planq import __version__
from planq.answers import COMMANDS, declared
from planq.cli.help import Documented
from planq.errors import PlanqError


class _ReaderGone(Exception):
    """A pipe's reader left early; click would end any other error of that kind with exit code 1."""


@contextmanager
def _no_reader_is_no_error() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as gone:
        raise _ReaderGone from gone


class Lazy(Documented, click.Group):
    """A group that loads a command's module only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, none of them loaded."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            from planq.cli.click_command import click_command

            self.commands[cmd_name] = click_command(declared(cmd_name))
        return self.commands[cmd_name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands with the first clause of the help of each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments; lines of help are as wide in every pipe."""
        if not sys.stdout.isatty():  # what COLUMNS says is about a terminal
            kwargs.setdefault("terminal_width", 78)
        with _no_reader_is_no_error():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command asked for."""
        with _no_reader_is_no_error():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with. Raises PlanqError with the nearest name."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, 1)
            if name in ("version", "help"):
                hint = f"write planq --{name}"
            elif not name.isascii():
                hint = f"did you mean planq search {shown(args)}?"
            else:
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
            raise PlanqError("no command {name!r}: {hint}", name=name, hint=hint)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
)
@click.version_option(__version__, prog_name="planq")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Ask a Chinese government plan a question: exact words, where they stand, numbers as data.

    \b
    planq search 光芯屏端网
    planq show 3.2.1
    planq table 1 -f csv
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        sys.exit(2)


def _as_format(error: click.NoSuchOption) -> str:
    """`-f json` for --json, where the command has formats."""
    from planq.answers.command import as_format

    params = error.ctx.command.params if error.ctx else []
    return as_format(error.option_name) if any(p.name == "format" for p in params) else ""


def shown(args: list[str]) -> str:
    """The words as they would be typed again, shortened."""
    import shlex

    words = " ".join(arg if arg.isalnum() else shlex.quote(arg) for arg in args)
    return words if len(words) <= 60 else words[:59] + "…"


def run() -> None:
    """Run the command line; raises what ends it."""
    import os

    if os.environ.get("_PLANQ_COMPLETE", "").startswith("bash"):
        from planq.cli.bash import register

        register()
    try:
        cli.main(prog_name="planq", standalone_mode=False)
    except _ReaderGone:
        raise BrokenPipeError from None
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.UsageError as error:
        called = error.ctx.command_path if error.ctx else "planq"
        said = error.format_message().rstrip(".")
        if isinstance(error, click.NoSuchOption) and (meant := _as_format(error)):
            raise PlanqError(
                "no option {option_name}: write {meant}", option_name=error.option_name, meant=meant
            ) from None
        mark = "" if said.endswith("?") else ";"
        raise PlanqError(
            "{said}{mark} {called} --help shows how", said=said, mark=mark, called=called
        ) from None
    except click.ClickException as error:
        raise PlanqError("{said}", said=error.format_message()) from None
