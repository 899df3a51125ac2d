"""Lines into a tree: which candidates are headings, what belongs to one block, what lies where."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from planq.model import ContentsEntry, Node, Part, Span
from planq.parse import boxes
from planq.parse.lines import Line, ends_sentence
from planq.parse.pages import Piece, place
from planq.parse.rules import Mark, classify
from planq.text import fold

_STRONG = {"part", "chapter", "section"}
_ENDS_BOX = {*_STRONG, "cn", "(cn)", "1.", "§", "styled"}
_PAGE_NUMBER = re.compile(r"[-—–\s]*(\d{1,4})[-—–\s]*\Z")
_PREFACE_WORDS = {"前言", "序言", "引言", "导言"}


class Draft:
    """A node being built: what the model's Node takes, with growing lists."""

    def __init__(self, kind: str, mark: Mark | None = None, title: str = "") -> None:
        self.kind = kind
        self.label = mark.label if mark else ""
        self.number = mark.number if mark else None
        self.rank = mark.rank if mark else 0
        self.title = title
        self.spans: list[Span] = []
        self.lines: list[str] = []
        self.header: list[Span] = []
        self.columns: tuple[str, ...] = ()
        self.children: list[Draft] = []
        self.pieces: list[int] = []
        self.is_table = False
        self.id = ""

    @property
    def text(self) -> str:
        return "".join(self.lines)


class Builder:
    """Feeds lines in reading order into one growing tree; `parts` are the lines left out of it."""

    def __init__(self, source: str, lines: list[Line], contents: list[ContentsEntry]) -> None:
        self.source = source
        self.lines = lines
        self.wrap = _wrap_width(lines)
        self.root = Draft("plan")
        self.stack: list[Draft] = [self.root]
        self.box: Draft | None = None
        self.open: Draft | None = None
        self.last_line = ""
        self.parts: list[Part] = []
        self.pieces: list[Piece] = []
        self.last_number: dict[str, int] = {}
        self.cut = False
        self.page_number = 0
        self.listed: dict[tuple[str, str], list[int]] = {}
        for entry in contents:
            if entry.page is not None:
                key = (fold(entry.label), fold(entry.title))
                self.listed.setdefault(key, []).append(entry.page)

    def build(self) -> Draft:
        """The whole tree under one root."""
        for line in self.lines:
            self._feed(line)
        return self.root

    def _feed(self, line: Line) -> None:
        if line.text == "\f":
            self.cut = True
            self.parts.append(Part("page break", line.start, line.end))
            return
        number = _PAGE_NUMBER.match(line.text)
        if self.wrap and number and int(number[1]) == self.page_number + 1:
            self.page_number += 1
            self.cut = True
            self.parts.append(Part("page number", line.start, line.end))
            return
        mark = classify(line.text)
        if mark is not None and mark.name == "row":
            self._row(line)
        elif mark is not None and mark.name == "note" and self.box is not None:
            self._block("note", line, self.box)
        elif mark is not None and mark.name in ("box", "figure"):
            self._captioned(line, mark)
        elif mark is not None and self._takes(mark, line):
            self._heading(line, mark)
        else:
            self._text(line)

    def _takes(self, mark: Mark, line: Line) -> bool:
        """Whether a heading candidate fits the numbers printed so far."""
        if mark.name in _STRONG or mark.name == "styled":
            return True
        if mark.kind not in ("subsection", "item") or mark.number is None:
            return False
        title = line.text[mark.title_start : mark.title_end]
        if mark.run_in and re.search(r"[：:]", title):
            return False
        beside = self._last_sibling(mark)
        follows = mark.number in (beside + 1, self.last_number.get(mark.name, 0) + 1)
        if self.box is not None:
            return mark.name in _ENDS_BOX and follows and beside > 0 and self._box_ended(mark)
        if self._is_open(line) and not follows:
            return False
        return follows or mark.number == 1

    def _box_ended(self, mark: Mark) -> bool:
        assert self.box is not None
        inside = [classify(child.lines[0]) for child in self.box.children if child.lines]
        numbers = [m.number for m in inside if m and m.name == mark.name and m.number]
        return not numbers or mark.number != numbers[-1] + 1

    def _last_sibling(self, mark: Mark) -> int:
        for node in reversed(self.stack):
            if node.rank < mark.rank:
                same = [c.number for c in node.children if c.rank == mark.rank and c.number]
                return same[-1] if same else 0
        return 0

    def _is_open(self, line: Line) -> bool:
        """Whether the block before `line` was cut and `line` carries it on."""
        if self.open is None or not self.open.lines:
            return False
        if not ends_sentence(self.last_line):
            return True
        # In hard-wrapped text a full line says nothing; a short one that stops ends a paragraph.
        return bool(self.wrap) and len(self.last_line) > self.wrap + 1

    def _piece(self, node: Draft, cut: bool, page: int | None = None) -> None:
        node.pieces.append(len(self.pieces))
        self.pieces.append(Piece(cut or self.cut, page))
        self.cut = False

    def _heading(self, line: Line, mark: Mark) -> None:
        title = line.text[mark.title_start : mark.title_end].strip()
        node = Draft(mark.kind, mark, title)
        self.box = self.open = None
        while self.stack[-1].rank >= mark.rank:
            self.stack.pop()
        if mark.name in ("section", "cn") and mark.number == 1:
            for name in ("cn", "(cn)", "1.", "(1)"):
                if mark.name != name and self._restarts(name):
                    self.last_number.pop(name, None)
        self.stack[-1].children.append(node)
        self.stack.append(node)
        if mark.number is not None:
            self.last_number[mark.name] = mark.number
        end = line.start + mark.title_end
        node.spans.append((line.start, end))
        node.lines.append(line.text[: mark.title_end])
        pages = self.listed.get((fold(mark.label), fold(title)))
        self._piece(node, False, pages.pop(0) if pages else None)
        if mark.run_in:
            stop = line.text[mark.title_end]
            rest = line.text[mark.title_end + 1 :]
            lead = len(rest) - len(rest.lstrip())
            if rest.strip():
                self.parts.append(Part("heading stop", end, end + len(stop)))
                start = end + 1 + lead
                self._block("paragraph", Line(line.no, start, line.end, rest.lstrip()), node)
            else:
                node.spans[-1] = (line.start, line.end)
                node.lines[-1] = line.text

    def _restarts(self, name: str) -> bool:
        return self.last_number.get(name, 0) > 0 and name in ("cn",)

    def _captioned(self, line: Line, mark: Mark) -> None:
        title = line.text[mark.title_start :].strip()
        node = Draft(mark.kind, mark, title)
        if mark.kind == "figure" and len(self.stack) > 1:
            self.box = None
        self.stack[-1].children.append(node)
        node.spans.append((line.start, line.end))
        node.lines.append(line.text)
        self._piece(node, False)
        self.open = None
        if mark.kind == "box":
            self.box = node

    def _block(self, kind: str, line: Line, parent: Draft) -> None:
        node = Draft(kind)
        parent.children.append(node)
        node.spans.append((line.start, line.end))
        node.lines.append(line.text)
        self._piece(node, False)
        self.open, self.last_line = node, line.text

    def _row(self, line: Line) -> None:
        cells = boxes.cells_of(line.text)
        table = self.box
        if table is None:
            last = self.stack[-1].children[-1] if self.stack[-1].children else None
            if last is not None and last.kind == "table":
                table = last
            else:
                table = Draft("table")
                self.stack[-1].children.append(table)
        self.open = None
        if not table.columns and not table.children:
            table.columns = cells
            table.header.append((line.start, line.end))
            self._piece(table, False)
        elif [fold(c) for c in cells] == [fold(c) for c in table.columns]:
            # Printed again behind a page break (line 192).
            self.parts.append(Part("repeated header", line.start, line.end))
            self.cut = True
        else:
            self._block("row", line, table)
            table.children[-1].is_table = True
            self.open = None

    def _text(self, line: Line) -> None:
        if self._is_open(line):
            assert self.open is not None
            self.open.spans.append((line.start, line.end))
            self.open.lines.append(line.text)
            self.last_line = line.text
            self._piece(self.open, not self.wrap)
            return
        if self.box is not None:
            self._block("row", line, self.box)
            return
        if len(self.stack) == 1:
            self._preface(line)
            return
        self._block("paragraph", line, self.stack[-1])

    def _preface(self, line: Line) -> None:
        if not self.root.children or self.root.children[-1].kind != "preface":
            preface = Draft("preface", title="前言")
            self.root.children.append(preface)
            if fold(line.text) in _PREFACE_WORDS:
                preface.title = line.text
                preface.spans.append((line.start, line.end))
                preface.lines.append(line.text)
                self._piece(preface, False)
                return
        self._block("paragraph", line, self.root.children[-1])


def _wrap_width(lines: list[Line]) -> int:
    """The width of hard-wrapped lines in code points, 0 where a line is a paragraph."""
    texts = [line.text for line in lines if "\t" not in line.text and len(line.text) > 5]
    if len(texts) < 40:
        return 0
    apart = sum(b.no - a.no > 1 for a, b in pairwise(lines)) / len(lines)
    unended = sum(not ends_sentence(text) for text in texts) / len(texts)
    width = int(median(len(text) for text in texts))
    return width if apart < 0.2 and unended > 0.6 and 12 <= width <= 60 else 0


def finish(root: Draft, pieces: list[Piece]) -> list[Node]:
    """Drafts into nodes: ids from the printed numbers, pages from the pieces."""
    placed = place(pieces)
    restart = _chapters_restart(root)
    counts: dict[str, int] = {}
    seen: set[str] = set()

    def unique(id: str) -> str:
        if id not in seen:
            seen.add(id)
            return id
        repeat = 2
        while f"{id}_{repeat}" in seen:
            repeat += 1
        seen.add(f"{id}_{repeat}")
        return f"{id}_{repeat}"

    def numbered(kind: str, draft: Draft) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        return unique(f"{kind}{draft.number if draft.number is not None else counts[kind]}")

    def convert(draft: Draft, above: str) -> Node:
        below = above
        if draft.kind == "preface":
            id = below = unique("0")
        elif draft.kind == "box":
            id = below = numbered("box", draft)
        elif draft.kind == "table":
            id = below = numbered("table", draft)
        elif draft.kind == "figure":
            id = numbered("fig", draft)
        elif draft.kind == "part":
            id = numbered("part", draft)
            below = id + "/" if restart else ""
        else:
            counts[above] = counts.get(above, 0) + (draft.number is None)
            step = f"_{counts[above]}" if draft.number is None else str(draft.number)
            joint = "" if not above or above.endswith("/") else "."
            id = below = unique(above + joint + step)
        children: list[Node] = []
        n = 0
        for child in draft.children:
            if child.kind in ("paragraph", "row", "note"):
                n += 1
                children.append(_leaf(child, f"{id}:{n}", id, n))
            else:
                children.append(convert(child, below))
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
        own = draft.pieces[:1]
        _set_page(node, own)
        if not own and children:
            node.page, node.page_exact = children[0].page, children[0].page_exact
        return node

    def _leaf(draft: Draft, id: str, above: str, n: int) -> Node:
        if draft.kind == "row":
            node = boxes.row(above, n, draft.spans, draft.text, draft.is_table)
        else:
            node = Node(id, draft.kind, spans=draft.spans)
        _set_page(node, draft.pieces)
        return node

    def _set_page(node: Node, own: list[int]) -> None:
        ranges = [placed[index] for index in own]
        known = [page for page, _ in ranges if page is not None]
        if known and len(known) == len(ranges):
            node.page = (known[0][0], known[-1][1])
            node.page_exact = ranges[0][1] and ranges[-1][1]

    return [convert(draft, "") for draft in root.children]


def _chapters_restart(root: Draft) -> bool:
    numbers = [
        chapter.number
        for part in root.children
        if part.kind == "part"
        for chapter in part.children
        if chapter.number is not None
    ]
    return len(set(numbers)) < len(numbers)
