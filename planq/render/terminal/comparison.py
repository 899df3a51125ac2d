"""A comparison in the terminal: what matters most of it, with a word on how much is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from planq.render.comparison import CHANGES, MARKS, heading, level, place, tests, value_words
from planq.render.plain import visible
from planq.render.terminal.verdicts import coloured
from planq.render.terminal.wrap import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from planq.compare import Comparison
    from planq.compare.passages import Passage as Compared

#: Terms shown of each kind of change unless more are asked for; a pipe gets them all.
_SHOWN = 12
_STYLES = {"=": "", "-": "red strike", "+": "green underline"}
_TITLES = {
    "new": "only in B", "gone": "only in A", "risen": "more in B", "fallen": "less in B",
    "same": "the same",
}  # fmt: skip


def comparison(found: Comparison, shown: int | None = None) -> list[RenderableType]:
    """Sections, terms (`shown` of each kind), indicators and, where a part was asked for, its text."""
    out: list[RenderableType] = []
    for name, plan, chars in zip("AB", (found.a, found.b), found.chars, strict=True):
        line = Text(f"{name} ", style="bold")
        line.append(visible(f"{plan.id}  {plan.title}"), style="bold cyan")
        line.append(f"  {chars} characters", style="dim not bold")
        out.append(Passage(line))
    out += [Text(""), _sections(found), Text("")]
    if found.tested:
        out += [Text(tests(found), style="dim"), Text("")]
    out += _terms(found, shown or _SHOWN)
    if found.indicators:
        out += [_indicators(found), Text("")]
    for passage in found.passages:
        out += [_Edited(found, passage), Text("")]
    return out


class _Edited:
    """A passage of both; what differs is struck or underlined in colour, else marked."""

    def __init__(self, found: Comparison, passage: Compared) -> None:
        self.head = f"{place(found.a, passage.a)} | {place(found.b, passage.b)}  "
        self.edits = passage.edits

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        plain = coloured(console)
        line = Text(self.head, style="dim")
        for kind, words in self.edits:
            shown = words if plain else MARKS[kind].format(words)
            line.append(visible(shown), style=f"not dim {_STYLES[kind]}")
        yield Passage(line)


def _sections(found: Comparison) -> RenderableType:
    rows = [
        [_named(p.a), _named(p.b), f"{p.score:.2f}" if p.a and p.b else ""] for p in found.sections
    ]
    return _table("Sections", ("A", "B", "alike"), rows, wide=2)


def _named(node: object) -> str:
    from planq.plan.tree import Node

    return f"{node.id} {heading(node)}" if isinstance(node, Node) else "-"


def _terms(found: Comparison, shown: int) -> list[RenderableType]:
    out: list[RenderableType] = []
    for change in CHANGES:
        chosen = [each for each in found.terms if each.change == change]
        if not chosen:
            continue
        rows = [
            [t.term, str(t.a), str(t.b), f"{t.rate_a:.2f}", f"{t.rate_b:.2f}", f"{t.g2:.1f}",
             level(t)]
            for t in chosen[:shown]
        ]  # fmt: skip
        more = f" ({shown} of {len(chosen)})" if len(chosen) > shown else ""
        heads = ("term", "A", "B", "A/10,000", "B/10,000", "G²", "level")
        out += [_table(f"Terms {_TITLES[change]}{more}", heads, rows, wide=1), Text("")]
    return out


def _indicators(found: Comparison) -> RenderableType:
    rows = [[i.name, value_words(i.a), value_words(i.b)] for i in found.indicators]
    return _table("Indicators", ("indicator", "A", "B"), rows, wide=3)


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, wide: int
) -> RenderableType:
    """A table whose first `wide` columns hold words and wrap, the others numbers."""
    table = Table(
        title=Text(title, style="bold"), title_justify="left", header_style="bold",
        show_edge=False, pad_edge=False,
    )  # fmt: skip
    for number, name in enumerate(heads):
        if number < wide:
            table.add_column(Text(name), overflow="fold", ratio=None)
        else:
            table.add_column(Text(name), justify="right", no_wrap=True)
    for row in rows:
        texts = [Text(visible(cell)) for cell in row]
        table.add_row(*(Passage(text) if n < wide else text for n, text in enumerate(texts)))
    return table
