"""Search: a query, a store and where to look → hits, best first, and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.matching import counts
from planq.matching.candidates import FEW, proposed
from planq.matching.evaluate import Answer, Found, Unit, evaluate
from planq.matching.language import Expression, Term, parse, terms
from planq.matching.selection import Selection, select
from planq.search.results import Results
from planq.store.ranking import idf, level, norm_class, score, stands
from planq.store.schema import unblob
from planq.store.tokens import exact
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planq.matching.groups import Count
    from planq.plan.address import Address
    from planq.search.query import Query
    from planq.store.store import Store


def search(
    store: Store,
    query: Query,
    *,
    plans: Sequence[str] | None = None,
    within: Iterable[Address] = (),
) -> Results:
    """Everything in `store` that answers `query`, `query.limit` hits of it.

    `plans` are ids (None: all); `within` the addresses meant by `query.within`, whose tree this
    room does not know. Raises QueryError (the query), AddressError (`within`), StoreError (`plans`,
    an unreadable library).
    """
    from planq.store.damage import reading

    def act() -> Results:
        store.ready()
        selection = select(store, plans, within, query.kinds)
        if query.mode == "regex":
            from planq.search.regex import search_regex

            return search_regex(store, query, selection)
        if query.mode == "question":
            from planq.search.questions import search_words

            return search_words(store, query, selection)
        expression = parse(query.text, fixed=query.mode == "literal", any=query.any)
        found = _Search(store, expression, selection, query).results()
        if query.text.isascii() or (found.blocks and isinstance(expression, Term)):
            return found
        from planq.matching.traditional import widened

        other = widened(
            expression, lambda term: not (found.blocks and counts.units_with(store, term))
        )
        if other == expression:
            return found
        return _Search(store, other, selection, query).results()

    return reading(store, act)


class _Search:
    def __init__(
        self, store: Store, expression: Expression, selection: Selection, query: Query
    ) -> None:
        self.store = store
        self.expression = expression
        self.selection = selection
        self.query = query
        self.terms = [term.folded for term in terms(expression)]
        self.weights: dict[str, float] = {}

    def results(self) -> Results:
        from planq.search.hits import hits_of

        sort, limit = self.query.sort, self.query.limit
        blocks = matches = 0
        kept: list[Answer] = []
        term = self._single()
        found = counts.units_with(self.store, term) if term else 0
        if term and limit is not None and found > FEW:
            from planq.matching.top_k import top

            matches, blocks = counts.totals(self.store, term)
            kept = top(self.store, term, found, limit, sort)
        else:
            import heapq

            def counted() -> Iterator[Answer]:
                nonlocal blocks, matches
                for answer in self.answers():
                    blocks += 1
                    matches += sum(map(len, answer.found.values()))
                    yield answer

            key = Answer.order if sort == "relevance" else Answer.place
            if limit is None:
                kept = sorted(counted(), key=key)
            else:
                # With a limit of 0, too, everything is counted.
                kept = heapq.nsmallest(limit or 1, counted(), key=key)[:limit]
        return Results(
            hits_of(self.store, kept), matches, blocks, self._groups, self._suggest, self.terms
        )

    def _single(self) -> str:
        """The term, if the whole store is searched for just one that the index knows exactly."""
        plain = self.selection.everything and self.query.scope == "block" and not self.query.word
        if plain and isinstance(self.expression, Term) and exact(self.expression.folded):
            return self.expression.folded
        return ""

    def answers(self) -> Iterator[Answer]:
        """Every unit that answers, in no order."""
        if self.query.scope != "block":
            from planq.matching.meeting import answers_in_scope

            return answers_in_scope(
                self.store, self.expression, self.selection, self.query.scope, self._score,
                self.query.word,
            )
        return self._answers()

    def _answers(self) -> Iterator[Answer]:
        for seq, kind, id, text, bounds in proposed(self.store, self.expression, self.selection):
            unit = Unit(fold(unblob(text)), bounds, word=self.query.word)
            found = evaluate(self.expression, unit)
            if found is not None:
                yield Answer(self._score(found, unit, level(kind, id)), seq, found)

    def _score(self, found: Found, unit: Unit, level: int) -> float:
        norm = norm_class(len(unit.text), level)
        total = 0.0
        for term, where in found.items():
            if where:
                whole = stands(unit, where, level)
                total += self._weight(term) * score(norm, len(where), whole)
        return total

    def _weight(self, term: str) -> float:
        weight = self.weights.get(term)
        if weight is None:
            found = counts.units_with(self.store, term)
            weight = self.weights[term] = idf(counts.units(self.store), found)
        return weight

    def _groups(self, group: str) -> list[Count]:
        from planq.matching.groups import grouped

        return grouped(self.store, self.selection, group, self.answers())

    def _suggest(self) -> list[str]:
        from planq.search.suggest import suggestions

        return suggestions(self.store, self.query.text, self.terms)
