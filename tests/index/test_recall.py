"""Literal search over any text is brute force over its folded units, in every way of asking."""

from __future__ import annotations

import sys
import unicodedata

from conftest import ROOT, examples
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.plan.tree import Node, Tree
from planq.search.engine import search
from planq.search.query import Query
from planq.store.store import Store
from planq.text.folding import fold

PLAN = planq.open().tree
STORE = Store.in_memory([PLAN])
UNITS = [(node, fold(text)) for node, text, _ in PLAN.units()]
HEALED = [folded for node, folded in UNITS if len(node.spans) > 1]


def brute(term: str) -> dict[str, int]:
    """Occurrences by address, counted by `str.count`."""
    return {node.id: folded.count(term) for node, folded in UNITS if term in folded}


def found(query: str, **options: object) -> dict[str, int]:
    results = search(STORE, Query.asked(query, literal=True, **options))  # type: ignore[arg-type]  # options by name
    assert results.blocks == len(results.hits)
    assert results.matches == sum(len(hit.matches) for hit in results.hits)
    return {hit.id: len(hit.matches) for hit in results.hits}


@examples(75)
@given(st.data(), st.integers(1, 12))
def test_any_substring_of_a_page_broken_block(data: st.DataObject, size: int) -> None:
    block = data.draw(st.sampled_from(HEALED))
    start = data.draw(st.integers(0, max(0, len(block) - size)))
    term = fold(block[start : start + size])
    if term:
        assert found(term) == brute(term)


def test_substrings_that_cross_a_page_break_are_found() -> None:
    crossing = 0
    for node, folded in UNITS:
        if len(node.spans) < 2:
            continue
        first = fold(PLAN.source[slice(*node.spans[0])])
        if not folded.startswith(first):
            continue
        for size in (2, 5, 12):
            term = fold(folded[len(first) - size // 2 : len(first) + size - size // 2])
            assert found(term).get(node.id), (node.id, term)
            crossing += 1
    assert crossing > 100


@examples(75)
@given(
    st.text(alphabet="长江保护的啊5gG 　“”\"'-—_{}^()|\0\ud800é́Ⅲ①%.，。*", min_size=1, max_size=12)
)
def test_any_text_at_all(query: str) -> None:
    term = fold(query)
    if term:
        assert found(query) == brute(term)


def plan_of(texts: list[str]) -> Tree:
    source = "\n".join(texts)
    nodes, at = [], 0
    for number, text in enumerate(texts, 1):
        if text:
            nodes.append(Node(f"0:{number}", "paragraph", spans=[(at, at + len(text))]))
        at += len(text) + 1
    preface = Node("0", "preface", children=nodes)
    return Tree(id="made", title="", source=source, name="made.txt", sha256="", children=[preface])


ODD = st.text(alphabet='aab长江江江\0\ud800\U0010ffff "*^', max_size=30)


@examples(40)
@given(
    st.lists(ODD, min_size=1, max_size=6),
    st.text(alphabet='ab长江\0\ud800\U0010ffff"*^', min_size=1, max_size=5),
)
def test_any_plan_at_all(texts: list[str], query: str) -> None:
    plan = plan_of(texts)
    term = fold(query)
    expected = {
        node.id: fold(text).count(term) for node, text, _ in plan.units() if term in fold(text)
    }
    for options in ({}, {"limit": 2}, {"sort": "document"}):
        results = search(Store.in_memory([plan]), Query.asked(query, literal=True, **options))  # type: ignore[arg-type]  # options by name
        assert (results.matches, results.blocks) == (sum(expected.values()), len(expected))
        assert all(expected[hit.id] == len(hit.matches) for hit in results.hits)


def test_the_best_of_many_are_the_best_of_all() -> None:
    for query in ("的", "发展", "创新", "长江"):
        everything = search(STORE, Query.asked(query)).hits
        assert search(STORE, Query.asked(query, limit=7)).hits == everything[:7]


def test_matches_are_offsets_of_the_verbatim_text() -> None:
    for query in ("3万亿元", "5g", "“光芯屏端网”"):
        for hit in search(STORE, Query.asked(query, literal=True)):
            assert "".join(PLAN.source[s:e] for s, e in hit.source) == hit.text
            for match in hit.matches:
                assert fold(hit.text[match.start : match.end]) == fold(query)


def test_word_says_whether_a_match_is_whole_words() -> None:
    by_text = {
        hit.text[m.start : m.end]: m.word
        for query in ("光芯屏端网", "芯屏端")
        for hit in search(STORE, Query.asked(query))
        for m in hit.matches
    }
    assert by_text == {"光芯屏端网": True, "芯屏端": False}
    assert not search(STORE, Query.asked("芯屏端", word=True)).hits
    assert search(STORE, Query.asked("光芯屏端网", word=True)).matches == search(STORE, Query.asked("光芯屏端网")).matches


def test_the_same_text_in_other_characters_is_found_alike() -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from rewrite import rewritten
    finally:
        sys.path.pop(0)
    texts = [text for _, text, _ in PLAN.units() if text][:150]
    other = [rewritten(text, seed=n) for n, text in enumerate(texts)]
    written = "".join(other)
    assert sum(unicodedata.category(char) == "Cf" for char in written) > 100
    assert sum("\u2e80" <= char <= "\u2fd5" for char in written) > 100
    store = Store.in_memory([plan_of([text.replace("\n", " ") for text in other])])
    clean = [fold(text) for text in texts]
    asked = {fold(text[at : at + size]) for n, text in enumerate(texts) for size in (1, 2, 5)
             for at in [n * 7 % max(1, len(text) - size)]}  # fmt: skip
    for term in sorted(asked - {""}):
        expected = {
            f"0:{n}": text.count(term) for n, text in enumerate(clean, 1) if term in text
        }
        results = search(store, Query.asked(term, literal=True))
        assert {hit.id: len(hit.matches) for hit in results.hits} == expected, term
        for hit in results.hits if term.isalpha() else ():
            assert all(fold(hit.text[m.start : m.end]) == term for m in hit.matches)
