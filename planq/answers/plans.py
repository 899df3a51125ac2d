"""Opening the plans a command is about; how a file was read is said on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.deliver import say
from planq.errors import PlanqError
from planq.library.choose import Plans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planq.store.compiled import Opened

__all__ = ["Plans", "opened", "opened_each", "opened_file"]


def opened(plan: Plans, addresses: Sequence[str] = ()) -> Opened:
    """The one plan meant, by the choice or by the plan's id before the addresses."""
    return _said(plan.one(addresses))


def opened_each(plan: Plans) -> Iterator[Opened]:
    """Every plan meant, each once and one at a time."""
    return map(_said, plan.each())


def opened_file(name: str) -> Opened:
    """The one plan called `name`: an id or a file. Raises PlanqError for a pattern."""
    asked = Plans((name,))
    if asked.several:
        raise PlanqError("{name!r} is a pattern; name one plan, by its id or file", name=name)
    return opened(asked)


def _said(found: Opened) -> Opened:
    for notice in found.notices:
        say(f"planq: {notice}")
    return found
