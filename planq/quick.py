"""The plainest questions, answered without Click.

`show`, `search`, `toc` and `table` with the options asked for most, into a pipe: most of what is
left to wait for there is importing Click, which has little to do. What is not written just so goes
through the command line proper, and so does every error but planq's own; what is answered is the
same.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planq.deliver import Result

    #: A command, its words, and what its options set.
    Question = tuple[str, list[str], dict[str, Any]]

#: Variables that ask for more: another plan, or a shell's completion.
_VARIABLES = ("PLANQ_PLAN", "_PLANQ_COMPLETE")
_RECORDS = ("text", "json", "jsonl", "md")
_ROWS = (*_RECORDS, "csv", "tsv")
#: The commands and their formats, but for those that take longer to load than Click.
_COMMANDS = {"show": _RECORDS, "search": _ROWS, "toc": _RECORDS, "table": _ROWS}
#: Options with a value and options without, and what they set; `search` has all of them.
_VALUED = {"-f": "format", "--format": "format", "-n": "limit", "--limit": "limit",
           "--in": "within"}  # fmt: skip
_FLAGS = {"--all-plans": "every", "--count": "count"}


def read(args: list[str]) -> Question | None:
    """The question that `args` ask; None where Click has to read them."""
    if not args or args[0] not in _COMMANDS or sys.stdout.isatty():
        return None
    if any(name in os.environ for name in _VARIABLES):
        return None
    command = args[0]
    words: list[str] = []
    options: dict[str, Any] = {}
    rest = iter(args[1:])
    for arg in rest:
        name = _VALUED.get(arg) or _FLAGS.get(arg)
        if name is not None:
            value: Any = True if arg in _FLAGS else next(rest, "")
            if name in options or not _plain(command, name, value):
                return None
            options[name] = value
        elif arg.startswith("-") or ("/" in arg and command != "search"):
            return None
        else:
            words.append(arg)
    if len(words) > 1 if command == "toc" else not words:
        return None
    if {"limit", "count"} <= options.keys():
        return None
    return command, words, options


def _plain(command: str, name: str, value: Any) -> bool:
    """Whether the option is one of the command's and its value can be taken as it stands."""
    if name == "format":
        return value in _COMMANDS[command]
    if name == "limit" and not (
        value.isascii() and value.isdecimal() and len(value) < 10 and int(value)
    ):
        return False
    if name == "within" and (not value or value[0] == "-" or "/" in value):
        return False
    return command == "search"


def answer(question: Question) -> None:
    """Answer and leave with the exit code. Raises PlanqError as the command line does."""
    from planq.deliver import DEFAULTS, deliver

    command, words, options = question
    chosen = options.pop("format", "text")
    found = _search(words, options) if command == "search" else _told(command, words)
    deliver(found, chosen, DEFAULTS)


def _search(words: list[str], options: dict[str, Any]) -> Result:
    from planq.answers.search import search

    return search(
        words,
        every="every" in options,
        several="every" in options,
        within=[options["within"]] if "within" in options else [],
        limit=int(options["limit"]) if "limit" in options else None,
        count="count" in options,
    )


def _told(command: str, words: list[str]) -> Result:
    from planq.deliver import say
    from planq.library import open_plan

    plan, notices = open_plan()
    for notice in notices:
        say(f"planq: {notice}")
    if command == "show":
        from planq.answers.show import show

        return show(plan, words)
    if command == "toc":
        from planq.answers.toc import toc

        return toc(plan, words[0] if words else None)
    from planq.answers.table import table

    return table(plan, " ".join(words))
