"""Which plans a question is about: ids, files, globs over either, or the whole library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.errors import PlanqError, StoreError
from planq.library import BUNDLED, open_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planq.store.compiled import Opened


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

    def spelled(self) -> list[str]:
        """The ids and paths meant, each once, globs spelled out.

        A glob without a slash is matched against the ids first, then against files. Raises
        StoreError for one that matches nothing.
        """
        if not self.chosen:
            return [BUNDLED]
        from planq.library.home import Library

        with Library() as library:
            ids = library.ids()
        found: list[str] = ids if self.all else []
        for name in self.names:
            found += _matched(name, ids) if _is_glob(name) else [name or BUNDLED]
        return list(dict.fromkeys(found))

    def each(self) -> Iterator[Opened]:
        """The plans meant, one at a time, so that not all are in memory together.

        Two files that would go by one id are told apart by a number (`plan`, `plan_2`).
        """
        taken: set[str] = set()
        for name in self.spelled():
            opened = open_plan(name)
            base = id = opened.tree.id
            number = 1
            while id in taken:
                number += 1
                id = f"{base}_{number}"
            taken.add(id)
            if id != base:
                opened = opened._replace(tree=opened.tree.renamed(id))
            yield opened._replace(notices=tuple(f"{id}: {said}" for said in opened.notices))

    def one(self, addresses: Sequence[str] = ()) -> Opened:
        """The one plan meant; with none chosen, the one whose id stands before all the addresses
        of the same command (`ID/3.2`). Raises PlanqError when several are meant."""
        if self.several:
            raise PlanqError("this is asked of one plan: give one --plan, and no --all-plans")
        return open_plan(self.names[0] if self.names else prefix(addresses))


def prefix(addresses: Sequence[str]) -> str:
    """The plan that addresses name before them (`ID/3.2`), empty without; PlanqError for several."""
    prefixes = {plan_of(address) for address in addresses}
    if len(prefixes) > 1:
        raise PlanqError("these addresses are in different plans: ask for them one plan at a time")
    return prefixes.pop() if prefixes else ""


def plan_of(address: str) -> str:
    """The plan named by an address's prefix (`ID/3.2`), empty without one."""
    prefix = address.partition("/")[0]
    if "/" not in address:
        return ""
    from planq.errors import AddressError
    from planq.library.ids import could_be_id
    from planq.plan.address import Address

    if not could_be_id(prefix):
        return ""
    try:
        return Address.parse(address).plan
    except AddressError:  # words of a heading, in a plan (`ID/words`) or with a slash of their own
        from planq.library.home import Library

        with Library() as library:
            return prefix if prefix in library else ""


def _is_glob(name: str) -> bool:
    import os

    return any(char in name for char in "*?[") and not os.path.isfile(name)  # noqa: PTH113 — asked of ids too


def _matched(pattern: str, ids: Sequence[str]) -> list[str]:
    from fnmatch import fnmatchcase

    matched = [id for id in ids if fnmatchcase(id, pattern)] or _files(pattern)
    if not matched:
        raise StoreError(
            "no plan and no file matches {pattern!r}; planq list names the plans", pattern=pattern
        )
    return matched


def _files(pattern: str) -> list[str]:
    import os
    from glob import glob

    try:
        return sorted(found for found in glob(pattern) if os.path.isfile(found))  # noqa: PTH113, PTH207 — absolute and relative patterns alike
    except (OSError, ValueError) as error:
        raise PlanqError(
            "{pattern!r} is no pattern of files: {error}", pattern=pattern, error=error
        ) from None
