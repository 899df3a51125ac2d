"""The check of a draft, and passages found, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from planq.render.plain import visible
from planq.render.terminal.wrap import Passage
from planq.render.verdicts import CITE, DRAFT, PLAN, lines, one_line, quote_text, where, why

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from planq.plan.tree import Node
    from planq.quote.cite import Citation
    from planq.quote.passage import Quote
    from planq.verify.report import Report, Verdict

_STYLES = {
    "exact": "bold green",
    "folded": "bold cyan",
    "near": "bold black on yellow",
    "misattributed": "bold magenta",
    "absent": "bold red",
}
_DRAFTED, _PRINTED = "red strike", "green underline"


def report(name: str, checked: Report, citations: Sequence[str]) -> list[RenderableType]:
    """Each quotation with its line, its verdict, the difference, the true words and citation."""
    out: list[RenderableType] = []
    for verdict, citation in zip(checked.verdicts, citations, strict=True):
        head = Text(f"{visible(name)}:{verdict.line}", style="dim")
        head.append(f"  {verdict.status}", style=f"not dim {_STYLES[verdict.status]}")
        place = where(verdict.id, verdict.page, verdict.page_exact)
        if place:
            head.append(f"  {place}", style="not dim cyan")
        reason = why(verdict)
        if reason:
            head.append(f"  {visible(reason)}", style="not dim")
        out += [Passage(head), Drafted(verdict)]
        if verdict.status in ("near", "misattributed") and verdict.text not in (
            None,
            verdict.quote,
        ):
            out.append(_labelled(PLAN, Text(visible(one_line(verdict.text or "")))))
        if verdict.status != "absent" and verdict.status != "exact":
            out.append(_labelled(CITE, Text(visible(citation), style="dim")))
        out.append(Text(""))
    return out[:-1]


class Drafted:
    """A quotation of the draft; what differs is struck or underlined in colour, else marked."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _labelled(DRAFT, _marked(self.verdict, marks=not coloured(console)))


def coloured(console: Console) -> bool:
    """Whether colours reach the reader: what they tell needs no marks then."""
    return not console.no_color and console.color_system is not None


def _labelled(label: str, words: Text) -> RenderableType:
    """`words` with what they are before them, their further lines under the first."""
    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(Text(label, style="dim"), Passage(words))
    return grid


def report_lines(name: str, checked: Report, citations: Sequence[str]) -> list[Text]:
    """What `verdicts.report_text` prints, with colour."""
    out: list[Text] = []
    for verdict, citation in zip(checked.verdicts, citations, strict=True):
        head, _, *rest = lines(name, checked._replace(verdicts=[verdict]), [citation])
        line = Text(visible(head))
        begin = len(visible(f"{name}:{verdict.line}: "))
        line.stylize(_STYLES[verdict.status], begin, begin + len(verdict.status))
        out += [
            line,
            Text(DRAFT).append_text(_marked(verdict)),
            *map(Text, map(visible, rest)),
        ]
    return out


def _marked(verdict: Verdict, *, marks: bool = True) -> Text:
    """The quotation, struck out where it differs, the plan's characters behind; `marks` are `[- -]`
    and `{+ +}` about both."""
    text = Text()
    for piece, style in pieces(verdict.marked, verdict):
        if style and not marks:
            piece = piece[2:-2]
        text.append(visible(one_line(piece)), style=style)
    return text


def pieces(marked: str, verdict: Verdict) -> list[tuple[str, str]]:
    """`marked` in pieces, each with its style, the marks among the words they stand about."""
    out: list[tuple[str, str]] = []
    at = 0
    for change in verdict.diff:
        for words, begin, end, style in (
            (change.quote, "[-", "-]", _DRAFTED),
            (change.text, "{+", "+}", _PRINTED),
        ):
            if not words:
                continue
            found = marked.find(begin + words + end, at)
            out.append((marked[at:found], ""))
            at = found + len(begin + words + end)
            out.append((marked[found:at], style))
    out.append((marked[at:], ""))
    return out


def quotes(found: Sequence[Quote]) -> list[RenderableType]:
    """Each passage with its place, its words in their context, and its citation."""
    out: list[RenderableType] = []
    for quote in found:
        head = Text()
        head.append(where(quote.id, quote.page, quote.page_exact), style="cyan")
        head.append(f"  {quote.status}", style=_STYLES[quote.status])
        head.append("  " + visible(" › ".join(quote.path)), style="dim")
        words = Text(visible(one_line(quote.before)), style="dim")
        words.append(visible(one_line(quote.text)), style="bold not dim")
        words.append(visible(one_line(quote.after)))
        out += [Passage(head), Passage(words)]
        out += [Passage(Text(visible(quote.citation), style="dim")), Text("")]
    return out[:-1]


def quote_lines(found: Sequence[Quote]) -> list[Text]:
    """What `verdicts.quote_text` prints, with colour."""
    out = [Text(line) for line in quote_text(found).splitlines()]
    heads = [n for n in range(len(out)) if not n or not out[n - 1]]
    for n, quote in zip(heads, found, strict=True):
        place = len(where(quote.id, quote.page, quote.page_exact))
        out[n].stylize("cyan", 0, place)
        out[n].stylize(_STYLES[quote.status], place + 2, place + 2 + len(quote.status))
    return out


def cited_nodes(nodes: Sequence[Node], citations: Sequence[Citation]) -> list[RenderableType]:
    """What `term.show` draws, each node's citation under it."""
    from planq.render.terminal import console as term

    out: list[RenderableType] = []
    for node, citation in zip(nodes, citations, strict=True):
        cited = Passage(Text(visible(str(citation)), style="dim"))
        out += [*([Text("")] if out else []), *term.show([node]), Text(""), cited]
    return out
