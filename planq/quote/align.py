"""Approximate matching of a quotation in a stretch of the plan, with the edits between them.

The bit-parallel algorithm of Myers (A fast bit-vector algorithm for approximate string matching,
JACM 46, 1999) in the form of Hyyrö (2003): one column of the edit matrix is two whole numbers, and
Python's are as long as the quotation. So no compiled library is needed, and verdicts cannot depend
on which one is installed.
"""

from __future__ import annotations

from typing import NamedTuple

#: Longest piece aligned at once, in characters; a longer quotation is aligned piece by piece.
PIECE = 512
_SLACK = 48


class Alignment(NamedTuple):
    """`text[start:end]` is what `pattern` comes closest to, at `distance` single-character edits.

    `pairs` walks both from left to right: (index in pattern or None, index in text or None).
    """

    distance: int
    start: int
    end: int
    pairs: list[tuple[int | None, int | None]]


class Measured(NamedTuple):
    """The fewest edits that turn a pattern into any one stretch of a text, the text position behind
    that stretch, and of every column of the edit matrix the steps up (+1) and down (−1) as bits."""

    distance: int
    end: int
    pluses: list[int]
    minuses: list[int]


def measure(pattern: str, text: str) -> Measured:
    """The least distance of `pattern` to a stretch of `text`; both non-empty."""
    return _columns(pattern, text, False)


def align(pattern: str, text: str, measured: Measured | None = None) -> Alignment:
    """Where in `text` the whole of `pattern` fits best, leftmost among equals; both non-empty.

    `measured` saves measuring the two again.
    """
    if len(pattern) <= PIECE:
        return _align(pattern, text, anchored=False, measured=measured)
    first = _align(pattern[:PIECE], text, anchored=False)
    total, pairs, end = first.distance, first.pairs, first.end
    for begin in range(PIECE, len(pattern), PIECE):
        piece = pattern[begin : begin + PIECE]
        stretch = text[end : end + len(piece) + _SLACK]
        if stretch:
            found = _align(piece, stretch, anchored=True)
        else:
            found = Alignment(len(piece), 0, 0, [(i, None) for i in range(len(piece))])
        total += found.distance
        pairs += [
            (None if i is None else i + begin, None if j is None else j + end)
            for i, j in found.pairs
        ]
        end += found.end
    return Alignment(total, first.start, end, pairs)


def _columns(pattern: str, text: str, anchored: bool) -> Measured:
    size = len(pattern)
    mask = (1 << size) - 1
    last = 1 << (size - 1)
    where: dict[str, int] = {}
    for index, char in enumerate(pattern):
        where[char] = where.get(char, 0) | (1 << index)
    plus, minus = mask, 0
    score = best = size
    best_end = 0
    pluses: list[int] = []
    minuses: list[int] = []
    # Behind a final mark the shorter fit is the natural one; behind a word, the one that replaces.
    # Of two as close, the one that ends with the pattern's last character ends where it does.
    final = pattern[-1]
    longer = final.isalnum()
    first_row = 1 if anchored else 0
    find = where.get
    for position, char in enumerate(text, 1):
        eq = find(char, 0)
        diagonal = (((eq & plus) + plus) ^ plus) | eq | minus
        across_plus = minus | ~(diagonal | plus)
        across_minus = plus & diagonal
        if across_plus & last:
            score += 1
        elif across_minus & last:
            score -= 1
        across_plus = (across_plus << 1) | first_row
        across_minus = across_minus << 1
        plus = (across_minus | ~(diagonal | across_plus)) & mask
        minus = across_plus & diagonal & mask
        pluses.append(plus)
        minuses.append(minus)
        if score < best or (
            longer
            and score == best
            and (best_end == position - 1 or (char == final and text[best_end - 1] != final))
        ):
            best, best_end = score, position
    return Measured(best, best_end, pluses, minuses)


def _align(
    pattern: str, text: str, *, anchored: bool, measured: Measured | None = None
) -> Alignment:
    best, end, pluses, minuses = measured or _columns(pattern, text, anchored)
    pairs: list[tuple[int | None, int | None]] = []
    row, column = len(pattern), end
    while row and column:
        bit = 1 << (row - 1)
        if pluses[column - 1] & bit and not (row == 1 and not anchored and pattern[0].isalnum()):
            row -= 1
            pairs.append((row, None))
            continue
        column -= 1
        if column and minuses[column - 1] & bit:
            pairs.append((None, column))
        else:
            row -= 1
            pairs.append((row, column))
    while row:
        row -= 1
        pairs.append((row, None))
    start = column
    if anchored:
        start = 0
        while column:
            column -= 1
            pairs.append((None, column))
    pairs.reverse()
    return Alignment(best, start, end, pairs)
