"""Draw the README's picture of a search in a terminal: `python docs/picture.py`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from rich.console import Console

import planq
from planq.render.terminal import hits as term_hits

QUERY = "光芯屏端网"
PICTURE = Path(__file__).parent / "search.svg"


def draw() -> str:
    """The picture as SVG."""
    console = Console(record=True, width=92, file=StringIO(), force_terminal=True)
    hits = list(planq.open().search(QUERY))
    console.print(*term_hits.hits(hits), sep="\n")
    return console.export_svg(title=f"planq search {QUERY}")


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
