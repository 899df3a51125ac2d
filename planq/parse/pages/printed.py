"""Printed pages: exact where the contents and the visible breaks fix them, a true range elsewhere.

The argument. Between two headings whose pages p ≤ q the contents name, the text advances exactly
q − p pages. Every break inside a paragraph is visible (the paragraph is cut, or a table's header is
printed again); other breaks fall unseen between two lines. Behind j visible breaks a line is on
page p + j or later; with k still to come before the next heading it is on page q − k or earlier. If
the visible breaks are all there are, both bounds meet. If there are more than q − p, contents and
text contradict each other: nothing between is then called exact, and the range is [p, q]. Behind
the last heading no page is named; a line there lies at most as many pages on as there are gaps
between lines, since a page without a line of text is a figure's, and figures leave a caption.
Pages that run backwards (3, 50, 7) hold a slip: those that are not in every longest run of pages that
rise are taken for none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import zip_longest
from typing import NamedTuple

from planq.plan.tree import Page


class Piece(NamedTuple):
    """A stretch of text on one page: `cut` says a visible break stands before it.

    `page` is the page the contents name for it, None for all but headings listed there. `outside`
    says that the stretch stands before the contents, on pages that are not counted.
    """

    cut: bool
    page: int | None
    outside: bool = False


def place(pieces: list[Piece]) -> list[tuple[Page | None, bool]]:
    """For each piece the inclusive page range and whether it is exact; None where nothing is known."""
    outside = sum(piece.outside for piece in pieces)
    if outside:
        return [(None, False)] * outside + place(pieces[outside:])
    fixed = _rising([(n, piece.page) for n, piece in enumerate(pieces) if piece.page is not None])
    placed: list[tuple[Page | None, bool]] = [(None, False)] * len(pieces)
    for here, after in zip_longest(fixed, fixed[1:]):
        first = pieces[here].page
        assert first is not None
        if after is None:
            cuts = 0
            for index in range(here, len(pieces)):
                cuts += pieces[index].cut and index > here
                gaps = index - here
                placed[index] = ((first + cuts, first + max(gaps, cuts)), gaps == 0)
            continue
        last = pieces[after].page
        assert last is not None
        visible = sum(piece.cut for piece in pieces[here + 1 : after + 1])
        seen = 0
        for index in range(here, after):
            seen += pieces[index].cut and index > here
            low, high = first + seen, last - (visible - seen)
            if index == here:
                placed[index] = ((first, first), True)
            elif low > high:
                placed[index] = ((first, max(first, last)), False)
            else:
                placed[index] = ((low, high), low == high)
    if fixed and (first_page := pieces[fixed[0]].page) is not None:
        for index in range(fixed[0]):
            placed[index] = ((1, max(1, first_page)), first_page == 1)
    return placed


def _rising(pages: list[tuple[int, int]]) -> list[int]:
    """The indexes of the (index, page) that are in every longest run of pages that never falls."""
    before = _lengths([page for _, page in pages])
    after = _lengths([-page for _, page in reversed(pages)])[::-1]
    longest = max(before, default=0)
    among = [n for n in range(len(pages)) if before[n] + after[n] - 1 == longest]
    times = Counter(before[n] for n in among)
    return [pages[n][0] for n in among if times[before[n]] == 1]


def _lengths(pages: list[int]) -> list[int]:
    """For each page how long a run that never falls is at most that ends there."""
    least: list[int] = []
    found = []
    for page in pages:
        at = bisect_right(least, page)
        least[at : at + 1] = [page]
        found.append(at + 1)
    return found
