"""Where in the plan words come from that are not quite the plan's: candidates, then alignment.

Pairs and fours of characters that quotation and plan share vote for the diagonal they lie on; the
diagonals with most votes are aligned character by character. No verdict of sameness is made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planq.patterns import lazy_compile
from planq.quote.align import PIECE, Alignment, Measured, align, measure
from planq.quote.passage_bounds import Edges
from planq.text.folding import fold

if TYPE_CHECKING:
    from planq.quote.running_text import Passages, Place

#: The greatest share of a quotation's characters that may be edits before it is called absent.
FARTHEST = 0.4
#: Quotations shorter than this are looked up by pairs of characters, longer ones by fours.
_SHORT = 16
_KEPT = "_locator"
#: Diagonals are counted together by 2 to this power: for long quotations, and for short ones.
_BUCKET, _FINE = 5, 2
#: From so many pairs or fours on, all of the line's are listed at once.
_FEW = 256
#: Stretches looked at for a short quotation.
_MOST = 32
#: A quotation with more ellipses than this is judged as one run of words.
MOST_PARTS = 64
#: What may stand between marks inside a quotation, and how much of the whole may differ then.
_INNER = lazy_compile(r"(?![、和及与或以 ]*\Z)[^，。；：！？\n]{1,40}")
_RESEMBLES = 0.2


class Near(NamedTuple):
    """A stretch like the quotation: where it is, and how (`alignment.pairs` index folded text)."""

    place: Place
    alignment: Alignment


class Locator:
    """Finds stretches of one plan by likeness."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self._edges = Edges(passages)
        #: By size: where each stands that was asked for, or, after many questions, that there is.
        self._grams: dict[int, dict[str, list[int]]] = {2: {}, 4: {}}
        self._whole: set[int] = set()
        #: As `_near`; the parts of a quotation are looked up twice, once for their order.
        self.near = lru_cache(maxsize=2 * MOST_PARTS)(self._near)

    def _near(self, folded: str, farthest: float = FARTHEST) -> list[Near]:
        """The stretches closest to `folded`, all equally close, in reading order; none if more than
        `farthest` of its characters are edits."""
        allowed = max(1, int(len(folded) * farthest))
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
            start, stop = self._edges.settled(folded, pairs)
            place = self.passages.place(start, stop)
            found[place.start] = Near(place, made._replace(pairs=pairs))
        return [found[start] for start in sorted(found)]

    def _diagonals(self, head: str, size: int) -> list[tuple[int, int]]:
        """The stretches of diagonals with most votes, best first, half-open."""
        votes: Counter[int] = Counter()
        if len(head) >= _SHORT:
            for index in range(len(head) - size + 1):
                found = self._places(head[index : index + size])
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
            found = self._places(head[index : index + size])
            if not found:
                continue
            weight = max(1, 256 // len(found))
            for position in found:
                votes[(position - index) >> _FINE] += weight
        return [(b << _FINE, (b + 1) << _FINE) for b, _ in votes.most_common(_MOST)]

    def _places(self, gram: str) -> list[int]:
        """Where `gram` stands on the line: looked for, or after many others read from a list of all."""
        size = len(gram)
        grams = self._grams[size]
        found = grams.get(gram)
        if found is not None or size in self._whole:
            return found or []
        line = self.passages.folded.text
        if len(grams) >= _FEW:
            self._whole.add(size)
            grams.clear()
            add = grams.setdefault
            for position in range(len(line) - size + 1):
                add(line[position : position + size], []).append(position)
            return grams.get(gram, [])
        found = grams[gram] = []
        at = line.find(gram)
        while at >= 0:
            found.append(at)
            at = line.find(gram, at + 1)
        return found


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
