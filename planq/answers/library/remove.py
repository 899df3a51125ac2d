"""`planq remove`: plans out of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import Argument, Command
from planq.deliver import Result, say

if TYPE_CHECKING:
    from typing import Annotated


class Removed(NamedTuple):
    """A plan taken out of the library."""

    id: str
    status: Annotated[str, ("removed",)]


def answer(ids: tuple[str, ...]) -> Result:
    """Take plans out of the library, and the files kept beside it; each by itself.

    \b
    planq add guangdong.txt; planq remove guangdong
    """
    from planq.interrupts import held, hold
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
            release = hold()
        except KeyboardInterrupt:
            release = hold()
            stopped = True
            left = f"; not removed: {', '.join(asked[gone:])}" if asked[gone:] else ""
            say(f"planq: interrupted; {gone} of {len(asked)} plans are removed{left}")
    return Result(
        lambda: [{"id": id, "status": "removed"} for id in asked[:gone]],
        lambda: "".join(f"{id}\tremoved\n" for id in asked[:gone]),
        code=130 if stopped else None,
        told=release,
    )


COMMAND = Command(
    "remove",
    answer,
    ("text", "json", "jsonl"),
    (Argument("ids", many=True, metavar="ID...", complete="plans"),),
)
