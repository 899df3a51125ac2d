"""The output options every data command shares, declared once; deliver.py obeys them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from planq.cli.deliver import DEFAULTS, Result, deliver, write_atomically
from planq.cli.help import Documented
from planq.errors import OutputError

__all__ = ["Result", "command", "write_atomically"]

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

