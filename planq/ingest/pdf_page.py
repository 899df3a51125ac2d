"""One page of a PDF → its printed lines from top to bottom, ruled tables as lines with tabs."""

from __future__ import annotations

import itertools
import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planq.ingest.grid import lines_of
from planq.ingest.pdf_tables import tables_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfplumber.page import Page

_INDENT = (1.6, 2.4)  # ems from the margin to a paragraph's first line
_GUTTER = 1.5  # ems between columns
_LEAST_LINES = 8
_LEAST_SIDE = 10  # characters a line in each of two columns, on average


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points, from the page's top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


@dataclass
class PageLines:
    """Lines, what was left out as (words, reason), and counts of characters."""

    lines: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    characters: int = 0
    unknown: int = 0
    columns: int = 1


def read_page(page: Page) -> PageLines:
    """The lines of a pdfplumber page."""
    glyphs, slanted = _glyphs(page)
    outcome = PageLines()
    if slanted:
        outcome.left_out.append(("".join(one.text for one in slanted), "slanted text (watermark)"))
    outcome.characters = sum(not glyph.text.isspace() for glyph in glyphs)
    outcome.unknown = sum(_is_unknown(glyph.text) for glyph in glyphs)
    tables, rest = tables_on(page, glyphs)
    columns = _columns(rest, float(page.width)) if not tables else [rest]
    outcome.columns = len(columns)
    placed = [(table.top, lines_of(table.grid)) for table in tables]
    for column in columns:
        placed += [(line[0].middle, [words]) for line, words in _set_in(column)]
        if len(columns) > 1:
            outcome.lines += [line for _, lines in placed for line in lines if line.strip()]
            placed = []
    placed.sort(key=lambda pair: pair[0])
    outcome.lines += [line for _, lines in placed for line in lines if line.strip() or not line]
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


def _left(line: Sequence[Glyph]) -> float:
    return next((glyph.x0 for glyph in line if glyph.text != " "), line[0].x0)


def printed_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped into lines from top to bottom, each from left to right.

    A glyph belongs to a line when its centre is less than half the larger height away from the
    line's; so marks set high or low stay in their line.
    """
    lines: list[list[Glyph]] = []
    anchor: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda one: (one.middle, one.x0)):
        near = anchor is not None and abs(glyph.middle - anchor.middle) < 0.5 * max(
            glyph.size, anchor.size
        )
        if anchor is None or not near:
            lines.append([])
            anchor = glyph
        elif glyph.size > anchor.size:
            anchor = glyph
        lines[-1].append(glyph)
    return [sorted(line, key=lambda one: one.x0) for line in lines]


def joined(line: Sequence[Glyph]) -> str:
    """The words of a line, with a space where a gap stands for one (see _is_space)."""
    parts: list[str] = []
    for before, glyph in zip((None, *line), line, strict=False):
        if before is not None and _is_space(before, glyph):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts).strip(" ")


def _is_space(before: Glyph, after: Glyph) -> bool:
    """Whether the gap between two glyphs is a space nobody wrote as a character.

    Programs set Chinese and Latin a quarter em apart by themselves and spread lines to the margin,
    so a gap counts from half an em between the two, from one em between Chinese characters, and
    from a quarter em between Latin letters and digits.
    """
    if before.text.isspace() or after.text.isspace():
        return False
    latin = _is_latin(before.text[-1]) + _is_latin(after.text[0])
    if latin == 1 and "." in (before.text, after.text):  # dot leaders
        return False
    least = (0.95, 0.45, 0.25)[latin]
    return after.x0 - before.x1 > least * max(before.size, after.size)


def _glyphs(page: Page) -> tuple[list[Glyph], list[Glyph]]:
    """The page's characters, turned upright where the whole page lies on its side, and the
    slanted ones. A character drawn twice in one place (false bold) counts once."""
    chars = page.dedupe_chars(tolerance=1).chars
    turns = [_quarter_turn(char["matrix"]) for char in chars]
    common = max((0, 1, 2, 3), key=turns.count)
    width, height = float(page.width), float(page.height)
    level: list[Glyph] = []
    other: list[Glyph] = []
    for char, turn in zip(chars, turns, strict=True):
        text = char["text"].replace("\0", "")
        if not text:
            continue
        box = (char["x0"], char["x1"], char["top"], char["bottom"])
        if turn == common or turn == 0:
            level.append(Glyph(text, *_turned(box, common, width, height)))
        else:
            other.append(Glyph(text, *box))
    return level, other


def _quarter_turn(matrix: Sequence[float]) -> int:
    """0–3 quarter turns anticlockwise; -1 for text at a slant."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0]))
    turn = round(angle / 90)
    return turn % 4 if abs(angle - 90 * turn) < 10 else -1


def _turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    x0, x1, top, bottom = box
    if turn == 1:
        return height - bottom, height - top, x0, x1
    if turn == 3:
        return top, bottom, width - x1, width - x0
    if turn == 2:
        return width - x1, width - x0, height - bottom, height - top
    return box


def _columns(glyphs: list[Glyph], width: float) -> list[list[Glyph]]:
    """Left and right column where most lines leave one gutter free near the middle, else all."""
    lines = [[one for one in line if one.text.strip()] for line in printed_lines(glyphs)]
    lines = [line for line in lines if len(line) > 1]
    if len(lines) < _LEAST_LINES:
        return [glyphs]
    gaps: list[tuple[float, float]] = []
    for line in lines:
        pairs = itertools.pairwise(line)
        wide = [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 > _GUTTER * max(a.size, b.size)]
        gaps += [gap for gap in wide if 0.35 * width < sum(gap) / 2 < 0.65 * width][:1]
    if len(gaps) < 0.6 * len(lines):
        return [glyphs]
    left, right = sorted(a for a, _ in gaps), sorted(b for _, b in gaps)
    gutter = (left[int(0.9 * (len(left) - 1))] + right[int(0.1 * (len(right) - 1))]) / 2
    sides: list[list[Glyph]] = [[], []]
    for glyph in glyphs:
        sides[(glyph.x0 + glyph.x1) / 2 > gutter].append(glyph)
    crossing = sum(line[0].x0 < gutter < line[-1].x1 for line in lines)
    enough = all(
        sum(bool(g.text.strip()) for g in side) >= _LEAST_SIDE * crossing for side in sides
    )
    torn = any(glyph.x0 + 1 < gutter < glyph.x1 - 1 for glyph in glyphs if glyph.text.strip())
    return sides if enough and not torn else [glyphs]


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.east_asian_width(char) in ("Na", "N", "H")


def _is_unknown(text: str) -> bool:
    return text.startswith("(cid:") or "\ue000" <= text[0] <= "\uf8ff" or text == "\ufffd"
