"""Where in the plan words come from that are not quite the plan's: candidates, then alignment.

Pairs and fours of characters that quotation and plan share vote for the diagonal they lie on; the
diagonals with most votes are aligned character by character. No verdict of sameness is made here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planq.quote.align import PIECE, Alignment, Measured, align, measure
from planq.text import fold

if TYPE_CHECKING:
    from planq.quote.passages import Passages, Place

#: The greatest share of a quotation's characters that may be edits before it is called absent.
FARTHEST = 0.4
#: Quotations shorter than this are looked up by pairs of characters, longer ones by fours.
_SHORT = 16
_KEPT = "_locator"
#: Diagonals are counted together by 2 to this power: for long quotations, and for short ones.
_BUCKET, _FINE = 5, 2
#: Stretches looked at for a short quotation.
_MOST = 32
#: A character too many among the last or first so many may have moved the edge, by so many.
_EDGE, _GROWN = 3, 2
#: A quotation with more ellipses than this is judged as one run of words.
MOST_PARTS = 64
#: What may stand between marks inside a quotation, and how much of the whole may differ then.
_INNER = re.compile(r"(?![、和及与或以 ]*\Z)[^，。；：！？\n]{1,40}")
_RESEMBLES = 0.2
_CLOSING = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
#: What ends a sentence, folded.
_STOPS = "。!?;"


class Near(NamedTuple):
    """A stretch like the quotation: where it is, and how (`alignment.pairs` index folded text)."""

    place: Place
    alignment: Alignment


class Locator:
    """Finds stretches of one plan by likeness."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self._grams: dict[int, dict[str, list[int]]] = {}
        #: As `_near`; the parts of a quotation are looked up twice, once for their order.
        self.near = lru_cache(maxsize=2 * MOST_PARTS)(self._near)

    def _near(self, folded: str) -> list[Near]:
        """The stretches closest to `folded`, all equally close, in reading order; none if far."""
        allowed = max(1, int(len(folded) * FARTHEST))
        sizes = (2,) if len(folded) < _SHORT else (4, 2)
        for size in sizes:
            found = self._closest(folded, size, allowed)
            if found:
                return found
        return self._swapped(folded, allowed) if len(folded) < _SHORT else []

    def _swapped(self, folded: str, allowed: int) -> list[Near]:
        """Where two neighbours of a short quotation stand the other way round: that breaks three of
        its few pairs."""
        line = self.passages.folded.text
        windows = []
        for i in range(len(folded) - 1):
            swapped = folded[:i] + folded[i + 1] + folded[i] + folded[i + 2 :]
            at = line.find(swapped)
            if at >= 0 and swapped != folded:
                windows.append((at, at + len(folded)))
        return self._aligned(folded, windows, allowed, {})

    def _closest(self, folded: str, size: int, allowed: int) -> list[Near]:
        line = self.passages.folded.text
        head = folded[:PIECE]
        slack = (8 if len(head) >= _SHORT else 4) + len(head) // 8
        best = allowed + 1
        windows: list[tuple[int, int]] = []
        measured: dict[tuple[int, int], Measured] = {}
        for low, high in self._diagonals(head, size):
            begin, end = max(0, low - slack), min(len(line), high + len(head) + slack)
            if begin >= end:
                continue
            made = measured[begin, end] = measure(head, line[begin:end])
            if made.distance < best:
                best, windows = made.distance, [(begin, end)]
            elif made.distance == best and windows:
                windows.append((begin, end))
            if best <= 1 and len(windows) >= 3:
                break
        beyond = len(folded) - len(head)
        reach = beyond + beyond // 4
        longer = [(begin, min(len(line), end + reach)) for begin, end in windows]
        return self._aligned(folded, longer, allowed, {} if beyond else measured)

    def _aligned(
        self,
        folded: str,
        windows: list[tuple[int, int]],
        allowed: int,
        measured: dict[tuple[int, int], Measured],
    ) -> list[Near]:
        line = self.passages.folded.text
        found: dict[int, Near] = {}
        for begin, end in windows:
            made = align(folded, line[begin:end], measured.get((begin, end)))
            if made.distance > allowed or made.start == made.end:
                continue
            pairs = [(i, None if j is None else j + begin) for i, j in made.pairs]
            for edge in (0, -1):
                i, j = pairs[edge]
                if (
                    i is not None
                    and j is not None
                    and folded[i].isalnum()
                    and not line[j].isalnum()
                ):
                    pairs[edge] = (
                        i,
                        None,
                    )  # a word more than the plan's does not stand for its stop
            pairs = self._within(folded, self._within(folded, pairs)[::-1])[::-1]
            pairs = self._shed(folded, self._shed(folded, pairs)[::-1])[::-1]
            stood = [j for _, j in pairs if j is not None]
            start, stop = self._rounded(folded, stood[0], stood[-1] + 1, pairs)
            start, stop = self._paired(start, stop, pairs)
            place = self.passages.place(start, stop)
            found[place.start] = Near(place, made._replace(pairs=pairs))
        return [found[start] for start in sorted(found)]

    def _rounded(
        self, folded: str, start: int, end: int, pairs: list[tuple[int | None, int | None]]
    ) -> tuple[int, int]:
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

    def _paired(
        self, start: int, end: int, pairs: list[tuple[int | None, int | None]]
    ) -> tuple[int, int]:
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

    def _within(
        self, folded: str, pairs: list[tuple[int | None, int | None]]
    ) -> list[tuple[int | None, int | None]]:
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

    def _shed(
        self, folded: str, pairs: list[tuple[int | None, int | None]]
    ) -> list[tuple[int | None, int | None]]:
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

    def _diagonals(self, head: str, size: int) -> list[tuple[int, int]]:
        """The stretches of diagonals with most votes, best first, half-open."""
        grams = self._gram(size)
        votes: Counter[int] = Counter()
        if len(head) >= _SHORT:
            for index in range(len(head) - size + 1):
                found = grams.get(head[index : index + size])
                if found:
                    votes.update([(position - index) >> _BUCKET for position in found])
            ranked = votes.most_common(4)
            # A place with a third of the best one's votes has little to say in a long quotation.
            least = ranked[0][1] // 3 if ranked else 0
            return [
                (bucket << _BUCKET, (bucket + 1) << _BUCKET)
                for bucket, count in ranked
                if count >= least
            ]
        # In a short one every pair counts, and a rare pair for more: 发展 is everywhere.
        for index in range(len(head) - size + 1):
            found = grams.get(head[index : index + size])
            if not found:
                continue
            weight = max(1, 256 // len(found))
            for position in found:
                votes[(position - index) >> _FINE] += weight
        return [(b << _FINE, (b + 1) << _FINE) for b, _ in votes.most_common(_MOST)]

    def _gram(self, size: int) -> dict[str, list[int]]:
        grams = self._grams.get(size)
        if grams is None:
            line = self.passages.folded.text
            grams = {}
            add = grams.setdefault
            for position in range(len(line) - size + 1):
                add(line[position : position + size], []).append(position)
            self._grams[size] = grams
        return grams


def nests(passages: Passages, inner: str, whole: str) -> bool:
    """Whether the marks around `inner` are printed inside the words that `whole` comes from, the
    first of them opening: what straight marks do not say themselves."""
    folded, line = fold(whole), passages.folded
    at = line.text.find(folded)
    pairs: Iterable[tuple[int | None, int | None]] = enumerate(range(at, at + len(folded)))
    if at < 0:
        if not _INNER.fullmatch(inner) or len(folded) > PIECE:
            return False
        found = locator(passages).near(folded)
        if not found or found[0].alignment.distance > len(folded) * _RESEMBLES:
            return False
        pairs = found[0].alignment.pairs
    marks = [j for i, j in pairs if i is not None and folded[i] == '"']
    printed = "".join(" " if j is None else passages.line[line.starts[j]] for j in marks)
    return printed.startswith("“") and not printed.strip("“”")


def locator(passages: Passages) -> Locator:
    """The locator of `passages`, made once and kept with them."""
    found: Locator | None = vars(passages).get(_KEPT)
    if found is None:
        found = vars(passages)[_KEPT] = Locator(passages)
    return found
