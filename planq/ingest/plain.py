"""Plain text: almost nothing to do, and nothing more is done.

Hard wraps, page numbers and indents stay; the parser undoes them by visible rules. Only form feeds
inside a line (`pdftotext` writes them before a page's first word) get a line of their own.
"""

from __future__ import annotations

import re

from planq.ingest.reading import Reading
from planq.text.encoded import decode


def read_plain(data: bytes, name: str, said: str = "") -> Reading:
    """The Reading of a text file; raises SourceError for binary or unreadable text."""
    text, encoding, notices = decode(data, name, encoding=said)
    if "\f" in text:
        text = re.sub(r"\n?\f\n?", "\n\f\n", text).removeprefix("\n")
    return Reading(text, "txt", encoding, notices)
