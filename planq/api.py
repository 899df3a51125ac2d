"""What Python users get: a plan's tree, and every question that can be asked of it."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING

from planq.store.compiled import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planq.plan.address import Address
    from planq.plan.tree import Node, Span, Tree
    from planq.quote.cite import Citation
    from planq.search.results import Results
    from planq.tables import Table
    from planq.targets.target import Target
    from planq.verify.report import Verdict


def open(plan: str | PathLike[str] = "") -> Plan:
    """The bundled plan, or the plan of that id, or the one at a path (a text in any format read,
    or its outline.yaml).

    Raises SourceError, OutlineError or StoreError (all PlanqError) when it cannot be read.
    """
    from planq.library import open_plan

    return Plan(open_plan(fspath(plan)))


class Plan:
    """A plan's text and its tree; `plan["3.2"]` finds a node by any accepted address."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        #: The tree that the plan's text was parsed into.
        self.tree: Tree = opened.tree

    def __repr__(self) -> str:
        return f"<Plan {self.id} {self.title!r}>"

    @property
    def id(self) -> str:
        """What the plan is called: `hubei-145`."""
        return self.tree.id

    @property
    def title(self) -> str:
        """The plan's own name."""
        return self.tree.title

    @property
    def source(self) -> str:
        """The whole text; every offset counts its code points."""
        return self.tree.source

    @property
    def meta(self) -> Mapping[str, str]:
        """The bibliographic facts that are known: `title`, `issuer`, `date`, `number`."""
        return self.tree.meta

    @property
    def children(self) -> tuple[Node, ...]:
        """The top headings and what stands before them."""
        return self.tree.children

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences on how the plan's file was read."""
        return self._opened.notices

    def walk(self) -> Iterator[Node]:
        """Every node and block in reading order."""
        return self.tree.walk()

    def nodes(self) -> list[Node]:
        """The headings, boxes and tables in reading order."""
        return self.tree.nodes()

    def blocks(self) -> list[Node]:
        """The leaves in reading order: paragraphs, rows, figures, notes."""
        return self.tree.blocks()

    def units(self) -> Iterator[tuple[Node, str, tuple[Span, ...]]]:
        """What can be found: each node's own words, and a table's header row, with their spans."""
        return self.tree.units()

    def get(self, id: str) -> Node | None:
        """The node whose `id` is exactly this, or None."""
        return self.tree.get(id)

    def at(self, offset: int) -> Node | None:
        """The node whose own words hold code point `offset` of the source; None between nodes."""
        return self.tree.at(offset)

    def __contains__(self, id: str) -> bool:
        return id in self.tree

    def __getitem__(self, address: str | Address) -> Node:
        """The one node at `address`; raises AddressError with the nearest valid ones."""
        return self.tree[address]

    def resolve(self, address: str | Address) -> list[Node]:
        """The nodes at `address`: one, or the siblings of a range in reading order.

        A string that is no address is taken for words of a heading. Raises AddressError if nothing
        or (for words) more than one heading answers.
        """
        return self.tree.resolve(address)

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
        from planq.library.across import search, searched_in
        from planq.search.query import Query

        asked = Query.asked(
            query, literal=literal, within=within, kinds=kinds, limit=limit, sort=sort,
            regex=regex, word=word, words=words, any=any, scope=scope,
        )  # fmt: skip
        where = searched_in(self._opened)
        self._opened = self._opened._replace(store=where.store)
        return search(where, asked)

    def table(self, which: int | str) -> Table:
        """The box or table numbered, addressed or titled `which`; raises AddressError."""
        from planq.tables import table

        return table(self.tree, which)

    def tables(self) -> list[Table]:
        """Every box and table in reading order."""
        from planq.tables import tables

        return tables(self.tree)

    def cite(
        self, address: str | Address, style: str = "gbt7714-2015", *, exact_pages: bool = False
    ) -> Citation:
        """The citation of one place, as a whole (`str()`) and in fields; raises PlanqError.

        Pages that are only bounds are marked, or left out with `exact_pages`.
        """
        from planq.quote.cite import cite

        return cite(self.tree, self[address], style, exact_pages=exact_pages)

    def verify(self, text: str, *, min_length: int = 6) -> list[Verdict]:
        """A verdict for each quotation of `min_length` characters or more in a draft's text."""
        from planq.verify.verify import verify

        return verify(text, self.tree, min_length=min_length).verdicts

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
        """The quantities the plan states, in reading order (see `planq.search.targets.chosen`).

        Raises QueryError for a blank query or an unknown `status`, AddressError for an unknown
        `within`.
        """
        from planq.search.targets import chosen

        tops = None if within is None else self.resolve(within)
        return chosen(
            self.tree, self._opened.store, query=query, within=tops, status=status, unit=unit, minimum=minimum,
            maximum=maximum,
        )  # fmt: skip
