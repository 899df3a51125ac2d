"""The child process of `regex`: reads an expression and texts, writes where it matches.

Run as a script by path, isolated and without planq, so that it starts in a few milliseconds.
stdin: the expression, then lists of texts; stdout, for each list: a list with one flat list
[start, end, start, end, …] a text, or once (message, position) when there is no such expression.
"""

from __future__ import annotations

import marshal
import re
import sys
import warnings
from collections.abc import Iterator

#: Bytes of memory the child may use, where the system can bound it.
MEMORY = 1 << 30


def bound(seconds: int) -> None:
    """Die of what the parent could not stop: a parent killed itself, or memory without end."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        # CPU time, so that a wait for the next batch does not count.
        resource.setrlimit(resource.RLIMIT_CPU, (60 * seconds, 60 * seconds))
    except (ImportError, OSError, ValueError):
        pass


def main() -> None:
    """Answer until stdin ends."""
    bound(int(sys.argv[1]))
    warnings.simplefilter("ignore")
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    wrong: tuple[str, int | None] | None = None
    try:
        find = re.compile(marshal.load(source)).finditer
    except re.error as error:
        wrong = error.msg, error.pos
    except RecursionError:
        wrong = "too deeply nested", None
    except OverflowError as error:
        wrong = str(error), None
    while True:
        try:
            texts = marshal.load(source)
        except EOFError:
            return
        marshal.dump(wrong or [spans(find(text)) for text in texts], sink)
        sink.flush()


def spans(matches: Iterator[re.Match[str]]) -> list[int]:
    """Start, end, start, end, … of the matches that are not empty."""
    return [at for match in matches if match.end() > match.start() for at in match.span()]


if __name__ == "__main__":
    main()
