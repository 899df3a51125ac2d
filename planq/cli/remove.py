"""`planq remove`: plans out of the library."""

from __future__ import annotations

import click

from planq.cli.main import cli
from planq.cli.plans import ids as known
from planq.cli.seam import Result, command, hold_until_told
from planq.deliver import say


@command(cli, "remove", ("text", "json", "jsonl"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=known)
def remove(ids: tuple[str, ...]) -> Result:
    """Take plans out of the library, and the files kept beside it; each by itself.

    \b
    planq add guangdong.txt; planq remove guangdong
    """
    from planq.interrupts import held
    from planq.library.given import keep
    from planq.library.home import Library

    asked, gone, stopped = list(dict.fromkeys(ids)), 0, False
    with Library() as library:
        for id in asked:
            library.check_removable(id)
        try:
            for id in asked:
                with held():
                    library.remove(id)
                    keep(library.folder, id, None)
                    gone += 1
            hold_until_told()
        except KeyboardInterrupt:
            hold_until_told()
            stopped = True
            left = f"; not removed: {', '.join(asked[gone:])}" if asked[gone:] else ""
            say(f"planq: interrupted; {gone} of {len(asked)} plans are removed{left}")
    return Result(
        lambda: [{"id": id, "status": "removed"} for id in asked[:gone]],
        lambda: "".join(f"{id}\tremoved\n" for id in asked[:gone]),
        code=130 if stopped else None,
    )
