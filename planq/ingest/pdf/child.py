"""The process that opens a PDF, and what it says of the whole of it."""

from __future__ import annotations

import io
import logging
from itertools import islice
from typing import TYPE_CHECKING, Any

from planq.errors import SourceError
from planq.ingest.bounded import answer
from planq.ingest.pdf.page import read_page
from planq.ingest.reading import PICTURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_BROKEN = "is damaged and cannot be opened; export it again"
_LOCKED = "is locked with a password; save it without one"
_SCAN = "is a scan without text; run character recognition (OCR) over it first"
_NO_CODES = "has a text layer without character codes, so its words cannot be told; use OCR"
_UNKNOWN_SHARE = 0.2  # of characters without codes, past which the words are not there to read
_TAIL = 2048  # bytes; `startxref` stands in the last 1024 of a whole file
_LEAST_SIDE = 72.0  # points: a picture less wide or high is a logo, an icon, a seal
_WORDS = 10  # characters over a picture that make a background of it
_MOST_PICTURES = 50  # of a page
_SCAN_CHARACTERS = 10  # a page, on average: stamps and page numbers over pictures of pages


def _answer(data: bytes, arguments: Sequence[str]) -> dict[str, Any]:
    import pdfplumber

    logging.disable(logging.CRITICAL)
    most = int(arguments[0])
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if sum(1 for _ in islice(document.pages, most + 1)) > most:
                raise SourceError(
                    "has more than {most:,} pages, the most planq reads; split it", most=most
                )
            found = _pages(document)
    except (MemoryError, SourceError):
        raise
    except Exception as error:
        # pdfminer lets whatever a malformed object trips over escape, under many names.
        causes = [error, *(one for one in error.args if isinstance(one, Exception))]
        locked = any("Password" in type(one).__name__ for one in causes)
        raise SourceError(_LOCKED if locked else _BROKEN) from error
    if b"startxref" not in data[-_TAIL:]:
        found["notices"].append("the PDF is cut off at its end; pages may be missing")
    return found


def _pages(document: PDF) -> dict[str, Any]:
    pages: list[list[str]] = []
    left_out: list[tuple[int, str, str]] = []
    pictures: list[int] = []
    damaged: list[int] = []
    columns: list[int] = []
    crowded: list[int] = []
    vertical: list[int] = []
    stacked: list[int] = []
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
        else:
            left_out += [(page.page_number, "", PICTURE)] * _shown(page)
        if read.columns > 1:
            columns.append(page.page_number)
        if read.vertical:
            vertical.append(page.page_number)
        if read.stacked:
            stacked.append(page.page_number)
        if read.crowded:
            crowded.append(page.page_number)
        page.close()
    if not pages or (damaged and not characters):
        raise SourceError(_BROKEN)
    if not characters or (pictures and characters < _SCAN_CHARACTERS * len(pages)):
        raise SourceError(_SCAN)
    if unknown > _UNKNOWN_SHARE * characters:
        raise SourceError(_NO_CODES)
    notices = []
    if damaged:
        notices.append(f"pages damaged in the PDF, words of theirs lost: {_listed(damaged)}")
    if pictures:
        notices.append(f"pages without text (pictures): {_listed(pictures)}")
    if columns:
        notices.append(f"pages read as two columns: {_listed(columns)}")
    if vertical:
        notices.append(
            f"pages set from top to bottom, read so from right to left: {_listed(vertical)}"
        )
    if stacked:
        notices.append(
            "pages with words below one another or columns without rules, read across: "
            f"{_listed(stacked)}; compare them with the PDF"
        )
    if crowded:
        notices.append(
            f"pages full of drawn lines, on which no tables were sought: {_listed(crowded)}"
        )
    if unknown:
        notices.append(f"{unknown} characters have no code in the PDF and are shown as (cid:…)")
    title = (document.metadata or {}).get("Title")
    title = title.strip() if isinstance(title, str) else ""
    return {"pages": pages, "left_out": left_out, "notices": notices, "title": title or None}


def _shown(page: Page) -> int:
    """How many pictures on a page are large enough to show something, with no words set over them."""
    found = 0
    for image in page.images[:_MOST_PICTURES]:
        x0, x1, top, bottom = (float(image[side]) for side in ("x0", "x1", "top", "bottom"))
        if x1 - x0 < _LEAST_SIDE or bottom - top < _LEAST_SIDE:
            continue
        over = (
            x0 <= float(char["x0"]) <= x1 and top <= float(char["top"]) <= bottom
            for char in page.chars
        )
        found += sum(islice((one for one in over if one), _WORDS)) < _WORDS
    return found


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


if __name__ == "__main__":
    answer(_answer)
