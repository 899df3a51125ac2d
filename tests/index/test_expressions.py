"""Any query is what its words say, unit by unit: terms, AND, OR, NOT, NEAR, in a block or a section."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.errors import QueryError
from planq.text.folding import fold

PLAN = planq.open()
UNITS = [(node, fold(text)) for node, text, _ in PLAN.units()]
TERMS = [
    "长江",
    "保护",
    "创新",
    "的",
    "科技创新",
    "光芯屏端网”",
    "5G",
    "万亿元",
    "湖北",
    "没有的话",
]

#: ("term", word), ("near", word, word, n), ("not", x), ("and", x, …), ("or", x, …)
Said = tuple[Any, ...]
WORD = st.sampled_from(TERMS)
LEAF = st.one_of(
    st.tuples(st.just("term"), WORD),
    st.tuples(st.just("near"), WORD, WORD, st.sampled_from([0, 3, 20])),
)
EXPRESSION = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("and"), inner, inner),
        st.tuples(st.just("or"), inner, inner, inner),
    ),
    max_leaves=6,
)


def typed(said: Said) -> str:
    """The expression as someone types it."""
    kind, *rest = said
    if kind == "term":
        return str(rest[0])
    if kind == "near":
        return f"({rest[0]} NEAR/{rest[2]} {rest[1]})"
    if kind == "not":
        return f"-({typed(rest[0])})"
    return "(" + {"and": " ", "or": " | "}[kind].join(map(typed, rest)) + ")"


def places(text: str, word: str) -> list[tuple[int, int]]:
    word, found, at = fold(word), [], 0
    while (at := text.find(word, at)) >= 0:
        found.append((at, at + len(word)))
        at += len(word)
    return found


def marked(said: Said, text: str) -> set[tuple[int, int]] | None:
    """The occurrences that make a text answer; None if it does not."""
    kind, *rest = said
    if kind == "term":
        return set(places(text, rest[0])) or None
    if kind == "near":
        pairs = [
            {a, b}
            for a in places(text, rest[0])
            for b in places(text, rest[1])
            if (a != b or rest[0] != rest[1]) and max(a[0] - b[1], b[0] - a[1]) <= rest[2]
        ]
        return set().union(*pairs) or None
    parts = [marked(each, text) for each in rest]
    if kind == "not":
        return set() if parts[0] is None else None
    held = [part for part in parts if part is not None]
    return set().union(*held) if len(held) >= (len(parts) if kind == "and" else 1) else None


def positive(said: Said) -> bool:
    kind, *rest = said
    return kind in ("term", "near") or (kind != "not" and any(map(positive, rest)))


@examples(60)
@given(EXPRESSION)
def test_a_block_answers_as_the_query_says(said: Said) -> None:
    if not positive(said):
        with pytest.raises(QueryError, match="only what to leave out"):
            PLAN.search(typed(said))
        return
    expected = {
        (node.id, header): len(found)
        for (node, text), header in zip(UNITS, _headers(), strict=True)
        if (found := marked(said, text)) is not None
    }
    results = PLAN.search(typed(said))
    found = {(hit.id, hit.text != PLAN[hit.id].own_text): len(hit.matches) for hit in results}
    assert found == expected
    assert (results.blocks, results.matches) == (len(expected), sum(expected.values()))


def _headers() -> list[bool]:
    """Whether a unit is a header row, which comes right behind the words of its table."""
    return [n > 0 and UNITS[n - 1][0] is node for n, (node, _) in enumerate(UNITS)]


@examples(30)
@given(WORD, WORD, WORD)
def test_within_a_chapter_the_terms_may_stand_apart(one: str, other: str, without: str) -> None:
    def chapter(node: planq.Node) -> str:
        while node.parent is not None:
            node = node.parent
        return node.id

    holding = {
        word: {chapter(node) for node, text in UNITS if fold(word) in text}
        for word in (one, other, without)
    }
    met = (holding[one] & holding[other]) - holding[without]
    expected = {
        node.id
        for node, text in UNITS
        if chapter(node) in met and (fold(one) in text or fold(other) in text)
    }
    found = PLAN.search(f"{one} {other} -{without}", scope="chapter")
    assert {hit.id for hit in found} == expected
