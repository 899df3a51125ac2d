"""What of a unit goes into the index, and how a term is asked for.

Two FTS5 tables share one alphabet. `gram` holds every pair of neighbouring characters of the folded
text with its position, so a term of n >= 2 characters is a phrase of its n - 1 pairs and is found
exactly where it occurs, whatever the words are. `tier` holds, without positions: `c` + character
(it occurs), `m` + character or pair + count (it occurs that often, from twice on), `w` + word and
`x` + word + count (the same for the segmenter's words).

Characters below U+0080 move to U+F0000 and up: FTS5's `ascii` tokenizer takes every byte above 0x7F
as part of a word and nothing else, so punctuation, spaces and NUL are characters like any other and
no query syntax can come from a query. Lone surrogates, which UTF-8 cannot hold, and planes 15 and
16 share one character; whoever meets them in the text decides.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

_OTHER = "\U000f0fff"
#: A word is indexed by its first characters only: FTS5 cuts tokens at 32,768 bytes.
WORD_CHARS = 64
#: A longer term is looked up by its beginning and confirmed in the text.
TERM_CHARS = 48


class _Alphabet(dict[int, str]):
    def __missing__(self, code: int) -> str:
        if code < 0x80:
            char = chr(0xF0000 + code)
        elif 0xD800 <= code <= 0xDFFF or code >= 0xF0000:
            char = _OTHER
        else:
            char = chr(code)
        self[code] = char
        return char


_ALPHABET: Final = _Alphabet()


def encoded(folded: str) -> str:
    """`folded` in the index's alphabet, character for character."""
    return folded.translate(_ALPHABET)


def gram_tokens(coded: str) -> str:
    """The pairs of neighbouring characters of an encoded unit, in order."""
    return " ".join([coded[i : i + 2] for i in range(len(coded) - 1)])


def tier_tokens(coded: str, bounds: bytes) -> str:
    """An encoded unit's characters, repeated characters and pairs, words and repeated words."""
    singles = Counter(coded)
    tokens = ["c" + char for char in singles]
    tokens += [f"m{char}{n}" for char, n in singles.items() if n > 1]
    pairs = Counter([coded[i : i + 2] for i in range(len(coded) - 1)])
    for pair, n in pairs.items():
        if n > 1:
            # Occurrences are counted without overlap, and only a pair of one character overlaps.
            n = coded.count(pair) if pair[0] == pair[1] else n
            if n > 1:
                tokens.append(f"m{pair}{n}")
    words = Counter([word[:WORD_CHARS] for word in words_of(coded, bounds)])
    tokens += ["w" + word for word in words]
    tokens += [f"x{word}{n}" for word, n in words.items() if n > 1]
    return " ".join(tokens)


def phrase(term: str) -> str:
    """The FTS5 string that finds the folded `term` (2 characters or more) in `gram`.

    Exact up to TERM_CHARS characters of the common planes; see `exact`.
    """
    return f'"{gram_tokens(encoded(term[:TERM_CHARS]))}"'


def exact(term: str) -> bool:
    """Whether what the index says of the folded `term` needs no confirming in the text."""
    return len(term) <= TERM_CHARS and _OTHER not in encoded(term)


def bounds_of(words: list[str]) -> bytes:
    """Where words begin, as bits: character i of the folded text is bit i % 8 of byte i // 8."""
    bits = bytearray((sum(map(len, words)) >> 3) + 1)
    at = 0
    for word in words:
        bits[at >> 3] |= 1 << (at & 7)
        at += len(word)
    return bytes(bits)


def begins(bounds: bytes, at: int, size: int) -> bool:
    """Whether a word begins at folded position `at`; the end of the text (`size`) counts."""
    return at >= size or bool(bounds[at >> 3] >> (at & 7) & 1)


def words_of(text: str, bounds: bytes) -> list[str]:
    """The words of a folded or encoded text, given its boundaries."""
    starts = [at for at in range(len(text)) if bounds[at >> 3] >> (at & 7) & 1]
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
