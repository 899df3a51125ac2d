"""`planq search`: every occurrence of the words, with address, path, page and passage."""

from __future__ import annotations

import click

from planq import answers
from planq.cli.main import cli
from planq.cli.plans import Plans, addresses, opened, plan_option
from planq.cli.seam import Result, command


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
    plan: Plans,
) -> Result:
    """Every block in which all the words occur; spacing, width and case do not matter.

    \b
    planq search 光芯屏端网
    planq search 长江 大保护 --in 12
    planq search -F '“四个三”'
    planq search 科技创新 --kind heading --count
    """
    return answers.search(
        opened(plan),
        query,
        fixed=fixed,
        within=within,
        kinds=kinds,
        limit=limit,
        count=count,
        full=full,
    )
