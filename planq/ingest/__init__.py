"""Files of any kind → plain source text that the line-based parser reads.

Each medium has a reader that keeps to one convention (see `Reading`) and decides as little as it
can: hard wraps, page numbers, running heads and contents stay in the text, where the parser drops
them by visible rules.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planq.ingest.media import media_type
from planq.ingest.reading import LeftOut, Reading, pictures, shown
from planq.ingest.source import check_size, load

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LeftOut", "Reading", "read", "read_bytes"]


def read(path: Path, *, media: str | None = None, encoding: str = "") -> Reading:
    """The text of the file at `path`.

    `encoding` names the encoding of txt, md and html; without it, and without PLANQ_ENCODING in the
    environment, it is found out.

    `media` (`txt`, `md`, `html`, `docx` or `pdf`) overrides the file's suffix, not its content.
    Raises SourceError for whatever cannot be read, MissingExtra when docx or pdf need their
    optional part.
    """
    return _read(load(path), path.name, media, encoding or None)


def read_bytes(data: bytes, name: str, encoding: str | None = None) -> Reading:
    """The text of a file's content; `name` is for its suffix and for messages.

    `encoding` as for `read`; an empty one has it found out, whatever PLANQ_ENCODING says.
    """
    check_size(data, shown(name))
    return _read(data, name, None, encoding)


def _read(data: bytes, name: str, media: str | None, encoding: str | None) -> Reading:
    medium, notices = media_type(data, name, media)
    said = os.environ.get("PLANQ_ENCODING", "") if encoding is None else encoding
    if name.endswith((".yaml", ".yml")):  # planq's own, in UTF-8
        said = ""
    reading = _by_medium(data, name, medium, said)
    without = pictures(reading.left_out)
    if not notices and not without:
        return reading
    more = (without,) if without else ()
    return reading._replace(notices=notices + reading.notices + more)


def _by_medium(data: bytes, name: str, medium: str, said: str) -> Reading:
    if medium in ("html", "md"):
        from planq.ingest.text_child import LEAST_BYTES, read_long

        if len(data) > LEAST_BYTES:
            return read_long(data, shown(name), medium, said)
    match medium:
        case "docx":
            from planq.ingest.word.document import read_word

            return read_word(data, shown(name))
        case "pdf":
            from planq.ingest.pdf.document import read_pdf

            return read_pdf(data, shown(name))
        case "html":
            from planq.ingest.html.page import read_html

            return read_html(data, shown(name), said)
        case "md":
            from planq.ingest.markdown import read_markdown

            return read_markdown(data, shown(name), said)
        case _:
            from planq.ingest.plain import read_plain

            return read_plain(data, shown(name), said)
