"""The best few of very many units that hold one term, without scoring them all.

Let u hold the folded term t, tf(t, u) times. Its score is at most idf(t) (1 + s(norm(u), tf(t, u))),
and tf(t, u) is at most the count in u of any pair of characters of t. The index lists the units that
hold t (stream 1) and, for a pair g of t, those that hold g exactly n times, n = 2, 3, … (stream n),
each in the order of their norm class, that is of falling bound, equal bounds in reading order. u is
on stream tf(g, u) and on stream 1, so it is on a stream whose bound for it is good. The streams are
merged by bound; each unit met is scored from its text; once the k-th best score so far is at least
the next bound, no unit to come can take its place, neither by score nor, at equal score, by reading
order. (The threshold algorithm of Fagin, Lotem and Naor, "Optimal aggregation algorithms for
middleware", J. Comput. Syst. Sci. 66, 2003, on lists kept in impact order.)

A single character is a whole word exactly where the segmenter made it one, which the index knows
too: units with it as a word all come before the others, and no text need be read to score them.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from planq.matching import counts
from planq.matching.evaluate import Answer, Unit
from planq.store.ranking import idf, level, norm_class, score, stands
from planq.store.schema import SEQ_BITS, SEQ_MASK, unblob
from planq.store.tokens import encoded, phrase
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planq.store.store import Store

#: A bound to merge by: (-bound without idf, unit).
_Bound = tuple[float, int]


def top(store: Store, term: str, found: int, limit: int, sort: str) -> list[Answer]:
    """The first `limit` answers to a folded `term` that `found` units of the store hold."""
    if not limit:
        return []
    weight = idf(counts.units(store), found)
    if sort == "document":
        return _first(store, term, limit, weight)
    if len(term) == 1:
        return _best_character(store, term, limit, weight)
    return _best(store, term, limit, weight)


def _best(store: Store, term: str, limit: int, weight: float) -> list[Answer]:
    pair, times = (
        (term, counts.repeats(store, term))
        if len(term) == 2
        else counts.least_repeated(store, term)
    )
    streams = [_stream(store, "gram", phrase(term), 1, True)]
    streams += [_stream(store, "tier", f'"m{encoded(pair)}{n}"', n, True) for n in times]
    best: list[tuple[float, int, Answer]] = []
    seen: set[int] = set()
    for bound, seq in heapq.merge(*streams):
        if len(best) == limit and (best[0][0], best[0][1]) >= (-bound, -seq):
            break
        if seq in seen:
            continue
        seen.add(seq)
        answer = _scored(store, term, seq, 1.0)
        if answer is not None:
            entry = (answer.score, -seq, answer)
            if len(best) < limit:
                heapq.heappush(best, entry)
            elif entry[:2] > best[0][:2]:
                heapq.heapreplace(best, entry)
    best.sort(reverse=True)
    return [answer._replace(score=answer.score * weight) for _, _, answer in best]


def _best_character(store: Store, term: str, limit: int, weight: float) -> list[Answer]:
    char = encoded(term)
    times = counts.repeats(store, term)
    kept: list[int] = []
    for mark, whole in ((f'"w{char}"', True), (f'"c{char}" NOT "w{char}"', False)):
        streams = [_stream(store, "tier", mark, 1, whole)]
        streams += [
            _stream(store, "tier", f'("m{char}{n}" AND "w{char}")' if whole else
                    f'"m{char}{n}" NOT "w{char}"', n, whole)
            for n in times
        ]  # fmt: skip
        # A unit comes first with its true count, whose bound is highest, and that is its score.
        for _, seq in heapq.merge(*streams):
            if len(kept) == limit:
                break
            if seq not in kept:
                kept.append(seq)
    answers = [_scored(store, term, seq, weight) for seq in kept]
    return [answer for answer in answers if answer is not None]


def _first(store: Store, term: str, limit: int, weight: float) -> list[Answer]:
    table, asked = ("tier", f'"c{encoded(term)}"') if len(term) == 1 else ("gram", phrase(term))
    rows = store.con.execute(
        f"SELECT rowid & {SEQ_MASK} AS seq FROM {table} WHERE {table} MATCH ? ORDER BY seq LIMIT ?",
        (asked, limit),
    ).fetchall()
    answers = [_scored(store, term, seq, weight) for (seq,) in rows]
    return [answer for answer in answers if answer is not None]


def _stream(store: Store, table: str, asked: str, tf: int, whole: bool) -> Iterator[_Bound]:
    rows = store.con.execute(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid", (asked,)
    )
    for (row,) in rows:
        yield -score(row >> SEQ_BITS, tf, whole), row & SEQ_MASK


def _scored(store: Store, term: str, seq: int, weight: float) -> Answer | None:
    row = store.con.execute("SELECT kind, id, text, bounds FROM unit WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        return None
    kind, id, text, bounds = row
    unit = Unit(fold(unblob(text)), bounds)
    found = unit.occurrences(term)
    if not found:
        return None
    at = level(kind, id)
    norm = norm_class(len(unit.text), at)
    return Answer(weight * score(norm, len(found), stands(unit, found, at)), seq, {term: found})
