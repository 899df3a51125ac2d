"""The source cut into lines, each with its place: the only view of the text the rules have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planq.patterns import lazy_compile

#: Characters that end a sentence; closing marks may follow them.
STOPS = "。！？；：:;!?…"
_CLOSERS = "”’」』）)》】"
# A line that ends or begins with one of these is half of something.
_OPENERS = "，、,（(“《〈「『的和与及或在对于把将由为第"
_CARRIERS = "，。、；：,;:.）)”》〉」』的是等"
#: Old files and web pages end lines by other marks than \n too.
LINE_END = lazy_compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_LINE = lazy_compile(rf"([^\n\r\x0b\x85\u2028\u2029]*)(?:{LINE_END.pattern}|\Z)")
_REMARK = lazy_compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]\Z")
_GOES_ON = lazy_compile(r"和(?![谐平睦美])|以及|及(?![时早其])|与(?![此时会])")


class Line(NamedTuple):
    """A non-blank line: 1-based number, code-point span without outer white space, its text.

    `indent` counts the blanks before it; `bare` says that a line of tabs alone stands above it, as
    over the rows of a table whose header is blank.
    """

    no: int
    start: int
    end: int
    text: str
    indent: int = 0
    bare: bool = False


def split_lines(source: str) -> list[Line]:
    """The non-blank lines of `source` (cells keep their tabs; `\\f` alone is a line)."""
    lines: list[Line] = []
    tabs = 0
    bare = False
    for no, match in enumerate(_LINE.finditer(source), 1):
        raw, offset = match[1], match.start()
        body = raw.strip()
        cells = raw.strip(" \u3000\xa0\r\ufeff")
        if "\t" in body or (
            body and tabs and cells.count("\t") == tabs and _is_row(lines, no, body)
        ):
            # An outer tab is an empty cell (line 187: the category is not printed again); where all
            # tabs are outer ones, the row before says that they are.
            body = cells
        elif not body and "\f" in raw:
            body = "\f"
        if body:
            indent = raw.index(body)
            start = offset + indent
            lines.append(Line(no, start, start + len(body), body, indent, bare))
            tabs = body.count("\t")
        bare = not body and "\t" in raw
    return lines


def _is_row(lines: Sequence[Line], no: int, body: str) -> bool:
    """Whether a line with outer tabs alone, as many as the row before has, is a row with blank cells:
    one tab, too, where it is no paragraph set in."""
    last = lines[-1]
    if last.text.count("\t") > 1:
        return True
    return no - last.no == 1 and (not ends_sentence(body) or ends_sentence(last.text))


def apart(lines: Sequence[Line], index: int) -> bool:
    """Whether an empty line stands between line `index` and the one before it."""
    return 0 < index < len(lines) and lines[index].no - lines[index - 1].no > 1


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a stop, closing quotation marks and brackets seen through."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in STOPS


def is_complete(text: str) -> bool:
    """Whether a text ends with a stop, or with a remark behind one: 。（责任单位：省教育厅）."""
    return ends_sentence(text) or (
        text[-1:] in ("）", ")") and ends_sentence(_REMARK.sub("", text))
    )


def half_said(text: str) -> bool:
    """Whether a line ends in the middle of a sentence by its own words."""
    return text[-1] in "，、,（(的和与及第"


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
