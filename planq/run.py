"""One command with its options read: who answers, in which format it is written, where to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from planq.answers.command import OUTPUT, Command, format_of, options_of
from planq.answers.plans import Plans
from planq.deliver import DEFAULTS, STDOUT, deliver, refuse_input
from planq.errors import OutputError
from planq.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def run(command: Command, values: Mapping[str, Any], *, plans_given: bool = False) -> None:
    """Have `command` answer, write it, and leave with its exit code.

    `values` are those of all arguments and options by name; `plans_given` says that --plan or
    --all-plans is on the command line, not in the environment. Raises PlanqError.
    """
    told = dict(values)
    named = told.get("output")
    delivery = {key: told.pop(key) for key in DEFAULTS} if command.formats else dict(DEFAULTS)
    if OUTPUT in command.options:
        delivery["output"] = told.pop("output")
    if delivery["output"] == STDOUT:
        delivery["output"] = None
    chosen = _format(command, delivery)
    refuse_input(delivery["output"], _read_files(command, values))
    if command.output:
        told |= {"output": named, "format": values["format"]}
    if command.plans:
        told["plan"] = Plans(told.pop("names"), told.pop("all_plans"), plans_given)
    _take_encoding(told.pop("encoding", None))
    answered = command.answer(**told)
    if answered is not None:
        deliver(answered, chosen, delivery)


def _format(command: Command, delivery: Mapping[str, Any]) -> str:
    """The format asked for, by its name or by the name of the file. Raises OutputError."""
    formats, output = command.formats, delivery["output"]
    if not formats:
        return "text"
    chosen: str = delivery["format"] or format_of(output.name if output else "", formats)
    if chosen not in formats:
        raise OutputError(
            "{name} has no format {chosen!r}: choose {formats}",
            name=command.name,
            chosen=chosen,
            formats=", ".join(formats),
        )
    binary = chosen in FORMATS and FORMATS[chosen].binary
    if binary and delivery["bom"]:
        raise OutputError("{chosen} takes no BOM: leave out --bom", chosen=chosen)
    if binary and output is None and sys.stdout.isatty():
        raise OutputError("{chosen} is not for a terminal: add -o FILE.{chosen}", chosen=chosen)
    return chosen


def _read_files(command: Command, values: Mapping[str, Any]) -> Iterator[str]:
    """What the command may read: the values of its parameters that are files or plans."""
    parameters: tuple[Any, ...] = (*command.arguments, *options_of(command))
    for one in parameters:
        if one.kind in ("path", "plan") and one.name != "output":
            value = values[one.name] or ()
            yield from map(str, value if isinstance(value, tuple) else (value,))


def _take_encoding(said: str | None) -> None:
    """What a file is said to be in is for every reader of this process, and of its children."""
    if said:
        import os

        from planq.text.encoded import codec_of

        codec_of(said)
        os.environ["PLANQ_ENCODING"] = said
