"""The blocks that words which are not quite the plan's come from.

The fewest edits do not ask where a block ends: a character too many before its first word costs the
same as one that stands for the last of the heading above. What is hardly quoted is no part of the
passage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planq.quote.running_text import Passages

Pairs = list[tuple[int | None, int | None]]
#: Characters of a block that have to be quoted for it to be part of the passage, if not half of it.
_SUBSTANTIAL = 3


class Homes:
    """The blocks, labels of headings apart, and table cells of one plan on its folded line."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages

    @cached_property
    def _pieces(self) -> tuple[list[int], frozenset[int]]:
        """Where blocks, labels and what stands behind labels begin on the folded line, with the end
        of the line; which of these are labels."""
        begins: list[int] = []
        labels: set[int] = set()
        for unit in self.passages.units:
            label = unit.node.label if unit.node is not None and unit.node.is_heading else ""
            if label and unit.text.startswith(label) and len(unit.text) > len(label):
                labels.add(len(begins))
                begins += [unit.start, unit.start + len(label)]
            else:
                begins.append(unit.start)
        folded = self.passages.folded
        return [*(bisect_left(folded.starts, b) for b in begins), len(folded.text)], frozenset(
            labels
        )

    def settled(self, folded: str, pairs: Pairs) -> tuple[Pairs, int, int]:
        """`pairs` without the plan's characters in blocks that are hardly quoted, and the half-open
        stretch of the folded line that the passage keeps to."""
        begins, labels = self._pieces
        line = self.passages.folded.text
        stood = [j for _, j in pairs if j is not None]
        first, last = (bisect_right(begins, j) - 1 for j in (stood[0], stood[-1]))
        if first < last:
            agree = Counter(
                bisect_right(begins, j) - 1
                for i, j in pairs
                if i is not None and j is not None and folded[i] == line[j]
            )
            quoted: list[int] = []
            for piece in range(last, first - 1, -1):
                size = begins[piece + 1] - begins[piece]
                if piece in labels and piece + 1 not in quoted:
                    enough = agree[piece] == size >= _SUBSTANTIAL
                else:
                    enough = agree[piece] >= _SUBSTANTIAL or 2 * agree[piece] >= size > 0
                if enough:
                    quoted.append(piece)
            if not quoted:
                quoted = [max(range(first, last + 1), key=agree.__getitem__)]
            first, last = quoted[-1], quoted[0]
        low, high = begins[first], begins[last + 1]
        kept: Pairs = [
            (i, j if j is not None and low <= j < high else None)
            for i, j in pairs
            if i is not None or (j is not None and low <= j < high)
        ]
        return (kept, low, high) if any(j is not None for _, j in kept) else (pairs, low, high)

    def cells(self, position: int) -> list[int]:
        """Where the cells of the table row at a position of the folded line begin, with the row's
        end; empty where there is no such row."""
        folded = self.passages.folded
        (unit,) = self.passages.units_at(folded.starts[position], folded.starts[position] + 1)
        if "\t" not in unit.text:
            return []
        tabs = (unit.start + at for at, char in enumerate(unit.text) if char == "\t")
        edges = [unit.start, *tabs, unit.start + len(unit.text)]
        return [bisect_left(folded.starts, edge) for edge in edges]
