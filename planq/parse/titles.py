"""What the contents say of headings: their words, their pages, and those that have no number."""

from __future__ import annotations

from collections.abc import Sequence

from planq.model import ContentsEntry
from planq.parse.rules import TOP
from planq.text import fold

_LONGEST = 30
_DEEPEST = 90
_FEW = 0.3


class Titles:
    """The headings the contents list; `bare` are those without a number, `bare_rank` their rank."""

    def __init__(self, contents: Sequence[ContentsEntry]) -> None:
        self.pages: dict[tuple[str, str], list[int]] = {}
        self.words: set[str] = set()
        for entry in contents:
            key = (fold(entry.label), fold(entry.title))
            self.words.add(key[0] + key[1])
            if entry.page is not None:
                self.pages.setdefault(key, []).append(entry.page)
        for pages in self.pages.values():
            pages.reverse()
        bare = [entry for entry in contents if not entry.label]
        # Where most entries have numbers, one without stands beside the highest ones.
        self.bare_rank = TOP if len(bare) <= _FEW * len(contents) else _DEEPEST
        self.bare = {fold(entry.title) for entry in bare if len(entry.title) <= _LONGEST}

    def page(self, label: str, title: str) -> int | None:
        """The page the contents name for the next heading of these words; None for none."""
        if not self.pages:
            return None
        pages = self.pages.get((fold(label), fold(title)))
        return pages.pop() if pages else None

    def listed(self, words: str) -> bool:
        """Whether the contents list a heading of just these words."""
        return fold(words) in self.words
