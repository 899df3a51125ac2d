"""Bytes from a path, safely: only regular files, never more than the limit, never a hang.

The file is opened once and then asked what it is, so that nothing can be swapped in between, and
opened without blocking, so that a named pipe is refused instead of waited for.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from planq.errors import SourceError
from planq.ingest.reading import shown

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MAX_TEXT_BYTES = 64 * 2**20
"""Largest txt, md or html: about 22 million Chinese characters, 280 times the bundled plan."""

MAX_BINARY_BYTES = 256 * 2**20
"""Largest docx or pdf, pictures and fonts included."""

HEAD_BYTES = 4096


def load(path: Path) -> bytes:
    """The bytes of the regular file at `path`.

    Raises SourceError when it is missing, a folder, a device or pipe, unreadable, or larger than
    the limit of its kind; no more than the limit is ever read.
    """
    name = shown(str(path))
    try:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise SourceError(
                    "{name} is a device or pipe, not a file; save it to a file first", name=name
                )
            head = file.read(HEAD_BYTES)
            limit = limit_of(head)
            data = head + file.read(limit + 1 - len(head))
    except FileNotFoundError:
        raise SourceError("{name}: no such file", name=name) from None
    except IsADirectoryError:
        raise SourceError("{name} is a folder; name the files in it", name=name) from None
    except PermissionError:
        if path.is_dir():  # Windows refuses to open a folder with this error
            raise SourceError("{name} is a folder; name the files in it", name=name) from None
        raise SourceError("{name}: permission denied; make it readable first", name=name) from None
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise SourceError("{name} is a socket or device, not a file", name=name) from None
        raise SourceError(
            "{name}: {strerror}", name=name, strerror=error.strerror or "cannot be read"
        ) from None
    except ValueError:  # a NUL inside the path
        raise SourceError("{name}: not a possible file name", name=name) from None
    check_size(data, name)
    return data


def load_stream(stream: BinaryIO, name: str) -> bytes:
    """What a pipe holds; no more than the limit of its kind is ever read. Raises SourceError."""
    head = stream.read(HEAD_BYTES)
    data = head + stream.read(limit_of(head) + 1 - len(head))
    check_size(data, name)
    return data


def limit_of(head: bytes) -> int:
    """Size limit in bytes for a file that begins with `head`."""
    binary = head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"%PDF-" in head[:1024]
    return MAX_BINARY_BYTES if binary else MAX_TEXT_BYTES


def check_size(data: bytes, name: str) -> None:
    """Raise SourceError when `data` is empty or larger than the limit of its kind."""
    if not data:
        raise SourceError("{name} is empty", name=name)
    limit = limit_of(data[:HEAD_BYTES])
    if len(data) > limit:
        raise SourceError(
            "{name} is larger than {limit} MB, the most planq reads of this kind; split it "
            "into one file a plan",
            name=name,
            limit=limit // 2**20,
        )
