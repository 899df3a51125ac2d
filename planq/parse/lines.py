"""The source cut into lines, each with its place: the only view of the text the rules have."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Characters that end a sentence; closing marks may follow them.
STOPS = "。！？；：:;!?…"
_CLOSERS = "”’」』）)》】"
# A line that ends or begins with one of these is half of something.
_OPENERS = "，、,（(“《〈「『的和与及或在对于把将由为第"
_CARRIERS = "，。、；：,;:.）)”》〉」』的是等"
_GOES_ON = re.compile(r"和(?![谐平睦美])|以及|及(?![时早其])|与(?![此时会])")


class Line(NamedTuple):
    """A non-blank line: 1-based number, code-point span without outer white space, its text.

    `indent` counts the blanks before it.
    """

    no: int
    start: int
    end: int
    text: str
    indent: int = 0


def split_lines(source: str) -> list[Line]:
    """The non-blank lines of `source` (cells keep their tabs; `\\f` alone is a line)."""
    lines: list[Line] = []
    offset = 0
    for no, raw in enumerate(source.split("\n"), 1):
        body = raw.strip()
        cells = raw.strip(" \u3000\xa0\r\ufeff")
        if "\t" in body or (body and lines and _same_width(cells, lines[-1].text)):
            # A leading tab is an empty first cell (line 187: the category is not printed again).
            body = cells
        elif not body and "\f" in raw:
            body = "\f"
        if body:
            indent = raw.index(body)
            start = offset + indent
            lines.append(Line(no, start, start + len(body), body, indent))
        offset += len(raw) + 1
    return lines


def _same_width(cells: str, above: str) -> bool:
    """Whether a line with one filled cell is a row of the table above: `学前教育` over two columns of blanks."""
    return cells.count("\t") > 1 and cells.count("\t") == above.count("\t")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a stop, closing quotation marks and brackets seen through."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in STOPS


def goes_on(before: str, after: str) -> bool:
    """Whether the words themselves say that `after` carries `before` on."""
    if before[-1:] in _OPENERS or after[:1] in _CARRIERS:
        return True
    if _GOES_ON.match(after) or before.count("（") > before.count("）"):
        return True
    # Lowered type has a line of its own: PM / 2.5 / 年平均浓度.
    return _latin(before[-1:]) or all(map(_latin, after))


def _latin(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".%")


def width(text: str) -> float:
    """The printed width in Chinese characters: an ASCII character is half of one."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2
