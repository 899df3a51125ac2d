"""Where a result becomes output: picks the renderer, writes, sets the exit code. Knows no Click.

Imports stay inside the functions that need them: an answer into a pipe passes through here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from planq.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType
    from rich.text import Text

    from planq.render.records import Style

#: What `-o -` names.
STDOUT: Final = PurePath("-")
#: The output options' defaults, by their names on the command line.
DEFAULTS: Mapping[str, Any] = {"format": "text", "output": None, "color": "auto", "bom": False}


class Result:
    """What a command found: records for data formats, and how it reads as text.

    `text` and `terminal` are called only when that form is asked for, and `styled`, the lines of
    `text` with colour, only when colour is asked for in a pipe; `found` decides between the exit
    codes 0 and 1; `messages` go to stderr, after the answer; `writers` write a format in a way of
    the command's own.
    `flat` are the records one level deep, for csv, tsv and md, where they differ from `records`;
    `style` says how those formats are written, `columns` only which columns they have, records or
    none; `code` is an exit code that is neither 0 nor 1. `told` is called when all is written.
    """

    def __init__(
        self,
        records: Callable[[], Iterable[Mapping[str, Any]]],
        text: Callable[[], str],
        terminal: Callable[[], Sequence[RenderableType]] | None = None,
        *,
        found: bool = True,
        messages: Sequence[str] = (),
        writers: Mapping[str, Callable[[], str | bytes]] | None = None,
        styled: Callable[[], Sequence[Text]] | None = None,
        flat: Callable[[], Iterable[Mapping[str, Any]]] | None = None,
        style: Style | None = None,
        columns: Sequence[str] = (),
        code: int | None = None,
        told: Callable[[], None] | None = None,
    ) -> None:
        self.records = records
        self.text = text
        self.terminal = terminal
        self.found = found
        self.messages = tuple(messages)
        self.writers = dict(writers or {})
        self.styled = styled
        self.flat = flat or records
        self.style = style
        self.columns = tuple(columns) or (style.columns if style else ())
        self.code = code
        self.told = told


def deliver(result: Result, chosen: str, options: Mapping[str, Any]) -> None:
    """Write `result` and leave with its exit code."""
    try:
        _tell(result, chosen, options)
    finally:
        if result.told is not None:
            result.told()


def _tell(result: Result, chosen: str, options: Mapping[str, Any]) -> None:
    output: Path | None = options["output"]
    if result.style and result.style.excel_safe and chosen not in ("csv", "tsv"):
        raise OutputError("--excel-safe is for csv and tsv: in xlsx no text is ever a formula")
    watched = sys.stdout.isatty() and output is None
    drawn = watched and os.environ.get("TERM") != "dumb"
    coloured = output is None and options["color"] == "always"
    if chosen == "text" and drawn and result.terminal is not None:
        _print(result.terminal(), str(options["color"]))
    elif chosen == "text" and coloured and result.styled is not None:
        from planq.render.terminal.console import coloured_lines

        emit([coloured_lines(result.styled())], None)
    else:
        data = (
            (result.text(),) if chosen == "text"
            else (result.writers[chosen](),) if chosen in result.writers
            else _written(chosen, result)
        )  # fmt: skip
        shown = _shown(chosen, data) if watched else data
        emit(chain(["\ufeff"] if options["bom"] else [], shown), output)
    for message in result.messages:
        say(message)
    sys.exit(result.code if result.code is not None else 0 if result.found else 1)


def _written(chosen: str, result: Result) -> Iterable[str | bytes]:
    """The records in a data format."""
    from planq.render import FORMATS, writer
    from planq.render.records import Style

    records = result.flat() if FORMATS[chosen].flat else result.records()
    return writer(chosen)(records, result.style or Style(result.columns))


def _shown(chosen: str, chunks: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """What a terminal gets: control and bidi characters written out, JSON still being JSON."""
    from planq.render import FORMATS
    from planq.render.plain import visible, visible_json

    quoted = chosen in FORMATS and FORMATS[chosen].quoted
    write_out = visible_json if quoted else visible
    for chunk in chunks:
        # Bytes are a corrected draft in the draft's own encoding.
        yield write_out(chunk if isinstance(chunk, str) else chunk.decode("utf-8", "replace"))


def _print(renderables: Sequence[RenderableType], choice: str) -> None:
    from rich.console import Console

    console = Console(
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        force_terminal=True if choice == "always" else None,
        no_color=True if choice == "never" else None,
    )
    if console.is_terminal and sys.stdin.isatty() and sys.stdout.isatty():
        height = sum(len(console.render_lines(item, pad=False)) for item in renderables)
        if height > console.height:
            from planq.render.terminal.pager import page

            with console.capture() as written:
                console.print(*renderables, sep="\n")
            if page(written.get()):
                return
    console.print(*renderables, sep="\n")


def emit(chunks: Iterable[str | bytes], output: Path | None) -> None:
    """Write to the file `output`, whole or not at all, or to stdout. Raises OutputError."""
    encoded = (
        chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "backslashreplace")
        for chunk in chunks
    )  # fmt: skip
    if output is not None:
        write_atomically(output, b"".join(encoded))
        return
    try:
        for data in encoded:
            sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise OutputError(
            "cannot write to stdout: {strerror}", strerror=error.strerror or error
        ) from None


def abandon_stdout() -> None:
    """Send what is still buffered nowhere, so that the end of the program does not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refuse_input(output: Path | None, read: Iterable[str]) -> None:
    """Raise OutputError where the file to write is one of those that are read; `read` are names of
    files, globs over them, and names of other things, which are no files."""
    if output is None or output == STDOUT or not output.is_file():
        return
    from glob import glob

    for name in read:
        with suppress(OSError, ValueError):  # what is no file is not the one to write
            found = glob(name) or [name]  # noqa: PTH207 — absolute and relative patterns alike
            if any(map(output.samefile, found)):
                raise OutputError(
                    "{output} is what is read: choose another name for the output", output=output
                )


def write_atomically(path: Path, data: bytes) -> None:
    """Write under a temporary name beside `path`, then rename. Raises OutputError.

    A link keeps pointing where it does; a pipe or a device is written to as it is.
    """
    from planq.atomic import whole

    try:
        if path.is_dir():
            raise OutputError("{path} is a folder: name a file", path=path)
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.write(data)
            return
        if path.is_symlink():
            path = path.resolve()
        with whole(path) as temporary:
            temporary.write_bytes(data)
    except OSError as error:
        raise OutputError(
            "cannot write {path}: {strerror}", path=path, strerror=error.strerror or error
        ) from None


def say(message: str) -> None:
    """One message on stderr, control characters written out, whatever stderr's encoding.

    Where it cannot be written (a full disk) it is lost; the answer and the exit code are as always.
    """
    from planq.render.plain import visible

    try:
        sys.stderr.buffer.write(f"{visible(message)}\n".encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()
    except OSError:
        # What is still buffered would make the end of the program fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
