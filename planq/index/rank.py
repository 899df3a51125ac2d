"""The score of a unit, and the classes that let the index keep units in the order of their norm.

BM25 after S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3(4), 2009, eq. 3.15, without the constant factor
k1 + 1, and with

    idf(t)      = ln(1 + (N - n + 0.5) / (n + 0.5))      N units, n of them with t
    s(t, u)     = tf / (tf + norm(u))                    tf: occurrences without overlap
    norm(u)     = k1 (1 - b + b length / PIVOT) / weight  weight: HEADING_WEIGHT for headings
    score(q, u) = sum over the terms of idf(t) (s(t, u) + [some occurrence is whole words])

A heading's weight works as a BM25F field weight: each occurrence there counts that many times. The
mean length is the constant PIVOT, so that a unit's score does not change because a neighbour was
added. Since s < 1, a unit in which a term stands as words comes before every unit in which it only
crosses them. norm is rounded to one of CLASSES steps, a length norm in one byte as Lucene keeps it,
and equal scores stay in reading order.
"""

from __future__ import annotations

from math import log

from planq.index.schema import SEQ_BITS
from planq.model import HEADINGS, KINDS

K1 = 1.2
B = 0.75
#: Characters; about the mean length of a unit in the plans at hand.
PIVOT = 80
HEADING_WEIGHT = 3.0
CLASSES = 64
_LEAST = 0.1
_RATIO = 1.1
NORMS = tuple(_LEAST * _RATIO**step for step in range(CLASSES))


#: Kinds, as the store numbers them, whose units weigh as headings.
HEADING_KINDS = frozenset(KINDS.index(kind) for kind in HEADINGS)


def norm_class(chars: int, heading: bool) -> int:
    """The norm class of a unit of `chars` folded characters; the lower, the better it scores."""
    norm = K1 * (1 - B + B * chars / PIVOT) / (HEADING_WEIGHT if heading else 1.0)
    return min(CLASSES - 1, max(0, round(log(norm / _LEAST) / log(_RATIO))))


def rowid(seq: int, chars: int, heading: bool) -> int:
    """The FTS5 rowid of unit `seq`."""
    return norm_class(chars, heading) << SEQ_BITS | seq


def score(norm: int, tf: int, whole: bool) -> float:
    """What a term adds to the score of a unit of class `norm` that holds it `tf` times, over its idf.

    `whole` says whether some occurrence is whole words.
    """
    return whole + tf / (tf + NORMS[norm])


def idf(units: int, found: int) -> float:
    """The weight of a term found in `found` of `units` units."""
    return log(1 + (max(units - found, 0) + 0.5) / (found + 0.5))
