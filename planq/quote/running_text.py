"""A plan as one line of text: its title, every heading and block in reading order, and the way back.

A quotation may run over the end of a paragraph, so the blocks are joined with nothing between
them; only where two Latin letters or digits would meet (a figure at the end of one row and at the
beginning of the next) a line break keeps them apart, so that no number arises that is not printed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from planq.patterns import lazy_compile
from planq.text.folding import Folded, fold_map

if TYPE_CHECKING:
    from planq.plan.tree import Node, Page, Span, Tree

_KEPT = "_passages"
_NUMBER = lazy_compile(r"(?:(?<!\d)\d{1,3}(?:[ \xa0,，]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*")


class Unit(NamedTuple):
    """A stretch of the line: a heading's or block's words; `node` is None for the plan's title."""

    start: int
    node: Node | None
    text: str
    spans: tuple[Span, ...]


class Place(NamedTuple):
    """`line[start:end]` and the same stretch, `[folded_start, folded_end)`, of the folded line."""

    start: int
    end: int
    folded_start: int
    folded_end: int


class Passages:
    """The line, its folded form, and what stands where on it."""

    def __init__(self, plan: Tree) -> None:
        pieces: list[str] = []
        self.units: list[Unit] = []
        size = 0
        before = ""
        title: list[tuple[Node | None, str, tuple[Span, ...]]] = [(None, plan.title + "\n", ())]
        for node, text, spans in chain(title, plan.units()):
            if _meets(before[-1:], text[:1]):
                pieces.append("\n")
                size += 1
            self.units.append(Unit(size, node, text, spans))
            pieces.append(text)
            size += len(text)
            before = text
        self.line = "".join(pieces)
        self._starts = [unit.start for unit in self.units]
        self.last_page = max((n.page[1] for n in plan.walk() if n.page), default=None)

    @cached_property
    def folded(self) -> Folded:
        """The line folded, with the map back."""
        return fold_map(self.line)

    def exact(self, words: str, behind: int = 0) -> Iterator[Place]:
        """Where `words` stand from `behind` on the line, code point for code point."""
        at = self.line.find(words, behind)
        while at >= 0:
            yield Place(at, at + len(words), -1, -1)
            at = self.line.find(words, at + 1)

    def alike(self, folded: str, behind: int = 0) -> Iterator[Place]:
        """Where folded words stand from `behind` on the line; never beginning or ending inside one
        printed character."""
        line, starts = self.folded.text, self.folded.starts
        at = line.find(folded, bisect_left(starts, behind) if behind else 0)
        while at >= 0:
            end = at + len(folded)
            whole = at == 0 or starts[at - 1] != starts[at]
            if whole and (end == len(line) or starts[end] != starts[end - 1]):
                yield self.place(at, end)
            at = line.find(folded, at + 1)

    def place(self, start: int, end: int) -> Place:
        """The folded stretch as a place: whole printed characters, LaTeX marks with their partner
        (`PM_{2.5}`, line 111 of the bundled text, is found by PM2.5 and not without its brace)."""
        begin, stop = self.folded.starts[start], self.folded.ends[end - 1]
        words = self.line[begin:stop]
        if "{" in words or "}" in words:
            if words.rfind("{") > words.rfind("}") and self.line[stop : stop + 1] == "}":
                stop += 1
            closing, opening = words.find("}"), words.find("{")
            if closing >= 0 and not 0 <= opening < closing and self.line[begin - 1] == "{":
                begin -= 2
        return Place(begin, stop, start, end)

    def units_at(self, start: int, end: int) -> list[Unit]:
        """The units that `line[start:end]` touches."""
        first, last = self.touched(start, end)
        return self.units[first:last]

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of units that `line[start:end]` touches."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return first, max(first + 1, bisect_right(self._starts, end - 1))

    def in_title(self, place: Place) -> bool:
        """Whether `place` begins in the plan's title, which stands before the text."""
        return place.start < len(self.units[0].text)

    def nodes_at(self, start: int, end: int) -> list[Node]:
        """The nodes whose words `line[start:end]` holds, in reading order."""
        return [unit.node for unit in self.units_at(start, end) if unit.node is not None]

    def pages(self, start: int, end: int) -> tuple[Page | None, bool]:
        """The inclusive pages on which the stretch stands, and whether they are known exactly."""
        nodes = self.nodes_at(start, end)
        pages = [node.page for node in nodes if node.page is not None]
        if not nodes or len(pages) < len(nodes):
            return None, False
        whole = (min(page[0] for page in pages), max(page[1] for page in pages))
        return whole, whole[0] == whole[1] and all(node.page_exact for node in nodes)

    def source_spans(self, start: int, end: int) -> list[Span]:
        """The stretch as half-open code-point spans of the plan's source."""
        out: list[Span] = []
        for unit in self.units_at(start, end):
            offset = unit.start
            for begin, stop in unit.spans:
                low, high = max(start, offset), min(end, offset + stop - begin)
                if low < high:
                    out.append((begin + low - offset, begin + high - offset))
                offset += stop - begin
        return out

    def cut_numbers(self, place: Place) -> list[str]:
        """The numbers of the line that `place` begins or ends inside."""
        edges = (
            edge for edge in place[:2] if self.line[edge - 1 : edge + 1].strip("\xa0，").isascii()
        )
        return [
            match[0]
            for edge in edges
            for match in _NUMBER.finditer(self.line, max(0, edge - 20), edge + 20)
            if match.start() < edge < match.end()
        ]

    def words(self, start: int, end: int) -> str:
        """The plan's own words there; the break that keeps two numbers apart is none of them."""
        return self.line[start:end].strip("\n").replace("\n", " ")


def passages(plan: Tree) -> Passages:
    """The plan's line of text, made once for each plan and kept with it."""
    found: Passages | None = vars(plan).get(_KEPT)
    if found is None:
        found = vars(plan)[_KEPT] = Passages(plan)
    return found


def _meets(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and before.isascii() and after.isascii()
