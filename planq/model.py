"""The tree of a plan: what a parser makes, an index stores and every command reads.

Nothing here does I/O, and nothing here is slow to import: these types are on the way of every
answer.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from planq.errors import AddressError
from planq.node import HEADINGS, KINDS, ContentsEntry, Node, Page, Part, Span

if TYPE_CHECKING:
    from planq.address import Address
    from planq.index.results import Results
    from planq.index.store import Store
    from planq.quote.cite import Citation
    from planq.quote.report import Verdict
    from planq.tables import Table
    from planq.targets.target import Target

__all__ = ["HEADINGS", "KINDS", "ContentsEntry", "Node", "Page", "Part", "Plan", "Span"]


class Plan:
    """A plan's text and its tree; `plan["3.2"]` finds a node by any accepted address.

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
        #: The compiled form this plan came from or was searched in.
        self.store: Store | None = None
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
        return f"<Plan {self.id} {self.title!r}>"

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

    def search(
        self,
        query: str,
        *,
        literal: bool = False,
        within: str | Sequence[str] = (),
        kinds: str | Sequence[str] = (),
        limit: int | None = None,
        sort: str = "relevance",
        regex: bool = False,
        word: bool = False,
        words: bool = False,
        any: bool = False,
        scope: str = "block",
    ) -> Results:
        """The hits of `query`, best first (`sort="document"`: in reading order), at most `limit`.

        `literal` takes the query as one string, operators and all; `regex` as a regular expression
        over the verbatim text; `words` as a question in natural language. `any` asks for one of the
        terms instead of all; `word` only for occurrences on word boundaries; `scope` "section" or
        "chapter" lets the terms meet there instead of in one block. `within` are addresses, `kinds`
        values of `kind`, or "heading". The result is a sequence of hits, and knows the totals over
        all of them (`matches`, `blocks`), counts (`by`) and `suggestions`.

        Raises QueryError for a query that cannot be read or options that contradict one another,
        AddressError for an unknown `within`.
        """
        from planq.compiled import store_of
        from planq.index.asked import Query
        from planq.library.across import Searched
        from planq.library.across import search as ask

        asked = Query.asked(
            query, literal=literal, within=within, kinds=kinds, limit=limit, sort=sort,
            regex=regex, word=word, words=words, any=any, scope=scope,
        )  # fmt: skip
        store = store_of(self)
        ids = None if len(store.plan_ids()) == 1 else [self.id]
        return ask(Searched(store, ids, []), asked)

    def table(self, which: int | str) -> Table:
        """The box or table numbered, addressed or titled `which`; raises AddressError."""
        from planq.tables import table

        return table(self, which)

    def tables(self) -> list[Table]:
        """Every box and table in reading order."""
        from planq.tables import tables

        return tables(self)

    def cite(
        self, address: str | Address, style: str = "gbt7714-2015", *, exact_pages: bool = False
    ) -> Citation:
        """The citation of one place, as a whole (`str()`) and in fields; raises PlanqError.

        Pages that are only bounds are marked, or left out with `exact_pages`.
        """
        from planq.quote.cite import cite

        return cite(self, self[address], style, exact_pages=exact_pages)

    def verify(self, text: str, *, min_length: int = 6) -> list[Verdict]:
        """A verdict for each quotation of `min_length` characters or more in a draft's text."""
        from planq.quote.verify import verify

        return verify(text, self, min_length=min_length).verdicts

    def targets(
        self,
        query: str = "",
        *,
        within: str | None = None,
        status: str = "",
        unit: str = "",
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> list[Target]:
        """The quantities the plan states, in reading order (see `planq.index.targets.chosen`).

        Raises QueryError for a blank query or an unknown `status`, AddressError for an unknown
        `within`.
        """
        from planq.index.targets import chosen

        tops = None if within is None else self.resolve(within)
        return chosen(
            self, query=query, within=tops, status=status, unit=unit, minimum=minimum,
            maximum=maximum,
        )  # fmt: skip

    def at(self, offset: int) -> Node | None:
        """The node whose own words hold code point `offset` of the source; None between nodes."""
        starts = [node.start for node in self._order if node.spans]
        nodes = [node for node in self._order if node.spans]
        index = bisect.bisect_right(starts, offset) - 1
        for node in nodes[index : index + 1] if index >= 0 else ():
            if any(start <= offset < end for start, end in (*node.spans, *node.header)):
                return node
        return None
