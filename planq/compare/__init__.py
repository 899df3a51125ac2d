"""Two plans side by side: their sections, their words, their indicators, one section's text.

`a` and `b` are always the two plans in the order in which they were named; what is *new* or *risen*
is so in `b`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planq.compare.indicators import SideBySide, side_by_side
from planq.compare.passages import Passage, passages
from planq.compare.sections import Pair, align, outermost, partner
from planq.compare.terms import TermChange, literal_changes, word_changes
from planq.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.tree import Node, Tree
    from planq.store.compiled import Opened

__all__ = ["Comparison", "Pair", "Passage", "SideBySide", "TermChange", "compare"]


class Comparison(NamedTuple):
    """What differs: `sections` in the order of `a` (then those only in `b`), `terms` by falling
    log-likelihood, `indicators`, and with a part asked for its `passages`, verbatim.

    `chars` are the folded characters compared, in `a` and in `b`; `tested` is how many words were
    tested for `terms`; `notice` is a doubt, or empty.
    """

    a: Tree
    b: Tree
    chars: tuple[int, int]
    sections: list[Pair]
    terms: list[TermChange]
    indicators: list[SideBySide]
    passages: list[Passage]
    notice: str = ""
    tested: int = 0

    @property
    def by_chance(self) -> int:
        """How many of the tested words would pass p < 0.05 were the plans alike."""
        return round(self.tested * 0.05)

    def first(self, n: int) -> Comparison:
        """At most `n` sections, terms of each change, and indicators."""
        shown: Counter[str] = Counter()
        terms = []
        for term in self.terms:
            shown[term.change] += 1
            if shown[term.change] <= n:
                terms.append(term)
        return self._replace(
            sections=self.sections[:n], terms=terms, indicators=self.indicators[:n]
        )


def compare(
    mine: Opened, other: Opened, *, within: str | None = None, terms: Sequence[str] = ()
) -> Comparison:
    """Compare plan `mine`, called a, with plan `other`, called b, or what stands at the address
    `within` in a with what answers to it in b.

    With `terms` those are counted, literally; without, the words of both plans. Raises AddressError
    when a has no `within`, or nothing in b answers to it.
    """
    a, b = mine.tree, other.tree
    tops: tuple[list[Node], list[Node]] = (list(a.children), list(b.children))
    asked: list[Pair] = []
    if within is not None:
        parts = a.resolve(within)
        asked = [partner(node, b) for node in parts]
        tops = (parts, outermost([pair.b for pair in asked if pair.b]))
        if not tops[1]:
            words = " and ".join(f"{node.id} {node.heading}" for node in parts)
            raise AddressError("nothing in {id} answers to {words}", id=b.id, words=words)
    sections = align(*tops, asked)
    if terms:
        changes, chars, notice = literal_changes(tops, terms)
        tested = len(changes)
    else:
        changes, chars, tested, notice = word_changes((mine, other), tops, whole=not within)
    return Comparison(
        a,
        b,
        chars,
        sections,
        changes,
        side_by_side(*tops),
        passages(*tops) if within else [],
        notice,
        tested,
    )
