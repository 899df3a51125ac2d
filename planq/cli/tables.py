"""`planq tables`: which boxes and tables a plan has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.cli.main import cli
from planq.cli.plans import Plans, opened, plan_option
from planq.cli.seam import Result, command
from planq.tables import tables as all_tables

if TYPE_CHECKING:
    from rich.console import RenderableType


@command(cli, "tables", ("text", "json", "jsonl", "csv", "tsv", "md", "yaml"))
@plan_option
def tables(plan: Plans) -> Result:
    """The boxes (专栏) and tables: title, section, page and size.

    \b
    planq tables
    planq tables -f csv
    """
    found = all_tables(opened(plan))

    def records() -> list[dict[str, object]]:
        return [
            {
                "id": table.id,
                "title": table.title,
                "section": table.node.parent.id if table.node.parent else "",
                "page": list(table.node.page) if table.node.page else None,
                "page_exact": table.node.page_exact,
                "columns": len(table.columns),
                "rows": len(table.rows),
            }
            for table in found
        ]

    def cells() -> list[list[str]]:
        from planq.render.shapes import page_words

        return [
            [
                table.id,
                table.title,
                table.node.parent.id if table.node.parent else "",
                page_words(table.node.page, table.node.page_exact),
                f"{len(table.rows)} x {len(table.columns)}",
            ]
            for table in found
        ]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return [term.rows(("id", "title", "section", "page", "size"), cells())]

    return Result(records, text, terminal, found=bool(found))
