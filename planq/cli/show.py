"""`planq show`: the verbatim text at one or more addresses."""

from __future__ import annotations

import click

from planq.answers import show as answers
from planq.cli.main import cli
from planq.cli.plans import Plans, addresses, plan_option
from planq.cli.seam import Result, command
from planq.cli.several import asked
from planq.errors import PlanqError


@command(cli, "show", answers.FORMATS)
@click.argument("address", nargs=-1, required=True, shell_complete=addresses)
@click.option("--raw", is_flag=True, help="The source lines as they stand, breaks and all.")
@click.option("--cite", is_flag=True, help="A footnote's citation under the text.")
@plan_option
def show(address: tuple[str, ...], raw: bool, cite: bool, plan: Plans) -> Result:
    """The verbatim text at ADDRESS: a number, a range, a box, or words of a heading.

    \b
    planq show 3.2.1
    planq show 3.1-3.3 box4
    planq show 能源安全
    planq show 1.4 --raw
    planq show 3.2.1 --cite
    """
    if raw and cite:
        raise PlanqError("--raw shows the source as it stands: leave out --cite")
    return asked(
        plan,
        lambda book, given: answers.show(book, given, raw=raw, cite=cite),
        address,
        named=plan.several,
    )
