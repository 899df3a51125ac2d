"""What is not read for a question would not have answered it."""

from __future__ import annotations

import pytest

import planq
from planq.matching.language import parse
from planq.search import targets as records


@pytest.mark.parametrize(
    "query",
    ["高铁", "5g", "５Ｇ", "就业 城镇", "高铁 -武汉", "高铁|机场", "长江 NEAR/9 公里", "没有这些"],
)
def test_a_question_finds_what_is_among_all(query: str) -> None:
    plan = planq.open().tree
    asked = parse(query)
    assert records.chosen(plan, query=query) == [
        target
        for target in records.all_targets(plan, None)
        if records._says(asked, *map(records._unit, (target.name, target.sentence)))
    ]


def test_a_heading_names_what_its_block_does_not() -> None:
    """The letters of a question may stand in the heading alone."""
    plan = planq.open()
    inherited = [
        target for target in records.all_targets(plan, None)
        if target.name and not set(target.name) <= set(plan[target.id].own_text)
    ]  # fmt: skip
    for target in inherited:
        assert target in records.chosen(plan, query=f'"{target.name}"')
