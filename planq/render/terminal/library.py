"""What is known of one plan, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from planq.render.plain import visible
from planq.render.terminal.wrap import Passage

if TYPE_CHECKING:
    from rich.console import RenderableType


def facts(lines: Iterable[tuple[str, str]]) -> list[RenderableType]:
    """Names and values in two columns; values wrap and are never cut."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    for name, value in lines:
        grid.add_row(Text(name), Passage(Text(visible(value))))
    return [grid]
