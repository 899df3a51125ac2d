"""The output options every data command shares, declared once; deliver.py obeys them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from planq.cli.deliver import DEFAULTS, Result, deliver, write_atomically
from planq.errors import OutputError

__all__ = ["Documented", "Result", "command", "write_atomically"]

P = ParamSpec("P")


def command(
    group: click.Group, name: str, formats: Sequence[str]
) -> Callable[[Callable[P, Result]], click.Command]:
    """Register a command whose Result is written in one of `formats` (`text` is the default)."""

    def register(function: Callable[P, Result]) -> click.Command:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            options = {key: kwargs.pop(key) for key in DEFAULTS}
            chosen = str(options["format"])
            if chosen not in formats:
                raise OutputError(f"{name} has no format {chosen!r}: choose {', '.join(formats)}")
            deliver(function(*args, **kwargs), chosen, options)

        shown = ", ".join(formats)
        wrapped: Callable[..., None] = run
        for option in (
            click.option("--bom", is_flag=True, help="Begin the output with a BOM, for Excel."),
            click.option(
                "--color",
                type=click.Choice(["auto", "always", "never"]),
                default="auto",
                help="When to colour the output.",
            ),
            click.option(
                "-o", "--output", type=click.Path(path_type=Path), help="Write to this file."
            ),
            click.option(
                "-f", "--format", default="text", metavar="FORMAT", help=f"One of: {shown}."
            ),
        ):
            wrapped = option(wrapped)
        return group.command(name, cls=Documented)(wrapped)

    return register


class Documented(click.Command):
    """A command whose help begins with examples: the lines of its docstring that call planq."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        examples, _ = self._parts()
        with formatter.section("Examples"):
            for line in examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        formatter.write_paragraph()
        super().format_help(ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._parts()[1])

    def _parts(self) -> tuple[list[str], str]:
        """The examples, and the docstring without them."""
        lines = [line.strip("\b ") for line in (self.help or "").splitlines()]
        words = [line for line in lines if not line.startswith("planq ")]
        return [line for line in lines if line.startswith("planq ")], "\n".join(words).strip()
