"""What stands inside a 专栏: the rows of a table, its notes, or items written `名称：内容`."""

from __future__ import annotations

import re

from planq.patterns import lazy_compile
from planq.plan.tree import Node, Span

# Box 11 (line 1005) writes its colons half-width: `新网络: 实施…`.
_ITEM = lazy_compile(r"(?P<name>[^，。；：:\t→]{1,40}?)\s*[：:→]\s*(?P<content>.+)", re.DOTALL)

# 1．名称。内容: a numbered item may run in like a heading.
_RUN_IN = lazy_compile(
    r"(?P<name>[0-9０-９]{1,3}\s?[.．、](?!\d)\s*[^，。；：:\t]{1,40})。\s*(?P<content>\S.*)",
    re.DOTALL,
)


# 01 新一代人工智能: items numbered in two figures, their content behind them or below.
_FIGURES = lazy_compile(r"[0０][1-9１-９][ \u3000]*(?=[\u4e00-\u9fff“])")


def begins_item(text: str) -> bool:
    """Whether a line begins an item `名称：内容` or `01 名称`."""
    return _ITEM.match(text) is not None or _FIGURES.match(text) is not None


def split_item(text: str) -> tuple[str, str]:
    """Name and content of an item; the name is empty where the line names nothing."""
    match = _ITEM.match(text) or _RUN_IN.match(text)
    return (match["name"], match["content"]) if match else ("", text)


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of a printed table row, verbatim; those of a drawn one without its lines."""
    if "\t" not in text and text[0] in "│┃║":
        return tuple(cell.strip() for cell in re.split("[│┃║]", text[1:-1]))
    return tuple(text.split("\t"))


def row(
    box: str, number: int, spans: list[Span], text: str, is_table: bool, cells: tuple[str, ...] = ()
) -> Node:
    """The n-th row of `box`: a table's cells, or an item's name and content.

    `cells` are those of a table printed a cell a line.
    """
    if not cells:
        cells = cells_of(text) if is_table else split_item(text)
    title = "" if is_table else cells[0]
    return Node(f"{box}:{number}", "row", title=title, spans=spans, cells=cells)
