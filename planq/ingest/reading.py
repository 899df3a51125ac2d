"""What reading a file gives: plain source text, and an honest account of what is not in it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA = ("txt", "md", "html", "docx", "pdf")
_NAME_WIDTH = 120
#: How the reason begins why a picture, whose words nobody reads, is left out.
PICTURE = "picture"
#: Why words that the file marks as taken out of the text are left out, and how that is said.
DELETED, WITHOUT_DELETED = "deletion", "words marked as deleted left out"


class LeftOut(NamedTuple):
    """Words of the file that are not in the source text.

    `line` counts lines of the file from 1 and `page` its pages from 1; whichever the medium does
    not have is None. `text` is what was left out (verbatim, white space collapsed), `reason` why.
    """

    text: str
    reason: str
    line: int | None = None
    page: int | None = None


class Reading(NamedTuple):
    """A file turned into source text.

    `text` has `\\n` line ends and no byte order mark. One line is one paragraph (or, in txt and
    pdf, one printed line, blanks before it where it is set in); `\\f` alone on a line is a page
    break; consecutive lines with tabs are the rows of a table, header first, a blank cell where
    cells are merged; N `#` and a space begin a heading that the file itself marks as one of level N.

    `media` is one of MEDIA; `encoding` is None for docx and pdf. `notices` are sentences a person
    should see, `left_out` is everything the reader decided against, `title` is what the file's
    metadata claims, which is often wrong.
    """

    text: str
    media: str
    encoding: str | None = None
    notices: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    title: str | None = None


def shown(name: str) -> str:
    """`name` fit for a one-line message: control and bidi characters escaped, length bounded."""
    if len(name) > _NAME_WIDTH:
        name = name[:_NAME_WIDTH] + "…"
    return "".join(
        char if unicodedata.category(char)[0] != "C" else f"\\u{ord(char):04x}" for char in name
    )


def pictures(left_out: Iterable[LeftOut]) -> str:
    """The notice that says how many pictures a reader left out; empty for none."""
    number = sum(one.reason.startswith(PICTURE) for one in left_out)
    if number == 1:
        return "1 picture has no text: what it shows is missing"
    return f"{number} pictures have no text: what they show is missing" if number else ""


def heading(level: int, words: str) -> str:
    """The line for a heading the file marks as level 1–9."""
    return "#" * min(max(level, 1), 9) + " " + " ".join(words.split("\n")).strip()
