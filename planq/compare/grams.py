"""How alike two Chinese texts are, by the pairs of characters they share: quick, and blind to the
order of sentences."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def grams(text: str) -> Counter[str]:
    """The pairs of neighbouring letters, digits and ideographs of the folded text, counted."""
    kept = [char if char.isalnum() else " " for char in fold(text)]
    pairs = ("".join(pair) for pair in pairwise(kept))
    return Counter(pair for pair in pairs if " " not in pair)


def dice(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Shared pairs as a share of all, 0 to 1 (Dice 1945); two texts without any are not alike."""
    total = sum(a.values()) + sum(b.values())
    if len(b) < len(a):
        a, b = b, a
    return 2 * sum(min(n, b[pair]) for pair, n in a.items() if pair in b) / total if total else 0.0


def weights(texts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """ln(N / df) of every pair: what stands in most texts tells nothing about any."""
    spread = Counter(pair for each in texts for pair in each)
    return {pair: math.log((len(texts) + 1) / (n + 0.5)) for pair, n in spread.items()}


def weighed(text: Mapping[str, int], weight: Mapping[str, float]) -> dict[str, float]:
    """The pairs of `text`, each counting for its weight as often as it occurs."""
    return {pair: n * weight[pair] for pair, n in text.items()}


def cosines(
    a: Sequence[Mapping[str, int]], b: Sequence[Mapping[str, int]], weight: Mapping[str, float]
) -> dict[tuple[int, int], float]:
    """The cosine of every two texts that share a pair, by their places in `a` and `b`.

    Pairs count (1 + ln tf) times their weight; the work grows with the shared pairs, not with the
    length of the texts.
    """
    weighted = [
        [{pair: (1 + math.log(n)) * weight[pair] for pair, n in each.items()} for each in side]
        for side in (a, b)
    ]
    norms = [[math.sqrt(sum(w * w for w in each.values())) for each in side] for side in weighted]
    holders: dict[str, list[tuple[int, float]]] = {}
    for j, each in enumerate(weighted[1]):
        for pair, w in each.items():
            holders.setdefault(pair, []).append((j, w))
    found: dict[tuple[int, int], float] = {}
    for i, each in enumerate(weighted[0]):
        row = [0.0] * len(b)
        for pair, w in each.items():
            for j, other in holders.get(pair, ()):
                row[j] += w * other
        for j, dot in enumerate(row):
            if dot:
                found[i, j] = dot / (norms[0][i] * norms[1][j])
    return found
