"""A node being built, and drafts made into nodes: ids from the printed numbers, pages proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planq.parse.headings.rules import Mark
from planq.parse.pages.printed import Piece, place
from planq.patterns import lazy_compile
from planq.plan import rows as boxes
from planq.plan.tree import Node, Page, Span
from planq.text.folding import fold

_LEAVES = frozenset(("paragraph", "row", "note"))
# One of a list: （一）, 1., 一、.
_LISTED = lazy_compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_BY_KIND = {"box": "box", "table": "table", "figure": "fig"}


class Draft:
    """What the model's Node takes, with growing lists; `pieces` are the indexes of its lines' pages.

    `counted` holds the last number printed among the children, by rank; `has_rows` says that a row
    is among them, `runs_in` that its first paragraph begins on the heading's own line. `headed` are
    the pages' indexes of a header that is a line with tabs, `bare` says that a blank row stands
    over it, `drawn` that it is printed between drawn lines.
    """

    __slots__ = ("bare", "cells", "children", "columns", "counted", "drawn", "folded", "has_rows",
                 "headed", "header", "inserted", "is_table", "kind", "label", "lines", "name", "number", "pieces", "rank",
                 "runs_in", "spans", "title")  # fmt: skip

    def __init__(self, kind: str, mark: Mark | None = None, title: str = "") -> None:
        self.kind = kind
        self.name = mark.name if mark else ""
        self.label = mark.label if mark else ""
        self.number = mark.number if mark else None
        self.inserted = mark.inserted if mark else 0
        self.rank = mark.rank if mark else 0
        self.title = title
        self.spans: list[Span] = []
        self.lines: list[str] = []
        self.header: list[Span] = []
        self.headed: list[int] = []
        self.bare = False
        self.drawn = False
        self.columns: tuple[str, ...] = ()
        self.cells: tuple[str, ...] = ()
        self.children: list[Draft] = []
        self.counted: dict[int, int] = {}
        self.pieces: list[int] = []
        self.is_table = False
        self.has_rows = False
        self.runs_in = False
        self.folded: tuple[str, ...] = ()

    def prints_header(self, cells: Sequence[str]) -> bool:
        """Whether `cells` are the header of this table, printed again."""
        if not self.folded:
            self.folded = tuple(map(fold, self.columns))
        return len(cells) == len(self.folded) and tuple(map(fold, cells)) == self.folded

    def walk(self) -> Iterator[Draft]:
        """The draft and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        return "".join(self.lines)


def finish(root: Draft, pieces: list[Piece], proved: list[Page | None] | None) -> list[Node]:
    """Drafts into nodes; `proved` are the pages that page numbers prove, a piece each."""
    if proved is None:
        placed = place(pieces)
    else:
        placed = [(page, page is not None and page[0] == page[1]) for page in proved]
    printed = {(node.kind, node.number) for node in root.walk()}
    return _Finisher(placed, _numbers_restart(root), printed).nodes(root.children, "")


class _Finisher:
    def __init__(
        self,
        placed: list[tuple[Page | None, bool]],
        restart: bool,
        printed: set[tuple[str, int | None]],
    ) -> None:
        self.placed = placed
        self.restart = restart
        self.printed = printed
        self.part = ""
        self.restarting: set[str] = set()  # parts whose 分编 each count anew
        self.counts: dict[str, int] = {}
        self.seen: dict[str, int] = {}

    def nodes(self, drafts: list[Draft], above: str) -> list[Node]:
        return [self.node(draft, above) for draft in drafts]

    def node(self, draft: Draft, above: str) -> Node:
        id, below = self.address(draft, above)
        children: list[Node] = []
        leaves = _paragraphs_in_heading(draft)
        for child in draft.children:
            if child.kind in _LEAVES:
                leaves += 1
                children.append(self.leaf(child, id, leaves))
            else:
                children.append(self.node(child, below))
        node = Node(
            id,
            draft.kind,
            label=draft.label,
            number=draft.number,
            title=draft.title,
            spans=draft.spans,
            columns=draft.columns,
            header=draft.header,
            children=children,
        )
        self.set_page(node, draft.pieces[:1])
        if not draft.pieces and children:
            node.page, node.page_exact = children[0].page, children[0].page_exact
        return node

    def address(self, draft: Draft, above: str) -> tuple[str, str]:
        """The draft's id, and what the ids of headings under it begin with."""
        if draft.kind == "preface":
            id = self.unique("0")
        elif draft.kind in _BY_KIND:
            id = self.numbered(_BY_KIND[draft.kind], draft)
        elif draft.kind == "part":
            if draft.name == "subpart" and self.part:
                id = self.unique(f"{self.part}.{draft.number}")
                return id, id + "/" if self.part in self.restarting else above
            id = self.part = self.numbered("part", draft)
            if _numbers_restart(draft):
                self.restarting.add(id)
            return id, id + "/" if self.restart else ""
        else:
            step = f"{draft.number}+{draft.inserted}" if draft.inserted else str(draft.number)
            if draft.number is None:
                self.counts[above] = self.counts.get(above, 0) + 1
                step = f"_{self.counts[above]}"
            joint = "" if not above or above.endswith("/") else "."
            id = self.unique(above + joint + step)
        return id, id

    def numbered(self, kind: str, draft: Draft) -> str:
        number = draft.number
        if number is None:
            number = self.counts.get(kind, 0) + 1
            while (draft.kind, number) in self.printed:
                number += 1
            self.counts[kind] = number
        return self.unique(f"{kind}{number}")

    def unique(self, id: str) -> str:
        repeats = self.seen[id] = self.seen.get(id, 0) + 1
        return id if repeats == 1 else f"{id}_{repeats}"

    def leaf(self, draft: Draft, above: str, n: int) -> Node:
        if draft.kind == "row":
            node = boxes.row(above, n, draft.spans, draft.text, draft.is_table, draft.cells)
        else:
            node = Node(f"{above}:{n}", draft.kind, spans=draft.spans)
        self.set_page(node, draft.pieces)
        return node

    def set_page(self, node: Node, own: list[int]) -> None:
        ranges = [self.placed[index] for index in own]
        known = [page for page, _ in ranges if page is not None]
        if known and len(known) == len(ranges):
            node.page = (known[0][0], known[-1][1])
            node.page_exact = ranges[0][1] and ranges[-1][1]


def _paragraphs_in_heading(draft: Draft) -> int:
    """1 for an article whose whole first paragraph (款) is its heading, so that `10:2` is the second
    one; what is listed below such a heading (（一）…) is counted from 1 as elsewhere."""
    first = next((child for child in draft.children if child.kind in _LEAVES), None)
    if draft.name != "article" or draft.runs_in or not draft.text.endswith("。"):
        return 0
    return int(first is not None and _LISTED.match(first.text) is None)


def _numbers_restart(root: Draft) -> bool:
    """Whether the headings right under the parts in `root`, or their 分编, count anew in each."""
    numbers: list[tuple[str, int | None]] = []
    for part in root.children:
        if part.kind != "part":
            continue
        for child in part.children:
            under = child.children if child.kind == "part" else [child]
            numbers += [_place(one) for one in under if _place(one)[1] is not None]
    return len(set(numbers)) < len(numbers)


def _place(child: Draft) -> tuple[str, int | None]:
    return child.kind, None if child.kind in _BY_KIND or child.kind == "part" else child.number
