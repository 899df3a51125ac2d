"""`planq set`: facts of a plan that its text does not say."""

from __future__ import annotations

import click

from planq.cli.info import facts
from planq.cli.main import cli
from planq.cli.plans import ids
from planq.cli.seam import Result, command


@command(cli, "set", ("text", "json", "yaml"))
@click.argument("plan", metavar="ID", shell_complete=ids)
@click.argument("fields", nargs=-1, required=True, metavar="FACT=VALUE...")
def set_(plan: str, fields: tuple[str, ...]) -> Result:
    """Remember facts of the plan ID (title, issuer, date, number), and print what is known of it.

    They are kept in the library's folder, for the bundled plan too, and stand before what the text
    says. An empty VALUE forgets one.

    \b
    planq set hubei-145 issuer=湖北省人民政府 date=2021-04
    planq set hubei-145 issuer= date=
    """
    from planq.library.given import keep, read
    from planq.library.home import Library

    wanted = read(fields)
    with Library() as library:
        if plan not in library:
            raise library.unknown(plan)
        keep(library.folder, plan, wanted)
        return facts(library.describe(plan))
