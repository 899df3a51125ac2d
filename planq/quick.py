"""The plainest questions, answered without Click.

`planq show ADDRESS...` and `planq search WORDS... [--all-plans]`, with no other option, into a
pipe: most of what is left to wait for there is importing Click, which has nothing to do. Everything
else, and every error but planq's own, goes through the command line proper; what is answered is the
same.
"""

from __future__ import annotations

import os
import sys

#: Variables of planq's own that change nothing about a plain question.
_HARMLESS = ("PLANQ_CACHE", "PLANQ_HOME")


def takes(args: list[str]) -> bool:
    """Whether the question is plain enough: a known command, words that are no options, a pipe."""
    return (
        args[:1] in (["show"], ["search"])
        and len(_words(args)) > 0
        and not any(arg.startswith("-") or "/" in arg for arg in _words(args))
        and not any(name.startswith(("PLANQ_", "_PLANQ_")) and name not in _HARMLESS
                    for name in os.environ)
        and not sys.stdout.isatty()
    )  # fmt: skip


def run(args: list[str]) -> None:
    """Answer and leave with the exit code. Raises PlanqError as the command line does."""
    from planq import answers
    from planq.cli.deliver import DEFAULTS, deliver

    words = _words(args)
    if len(words) < len(args) - 1:
        deliver(answers.search_all((), words, every=True), "text", DEFAULTS)
    elif args[0] == "search":
        from planq.library import bundled

        deliver(answers.search_in(bundled(), words), "text", DEFAULTS)
    else:
        from planq.cli.deliver import say
        from planq.library import open_plan

        plan, notices = open_plan()
        for notice in notices:
            say(f"planq: {notice}")
        deliver(answers.show(plan, words), "text", DEFAULTS)


def _words(args: list[str]) -> list[str]:
    """What follows the command, without the one option that is plain enough."""
    return [arg for arg in args[1:] if not (arg == "--all-plans" and args[0] == "search")]
