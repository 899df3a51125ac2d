"""A header printed in two rows: `规划目标` over `2020年` and `2025年`, as one name a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.text import fold

# What only a header says of a column: a year, or a kind of value, and no value.
_HEAD = re.compile(
    r"(?:(?:19|20)\d\d年?(?:\((?:实际|目标|规划|预计|基期)\w{0,2}\)|\w{0,4})|(?:年均|累计)\S{0,8}|目标值?|现状值?|基期值?)"
)


def two_rows(header: Sequence[str], row: Sequence[str], width: int) -> list[str] | None:
    """The names of `header` and the `row` under it, if that is its second half; else None.

    It is where its cells say years or kinds of values, and repeat the header or are blank
    elsewhere. `width` is the number of cells of the rows that follow: where the header has fewer
    because one cell stood over several, that cell goes with each of them.
    """
    if len(row) == len(header):
        under = [
            "" if fold(below) == fold(above) else below
            for above, below in zip(header, row, strict=True)
        ]
        heads = [cell for cell in under if cell]
        if not heads or not all(_HEAD.fullmatch(fold(cell)) for cell in heads):
            return None
        if all(
            re.search(r"(?:19|20)\d\d", above) for above, u in zip(header, under, strict=True) if u
        ):
            return None  # years under years are values
        return [f"{above} {below}".strip() for above, below in zip(header, under, strict=True)]
    blank = [n for n, cell in enumerate(row) if not cell]
    if len(row) == width > len(header) and blank:
        # The cell that stood over several is the one above what is filled.
        filled = [n for n in range(width) if n not in blank]
        after = width - 1 - filled[-1] if filled else 0
        if not filled or filled[0] + 1 + after != len(header):
            return None
        cells = row[filled[0] : width - after]
        if not all(_HEAD.fullmatch(fold(cell)) for cell in cells):
            return None
        spread = [f"{header[filled[0]]} {cell}" for cell in cells]
        return [*header[: filled[0]], *spread, *header[filled[0] + 1 :]]
    if len(row) < 2 or not all(_HEAD.fullmatch(fold(cell)) for cell in row):
        return None
    if len(header) - 1 + len(row) != width:
        return None
    over = [n for n, name in enumerate(header) if re.search(r"目标|规划|数值|指标值|完成", name)]
    if len(over) != 1:
        return None
    place = over[0]
    spread = [f"{header[place]} {cell}" for cell in row]
    return [*header[:place], *spread, *header[place + 1 :]]
