"""Search hits in the terminal: where each stands, and its passage with the matches highlighted.

A long passage is shown around its matches only, unless the whole of it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from planq.render import plain
from planq.render.plain import visible
from planq.render.shapes import page_words, windows
from planq.render.terminal.wrap import Passage

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.search.results import Hit

#: Characters shown on both sides of a match, and how long a passage is shown whole.
AROUND = 40
_SHORT = 4 * AROUND


def hits(
    found: Iterable[Hit], *, full: bool = False, context: int | None = None, plans: bool = False
) -> list[RenderableType]:
    """Each hit: its address, path and page, and the passage with every match highlighted.

    `full` shows whole passages, `context` so many characters around each match.
    """
    out: list[RenderableType] = []
    for hit in found:
        head = Text(_name(hit, plans), style="bold cyan")
        head.append("  " + visible(" › ".join(hit.path)), style="dim not bold")
        head.append("  " + page_words(hit.page, hit.page_exact), style="green not bold")
        around = AROUND if context is None and len(hit.text) > _SHORT else context
        out += [Passage(head), Passage(_passage(hit, None if full else around)), Text("")]
    return out


def hit_lines(
    found: Iterable[Hit], *, context: int | None = None, plans: bool = False
) -> list[Text]:
    """What `plain.hits` prints, the addresses coloured and the matches highlighted."""
    out = []
    for hit in found:
        fields = plain.hits([hit], plans=plans).split("\t", 3)[:3]
        line = Text("\t".join(fields) + "\t")
        line.stylize("cyan", 0, len(fields[0]))
        passage = _passage(hit, context)
        passage.plain = passage.plain.replace("\t", " ")
        out.append(line + passage)
    return out


def _name(hit: Hit, plans: bool) -> str:
    return f"{hit.plan}/{hit.id}" if plans else hit.id


def _passage(hit: Hit, around: int | None) -> Text:
    """A hit's text, or `around` characters about each match, as `plain.passage` has it."""
    passage = Text(hit.text)
    for match in hit.matches:
        passage.stylize("bold black on yellow", match.start, match.end)
    if around is None:
        return _clean(passage)
    shown = Text("")
    for n, (start, end) in enumerate(windows(hit, around)):
        if start and not n:
            shown.append("…", style="dim")
        shown.append_text(passage[start:end])
        if end < len(hit.text):
            shown.append("…", style="dim")
    return _clean(shown)


def _clean(text: Text) -> Text:
    """Control characters made visible; the length is kept so that highlights stay in place."""
    text.plain = "".join(c if visible(c) == c else "�" for c in text.plain)
    return text
