"""A file read whole, or refused by what it is; and one written whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planq.errors import PlanqError


def read_regular(path: Path, what: str, limit: int) -> bytes:
    """The bytes of the regular file at `path`, which `what` names in a message ("the dictionary").

    A pipe is not waited for, a device not read, and no more than `limit` bytes taken. Raises
    PlanqError.
    """
    import stat

    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(handle, "rb") as file:
            regular = stat.S_ISREG(os.fstat(handle).st_mode)
            data = file.read(limit + 1) if regular else b""
    except (OSError, ValueError) as error:  # the latter: a NUL in the name
        why = error.strerror if isinstance(error, OSError) else error
        raise PlanqError(
            "cannot read {what} {path}: {why}", what=what, path=path, why=why
        ) from None
    if not regular:
        raise PlanqError(
            "{what} {path} is a device or pipe, not a file; save it to a file first",
            what=what,
            path=path,
        )
    if len(data) > limit:
        raise PlanqError(
            "{what} {path} is too long: at most {limit} MB",
            what=what,
            path=path,
            limit=limit >> 20,
        )
    return data


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """The temporary file to write; it becomes `path` at the end, or is gone if that is not reached.

    It gets the mode of the file it replaces, or the one a new file has. OSError is the caller's.
    """
    import tempfile

    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, made = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    os.close(handle)
    temporary = Path(made)
    try:
        yield temporary
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
