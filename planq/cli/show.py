"""`planq show`: the verbatim text at one or more addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planq.cli.main import cli
from planq.cli.plans import addresses, opened, plan_option
from planq.cli.seam import Result, command

if TYPE_CHECKING:
    from rich.console import RenderableType


@command(cli, "show", ("text", "md", "json", "jsonl"))
@click.argument("address", nargs=-1, required=True, shell_complete=addresses)
@click.option("--raw", is_flag=True, help="The source lines as they stand, breaks and all.")
@plan_option
def show(address: tuple[str, ...], raw: bool, plan: str) -> Result:
    """The verbatim text at ADDRESS: a number, a range, a box, or words of a heading.

    \b
    planq show 3.2.1
    planq show 3.1-3.3 box4
    planq show 能源安全
    planq show 1.4 --raw
    """
    book = opened(plan)
    nodes = [node for asked in address for node in book.resolve(asked)]

    def text() -> str:
        from planq.render import plain

        if raw:
            return "".join(plain.visible(_source_lines(book.source, n.start, n.end)) for n in nodes)
        return plain.show(nodes)

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return term.show(nodes)

    def md() -> str:
        from planq.render import plain

        return plain.show_md(nodes)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import node_record

        return [node_record(n, text=True) for top in nodes for n in top.walk()]

    return Result(records, text, None if raw else terminal, writers={"md": md})


def _source_lines(source: str, start: int, end: int) -> str:
    begin = source.rfind("\n", 0, start) + 1
    stop = source.find("\n", end)
    return source[begin : len(source) if stop < 0 else stop] + "\n"
