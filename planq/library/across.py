"""One plan or several searched as one: one ranking over one store, whose trees need not be loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.errors import AddressError
from planq.library import BUNDLED, bundled, open_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planq.library.choose import Plans
    from planq.plan.address import Address
    from planq.plan.tree import Tree
    from planq.search.query import Query
    from planq.search.results import Results
    from planq.store.compiled import Opened
    from planq.store.store import Store


class Searched(NamedTuple):
    """A store, the ids of the plans of it that are meant (None: all), and how files were read."""

    store: Store
    ids: list[str] | None = None
    notices: tuple[str, ...] = ()


def searched(plans: Plans, dictionaries: Sequence[Path] = ()) -> Searched:
    """The store in which the plans meant can be searched together.

    The bundled plan alone and a file alone are searched in their caches, plans of the library in
    its store; as soon as a file is among several, all are indexed in memory. `dictionaries` are
    files of words to cut one plan with. Raises StoreError, and QueryError for a dictionary with
    more than one plan.
    """
    if not plans.chosen and not dictionaries:
        return Searched(bundled())
    from planq.library.home import Library

    library = Library()
    whole = plans.all and not plans.names and not dictionaries
    if whole and library.exists() and library.has(BUNDLED):
        return Searched(library.store)
    wanted = set(plans.spelled())
    if len(wanted) > 1 and dictionaries:
        from planq.errors import QueryError

        raise QueryError("--dict cuts one plan's words anew: give one --plan with it")
    if wanted == {BUNDLED} and not dictionaries:
        return Searched(bundled())
    if not dictionaries and library.exists():
        kept = library.kept()
        if wanted <= set(kept):
            return Searched(library.store, None if len(wanted) == len(kept) else [*wanted])
    if len(wanted) == 1:
        return searched_in(open_plan(wanted.pop()), dictionaries)
    from planq.store.store import Store

    opened = list(plans.each())
    notices = tuple(notice for each in opened for notice in each.notices)
    return Searched(Store.in_memory([each.tree for each in opened]), None, notices)


def searched_in(opened: Opened, dictionaries: Sequence[Path] = ()) -> Searched:
    """One opened plan, to be searched in its own compiled form or its library's store."""
    from planq.store.compiled import store_of

    store = store_of(opened, dictionaries)
    ids = None if len(store.plan_ids()) == 1 else [opened.tree.id]
    return Searched(store, ids, tuple(f"planq: {notice}" for notice in opened.notices))


def search(where: Searched, query: Query) -> Results:
    """Everything in the plans meant that answers `query`, best first over all of them.

    Raises QueryError, AddressError.
    """
    from planq.search.engine import search as ask

    places: list[Address] = []
    if within := query.within:
        ids = where.ids if where.ids is not None else where.store.plan_ids()
        places = _in_one(where.store, ids[0], within) if len(ids) == 1 else _in_all(where, within)
    return ask(where.store, query, plans=where.ids, within=places)


def _in_one(store: Store, id: str, within: Sequence[str]) -> list[Address]:
    """The addresses meant by `within` in plan `id`, whose tree is loaded only to find words of a
    heading, the siblings of a range, or what is nearest to a slip."""
    from planq.plan.address import Address

    places: list[Address] = []
    plan: Tree | None = None
    for asked in within:
        try:
            address = Address.parse(asked)
        except AddressError:
            address = None
        known = address is not None and address.plan in ("", id) and not address.end
        if address is not None and known and store.has_node(id, address.id):
            places.append(address)
        else:
            plan = plan or store.load_plan(id)
            places += [Address.parse(node.id) for node in plan.resolve(asked)]
    return places


def _in_all(where: Searched, within: Sequence[str]) -> list[Address]:
    """The addresses meant by `within`; words of a heading are looked for in each plan."""
    from planq.plan.address import Address

    found: list[Address] = []
    for asked in within:
        try:
            found.append(Address.parse(asked))
        except AddressError:
            titled = _titled(where, asked)
            if not titled:
                raise AddressError(
                    "no heading of these plans contains {asked!r}", asked=asked
                ) from None
            found += titled
    return found


def _titled(where: Searched, words: str) -> list[Address]:
    from planq.plan.address import Address

    found = []
    for id in where.ids if where.ids is not None else where.store.plan_ids():
        try:
            nodes = where.store.load_plan(id).resolve(words)
        except AddressError:
            continue
        found += [Address.parse(node.id)._replace(plan=id) for node in nodes]
    return found
