"""`planq export`: a whole plan as a file that another program opens."""

from __future__ import annotations

from pathlib import Path

import click

from planq.cli.choices import EXPORTS
from planq.cli.help import Documented
from planq.cli.main import cli
from planq.cli.plans import Plans, opened, opened_each, plan_option
from planq.deliver import STDOUT, emit, refuse_input, say
from planq.errors import OutputError


@cli.command("export", cls=Documented)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="FILE, named so; - is stdout."
)
@click.option(
    "--format",
    "-f",
    "format",
    type=click.Choice(EXPORTS),
    default="sqlite",
    help="What to write (default: sqlite).",
)
@click.option("--replace", is_flag=True, help="Write over a file that exists.")
@plan_option
def export(
    file: Path | None, output: Path | None, format: str, replace: bool, plan: Plans
) -> None:
    """A whole plan in FILE: its tree, text, tables, indicators and targets.

    sqlite makes a database with keys and full-text indexes that Datasette and sqlite-utils open;
    opensearch a bulk file (NDJSON) of one plan or many, with a mapping beside it, or into a pipe (-).

    \b
    planq export plan.db
    planq export plan.db --replace
    planq export plans.ndjson --format opensearch --all-plans
    """
    if (file is None) == (output is None):
        raise OutputError("name one file to write, like plan.db")
    file = file or output or Path()
    if file == STDOUT:
        _into_stdout(format, plan)
        return
    from planq.export import export as written
    from planq.export import export_all as all_written

    refuse_input(file, plan.names)
    if plan.several:
        say(all_written(opened_each(plan), file, format, replace=replace))
    else:
        say(written(opened(plan), file, format, replace=replace))


def _into_stdout(format: str, plan: Plans) -> None:
    if format == "sqlite":
        raise OutputError(
            "a database is a file and cannot go to stdout: name one, like plan.db, or add --format opensearch"
        )
    from planq.export.opensearch import bulk_lines

    plans = opened_each(plan) if plan.several else iter([opened(plan)])
    emit((line for one in plans for line in bulk_lines(one)), None)
    say("planq: the mapping is not written: name a file for both")
