"""The quick way: a plain command line into a pipe, read from the declarations without Click.

Importing Click is most of what there is to wait for in a short answer, and has little to do there.
What is not written plainly (a help page, a slip, an abbreviation, a shell's completion) goes through
the command line proper; what is answered is the same.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.answers import COMMANDS, declared

if TYPE_CHECKING:
    from planq.answers.command import Argument, Command, Option


class Question(NamedTuple):
    """A command, and the values of its arguments and options by name."""

    command: Command
    values: dict[str, Any]


class _NotPlain(Exception):
    """Something that Click has to read."""


def read(args: list[str]) -> Question | None:
    """The question that `args` ask; None where Click has to read them."""
    if not args or args[0] not in COMMANDS or sys.stdout.isatty():
        return None
    if "PLANQ_PLAN" in os.environ or "_PLANQ_COMPLETE" in os.environ:
        return None
    try:
        asked = declared(args[0])
        return Question(asked, _values(asked, args[1:]))
    except _NotPlain:
        return None


def answer(question: Question) -> None:
    """Answer and leave with the exit code. Raises PlanqError as the command line does."""
    from planq.run import run

    values = question.values
    plans = bool(values.get("names") or values.get("all_plans"))
    run(question.command, values, plans_given=plans)


def _values(asked: Command, args: list[str]) -> dict[str, Any]:
    from planq.answers.command import options_of

    options = options_of(asked)
    by_name = {name: one for one in options for name in one.spelled.split()}
    words: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(args)
    for arg in rest:
        option = by_name.get(arg)
        if option is None:
            if arg[:1] == "-" and arg != "-":
                raise _NotPlain
            words.append(arg)
            continue
        if option.bare is not None or (option.name in given and not option.many):
            raise _NotPlain
        value = True if option.kind == "flag" else _option_value(option, next(rest, None))
        given[option.name] = (*given.get(option.name, ()), value) if option.many else value
    values = {one.name: given.get(one.name, one.value) for one in options}
    return {**values, **_placed(asked.arguments, words)}


def _option_value(option: Option, text: str | None) -> Any:
    """The value of an option; one that Click would refuse, or complain of, is not plain."""
    if text is None or (text[:1] == "-" and text != "-"):
        raise _NotPlain
    if option.choices:
        if text not in option.choices:
            raise _NotPlain
        return text
    if option.kind == "int":
        plain = text.isascii() and text.isdecimal() and len(text) < 10
        if not plain or int(text) < (option.minimum or 0):
            raise _NotPlain
        return int(text)
    if option.kind == "float":
        raise _NotPlain
    return _value(option.kind, text)


def _placed(arguments: tuple[Argument, ...], words: list[str]) -> dict[str, Any]:
    """The words as the command's arguments, of which only the last takes several."""
    placed: dict[str, Any] = {}
    for one in arguments:
        taken = words if one.many else words[:1]
        words = words[len(taken) :]
        if one.required and not taken:
            raise _NotPlain
        values = tuple(_value(one.kind, word) for word in taken)
        placed[one.name] = values if one.many else values[0] if values else None
    if words:
        raise _NotPlain
    return placed


def _value(kind: str, text: str) -> Any:
    if kind != "path":
        return text
    from pathlib import Path

    return Path(text)
