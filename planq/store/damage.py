"""What happens when a store turns out to be damaged while it is read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planq.store.store import Store

T = TypeVar("T")


def reading(store: Store, act: Callable[[], T]) -> T:
    """The result of `act`; a damaged cache is made anew and asked once more.

    Raises StoreError when a library is damaged or cannot be read.
    """
    import sqlite3
    import zlib

    try:
        return act()
    except (sqlite3.Error, zlib.error, UnicodeDecodeError) as error:
        if store.restore is None:
            raise _sentence(store, error) from None
        store.swap(store.restore())
    except (
        AttributeError,
        TypeError,
        ValueError,
        LookupError,
        AssertionError,
        MemoryError,
        OverflowError,
    ) as error:
        # Rows that are not what planq wrote; anything else is a fault of planq's own.
        if whole(store):
            raise
        if store.restore is None:
            raise _sentence(store, error) from None
        store.swap(store.restore())
    return act()


@contextmanager
def told(store: Store) -> Iterator[None]:
    """Damage met inside becomes a StoreError; for what cannot be asked once more."""
    import sqlite3
    import zlib

    try:
        yield
    except (sqlite3.Error, zlib.error, UnicodeDecodeError) as error:
        raise _sentence(store, error) from None


def whole(store: Store) -> bool:
    """Whether SQLite finds the store's file as it should be."""
    import sqlite3

    try:
        return list(store.con.execute("PRAGMA quick_check(1)")) == [("ok",)]
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _sentence(store: Store, error: Exception) -> Exception:
    import sqlite3
    from pathlib import Path

    from planq.store.connection import explained

    if not isinstance(error, sqlite3.Error):
        error = sqlite3.DatabaseError("malformed")
    return explained(store.path or Path("memory"), error)
