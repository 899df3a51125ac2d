"""`planq schema`: the JSON Schema of what a command prints."""

from __future__ import annotations

import click

from planq.cli.help import Documented
from planq.cli.main import cli


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from planq.schemas import NAMES

    return [name for name in NAMES if name.startswith(incomplete)]


@cli.command("schema", cls=Documented)
@click.argument("name", required=False, shell_complete=_names)
@click.option("--record", is_flag=True, help="The schema of one record: a line of -f jsonl.")
def schema(name: str | None, record: bool) -> None:
    """The JSON Schema (2020-12) of what -f json prints under NAME; without NAME, the names.

    \b
    planq schema
    planq schema search
    planq schema table-typed --record
    """
    from planq import schemas

    if name is None:
        click.echo(
            "".join(f"{name}\t{schemas.load(name)['title']}\n" for name in schemas.NAMES), nl=False
        )
    else:
        click.echo(schemas.text(name, array=not record))
