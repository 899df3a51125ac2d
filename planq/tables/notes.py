"""What a table's note line says about the marks in its cells.

`注：①[]内为5年累计数。②带*号的为2019年数据。` (line 212) is read by rule: a statement that shows a pair
of brackets or a mark explains it, and the explanation is a sum over years, a year, or mere words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from planq.patterns import lazy_compile
from planq.text.folding import fold

#: Marks that stand beside a number and refer to a note.
MARKS = "*※#△▲†‡☆★^"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: Brackets round a number, each with the one that closes it (folded and square forms).
PAIRS = {"[": "]", "(": ")", "{": "}"}
_SQUARE = str.maketrans("〔〕【】", "[][]")

# A comma ends a statement where the next begins with a mark of its own: 带*为预计数，[]为累计数.
_STATEMENT = lazy_compile(
    rf"[{CIRCLED}。；;\n]|[，,、](?=\s*[带标注有加为]{{0,2}}[“\"]?[\[〔【({{{re.escape(MARKS)}])"
)
_NUMBERED = lazy_compile(rf"([{CIRCLED}])([^{CIRCLED}。；;\n]+)")
_PAIR = lazy_compile(r"([\[({])[^\])}\w]{0,3}[\])}]")
_YEAR = lazy_compile(r"((?:19|20)\d\d)年")


class Meaning(NamedTuple):
    """What a mark means: the year it moves a value to, or that the value is a sum over years."""

    year: int | None = None
    cumulative: bool = False


def read_notes(texts: Iterable[str]) -> dict[str, Meaning]:
    """Meanings by mark: an opening bracket, a sign such as `*`, or a circled number."""
    found: dict[str, Meaning] = {}
    for text in texts:
        for number, words in _NUMBERED.findall(text):
            found.setdefault(number, _meaning(fold(words)))
        for statement in _STATEMENT.split(text):
            words = square(fold(statement))
            meaning = _meaning(words)
            for bracket in _PAIR.findall(words):
                found.setdefault(bracket, meaning)
            for mark in set(words) & set(MARKS):
                found.setdefault(mark, meaning)
    return found


def square(words: str) -> str:
    """Folded `words` with one kind of square bracket: printers take `[`, 〔 and 【 as they come."""
    return words.translate(_SQUARE)


def _meaning(words: str) -> Meaning:
    if re.search("累计|合计|总[计和]", words):
        return Meaning(cumulative=True)
    year = _YEAR.search(words)
    return Meaning(year=int(year[1])) if year else Meaning()
