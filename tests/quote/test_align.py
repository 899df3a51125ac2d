"""Alignment finds the true edit distance and a way to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planq.quote.align import PIECE, align, measure

words = st.text(alphabet="发展不5，", min_size=1, max_size=12)


def least_edits(pattern: str, text: str) -> int:
    """By the textbook: dynamic programming, free ends in `text` (Sellers 1980)."""
    row = [0] * (len(text) + 1)
    for i, a in enumerate(pattern, 1):
        above, row = row, [i]
        for j, b in enumerate(text, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return min(row)


@given(words, words)
def test_the_distance_is_the_least(pattern: str, text: str) -> None:
    assert measure(pattern, text).distance == least_edits(pattern, text)


@given(words, words)
def test_the_pairs_walk_both_texts_and_cost_the_distance(pattern: str, text: str) -> None:
    found = align(pattern, text)
    assert [i for i, _ in found.pairs if i is not None] == list(range(len(pattern)))
    assert [j for _, j in found.pairs if j is not None] == list(range(found.start, found.end))
    cost = sum(i is None or j is None or pattern[i] != text[j] for i, j in found.pairs)
    assert cost == found.distance == least_edits(pattern, text)


def test_a_changed_last_word_is_replaced_but_an_added_stop_is_added() -> None:
    assert align("稳步提升", "能力稳步提高，").end == len("能力稳步提高")
    assert align("稳步提高。", "能力稳步提高，").end == len("能力稳步提高")


def test_a_quotation_longer_than_one_piece_is_aligned_piece_by_piece() -> None:
    text = "".join(chr(0x4E00 + i) for i in range(3 * PIECE))
    pattern = text[: PIECE + 7] + "错" + text[PIECE + 8 :]
    found = align(pattern, "前言" + text)
    assert (found.start, found.end) == (2, 2 + len(text))
    assert found.distance == 1
