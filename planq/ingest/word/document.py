"""A Word document → source text, through lxml (the extra `docx`) in a child process."""

from __future__ import annotations

import importlib.util

from planq.errors import MissingExtra
from planq.ingest.bounded import Bounds, ask
from planq.ingest.reading import LeftOut, Reading

MAX_SECONDS = 30
"""Wall-clock and CPU seconds for one docx; 10 MB of text in 130,000 paragraphs took 6."""

MAX_MEMORY_BYTES = 2**30
"""Address space of the child, where the system can limit it."""


def read_word(data: bytes, name: str) -> Reading:
    """The Reading of a docx.

    Notes stand at the end, one a line, as `注1：…` in the order of their marks; headers, footers,
    comments and deletions are in `left_out`. Raises SourceError for a broken, locked or hostile
    file and MissingExtra without lxml.
    """
    return _reading(data, name)


def read_marked_word(data: bytes, name: str) -> Reading:
    """As `read_word`, with `[^1]` where a note's mark stands, and the notes as `[^1]: …`."""
    return _reading(data, name, "marked")


def _reading(data: bytes, name: str, *arguments: str) -> Reading:
    if importlib.util.find_spec("lxml") is None:
        raise MissingExtra("reading docx", "docx")
    bounds = Bounds(MAX_SECONDS, MAX_MEMORY_BYTES)
    found = ask("planq.ingest.word.child", data, name, bounds, *arguments)
    left_out = tuple(LeftOut(words, reason) for words, reason in found["left_out"])
    return Reading(found["text"], "docx", None, tuple(found["notices"]), left_out, found["title"])
