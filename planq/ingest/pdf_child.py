"""The process that opens a PDF: bytes on stdin, one JSON object on stdout, limits as arguments."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import TYPE_CHECKING, Any

from planq.ingest.pdf_page import read_page

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_UNKNOWN_SHARE = 0.2  # of characters without codes, past which the words are not there to read
_TAIL = 2048  # bytes; `startxref` stands in the last 1024 of a whole file
_SCAN_CHARACTERS = 10  # a page, on average: stamps and page numbers over pictures of pages


def main() -> None:
    """Read, answer, and never let an exception out: the parent turns faults into sentences."""
    max_pages, seconds, memory = map(int, sys.argv[1:4])
    _limit(seconds, memory)
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        answer = _answer(data, max_pages)
    except MemoryError:
        answer = {"fault": "memory"}
    except Exception as error:
        # pdfminer lets whatever a malformed object trips over escape, under many names.
        causes = [error, *(one for one in error.args if isinstance(one, Exception))]
        locked = any("Password" in type(one).__name__ for one in causes)
        answer = {"fault": "password" if locked else "broken"}
    sys.stdout.write(json.dumps(answer))


def _answer(data: bytes, max_pages: int) -> dict[str, Any]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > max_pages:
            return {"fault": "pages"}
        answer = _pages(document)
    if answer.get("notices") is not None and b"startxref" not in data[-_TAIL:]:
        answer["notices"].append("the PDF is cut off at its end; pages may be missing")
    return answer


def _pages(document: PDF) -> dict[str, Any]:
    pages: list[list[str]] = []
    left_out: list[tuple[int, str, str]] = []
    pictures: list[int] = []
    damaged: list[int] = []
    columns: list[int] = []
    crowded: list[int] = []
    characters = unknown = 0
    for page in document.pages:
        read = read_page(page)
        pages.append(read.lines)
        left_out += [(page.page_number, words, reason) for words, reason in read.left_out]
        characters += read.characters
        unknown += read.unknown
        if _is_damaged(page):
            damaged.append(page.page_number)
        if page.images and not read.characters:
            pictures.append(page.page_number)
        if read.columns > 1:
            columns.append(page.page_number)
        if read.crowded:
            crowded.append(page.page_number)
        page.close()
    if not pages:
        return {"fault": "broken"}
    if damaged and not characters:
        return {"fault": "broken"}
    if not characters or (pictures and characters < _SCAN_CHARACTERS * len(pages)):
        return {"fault": "scan"}
    if unknown > _UNKNOWN_SHARE * characters:
        return {"fault": "codes"}
    notices = []
    if damaged:
        notices.append(f"pages damaged in the PDF, words of theirs lost: {_listed(damaged)}")
    if pictures:
        notices.append(f"pages without text (pictures): {_listed(pictures)}")
    if columns:
        notices.append(f"pages read as two columns: {_listed(columns)}")
    if crowded:
        notices.append(f"pages full of drawn lines, on which no tables were sought: {_listed(crowded)}")
    if unknown:
        notices.append(f"{unknown} characters have no code in the PDF and are shown as (cid:…)")
    title = (document.metadata or {}).get("Title")
    title = title.strip() if isinstance(title, str) else ""
    return {"pages": pages, "left_out": left_out, "notices": notices, "title": title or None}


def _is_damaged(page: Page) -> bool:
    """Whether a content stream of the page could not be unpacked; pdfminer reads it as empty."""
    from pdfminer.pdftypes import PDFStream, resolve1

    streams = [resolve1(one) for one in page.page_obj.contents]
    return any(
        not isinstance(one, PDFStream) or (bool(one.get_filters()) and not one.get_data())
        for one in streams
    )


def _listed(pages: list[int]) -> str:
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and ranges[-1][1] == page - 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the parent's timeout remains
        return
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    main()
