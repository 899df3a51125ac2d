"""`planq search`: every occurrence of the words, with address, path, page and passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planq.cli.main import cli
from planq.cli.plans import addresses, opened, plan_option
from planq.cli.seam import Result, command
from planq.errors import PlanqError
from planq.model import KINDS
from planq.search import parse_query
from planq.search import search as find

if TYPE_CHECKING:
    from rich.console import RenderableType


@command(cli, "search", ("text", "json", "jsonl", "csv", "tsv", "md", "yaml"))
@click.argument("query", nargs=-1, required=True)
@click.option("-F", "--fixed", is_flag=True, help="Take the whole query as one literal string.")
@click.option("--in", "within", multiple=True, shell_complete=addresses, help="Only under here.")
@click.option("--kind", "kinds", default="", help="Only these kinds, comma-separated.")
@click.option("-n", "--limit", type=click.IntRange(1), help="At most this many hits.")
@click.option("--count", is_flag=True, help="Only the number of matches.")
@click.option("--full", is_flag=True, help="Whole passages in the terminal.")
@plan_option
def search(
    query: tuple[str, ...],
    fixed: bool,
    within: tuple[str, ...],
    kinds: str,
    limit: int | None,
    count: bool,
    full: bool,
    plan: str,
) -> Result:
    """Every block in which all the words occur; spacing, width and case do not matter.

    \b
    planq search 光芯屏端网
    planq search 长江 大保护 --in 12
    planq search -F '“四个三”'
    planq search 科技创新 --kind heading --count
    """
    wanted = _kinds(kinds)
    terms = parse_query(" ".join(query), fixed=fixed)
    book = opened(plan)
    tops = [node for asked in within for node in book.resolve(asked)] if within else None
    hits = list(find(book, terms, within=tops, kinds=wanted))
    matches = sum(len(hit.matches) for hit in hits)
    shown = hits[:limit] if limit else hits
    summary = f"{matches} matches in {len(hits)} blocks" if hits else "no match"

    def text() -> str:
        from planq.render import plain

        return f"{matches}\n" if count else plain.hits(shown)

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return term.hits(shown, full=full)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import hit_record

        if count:
            return [{"matches": matches, "blocks": len(hits)}]
        return [hit_record(hit) for hit in shown]

    return Result(
        records,
        text,
        None if count else terminal,
        found=bool(hits),
        messages=() if count and hits else (summary,),
    )


def _kinds(kinds: str) -> list[str]:
    wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    for kind in wanted:
        if kind not in (*KINDS, "heading"):
            raise PlanqError(f"no kind {kind!r}: there are heading, {', '.join(KINDS)}")
    return wanted
