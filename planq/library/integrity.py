"""Whether the library's file is as planq left it; where it is not, it is mended before it is read.

    PLANQ_HOME/library.check   the size and checksum of library.db, and what is known of each plan
    PLANQ_HOME/library.lock    locked by those that change the library, and by the one that mends it

SQLite notices few damaged bytes: a letter of a text or an entry of the index that became another is
answered from. So whoever changed the library leaves a checksum of the whole file, and whoever opens
it compares. A file that differs while nobody is changing it is made anew from those plans whose own
digest is right (planq.store.rows) and from the originals of the others.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from planq.errors import PlanqError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from planq.library.home import Library
    from planq.plan.tree import Tree
    from planq.store.salvage import Old
    from planq.store.store import Store

#: A larger file is read to its end only if it was written to since it was last checked.
ALWAYS = 16 << 20
_CHUNK = 4 << 20
#: Facts that come of adding a file, and are not given by its user.
_MADE = ("added", "media", "original", "encoding", "confidence", "notices", "key", "name")


class _Record(NamedTuple):
    """What `library.check` says: the file's size, checksum and SQLite change counter, when it was
    last written to, and the checksum of the line about the plans."""

    size: int
    crc: int
    counter: int
    state: tuple[int, int, int]
    plans: int


def opened(library: Library) -> Store:
    """The library's store, whose file has been checked. Raises StoreError when a plan is lost."""
    from planq.store.connection import is_older, refuse_foreign
    from planq.store.store import Store

    while library.exists():
        if not is_older(library.file) and _sound(library):
            break
        refuse_foreign(library.file)
        with _lock(library, alone=True) as mine:
            if mine:
                return _mended(library)
        with _lock(library, alone=False) as others:
            if others:  # they are changing it, and checked it before they began
                break
        _wait(library)
    return Store.open_library(library.file)


@contextmanager
def changing(library: Library) -> Iterator[None]:
    """Changes of the library: checked before, and a new checksum left behind, however it ends."""
    from planq.folders import sweep

    sweep(library.folder)
    while True:
        store = library.store
        with _lock(library, alone=False, wait=True):
            if not library.unchanged():  # it was mended in between
                library.close()
                continue
            try:
                yield
            finally:
                if library.exists():
                    _record(library, store)
            return


def forget(library: Library, id: str) -> None:
    """Let the plan `id` not be missed, should this process be killed once it is gone."""
    record = _read_record(library)
    if record is not None:
        with suppress(OSError):
            _write(library, record, {k: v for k, v in _plans(library).items() if k != id})


def _record(library: Library, store: Store) -> None:
    from planq.store.connection import transaction

    with suppress(OSError, StoreError), library.file.open("rb") as file, transaction(store):
        # The file stays open until the transaction ends: closing it would end SQLite's lock.
        plans = {
            info.id: {"name": info.name, **facts}
            for info, facts in zip(store.infos(), store.facts().values(), strict=True)
        }
        _write(library, _measured(file), plans)


def _measured(file: BinaryIO) -> _Record:
    found = os.fstat(file.fileno())
    crc = size = counter = 0
    while chunk := file.read(_CHUNK):
        if not size:
            counter = int.from_bytes(chunk[24:28], "big")
        crc = crc32(chunk, crc)
        size += len(chunk)
    return _Record(size, crc, counter, _state(found), 0)


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _write(library: Library, record: _Record, plans: dict[str, dict[str, str]]) -> None:
    import json

    from planq.folders import scratch_beside

    line = json.dumps(plans).encode()
    head = " ".join(map(str, (record.size, record.crc, record.counter, *record.state, crc32(line))))
    scratch = scratch_beside(_check_file(library))
    try:
        scratch.write_bytes(b"%s %d\n%s" % (head.encode(), crc32(head.encode()), line))
        scratch.replace(_check_file(library))
    finally:
        scratch.unlink(missing_ok=True)


def _read_record(library: Library) -> _Record | None:
    try:
        with _check_file(library).open("rb") as file:
            head, _, own = file.readline(400).rstrip(b"\n").rpartition(b" ")
        if crc32(head) != int(own):
            return None
        size, crc, counter, mtime, ctime, inode, plans = map(int, head.split())
    except (OSError, ValueError):
        return None
    return _Record(size, crc, counter, (mtime, ctime, inode), plans)


def _plans(library: Library) -> dict[str, dict[str, str]]:
    """What was known of each plan when the library was last changed; empty where that is damaged."""
    import json

    record = _read_record(library)
    with suppress(OSError, ValueError):
        line = _check_file(library).read_bytes().partition(b"\n")[2]
        if record is not None and crc32(line) == record.plans:
            return dict(json.loads(line))
    return {}


def _sound(library: Library) -> bool:
    record = _read_record(library)
    if record is None:
        return False
    try:
        with library.file.open("rb") as file:
            found = os.fstat(file.fileno())
            if found.st_size != record.size:
                return False
            if found.st_size > ALWAYS and _state(found) == record.state:
                return True
            measured = _measured(file)
    except OSError:
        return True  # opening it says what is wrong
    return measured.crc == record.crc


def _mended(library: Library) -> Store:
    """The store, made anew where it has to be; nobody else changes or mends it meanwhile."""
    from planq.store.connection import is_older
    from planq.store.salvage import Old
    from planq.store.store import Store

    with suppress(StoreError):
        Store.open_library(library.file).close()  # a change that was broken off is undone by SQLite
    older = is_older(library.file)
    if not older and _sound(library):
        return Store.open_library(library.file)
    record = _read_record(library)
    old = Old(library.file)
    try:
        if older:
            _say_older(library)
        elif record is not None and record.counter != _counter(library) and old.sound():
            store = Store.open_library(library.file)  # a change, whose process was killed after it
            _record(library, store)
            return store
        return _made_anew(library, old, older=older)
    finally:
        old.close()


def _counter(library: Library) -> int:
    with library.file.open("rb") as file:
        return int.from_bytes(file.read(28)[24:28], "big")


def _made_anew(library: Library, old: Old, *, older: bool) -> Store:
    from planq.folders import scratch_beside
    from planq.store.salvage import build
    from planq.store.store import Store

    known = _plans(library)
    ids = list(dict.fromkeys([*known, *(id for id in old.ids() if not known or old.whole(id))]))
    if not ids:
        raise StoreError(
            "{file} is damaged; restore it, or remove it and add the plans again", file=library.file
        )

    def again(id: str) -> Tree | None:
        return _taken_again(library, id, known.get(id) or old.facts(id))

    scratch = scratch_beside(library.file)
    kept = os.access(library.folder, os.W_OK)
    try:
        con, taken, lost = build(scratch if kept else None, old, ids, again)
        if kept:
            con.close()
            if lost:
                library.file.replace(library.file.with_name("library.db.damaged"))
            scratch.replace(library.file)
            store = Store.open_library(library.file)
            _record(library, store)
        else:
            store = Store(con, library.file, writable=False)
    except OSError as error:
        raise StoreError(
            "cannot mend the library {file}: {strerror}", file=library.file, strerror=error.strerror
        ) from None
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
    _tell(library, taken, lost, older=older)
    return store


def _say_older(library: Library) -> None:
    import logging

    logging.getLogger("planq").warning(
        "planq: the library %s was written by an older planq: it is brought to the layout of this one",
        library.file,
    )


def _tell(library: Library, taken: list[str], lost: list[str], *, older: bool) -> None:
    if lost:
        raise StoreError(
            "the library was damaged, and with it {lost} and the file kept of it: add it "
            "again (what is left is in {file}.damaged)",
            lost=", ".join(lost),
            file=library.file,
        )
    if older and not taken:
        return
    import logging

    what = f"{', '.join(taken)} taken again from the kept original; all else" if taken else "all"
    logging.getLogger("planq").warning(
        "planq: the library %s was damaged and has been mended: %s is as it was",
        library.file, what,
    )  # fmt: skip


def _taken_again(library: Library, id: str, facts: dict[str, str]) -> Tree | None:
    """The plan read once more from its original; None where that is gone or damaged, too."""
    from hashlib import sha256

    from planq.ingest import read_bytes
    from planq.library import BUNDLED, open_plan
    from planq.parse import parse

    made = {key: facts[key] for key in _MADE if key in facts and key != "name"}
    try:
        if id == BUNDLED:
            plan = open_plan().tree
        else:
            data = (library.originals / Path(facts.get("original") or "none").name).read_bytes()
            if sha256(data).hexdigest() != facts["original"].partition(".")[0]:
                return None
            given = {key: value for key, value in facts.items() if key not in _MADE}
            name = facts["name"]
            text = read_bytes(data, name, facts.get("encoding", "")).text
            plan = parse(text, name=name, id=id, meta=given)
    except (OSError, LookupError, PlanqError):
        return None
    plan.meta.update(made)
    return plan


@contextmanager
def _lock(library: Library, *, alone: bool, wait: bool = False) -> Iterator[bool]:
    """Whether the lock was had, shared by those that change the library or `alone`.

    Without a way to lock (Windows, some network folders) it is always had: SQLite's own locks then
    keep changes apart, and damage is mended by whoever meets it.
    """
    try:
        import fcntl

        handle = os.open(library.folder / "library.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except (ImportError, OSError):
        yield True
        return
    try:
        how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(handle, how)
            had = True
        except BlockingIOError:
            had = False
        except OSError:
            had = True
        yield had
    finally:
        os.close(handle)


def _wait(library: Library) -> None:
    """Wait until nobody mends the library."""
    with _lock(library, alone=False, wait=True):
        pass


def _check_file(library: Library) -> Path:
    return library.folder / "library.check"
