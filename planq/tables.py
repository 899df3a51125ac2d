"""The boxes and tables of a plan as rows of cells."""

from __future__ import annotations

import re
from typing import Any

from planq.errors import AddressError
from planq.model import Node, Plan
from planq.text import fold

# A space a line wrap left between two Chinese characters: `民生 福祉` (line 194).
_WRAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


class Table:
    """A box or table: `columns`, and `rows` of display cells (blank first cells carried down)."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.id, self.title = node.id, node.title
        self.row_nodes = [child for child in node.children if child.kind == "row"]
        self.columns = tuple(_heal(c) for c in node.columns) or ("name", "content")
        self.rows = self._rows()

    def _rows(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        carried = ""
        for node in self.row_nodes:
            cells = tuple(_heal(cell) for cell in node.cells)
            if self.node.columns and cells:
                carried = cells[0] or carried
                cells = (carried, *cells[1:])
                cells += ("",) * (len(self.columns) - len(cells))
            rows.append(cells)
        return rows

    def records(self) -> list[dict[str, Any]]:
        """One record a row: id, the columns by name, page."""
        return [
            {"id": node.id, **dict(zip(self.columns, cells, strict=False)),
             "page": list(node.page) if node.page else None, "page_exact": node.page_exact}
            for node, cells in zip(self.row_nodes, self.rows, strict=True)
        ]  # fmt: skip


def _heal(cell: str) -> str:
    return _WRAP.sub("", cell)


def tables(plan: Plan) -> list[Table]:
    """Every box and table, in reading order."""
    return [Table(node) for node in plan.nodes() if node.kind in ("box", "table")]


def table(plan: Plan, which: str | int) -> Table:
    """The box (or table) numbered or addressed `which`, or the one whose title has these words."""
    every = [node for node in plan.nodes() if node.kind in ("box", "table")]
    if not every:
        raise AddressError(f"{plan.id} has no boxes or tables")
    word = fold(str(which)).replace(" ", "")
    bare = re.sub(r"^(?:专栏|表|box|table)", "", word)
    found = [node for node in every if node.id in (word, f"box{bare}", f"table{bare}")][:1]
    found = found or [node for node in every if word and word in fold(node.heading)]
    if len(found) == 1:
        return Table(found[0])
    listed = "; ".join(f"{node.id} {node.title}" for node in (found or every))
    problem = "several tables" if found else "no table"
    raise AddressError(f"{problem} for {str(which)!r}: {listed}", [n.id for n in found or every])
