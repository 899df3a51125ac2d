"""Which plans a command means, and their opening; how a file was read is said on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.deliver import say
from planq.errors import PlanqError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planq.model import Plan


class Plans(NamedTuple):
    """What was asked for: ids, paths and globs (none: the bundled plan), or the whole library.

    `given` says that they stand on the command line, not only in the environment.
    """

    names: tuple[str, ...] = ()
    all: bool = False
    given: bool = False

    @property
    def chosen(self) -> bool:
        """Whether any plan was named."""
        return self.all or bool(self.names)

    @property
    def several(self) -> bool:
        """Whether the question is one to several plans, whatever their number turns out to be."""
        return self.all or len(self.names) > 1 or any(_is_glob(name) for name in self.names)


def opened(plan: Plans | str, addresses: Sequence[str] = ()) -> Plan:
    """The one plan meant; how its file was read is said on stderr.

    `addresses` are those of the same command: with none chosen, the prefix they share (`ID/3.2`)
    says which plan. Raises PlanqError when several are meant.
    """
    from planq.library import open_plan

    if isinstance(plan, str):
        name, plan = plan, Plans((plan,))
        if plan.several:
            raise PlanqError(f"{name!r} is a pattern; name one plan, by its id or file")
    if plan.several:
        raise PlanqError("this is asked of one plan: give one --plan, and no --all-plans")
    name = plan.names[0] if plan.names else prefix(addresses)
    found, notices = open_plan(name)
    for notice in notices:
        say(f"planq: {notice}")
    return found


def opened_each(plan: Plans) -> Iterator[Plan]:
    """Every plan meant, each once and one at a time, so that not all are in memory together."""
    from planq.library.choose import each

    for found, notices in each(plan.names, every=plan.all):
        for notice in notices:
            say(f"planq: {notice}")
        yield found


def prefix(addresses: Sequence[str]) -> str:
    """The plan that addresses name before them (`ID/3.2`), empty without; PlanqError for several."""
    from planq.library.choose import plan_of

    prefixes = {plan_of(address) for address in addresses}
    if len(prefixes) > 1:
        raise PlanqError("these addresses are in different plans: ask for them one plan at a time")
    return prefixes.pop() if prefixes else ""


def _is_glob(name: str) -> bool:
    import os

    return any(char in name for char in "*?[") and not os.path.isfile(name)  # noqa: PTH113 — asked of ids too
