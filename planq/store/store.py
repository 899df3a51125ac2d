"""The store: compiled plans in one SQLite file, a single plan's cache or a whole library.

A library is changed in single transactions under SQLite's rollback journal, not WAL: a WAL file
needs shared memory, which network folders lack, and cannot be read at all from a read-only folder.
A process killed at any moment leaves a journal with which the next one restores the library.
"""

from __future__ import annotations

import os
from _thread import allocate_lock
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import StoreError
from planq.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from sqlite3 import Connection

    from planq.plan.tree import Tree
    from planq.store.rows import Prepared
    from planq.words.segment import Segmenter

    #: Called with what is going on and the share done, 0 to 1.
    Progress = Callable[[str, float], None]


class PlanInfo(NamedTuple):
    """A plan's row: numbers of its units (`first` to `last`, inclusive), folded characters."""

    id: str
    title: str
    name: str
    sha256: str
    first: int
    last: int
    chars: int
    segmenter: str


class Store:
    """Compiled plans to read, search and, in a library, change.

    Make one with `open_library`, `planq.store.cache.open_cache` or `in_memory`; close it or use it
    in a `with` statement.
    """

    def __init__(self, con: Connection, path: Path | None, *, writable: bool) -> None:
        self._con: Connection | None = con
        self.path = path
        self.writable = writable
        #: One line to show the user when the store could not be kept on disk.
        self.notice = ""
        #: Set on a cache: makes it anew and gives the connection, after damage was met in use.
        self.restore: Callable[[], Connection] | None = None
        #: Set on a cache whose tree is there and whose index is not yet: makes the index.
        self.complete: Callable[[], Connection] | None = None
        #: Set on a cache without the plan's targets: adds them.
        self.derive: Callable[[], Connection] | None = None
        #: What cuts the words of plans added and of questions; None: the process's default.
        self.segmenter: Segmenter | None = None
        #: Told how far the making of the index is.
        self.progress: Progress | None = None
        self._ready = allocate_lock()
        self._infos: list[PlanInfo] | None = None

    @classmethod
    def in_memory(cls, plans: Sequence[Tree] = (), segmenter: Segmenter | None = None) -> Store:
        """A store that lives as long as the process."""
        from planq.store.connection import connect_memory

        con = connect_memory()
        schema.create(con)
        store = cls(con, None, writable=True)
        for plan in plans:
            store.add(plan, segmenter)
        return store

    @classmethod
    def open_library(cls, path: Path) -> Store:
        """The library at `path`; the file is made by the first `add`.

        Raises StoreError when the file is no library, was written by another version of planq, or
        cannot be read.
        """
        from planq.store.connection import connect_library

        con = connect_library(path)
        if con is None:
            store = cls.in_memory()
            store.path = path
        else:
            store = cls(con, path, writable=os.access(path, os.W_OK))
        return store

    @property
    def con(self) -> Connection:
        """The SQLite connection. Raises StoreError after `close`."""
        if self._con is None:
            raise StoreError("this store is closed")
        return self._con

    def swap(self, con: Connection) -> None:
        """Go on with another connection to the same plans."""
        if self._con is not None:
            self._con.close()
        self._con = con
        self._infos = None

    def ready(self) -> Store:
        """This store with its index made, if it was not yet."""
        with self._ready:
            if self.complete is not None:
                self.swap(self.complete())
                self.complete = self.derive = None
        return self

    def with_targets(self) -> Store:
        """This store with the targets of its plans, if it can be written and they are not there."""
        with self._ready:
            if self.derive is not None:
                self.swap(self.derive())
                self.derive = None
        return self

    def infos(self) -> list[PlanInfo]:
        """The plans, in the order in which they were added (a replaced one is the newest)."""
        from planq.store.schema import unblob

        if self._infos is None or self.path is not None:
            rows = self.con.execute(
                "SELECT id, title, name, sha256, first, last, chars, segmenter FROM plan "
                "ORDER BY first"
            )
            self._infos = [PlanInfo(i, unblob(t), unblob(n), *rest) for i, t, n, *rest in rows]
        return self._infos

    def plan_ids(self) -> list[str]:
        """The ids of the plans, in the order of `infos`."""
        return [id for (id,) in self.con.execute("SELECT id FROM plan ORDER BY first")]

    def has(self, id: str) -> bool:
        """Whether there is a plan `id`."""
        return self.con.execute("SELECT 1 FROM plan WHERE id = ?", (id,)).fetchone() is not None

    def has_node(self, plan: str, id: str) -> bool:
        """Whether the plan has a node with exactly this id."""
        from planq.store.damage import reading

        sql = "SELECT 1 FROM unit JOIN plan ON seq BETWEEN first AND last WHERE unit.id = ? AND plan.id = ?"
        return reading(self, lambda: self.con.execute(sql, (id, plan)).fetchone()) is not None

    def facts(self) -> dict[str, dict[str, str]]:
        """What is kept about each plan besides its text, by id, in the order of `infos`."""
        from planq.store.schema import unblob

        found: dict[str, dict[str, str]] = {id: {} for id in self.plan_ids()}
        for id, key, value in self.con.execute(
            "SELECT plan.id, key, value FROM fact JOIN plan ON plan = pk"
        ):
            found.setdefault(id, {})[unblob(key)] = unblob(value)
        return found

    def load_plan(self, id: str) -> Tree:
        """The plan `id` as a tree. Raises StoreError when there is none, naming those there are."""
        from planq.store.damage import reading

        return reading(self, lambda: self._load(id))

    def _load(self, id: str) -> Tree:
        from planq.store.rows import load

        plan = load(self.con, id)
        if plan is None:
            raise self._unknown(id)
        return plan

    def add(self, plan: Tree, segmenter: Segmenter | None = None) -> None:
        """Add `plan` in one transaction. Raises StoreError if its id is taken."""
        self.add_prepared(self._prepared(plan, segmenter))

    def replace(self, plan: Tree) -> None:
        """Put `plan` in the place of the one with its id, or add it, in one transaction."""
        self.add_prepared(self._prepared(plan), replace=True)

    def remove(self, id: str) -> None:
        """Take the plan `id` out in one transaction. Raises StoreError when there is none."""
        from planq.store.connection import transaction
        from planq.store.rows import delete

        with transaction(self) as con:
            row = con.execute("SELECT pk, first, last FROM plan WHERE id = ?", (id,)).fetchone()
            if row is None:
                raise self._unknown(id)
            delete(con, *row)

    def add_prepared(
        self,
        made: tuple[Prepared, str],
        *,
        replace: bool = False,
        also: Callable[[], None] | None = None,
    ) -> None:
        """Add what `planq.store.rows.prepare` made, with the signature of its segmenter.

        `also` is called while the store is locked, before the change is committed; what it raises
        undoes the change.
        """
        from planq.store.connection import transaction
        from planq.store.rows import delete, insert

        prepared, signature = made
        with transaction(self) as con:
            row = con.execute(
                "SELECT pk, first, last FROM plan WHERE id = ?", (prepared.id,)
            ).fetchone()
            if row is not None:
                if not replace:
                    raise StoreError(
                        "there is a plan {id!r} already; replace it, or choose another id",
                        id=prepared.id,
                    )
                delete(con, *row)
            insert(con, prepared, signature)
            if also is not None:
                also()

    def _prepared(self, plan: Tree, segmenter: Segmenter | None = None) -> tuple[Prepared, str]:
        from planq.store.rows import prepare
        from planq.words.segment import default_segmenter

        segmenter = segmenter or self.segmenter or default_segmenter()
        made = prepare(plan, segmenter, targets=self.path is not None)
        return made, segmenter.signature()

    def _unknown(self, id: str) -> StoreError:
        ids = self.plan_ids()
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        there = f"; there are {', '.join(ids[:5])}{more}" if ids else ""
        return StoreError("no plan {id!r} here{there}", id=id, there=there)

    def close(self) -> None:
        """Close the file; the store cannot be used after that."""
        if self._con is not None:
            self._con.close()
            self._con = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
