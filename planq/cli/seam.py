"""The output options every data command shares, declared once; deliver.py obeys them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from planq.cli.help import Documented
from planq.cli.plans import PlanName
from planq.deliver import DEFAULTS, STDOUT, Result, deliver, refuse_input, write_atomically
from planq.errors import OutputError
from planq.render.records import WRITERS

__all__ = ["Result", "command", "format_of", "write_atomically"]

#: Formats that are no text.
BINARY = ("xlsx",)

#: `-n` of a command that lists; `left_out` says what it left out.
limit_option = click.option(
    "-n", "--limit", type=click.IntRange(1), metavar="N", help="At most the first N."
)

P = ParamSpec("P")


def command(
    group: click.Group, name: str, formats: Sequence[str]
) -> Callable[[Callable[P, Result]], click.Command]:
    """Register a command whose Result is written in one of `formats` (`text` is the default)."""

    def register(function: Callable[P, Result]) -> click.Command:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            options: dict[str, Any] = {key: kwargs.pop(key) for key in DEFAULTS}
            if options["output"] == STDOUT:
                options["output"] = None
            chosen: str = options["format"] or format_of(options["output"], formats)
            if chosen not in formats:
                raise OutputError(f"{name} has no format {chosen!r}: choose {', '.join(formats)}")
            if chosen in BINARY:
                _check_binary(chosen, options)
            refuse_input(options["output"], _read_files(click.get_current_context()))
            deliver(function(*args, **kwargs), chosen, options)

        shown = ", ".join(formats)

        def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
            return [format for format in formats if format.startswith(begun)]

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
                "-o", "--output", type=click.Path(path_type=Path),
                help="Write to this file; - is stdout.",
            ),
            click.option(
                "-f",
                "--format",
                metavar="FORMAT",
                shell_complete=complete,
                help=f"One of: {shown}. Without it, what the name after -o ends in, or text.",
            ),
        ):
            wrapped = option(wrapped)
        return group.command(name, cls=Documented)(wrapped)

    return register


def hold_until_told() -> None:
    """Hold Ctrl-C back until this command's answer is written: it tells of what was changed."""
    from planq.interrupts import held

    click.get_current_context().with_resource(held())


def left_out(limit: int | None, every: Sequence[object], what: str) -> tuple[str, ...]:
    """The message that -n left some of `every` out; none where it left out nothing."""
    if limit is None or limit >= len(every):
        return ()
    return (f"planq: -n leaves {limit} of {len(every)} {what}",)


def as_format(option: str) -> str:
    """`-f json` for --json and its like, empty for other words."""
    name = option.lstrip("-").partition("=")[0].lower()
    name = {"yml": "yaml", "markdown": "md", "ndjson": "jsonl", "excel": "xlsx"}.get(name, name)
    return f"-f {name}" if option[:2] == "--" and name in {*BINARY, *WRITERS, "text"} else ""


def format_of(output: Path | None, formats: Sequence[str]) -> str:
    """The format a file's name asks for: `-o table.xlsx`; `text` where it names none.

    Data that the command does not write is refused like any other format: text in a file named
    toc.csv would be found out late. A name in .md is good for text, such as a corrected draft.
    """
    suffix = output.suffix.lower().lstrip(".") if output else ""
    asked = "yaml" if suffix == "yml" else suffix
    return asked if asked in formats or asked in {*BINARY, *WRITERS} - {"md"} else "text"


def _read_files(context: click.Context) -> Iterator[str]:
    """What a command may read: the values of its parameters that are files or plans."""
    for param in context.command.params:
        if param.name != "output" and isinstance(param.type, (click.Path, PlanName)):
            value = context.params[param.name or ""] or ()
            yield from map(str, value if isinstance(value, tuple) else (value,))


def _check_binary(chosen: str, options: Mapping[str, Any]) -> None:
    if options["bom"]:
        raise OutputError(f"{chosen} takes no BOM: leave out --bom")
    if options["output"] is None and sys.stdout.isatty():
        raise OutputError(f"{chosen} is not for a terminal: add -o FILE.{chosen}")
