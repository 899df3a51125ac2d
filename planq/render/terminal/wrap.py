"""Chinese text in lines: broken between any two characters, as it is set, not at its few spaces.

Rich breaks at white space and treats a run of Chinese as one long word. Here a line may end after
any Chinese character; no line begins with a closing mark or ends with an opening one (the rules of
W3C's Requirements for Chinese Text Layout, 3.1.2), and words of Latin letters and digits stay whole
where they fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_CLOSING = "，。、；：？！）】》〉」』”’…—,.;:?!)]}%℃"
_OPENING = "（【《〈「『“‘([{"
# What stays together: a page, a Latin word or number, or one character; with the marks that cling
# to it.
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:pp?\. ≈?\d+(?:-\d+)?|[A-Za-z0-9]+(?:[.,:/_+-][A-Za-z0-9]+)*|\s+|.)"
    rf"[{re.escape(_CLOSING)}]*",
    re.DOTALL,
)


class Passage:
    """A text that fills the width it is given; nothing of it is cut."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.text.plain.split("\n")), default=0)
        pieces = (cell_len(piece) for piece in _PIECE.findall(self.text.plain[:2000]))
        narrowest = min(widest, max(pieces, default=0))
        return Measurement(narrowest, widest).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.split("\n", allow_blank=True):
            for part in line.divide(breaks(line.plain, options.max_width)):
                part.rstrip()
                part.no_wrap, part.overflow = True, "ignore"
                yield part


def breaks(text: str, width: int) -> list[int]:
    """Where the lines of `text`, `width` cells wide, end: offsets, without the last."""
    ends: list[int] = []
    used = 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        size = cell_len(piece)
        if used and used + cell_len(piece.rstrip()) > width:
            ends.append(match.start())
            used = 0
        if size > width:
            for offset, char in enumerate(piece, match.start()):
                wide = cell_len(char)
                if used and used + wide > width:
                    ends.append(offset)
                    used = 0
                used += wide
        else:
            used += size
    return ends
