"""Ruled tables of a PDF page: several columns between drawn lines.

A frame of one column, as 专栏 are often drawn, is not a table; its lines are lines of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planq.ingest.grid import MERGED, with_dittos
from planq.ingest.pdf.glyphs import joined, printed_lines, turned
from planq.ingest.pdf.rules import drawn, undrawn
from planq.text.numerals import counted_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pdfplumber.page import Page

    from planq.ingest.pdf.glyphs import Glyph

    Box = tuple[float, float, float, float]

MAX_RULES = 3_000
"""Most level and upright rules on a page for tables to be sought there; maps and charts have more."""

_APART = 2.0  # points between two column borders that are not the same one
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—、。]"


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Cell texts as a rectangle, blank or 〃 where cells are merged, and where it is, in points."""

    top: float
    sides: tuple[float, float]
    grid: list[list[str]]


def tables_on(
    page: Page, glyphs: list[Glyph], turn: int = 0
) -> tuple[list[RuledTable], list[Glyph], bool]:
    """The page's ruled tables, the glyphs outside them, and whether it was too full of rules to
    seek any; `turn` is what glyphs_on says."""
    rules = drawn(page)
    if len(rules) > MAX_RULES:
        return [], glyphs, True
    upright = [rule for rule in rules if rule["orientation"] == "v"]
    level = [rule for rule in rules if rule["orientation"] == "h"]
    upright += [] if turn else undrawn(rules, glyphs)
    if len(upright) < 2 or len(level) < 2:
        return [], glyphs, False
    tables = []
    settings = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": upright,
        "explicit_horizontal_lines": level,
    }
    width, height = float(page.width), float(page.height)
    for found in page.find_tables(settings):
        cells = [
            (left, top, right, bottom)
            for row in found.rows
            for x0, y0, x1, y1 in filter(None, row.cells)
            for left, right, top, bottom in [turned((x0, x1, y0, y1), turn, width, height)]
        ]
        lefts, tops = _borders(cell[0] for cell in cells), _borders(cell[1] for cell in cells)
        if len(lefts) < 2 or len(tops) < 2:
            continue
        words, rest = _sorted_into(cells, glyphs)
        if not any(words):
            continue
        grid = [[""] * len(lefts) for _ in tops]
        under: list[tuple[int, int]] = []
        for cell, inside in zip(cells, words, strict=True):
            text = _text(inside)
            row, column = _nearest(tops, cell[1]), _nearest(lefts, cell[0])
            grid[row][column] = f"{grid[row][column]} {text}".strip()
            if text:
                bottom = cell[3] - _APART
                under += [(at, column) for at in range(row + 1, len(tops)) if tops[at] < bottom]
        for at, place in under:
            grid[at][place] = grid[at][place] or MERGED
        _count_rows(with_dittos(grid))
        if sum(any(row[column] for row in grid) for column in range(len(lefts))) < 2:
            continue
        tables.append(RuledTable(min(tops), (min(lefts), max(cell[2] for cell in cells)), grid))
        glyphs = rest
    return tables, glyphs, False


def _count_rows(grid: list[list[str]]) -> None:
    """Put together the row numbers of the first column that its width broke: `1 0` for 10."""
    first = next((at for at, row in enumerate(grid) if row[0][:1].isdecimal()), len(grid))
    for row, number in zip(
        grid[first:], counted_on([r[0] for r in grid[first:]]) or (), strict=False
    ):
        row[0] = number


def _sorted_into(cells: list[Box], glyphs: list[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    inside: list[list[Glyph]] = [[] for _ in cells]
    rest: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
        for index, (x0, top, x1, bottom) in enumerate(cells):
            if x0 <= x < x1 and top <= y < bottom:
                inside[index].append(glyph)
                break
        else:
            rest.append(glyph)
    return inside, rest


def _text(glyphs: list[Glyph]) -> str:
    """A cell's words; a wrap between two CJK characters is nothing, any other is a space."""
    lines = [joined(line) for line in printed_lines(glyphs)]
    text = "\n".join(line for line in lines if line)
    return re.sub(rf"(?<={_CJK})\n(?={_CJK})", "", text).replace("\n", " ").replace("\t", " ")


def _borders(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _APART:
            kept.append(value)
    return kept


def _nearest(borders: list[float], value: float) -> int:
    return min(range(len(borders)), key=lambda index: abs(borders[index] - value))
