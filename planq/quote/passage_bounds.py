"""Where the stretch of the plan begins and ends that a quotation comes closest to.

The fewest edits leave that open: a character too many may stand for one of the plan's or for none,
and a mark may lie just outside. What a reader would call the passage is settled here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.patterns import lazy_compile
from planq.quote.likely_blocks import Homes, Pairs

if TYPE_CHECKING:
    from planq.quote.running_text import Passages

#: A character too many among the last or first so many may have moved the edge, by so many.
_EDGE, _GROWN = 3, 2
_CLOSING = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
#: What ends a sentence, folded.
_STOPS = "。!?;"
#: Digits of a number looked through on either side of an edge.
_LONGEST = 20
_NUMBER = lazy_compile(r"\d+(?:[.,]\d+)*")


class Edges:
    """The edges of stretches of one plan; `pairs` are an alignment's (`align.Alignment`).

    What settles one edge walks the pairs from there inwards: `step` is the way out (-1 at the
    beginning of the passage), `bound` the first position of the folded line beyond its blocks.
    """

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self._homes = Homes(passages)

    def settled(self, folded: str, pairs: Pairs) -> tuple[int, int]:
        """The stretch of the folded line that `folded` comes from, with `pairs` changed to lead
        there."""
        line = self.passages.folded.text
        for edge in (0, -1):
            i, j = pairs[edge]
            if i is not None and j is not None and folded[i].isalnum() and not line[j].isalnum():
                # A word more than the plan's does not stand for its stop.
                pairs[edge] = (i, None)
        made, low, high = self._homes.settled(folded, pairs)
        for settle in (self._within, self._shed, self._replaced, self._to_mark, self._to_cell, self._to_number):  # fmt: skip
            made = settle(folded, made[::-1], 1, high)
            made = settle(folded, made[::-1], -1, low - 1)
        pairs[:] = made
        stood = [j for _, j in pairs if j is not None]
        return self._paired(stood[0], stood[-1] + 1, pairs, low, high)

    def _replaced(self, folded: str, pairs: Pairs, step: int, bound: int) -> Pairs:
        """`pairs` without the plan's characters that stand for others of the quotation at its edge
        and end inside a word: where the two that the edge parts stand together oftener in the plan
        than the two on its hither side."""
        first = self._agreed(folded, pairs)
        edge = next((j for _, j in pairs[:first] if j is not None), None)
        if edge is None or edge + step == bound or all(i is None for i, _ in pairs[:first]):
            return pairs
        across, inside = self._two(edge, edge + step), self._two(edge - step, edge)
        line = self.passages.folded.text
        if not across.isalpha() or line.count(across) <= line.count(inside):
            return pairs
        return [*((i, None) for i, _ in pairs[:first] if i is not None), *pairs[first:]]

    def _two(self, one: int, other: int) -> str:
        return self.passages.folded.text[min(one, other) : max(one, other) + 1]

    def _to_mark(self, folded: str, pairs: Pairs, step: int, bound: int) -> Pairs:
        """`pairs` grown to the plan's next mark where a character at the edge has no counterpart:
        it may lie beyond.

        For 持续加深 the fewest edits lead to 持续深, and no further; what was meant is 持续深化.
        """
        line = self.passages.folded.text
        mine = folded[-1] if step > 0 else folded[0]
        if not mine.isalnum() or all(j is not None for _, j in pairs[:_EDGE]):
            return pairs
        edge = self._edge(pairs)
        more = next(
            (
                n
                for n in range(_GROWN + 1)
                if (at := edge + step * (n + 1)) == bound or not line[at].isalnum()
            ),
            0,
        )
        return self._grown(pairs, step, edge + step * more)

    def _to_cell(self, folded: str, pairs: Pairs, step: int, bound: int) -> Pairs:
        """`pairs` with whole cells of a table row where the quotation has words of its own at the
        edge; where these hold a number, with the row's numbers: 城镇化率65% comes from
        城镇化率(%) and what stands in its columns."""
        first = self._agreed(folded, pairs)
        own = [i for i, _ in pairs[:first] if i is not None]
        words = "".join(folded[i] for i in own)
        edge = self._edge(pairs[first:])
        cells = self._homes.cells(edge) if any(map(str.isalnum, words)) else []
        if not cells:
            return pairs
        line = self.passages.folded.text
        at = next(n for n, end in enumerate(cells[1:]) if edge < end)
        if step > 0 and any(map(str.isdecimal, words)):
            while any(map(str.isdecimal, line[cells[at + 1] : cells[-1]])):
                at += 1
        to = cells[at + 1] - 1 if step > 0 else cells[at]
        to -= line[to] in " \t"  # between two numbers, and of neither cell
        if any(stop in line[edge : to + 1] for stop in _STOPS):
            return pairs
        return self._grown([*((i, None) for i in own), *pairs[first:]], step, to)

    def _to_number(self, folded: str, pairs: Pairs, step: int, bound: int) -> Pairs:
        """`pairs` with the whole of a number of the plan that they end inside."""
        edge = self._edge(pairs)
        after = edge + step
        if after != bound:
            low, high = sorted((edge, after))
            line = self.passages.folded.text
            for match in _NUMBER.finditer(line, max(0, low - _LONGEST), high + _LONGEST):
                if match.start() <= low and high < match.end():
                    return self._grown(pairs, step, match.end() - 1 if step > 0 else match.start())
        return pairs

    def _agreed(self, folded: str, pairs: Pairs) -> int:
        """The index of the first of `pairs` in which the two have one letter or digit."""
        return next(
            (
                n
                for n, (i, j) in enumerate(pairs)
                if i is not None and folded[i].isalnum() and not self._edited(folded, (i, j))
            ),
            0,
        )

    def _edge(self, pairs: Pairs) -> int:
        return next(j for _, j in pairs if j is not None)

    def _grown(self, pairs: Pairs, step: int, to: int) -> Pairs:
        """`pairs` with the plan's characters from their edge out to `to`."""
        edge = self._edge(pairs)
        return [*((None, j) for j in range(to, edge, -step)), *pairs]

    def _paired(self, start: int, end: int, pairs: Pairs, low: int, high: int) -> tuple[int, int]:
        """The stretch, and `pairs`, with the other half of a mark that the quotation left out
        whole: 光芯屏端网纵向链合 comes from “光芯屏端网”纵向链合, not from 光芯屏端网”纵向链合."""
        lacking: list[str] = []  # marks opened and not closed
        ahead = ""  # a mark closed and not opened
        for i, j in pairs:
            char = "" if j is None else self._printed(j)
            if char in _CLOSING:
                lacking.append(_CLOSING[char] if i is None else "")
            elif char in _OPENING and lacking:
                lacking.pop()
            elif char in _OPENING and not ahead and i is None:
                ahead = _OPENING[char]
        if ahead and start > low and self._printed(start - 1) == ahead:
            start -= 1
            pairs.insert(0, (None, start))
        if lacking and lacking[-1] and end < high and self._printed(end) == lacking[-1]:
            pairs.append((None, end))
            end += 1
        return start, end

    def _printed(self, position: int) -> str:
        """The plan's own character at a position of the folded line."""
        starts = self.passages.folded.starts
        return self.passages.line[starts[position]] if position < len(starts) else ""

    def _within(self, folded: str, pairs: Pairs, step: int, bound: int) -> Pairs:
        """`pairs` without what only stands for the quotation's first words across a stop of the
        plan: 8.7个百分点 comes from 8.7%, not from 8.7%。生态 that is no farther."""
        line = self.passages.folded.text
        first = next((n for n, pair in enumerate(pairs) if not self._edited(folded, pair)), 0)
        beyond = max(
            (
                n
                for n, (i, j) in enumerate(pairs[:first])
                if i is not None and j is not None and line[j] in _STOPS and folded[i].isalnum()
            ),
            default=-1,
        )
        return [
            *((i, None) for i, _ in pairs[: beyond + 1] if i is not None),
            *pairs[beyond + 1 :],
        ]

    def _shed(self, folded: str, pairs: Pairs, step: int, bound: int) -> Pairs:
        """`pairs` without the plan's characters before the first two that agree, where the
        quotation opens with words of its own: a comma they share is no likeness."""
        first, before = 0, False
        for index, pair in enumerate(pairs):
            agrees = not self._edited(folded, pair) and folded[pair[0] or 0].isalnum()
            if before:
                if not agrees:
                    return pairs
                first = index - 1
                break
            before = agrees
        while (
            first
            and not self._edited(folded, pairs[first - 1])
            and (folded[pairs[first - 1][0] or 0] == '"')
        ):
            first -= 1  # a quotation mark belongs to the words behind it
        own = [i for i, _ in pairs[:first] if i is not None]
        theirs = [j for _, j in pairs[:first] if j is not None]
        if len(own) < len(theirs) + 2:
            return pairs
        return [*((i, None) for i in own), *pairs[first:]]

    def _edited(self, folded: str, pair: tuple[int | None, int | None]) -> bool:
        i, j = pair
        return i is None or j is None or folded[i] != self.passages.folded.text[j]
