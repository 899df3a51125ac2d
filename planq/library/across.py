"""Several plans searched as one: one ranking over one store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planq.errors import AddressError
from planq.library import BUNDLED
from planq.library.choose import each, names_of
from planq.library.home import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.address import Address
    from planq.index.results import Results
    from planq.index.store import Store


class Searched(NamedTuple):
    """A store, the ids of the plans of it that are meant (None: all), and how files were read."""

    store: Store
    ids: list[str] | None
    notices: list[str]


def searched(names: Sequence[str], *, every: bool = False) -> Searched:
    """The store in which the plans meant by `names` (ids, paths, globs) can be searched together.

    Plans of the library are searched in its store. As soon as a file is among them, all are indexed
    in memory.
    """
    library = Library()
    if every and not names and library.exists() and library.has(BUNDLED):
        return Searched(library.store, None, [])
    wanted = names_of(names, every=every)
    if library.exists():
        kept = library.kept()
        if set(wanted) <= set(kept):
            whole = len(set(wanted)) == len(kept)
            return Searched(library.store, None if whole else wanted, [])
    opened = list(each(wanted))
    plans = [plan for plan, _ in opened]
    notices = [notice for _, said in opened for notice in said]
    if [plan.id for plan in plans] == [BUNDLED]:
        from planq.compiled import store_of

        return Searched(store_of(plans[0]), None, notices)
    from planq.index.store import Store

    return Searched(Store.in_memory(plans), None, notices)


def search(where: Searched, query: str, *, within: Sequence[str] = (), **how: Any) -> Results:
    """Everything in the plans meant that answers `query`, best first over all of them.

    `how` are the options of `planq.index.search.search`. Raises QueryError, AddressError.
    """
    from planq.index.search import search as ask

    how["fixed"] = how.pop("literal", False)
    return ask(where.store, query, plans=where.ids, within=_places(where, within), **how)


def _places(where: Searched, within: Sequence[str]) -> list[Address]:
    """The addresses meant by `within`; words of a heading are looked for in each plan."""
    from planq.address import Address

    found: list[Address] = []
    for asked in within:
        try:
            found.append(Address.parse(asked))
        except AddressError:
            titled = _titled(where, asked)
            if not titled:
                raise AddressError(f"no heading of these plans contains {asked!r}") from None
            found += titled
    return found


def _titled(where: Searched, words: str) -> list[Address]:
    from planq.address import Address

    found = []
    for id in where.ids if where.ids is not None else where.store.plan_ids():
        try:
            nodes = where.store.load_plan(id).resolve(words)
        except AddressError:
            continue
        found += [Address.parse(node.id)._replace(plan=id) for node in nodes]
    return found
