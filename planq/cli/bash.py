"""Completion in bash, which takes `3.2.1:` for two words: Click asks after whole ones."""

from __future__ import annotations

import os
import re
from typing import Any

from click.shell_completion import BashComplete, add_completion_class

_BREAKS = re.compile(r"[:=]+")


class WholeWords(BashComplete):
    """Bash's words with those put together again that it parted at a colon (COMP_WORDBREAKS).

    What is offered is then what follows the last colon, which is all that bash replaces.
    """

    name = "bash"
    parted = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one at the cursor, and that one as far as it is typed."""
        typed = os.environ["COMP_WORDS"]
        if "\n" not in typed or not _BREAKS.search(typed):
            return super().get_completion_args()
        from click.shell_completion import split_arg_string

        words = typed.split("\n")
        at = int(os.environ["COMP_CWORD"])
        while len(words) <= at:
            words.append("")
        ends = _ends(words, os.environ.get("COMP_LINE", ""))
        whole: list[str] = []
        for number, word in enumerate(words[: at + 1]):
            before = words[number - 1] if number else ""
            joined = number > 1 and number - 1 in ends and ":" in (word[:1], before[-1:])
            if joined:
                whole[-1] += word
            elif word == "=" and whole and whole[-1].startswith("-"):
                if number == at:
                    whole.append("")
            else:
                whole.append(word)
        if (":" in whole[-1] and whole[-1] != words[at]) or words[at][:1] == ":":
            self.parted = whole[-1][: whole[-1].rfind(":") + 1]
        last = whole.pop()
        args = [arg for word in whole[1:] for arg in split_arg_string(word) or [""]]
        return args, "".join(split_arg_string(last))

    def format_completion(self, item: Any) -> str:
        """The kind of a completion, and what of it bash has to put in."""
        return f"{item.type},{item.value.removeprefix(self.parted)}"


def _ends(words: list[str], line: str) -> set[int]:
    """The words behind which the next follows without a blank; all of them where `line` is not
    known."""
    found: set[int] = set()
    at = 0
    for number, word in enumerate(words[:-1]):
        place = line.find(word, at)
        if place < 0:
            return set(range(len(words)))
        at = place + len(word)
        if not line[at : at + 1].isspace():
            found.add(number)
    return found


def register() -> None:
    """Let Click complete so in bash."""
    add_completion_class(WholeWords)
