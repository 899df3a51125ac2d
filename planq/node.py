"""A place in a plan: a heading with what stands under it, or a block, by its spans.

Nodes hold half-open code-point spans into the source text, never copies of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planq.model import Tree

#: The values of `kind`, in the contract's order.
KINDS = ("preface", "part", "chapter", "section", "subsection", "item", "paragraph", "box", "row",
         "table", "figure", "note")  # fmt: skip
#: Kinds that carry a heading and hold other nodes.
HEADINGS = frozenset(
    {"preface", "part", "chapter", "section", "subsection", "item", "box", "table"}
)

Span = tuple[int, int]
Page = tuple[int, int]


class Part(NamedTuple):
    """A stretch of the source that belongs to no node: title, contents, repeated header, …"""

    name: str
    start: int
    end: int


class ContentsEntry(NamedTuple):
    """A line of the printed contents: its label and title, the page it names, and its span."""

    label: str
    title: str
    page: int | None
    start: int
    end: int


class Node:
    """A heading with what stands under it, or a block (a leaf: paragraph, row, figure, note).

    `spans` are the node's own words: the heading's line, or the block's text. `page` is the
    inclusive range of printed pages on which those words stand (for a heading, its own page), None
    where the plan has none; `page_exact` says whether that range is known or only bounds it.
    `cells` are a row's cells (name and content for an item of a box), verbatim; `columns` the
    column names of a box or table that has a header row, and `header` that row's spans.
    """

    __slots__ = ("cells", "children", "columns", "header", "id", "kind", "label", "number",
                 "page", "page_exact", "parent", "plan", "spans", "title")  # fmt: skip

    def __init__(
        self,
        id: str,
        kind: str,
        *,
        label: str = "",
        number: int | None = None,
        title: str = "",
        spans: Sequence[Span] = (),
        page: Page | None = None,
        page_exact: bool = False,
        cells: tuple[str, ...] = (),
        columns: tuple[str, ...] = (),
        header: Sequence[Span] = (),
        children: Sequence[Node] = (),
    ) -> None:
        self.id = id
        self.kind = kind
        self.label = label
        self.number = number
        self.title = title
        self.spans = tuple(spans)
        self.page = page
        self.page_exact = page_exact
        self.cells = cells
        self.columns = columns
        self.header = tuple(header)
        self.children = tuple(children)
        self.parent: Node | None = None
        self.plan: Tree | None = None

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id} {self.heading or self.own_text[:20]!r}>"

    @property
    def address(self) -> str:
        """The address as records have it: `id`, behind the plan's while several plans are asked."""
        return self.plan.prefix + self.id if self.plan else self.id

    @property
    def is_heading(self) -> bool:
        """Whether this node holds others (False: it is a block)."""
        return self.kind in HEADINGS

    @property
    def start(self) -> int:
        """The code point at which the node's own words begin (its first child's, if it has none)."""
        if self.spans:
            return self.spans[0][0]
        return self.children[0].start if self.children else 0

    @property
    def end(self) -> int:
        """The code point after the last one of the node and everything under it."""
        own = max((end for _, end in (*self.spans, *self.header)), default=0)
        return max(own, self.children[-1].end) if self.children else own

    @property
    def heading(self) -> str:
        """Label and title as one line: `第三章 …`, `一、…`, `专栏 4 …`; empty for a block."""
        if not self.label:
            return self.title
        tight = self.label[-1] in "、.．)）】〕]，"
        return self.label + ("" if tight or not self.title else " ") + self.title

    @property
    def path(self) -> list[str]:
        """The headings above this node, outermost first."""
        above: list[str] = []
        node = self.parent
        while node is not None:
            above.append(node.heading)
            node = node.parent
        return above[::-1]

    @property
    def own_text(self) -> str:
        """The node's own words, verbatim: its spans joined, nothing inserted."""
        return self._joined(self.spans)

    @property
    def header_text(self) -> str:
        """The header row of a box or table, verbatim; empty where it has none."""
        return self._joined(self.header)

    def _joined(self, spans: Sequence[Span]) -> str:
        source = self.plan.source if self.plan else ""
        return "".join([source[start:end] for start, end in spans])

    @property
    def text(self) -> str:
        """The verbatim text: a block's words, or a heading and all blocks under it, a line each."""
        if not self.is_heading:
            return self.own_text
        lines = [line for node in self.walk() for line in (node.own_text, node.header_text) if line]
        return "\n".join(lines)

    @property
    def content(self) -> str:
        """The text under a heading without the heading itself; a row's last cell."""
        if self.cells:
            return self.cells[-1]
        return "\n".join(child.text for child in self.children) or self.own_text

    @property
    def extent(self) -> tuple[Page | None, bool]:
        """The pages from the node's first word to its last, and whether both are known exactly."""
        first = last = self
        while last.children:
            last = last.children[-1]
        if first.page is None or last.page is None:
            return None, False
        return (
            first.page[0],
            max(first.page[1], last.page[1]),
        ), first.page_exact and last.page_exact

    def walk(self) -> Iterator[Node]:
        """This node and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()
