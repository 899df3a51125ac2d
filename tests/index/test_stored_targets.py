"""The targets of a plan are read once, kept with its compiled form, and the same as read anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planq
from planq.library.home import Library
from planq.parse import parse
from planq.plan.tree import Node, Tree
from planq.store import targets
from planq.store.compiled import Opened, store_of
from planq.targets.records import extract
from planq.targets.target import Target

TABLE = "表 1 主要指标\n\n指标\t2020年\t2025年\n地区生产总值（亿元）\t43443\t60000\n城镇化率（%）\t62.9\t65\n"
TEXT = (
    "第一章 总则\n\n到2025年，新建2到3个机场，用电量超过99999999999万亿千瓦时，失业率控制在5.5%以内。\n\n"
    f"第二章 任务\n\n{TABLE}\n第三章 交通\n\n高铁营业里程达到3000公里，年均增长8.7%。\n"
)


def kept(opened: Opened) -> bool:
    assert opened.store is not None
    return targets.are_kept(opened.store.con, opened.tree.id)


def read(opened: Opened, within: list[Node] | None = None) -> list[Target]:
    return list(targets.all_targets(opened.tree, opened.store, within))


def stored() -> Opened:
    """A small plan with its compiled form."""
    tree = parse(TEXT, name="a.txt", id="a")
    return Opened(tree, store_of(Opened(tree)))


def test_those_of_the_bundled_plan_are_the_ones_that_are_read() -> None:
    opened = planq.library.open_plan()
    assert read(opened) == list(extract(opened.tree))
    assert kept(opened)


def test_every_field_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLANQ_CACHE", str(tmp_path / "cache"))
    opened = stored()
    from_text = read(opened._replace(store=None))
    assert not kept(opened)
    again = read(opened)
    assert kept(opened) and again == from_text
    assert [type(x) for t in again for x in t] == [type(x) for t in from_text for x in t]
    assert any(t.quantity > 2**63 for t in again) and any(t.value_max == 3 for t in again)
    inside = opened.tree.resolve("3")
    assert read(opened, inside) == list(extract(opened.tree, inside)) != []


def test_a_cache_has_them_when_they_are_asked_for_or_searched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLANQ_CACHE", str(tmp_path / "cache"))
    for ask in (lambda plan: plan.targets("公里"), lambda plan: plan.search("公里")):
        opened = stored()
        assert ask(planq.Plan(opened))
        assert kept(opened)
        assert kept(stored())  # in the file, not only for this process
        for file in (tmp_path / "cache").glob("a-*"):
            file.unlink()


def test_a_library_has_them_from_the_adding_on(library: Library, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "east.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert run("add", str(file)).returncode == 0
    opened = planq.library.open_plan("east")
    assert kept(opened)
    assert read(opened) == list(extract(opened.tree))
    assert run("targets", "公里", "--plan", "east").stdout.decode().split("\t")[0] == "3:1"
    assert run("targets", "公里", "--all-plans").stdout.decode().count("east/3:1\t") == 2
    assert run("remove", "east").returncode == 0
    with Library() as left:
        last = left.store.infos()[-1].last
        sql = "SELECT count(*) FROM target WHERE seq > ?"
        assert left.store.con.execute(sql, (last,)).fetchone() == (0,)
        assert not targets.are_kept(left.store.con, "east")


def test_a_title_that_was_set_may_change_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The title says when the plan's period begins: what was kept under another is not answered."""
    opened = planq.library.open_plan()
    asked: list[Tree] = []
    read(opened)

    def extracted(plan: Tree, *_: object) -> Any:
        asked.append(plan)
        return iter(())

    monkeypatch.setattr("planq.targets.records.extract", extracted)
    assert read(opened) and not asked
    other = opened._replace(tree=opened.tree.stating({"title": "第十五个五年规划纲要"}))
    assert not read(other) and asked == [other.tree]
