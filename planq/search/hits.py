"""Hits as the contract shapes them, made only for the answers that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.plan.tree import KINDS, Node
from planq.search.results import Hit, Match
from planq.store.schema import spans_of, unblob
from planq.store.tokens import begins
from planq.text.folding import fold_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planq.matching.evaluate import Answer, Found
    from planq.store.store import Store


def hits_of(store: Store, answers: Iterable[Answer]) -> list[Hit]:
    """The answers as hits, in their order."""
    maker = Maker(store)
    return [maker.hit(answer) for answer in answers]


class Maker:
    """Makes hits, remembering the headings above them."""

    def __init__(self, store: Store) -> None:
        self.con = store.con
        self._paths: dict[int, list[str]] = {-1: []}
        self._plan = (0, -1, "")

    def hit(self, answer: Answer, matches: list[Match] | None = None) -> Hit:
        """The hit of one answer; folded occurrences become matches, unless those are known."""
        up, id, kind, page, page_end, exact, start, spans, data, bounds = self.con.execute(
            "SELECT up, id, kind, page, page_end, page_exact, start, spans, text, bounds "
            "FROM unit WHERE seq = ?",
            (answer.seq,),
        ).fetchone()
        text = unblob(data)
        return Hit(
            id,
            KINDS[kind],
            list(self.path(up)),
            None if page is None else (page, page_end),
            bool(exact),
            round(answer.score, 6),
            text,
            _matches(text, bounds, answer.found) if matches is None else matches,
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


def _matches(text: str, bounds: bytes | None, found: Found) -> list[Match]:
    folded = fold_map(text)
    bounds, size = bounds or b"\1", len(folded.text)
    return sorted(
        Match(*folded.span(first, last), begins(bounds, first, size) and begins(bounds, last, size))
        for spans in found.values()
        for first, last in spans
    )
