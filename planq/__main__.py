"""`python -m planq` and the console script: every error becomes one line and an exit code."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planq.errors import PlanqError

#: Characters of an error that are shown.
_LONGEST = 3000
#: Candidates that are shown a line each.
_CANDIDATES = 40


def main() -> None:
    """Run planq; every error a user can cause is one line on stderr, never a traceback."""
    gc.set_threshold(100_000)  # a plan's tree is thousands of objects, none of them garbage yet
    try:
        _run()
    except (ImportError, MemoryError, OSError) as error:
        # A module that cannot be loaded: there is next to no memory, or no file may be opened.
        _last_words(f"cannot start: {error or 'not enough memory for this'}")
    finally:
        gc.freeze()  # the process ends: looking for garbage first would take a tenth of its time


def _run() -> None:
    from planq.errors import PlanqError

    _fill_in_streams()
    _take_chinese()
    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except PlanqError as error:
        _fail(*_in_lines(error), error.exit_code)
    except BrokenPipeError:
        # The reader has what it wanted.
        from planq.deliver import abandon_stdout

        abandon_stdout()
        sys.exit(0)
    except MemoryError:
        _fail("not enough memory for this")
    except UnicodeEncodeError as error:
        _fail(
            f"{error.object!r} cannot be a name in this locale ({error.encoding}): set PYTHONUTF8=1"
        )
    except OSError as error:
        from planq.deliver import abandon_stdout

        abandon_stdout()
        _fail(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))


def _last_words(message: str) -> None:
    """One line on stderr without loading anything, and exit code 2."""
    import os  # which Python itself has loaded

    line = f"planq: {message}\n".encode("utf-8", "backslashreplace")
    try:
        os.write(2, line)
    finally:
        sys.exit(2)  # also where nobody can hear it


def _fill_in_streams() -> None:
    """Put something behind a standard stream that the caller closed (`>&-`).

    A file opened later would else take its number, and get what is meant for the stream. Writing to
    a closed stdout fails, as it must: the answer is lost.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    import os

    for number, (name, flags) in enumerate(
        (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))
    ):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115 — it stays open
            setattr(sys, name, stream)


def _take_chinese() -> None:
    """Read arguments and write to a terminal as UTF-8 where the locale knows no Chinese (`LC_ALL=C`
    with `PYTHONUTF8=0`): a query taken for something else would find nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                encoding=None if _holds_chinese(stream.encoding) else "utf-8",
                errors="backslashreplace",
            )
    if not _holds_chinese(sys.getfilesystemencoding()):
        from os import fsencode

        sys.argv = [fsencode(arg).decode("utf-8", "surrogateescape") for arg in sys.argv]


def _holds_chinese(encoding: str) -> bool:
    try:
        return bool("湖".encode(encoding))
    except (UnicodeError, LookupError):
        return False


def _answer(args: list[str]) -> None:
    from planq import quick

    question = quick.read(args)
    if question is not None:
        quick.answer(question)
    else:
        from planq.cli.main import run

        run()


def _in_lines(error: PlanqError) -> tuple[str, str]:
    """The error's line, and what stands below it: in a terminal its candidates, a line each."""
    from planq.errors import AddressError

    message = str(error)
    if isinstance(error, AddressError) and len(error.listed) > 1 and sys.stderr.isatty():
        head, all_, rest = message.partition("; ".join(error.listed))
        if all_:
            lines = [*error.listed[:_CANDIDATES], *([rest.strip(" ;,")] if rest else [])]
            if len(error.listed) > _CANDIDATES:
                lines.append(f"… and {len(error.listed) - _CANDIDATES} more")
            return head.rstrip(), "\n".join("  " + " ".join(line.split("\n")) for line in lines)
    return message, _shown(error)


def _shown(error: PlanqError) -> str:
    """The query with a caret under the fault, where the error is about one place in a query."""
    from planq.errors import QueryError

    if not isinstance(error, QueryError) or error.position is None:
        return ""
    from planq.matching.language import caret

    return caret(error)


def _fail(message: str, shown: str = "", code: int = 2) -> None:
    from planq.deliver import say

    if len(message) > _LONGEST:  # someone's argument, repeated in it
        message = message[: _LONGEST // 2] + " … " + message[-_LONGEST // 2 :]
    say("planq: " + " ".join(message.split("\n")) + (f"\n{shown}" if shown else ""))
    sys.exit(code)


if __name__ == "__main__":
    main()
