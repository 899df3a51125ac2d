"""Files of any kind → plain source text that the line-based parser reads.

Each medium has a reader that keeps to one convention (see `Reading`) and decides as little as it
can: hard wraps, page numbers, running heads and contents stay in the text, where the parser drops
them by visible rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.ingest.media import media_type
from planq.ingest.reading import LeftOut, Reading, shown
from planq.ingest.source import check_size, load

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LeftOut", "Reading", "read", "read_bytes"]


def read(path: Path, *, media: str | None = None) -> Reading:
    """The text of the file at `path`.

    `media` (`txt`, `md`, `html`, `docx` or `pdf`) overrides the file's suffix, not its content.
    Raises SourceError for whatever cannot be read, MissingExtra when docx or pdf need their
    optional part.
    """
    return _read(load(path), path.name, media)


def read_bytes(data: bytes, name: str) -> Reading:
    """The text of a file's content; `name` is for its suffix and for messages."""
    check_size(data, shown(name))
    return _read(data, name, None)


def _read(data: bytes, name: str, media: str | None) -> Reading:
    medium, notices = media_type(data, name, media)
    match medium:
        case "docx":
            from planq.ingest.word import read_word as reader
        case "pdf":
            from planq.ingest.pdf import read_pdf as reader
        case "html":
            from planq.ingest.html import read_html as reader
        case "md":
            from planq.ingest.markdown import read_markdown as reader
        case _:
            from planq.ingest.plain import read_plain as reader
    reading = reader(data, shown(name))
    if not notices:
        return reading
    import dataclasses

    return dataclasses.replace(reading, notices=notices + reading.notices)
