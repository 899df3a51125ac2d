"""A header printed in two rows: `规划目标` over `2020年` and `2025年`, as one name a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.patterns import lazy_compile
from planq.text.folding import fold

_LONGEST = 20
# What only a header says of a column: a year, or a kind of value, and no value.
_HEAD = lazy_compile(
    r"(?:(?:19|20)\d\d年?(?:\((?:实际|目标|规划|预计|基期)\w{0,2}\)|\w{0,4})|(?:年均|累计)\S{0,8}|目标值?|现状值?|基期值?)"
)


# What stands over one column.
_ALONE = lazy_compile(r"属性|性质|备注|说明|序号|名称|单位|类别|(?:^|主要)指标\Z")
_NUMBER = lazy_compile(r"[<>=≥≤~≈\[(（]*-?\d[\d.,]*\s*(?:%|万|亿|\w{0,3})[\])）*]*|[-—–/]+")


def two_rows(header: Sequence[str], row: Sequence[str], width: int) -> list[str] | None:
    """The names of `header` and the `row` under it, if that is its second half; else None.

    It is where its cells say years or kinds of values, and repeat the header or are blank
    elsewhere; or where it is blank just under the cells that stand over one column, and says
    something under those that stand over several, which are followed by blanks. `width` is the
    number of cells of the rows that follow: where the header has fewer because a cell stood over
    several, that cell goes with each of them.
    """
    row = ["" if cell == "〃" else cell for cell in row]  # of a cell over both rows
    if len(row) == len(header) and width <= len(header):
        return _under(header, row)
    blank = [n for n, cell in enumerate(row) if not cell]
    if len(row) == width > len(header) and blank:
        # The cell that stood over several is the one above what is filled.
        filled = [n for n in range(width) if n not in blank]
        after = width - 1 - filled[-1] if filled else 0
        if not filled:
            return None
        cells = row[filled[0] : width - after]
        return _spread(header, cells, filled[0], after)
    if len(row) < 2 or len(header) - 1 + len(row) < width:
        return None
    over = [n for n, name in enumerate(header) if re.search(r"目标|规划|数值|指标值|完成", name)]
    if len(over) == 1 and len(header) - 1 + len(row) == width:
        return _spread(header, row, over[0], len(header) - 1 - over[0])
    several = [
        spread
        for before in range(1, len(header) - 1)
        if (after := width - len(row) - before) >= 0 and before + after <= len(header) - 2
        if (spread := _spread(header, row, before, after))
    ]
    return several[0] if len(several) == 1 else None


def _under(header: Sequence[str], row: Sequence[str]) -> list[str] | None:
    """The names of two rows of one length, a blank behind a name being more of what that spans."""
    under = [
        "" if fold(below) == fold(above) else below
        for above, below in zip(header, row, strict=True)
    ]
    heads = [cell for cell in under if cell]
    if not heads:
        return None
    said = all(_HEAD.fullmatch(fold(cell)) for cell in heads)
    dated = [
        re.search(r"(?:19|20)\d\d", above) for above, u in zip(header, under, strict=True) if u
    ]
    if not (said and not all(dated)) and not _fits(header, row):
        return None  # years under years are values
    names: list[str] = []
    group = ""
    for above, below in zip(header, under, strict=True):
        group = above or group
        names.append(f"{group} {below}" if below else above)
    return names


def _fits(header: Sequence[str], row: Sequence[str]) -> bool:
    """Whether `row` is blank under each cell of `header` over one column, and only there."""
    single = 0
    for n, (above, below) in enumerate(zip(header, row, strict=True)):
        spans = n + 1 < len(header) and not header[n + 1]
        if above and spans and not below:
            return False
        if above and not spans:
            single += 1
            if below:
                return False
        if below and (len(below) > _LONGEST or _NUMBER.fullmatch(fold(below))):
            return False
    return bool(single and header[0]) and "" in header


def _spread(
    header: Sequence[str], cells: Sequence[str], before: int, after: int
) -> list[str] | None:
    """`cells` under the cells of `header` between the first `before` and the last `after`: one over
    all of them, or several over as many each, where the same words come back under each."""
    over = header[before : len(header) - after]
    if (
        not over
        or any(_ALONE.search(name) for name in over)
        or len(cells) % len(over)
        or len(cells) <= len(over)
    ):
        return None
    size = len(cells) // len(over)
    if not all(_HEAD.fullmatch(fold(cell)) for cell in cells):
        return None
    if len({tuple(cells[at : at + size]) for at in range(0, len(cells), size)}) > 1:
        return None
    spread = [f"{over[n // size]} {cell}" for n, cell in enumerate(cells)]
    return [*header[:before], *spread, *header[len(header) - after :]]
