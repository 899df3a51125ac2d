"""`planq table`: one box or table, as printed or as data."""

from __future__ import annotations

import click

from planq.answers import table as answers
from planq.cli.main import cli
from planq.cli.plans import Plans, boxes, plan_option
from planq.cli.seam import Result, command
from planq.cli.several import asked
from planq.errors import PlanqError

excel_safe_option = click.option(
    "--excel-safe", is_flag=True, help="csv, tsv: an apostrophe before what could be a formula."
)


@command(cli, "table", answers.FORMATS)
@click.argument("which", nargs=-1, required=True, metavar="N|TITLE-WORDS", shell_complete=boxes)
@click.option("--typed", is_flag=True, help="Indicators as numbers with unit, bound and year.")
@click.option("--raw", is_flag=True, help="The cells exactly as printed.")
@click.option("--row", "rows", multiple=True, metavar="ID|N|WORDS", help="Only these rows.")
@excel_safe_option
@plan_option
def table(
    which: tuple[str, ...],
    typed: bool,
    raw: bool,
    rows: tuple[str, ...],
    excel_safe: bool,
    plan: Plans,
) -> Result:
    """One box or table: blank categories carried down, wrap spaces inside cells healed.

    --typed gives numbers: value, op, year and cumulative for every value column, by the table's
    own notes; what cannot be read as a number stays text, with a warning.

    \b
    planq table 1
    planq table 1 --typed -f jsonl
    planq table 4 --row 光
    planq table 光芯屏端网 -f csv
    planq table 1 --typed -o indicators.xlsx
    """
    if typed and raw:
        raise PlanqError("--typed and --raw exclude each other: choose one")
    return asked(
        plan,
        lambda book, given: answers.table(
            book, given[0], typed=typed, raw=raw, rows=rows, excel_safe=excel_safe
        ),
        [" ".join(which)],
        named=True,
    )
