"""`planq remove`: plans out of the library."""

from __future__ import annotations

import click

from planq.cli.main import cli
from planq.cli.plans import ids as known
from planq.cli.seam import Result, command


@command(cli, "remove", ("text", "json", "jsonl"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=known)
def remove(ids: tuple[str, ...]) -> Result:
    """Take plans out of the library, and the files kept beside it; each by itself.

    \b
    planq add guangdong.txt; planq remove guangdong
    """
    from planq.library.given import keep
    from planq.library.home import Library

    with Library() as library:
        for id in ids:
            library.check_removable(id)
        for id in dict.fromkeys(ids):
            library.remove(id)
            keep(library.folder, id, None)
    return Result(
        lambda: [{"id": id, "status": "removed"} for id in dict.fromkeys(ids)],
        lambda: "".join(f"{id}\tremoved\n" for id in dict.fromkeys(ids)),
    )
