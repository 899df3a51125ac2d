"""A PDF with a text layer → source text, through pdfplumber (the extra `pdf`) in a child process.

A PDF is a program for a page-drawing machine; a hostile or broken one can loop, exhaust memory or
crash a C library. In a process of its own it can do no more than fail there. pdfplumber was chosen
because pypdf, pdfminer.six, pdfplumber and pypdfium2 all keep every character of the sample plans,
Kangxi radicals included, and it alone also finds ruled tables.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from typing import Any

from planq.errors import MissingExtra, SourceError
from planq.ingest.reading import LeftOut, Reading

MAX_PAGES = 2_000
MAX_SECONDS = 300
"""Wall-clock and CPU seconds for one PDF; 143 pages take about 5."""

MAX_MEMORY_BYTES = 3 * 2**30
"""Address space of the child, where the system can limit it."""

_SIGXCPU = 24
_FAULTS = {
    "password": "is locked with a password; save it without one",
    "broken": "is damaged and cannot be opened; export it again",
    "memory": f"needs more than {MAX_MEMORY_BYTES // 2**30} GB of memory to read; split it",
    "pages": f"has more than {MAX_PAGES:,} pages, the most planq reads; split it",
    "time": f"took longer than {MAX_SECONDS} seconds to read; split it or save it anew",
    "scan": "is a scan without text; run character recognition (OCR) over it first",
    "codes": "has a text layer without character codes, so its words cannot be told; use OCR",
}


def read_pdf(data: bytes, name: str) -> Reading:
    """The Reading of a PDF: a printed line a line, `\\f` between the file's pages.

    Raises SourceError for a locked, broken, scanned or oversized file and MissingExtra without
    pdfplumber.
    """
    if importlib.util.find_spec("pdfplumber") is None:
        raise MissingExtra("reading pdf", "pdf")
    answer = _ask(data)
    if fault := answer.get("fault"):
        raise SourceError(f"{name} {_FAULTS[fault]}")
    text = "\n\f\n".join("\n".join(page) for page in answer["pages"]) + "\n"
    left_out = tuple(
        LeftOut(words, reason, page=page) for page, words, reason in answer["left_out"]
    )
    return Reading(text, "pdf", None, tuple(answer["notices"]), left_out, answer["title"])


def _ask(data: bytes) -> dict[str, Any]:
    # The child finds planq where this process found it, and nothing in the working folder.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    limits = (MAX_PAGES, MAX_SECONDS, MAX_MEMORY_BYTES)
    command = [sys.executable, "-P", "-m", "planq.ingest.pdf_child", *map(str, limits)]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"fault": "time"}
    if done.returncode == -_SIGXCPU:
        return {"fault": "time"}
    if done.returncode:
        return {"fault": "broken"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
