"""`planq table`: one box or table, as printed or as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planq.cli.main import cli
from planq.cli.plans import opened, plan_option
from planq.cli.seam import Result, command
from planq.tables import table as one_table

if TYPE_CHECKING:
    from rich.console import RenderableType


@command(cli, "table", ("text", "csv", "tsv", "json", "jsonl", "md", "yaml"))
@click.argument("which", nargs=-1, required=True, metavar="N|TITLE-WORDS")
@click.option("--raw", is_flag=True, help="The cells exactly as printed.")
@plan_option
def table(which: tuple[str, ...], raw: bool, plan: str) -> Result:
    """One box or table: blank categories carried down, wrap spaces inside cells healed.

    \b
    planq table 1
    planq table 4 -f csv
    planq table 光芯屏端网
    """
    found = one_table(opened(plan), " ".join(which))
    rows = [node.cells for node in found.row_nodes] if raw else found.rows

    def text() -> str:
        from planq.render import plain

        return plain.rows(found.columns, rows)

    def terminal() -> list[RenderableType]:
        from rich.text import Text

        from planq.render import plain, term

        title = Text(plain.visible(found.node.heading), style="bold magenta")
        notes = [Text(plain.visible(n.own_text)) for n in found.node.children if n.kind == "note"]
        return [title, term.rows(found.columns, rows), *notes]

    return Result(found.records, text, terminal, found=bool(rows))
