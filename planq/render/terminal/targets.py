"""The terminal's form of quantities: a table for each chapter, under its heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from planq.render.plain import visible
from planq.render.terminal.console import rows

if TYPE_CHECKING:
    from rich.console import RenderableType


def targets(
    columns: Sequence[str], chapters: Iterable[tuple[str, Iterable[Sequence[str]]]]
) -> list[RenderableType]:
    """A table of `columns` for each of `chapters`, a heading (it may be empty) and its lines."""
    drawn: list[RenderableType] = []
    for heading, lines in chapters:
        if heading:
            drawn.append(Text(visible(heading), style="bold"))
        drawn.append(rows(columns, lines))
    return drawn
