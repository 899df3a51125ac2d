"""Literal search is brute force over folded text: nothing missed, nothing else found."""

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
UNITS = [(node, text, fold(text)) for node, text, _ in PLAN.units()]
FOLDED = "".join(folded for *_, folded in UNITS)


@examples(40)
@given(st.integers(0, len(FOLDED) - 13), st.integers(1, 12))
def test_literal_search_equals_brute_force(start: int, size: int) -> None:
    query = FOLDED[start : start + size].strip()
    if not query or not fold(query):
        return
    expected = {node.id: folded.count(fold(query)) for node, _, folded in UNITS
                if fold(query) in folded}  # fmt: skip
    found: dict[str, int] = {}
    for hit in PLAN.search(query, literal=True):
        found[hit.id] = len(hit.matches)
        assert all(fold(hit.text[m.start : m.end]) for m in hit.matches)
        assert "".join(PLAN.source[s:e] for s, e in hit.source) == hit.text
    assert found == expected


def ids(query: str, **options: object) -> list[str]:
    return [hit.id for hit in PLAN.search(query, **options)]  # type: ignore[arg-type] # test shim


def test_all_terms_must_occur_in_a_block() -> None:
    both = ids("长江 大保护")
    assert both
    assert set(both) == set(ids("长江")) & set(ids("大保护"))


def test_a_pair_of_quotation_marks_makes_a_phrase() -> None:
    assert ids('"长江大保护"') == ids("“长江大保护”") == ids("长江大保护")


def test_fixed_takes_quotation_marks_literally() -> None:
    assert ids("“光芯屏端网”", literal=True)
    assert all("光芯屏端网" in hit.text for hit in PLAN.search("“光芯屏端网”", literal=True))


def test_a_match_cut_by_a_page_break_is_found() -> None:
    assert "10.4.2:1" in ids("武汉)服务能力")


def test_headings_cells_and_headers_are_searched() -> None:
    assert "box4" in ids("世界级产业集群", kinds=["heading"])
    assert "box1:10" in ids("执业(助理)医师")
    assert "box1" in ids("指标名称")


def test_within_an_address() -> None:
    assert all(id.startswith(("12", "box13")) for id in ids("长江", within="12"))


def test_results_are_a_sequence_of_hits() -> None:
    found = PLAN.search("光芯屏端网")
    assert found[0] == next(iter(found))
    assert [hit.id for hit in found[:2]] == [found[0].id, found[1].id]
    assert repr(found) == "<Results 5 matches in 5 blocks, 5 hits>"


def test_one_kind_may_be_given_as_text() -> None:
    assert len(PLAN.search("创新", kinds="box")) == len(PLAN.search("创新", kinds=["box"])) > 0


@pytest.mark.parametrize(
    "options", [{"limit": -1}, {"regex": True, "literal": True}, {"kinds": "boxes"}]
)
def test_what_cannot_be_meant_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(QueryError):
        PLAN.search("创新", **options)


@pytest.mark.parametrize("way", ["literal", "regex", "words"])
def test_options_that_contradict_one_another_are_refused(way: str) -> None:
    """None is dropped without a word; the command line refuses the same."""
    for other in {"literal", "regex", "words"} - {way}:
        with pytest.raises(QueryError, match="at once"):
            PLAN.search("创新", **{way: True, other: True})  # type: ignore[arg-type] # test shim
    with pytest.raises(QueryError, match="no terms of which any"):
        PLAN.search("创新", any=True, **{way: True})  # type: ignore[arg-type] # test shim
    for scope in ("section", "chapter"):
        with pytest.raises(QueryError, match=f"meet in a {scope}"):
            PLAN.search("创新", scope=scope, **{way: True})  # type: ignore[arg-type] # test shim
        PLAN.search("创新", scope=scope, any=True)


def test_an_unknown_status_of_targets_is_refused() -> None:
    with pytest.raises(QueryError, match="there are achieved, target"):
        PLAN.targets(status="planned")
