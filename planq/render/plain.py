"""Plain text: what a pipe gets. Nothing is wrapped, cut, framed or coloured.

Into pipes and files every format is verbatim; what could steer a terminal is written out only where
deliver.py or the terminal's renderer writes to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planq.plan.tree import Node
from planq.render.shapes import page_words, windows
from planq.search.results import Hit


class _Visible(dict[int, str]):
    """`str.translate` table that writes out what could steer a terminal, and only that."""

    def __missing__(self, code: int) -> str:
        written = self[code] = self.written(code) if _steers(code) else chr(code)
        return written

    def written(self, code: int) -> str:
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


class _VisibleJson(_Visible):
    def written(self, code: int) -> str:
        return f"\\u{code:04x}"


def _steers(code: int) -> bool:
    """Control characters but line ends and tabs, line and paragraph separators, what turns the
    direction of writing, and lone surrogates, which no terminal takes."""
    if code < 0xA0:
        return (code < 0x20 and code not in (9, 10)) or code >= 0x7F
    return (
        code in (0x061C, 0x200E, 0x200F)
        or 0x2028 <= code <= 0x202E
        or 0x2066 <= code <= 0x206F
        or 0xD800 <= code <= 0xDFFF
    )


_TEXT, _JSON = _Visible(), _VisibleJson()


def visible(text: str) -> str:
    """`text` for a terminal: control and bidi characters written out, so that none obeys them."""
    return text.translate(_TEXT)


def visible_json(text: str) -> str:
    """`visible` for JSON, which stays the same JSON: these characters stand in its strings only."""
    return text.translate(_JSON)


def toc(nodes: Iterable[tuple[int, Node]]) -> str:
    """One heading a line, indented by depth: address, heading, page."""
    lines = []
    for depth, node in nodes:
        page = page_words(node.page, node.page_exact)
        lines.append(f"{'  ' * depth}{node.address}  {node.heading}" + (f"  {page}" if page else ""))
    return _joined(lines)


def show(nodes: Sequence[Node]) -> str:
    """The verbatim text of each node, an empty line between blocks."""
    return _joined(line for line, _ in show_lines(nodes))


def show_lines(nodes: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """The lines of `show`, each with the node whose words it holds (or stands before)."""
    begun = False
    for top in nodes:
        for node in top.walk():
            if begun and node.kind != "row":
                yield "", node
            for words in (node.own_text, node.header_text):
                if words:
                    begun = True
                    yield words, node


def show_md(nodes: Sequence[Node]) -> str:
    """Markdown: headings by depth, boxes as headings with a table or a list under them."""
    from planq.render.records import md_line

    pieces: list[str] = []
    in_rows = False
    for top in nodes:
        for node in top.walk():
            words = node.own_text
            columns = node.parent.columns if node.kind == "row" and node.parent else ()
            listed = node.kind == "row" and bool(columns or node.title)
            parts: list[str] = []
            if columns:
                parts = [md_line(node.cells)]
            elif listed:
                parts = [f"- **{node.title}**：{node.cells[-1]}\n"]
            elif node.is_heading and words:
                parts = [f"{'#' * min(6, len(node.path) + 1)} {node.heading}\n"]
            elif words:
                parts = [f"{words}\n"]
            if node.columns:
                parts.append(md_line(node.columns) + md_line(["---"] * len(node.columns)))
            for part in parts:
                if pieces and not (listed and in_rows):
                    pieces.append("\n")
                pieces.append(part)
                in_rows = listed or bool(node.columns)
    return "".join(pieces)


def hits(found: Iterable[Hit], *, context: int | None = None, plans: bool = False) -> str:
    """One hit a line: address, page, path, and the whole passage, separated by tabs.

    With `context`, so many characters around each match instead of the passage; with `plans`, each
    address has its plan's id before it.
    """
    return _joined(
        "\t".join(
            (
                f"{hit.plan}/{hit.id}" if plans else hit.id,
                page_words(hit.page, hit.page_exact),
                " › ".join(hit.path),
                passage(hit, context).replace("\t", " "),
            )
        )
        for hit in found
    )


def passage(hit: Hit, context: int | None) -> str:
    """A hit's text, or what stands around its matches, with … where something is left out."""
    if context is None:
        return hit.text
    pieces = [
        ("…" if start and not n else "")
        + hit.text[start:end]
        + ("…" if end < len(hit.text) else "")
        for n, (start, end) in enumerate(windows(hit, context))
    ]
    return "".join(pieces)


def rows(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A table as tab-separated lines under its column names."""
    return _joined("\t".join(line) for line in ([columns] if columns else []) + list(cells))


def _joined(lines: Iterable[str]) -> str:
    return "".join(line + "\n" for line in lines)
