"""`planq export`: a whole plan as a file that another program opens."""

from __future__ import annotations

from pathlib import Path

from planq.answers.choices import EXPORTS
from planq.answers.command import Argument, Command, Option
from planq.answers.plans import Plans, opened, opened_each
from planq.deliver import STDOUT, emit, refuse_input, say
from planq.errors import OutputError


def answer(file: Path | None, output: Path | None, format: str, replace: bool, plan: Plans) -> None:
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
        say(all_written((each.tree for each in opened_each(plan)), file, format, replace=replace))
    else:
        say(written(opened(plan).tree, file, format, replace=replace))


COMMAND = Command(
    "export",
    answer,
    arguments=(Argument("file", kind="path", required=False),),
    options=(
        Option("-o --output", "FILE, named so; - is stdout.", "output", kind="path"),
        Option(
            "--format -f",
            "What to write (default: sqlite).",
            "format",
            choices=EXPORTS,
            default="sqlite",
        ),
        Option("--replace", "Write over a file that exists.", "replace", kind="flag"),
    ),
    plans=True,
)


def _into_stdout(format: str, plan: Plans) -> None:
    if format == "sqlite":
        raise OutputError(
            "a database is a file and cannot go to stdout: name one, like plan.db, or add --format opensearch"
        )
    from planq.export.opensearch import bulk_lines

    plans = opened_each(plan) if plan.several else iter([opened(plan)])
    emit((line for one in plans for line in bulk_lines(one.tree)), None)
    say("planq: the mapping is not written: name a file for both")
