"""`planq toc`: the headings of a plan or of one part of it."""

from __future__ import annotations

import click

from planq.answers import toc as answers
from planq.cli.main import cli
from planq.cli.plans import Plans, addresses, plan_option
from planq.cli.seam import Result, command, limit_option
from planq.cli.several import asked


@command(cli, "toc", answers.FORMATS)
@click.argument("address", required=False, shell_complete=addresses)
@click.option("--depth", type=click.IntRange(1), metavar="N", help="Only the first N levels.")
@limit_option
@plan_option
def toc(address: str | None, depth: int | None, limit: int | None, plan: Plans) -> Result:
    """The headings, with their addresses and pages.

    \b
    planq toc
    planq toc 3 --depth 2
    planq toc -f json
    """
    return asked(
        plan,
        lambda book, given: answers.toc(book, given[0] if given else None, depth, limit),
        [] if address is None else [address],
    )
