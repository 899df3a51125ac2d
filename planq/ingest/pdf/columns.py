"""Whether a page has two columns, as gazettes do, and what stands in them or over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.ingest.pdf.glyphs import printed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planq.ingest.pdf.glyphs import Glyph

    Gutter = tuple[float, float]

LEFT, RIGHT, OVER = 0, 1, 2
_GAP = 1.5  # ems between two columns
_BESIDE = 4  # points that a frame may stand out from its column
_LEAST_LINES = 5
_LEAST_SIDE = 8  # characters a line in each of two columns, on average
_MOST_OVER = 0.25  # share of lines that stand over both columns, such as a title


def columns(glyphs: Sequence[Glyph], width: float) -> tuple[Gutter | None, list[list[Glyph]]]:
    """Where two columns meet, and the glyphs in the left one, in the right one, and over both.

    On a page with one column there is no gutter, and all glyphs are over both.
    """
    runs = [run for line in printed_lines(glyphs) for run in _runs(line)]
    one = None, [[], [], list(glyphs)]
    if len(runs) < 2 * _LEAST_LINES:
        return one
    steps = [(float(at), float(at)) for at in range(round(0.35 * width), round(0.65 * width), 2)]
    sides = min((_sided(runs, step) for step in steps), key=lambda sides: len(sides[OVER]))
    wide = all(
        len(side) >= _LEAST_LINES and sum(map(len, side)) >= _LEAST_SIDE * len(side)
        for side in sides[:OVER]
    )
    if not wide or len(sides[OVER]) > _MOST_OVER * len(runs):
        return one
    # From the middle of the page, where its number may stand, to right before the right column.
    first, last = min(run[0].x0 for run in sides[LEFT]), max(run[-1].x1 for run in sides[RIGHT])
    right = _tenth([run[0].x0 for run in sides[RIGHT]]) - _BESIDE
    left = min(max((first + last) / 2, -_tenth([-run[-1].x1 for run in sides[LEFT]])), right)
    found = [[glyph for run in side for glyph in run] for side in _sided(runs, (left, right))]
    return (left, right), found


def side_of(left: float, right: float, gutter: Gutter | None) -> int:
    """LEFT, RIGHT or OVER: where something from `left` to `right` stands to a gutter."""
    if gutter is None or (left < gutter[1] and right > gutter[0]):
        return OVER
    return LEFT if right <= gutter[0] else RIGHT


def _sided(runs: Sequence[list[Glyph]], gutter: Gutter) -> list[list[list[Glyph]]]:
    sides: list[list[list[Glyph]]] = [[], [], []]
    for run in runs:
        sides[side_of(run[0].x0, run[-1].x1, gutter)].append(run)
    return sides


def _tenth(values: list[float]) -> float:
    """The least of the values but for a tenth of them."""
    return sorted(values)[len(values) // 10]


def _runs(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The parts of a line between gaps as wide as those between columns."""
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in line:
        if glyph.text.strip():
            if last is not None and glyph.x0 - last.x1 > _GAP * max(last.size, glyph.size):
                yield run
                run = []
            last = glyph
        if last is not None:
            run.append(glyph)
    if run:
        yield run
