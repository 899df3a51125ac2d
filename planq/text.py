"""Folding: the one idea of "the same text" that search, addresses and quotations share.

The rules are the contract's: NFKC and case folding (Unicode Standard Annex #15, and chapter 3.13 of
the Unicode Standard); white space dropped, but for one space kept between two Latin letters or
digits; quotation marks alike; dashes alike, a run of them as one; LaTeX leftovers such as `_{2.5}`
(line 111 of the bundled text) reduced to their content. Invisible format characters (zero-width
spaces, bidi marks) count as white space. Every folded position maps back to the source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_QUOTES = "“”‘’„‟‚‛「」『』〝〞\"'"
_DASHES = "—–－-~‐‑‒―−〜"
# What an address or a plain Latin term is written with: nothing in it needs a closer look.
_PLAIN_ASCII = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:/")
# Characters that fold to exactly one character, whatever stands beside them.
_REGULAR = "一-鿿㐀-䶿，。、；：！？（）《》“”‘’「」『』A-Za-z0-9%.,:;/()<>*\\[\\]·Ａ-Ｚａ-ｚ０-９"


class _Table(dict[int, str]):
    """`str.translate` table that works out a character's folded form when it first meets it."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_cluster(chr(code))
        return folded


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(f"([{_REGULAR}]+)|(.)", re.DOTALL)


# Braces, and what opens a LaTeX leftover, in every form that folds to them.
_OPEN, _CLOSE = "{｛﹛︷", "}｝﹜︸"
_MARK = "_^＿＾︳︴﹍﹎﹏"


@cache
def _braces() -> re.Pattern[str]:
    return re.compile(f"[{_OPEN}{_CLOSE}]")


def _fold_cluster(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if len(cluster) == 1 and unicodedata.category(cluster) == "Cf":
        return " "
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join('"' if c in _QUOTES else "-" if c in _DASHES else c for c in folded)


_TABLE = _Table()


class Folded:
    """Folded text with the way back.

    `text[i]` stands for `source[starts[i]:ends[i]]` (code points); one source character may fold to
    several, and several (a run of dashes, of kept white space) to one.
    """

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str, starts: list[int], ends: list[int]) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source span behind the half-open, non-empty folded span."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """`text` folded, without the map; `fold(fold(t)) == fold(t)`."""
    if _PLAIN_ASCII.issuperset(text):
        return text.lower()
    return fold_map(text).text


def fold_map(text: str) -> Folded:
    """`text` folded, with the map from folded positions to code points of `text`."""
    whole = _piece().match(text)
    if whole is not None and whole.end(1) == len(text):
        size = len(text)
        return Folded(text.translate(_TABLE), list(range(size)), list(range(1, size + 1)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    dropped = _latex_marks(text)
    pending: tuple[int, int] | None = None
    position, size = 0, len(text)
    match_at = _piece().match
    while position < size:
        match = match_at(text, position)
        assert match is not None  # the second group takes any character
        if match.group(1) is not None:
            begin, end = match.span(1)
            # A combining mark behind the run belongs to its last character.
            if end < size and end - begin > 1 and _joins(text[end - 1], text[end]):
                end -= 1
            if end - begin > 1 or end == size or not _joins(text[begin], text[end]):
                piece = text[begin:end].translate(_TABLE)
                if pending is not None and out and _spaced(out[-1][-1], piece[0]):
                    out.append(" ")
                    starts.append(pending[0])
                    ends.append(pending[1])
                pending = None
                out.append(piece)
                starts.extend(range(begin, end))
                ends.extend(range(begin + 1, end + 1))
                position = end
                continue
        begin = position
        position = end = _cluster_end(text, begin)
        if begin in dropped:
            continue
        follows = False  # a character of the same cluster, normalised together with this one
        for char in (
            _TABLE[ord(text[begin])] if end - begin == 1 else _fold_cluster(text[begin:end])
        ):
            if char.isspace():
                follows = False
                pending = (pending[0] if pending else begin, end)
                continue
            if char == "-" and out and out[-1][-1] == "-":
                ends[-1] = end
                pending = None
                continue
            if pending is not None and out and _spaced(out[-1][-1], char):
                out.append(" ")
                starts.append(pending[0])
                ends.append(pending[1])
            pending = None
            # A mark set free by decomposition (´ is a space and U+0301) joins what it now follows.
            if out and not follows and not char.isascii() and _joins(out[-1][-1], char):
                _compose(out, starts, ends, char, end)
                continue
            out.append(char)
            starts.append(begin)
            ends.append(end)
            follows = True
    return Folded("".join(out), starts, ends)


def _compose(out: list[str], starts: list[int], ends: list[int], mark: str, end: int) -> None:
    """Normalise `mark` together with the character, and its marks, at the end of `out`."""
    tail = out.pop()
    while out and all(map(unicodedata.combining, tail)):
        tail = out.pop() + tail
    base = len(tail) - 1
    while base > 0 and unicodedata.combining(tail[base]):
        base -= 1
    cluster = unicodedata.normalize("NFKC", tail[base:] + mark)
    out += [tail[:base], cluster] if base else [cluster]
    base += len(starts) - len(tail)
    begin = starts[base]
    starts[base:] = [begin] * len(cluster)
    ends[base:] = [end] * len(cluster)


def _latex_marks(text: str) -> set[int]:
    """Offsets of the `_`, `^`, `{` and `}` that wrap a LaTeX leftover: `_{2.5}`, `_ { 2.5 }`.

    What holds a brace that is none of these is no leftover: `_{a{b}c}` stays as it is.
    """
    marks: set[int] = set()
    skip: dict[int, int] = {}  # from what is dropped to what may be seen before it

    def seen(at: int) -> int:
        passed: list[int] = []
        while at >= 0 and (at in skip or _fold_cluster(text[at]) == " "):
            passed.append(at)
            at = skip.get(at, at - 1)
        skip.update(dict.fromkeys(passed, at))
        return at

    opened: list[list[int]] = []  # offset of `{`, and of what makes a leftover of it (-1: nothing)
    for brace in _braces().finditer(text):
        at = brace.start()
        if text[at] in _OPEN:
            before = seen(at - 1)
            opened.append([at, before if before >= 0 and text[before] in _MARK else -1])
        elif opened:
            begin, mark = opened.pop()
            if mark >= 0:
                dropped = (mark, begin, at)
                marks.update(dropped)
                skip.update({offset: offset - 1 for offset in dropped})
            elif opened:
                opened[-1][1] = -1
    return marks


def _joins(before: str, after: str) -> bool:
    """Whether `after` normalises together with `before` (a combining mark, a Hangul vowel)."""
    if after.isascii() or "一" <= after <= "鿿":
        return False
    if unicodedata.combining(after):
        return True
    pair = unicodedata.normalize("NFKC", before + after)
    return pair != unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", after)


def _cluster_end(text: str, begin: int) -> int:
    end = begin + 1
    while end < len(text) and _joins(text[end - 1], text[end]):
        end += 1
    return end


def _spaced(before: str, after: str) -> bool:
    return _latin_or_digit(before) and _latin_or_digit(after)


def _latin_or_digit(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    return char.isdecimal() or (char.isalpha() and unicodedata.name(char, "").startswith("LATIN"))
