"""Whether a page has two columns, as gazettes do, and what stands in them or over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.ingest.pdf_glyphs import printed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planq.ingest.pdf_glyphs import Glyph

LEFT, RIGHT, OVER = 0, 1, 2
_GAP = 1.5  # ems between two columns
_BESIDE = 4  # points that a frame may stand out from its column
_LEAST_LINES = 5
_LEAST_SIDE = 8  # characters a line in each of two columns, on average
_MOST_OVER = 0.25  # share of lines that stand over both columns, such as a title


def columns(glyphs: Sequence[Glyph], width: float) -> tuple[float | None, list[list[Glyph]]]:
    """Where two columns meet, in points from the page's left, and the glyphs in the left one, in
    the right one, and over both; None, and all are over both, on a page with one column."""
    runs = [run for line in printed_lines(glyphs) for run in _runs(line)]
    one = None, [[], [], list(glyphs)]
    if len(runs) < 2 * _LEAST_LINES:
        return one
    steps = range(round(0.35 * width), round(0.65 * width), 2)
    at = float(min(steps, key=lambda step: sum(side_of(*_ends(run), step) == OVER for run in runs)))
    sides: list[list[list[Glyph]]] = [[], [], []]
    for run in runs:
        sides[side_of(*_ends(run), at)].append(run)
    wide = all(
        len(side) >= _LEAST_LINES and sum(map(len, side)) >= _LEAST_SIDE * len(side)
        for side in sides[:OVER]
    )
    if not wide or len(sides[OVER]) > _MOST_OVER * len(runs):
        return one
    # Right before the right column: tables may be wider than the left one's lines.
    at = min(run[0].x0 for run in sides[RIGHT]) - _BESIDE
    return at, [[glyph for run in side for glyph in run] for side in sides]


def side_of(left: float, right: float, at: float | None) -> int:
    """LEFT, RIGHT or OVER: where something from `left` to `right` stands to a gutter `at`."""
    if at is None or left < at < right:
        return OVER
    return LEFT if right <= at else RIGHT


def _ends(run: Sequence[Glyph]) -> tuple[float, float]:
    return run[0].x0, run[-1].x1


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
