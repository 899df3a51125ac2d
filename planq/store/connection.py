"""Connections and transactions: how planq's SQLite files are opened, and what their errors mean."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from planq.errors import StoreError
from planq.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planq.store.store import Store

_BUSY_SECONDS = 60.0
#: Whether this SQLite was built so that only one thread may use a connection.
_ONE_THREAD = sqlite3.threadsafety < 3


def connect_memory() -> sqlite3.Connection:
    """An empty database in memory."""
    con = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=_ONE_THREAD)
    con.execute("PRAGMA temp_store = MEMORY")
    return con


def connect_frozen(path: Path) -> sqlite3.Connection:
    """A finished cache file, which no one writes to: no locks, no journal."""
    con = sqlite3.connect(
        _uri(path, "mode=ro&immutable=1"), uri=True, isolation_level=None,
        check_same_thread=_ONE_THREAD,
    )  # fmt: skip
    con.execute("PRAGMA temp_store = MEMORY")
    return con


def connect_library(path: Path) -> sqlite3.Connection | None:
    """The library at `path`; None when there is no file. Raises StoreError if it is not usable."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            "cannot read the library {path}: {strerror}", path=path, strerror=error.strerror
        ) from None
    if header:
        _check_version(path, header)
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    try:
        con = sqlite3.connect(
            _uri(path, f"mode={mode}"), uri=True, isolation_level=None, timeout=_BUSY_SECONDS
        )
        _settle(con)
        con.execute("SELECT count(*) FROM plan").fetchone()
    except sqlite3.Error as error:
        if not header:
            return None  # another process is about to make it
        raise explained(path, error) from None
    except UnicodeDecodeError:  # a damaged schema, in SQLite's words about it
        raise explained(path, sqlite3.DatabaseError("malformed")) from None
    return con


def refuse_foreign(path: Path) -> None:
    """Raise StoreError if the file is no library, or one of another planq that cannot be read."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreError(
            "cannot read the library {path}: {strerror}", path=path, strerror=error.strerror
        ) from None
    if header and schema.version(header) not in schema.READABLE:
        _check_version(path, header)


def is_older(path: Path) -> bool:
    """Whether the library is of an older layout that can be brought to this one."""
    try:
        with path.open("rb") as file:
            return schema.version(file.read(100)) in schema.READABLE
    except OSError:
        return False


def create_library(path: Path) -> sqlite3.Connection:
    """The library at `path`, made if it is not there. Raises StoreError if it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        con = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
        _settle(con)
        con.execute("BEGIN IMMEDIATE")
        if not con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            schema.create(con)
        con.execute("COMMIT")
    except OSError as error:
        raise StoreError(
            "cannot make the library {path}: {strerror}", path=path, strerror=error.strerror
        ) from None
    except sqlite3.Error as error:
        raise explained(path, error) from None
    return con


@contextlib.contextmanager
def transaction(store: Store) -> Iterator[sqlite3.Connection]:
    """One change of a store: all of it or, on any error or kill, nothing. Raises StoreError."""
    if store.path is not None and not _on_disk(store.con):
        store.swap(create_library(store.path))
    where = store.path or Path("memory")
    con = store.con
    try:
        con.execute("BEGIN IMMEDIATE")
        yield con
        con.execute("COMMIT")
    except sqlite3.Error as error:
        _roll_back(con)
        raise explained(where, error) from None
    except BaseException:
        _roll_back(con)
        raise


def explained(path: Path, error: sqlite3.Error) -> StoreError:
    """What an SQLite error about `path` means for the user."""
    said = str(error)
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_FULL"):
        return StoreError("the disk is full: {path} is unchanged", path=path)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError("{path} is in use by another planq; try again", path=path)
    if code.startswith("SQLITE_READONLY_ROLLBACK"):
        return StoreError(
            "{path} was left in the middle of a change and cannot be repaired here: its "
            "folder is read-only",
            path=path,
        )
    if code.startswith("SQLITE_READONLY"):
        return StoreError("{path} is read-only: nothing was changed", path=path)
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return StoreError("cannot read or write {path}: {said}", path=path, said=said)
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in said:
        return StoreError(
            "{path} is damaged; restore it, or remove it and add the plans again", path=path
        )
    return StoreError("cannot use {path}: {said}", path=path, said=said)


def _check_version(path: Path, header: bytes) -> None:
    found = schema.version(header)
    if found is None:
        raise StoreError("{path} is not a planq library", path=path)
    if found > schema.SCHEMA:
        raise StoreError(
            "{path} was written by a newer planq (layout {found}, this one knows "
            "{schema}); update planq: pip install -U planq-text",
            path=path,
            found=found,
            schema=schema.SCHEMA,
        )
    if found < schema.SCHEMA:
        raise StoreError(
            "{path} was written by an older planq (layout {found}): move it away, and add "
            "the files in originals beside it again",
            path=path,
            found=found,
        )


def _settle(con: sqlite3.Connection) -> None:
    con.execute("PRAGMA temp_store = MEMORY")
    con.execute("PRAGMA cache_size = -16000")
    # Changed pages stay in memory until the commit, so that readers wait for its moment only.
    con.execute("PRAGMA cache_spill = OFF")


def _on_disk(con: sqlite3.Connection) -> bool:
    return any(row[1] == "main" and row[2] for row in con.execute("PRAGMA database_list"))


def _roll_back(con: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        if con.in_transaction:
            con.execute("ROLLBACK")


def _uri(path: Path, options: str) -> str:
    name = path.absolute().as_posix()
    for char in "%?#":
        name = name.replace(char, f"%{ord(char):02x}")
    return f"file:{'' if name.startswith('/') else '/'}{name}?{options}"
