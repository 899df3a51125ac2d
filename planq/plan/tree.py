"""The tree of a plan: what a parser makes, an index stores and every command reads.

Nothing here does I/O, and nothing here is slow to import: these types are on the way of every
answer.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.errors import AddressError

if TYPE_CHECKING:
    from planq.plan.address import Address

__all__ = ["HEADINGS", "KINDS", "ContentsEntry", "Node", "Page", "Part", "Span", "Tree"]


#: What a tree is made of, by the names of its constructor.
_MADE_OF = ("id", "title", "source", "name", "sha256", "children", "parts", "contents", "meta")


class Tree:
    """A plan's text and its tree; `tree["3.2"]` finds a node by any accepted address.

    `source` is the text, code points; `parts` name what belongs to no node; `meta` holds the
    bibliographic facts that are known (`title`, `issuer`, `date`, `number`).
    """

    def __init__(
        self,
        *,
        id: str,
        title: str,
        source: str,
        name: str,
        sha256: str,
        children: Sequence[Node],
        parts: Sequence[Part] = (),
        contents: Sequence[ContentsEntry] = (),
        meta: Mapping[str, str] | None = None,
    ) -> None:
        self.id = id
        self.title = title
        self.source = source
        self.name = name
        self.sha256 = sha256
        self.children = tuple(children)
        self.parts = tuple(parts)
        self.contents = tuple(contents)
        self.meta = dict(meta or {})
        #: Stands before the addresses of records while several plans are asked.
        self.prefix = ""
        self._order: list[Node] = []
        self._by_id: dict[str, Node] = {}
        for child in self.children:
            self._adopt(child, None)

    def _adopt(self, node: Node, parent: Node | None) -> None:
        node.plan, node.parent = self, parent
        self._order.append(node)
        self._by_id[node.id] = node
        for child in node.children:
            self._adopt(child, node)

    def __repr__(self) -> str:
        return f"<Tree {self.id} {self.title!r}>"

    def renamed(self, id: str) -> Tree:
        """The same tree under another id; its nodes belong to it from then on."""
        return self._with(id=id)

    def stating(self, facts: Mapping[str, str]) -> Tree:
        """The same tree with other bibliographic facts over its own; its nodes belong to it."""
        return self._with(title=facts.get("title", self.title), meta={**self.meta, **facts})

    def _with(self, **changed: Any) -> Tree:
        made = {name: getattr(self, name) for name in _MADE_OF}
        return Tree(**{**made, **changed})

    def walk(self) -> Iterator[Node]:
        """Every node and block in reading order."""
        return iter(self._order)

    def nodes(self) -> list[Node]:
        """The headings, boxes and tables in reading order."""
        return [node for node in self._order if node.is_heading]

    def blocks(self) -> list[Node]:
        """The leaves in reading order: paragraphs, rows, figures, notes."""
        return [node for node in self._order if not node.is_heading]

    def units(self) -> Iterator[tuple[Node, str, tuple[Span, ...]]]:
        """What can be found: each node's own words, and a table's header row, with their spans."""
        for node in self._order:
            if node.spans:
                yield node, node.own_text, node.spans
            if node.header:
                yield node, node.header_text, node.header

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def get(self, id: str) -> Node | None:
        """The node whose `id` is exactly this, or None."""
        return self._by_id.get(id)

    def __getitem__(self, address: str | Address) -> Node:
        """The one node at `address`; raises AddressError with the nearest valid ones."""
        nodes = self.resolve(address)
        if len(nodes) != 1:
            raise AddressError(
                "{address} is a range of {nodes}: use resolve()", address=address, nodes=len(nodes)
            )
        return nodes[0]

    def resolve(self, address: str | Address) -> list[Node]:
        """The nodes at `address`: one, or the siblings of a range in reading order.

        A string that is no address is taken for words of a heading. Raises AddressError if nothing
        or (for words) more than one heading answers.
        """
        from planq.plan.resolve import resolve

        return resolve(self, address)

    def at(self, offset: int) -> Node | None:
        """The node whose own words hold code point `offset` of the source; None between nodes."""
        starts = [node.start for node in self._order if node.spans]
        nodes = [node for node in self._order if node.spans]
        index = bisect.bisect_right(starts, offset) - 1
        for node in nodes[index : index + 1] if index >= 0 else ():
            if any(start <= offset < end for start, end in (*node.spans, *node.header)):
                return node
        return None


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
