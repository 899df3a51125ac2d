"""`planq check`: what is doubtful in a plan's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from planq.check import check as findings_of
from planq.cli.main import cli
from planq.cli.plans import Plans, plan_option
from planq.cli.seam import Result, command
from planq.cli.several import asked
from planq.errors import PlanqError
from planq.model import Plan

if TYPE_CHECKING:
    from rich.console import RenderableType


@command(cli, "check", ("text", "json", "jsonl", "csv", "tsv", "md", "yaml"))
@click.argument("file", required=False)
@plan_option
def check(file: str | None, plan: Plans) -> Result:
    """What is doubtful in the text: line:column, a reason, the words. Exit 1 if anything is.

    \b
    planq check
    planq check plan.txt
    """
    source = click.get_current_context().get_parameter_source("names")
    if file and (plan.all or source is ParameterSource.COMMANDLINE):
        raise PlanqError("give the file or --plan, not both")
    meant = Plans((file,)) if file else plan
    return asked(meant, lambda book, _: _check(book), named=True, all_found=True)


def _check(book: Plan) -> Result:
    found = findings_of(book)

    def cells() -> list[list[str]]:
        return [[f"{f.line}:{f.column}", f.reason, f.text] for f in found]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return term.findings(cells())

    messages = (f"{len(found)} findings",) if found else ("nothing doubtful",)
    return Result(
        lambda: [f._asdict() for f in found], text, terminal, found=not found, messages=messages
    )
