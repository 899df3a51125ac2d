"""`planq tables`: which boxes and tables a plan has, or all their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.answers.command import EXCEL_SAFE, LIMIT, ROWS, Command, Option, left_out
from planq.answers.data.table import sheet_of
from planq.answers.plans import Plans
from planq.answers.several import asked
from planq.deliver import Result

if TYPE_CHECKING:
    from typing import Annotated

    from rich.console import RenderableType

    from planq.plan.tree import Tree
    from planq.render.records import Style
    from planq.schemas.fields import Address, Exact, Field, Natural, Pages
    from planq.tables import Table

_LISTED = ("id", "title", "section", "page", "page_exact", "columns", "rows")
_ROWS = ("id", "table", "name", "content", "page", "page_exact")


class Listed(NamedTuple):
    """A box (专栏) or table of a plan."""

    id: Address
    title: str
    section: Annotated[str, Field("The address of what it stands under.")]
    page: Pages
    page_exact: Exact
    columns: Natural
    rows: Natural


def answer(every: bool, limit: int | None, excel_safe: bool, plan: Plans) -> Result:
    """The boxes (专栏) and tables: title, section, page and size; or, with --all, all their rows.

    A row is id, table, name, content and page, whatever box it is in; in json, jsonl and yaml the
    row of a table with columns of its own has its cells too. In xlsx every table is a sheet.

    \b
    planq tables
    planq tables --all -f jsonl
    planq tables --all -o tables.xlsx
    """
    return asked(plan, lambda book, _: _tables(book.tree, every, limit, excel_safe))


COMMAND = Command(
    "tables",
    answer,
    ROWS,
    options=(
        Option("--all", "All rows of all boxes, not their list.", "every", kind="flag"),
        LIMIT,
        EXCEL_SAFE,
    ),
    plans=True,
)


def _tables(book: Tree, every: bool, limit: int | None, excel_safe: bool) -> Result:
    from planq.render.records import Style
    from planq.tables import tables as all_tables

    whole = all_tables(book)
    found = whole[:limit]
    cut = left_out(limit, whole, "tables")
    style = Style(_ROWS if every else _LISTED, excel_safe=excel_safe)
    if every:
        return _rows(book, found, style, cut)

    placed = [(table, *table.node.extent) for table in found]

    def records() -> list[dict[str, Any]]:
        return [
            {
                "id": table.id,
                "title": table.title,
                "section": table.node.parent.address if table.node.parent else "",
                "page": list(pages) if pages else None,
                "page_exact": exact,
                "columns": len(table.columns),
                "rows": len(table.rows),
            }
            for table, pages, exact in placed
        ]

    def cells() -> list[list[str]]:
        from planq.render.shapes import page_words

        return [
            [
                table.id,
                table.title,
                table.node.parent.address if table.node.parent else "",
                page_words(pages, exact),
                f"{len(table.rows)} x {len(table.columns)}",
            ]
            for table, pages, exact in placed
        ]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return [term.rows(("id", "title", "section", "page", "size"), cells())]

    def xlsx() -> bytes:
        from planq.render.excel import Sheet, workbook
        from planq.render.records import flat

        names, rows = flat(records(), style)
        return workbook([Sheet("tables", names, list(rows))], title=book.title)

    return Result(
        records,
        text,
        terminal,
        found=bool(found),
        messages=cut if found else (f"{book.id} has no boxes or tables",),
        writers={"xlsx": xlsx},
        style=style,
    )


def _rows(book: Tree, found: list[Table], style: Style, cut: tuple[str, ...]) -> Result:
    """Every row of every table."""

    def records() -> Iterator[dict[str, Any]]:
        for table in found:
            yield from table.items()

    def text() -> str:
        from planq.render import plain

        return plain.rows((), ([r["id"], r["name"], r["content"]] for r in records()))

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import table as term_table

        return [
            part for one in found for part in (*term_table.table(one, one.columns, one.rows), "")
        ]

    def xlsx() -> bytes:
        from planq.render.excel import workbook

        sheets = (
            sheet_of(
                table, ("id", *table.columns, "page", "page_exact"), table.records(), numbers=True
            )
            for table in found
        )
        return workbook(sheets, title=book.title)

    empty = not any(table.rows for table in found)
    return Result(
        records,
        text,
        terminal,
        found=not empty,
        messages=[f"{book.id} has no rows in boxes or tables"] if empty
        else [f"planq: {warning}" for table in found for warning in table.warnings] + [*cut],
        writers={"xlsx": xlsx},
        style=style,
    )  # fmt: skip
