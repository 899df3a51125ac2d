"""`planq list`: which plans there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import LIMIT, RECORDS, Command, left_out
from planq.deliver import Result

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.schemas.fields import Natural

_COLUMNS = ("id", "title", "date", "issuer", "chars")


class Listed(NamedTuple):
    """A plan of the library."""

    id: str
    title: str
    date: str
    issuer: str
    chars: Natural


def answer(limit: int | None) -> Result:
    """The plans of the library: the bundled one, then those added, in the order they were.

    \b
    planq list
    planq list -f json
    """
    from planq.library.home import Library

    with Library() as library:
        every = library.entries()
    entries = every[:limit]

    def records() -> list[dict[str, object]]:
        return [
            {
                "id": entry.id,
                "title": entry.title,
                "date": entry.facts.get("date", ""),
                "issuer": entry.facts.get("issuer", ""),
                "chars": entry.chars,
            }
            for entry in entries
        ]

    def cells() -> list[list[str]]:
        return [[str(record[column]) for column in _COLUMNS] for record in records()]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return [term.rows(_COLUMNS, cells(), numbers=4)]

    return Result(records, text, terminal, messages=left_out(limit, every, "plans"))


COMMAND = Command(
    "list",
    answer,
    RECORDS,
    options=(LIMIT,),
)
