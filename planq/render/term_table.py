"""A table in the terminal: its heading above, its rows, its notes below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from planq.render.plain import visible
from planq.render.shapes import page_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.tables import Table

_GIVES_WAY = 24


def table(
    found: Table, columns: Sequence[str], cells: Sequence[Sequence[str]]
) -> list[RenderableType]:
    """`cells` under `columns`. Columns of short words keep their width, the long ones share what
    is left and wrap, and a category that goes on is printed once."""
    title = Text(visible(found.node.heading), style="bold magenta")
    title.append(f"  {page_words(*found.node.extent)}", style="dim not bold")
    notes = [Text(visible(n.own_text), "dim") for n in found.node.children if n.kind == "note"]
    return [title, _grid(columns, cells), *notes]


def _grid(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> Grid:
    grid = Grid(header_style="bold", show_edge=False, pad_edge=False)
    for place, column in enumerate(columns):
        words = [line[place] for line in cells] or [""]
        longest = max(Text(visible(word)).cell_len for word in words)
        number = all(word[:1].isdecimal() or word[:1] in "<>[-—" for word in words)
        grid.add_column(
            Text(visible(column)),
            overflow="fold",
            justify="right" if number else "left",
            min_width=min(longest, 8) if longest <= _GIVES_WAY else 16,
            ratio=None if longest <= _GIVES_WAY else 1,
        )
    above = ""
    for line in cells:
        shown = [visible(cell) for cell in line]
        if len(columns) > 2 and shown[0] and shown[0] == above:
            shown[0] = ""
        elif len(columns) > 2:
            above = shown[0]
        grid.add_row(*(Text(cell) for cell in shown))
    return grid
