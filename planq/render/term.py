"""The terminal: Rich trees, tables and highlighted passages. The only module that knows Rich.

Plan text goes in as `Text`, never as markup: `[0.5]` and `[累计]` are words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from planq.render import plain
from planq.render.plain import visible
from planq.render.shapes import page_words
from planq.render.wrap import Passage

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.model import Node
    from planq.search import Hit

_AROUND = 40


def toc(title: str, nodes: Iterable[tuple[int, Node]]) -> list[RenderableType]:
    """The headings as a tree."""
    root = Tree(Text(visible(title), style="bold"))
    branches = [root]
    for depth, node in nodes:
        line = Text()
        line.append(f"{node.id}  ", style="cyan")
        line.append(visible(node.heading))
        line.append(f"  {page_words(node.page, node.page_exact)}", style="dim")
        del branches[depth + 1 :]
        branches.append(branches[-1].add(line))
    return [root]


def toc_lines(nodes: Iterable[tuple[int, Node]]) -> list[Text]:
    """What `plain.toc` prints, the addresses coloured."""
    out = []
    for depth, node in nodes:
        line = Text(plain.toc([(depth, node)]).rstrip("\n"))
        line.stylize("cyan", 2 * depth, 2 * depth + len(node.id))
        out.append(line)
    return out


def hit_lines(found: Iterable[Hit]) -> list[Text]:
    """What `plain.hits` prints, the addresses coloured and the matches highlighted."""
    out = []
    for hit in found:
        passage = _clean(_highlighted(hit))
        passage.plain = passage.plain.replace("\t", " ")
        line = Text(plain.hits([hit])[: -len(plain.hits([hit]).split("\t", 3)[3])])
        line.stylize("cyan", 0, len(hit.id))
        out.append(line + passage)
    return out


def coloured_lines(lines: Sequence[Text]) -> str:
    """Lines as text with escape sequences for colour, for a pipe: not wrapped, cut or framed."""
    from rich.console import Console

    console = Console(force_terminal=True, color_system="standard", no_color=False)

    def drawn(piece: Text) -> str:
        with console.capture() as written:
            console.print(piece, soft_wrap=True, end="")
        return written.get()

    # Piece by piece, for Rich makes spaces of tabs.
    return "".join(
        "\t".join(drawn(piece) for piece in line.split("\t", allow_blank=True)) + "\n"
        for line in lines
    )


def show(nodes: Sequence[Node]) -> list[RenderableType]:
    """Headings in bold, blocks under them, tables as tables."""
    out: list[RenderableType] = []
    for top in nodes:
        for node in top.walk():
            if node.is_heading:
                if node.spans:
                    style = "bold magenta" if node.kind == "box" else "bold"
                    head = Text("\n" + visible(node.own_text), style=style)
                    head.append(f"  {page_words(node.page, node.page_exact)}", style="dim not bold")
                    out.append(Passage(head))
                if node.columns:
                    out.append(rows(node.columns, [c.cells for c in node.children if c.cells]))
            elif node.kind == "row" and node.parent and node.parent.columns:
                continue
            else:
                words = Text(visible(node.own_text))
                if node.title:
                    words.stylize("bold", 0, len(node.title))
                out += [Text(""), Passage(words)] if node.kind != "row" else [Passage(words)]
    return out


def rows(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> Table:
    """A table whose cells wrap and are never cut."""
    table = Table(show_lines=False, header_style="bold")
    for column in columns:
        table.add_column(Text(visible(column)), overflow="fold")
    for line in cells:
        table.add_row(*(Passage(Text(visible(cell))) for cell in line))
    return table


def hits(found: Iterable[Hit], *, full: bool = False) -> list[RenderableType]:
    """Each hit: its address, path and page, and the passage with every match highlighted."""
    out: list[RenderableType] = []
    for hit in found:
        head = Text()
        head.append(hit.id, style="bold cyan")
        head.append("  " + visible(" › ".join(hit.path)), style="dim")
        head.append("  " + page_words(hit.page, hit.page_exact), style="green")
        passages = [Passage(piece) for piece in _excerpts(_highlighted(hit), hit, full)]
        out += [Passage(head), *passages, Text("")]
    return out


def _highlighted(hit: Hit) -> Text:
    passage = Text(hit.text)
    for match in hit.matches:
        passage.stylize("bold black on yellow", match.start, match.end)
    return passage


def _excerpts(passage: Text, hit: Hit, full: bool) -> list[Text]:
    if full or len(hit.text) <= 4 * _AROUND:
        return [_clean(passage)]
    windows: list[tuple[int, int]] = []
    for match in hit.matches:
        start, end = max(0, match.start - _AROUND), min(len(hit.text), match.end + _AROUND)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    out = []
    for start, end in windows:
        piece = Text("…" if start else "")
        piece.append_text(passage[start:end])
        piece.append("…" if end < len(hit.text) else "")
        out.append(_clean(piece))
    return out


def _clean(text: Text) -> Text:
    """Control characters made visible; the length is kept so that highlights stay in place."""
    text.plain = "".join(c if visible(c) == c else "�" for c in text.plain)
    return text


def findings(lines: Iterable[Sequence[str]]) -> list[RenderableType]:
    """Findings as a table of place, reason and words."""
    return [rows(("place", "reason", "text"), lines)]
