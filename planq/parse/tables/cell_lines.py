"""A table whose text layer prints a cell a line: found by what ends its rows, or counts them.

Each row of such a table ends in 约束性 or 预期性, its header in 属性; between them stand the
indicator's name, over several lines where it is long, and its values, a line each. The first name
of a group has the group's category before it. Where a first column 序号 counts the rows, each has as many lines as the header;
where neither does, the kinds of cells in its columns tell them (cellruns.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planq.parse.headings.rules import Mark
from planq.parse.lines import Line, ends_sentence, width
from planq.parse.tables.cell_runs import Run, runs

_ENDS = frozenset(("约束性", "预期性", "约束", "预期", "指导性"))
_LAST_COLUMN = frozenset(("属性", "指标属性", "类型", "指标性质"))
_FIRST_COLUMN = frozenset(("指标", "指标名称", "主要指标", "类别", "分类", "领域", "序号"))
_CATEGORIES = frozenset(("类别", "分类", "领域", "类型"))
_NUMBERS = "序号"
_LONGEST_ROW = 12
_LONGEST_HEADER = 8
_LEAST_ROWS = 3
_CATEGORY = 6


class Cells(NamedTuple):
    """A row: the indexes of its lines, and its cells."""

    lines: tuple[int, ...]
    cells: tuple[str, ...]


class CellTable(NamedTuple):
    """The caption's line (-1 where there is none), the header's lines, the columns and the rows."""

    caption: int
    header: tuple[int, ...]
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]

    @property
    def first(self) -> int:
        return self.caption if self.caption >= 0 else self.header[0]

    @property
    def end(self) -> int:
        return self.rows[-1].lines[-1] + 1


def cell_tables(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, CellTable]:
    """The tables by the index of their first line."""
    found: dict[int, CellTable] = {}
    group: list[int] = []
    ends = [index for index, line in enumerate(lines) if _squeezed(line) in _ENDS]
    for index in [*ends, len(lines) + 2 * _LONGEST_ROW]:
        if group and index - group[-1] > _LONGEST_ROW:
            if len(group) >= _LEAST_ROWS and (table := _table(lines, marks, group)):
                found[table.first] = table
            group = []
        group.append(index)
    for index, line in enumerate(lines):
        if _squeezed(line) == _NUMBERS and (table := _numbered(lines, marks, index)):
            found.setdefault(table.first, table)
    taken = {index for table in found.values() for index in range(table.first, table.end)}
    for run in runs(lines, marks, taken):
        table = _typed(lines, marks, run)
        found.setdefault(table.first, table)
    return found


def _typed(lines: Sequence[Line], marks: Sequence[Mark | None], run: Run) -> CellTable:
    """The table of a run whose columns tell its rows apart."""
    first, size = run.first, run.columns
    caption = first - 1 if first and _is_caption(lines[first - 1].text, marks[first - 1]) else -1
    rows = [
        Cells(tuple(range(at, at + size)), tuple(line.text for line in lines[at : at + size]))
        for at in range(first + size, first + size * (run.rows + 1), size)
    ]
    header = tuple(range(first, first + size))
    return CellTable(caption, header, tuple(lines[i].text for i in header), tuple(rows))


def in_number_column(lines: Sequence[Line], index: int) -> bool:
    """Whether a number alone on line `index` is the first of a column 序号."""
    return any(_squeezed(line) == _NUMBERS for line in lines[max(0, index - _LONGEST_ROW) : index])


def _numbered(lines: Sequence[Line], marks: Sequence[Mark | None], head: int) -> CellTable | None:
    """The table whose first column 序号 counts its rows, all of one cell a line."""
    first = next(
        (i for i in range(head + 2, min(head + _LONGEST_ROW, len(lines))) if lines[i].text == "1"),
        None,
    )
    if first is None or not all(_is_header_cell(lines[i].text) for i in range(head, first)):
        return None
    size = first - head
    rows: list[Cells] = []
    begin = first
    while begin + size <= len(lines) and _number(lines[begin]) == str(len(rows) + 1):
        at = tuple(range(begin, begin + size))
        rows.append(Cells(at, tuple(lines[i].text for i in at)))
        begin += size
    if len(rows) < 2:
        return None
    caption = head - 1 if head and _is_caption(lines[head - 1].text, marks[head - 1]) else -1
    header = tuple(range(head, first))
    return CellTable(caption, header, tuple(lines[i].text for i in header), tuple(rows))


def _number(line: Line) -> str:
    """A row's number, which a narrow column may have broken: `1 0`."""
    return "".join(line.text.split()) if len(line.text) <= 5 else ""


def _squeezed(line: Line) -> str:
    return "".join(line.text.split()) if len(line.text) <= 8 else ""


def _table(
    lines: Sequence[Line], marks: Sequence[Mark | None], ends: list[int]
) -> CellTable | None:
    last = next(
        (i for i in range(ends[0] - 1, max(-1, ends[0] - _LONGEST_ROW), -1)
         if _squeezed(lines[i]) in _LAST_COLUMN),
        None,
    )  # fmt: skip
    if last is None:
        return None
    first = last
    while first > 0 and last - first < 6 and _is_header_cell(lines[first - 1].text):
        first -= 1
        if _squeezed(lines[first]) in _FIRST_COLUMN and not _first_above(lines, first):
            break
    if first == last:
        return None
    caption = first - 1
    if caption < 0 or not _is_caption(lines[caption].text, marks[caption]):
        caption = -1
    columns = tuple(lines[i].text for i in range(first, last + 1))
    categorised = columns[0] in _CATEGORIES
    values = len(columns) - 2 - categorised
    rows: list[Cells] = []
    begin = last + 1
    for end in ends:
        category, name, rest = _split(lines, begin, end, values)
        cells = ("".join(category), "".join(name), *rest, lines[end].text)
        rows.append(Cells(tuple(range(begin, end + 1)), cells))
        begin = end + 1
    if not categorised:
        # The header's first cell lies over both the categories and the names.
        columns = (columns[0], "", *columns[1:])
    return CellTable(caption, tuple(range(first, last + 1)), columns, tuple(rows))


def _first_above(lines: Sequence[Line], index: int) -> bool:
    """Whether the cell before is a first column too: 类别 over 指标."""
    return index > 0 and _squeezed(lines[index - 1]) in _FIRST_COLUMN


def _is_caption(text: str, mark: Mark | None) -> bool:
    if mark is not None and mark.kind not in ("box", "table"):
        return False
    return not ends_sentence(text) and len(text) <= 40


def _is_header_cell(text: str) -> bool:
    return width(text) <= _LONGEST_HEADER and not ends_sentence(text) and "\t" not in text


def _split(
    lines: Sequence[Line], begin: int, end: int, values: int
) -> tuple[list[str], list[str], list[str]]:
    """Category, name and values of the row whose last cell is line `end`."""
    words = [lines[i].text for i in range(begin, end)]
    cut = max(1, len(words) - values)
    name, rest = words[:cut], words[cut:]
    has_category = len(name) > 1 and width(name[0]) <= _CATEGORY
    return (name[:1], name[1:], rest) if has_category else ([], name, rest)
