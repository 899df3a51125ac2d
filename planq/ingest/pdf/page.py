"""One page of a PDF → its printed lines from top to bottom, ruled tables as lines with tabs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planq.ingest.grid import lines_of
from planq.ingest.pdf.columns import OVER, columns, side_of
from planq.ingest.pdf.glyphs import Glyph, glyphs_on, joined, printed_lines, runs_down, turned
from planq.ingest.pdf.tables import tables_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfplumber.page import Page

_DOWNWARDS = 3  # turning a page by three quarters lays its vertical lines from left to right
_LEAST_DOWN = 4  # ideographs below one another that are no accident
_MOSTLY = 0.9  # of a page's ideographs
_COLUMN_GAP = 1.5  # ems
_COLUMN_LINES = 3  # on end, with a column that begins at one place in all
_COLUMN_WORDS = 5  # characters on average; shorter ones are names, dates and numbers
_INDENT = (1.6, 2.4)  # ems from the margin to a paragraph's first line


@dataclass
class PageLines:
    """Lines, what was left out as (words, reason), and counts of characters."""

    lines: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    characters: int = 0
    unknown: int = 0
    columns: int = 1
    vertical: bool = False  # set from top to bottom, and read so
    stacked: bool = False  # partly so, or in columns that no rule divides, and read across
    crowded: bool = False  # too many rules to seek tables among them


def read_page(page: Page) -> PageLines:
    """The lines of a pdfplumber page."""
    glyphs, slanted, turn = glyphs_on(page)
    outcome = PageLines()
    if slanted:
        outcome.left_out.append(("".join(one.text for one in slanted), "slanted text (watermark)"))
    outcome.characters = sum(not glyph.text.isspace() for glyph in glyphs)
    outcome.unknown = sum(_is_unknown(glyph.text) for glyph in glyphs)
    down, beside = runs_down(glyphs)
    if turn == 0 and down >= _LEAST_DOWN and down >= _MOSTLY * (down + beside):
        outcome.vertical, turn = True, _DOWNWARDS
        size = float(page.width), float(page.height)
        glyphs = [
            Glyph(one.text, *turned((one.x0, one.x1, one.top, one.bottom), turn, *size))
            for one in glyphs
        ]
    tables, rest, outcome.crowded = tables_on(page, glyphs, turn)
    gutter, sides = columns(rest, float(page.height if turn % 2 else page.width))
    if not outcome.vertical:
        outcome.stacked = down >= _LEAST_DOWN or (gutter is None and _undivided(rest))
    outcome.columns = 1 if gutter is None else 2
    placed = [
        (side, line[0].middle, [words])
        for side, column in enumerate(sides)
        for line, words in _set_in(column)
    ]
    placed += [(side_of(*one.sides, gutter), one.top, lines_of(one.grid)) for one in tables]
    over = sorted(top for side, top, _ in placed if side == OVER)
    # What stands over both columns comes after the columns above it.
    placed.sort(key=lambda one: (bisect_left(over, one[1]), one[0], one[1]))
    outcome.lines += [line for *_, lines in placed for line in lines if line.strip() or not line]
    return outcome


def _set_in(glyphs: Sequence[Glyph]) -> Iterator[tuple[list[Glyph], str]]:
    """The lines of a column and their words, behind as many ideographic spaces as they are set in.

    Only what means something is kept: a paragraph's first line and a line in the middle.
    """
    lines = [(line, words) for line in printed_lines(glyphs) if (words := joined(line))]
    margin = min((_left(line) for line, _ in lines), default=0.0)
    right = max((line[-1].x1 for line, _ in lines), default=0.0)
    for line, words in lines:
        em = max(line[0].size, 1)
        inset, rest = (_left(line) - margin) / em, (right - line[-1].x1) / em
        centred = inset > _INDENT[1] and abs(inset - rest) < 1
        shown = (centred or _INDENT[0] <= inset <= _INDENT[1]) and not words[0].isspace()
        yield line, "\u3000" * round(inset) + words if shown else words


def _undivided(glyphs: Sequence[Glyph]) -> bool:
    """Whether lines on end have, behind a wide gap, words that begin at one place: columns."""
    columns: list[tuple[float, int]] = []  # where a second run begins and its length, line by line
    for line in printed_lines([one for one in glyphs if one.text.strip()]):
        start = next(
            (
                at
                for at in range(1, len(line))
                if line[at].x0 - line[at - 1].x1 > _COLUMN_GAP * line[at].size
            ),
            None,
        )
        if start is None:
            columns.clear()
            continue
        x, em = line[start].x0, line[start].size
        if columns and abs(columns[-1][0] - x) > 0.5 * em:
            columns.clear()
        columns.append((x, len(line) - start))
        if len(columns) >= _COLUMN_LINES and sum(n for _, n in columns) >= _COLUMN_WORDS * len(
            columns
        ):
            return True
    return False


def _left(line: Sequence[Glyph]) -> float:
    return next((glyph.x0 for glyph in line if glyph.text != " "), line[0].x0)


def _is_unknown(text: str) -> bool:
    return text.startswith("(cid:") or "\ue000" <= text[0] <= "\uf8ff" or text == "\ufffd"
