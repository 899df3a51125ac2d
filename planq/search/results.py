"""What a search gives back: hits, totals, and counts by chapter, section or plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Annotated

    from planq.matching.groups import Count
    from planq.plan.tree import KINDS
    from planq.schemas.fields import Address, Exact, Field, Headings, Natural, Pages, SourceSpans


class Match(NamedTuple):
    """Half-open code points in text.

    `word` says whether it begins and ends on the segmenter's word boundaries.
    """

    start: Natural
    end: Natural
    word: Annotated[bool, Field("Whether it begins and ends on the segmenter's word boundaries.")]


class Hit(NamedTuple):
    """A block or heading in which the query occurs.

    A unit that answers the query: a heading's own words, a table's header row, or a block.

    `id` and `kind` are its node's, `path` the headings above it, outermost first; `text` its words
    verbatim, `matches` the occurrences in it in reading order, `source` its spans in the source
    text of `plan` (code points, half-open).
    """

    id: Address
    kind: Annotated[str, KINDS]
    path: Headings
    page: Pages
    page_exact: Exact
    score: float
    text: Annotated[str, Field("The block, verbatim.")]
    matches: list[Match]
    source: SourceSpans
    plan: str

    @staticmethod
    def hidden() -> tuple[str, ...]:
        """Fields that are no property of the record."""
        return ("plan",)


class Results:
    """The hits asked for, and the totals over all of them.

    `matches` counts occurrences, of one term without overlap; `blocks` the units that hold any.
    """

    def __init__(
        self,
        hits: list[Hit],
        matches: int,
        blocks: int,
        groups: Callable[[str], list[Count]],
        suggest: Callable[[], list[str]],
        terms: list[str],
    ) -> None:
        self.hits = hits
        self.matches = matches
        self.blocks = blocks
        #: The folded terms that were looked for (with `words`, the words of the question).
        self.terms = terms
        self._groups = groups
        self._suggest = suggest

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        return self.hits[index]

    def __repr__(self) -> str:
        return f"<Results {self.matches} matches in {self.blocks} blocks, {len(self)} hits>"

    def by(self, group: str) -> list[Count]:
        """Counts by "chapter", "section" or "plan", in reading order; groups without any left out.

        A chapter is the outermost heading below any part, a section the next one below that; what
        stands directly under a chapter counts as its own section. The last row, with an empty id,
        is the total over everything that was searched.
        """
        return self._groups(group)

    def suggestions(self) -> list[str]:
        """Sentences that help when nothing was found; each is one line."""
        return self._suggest()
