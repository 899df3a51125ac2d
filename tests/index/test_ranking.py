"""The order of hits: what a chapter is called first, then what is about the words."""

from __future__ import annotations

from pathlib import Path

import pytest

import planq
from planq.plan.tree import KINDS
from planq.store.ranking import CLASSES, LEAF, NORMS, WEIGHTS, level, norm_class, score

PLAN = planq.open()


def first(query: str, number: int = 1, plan: planq.Plan = PLAN) -> list[str]:
    return [hit.id for hit in plan.search(query, limit=number)]


@pytest.mark.parametrize(
    ("query", "place"),
    [("创新", "2"), ("数字经济", "4.1"), ("教育", "13.1"), ("人才", "2.4"), ("交通", "10.1"),
     ("应急管理", "16.4"), ("乡村振兴", "8"), ("安全", "16"), ("长江", "12.1"), ("改革", "9")],
)  # fmt: skip
def test_what_an_outer_heading_is_called_comes_first(query: str, place: str) -> None:
    assert first(query) == [place]


def test_prose_and_headings_mix() -> None:
    kinds = [PLAN[id].kind for id in first("教育", 8)]
    assert "paragraph" in kinds[:4]
    assert "subsection" in kinds[kinds.index("paragraph") :]


def test_in_another_plan(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text(
        "某市发展规划\n第一章 总体要求\n第一节 环境\n一、水利发展\n水利水利水利，建好水利。\n"
        "第二章 推进水利和交通运输建设\n第一节 水利\n修建水库。\n",
        encoding="utf-8",
    )
    plan = planq.open(path)
    assert first("水利", 4, plan) == ["2", "2.1", "1.1.1:1", "1.1.1"]  # prose that has it four times
    assert first("交通", 1, plan) == ["2"]


def test_what_only_crosses_words_in_a_heading_comes_last(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text(
        "某市规划\n第一章 依靠全国人民\n发展。\n第二章 其他\n尊重国人的选择。\n", encoding="utf-8"
    )
    assert first("国人", 2, planq.open(path)) == ["2:1", "1"]


def test_levels_are_by_depth_within_a_part() -> None:
    chapter, paragraph, box = (KINDS.index(kind) for kind in ("chapter", "paragraph", "box"))
    assert [level(chapter, id) for id in ("3", "part2", "part2/1.3", "3.2.1", "3.2.1.4")] == [
        0, 0, 1, 2, 2,
    ]  # fmt: skip
    assert (level(paragraph, "3:1"), level(box, "box4")) == (LEAF, 2)


def test_no_class_is_worn_out_by_real_lengths() -> None:
    """Shortest outer headings and long paragraphs still differ from their neighbours."""
    assert norm_class(4, 0) > 0
    assert norm_class(2000, LEAF) < CLASSES - 1
    assert score(norm_class(20, 0), 1, True) > score(norm_class(8, 1), 1, True)
    assert list(NORMS) == sorted(NORMS)
    assert list(WEIGHTS) == sorted(WEIGHTS, reverse=True)


def test_the_list_of_queries_is_answered_well() -> None:
    """The figure of benchmarks/ranking.py, so that it cannot fall unseen."""
    table = Path(__file__).parents[2] / "benchmarks" / "ranking.tsv"
    total = rows = 0
    for line in table.read_text("utf-8").splitlines()[1:]:
        query, places = line.split("\t")
        hits = first(query, 10)
        rows += 1
        total += next((1 / n for n, id in enumerate(hits, 1) if id in places.split()), 0)
    assert rows == 40
    assert total / rows >= 0.95


def test_the_best_few_are_those_of_all_hits() -> None:
    for query in ("发展", "水", "建设", "安全", "交通运输"):
        assert first(query, 9) == [hit.id for hit in PLAN.search(query)][:9]
