"""The rules of a page's tables: those drawn, and those that a table leaves undrawn.

A drawing has lines of every slant, and an arrow, a map or a logo is no rule; what is level or
upright but for a hair is. Many plans draw tables open at both sides, and some draw the lines between rows alone. Finding
cells needs every corner, so what is left out is put back where the drawing leaves no doubt.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pdfplumber.page import Page

    from planq.ingest.pdf.glyphs import Glyph

    Edge = dict[str, Any]

_STRAIGHT = 1.0  # points that a rule may be off level or upright, as rounding leaves it
_LEAST_LENGTH = 1.0  # points; pdfplumber's own least, below which a side of a thin box is no rule
_NEAR = 3.0  # points between two places that are meant to be one
_LEAST_RULES = 4
_GAP = 1.0  # ems free of characters, in every row, between two columns


def drawn(page: Page) -> list[Edge]:
    """The level and upright rules on the page, of lines, boxes and curves; slanted edges are none."""
    found: list[Edge] = []
    for edge in page.edges:
        x0, x1, top, bottom = (float(edge[key]) for key in ("x0", "x1", "top", "bottom"))
        wide, high = x1 - x0, bottom - top
        if high <= _STRAIGHT and wide >= _LEAST_LENGTH and wide > high:
            middle = (top + bottom) / 2
            found.append({"object_type": "rule_edge", "orientation": "h", "x0": x0, "x1": x1,
                          "top": middle, "bottom": middle, "width": wide, "height": 0})  # fmt: skip
        elif wide <= _STRAIGHT and high >= _LEAST_LENGTH:
            found.append(_rule((x0 + x1) / 2, top, bottom))
    return found


def undrawn(rules: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Edge]:
    """The upright rules that tables leave out, by the `rules` drawn and the glyphs between them."""
    from pdfplumber.table import merge_edges

    edges = merge_edges(list(rules), _NEAR, _NEAR, _NEAR, _NEAR)
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: e["top"])
    found: list[Edge] = []
    for side in ("x0", "x1"):
        for rules in _alike(level, side):
            x = rules[0][side]
            for above, below in pairwise(rules):
                inner = [
                    e
                    for e in upright
                    if e["top"] - _NEAR <= above["top"] and below["top"] <= e["bottom"] + _NEAR
                ]
                beside = any(above["x0"] - _NEAR < e["x0"] < above["x1"] + _NEAR for e in inner)
                if beside and not any(abs(e["x0"] - x) <= _NEAR for e in inner):
                    found.append(_rule(x, above["top"], below["top"]))
    for rules in _alike(level, "x1"):
        top, bottom = rules[0]["top"], rules[-1]["top"]
        left, right = min(rule["x0"] for rule in rules), rules[0]["x1"]
        divided = any(
            left - _NEAR <= e["x0"] <= right + _NEAR and e["top"] < bottom and e["bottom"] > top
            for e in upright
        )
        if len(rules) >= _LEAST_RULES and not divided:
            within = [g for g in glyphs if top < g.middle < bottom and left <= g.x0 < right]
            ends = [rule["x0"] for rule in rules]
            between = [next((x for x in ends if a < x < b), (a + b) / 2) for a, b in _gaps(within)]
            if between:
                found += [_rule(x, top, bottom) for x in (left, *between, right)]
    return found


def _alike(level: Sequence[Edge], side: str) -> Iterator[list[Edge]]:
    """Level rules that end at the same place on one side, from top to bottom; two at least."""
    left = list(level)
    while left:
        x = left[0][side]
        same = [edge for edge in left if abs(edge[side] - x) <= _NEAR]
        left = [edge for edge in left if abs(edge[side] - x) > _NEAR]
        if len(same) >= 2:
            yield same


def _gaps(glyphs: Iterable[Glyph]) -> Iterator[tuple[float, float]]:
    """The strips between glyphs that none of them reaches into."""
    placed = sorted((g for g in glyphs if g.text.strip()), key=lambda g: g.x0)
    reached = placed[0].x1 if placed else 0.0
    for glyph in placed:
        if glyph.x0 - reached > _GAP * glyph.size:
            yield reached, glyph.x0
        reached = max(reached, glyph.x1)


def _rule(x: float, top: float, bottom: float) -> Edge:
    return {"object_type": "rule_edge", "orientation": "v", "x0": x, "x1": x, "top": top,
            "bottom": bottom, "width": 0, "height": bottom - top}  # fmt: skip
