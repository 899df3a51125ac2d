"""Folding: the one idea of "the same text" that search, addresses and quotations share.

The rules are the contract's: NFKC and case folding (Unicode Standard Annex #15, and chapter 3.13 of
the Unicode Standard), radicals as the ideographs they stand for; what is invisible (variation
selectors, zero-width spaces, bidi marks) dropped; white space dropped, but for one space kept
between two Latin letters or digits; digits grouped in threes joined; quotation marks alike; dashes
alike, a run of them as one; LaTeX leftovers such as `_{2.5}` (line 111 of the bundled text) reduced
to their content. Every folded position maps back to the source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from planq.text.radicals import EQUIVALENT

_QUOTES = "“”‘’„‟‚‛「」『』〝〞\"'"
_DASHES = "—–－-~‐‑‒―−〜"
# What an address or a plain Latin term is written with: nothing in it needs a closer look.
_PLAIN_ASCII = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:/")
# Characters that fold to exactly one character, whatever stands beside them.
_REGULAR = (
    "一-鿿㐀-䶿，。、；：！？（）《》“”‘’「」『』A-Za-z0-9%.,:;/()<>*\\[\\]·Ａ-Ｚａ-ｚ０-９"
    "\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufad9\U00020000-\U0002a6df\U0002f800-\U0002fa1d"
)
# Default_Ignorable_Code_Point (Unicode 14.0.0, DerivedCoreProperties.txt) but for what is of
# category Cf: joiners, fillers and variation selectors.
_IGNORABLE = (
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip


class _Table(dict[int, str]):
    """`str.translate` table that works out a character's folded form when it first meets it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # A unified ideograph is its own folded form; a plan holds some 1,700 of them.
        folded = self[code] = char if "一" <= char <= "鿿" else _fold_cluster(char)
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
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(
        '"' if c in _QUOTES else "-" if c in _DASHES else EQUIVALENT.get(c, c)
        for c in folded
        if c.isascii() or not invisible(c)
    )


def invisible(char: str) -> bool:
    """Whether `char` prints nothing and takes no room: format characters, variation selectors,
    fillers. White space and control characters are none of these."""
    if unicodedata.category(char) == "Cf":
        return True
    code = ord(char)
    return any(first <= code <= last for first, last in _IGNORABLE)


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
    if _regular(text):
        folded = text.translate(_TABLE)
        if not _grouped().search(folded):
            return folded
    return fold_map(text).text


def fold_map(text: str) -> Folded:
    """`text` folded, with the map from folded positions to code points of `text`."""
    folded = _fold_characters(text)
    return _joined(text, folded) if _grouped().search(folded.text) else folded


def _regular(text: str) -> bool:
    """Whether each character of `text` folds to exactly one."""
    whole = _piece().match(text)
    return whole is not None and whole.end(1) == len(text)


#: From so many code points on it is quicker to swap one character after another in all of a text.
_LONG = 4096
_SWAPPED = "，；：！？（）“”‘’「」『』" + "".join(
    chr(code) for code in (*range(0x41, 0x5B), *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                           *range(0xFF41, 0xFF5B))
)  # fmt: skip


def _swapped(text: str) -> str:
    """`text` of the same length, each of the regular characters that folds to another replaced by it;
    empty where it has radicals or compatibility ideographs, of which there are too many."""
    if _unusual().search(text):
        return ""
    for char in _SWAPPED:
        if char in text:
            text = text.replace(char, _TABLE[ord(char)])
    return text


@cache
def _unusual() -> re.Pattern[str]:
    return re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]")


def _fold_characters(text: str) -> Folded:
    """`text` folded but for its grouped digits."""
    if _regular(text):
        size = len(text)
        return Folded(text.translate(_TABLE), list(range(size)), list(range(1, size + 1)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    dropped = _latex_marks(text)
    pending: tuple[int, int] | None = None
    position, size = 0, len(text)
    offsets = list(range(size + 1))  # shared by both maps: a new number for each place takes longer
    match_at = _piece().match
    swapped = _swapped(text) if size >= _LONG else ""
    while position < size:
        match = match_at(text, position)
        assert match is not None  # the second group takes any character
        if match.group(1) is not None:
            begin, end = match.span(1)
            # A combining mark behind the run belongs to its last character.
            if end < size and end - begin > 1 and _joins(text[end - 1], text[end]):
                end -= 1
            if end - begin > 1 or end == size or not _joins(text[begin], text[end]):
                piece = swapped[begin:end] if swapped else text[begin:end].translate(_TABLE)
                if pending is not None and out and _spaced(out[-1][-1], piece[0]):
                    out.append(" ")
                    starts.append(pending[0])
                    ends.append(pending[1])
                pending = None
                out.append(piece)
                starts += offsets[begin:end]
                ends += offsets[begin + 1 : end + 1]
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


@cache
def _grouped() -> re.Pattern[str]:
    """A sign that folded text may hold a number with its digits in groups."""
    return re.compile(r"[0-9][ ,][0-9]{3}(?![0-9])")


@cache
def _groups() -> re.Pattern[str]:
    return re.compile(r"[0-9]+(?:[ ,][0-9]+)+")


# What stands between two groups of digits: a comma; a space; a full-width comma, or one with a space
# beside it; a tab, spaces or the end of a line. In this order they are tried; the last joins nothing.
_TIGHT, _SPACES, _LOOSE, _BREAK = range(4)


def _joined(text: str, folded: Folded) -> Folded:
    """`folded` without what stands between digits grouped in threes: 12 345, 1,234, １，２３４.

    A group of one to three digits and others of exactly three, all with the same between them, are
    one number: not 2020 100, not 1 50, not 1,234,56, and not what follows a decimal point. Two
    numbers in cells of their own keep a tab between them, so that folding again joins nothing.
    """
    old = folded.text
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for stretch in _groups().finditer(old):
        for at, instead in _between_groups(text, folded, stretch):
            out += (old[done:at], instead)
            starts += folded.starts[done : at + len(instead)]
            ends += folded.ends[done : at + len(instead)]
            done = at + 1
    if not done:
        return folded
    out.append(old[done:])
    starts += folded.starts[done:]
    ends += folded.ends[done:]
    return Folded("".join(out), starts, ends)


def _between_groups(text: str, folded: Folded, stretch: re.Match[str]) -> list[tuple[int, str]]:
    """Which of the marks between the digits of `stretch` become something else: nothing, or a tab."""
    begin, end = stretch.span()
    marks = [at for at in range(begin, end) if folded.text[at] in " ,"]
    sizes = [b - a - 1 for a, b in zip([begin - 1, *marks], [*marks, end], strict=True)]
    if not any(size == 3 for size in sizes[1:]):
        return []
    kinds = [_kind_of(text, folded, at) for at in marks]
    # Digits behind a decimal point are no number, and 318 behind G42 is another one.
    before = folded.text[begin - 1] if begin else ""
    point = before == "." and begin > 1 and folded.text[begin - 2].isdecimal()
    point = point and folded.ends[begin - 1] == folded.starts[begin]
    joined: set[int] = set()  # groups that are part of a longer number already
    made: list[tuple[int, str]] = []
    for kind in (_TIGHT, _SPACES, _LOOSE):
        first = 0
        while first < len(kinds):
            last = first
            while last < len(kinds) and kinds[last] == kind:
                last += 1
            run = range(first, last + 1)
            if (
                last > first
                and sizes[first] <= 3
                and all(sizes[n] == 3 for n in run[1:])
                and joined.isdisjoint(run)
                and not (first == 0 and (point or (kind == _SPACES and before and _latin_or_digit(before))))
            ):
                made += ((marks[n], "") for n in range(first, last))
                joined.update(run)
            first = max(last, first + 1)
    made += (
        (at, "\t")
        for n, (at, kind) in enumerate(zip(marks, kinds, strict=True))
        if kind == _BREAK and sizes[n] <= 3 and sizes[n + 1] == 3
        and n not in joined and n + 1 not in joined
    )  # fmt: skip
    return sorted(made)


def _kind_of(text: str, folded: Folded, at: int) -> int:
    between = text[folded.ends[at - 1] : folded.starts[at + 1]]
    if folded.text[at] == " ":
        seen = [char for char in between if not invisible(char)]
        return _SPACES if len(seen) == 1 and unicodedata.category(seen[0]) == "Zs" else _BREAK
    return _TIGHT if "," in between and not any(map(str.isspace, between)) else _LOOSE


def _latex_marks(text: str) -> set[int]:
    """Offsets of the `_`, `^`, `{` and `}` that wrap a LaTeX leftover: `_{2.5}`, `_ { 2.5 }`.

    What holds a brace that is none of these is no leftover: `_{a{b}c}` stays as it is.
    """
    marks: set[int] = set()
    skip: dict[int, int] = {}  # from what is dropped to what may be seen before it

    def seen(at: int) -> int:
        passed: list[int] = []
        while at >= 0 and (at in skip or not _fold_cluster(text[at]).strip(" ")):
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
