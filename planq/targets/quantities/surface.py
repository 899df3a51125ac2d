"""The surface of a text: characters made alike, and where sentences, clauses and quotes lie.

Everything here keeps offsets: the levelled text is exactly as long as the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from planq.patterns import lazy_compile
from planq.targets.script import printed, simplified

_SENTENCE_END = "。；;！？!?\n"
_CLAUSE_END = "，,：:"
_OPEN, _CLOSE = "（(", "）)"
_QUOTED = lazy_compile(r"“[^“”\n]{1,16}”|‘[^‘’\n]{1,16}’|「[^「」\n]{1,16}」|\"[^\"\n]{1,16}\"")
_TITLE = lazy_compile(r"《[^《》\n]{1,80}》|〔[^〔〕\n]{1,12}〕")
_ITEM = lazy_compile(r"([^，。；：:！？\n]{1,40})(?:：|:(?!\d))")
#: Digits that a full-width comma groups in threes: １，２３４; a rank ends its clause: 第2，300 个.
IN_THREES = lazy_compile(r"(?<![\d./第])(?<!\d[,，])[1-9]\d{0,2}(?:，\d{3})+(?!\d|，\d)")
#: Signs that NFKC leaves alone: a ratio's colon, the minus, hyphens; white space that has no width.
_SIGNS = {"∶": ":", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "\u200b": " ", "\u2060": " ", "\ufeff": " "}
_LATEX = lazy_compile(r"[_^]\{([^{}]*)\}")


#: No sentence or clause is taken to be longer (code points), so that time stays linear in the text.
_LONGEST_SENTENCE, _LONGEST_CLAUSE = 1200, 240


def level(text: str) -> str:
    """`text` with full-width letters, digits and signs, and Kangxi radicals, in their usual form.

    Character by character, so that offsets hold; circled digits, which number items, stay as they
    are, and so does the punctuation that ends sentences and clauses.
    """
    return text if text.isascii() else "".join(map(_level, text))


def _level(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if char in "，：；！？（）" or not ("⺀" <= char <= "⿟" or "！" <= char <= "￥"):
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


class Surface:
    """A levelled text, in simplified script, and the boundaries in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._printed = level(text)
        self.plain = plain = simplified(self._printed)
        item = _ITEM.match(plain)
        #: Where the name of a box item (`名称：内容`) ends, colon included; 0 where there is none.
        self.item_end = item.end() if item else 0
        self.item_name = item.group(1) if item else ""
        self._quotes = [m.span() for m in _QUOTED.finditer(plain)]
        self._titles = [m.span() for m in _TITLE.finditer(plain)]
        self._grouped = [m.span() for m in IN_THREES.finditer(plain)] if "，" in plain else []
        self._said = (-1, -1), ""
        self._sentences = [0]
        self._clauses = [0]
        depth = 0
        for i, char in enumerate(plain):
            if char in _OPEN:
                depth += 1
            elif char in _CLOSE:
                depth = max(0, depth - 1)
            elif char in _SENTENCE_END:
                depth = 0
                self._sentences.append(i + 1)
                self._clauses.append(i + 1)
            elif char in _CLAUSE_END and depth == 0 and not self._numeric(i):
                self._clauses.append(i + 1)
            if i - self._sentences[-1] >= _LONGEST_SENTENCE:
                self._sentences.append(i + 1)
            if i - self._clauses[-1] >= _LONGEST_CLAUSE:
                self._clauses.append(i + 1)

    def _numeric(self, at: int) -> bool:
        """Whether the sign at `at` stands inside a number (`1,000`, `2.8:1`)."""
        if self.plain[at] == "，":
            return _within(self._grouped, at)
        return (
            self.plain[at - 1 : at].isdigit()
            and self.plain[at + 1 : at + 2].isdigit()
        )

    def printed(self, words: str, start: int = 0, end: int | None = None) -> str:
        """`words`, cut out of the levelled text between `start` and `end`, in the script of the text."""
        return printed(words, self._printed[start:end])

    def before(self, at: int, size: int = 40) -> str:
        """Up to `size` code points before `at`."""
        return self.plain[max(0, at - size) : at]

    def after(self, at: int, size: int = 80) -> str:
        """Up to `size` code points from `at` on."""
        return self.plain[at : at + size]

    def sentence(self, at: int) -> tuple[int, int]:
        """The half-open span of the sentence around `at`, its end mark included."""
        return _around(self._sentences, at, len(self.plain))

    def said(self, at: int) -> str:
        """The words of the sentence around `at`, verbatim; one string for all that stands in it."""
        span = self.sentence(at)
        if span != self._said[0]:
            self._said = span, self.text[slice(*span)].strip()
        return self._said[1]

    def clause(self, at: int) -> tuple[int, int]:
        """The half-open span of the clause around `at`, its end mark left out."""
        start, end = _around(self._clauses, at, len(self.plain))
        if end > start and self.plain[end - 1] in _SENTENCE_END + _CLAUSE_END:
            end -= 1
        return start, max(start, end)

    def quoted(self, at: int) -> bool:
        """Whether `at` lies in a short quotation (a slogan's or a service's name) or a title."""
        return _within(self._quotes, at) or _within(self._titles, at)


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether one of `spans`, in order and apart, holds `at`."""
    i = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def _around(starts: list[int], at: int, size: int) -> tuple[int, int]:
    i = bisect_right(starts, at)
    return starts[i - 1], starts[i] if i < len(starts) else size


def tidy(name: str) -> str:
    """`name` without white space, but for one space between Latin words; `PM_{2.5}` → `PM2.5`."""
    name = _LATEX.sub(r"\1", name)
    name = re.sub(r"(?<=[A-Za-z])\s+(?=[A-Za-z])", "\x00", name)
    return re.sub(r"\s+", "", name).replace("\x00", " ")
