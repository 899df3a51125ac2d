"""A table in the terminal: its heading above, its rows, its notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text

from planq.render.plain import visible
from planq.render.shapes import page_words
from planq.render.terminal.wrap import Passage

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult

    from planq.tables import Table

#: The narrowest column in cells (two Chinese characters), and the lines that widths are judged by.
_LEAST, _SAMPLE = 4, 40
# What a column should not break: `box1:10`, `>2500`, `2020年`.
_RUN = re.compile(r"[!-~]{1,12}年?")
_NUMBER = re.compile(r"[<>=≥≤~≈\[(]{0,2}-?[\d.,]+[\])*%]{0,2}|[—–-]?")


def table(
    found: Table, columns: Sequence[str], cells: Sequence[Sequence[str]]
) -> list[RenderableType]:
    """`cells` under `columns`, in as few lines as the width allows, nothing cut; a category that
    goes on is printed once."""
    title = Text(visible(found.node.heading), style="bold magenta")
    title.append(f"  {page_words(*found.node.extent)}", style="dim not bold")
    notes = [
        Passage(Text(visible(n.own_text), "dim")) for n in found.node.children if n.kind == "note"
    ]
    return [Passage(title), Fitted(columns, cells, once=True), *notes]


class Fitted:
    """Rows at the width the console has; with `once`, a first cell like the one above is left out."""

    def __init__(
        self, columns: Sequence[str], cells: Sequence[Sequence[str]], *, once: bool = False
    ) -> None:
        self.once = once
        self.columns = [visible(column) for column in columns]
        self.cells = [[visible(cell) for cell in line] for line in cells]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - 3 * (len(self.columns) - 1)
        if room < _LEAST * len(self.columns):
            # Too many columns for any table: nothing is cut, the lines wrap.
            yield from (Passage(Text(" │ ".join(line))) for line in [self.columns, *self.cells])
            return
        grid = Grid(header_style="bold", show_edge=False, pad_edge=False)
        widths = _widths([self.columns, *self.cells[:_SAMPLE]], room)
        numbers = [
            all(_NUMBER.fullmatch(line[place]) for line in self.cells)
            for place in range(len(self.columns))
        ]
        for place, (column, width) in enumerate(zip(self.columns, widths, strict=True)):
            justify: JustifyMethod = "right" if numbers[place] else "left"
            grid.add_column(Text(column), overflow="fold", width=width, justify=justify)
        above = ""
        for line in self.cells:
            shown = list(line)
            if self.once and len(shown) > 2:
                shown[0] = "" if line[0] == above else line[0]
                above = line[0]
            grid.add_row(
                *(Text(cell) if numbers[n] else Passage(Text(cell)) for n, cell in enumerate(shown))
            )
        yield grid


def _widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """A width for each column, `room` in all: narrowed, cell by cell, where that costs the fewest
    lines. Judged by the lines given."""
    sizes = [[max(_LEAST, cell_len(cell)) for cell in line] for line in lines]
    widths = [min(room, max(column)) for column in zip(*sizes, strict=True)]

    def height(place: int, width: int) -> int:
        return sum(
            max(-(-size // (width if n == place else widths[n])) for n, size in enumerate(line))
            for line in sizes
        )

    least = [
        min(width, max(cell_len(run) for line in lines for run in ("    ", *_RUN.findall(line[n]))))
        for n, width in enumerate(widths)
    ]
    if sum(least) > room:
        least = [_LEAST] * len(widths)
    while sum(widths) > room:
        step = max(1, (sum(widths) - room) // 8)
        could = [n for n, width in enumerate(widths) if width - step >= least[n]]
        step = step if could else 1
        could = could or [n for n, width in enumerate(widths) if width > least[n]]
        best = min(could, key=lambda n: (height(n, widths[n] - step), -widths[n]))
        widths[best] -= step
    return widths
