"""Where the stretch of the plan begins and ends that a quotation comes closest to.

The fewest edits leave that open: a character too many may stand for one of the plan's or for none,
and a mark may lie just outside. What a reader would call the passage is settled here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planq.quote.passages import Passages

Pairs = list[tuple[int | None, int | None]]
#: A character too many among the last or first so many may have moved the edge, by so many.
_EDGE, _GROWN = 3, 2
_CLOSING = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
#: What ends a sentence, folded.
_STOPS = "。!?;"


class Edges:
    """The edges of stretches of one plan; `pairs` are an alignment's (`align.Alignment`)."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages

    def settled(self, folded: str, pairs: Pairs) -> tuple[int, int]:
        """The stretch of the folded line that `folded` comes from, with `pairs` changed to lead
        there."""
        line = self.passages.folded.text
        for edge in (0, -1):
            i, j = pairs[edge]
            if i is not None and j is not None and folded[i].isalnum() and not line[j].isalnum():
                # A word more than the plan's does not stand for its stop.
                pairs[edge] = (i, None)
        settled = self._within(folded, self._within(folded, pairs)[::-1])[::-1]
        pairs[:] = self._shed(folded, self._shed(folded, settled)[::-1])[::-1]
        stood = [j for _, j in pairs if j is not None]
        start, stop = self._rounded(folded, stood[0], stood[-1] + 1, pairs)
        return self._paired(start, stop, pairs)

    def _rounded(self, folded: str, start: int, end: int, pairs: Pairs) -> tuple[int, int]:
        """The stretch, and `pairs`, grown to the plan's next mark where a character at the edge has no
        counterpart: it may lie beyond.

        For 持续加深 the fewest edits lead to 持续深, and no further; what was meant is 持续深化.
        """
        line = self.passages.folded.text
        if folded[-1].isalnum() and any(j is None for _, j in pairs[-_EDGE:]):
            more = next(
                (n for n in range(_GROWN + 1) if not line[end + n : end + n + 1].isalnum()), 0
            )
            pairs += [(None, end + n) for n in range(more)]
            end += more
        if folded[0].isalnum() and any(j is None for _, j in pairs[:_EDGE]):
            more = next(
                (
                    n
                    for n in range(_GROWN + 1)
                    if not line[max(0, start - n - 1) : start - n].isalnum()
                ),
                0,
            )
            pairs[:0] = [(None, start - n) for n in range(more, 0, -1)]
            start -= more
        return start, end

    def _paired(self, start: int, end: int, pairs: Pairs) -> tuple[int, int]:
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
        if ahead and start and self._printed(start - 1) == ahead:
            start -= 1
            pairs.insert(0, (None, start))
        if lacking and lacking[-1] and self._printed(end) == lacking[-1]:
            pairs.append((None, end))
            end += 1
        return start, end

    def _printed(self, position: int) -> str:
        """The plan's own character at a position of the folded line."""
        starts = self.passages.folded.starts
        return self.passages.line[starts[position]] if position < len(starts) else ""

    def _within(self, folded: str, pairs: Pairs) -> Pairs:
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

    def _shed(self, folded: str, pairs: Pairs) -> Pairs:
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
