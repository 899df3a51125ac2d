"""Long pages and Markdown files, read in a process of its own: their markup can take any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.ingest.bounded import Bounds, answer, ask
from planq.ingest.reading import LeftOut, Reading
from planq.text.encoded import codec_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_BYTES = 256 * 2**10
"""Shorter files are read at once: what they can take is bounded by their length."""

LEAST_SECONDS, SECONDS_A_MEGABYTE = 15, 2
"""Wall-clock and CPU seconds for one file: the first, or for each MB the second, if that is more."""

LEAST_MEMORY, MEMORY_A_BYTE = 400 * 2**20, 48
"""Bytes of address space of the child, where the system can limit it: likewise."""


def read_long(data: bytes, name: str, media: str, encoding: str = "") -> Reading:
    """The Reading of an html or md file, as its own reader gives it; `encoding` as it was given.

    Raises SourceError as that reader does, and when it does not end within bounds.
    """
    if encoding:
        codec_of(encoding)  # whose words are of the option, not of the file
    seconds = max(LEAST_SECONDS, SECONDS_A_MEGABYTE * len(data) // 2**20)
    bounds = Bounds(seconds, max(LEAST_MEMORY, MEMORY_A_BYTE * len(data)))
    found = ask("planq.ingest.text_child", data, name, bounds, media, encoding)
    left_out = tuple(LeftOut(*one) for one in found["left_out"])
    notices = tuple(found["notices"])
    return Reading(**{**found, "notices": notices, "left_out": left_out})


def _answer(data: bytes, arguments: Sequence[str]) -> dict[str, Any]:
    from planq.errors import SourceError
    from planq.ingest.html.page import read_html
    from planq.ingest.markdown import read_markdown

    reader = read_html if arguments[0] == "html" else read_markdown
    try:
        found = reader(data, "", arguments[1])
    except SourceError as error:
        raise SourceError("{said}", said=str(error).strip()) from error
    fields = ("text", "media", "encoding", "notices", "title")
    left_out = [tuple(one) for one in found.left_out]
    return {**{field: getattr(found, field) for field in fields}, "left_out": left_out}


if __name__ == "__main__":
    answer(_answer)
