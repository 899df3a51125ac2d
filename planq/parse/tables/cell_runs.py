"""A table whose cells stand a line each, found by its columns: the same kinds of cells come back.

Where no column 属性 or 序号 tells the rows apart, a run of short lines is a table if it is a whole
number of rows as long as its header, and every column has one kind of cells: numbers, years, units or
words, with one of the first three at least. Where a run looks like such a table but its rows cannot
be told (a cell is blank, a group has a line of its own), it is no table, and `unread` finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from planq.parse.headings.rules import Mark
from planq.parse.lines import Line, ends_sentence, width
from planq.parse.tables.first_row import FIRST, is_number, is_year, says_head, tells_header
from planq.text.units import is_unit

_LONGEST_CELL = 30
_LONGEST_HEAD = 12
_MOST_COLUMNS = 8
_LEAST_ROWS = 2
_SURE_ROWS = 3
_LEAST_CELLS = 6
_MOST_BEFORE = 2  # lines over the header: the table's name, its unit
_LEAST_UNREAD = 9
_SHARE = 0.3  # of numbers among the cells of what looks like a table
# A number before a cell's words is no heading: 1.地区生产总值.
_IN_CELLS = frozenset(("1.", "(1)", "1)", "1", "1.1"))


class Run(NamedTuple):
    """A table in a run of lines: the index of its header's first line, its columns and its rows."""

    first: int
    columns: int
    rows: int


def runs(lines: Sequence[Line], marks: Sequence[Mark | None], taken: set[int]) -> list[Run]:
    """The tables among the lines that are not `taken`, in reading order."""
    found = []
    for begin, end in _regions(lines, marks, taken):
        fitting = [
            Run(first, size, (end - first) // size - 1)
            for first in range(begin, min(begin + _MOST_BEFORE + 1, end))
            for size in range(2, _MOST_COLUMNS + 1)
            if _fits([line.text for line in lines[first:end]], size)
        ]
        if len(fitting) == 1:
            found.append(fitting[0])
    return found


def unread(
    lines: Sequence[Line], mark_of: Callable[[int], Mark | None], taken: set[int]
) -> list[range]:
    """The runs of lines that look like such a table, as ranges of indexes, none of them `taken`.

    `mark_of` says what kind of heading the line of an index looks like; few are asked for, since a
    first answer is slow.
    """
    none: list[Mark | None] = [None] * len(lines)
    found = []
    for begin, end in _regions(lines, none, taken):
        if not _numbered_and_headed(lines[begin:end], _LEAST_UNREAD):
            continue
        marks = [*none[:begin], *map(mark_of, range(begin, end))]
        for first, last in _regions(lines[:end], marks, taken):
            if first >= begin and _numbered_and_headed(lines[first:last], last - first):
                found.append(range(first, last))
    return found


def _numbered_and_headed(lines: Sequence[Line], size: int) -> bool:
    """Whether they could be the cells of a table of `size` cells: enough numbers, and two heads."""
    numbers = sum(is_number(line.text) or is_year(line.text) for line in lines)
    heads = sum(says_head(line.text) for line in lines)
    return len(lines) >= _LEAST_UNREAD and numbers >= _SHARE * size and heads >= 2


def _regions(
    lines: Sequence[Line], marks: Sequence[Mark | None], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """The stretches of lines that may each be a cell."""
    begin = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and index not in taken and _is_cell(lines[index].text, marks[index]):
            continue
        if index - begin >= _LEAST_CELLS:
            yield begin, index
        begin = index + 1


def _is_cell(text: str, mark: Mark | None) -> bool:
    if mark is not None and mark.name not in _IN_CELLS:
        return False
    return "\t" not in text and width(text) <= _LONGEST_CELL and not ends_sentence(text)


def _fits(texts: Sequence[str], size: int) -> bool:
    """Whether `texts` are a header of `size` cells and whole rows under it."""
    count, rest = divmod(len(texts), size)
    if rest or count - 1 < _LEAST_ROWS:
        return False
    header = texts[:size]
    if any(width(cell) > _LONGEST_HEAD or "，" in cell for cell in header):
        return False
    if not any(says_head(cell) for cell in header):
        return False
    rows = [texts[at : at + size] for at in range(size, len(texts), size)]
    if len(rows) < _SURE_ROWS and (header[0] not in FIRST or not all(map(says_head, header[1:]))):
        return False
    kinds = [_kind([row[at] for row in rows]) for at in range(size)]
    # A row like those under it is no header.
    if any(kind == "year" and is_year(cell) for kind, cell in zip(kinds, header, strict=True)):
        return False
    if any(cell in below for cell, *below in zip(header, *rows, strict=True)):
        return False
    if "" in kinds or kinds.count("words") == size or kinds[0] == "number":
        return False
    return tells_header(header, rows) is True


def _kind(cells: Sequence[str]) -> str:
    """What all of `cells` are; empty where some are numbers and others words."""
    if all(map(is_year, cells)):
        return "year"
    if all(map(is_unit, cells)):
        return "unit"
    numbers = sum(map(is_number, cells))
    if numbers == len(cells):
        return "number"
    return "" if numbers else "words"
