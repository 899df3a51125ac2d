"""`planq export`: a whole plan as a file that another program opens."""

from __future__ import annotations

from pathlib import Path

import click

from planq.cli.help import Documented
from planq.cli.main import cli
from planq.cli.plans import Plans, opened, opened_each, plan_option
from planq.deliver import refuse_input, say
from planq.export import WRITERS
from planq.export import export as written
from planq.export import export_all as all_written


@cli.command("export", cls=Documented)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "format",
    type=click.Choice(list(WRITERS)),
    default="sqlite",
    help="What to write (default: sqlite).",
)
@click.option("--replace", is_flag=True, help="Write over a file that exists.")
@plan_option
def export(file: Path, format: str, replace: bool, plan: Plans) -> None:
    """A whole plan in FILE: its tree, text, tables, indicators and targets.

    sqlite makes a database with keys and full-text indexes that Datasette and sqlite-utils open;
    opensearch a bulk file (NDJSON) of one plan or many, with a mapping beside it.

    \b
    planq export plan.db
    planq export plan.db --replace
    planq export plans.ndjson --format opensearch --all-plans
    """
    refuse_input(file, plan.names)
    if plan.several:
        say(all_written(opened_each(plan), file, format, replace=replace))
    else:
        say(written(opened(plan), file, format, replace=replace))
