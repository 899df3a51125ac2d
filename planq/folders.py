"""planq's folders: the library's, the settings', and a private one for what can be made again.

The private one holds compiled plans and jieba's dictionary.
Nothing is read from it or written to it unless the folder and the file are this user's own, closed
to others, and no symbolic link: jieba's dictionary is unmarshalled, and whoever could plant one
would run code here.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from planq.errors import StoreError


def cache_folder() -> Path:
    """Where compiled plans live: PLANQ_CACHE, or the `planq` folder of the user's cache folder."""
    chosen = os.environ.get("PLANQ_CACHE")
    return Path(chosen or _plain("XDG_CACHE_HOME", ".cache") or _asked("user_cache_dir"))


def config_folder() -> Path:
    """Where the user's own dictionary is looked for: the `planq` folder of the settings folder."""
    return Path(_plain("XDG_CONFIG_HOME", ".config") or _asked("user_config_dir"))


def data_folder() -> Path:
    """The `planq` folder of the user's data folder, in which the library is kept."""
    return Path(_plain("XDG_DATA_HOME", ".local/share") or _asked("user_data_dir"))


def _plain(variable: str, usual: str) -> str:
    """What platformdirs answers on Linux where it is plain; empty where it has to be asked.

    platformdirs takes longer to load than a question takes to answer.
    """
    if not sys.platform.startswith("linux"):
        return ""
    base = os.environ.get(variable, "")
    if base.startswith("/"):
        return f"{base}/planq" if base == base.strip() else ""
    home = os.environ.get("HOME", "")
    return f"{home}/{usual}/planq" if not base.strip() and home.startswith("/") else ""


def _asked(what: str) -> str:
    import platformdirs

    return str(getattr(platformdirs, what)("planq", appauthor=False))


def private(folder: Path) -> Path:
    """`folder`, made if need be with mode 0700. Raises StoreError if it is not the user's own."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise StoreError(
            "cannot use {folder}: {strerror}", folder=folder, strerror=error.strerror
        ) from None
    if stat.S_ISLNK(found.st_mode):
        raise StoreError("cannot use {folder}: it is a symbolic link", folder=folder)
    if not _owned(found):
        raise StoreError("cannot use {folder}: it belongs to another user", folder=folder)
    if hasattr(os, "getuid") and found.st_mode & 0o077:
        try:
            folder.chmod(0o700)
        except OSError as error:
            raise StoreError(
                "cannot use {folder}: {strerror}", folder=folder, strerror=error.strerror
            ) from None
    return folder


def private_file(path: Path) -> bool:
    """Whether `path` is a regular file of this user's (a symbolic link is not)."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and _owned(found)


def private_bytes(path: Path) -> bytes | None:
    """What the file holds, or None when it is absent, unreadable or not the user's own."""
    try:
        return path.read_bytes() if private_file(path) else None
    except OSError:
        return None


def ours(path: Path) -> bool:
    """Whether `path` is a file that planq keeps (or left half-made) in its cache folder."""
    name = path.name
    made = name.endswith(".plan") or (name.startswith("jieba-") and name.endswith(".dict"))
    return (made or (name.startswith(".") and name.endswith(".tmp"))) and private_file(path)


def clear(folder: Path) -> int:
    """Remove what planq keeps in `folder`, nothing else; how many files. Raises StoreError."""
    gone = 0
    try:
        for path in list(folder.iterdir()) if folder.is_dir() else []:
            if ours(path):
                path.unlink(missing_ok=True)
                gone += 1
    except OSError as error:
        raise StoreError(
            "cannot clear {folder}: {strerror}", folder=folder, strerror=error.strerror
        ) from None
    return gone


#: Seconds after which a temporary file is nobody's: what is made in one takes minutes at most.
_STALE = 3600.0


def sweep(folder: Path) -> None:
    """Remove temporary files whose process was killed: it is gone, or they are an hour old."""
    import contextlib
    import time

    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if path.name.startswith(".") and path.name.endswith(".tmp") and private_file(path):
                old = time.time() - path.lstat().st_mtime > _STALE
                if old or _gone(path.name):
                    path.unlink(missing_ok=True)


def _gone(name: str) -> bool:
    """Whether the process that made a temporary file no longer runs, as far as can be told."""
    pid = name.split(".")[-3]
    if not pid.isdecimal() or not sys.platform.startswith("linux"):
        return False
    return not Path("/proc", pid).exists() and Path("/proc/self").exists()


def put(path: Path, data: bytes) -> None:
    """Write `data` to `path` through a temporary file; what cannot be written is left out."""
    sweep(path.parent)
    scratch = scratch_beside(path)
    try:
        handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        scratch.replace(path)
    except OSError:
        scratch.unlink(missing_ok=True)


def scratch_beside(path: Path) -> Path:
    """A fresh name beside `path` for its next version."""
    return path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")


def _owned(found: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()
