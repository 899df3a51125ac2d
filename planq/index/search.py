"""Search: a query, a store and where to look → hits, best first, and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.errors import QueryError
from planq.index import counts
from planq.index.candidates import FEW, proposed
from planq.index.columns import unblob
from planq.index.evaluate import Answer, Found, Unit, evaluate
from planq.index.query import Expression, Term, parse, terms
from planq.index.rank import idf, level, norm_class, score, stands
from planq.index.results import Results
from planq.index.select import Selection, select
from planq.index.tokens import exact
from planq.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planq.address import Address
    from planq.index.results import Count
    from planq.index.store import Store


def search(
    store: Store,
    query: str,
    *,
    plans: Sequence[str] | None = None,
    within: Iterable[Address] = (),
    scope: str = "block",
    kinds: Iterable[str] = (),
    sort: str = "relevance",
    limit: int | None = None,
    word: bool = False,
    words: bool = False,
    any: bool = False,
    fixed: bool = False,
    regex: bool = False,
) -> Results:
    """Everything in `store` that answers `query`; `limit` hits of it, None for all.

    `plans` are ids (None: all); `within` addresses; `kinds` values of `kind`, or `heading` for all
    headings; `scope` "section" or "chapter" widens where the terms must meet; `sort` "document" is
    reading order. `word` keeps occurrences on word boundaries only; `fixed` takes the query as one
    literal string; `any` asks for one of the terms instead of all; `words` takes the query as a
    question, `regex` as a regular expression over the verbatim text of each unit.

    Raises QueryError (query, options that contradict one another), AddressError (`within`), StoreError (`plans`, an unreadable library).
    """
    from planq.index.damage import reading

    def act() -> Results:
        store.ready()
        selection = select(store, plans, within, kinds)
        if regex:
            from planq.index.regex import search_regex

            return search_regex(store, query, selection, sort, limit, word=word)
        if words:
            from planq.index.words import search_words

            return search_words(store, query, selection, sort, limit)
        expression = parse(query, fixed=fixed, any=any)
        found = _Search(store, expression, selection, scope, word, query).results(sort, limit)
        if query.isascii() or (found.blocks and isinstance(expression, Term)):
            return found
        from planq.index.hant import widened

        other = widened(
            expression, lambda term: not (found.blocks and counts.units_with(store, term))
        )
        if other == expression:
            return found
        return _Search(store, other, selection, scope, word, query).results(sort, limit)

    if sort not in ("relevance", "document"):
        raise QueryError(f"no sort order {sort!r}; there are relevance and document")
    if scope not in ("block", "section", "chapter"):
        raise QueryError(f"no scope {scope!r}; there are block, section and chapter")
    if limit is not None and limit < 0:
        raise QueryError(f"limit is a number of hits, not {limit}")
    _refuse_contradictions(fixed, regex, words, any, scope)
    return reading(store, act)


def _refuse_contradictions(fixed: bool, regex: bool, words: bool, any: bool, scope: str) -> None:
    """Options of which one would have to be ignored."""
    named = (("a literal string", fixed), ("a regular expression", regex), ("a question", words))
    ways = [way for way, given in named if given]
    if len(ways) > 1:
        raise QueryError(f"a query cannot be {ways[0]} and {ways[1]} at once: leave one out")
    if ways and any:
        raise QueryError(f"{ways[0]} has no terms of which any may be enough: leave one out")
    if ways and scope != "block":
        raise QueryError(f"{ways[0]} has no terms that may meet in a {scope}: leave one out")


class _Search:
    def __init__(
        self, store: Store, expression: Expression, selection: Selection, scope: str, word: bool,
        query: str,
    ) -> None:  # fmt: skip
        self.store = store
        self.expression = expression
        self.selection = selection
        self.scope = scope
        self.word = word
        self.query = query
        self.terms = [term.folded for term in terms(expression)]
        self.weights: dict[str, float] = {}

    def results(self, sort: str, limit: int | None) -> Results:
        from planq.index.hits import hits_of

        blocks = matches = 0
        kept: list[Answer] = []
        term = self._single()
        found = counts.units_with(self.store, term) if term else 0
        if term and limit is not None and found > FEW:
            from planq.index.top import top

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
        plain = self.selection.everything and self.scope == "block" and not self.word
        if plain and isinstance(self.expression, Term) and exact(self.expression.folded):
            return self.expression.folded
        return ""

    def answers(self) -> Iterator[Answer]:
        """Every unit that answers, in no order."""
        if self.scope != "block":
            from planq.index.scope import answers_in_scope

            return answers_in_scope(
                self.store, self.expression, self.selection, self.scope, self._score, self.word
            )
        return self._answers()

    def _answers(self) -> Iterator[Answer]:
        for seq, kind, id, text, bounds in proposed(self.store, self.expression, self.selection):
            unit = Unit(fold(unblob(text)), bounds, word=self.word)
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
        from planq.index.groups import grouped

        return grouped(self.store, self.selection, group, self.answers())

    def _suggest(self) -> list[str]:
        from planq.index.suggest import suggestions

        return suggestions(self.store, self.query, self.terms)
