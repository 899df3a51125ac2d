"""A PDF with a text layer → source text, through pdfplumber (the extra `pdf`) in a child process.

pdfplumber was chosen because pypdf, pdfminer.six, pdfplumber and pypdfium2 all keep every character
of the sample plans, Kangxi radicals included, and it alone also finds ruled tables.
"""

from __future__ import annotations

import importlib.util

from planq.errors import MissingExtra
from planq.ingest.bounded import Bounds, ask
from planq.ingest.reading import LeftOut, Reading

MAX_PAGES = 2_000
MAX_SECONDS = 300
"""Wall-clock and CPU seconds for one PDF; 143 pages take about 5."""

MAX_MEMORY_BYTES = 3 * 2**30
"""Address space of the child, where the system can limit it."""


def read_pdf(data: bytes, name: str) -> Reading:
    """The Reading of a PDF: a printed line a line, `\\f` between the file's pages.

    Raises SourceError for a locked, broken, scanned or oversized file and MissingExtra without
    pdfplumber.
    """
    if importlib.util.find_spec("pdfplumber") is None:
        raise MissingExtra("reading pdf", "pdf")
    bounds = Bounds(MAX_SECONDS, MAX_MEMORY_BYTES)
    answer = ask("planq.ingest.pdf.child", data, name, bounds, str(MAX_PAGES))
    text = "\n\f\n".join("\n".join(page) for page in answer["pages"]) + "\n"
    left_out = tuple(
        LeftOut(words, reason, page=page) for page, words, reason in answer["left_out"]
    )
    return Reading(text, "pdf", None, tuple(answer["notices"]), left_out, answer["title"])
