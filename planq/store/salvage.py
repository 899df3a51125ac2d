"""A library's file made anew from those of its plans that are whole, and others read again: one that
was damaged, or is of an older layout."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from planq.store import schema
from planq.store.connection import connect_memory, create_library
from planq.store.rows import insert, stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from planq.plan.tree import Tree
    from planq.store.rows import Prepared

#: What comes of reading rows that are not what planq wrote.
_DAMAGE = (
    sqlite3.Error, UnicodeError, AttributeError, TypeError, ValueError, LookupError, OverflowError,
    MemoryError,
)  # fmt: skip


class Old:
    """The damaged file, read as far as it can be; use it in a `with` statement."""

    def __init__(self, path: Path) -> None:
        self.con = sqlite3.connect(path, isolation_level=None)

    def ids(self) -> list[str]:
        """The ids of the plans that it names, in order."""
        try:
            found = self.con.execute("SELECT id FROM plan ORDER BY first")
            return [id for (id,) in found if isinstance(id, str)]
        except _DAMAGE:
            return []

    def whole(self, id: str) -> tuple[Prepared, str] | None:
        """The plan as it was prepared, and its segmenter's signature; None if any of it differs."""
        try:
            return stored(self.con, id)
        except _DAMAGE:
            return None

    def sound(self) -> bool:
        """Whether every plan is whole and SQLite finds nothing amiss, the index included."""
        try:
            checked = list(self.con.execute("PRAGMA integrity_check(1)")) == [("ok",)]
            return checked and all(self.whole(id) is not None for id in self.ids())
        except _DAMAGE:
            return False

    def facts(self, id: str) -> dict[str, str]:
        """What it says of a plan that may not be whole, its file's name as `name`."""
        from planq.store.schema import unblob

        try:
            pk, name = self.con.execute("SELECT pk, name FROM plan WHERE id = ?", (id,)).fetchone()
            rows = self.con.execute("SELECT key, value FROM fact WHERE plan = ?", (pk,))
            return {"name": unblob(name), **{unblob(k): unblob(v) for k, v in rows}}
        except _DAMAGE:
            return {}

    def close(self) -> None:
        """Close the file."""
        self.con.close()


def build(
    path: Path | None,
    old: Old,
    ids: list[str],
    again: Callable[[str], Tree | None],
) -> tuple[sqlite3.Connection, list[str], list[str]]:
    """A library at `path` (None: in memory) with the plans `ids` of `old`.

    A plan that is not whole there is what `again` gives. Returned with it: the ids of those that
    were taken again, and of those that could not be.
    """
    from planq.store.rows import prepare
    from planq.words.segment import default_segmenter

    if path is None:
        con = connect_memory()
        schema.create(con)
    else:
        con = create_library(path)
        con.execute("PRAGMA cache_spill = ON")  # nobody reads it yet
    taken, lost = [], []
    con.execute("BEGIN IMMEDIATE")
    for id in ids:
        made = old.whole(id)
        if made is None:
            plan = again(id)
            if plan is None:
                lost.append(id)
                continue
            taken.append(id)
            segmenter = default_segmenter()
            made = prepare(plan, segmenter), segmenter.signature()
        insert(con, *made)
    con.execute("COMMIT")
    return con, taken, lost
