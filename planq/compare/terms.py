"""Words that come, go, rise and fall from one plan to another, and how sure that is.

The statistic is the log-likelihood ratio G² of T. Dunning, "Accurate Methods for the Statistics of
Surprise and Coincidence", Computational Linguistics 19(1), 1993, in the form P. Rayson and
R. Garside give for two corpora ("Comparing Corpora using Frequency Profiling", Proc. Workshop on
Comparing Corpora, ACL 2000): with a and b occurrences in corpora of c and d,

    E1 = c (a + b) / (c + d),  E2 = d (a + b) / (c + d),  G² = 2 (a ln(a/E1) + b ln(b/E2)).

Sizes are folded characters, the places where a term may begin. G² is compared with χ² of one degree
of freedom. Thousands of words are tested at once, and words of one text are not independent: the
levels order what is worth reading, they prove nothing. How many were tested is told with them.

Words come from the indexes, counts from the folded text: 国民 is counted inside 国民经济 as well, so that
what is new or gone stands nowhere in the other text.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Annotated

    from planq.plan.tree import Node
    from planq.schemas.fields import Field, Natural
    from planq.store.compiled import Opened

#: χ² with one degree of freedom exceeds these with probability p, by chance alone.
LEVELS = ((15.13, 0.0001), (10.83, 0.001), (6.63, 0.01), (3.84, 0.05))

#: A word that the two plans have fewer times together is not listed: one is none.
LEAST = 3


#: How a term changes from `a` to `b`.
CHANGES = ("new", "gone", "risen", "fallen", "same")


class TermChange(NamedTuple):
    """A term's counts in `a` and `b`, its rates per 10,000 folded characters, G² and its level.

    `change` is new, gone, risen, fallen or same; `p` the level that G² passes, None if it passes
    not even the weakest.
    """

    term: str
    change: Annotated[str, CHANGES]
    a: Natural
    b: Natural
    rate_a: Annotated[float, Field("Per 10,000 characters.", minimum=0)]
    rate_b: Annotated[float, Field("Per 10,000 characters.", minimum=0)]
    g2: float
    p: Annotated[float | None, Field("The level that G² passes.")]


def g2(a: int, b: int, c: int, d: int) -> float:
    """The log-likelihood ratio of `a` occurrences in `c` places and `b` in `d` (see above)."""
    if not (a + b and c and d):
        return 0.0
    expected_a, expected_b = c * (a + b) / (c + d), d * (a + b) / (c + d)
    found = 2 * (
        (a * math.log(a / expected_a) if a else 0.0) + (b * math.log(b / expected_b) if b else 0.0)
    )
    return max(0.0, found)


def level(statistic: float) -> float | None:
    """The smallest p of LEVELS whose critical value `statistic` reaches."""
    return next((p for critical, p in LEVELS if statistic >= critical), None)


def literal_changes(
    tops: tuple[Sequence[Node], Sequence[Node]], terms: Sequence[str]
) -> tuple[list[TermChange], tuple[int, int], str]:
    """How each of `terms` changes, by its occurrences in the folded text, whatever words it cuts."""
    asked = list(dict.fromkeys(terms))
    (a, b), sizes = _literal(tops, asked)
    return _changes(asked, a, b, sizes), sizes, ""


def _literal(
    tops: tuple[Sequence[Node], Sequence[Node]], terms: Sequence[str]
) -> tuple[tuple[Counter[str], Counter[str]], tuple[int, int]]:
    """How often each of `terms` stands in the folded text of both sides, and how long those are."""
    texts = [_folded(side) for side in tops]
    # Nothing folds to a line break, so no term is found across two pieces.
    joined = ["\n".join(pieces) for pieces in texts]
    counts = Counter[str](), Counter[str]()
    for term in terms:
        folded = fold(term)
        for side, text in enumerate(joined):
            counts[side][term] = text.count(folded)
    return counts, (sum(map(len, texts[0])), sum(map(len, texts[1])))


def word_changes(
    plans: tuple[Opened, Opened], tops: tuple[Sequence[Node], Sequence[Node]], *, whole: bool
) -> tuple[list[TermChange], tuple[int, int], int, str]:
    """Words whose rate changes at p < 0.05, of those the plans' indexes cut LEAST times in both.

    They are counted literally, inside longer words too. Function words, numbers, headings' labels and
    single characters are left out. Then the sizes, how many words were tested, and a doubt or nothing.
    """
    from planq.plan.address import Address
    from planq.search.vocabulary import vocabulary
    from planq.store.compiled import store_of

    found = []
    for opened, side in zip(plans, tops, strict=True):
        within = [] if whole else [Address.parse(node.id) for node in side]
        found.append(vocabulary(store_of(opened), opened.tree.id, within))
    a, b = found
    both = a.words + b.words
    terms = sorted(term for term, n in both.items() if n >= LEAST)
    counts, sizes = _literal(tops, terms)
    changes = [each for each in _changes(terms, *counts, sizes) if each.p is not None]
    notice = (
        ""
        if a.segmenter == b.segmenter
        else f"{plans[0].tree.id} and {plans[1].tree.id} were cut into words by different dictionaries"
    )
    return changes, sizes, len(terms), notice


def _changes(
    terms: Sequence[str], a: Mapping[str, int], b: Mapping[str, int], sizes: tuple[int, int]
) -> list[TermChange]:
    made = []
    for term in terms:
        in_a, in_b = a.get(term, 0), b.get(term, 0)
        rate_a, rate_b = _rate(in_a, sizes[0]), _rate(in_b, sizes[1])
        if rate_a == rate_b:
            change = "same"
        elif not in_a or not in_b:
            change = "gone" if in_a else "new"
        else:
            change = "risen" if rate_b > rate_a else "fallen"
        statistic = g2(in_a, in_b, *sizes)
        made.append(
            TermChange(term, change, in_a, in_b, rate_a, rate_b, statistic, level(statistic))
        )
    return sorted(made, key=lambda each: (-each.g2, each.term))


def _rate(count: int, chars: int) -> float:
    return count * 10_000 / chars if chars else 0.0


def _folded(tops: Sequence[Node]) -> list[str]:
    nodes = [node for top in tops for node in top.walk()]
    return [fold(text) for node in nodes for text in (node.own_text, node.header_text) if text]
