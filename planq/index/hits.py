"""Hits as the contract shapes them, made only for the answers that are shown."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from planq.index.columns import spans_of, unblob
from planq.index.results import Hit, Match
from planq.index.tokens import begins
from planq.model import KINDS, Node
from planq.text import fold_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planq.index.search import Answer
    from planq.index.store import Store


def hits_of(store: Store, answers: Iterable[Answer]) -> list[Hit]:
    """The answers as hits, in their order."""
    maker = Maker(store)
    return [maker.hit(answer) for answer in answers]


class Edges:
    """Where the words of a unit begin and end, in code points of its verbatim text."""

    def __init__(self, text: str, bounds: bytes | None) -> None:
        self.folded = fold_map(text)
        self._bounds = bounds or b"\1"

    def whole(self, start: int, end: int) -> bool:
        """Whether the half-open verbatim span begins and ends on word boundaries."""
        return self._edge(start) and self._edge(end)

    def _edge(self, offset: int) -> bool:
        folded = self.folded
        at = bisect_left(folded.starts, offset)
        # Inside what folds to one character there is no edge.
        inside = at > 0 and folded.ends[at - 1] > offset
        return not inside and begins(self._bounds, at, len(folded.text))


class Maker:
    """Makes hits, remembering the headings above them."""

    def __init__(self, store: Store) -> None:
        self.con = store.con
        self._paths: dict[int, list[str]] = {-1: []}
        self._plan = (0, -1, "")

    def hit(self, answer: Answer, verbatim: list[tuple[int, int]] | None = None) -> Hit:
        """The hit of one answer; folded occurrences become code points of the text.

        `verbatim` are the occurrences where they are known as code points already.
        """
        up, id, kind, page, page_end, exact, start, spans, data, bounds = self.con.execute(
            "SELECT up, id, kind, page, page_end, page_exact, start, spans, text, bounds "
            "FROM unit WHERE seq = ?",
            (answer.seq,),
        ).fetchone()
        text = unblob(data)
        edges = Edges(text, bounds)
        spans_found = verbatim or [
            edges.folded.span(first, last)
            for found in answer.found.values()
            for first, last in found
        ]
        matches = sorted(
            Match(first, last, edges.whole(first, last)) for first, last in spans_found
        )
        return Hit(
            id,
            KINDS[kind],
            list(self.path(up)),
            None if page is None else (page, page_end),
            bool(exact),
            round(answer.score, 6),
            text,
            matches,
            list(spans_of(start, spans, len(text))),
            self.plan(answer.seq),
        )

    def path(self, seq: int) -> list[str]:
        """The headings from the outermost down to unit `seq`, which is one."""
        known = self._paths.get(seq)
        if known is None:
            up, id, kind, label, title = self.con.execute(
                "SELECT up, id, kind, label, title FROM unit JOIN heading USING (seq) WHERE seq = ?",
                (seq,),
            ).fetchone()
            node = Node(id, KINDS[kind], label=unblob(label), title=unblob(title))
            known = self._paths[seq] = [*self.path(up), node.heading]
        return known

    def plan(self, seq: int) -> str:
        """The id of the plan that unit `seq` belongs to."""
        first, last, id = self._plan
        if not first <= seq <= last:
            self._plan = self.con.execute(
                "SELECT first, last, id FROM plan WHERE first <= ? ORDER BY first DESC LIMIT 1",
                (seq,),
            ).fetchone()
            id = self._plan[2]
        return id
