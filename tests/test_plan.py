"""The bundled plan as a tree: what the parser must find in it, and that nothing is lost."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from conftest import ROOT, SOURCE, asking

from planq.parse import parse
from planq.plan import outline
from planq.plan.tree import Tree
from planq.text.folding import fold


def test_the_text_is_the_official_one() -> None:
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    assert digest == "94fbef18461795bec36d32f2ea13ee6a943a40ef14aaacd2e10858405b1d4712"


def test_what_it_holds(plan: Tree) -> None:
    kinds = Counter(node.kind for node in plan.walk())
    assert plan.title == "湖北省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"
    assert len(plan.contents) == 77
    assert all(entry.page for entry in plan.contents)
    expected = {"preface": 1, "chapter": 17, "section": 60, "subsection": 166, "box": 18}
    assert {kind: kinds[kind] for kind in expected} == expected
    assert kinds["figure"] == 3


@pytest.mark.parametrize("id", ["0:1", "1", "1.1", "1.4.3:2", "box4:3", "fig2", "17.3:2"])
def test_the_contracts_ids_exist(plan: Tree, id: str) -> None:
    assert plan[id].id == id


def test_nothing_is_lost_and_nothing_appears_twice(plan: Tree) -> None:
    spans = [span for node in plan.walk() for span in (*node.spans, *node.header)]
    spans += [(part.start, part.end) for part in plan.parts]
    position = 0
    for start, end in sorted(spans):
        assert start >= position
        assert not plan.source[position:start].strip()
        position = end
    assert not plan.source[position:].strip()


def test_the_indicator_table(plan: Tree) -> None:
    table = asking(plan).table(1)
    assert len(table.columns) == 6
    assert len(table.rows) == 20
    # The category printed before the page break (line 189) holds behind it (line 193).
    assert [row[0] for row in table.rows[3:6]] == ["创新驱动"] * 3
    assert plan["box1"].children[-1].kind == "note"
    assert [part.name for part in plan.parts].count("repeated header") == 1


def test_the_other_boxes_hold_named_items(plan: Tree) -> None:
    for number in range(2, 19):
        for row in asking(plan).table(number).rows:
            assert len(row) == 2
            assert all(row)


@pytest.mark.parametrize(
    ("id", "joined"),
    [
        ("1.1:1", "面对异常严峻复杂的外部环境"),
        ("10.4.2:1", "国家顶级节点（武汉) 服务能力"),  # a bracket cut by the break, line 999
        ("box16:1", "500个街道（乡镇）综合性社区养老"),  # a line that ends in ）, line 1276
        ("box2:1", "省部共建试点和武汉光源"),
        ("box18:4", "参与基层治理类等社会组织"),
    ],
)
def test_page_breaks_are_healed(plan: Tree, id: str, joined: str) -> None:
    assert joined in plan[id].text
    assert len(plan[id].spans) == 2


def test_every_listed_heading_has_the_page_of_the_contents(plan: Tree) -> None:
    nodes = {(fold(n.label), fold(n.title)): n for n in plan.nodes()}
    for entry in plan.contents:
        node = nodes[fold(entry.label), fold(entry.title)]
        assert node.page == (entry.page, entry.page)
        assert node.page_exact


def test_pages_never_run_backwards_and_bounds_hold(plan: Tree) -> None:
    low = 0
    for node in plan.walk():
        assert node.page is not None
        assert node.page[0] <= node.page[1]
        assert node.page[1] >= low
        low = max(low, node.page[0])


def test_the_outline_is_reproduced_byte_for_byte() -> None:
    made = parse(SOURCE.read_text(encoding="utf-8"), name="fulltext.txt", id="hubei-145")
    written = (ROOT / "data" / "outline.yaml").read_text(encoding="utf-8")
    assert outline.dump(made) == written
    assert outline.dump(outline.load(written, made.source)) == written


def test_a_plan_without_contents_has_no_pages() -> None:
    made = parse(
        "某市规划\n\n第一章 总则\n\n（一）目标。到2025年建成。\n\n（二）原则。坚持创新。\n"
    )
    assert [node.id for node in made.nodes()] == ["1", "1.1", "1.2"]
    assert all(node.page is None for node in made.walk())
    assert made["1.1"].title == "目标"
    assert made["1.1:1"].text == "到2025年建成。"
