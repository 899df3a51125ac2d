"""The characters of a PDF page with their places, and the lines they are printed in."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page


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


def glyphs_on(page: Page) -> tuple[list[Glyph], list[Glyph], int]:
    """The page's characters, turned upright where the whole page lies on its side, the slanted
    ones, and by how many quarters the page was turned. A character drawn twice in one place (false bold) counts once."""
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
            level.append(Glyph(text, *turned(box, common, width, height)))
        else:
            other.append(Glyph(text, *box))
    return level, other, common


def runs_down(glyphs: Sequence[Glyph]) -> tuple[int, int]:
    """How many ideographs, in the order they are drawn in, stand below the one before, as vertical
    text does, and how many beside it."""
    down = beside = 0
    wide = [glyph for glyph in glyphs if glyph.text.strip() and not _is_latin(glyph.text[0])]
    for before, after in pairwise(wide):
        em = max(before.size, after.size)
        across, along = after.x0 - before.x0, after.middle - before.middle
        if abs(across) < 0.3 * em and 0.6 * em < along < 2 * em:
            down += 1
        elif abs(along) < 0.3 * em and 0.6 * em < across < 3 * em:
            beside += 1
    return down, beside


def _quarter_turn(matrix: Sequence[float]) -> int:
    """0–3 quarter turns anticlockwise; -1 for text at a slant."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0]))
    turn = round(angle / 90)
    return turn % 4 if abs(angle - 90 * turn) < 10 else -1


def turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box (left, right, top, bottom) of a page that lies turned by `turn` quarters, upright."""
    x0, x1, top, bottom = box
    if turn == 1:
        return height - bottom, height - top, x0, x1
    if turn == 3:
        return top, bottom, width - x1, width - x0
    if turn == 2:
        return width - x1, width - x0, height - bottom, height - top
    return box


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


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.east_asian_width(char) in ("Na", "N", "H")
