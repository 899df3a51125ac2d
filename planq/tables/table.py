"""One box or table: its columns, its rows for display, and its rows as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.patterns import lazy_compile
from planq.plan.tree import Node
from planq.tables.columns import Column, columns_of, distinct
from planq.text.numerals import counted_on
from planq.text.units import heal

if TYPE_CHECKING:
    from typing import Annotated

    from planq.schemas.fields import Address, Exact, Field, Pages
    from planq.tables.indicators import Indicators

_BINDING = lazy_compile(r"约束|预期|指导")
#: In a cell: what stands above goes on.
DITTO = "〃"
#: What a record carries beside the printed columns.
_OWN = ("id", "page", "page_exact")


class Row(NamedTuple):
    """A row by the table's own printed columns (name and content for a box of items)."""

    id: Address
    page: Pages
    page_exact: Exact
    others: dict[str, str]


class Item(NamedTuple):
    """A row of any box or table, in one shape."""

    id: Address
    table: Annotated[str, Field("The address of its box or table.")]
    name: str
    content: str
    page: Pages
    page_exact: Exact
    cells: Annotated[
        dict[str, str] | None, Field("All cells by column, for a table with columns of its own.")
    ] = None


class Table:
    """A box or table: `columns`, and `rows` of display cells (blank categories, and what 〃 stands
    for, carried down).

    A box of items has the columns `name` and `content`. Every row has as many cells as there are
    columns: a short one is filled with blanks, and cells beyond the header get columns of their
    own (`column7`). `warnings` say where that was so. `row_nodes` are the rows in the plan's tree.
    """

    def __init__(self, node: Node) -> None:
        self.node = node
        self.id, self.title = node.address, node.title
        self.warnings: list[str] = []
        self.row_nodes = [child for child in node.children if child.kind == "row"]
        # What is not printed so was put together of two rows: 全市 规模.
        printed = [heal(name) if name in node.header_text else name for name in node.columns]
        printed = printed or ["name", "content"]
        self.shape: list[Column] = columns_of(printed) if node.columns else []
        width = max([len(printed), *(len(row.cells) for row in self.row_nodes)])
        printed += [""] * (width - len(printed))
        self.columns = tuple(distinct(printed, _OWN))
        self.rows = self._rows()

    def _rows(self) -> list[tuple[str, ...]]:
        if not self.node.columns:
            return [_filled([heal(c) for c in row.cells], 2) for row in self.row_nodes]
        first = self.shape[0].role
        carries = first != "number"
        rows: list[tuple[str, ...]] = []
        carried = ""
        last: list[str] = []
        for node in self.row_nodes:
            if not is_printed_row(node):
                rows.append(_filled([heal(node.own_text)], len(self.columns)))
                # A line of its own inside a table is the category of what follows.
                carried = rows[-1][0]
                continue
            cells = [
                last[place] if cell == DITTO and place < len(last) else cell
                for place, cell in enumerate(self._aligned(node))
            ]
            if carries:
                carried = cells[0] or carried
                cells[0] = carried
            last = cells
            rows.append(_filled(cells, len(self.columns)))
        for place, column in enumerate(self.shape):
            if column.role == "number" and (told := counted_on([row[place] for row in rows])):
                rows = [
                    (*row[:place], number, *row[place + 1 :])
                    for row, number in zip(rows, told, strict=True)
                ]
        return rows

    def _aligned(self, node: Node) -> list[str]:
        """A row's cells under their columns; a merged category that left no cell is put back."""
        cells = [heal(cell) for cell in node.cells]
        width = len(self.shape)
        if len(cells) == width:
            return cells
        if len(cells) == width - 1 and self.shape[0].role == "category":
            binding = [place for place, column in enumerate(self.shape) if column.role == "binding"]
            if all(_BINDING.search(cells[place - 1]) for place in binding) and binding:
                return ["", *cells]
        self.warnings.append(f"{node.address} has {len(cells)} cells under {width} columns")
        return cells

    def records(self, *, typed: bool = False, raw: bool = False) -> list[dict[str, Any]]:
        """One record a row: `id`, the columns by name, `page` (inclusive range) and `page_exact`.

        `raw` gives the cells verbatim. `typed` gives indicators: `category`, `number`, `name`,
        `unit`, `note`, a value for each value column, `binding` (see `planq.tables.indicators`);
        a table that holds no indicators comes out as it does without.
        """
        if typed:
            return self.indicators().records
        rows = [_filled(n.cells, len(self.columns)) for n in self.row_nodes] if raw else self.rows
        return [
            {"id": node.address, **dict(zip(self.columns, cells, strict=True)), **page_of(node)}
            for node, cells in zip(self.row_nodes, rows, strict=True)
        ]

    def items(self) -> Iterator[dict[str, Any]]:
        """The rows of any box in one shape: `id`, `table`, `name`, `content`, `page`, `page_exact`.

        A row of a table with columns of its own has what names it as `name`, its other cells as
        `content` (`2025年：65；属性：预期性`, blanks left out), and all of them in `cells` by column.
        """
        place = next((n for n, column in enumerate(self.shape) if column.role == "name"), 0)
        for node, cells in zip(self.row_nodes, self.rows, strict=True):
            name, content = cells[place], cells[-1]
            if self.shape:
                rest = zip(self.columns, cells, strict=True)
                content = "；".join(
                    f"{column}：{cell}"
                    for n, (column, cell) in enumerate(rest)
                    if cell and n != place
                )
            record: dict[str, Any] = {
                "id": node.address,
                "table": self.id,
                "name": name,
                "content": content,
            }
            record.update(page_of(node))
            if self.shape:
                record["cells"] = dict(zip(self.columns, cells, strict=True))
            yield record

    def indicators(self) -> Indicators:
        """The typed records, the same flattened, and warnings for cells that cannot be typed."""
        from planq.tables.indicators import indicators

        return indicators(self)


def page_of(node: Node) -> dict[str, Any]:
    """The two entries of a record that say on which printed pages it stands."""
    return {"page": list(node.page) if node.page else None, "page_exact": node.page_exact}


def is_printed_row(node: Node) -> bool:
    """Whether a row of a table was printed as cells; False for a line that strayed among them."""
    return any(node.cells[1:]) or "\t" in node.own_text


def _filled(cells: list[str] | tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))
