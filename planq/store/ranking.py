"""The score of a unit, and the classes that let the index keep units in the order of their norm.

BM25 after S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3(4), 2009, eq. 3.15, without the constant factor
k1 + 1, and with

    idf(t)      = ln(1 + (N - n + 0.5) / (n + 0.5))      N units, n of them with t
    s(t, u)     = tf / (tf + norm(u))                    tf: occurrences without overlap
    norm(u)     = k1 (1 - b + b length / PIVOT) / weight  weight: WEIGHTS[level(u)]
    score(q, u) = sum over the terms of idf(t) (s(t, u) + [some occurrence is whole words])

A heading's weight works as a BM25F field weight: each occurrence there counts that many times. It
is the greater the more stands under the heading: what a chapter is called says what the chapter is
about, and comes before a subsection's name, which comes about where a passage does that has the
term often. The mean length is the constant PIVOT, so that a unit's score does not change because a
neighbour was added. Since s < 1, a unit in which a term stands as words comes before every unit in
which it only crosses them; in a heading one end at a word's boundary is enough, for there jieba's
compounds (交通运输, 应急管理体系) hide what the heading says. norm is rounded to one of CLASSES steps,
a length norm in one byte as Lucene keeps it, and equal scores stay in reading order.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from planq.plan.tree import HEADINGS, KINDS
from planq.store.schema import SEQ_BITS

if TYPE_CHECKING:
    from planq.matching.evaluate import Unit

K1 = 1.2
B = 0.75
#: Characters; about the mean length of a unit in the plans at hand.
PIVOT = 80
#: By level: outermost headings, those under them, deeper ones with boxes and tables, all other units.
WEIGHTS = (16.0, 6.0, 2.0, 1.0)
CLASSES = 96
_LEAST = 0.1 / 1.1**20
_RATIO = 1.1
NORMS = tuple(_LEAST * _RATIO**step for step in range(CLASSES))


_HEADINGS = frozenset(KINDS.index(kind) for kind in HEADINGS)
_APART = frozenset(KINDS.index(kind) for kind in ("box", "table", "figure"))
#: The level of what is no heading.
LEAF = 3


def level(kind: int, id: str) -> int:
    """The level of the unit of node `id`, its kind as the store numbers it: an index of WEIGHTS."""
    if kind not in _HEADINGS:
        return LEAF
    return 2 if kind in _APART else min(id.rpartition("/")[2].count("."), 2)


def norm_class(chars: int, level: int) -> int:
    """The norm class of a unit of `chars` folded characters; the lower, the better it scores."""
    norm = K1 * (1 - B + B * chars / PIVOT) / WEIGHTS[level]
    return min(CLASSES - 1, max(0, round(log(norm / _LEAST) / log(_RATIO))))


def rowid(seq: int, chars: int, level: int) -> int:
    """The FTS5 rowid of unit `seq`."""
    return norm_class(chars, level) << SEQ_BITS | seq


def stands(unit: Unit, found: list[tuple[int, int]], level: int) -> bool:
    """Whether some occurrence in a unit of this level stands as words.

    One character does where the segmenter made it a word, in a heading as elsewhere.
    """
    if any(unit.whole(start, end) for start, end in found):
        return True
    return level < LEAF and any(
        end - start > 1 and (unit.edge(start) or unit.edge(end)) for start, end in found
    )


def score(norm: int, tf: int, whole: bool) -> float:
    """What a term adds to the score of a unit of class `norm` that holds it `tf` times, over its idf.

    `whole` says whether some occurrence is whole words.
    """
    return whole + tf / (tf + NORMS[norm])


def idf(units: int, found: int) -> float:
    """The weight of a term found in `found` of `units` units."""
    return log(1 + (max(units - found, 0) + 0.5) / (found + 0.5))
