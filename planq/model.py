"""The tree of a plan: what a parser makes, an index stores and every command reads.

Nothing here does I/O, and nothing here is slow to import: these types are on the way of every
answer.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planq.errors import AddressError
from planq.node import HEADINGS, KINDS, ContentsEntry, Node, Page, Part, Span

if TYPE_CHECKING:
    from planq.address import Address

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
            raise AddressError(f"{address} is a range of {len(nodes)}: use resolve()")
        return nodes[0]

    def resolve(self, address: str | Address) -> list[Node]:
        """The nodes at `address`: one, or the siblings of a range in reading order.

        A string that is no address is taken for words of a heading. Raises AddressError if nothing
        or (for words) more than one heading answers.
        """
        from planq.resolve import resolve

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
