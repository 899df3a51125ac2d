"""Cells with spans → lines with tabs, the one form in which every medium hands over a table.

A merged cell's words stand in its first row and column. The places it also covers are blank, as in
专栏 1 of the bundled plan (fulltext.txt, lines 187–209), but for those under it in a column that is not
the table's first: there 〃 says that the words above go on, which a blank cell would not tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CELLS = 500_000
"""Most places of one table, spans counted; a guard against `colspan=1000` in every cell."""

_TOO_LARGE = (
    "has a table of more than {most:,} cells, merged ones counted in full, the most planq reads; "
    "split the table"
)

MERGED = "\0"
"""Text of a cell that goes on from the one above it; lines have DITTO for it."""

DITTO = "〃"


class Cell(NamedTuple):
    """Words of a cell and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def lay_out(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """A rectangle of cell texts: spans resolved, short rows filled, empty columns kept.

    Follows the table model of HTML ("forming a table"): a cell takes the next free place of its
    row. Raises SourceError past MAX_CELLS.
    """
    grid: list[list[str]] = []
    covered: dict[int, int] = {}  # column → rows still covered from above
    begun: set[int] = set()  # columns in which a cell that covers more rows begins
    places = 0
    for row in rows:
        line: list[str] = []
        below: dict[int, int] = {}
        new: set[int] = set()
        for cell in row:
            while covered.get(len(line), 0):
                line.append(MERGED if len(line) in begun else "")
            places += cell.columns
            if places > MAX_CELLS:
                raise SourceError(_TOO_LARGE, most=MAX_CELLS)
            if cell.rows > 1:
                new.add(len(line))
                below.update(dict.fromkeys(range(len(line), len(line) + cell.columns), cell.rows))
            text = cell.text if cell.text == MERGED else flat(cell.text)
            line += [text] + [""] * (cell.columns - 1)
        while covered.get(len(line), 0):
            line.append(MERGED if len(line) in begun else "")
        covered = {column: left - 1 for column, left in (covered | below).items() if left > 1}
        begun = {column for column in begun if column in covered and column not in below} | new
        grid.append(line)
    width = max(map(len, grid), default=0)
    if width * len(grid) > MAX_CELLS:
        raise SourceError(_TOO_LARGE, most=MAX_CELLS)
    return with_dittos([line + [""] * (width - len(line)) for line in grid])


def with_dittos(grid: list[list[str]]) -> list[list[str]]:
    """`grid` with 〃 for MERGED under words, and blanks in the first column and under blanks."""
    for at, line in enumerate(grid):
        for column, text in enumerate(line):
            if text == MERGED:
                line[column] = DITTO if at and column and grid[at - 1][column] else ""
    return grid


def lines_of(grid: Sequence[Sequence[str]]) -> list[str]:
    """The grid as lines between blank lines, or, when it is one column wide, as paragraphs.

    Rows that are blank throughout are dropped, but for a blank header, which stays as its tabs. First rows with one text over the full width are
    a caption and stand before the table as lines of their own.
    """
    kept = [row for row in grid if any(cell not in ("", DITTO) for cell in row)]
    if not kept:
        return []
    if len(kept[0]) < 2:
        return [row[0] for row in kept]
    captions = 0
    while captions < len(kept) - 1 and kept[captions][0] and not any(kept[captions][1:]):
        captions += 1
    blank = [] if any(grid[0]) else ["\t" * (len(kept[0]) - 1)]
    return [
        *(row[0] for row in kept[:captions]),
        "",
        *blank,
        *("\t".join(row) for row in kept[captions:]),
        "",
    ]


def flat(text: str) -> str:
    """`text` on one line: line ends, tabs and page breaks inside a cell become one space."""
    return re.sub(r"\s*[\t\n\v\f\r\u2028\u2029]\s*", " ", text).strip()
