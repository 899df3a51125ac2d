"""The terminal: Rich trees, tables and highlighted passages. The only module that knows Rich.

Plan text goes in as `Text`, never as markup: `[0.5]` and `[累计]` are words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from planq.render import plain
from planq.render.plain import visible
from planq.render.shapes import page_words
from planq.render.terminal.table import Fitted
from planq.render.terminal.wrap import Passage

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.plan.tree import Node


def title(words: str) -> Text:
    """A line that stands over what follows it."""
    return Text(visible(words), style="bold underline")


def toc(title: str, nodes: Iterable[tuple[int, Node]]) -> list[RenderableType]:
    """The headings as a tree."""
    root = Tree(Passage(Text(visible(title), style="bold")))
    branches = [root]
    for depth, node in nodes:
        line = Text()
        line.append(f"{node.address}  ", style="cyan")
        line.append(visible(node.heading))
        line.append(f"  {page_words(node.page, node.page_exact)}", style="dim")
        del branches[depth + 1 :]
        branches.append(branches[-1].add(Passage(line)))
    return [root]


def toc_lines(nodes: Iterable[tuple[int, Node]]) -> list[Text]:
    """What `plain.toc` prints, the addresses coloured."""
    out = []
    for depth, node in nodes:
        line = Text(plain.toc([(depth, node)]).rstrip("\n"))
        line.stylize("cyan", 2 * depth, 2 * depth + len(node.address))
        out.append(line)
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


def show_lines(nodes: Sequence[Node]) -> list[Text]:
    """What `plain.show` prints, the headings coloured."""
    return [
        Text(visible(line), style=_heading_style(node) if node.is_heading else "")
        for line, node in plain.show_lines(nodes)
    ]


def _heading_style(node: Node) -> str:
    return "bold magenta" if node.kind == "box" else "bold"


def show(nodes: Sequence[Node]) -> list[RenderableType]:
    """Headings in bold behind their addresses, blocks under them, tables as tables; rows asked for
    by themselves under the names of their columns."""
    out: list[RenderableType] = []
    for _, group in groupby(nodes, key=lambda node: id(_grid(node))):
        tops = list(group)
        grid = _grid(tops[0])
        if grid is not None:
            out += [Text("")] if out else []
            out.append(Fitted(grid.columns, [node.cells for node in tops]))
        else:
            out += _shown(tops, begun=bool(out))
    return out


def _grid(node: Node) -> Node | None:
    """The table with named columns that `node` is a row of."""
    table = node.parent if node.kind == "row" and node.cells else None
    return table if table is not None and table.columns else None


def _shown(nodes: Sequence[Node], *, begun: bool) -> list[RenderableType]:
    out: list[RenderableType] = []
    for top in nodes:
        for node in top.walk():
            gap = [Text("")] if begun or out else []
            if node.is_heading:
                if node.spans:
                    head = Text(f"{visible(node.address)}  ", style="cyan")
                    head.append(visible(node.own_text), style=f"not dim {_heading_style(node)}")
                    head.append(f"  {page_words(node.page, node.page_exact)}", style="dim not bold")
                    out += [*gap, Passage(head)]
                if node.columns:
                    out.append(Fitted(node.columns, [c.cells for c in node.children if c.cells]))
            elif node.kind == "row" and node.parent and node.parent.columns:
                continue
            else:
                words = Text(visible(node.own_text))
                if node.title:
                    words.stylize("bold", 0, len(node.title))
                out += [*gap, Passage(words)] if node.kind != "row" else [Passage(words)]
    return out


def rows(columns: Sequence[str], cells: Iterable[Sequence[str]], *, numbers: int = 0) -> Table:
    """A table whose cells wrap and are never cut; from column `numbers` on they stand right."""
    table = Table(show_lines=False, header_style="bold")
    for column, name in enumerate(columns):
        right = 0 < numbers <= column
        table.add_column(
            Text(visible(name)),
            overflow="fold",
            justify="right" if right else "left",
            no_wrap=right,
        )
    for line in cells:
        texts = [Text(visible(cell)) for cell in line]
        table.add_row(
            *(text if 0 < numbers <= n else Passage(text) for n, text in enumerate(texts))
        )
    return table


def findings(lines: Iterable[Sequence[str]]) -> list[RenderableType]:
    """Findings as a table of place, reason and words."""
    return [rows(("place", "reason", "text"), lines)]
