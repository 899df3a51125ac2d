"""A section's text in two plans: which passages answer to which, and what was written anew.

Passages (blocks) are paired in order by the pairs of characters they share; inside a pair the
differences are found clause by clause, and only inside changed clauses character by character, so
that the work stays small however long the passages are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.compare.grams import dice, grams
from planq.patterns import lazy_compile

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from planq.plan.tree import Node

#: Passages answer to each other from this share of common pairs on; clauses are compared in
#: characters from it on, and shown as one replaced by the other below it.
LEAST = 0.35
_CLAUSE = lazy_compile(r"[^，。；：！？、]*[，。；：！？、]?")
_LONGEST = 400


class Passage(NamedTuple):
    """A block of `a`, the one of `b` that answers to it, and their words as edits.

    An edit is (`=`, words in both), (`-`, words of `a` only) or (`+`, words of `b` only); joined,
    `=` and `-` are the text in `a`, `=` and `+` the text in `b`.
    """

    a: Node | None
    b: Node | None
    edits: list[tuple[str, str]]


def passages(a: Sequence[Node], b: Sequence[Node]) -> list[Passage]:
    """Everything under `a` and `b`, verbatim, in reading order."""
    mine = [node for top in a for node in top.walk() if node.own_text]
    theirs = [node for top in b for node in top.walk() if node.own_text]
    made: list[Passage] = []
    i = j = 0
    for at, to in [*_in_order(mine, theirs), (len(mine), len(theirs))]:
        made += [Passage(node, None, [("-", node.own_text)]) for node in mine[i:at]]
        made += [Passage(None, node, [("+", node.own_text)]) for node in theirs[j:to]]
        if at < len(mine):
            first, second = mine[at], theirs[to]
            made.append(Passage(first, second, edits(first.own_text, second.own_text)))
        i, j = at + 1, to + 1
    return made


def edits(a: str, b: str) -> list[tuple[str, str]]:
    """The edits that make `b` of `a`, neighbours of one kind merged."""
    made: list[tuple[str, str]] = []
    for kind, words in _clauses(a, b):
        if words and made and made[-1][0] == kind:
            made[-1] = (kind, made[-1][1] + words)
        elif words:
            made.append((kind, words))
    return made


def _clauses(a: str, b: str) -> Iterator[tuple[str, str]]:
    from difflib import SequenceMatcher

    mine = [m[0] for m in _CLAUSE.finditer(a) if m[0]]
    theirs = [m[0] for m in _CLAUSE.finditer(b) if m[0]]
    for tag, i, k, j, m in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        first, second = "".join(mine[i:k]), "".join(theirs[j:m])
        if tag == "equal":
            yield "=", first
        elif tag == "replace" and dice(grams(first), grams(second)) >= LEAST:
            yield from _characters(first, second)
        else:
            yield "-", first
            yield "+", second


def _characters(a: str, b: str) -> Iterator[tuple[str, str]]:
    from difflib import SequenceMatcher

    if max(len(a), len(b)) > _LONGEST:
        yield from (("-", a), ("+", b))
        return
    for tag, i, k, j, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "=", a[i:k]
        else:
            yield "-", a[i:k]
            yield "+", b[j:m]


def _in_order(a: Sequence[Node], b: Sequence[Node]) -> list[tuple[int, int]]:
    """The pairs of places, rising on both sides, whose likenesses sum to the most."""
    mine, theirs = [_grams(node) for node in a], [_grams(node) for node in b]
    wide = len(b) + 1
    best = [[0.0] * wide for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            score = _score(a[i], mine[i], b[j], theirs[j])
            paired = score + best[i + 1][j + 1] if score >= LEAST else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(a) and j < len(b):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _grams(node: Node) -> Counter[str]:
    return grams(node.title if node.is_heading and node.title else node.own_text)


def _score(a: Node, grams_a: Counter[str], b: Node, grams_b: Counter[str]) -> float:
    sizes = sorted((grams_a.total(), grams_b.total()))
    # No more than the smaller can be shared: most pairs need no looking into.
    if a.is_heading != b.is_heading or 2 * sizes[0] < LEAST * sum(sizes):
        return 0.0
    return dice(grams_a, grams_b)
