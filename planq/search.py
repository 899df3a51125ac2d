"""Searching one plan: the query goes to the plan's compiled form, which is made if it is not there.

Literal first: every occurrence of a term in the folded text is found, and nothing else; words rank,
count and answer questions. The query language, ranking and index live in `planq.index`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.index.results import Count, Hit, Match, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from planq.model import Plan

__all__ = ["Count", "Hit", "Match", "Results", "search"]


def search(
    plan: Plan,
    query: str,
    *,
    within: str | Sequence[str] = (),
    kinds: str | Iterable[str] = (),
    sort: str = "relevance",
    limit: int | None = None,
    literal: bool = False,
    regex: bool = False,
    word: bool = False,
    words: bool = False,
    any: bool = False,
    scope: str = "block",
    dictionaries: Sequence[Path] = (),
) -> Results:
    """Everything in `plan` that answers `query`; see `Plan.search`.

    `dictionaries` are files of words that the segmenter is to keep whole.
    """
    from planq.compiled import store_of
    from planq.index.search import search as ask

    addresses = []
    if within:
        from planq.address import Address

        asked = [within] if isinstance(within, str) else within
        addresses = [Address.parse(node.id) for each in asked for node in plan.resolve(each)]
    store = store_of(plan, dictionaries)
    return ask(
        store, query, plans=None if len(store.plan_ids()) == 1 else [plan.id], within=addresses,
        scope=scope, kinds=[kinds] if isinstance(kinds, str) else kinds, sort=sort, limit=limit, word=word, words=words, any=any,
        fixed=literal, regex=regex,
    )  # fmt: skip
