"""The differences between a quotation and the plan, in the characters that were written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planq.patterns import lazy_compile
from planq.text.folding import Folded, fold, invisible

_SPACING, _QUOTES, _DASHES, _LATEX = "spacing", "quotation marks", "dashes", "LaTeX marks"
_WIDTH, _CASE, _FORMS, _GROUPS = "width", "case", "character forms", "digit grouping"
_NUMBER = frozenset("〇零一二三四五六七八九十百千万亿%％‰")
#: What turns the words behind it into their contrary.
NEGATION = frozenset("不未非无没莫勿")
#: Radicals, strokes and compatibility ideographs.
_FORMED = lazy_compile("[\u2e80-\u2fd5\u31c0-\u31e3\uf900-\ufad9\U0002f800-\U0002fa1d]")
_COMMAS = dict.fromkeys(map(ord, ",，﹐"))
_DIGITS = lazy_compile(r"\d+(?:[.,]\d+)*")


class Edit(NamedTuple):
    """One difference: the quotation has `quote` where the plan has `text`; either may be empty.

    `start` and `end` are code points in the quotation's words. `kind` says what differs: for what
    folding ignores spacing, width, quotation marks, dashes, case, LaTeX marks, character forms
    (a radical for its ideograph) or digit grouping; else number, negation, punctuation or words.
    """

    quote: str
    text: str
    start: int
    end: int
    kind: str


def edits(
    quote: str,
    folded_quote: Folded,
    line: str,
    folded_line: Folded,
    stretch: tuple[int, int],
    pairs: Iterable[tuple[int | None, int | None]],
) -> list[Edit]:
    """The differences along `pairs` of positions in the two folded texts, left to right.

    `stretch` is what of `line` answers to the quotation, half-open.
    """
    walked = list(pairs)
    changed = _whole_numbers(walked, folded_quote.text, folded_line.text)
    runs: list[tuple[int, int, int, int, int]] = []  # class, quote span, line span
    q_at = 0
    t_at = stretch[0]
    q_last = max((i for i, _ in walked if i is not None), default=-1)
    t_last = max((j for _, j in walked if j is not None), default=-1)
    for (i, j), edited in zip(walked, changed, strict=True):
        q_end, t_end = q_at, t_at
        if i is not None:
            q_end = len(quote) if i == q_last else max(q_at, folded_quote.ends[i])
        if j is not None:
            t_end = stretch[1] if j == t_last else max(t_at, folded_line.ends[j])
        state = 2 if edited else int(quote[q_at:q_end] != line[t_at:t_end])
        if runs and runs[-1][0] == state:
            _, q_begin, _, t_begin, _ = runs[-1]
            runs[-1] = (state, q_begin, q_end, t_begin, t_end)
        else:
            runs.append((state, q_at, q_end, t_at, t_end))
        q_at, t_at = q_end, t_end
    return [
        edit
        for state, q_begin, q_end, t_begin, t_end in runs
        if state
        for edit in _edits(quote, q_begin, q_end, line, t_begin, t_end, state == 1)
    ]


def _whole_numbers(
    pairs: Sequence[tuple[int | None, int | None]], quote: str, line: str
) -> list[bool]:
    """Which of `pairs` are to be shown as different: those that are, and all of a number of which
    one character is: 88.32 for 88.23, not a 2 too early and one too few."""
    out = [i is None or j is None or quote[i] != line[j] for i, j in pairs]
    numbers = []
    for side, text in enumerate((quote, line)):
        at = {pair[side]: index for index, pair in enumerate(pairs)}
        stood = [position for position in at if position is not None]
        if stood:
            for match in _DIGITS.finditer(text, min(stood), max(stood) + 1):
                found = [at[n] for n in range(*match.span()) if n in at]
                numbers.append((min(found), max(found) + 1))
    while any(any(out[a:b]) and not all(out[a:b]) for a, b in numbers):
        for a, b in numbers:
            if any(out[a:b]):
                out[a:b] = [True] * (b - a)
    return out


def _edits(
    quote: str, start: int, end: int, line: str, begin: int, stop: int, folding: bool
) -> list[Edit]:
    if quote[start:end] == line[begin:stop]:
        return []
    # A number that differs is shown whole.
    while start < end and begin < stop and quote[start] == line[begin]:
        if quote[start].isdecimal() and not folding:
            break
        start, begin = start + 1, begin + 1
    while start < end and begin < stop and quote[end - 1] == line[stop - 1]:
        if quote[end - 1].isdecimal() and not folding:
            break
        end, stop = end - 1, stop - 1
    mine, theirs = quote[start:end], line[begin:stop]
    kind = ", ".join(_ignored(mine, theirs)) if folding else _kind(mine, theirs)
    return [Edit(mine, theirs, start, end, kind)]


def _ignored(mine: str, theirs: str) -> list[str]:
    """In what two texts that fold alike differ."""
    found: list[str] = []
    if _spaces(mine) != _spaces(theirs):
        found.append(_SPACING)
    a, b = _unspaced(mine), _unspaced(theirs)
    if a == b:
        return found or [_SPACING]
    if any(mark in a + b for mark in ("_{", "^{", "}")):
        found.append(_LATEX)
        return found
    bare_a, bare_b = (text.translate(_COMMAS) for text in (a, b))
    if len(a) - len(bare_a) != len(b) - len(bare_b):
        found.append(_GROUPS)
        a, b = bare_a, bare_b
    for char_a, char_b in _differing(a, b) if a != b else ():
        for char in (char_a, char_b):
            if char and fold(char) == '"':
                found.append(_QUOTES)
            elif char and fold(char) == "-":
                found.append(_DASHES)
            else:
                continue
            break
        else:
            if _FORMED.search(char_a + char_b):
                found.append(_FORMS)
            elif unicodedata.normalize("NFKC", char_a) == unicodedata.normalize("NFKC", char_b):
                found.append(_WIDTH)
            elif char_a.casefold() == char_b.casefold():
                found.append(_CASE)
            else:
                found += [_WIDTH, _CASE] if char_a and char_b else [_WIDTH]
    return list(dict.fromkeys(found))


def _differing(a: str, b: str) -> list[tuple[str, str]]:
    if len(a) == len(b):
        return [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return [(a, b)]


def _space(char: str) -> bool:
    return char.isspace() or invisible(char)


def _spaces(text: str) -> list[str]:
    return [char for char in text if _space(char)]


def _unspaced(text: str) -> str:
    return "".join(char for char in text if not _space(char))


def _kind(mine: str, theirs: str) -> str:
    both = mine + theirs
    if any(char.isdecimal() or char in _NUMBER for char in both):
        return "number"
    if any(char in NEGATION for char in both):
        return "negation"
    if not any(char.isalnum() for char in both):
        return "punctuation"
    return "words"


def shown(quote: str, found: Sequence[Edit]) -> str:
    """The quotation with its differences marked: `[-as drafted-]{+as printed+}`."""
    out: list[str] = []
    at = 0
    for edit in found:
        out.append(quote[at : edit.start])
        if edit.quote:
            out.append(f"[-{edit.quote}-]")
        if edit.text:
            out.append(f"{{+{edit.text}+}}")
        at = edit.end
    return "".join(out) + quote[at:]
