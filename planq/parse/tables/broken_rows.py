"""Rows of a table with a cell broken over lines: which lines are one row, and which only group rows.

A table's lines follow each other without an empty line between, and most have as many tabs. A line
among them with fewer is the first half of the next row, or the second half of the last: an open
bracket, a mark that nothing begins with, or a first column filled to its width say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planq.parse.headings.rules import Mark
from planq.parse.lines import Line, ends_sentence, width

_OPENERS, _CLOSERS = "（([【《“", "）)]】》”"
_BEGINS_NOTHING = "）)】》”，、。；％%"
_ENDS_NOTHING = "（(【《“，、和与及的"
_KEEP = frozenset(
    (
        "box",
        "table",
        "figure",
        "note",
        "annex",
        "part",
        "subpart",
        "chapter",
        "section",
        "page break",
    )
)
_LONGEST_PIECE = 40
_LONGEST_GROUP = 20
_LEAST_NAME = 5
_MOST_PIECES = 4


def broken_rows(
    lines: Sequence[Line], marks: Sequence[Mark | None]
) -> tuple[set[int], set[int], set[int]]:
    """The indexes of lines that carry on the row in the line before, of the lines that begin such
    rows, and of lines without a tab that stand between rows as the name of a group."""
    carried: set[int] = set()
    begun: set[int] = set()
    groups: set[int] = set()
    for first, last in _regions(lines):
        tabs = _usual(lines, first, last)
        if tabs:
            _read(lines, marks, (first, last, tabs), carried, begun, groups)
    return carried, begun, groups


def _regions(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches of lines, from one with a tab to the last with one, that nothing parts."""
    found: list[tuple[int, int]] = []
    start = -1
    last = -1
    for index, line in enumerate(lines):
        if start >= 0 and line.no - lines[index - 1].no > 1:
            found.append((start, last))
            start = -1
        if "\t" in line.text:
            start = index if start < 0 else start
            last = index
    if start >= 0:
        found.append((start, last))
    return [(first, end) for first, end in found if end > first]


def _usual(lines: Sequence[Line], first: int, last: int) -> int:
    """How many tabs most rows have; 0 where no number of them is usual."""
    counts = Counter(n for at in range(first, last + 1) if (n := lines[at].text.count("\t")))
    most, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return most if times >= 2 else 0


def _read(
    lines: Sequence[Line],
    marks: Sequence[Mark | None],
    region: tuple[int, int, int],
    carried: set[int],
    begun: set[int],
    groups: set[int],
) -> None:
    first, last, tabs = region
    names = [
        width(lines[at].text.split("\t")[0])
        for at in range(first + 1, last + 1)
        if lines[at].text.count("\t") == tabs and at - 1 not in carried
    ]
    at = first
    while at <= last:
        text = lines[at].text
        here = text.count("\t")
        mark = marks[at]
        if here >= tabs or (mark is not None and mark.name != "row"):
            at += 1
            continue
        within = at > first and (at - 1 in carried or lines[at - 1].text.count("\t") == tabs)
        end = _whole(lines, at, last, tabs) if within else 0
        if end and _is_first_half(lines, at, end, names):
            begun.add(at)
            carried.update(range(at + 1, end + 1))
            at = end
        elif here == 0 and within and _is_second_half(lines[at - 1].text, text):
            carried.add(at)
            begun.add(at - 1)
        elif (
            here == 0
            and within
            and at < last
            and lines[at + 1].text.count("\t") == tabs
            and len(text) <= _LONGEST_GROUP
            and not ends_sentence(text)
        ):
            groups.add(at)
        at += 1
    if at < len(lines) and marks[at] is None and lines[at].no - lines[last].no == 1:
        text = lines[at].text
        if len(text) <= _LONGEST_GROUP and _is_second_half(lines[last].text, text):
            carried.add(at)
            begun.add(last)


def _whole(lines: Sequence[Line], at: int, last: int, tabs: int) -> int:
    """The line at which the pieces from `at` on make a row of `tabs` tabs; 0 where they make none."""
    count = 0
    for end in range(at, min(at + _MOST_PIECES, last + 1)):
        if len(lines[end].text) > _LONGEST_PIECE and "\t" not in lines[end].text:
            return 0
        count += lines[end].text.count("\t")
        if count >= tabs:
            return end if count == tabs and end > at else 0
    return 0


def _is_first_half(lines: Sequence[Line], at: int, end: int, names: Sequence[float]) -> bool:
    """Whether the line at `at` is the first piece of the row that ends in line `end`."""
    text = lines[at].text
    after = lines[at + 1].text
    if _open(text.rpartition("\t")[2]) or text[-1] in _ENDS_NOTHING or after[0] in _BEGINS_NOTHING:
        return True
    if "\t" in text:
        # Two short rows, or one in two pieces: only where no row of half the cells is likely.
        return lines[end].text.count("\t") + text.count("\t") > 2 and "\t" in after
    rest = width(after.split("\t")[0])
    others = [name for name in names if name != rest]
    full = width(text) >= max([_LEAST_NAME, *others]) - 1
    return bool(rest) and full and rest <= width(text)


def _is_second_half(before: str, text: str) -> bool:
    """Whether `text` goes on in the last cell of the row `before`."""
    cell = before.rpartition("\t")[2]
    if len(text) == 1 and cell:
        return True
    return _open(cell) or text[0] in _BEGINS_NOTHING or cell[-1:] in tuple(_ENDS_NOTHING)


def _open(text: str) -> bool:
    """Whether a bracket is opened in `text` and not closed."""
    return sum(map(text.count, _OPENERS)) > sum(map(text.count, _CLOSERS))
