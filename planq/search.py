"""Literal search by scanning folded text: every occurrence of every term, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import QueryError
from planq.text import fold, fold_map

if TYPE_CHECKING:
    from planq.model import Node, Page, Plan, Span


class Match(NamedTuple):
    """One occurrence: half-open code points in the hit's text."""

    start: int
    end: int


class Hit(NamedTuple):
    """A block or heading in which the query occurs; `source` are its spans in the source text."""

    id: str
    kind: str
    path: list[str]
    page: Page | None
    page_exact: bool
    score: float
    text: str
    matches: list[Match]
    source: list[Span]


def parse_query(query: str, *, fixed: bool = False) -> list[str]:
    """The folded terms of `query`: white space separates, a pair of quotation marks round a whole
    term makes a phrase, `fixed` takes everything as one literal string. Raises QueryError if none.
    """
    terms: list[str] = []
    if fixed:
        terms = [fold(query)]
    else:
        for match in re.finditer(r'["“]([^"“”]*)["”](?=\s|\Z)|\S+', query):
            quoted = match.group(1)
            # A pair round nothing but itself is text: people do search for “”.
            term = fold(quoted) if quoted is not None else ""
            terms.append(term or fold(match.group()))
    terms = [term for term in terms if term]
    if not terms:
        raise QueryError("the query is empty: give at least one character to look for")
    return list(dict.fromkeys(terms))


def units(nodes: Iterable[Node]) -> Iterator[tuple[Node, str, tuple[Span, ...]]]:
    """What can be found: each node's own words, and a table's header row, with their spans."""
    for node in nodes:
        if node.spans:
            yield node, node.own_text, node.spans
        if node.header:
            yield node, node.header_text, node.header


def search(
    plan: Plan,
    terms: list[str],
    *,
    within: Iterable[Node] | None = None,
    kinds: Iterable[str] = (),
) -> Iterator[Hit]:
    """Hits in reading order: every unit in which all folded `terms` occur.

    Occurrences of one term are counted left to right without overlap, as `str.count` does.
    """
    wanted = set(kinds)
    nodes = plan.walk() if within is None else (n for top in within for n in top.walk())
    for node, text, spans in units(nodes):
        if wanted and node.kind not in wanted and not ("heading" in wanted and node.is_heading):
            continue
        folded = fold_map(text)
        if any(term not in folded.text for term in terms):
            continue
        found: set[Match] = set()
        for term in terms:
            at = folded.text.find(term)
            while at >= 0:
                found.add(Match(*folded.span(at, at + len(term))))
                at = folded.text.find(term, at + len(term))
        matches = sorted(found)
        score = len(matches) * (2.0 if node.is_heading else 1.0)
        yield Hit(
            node.id, node.kind, node.path, node.page, node.page_exact, score, text, matches,
            list(spans),
        )  # fmt: skip
