"""The source cut into lines, each with its place: the only view of the text the rules have."""

from __future__ import annotations

from typing import NamedTuple

#: Characters that end a sentence; closing marks may follow them.
STOPS = "。！？；：:;!?…"
_CLOSERS = "”’」』）)》】"


class Line(NamedTuple):
    """A non-blank line: 1-based number, code-point span without outer white space, its text."""

    no: int
    start: int
    end: int
    text: str


def split_lines(source: str) -> list[Line]:
    """The non-blank lines of `source` (cells keep their tabs; `\\f` alone is a line)."""
    lines: list[Line] = []
    offset = 0
    for no, raw in enumerate(source.split("\n"), 1):
        # A leading tab is an empty first cell (line 187: the category is not printed again).
        body = raw.strip(" \u3000\xa0\r\ufeff") if "\t" in raw.strip() else raw.strip()
        if not body.strip() and "\f" in raw:
            body = "\f"
        if body.strip() or body == "\f":
            start = offset + raw.index(body)
            lines.append(Line(no, start, start + len(body), body))
        offset += len(raw) + 1
    return lines


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a stop, closing quotation marks and brackets seen through."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in STOPS
