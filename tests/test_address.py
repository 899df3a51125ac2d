"""Addresses as people write them, in plans that number their parts in every way."""

from __future__ import annotations

from pathlib import Path

import pytest

import planq
from planq.errors import AddressError
from planq.plan.tree import Tree

#: Chapters begin anew in each part.
ANEW = """某省发展规划

第一篇 总论

第一章 基础

第一节 背景

这是背景。

第二节 形势

这是形势。

第二篇 任务

第一章 产业

第一节 制造

这是制造。

这是制造的第二段。

专栏1 平台工程
甲：内容一。
乙：内容二。
"""
#: Chapters run on across the parts, and （一） across the chapters.
ON = """某市发展规划

第一部分 总论

第一章 基础

（一）背景。这是背景。

（二）形势。这是形势。

第二部分 任务

第二章 产业

（三）制造。这是制造。

第三章 创新

（四）平台。这是平台。
"""
#: No chapters, and （一） begins anew.
FLAT = """某市意见

一、总体要求

（一）思想。坚持稳中求进。

（二）目标。到2025年完成。

二、重点任务

（一）产业。发展产业。

（二）科技。发展科技。
"""


@pytest.fixture
def anew(tmp_path: Path) -> Tree:
    return opened(tmp_path, ANEW)


@pytest.fixture
def on(tmp_path: Path) -> Tree:
    return opened(tmp_path, ON)


@pytest.fixture
def flat(tmp_path: Path) -> Tree:
    return opened(tmp_path, FLAT)


def opened(folder: Path, text: str) -> Tree:
    (folder / "p.txt").write_text(text, encoding="utf-8")
    return planq.open(folder / "p.txt")


def ids(plan: Tree, address: str) -> list[str]:
    return [node.id for node in plan.resolve(address)]


def refused(plan: Tree, address: str) -> str:
    with pytest.raises(AddressError) as caught:
        plan.resolve(address)
    return str(caught.value)


@pytest.mark.parametrize(
    "said",
    ["part2/1.1", "第二篇第一章第一节", "第2篇 第1章 第1节", "part2/第一章第一节", "part2/一.一", "第二篇/1.1"],
)  # fmt: skip
def test_a_part_before_its_chapters(anew: Tree, said: str) -> None:
    assert ids(anew, said) == ["part2/1.1"]
    assert ids(anew, f"{said}:2") == ids(anew, f"{said}第二段") == ["part2/1.1:2"]


@pytest.mark.parametrize("said", ["part2/3", "第二部分第三章", "第二部分 第3章", "part2/第三章"])
def test_a_part_before_chapters_that_run_on_across_parts(on: Tree, said: str) -> None:
    assert ids(on, said) == ["3"]
    assert ids(on, f"{said}（四）") == ["3.4"]
    assert "has no part1/3" in refused(on, "第一部分第三章")


def test_a_box_by_the_part_it_stands_in(anew: Tree) -> None:
    assert ids(anew, "part2/box1:2") == ids(anew, "第二篇专栏一第二项") == ["box1:2"]
    assert "has no part1/box1" in refused(anew, "part1/box1")


def test_numbers_that_several_parts_have_are_listed(anew: Tree) -> None:
    assert refused(anew, "1.1") == "p has no 1.1; nearest: part1/1.1, part2/1.1"
    assert "is in 2 headings: part1/1 第一章 基础; part2/1 第一章 产业" in refused(anew, "第一章")
    assert ids(anew, "第二节") == ["part1/1.2"]  # the one heading that says so


def test_a_section_is_no_chapter(plan: Tree) -> None:
    assert "'第二节' is in 17 headings: 1.2 第二节" in refused(plan, "第二节")
    assert "'二、' is in 53 headings" in refused(plan, "二、")
    assert "no heading of hubei-145" not in refused(plan, "第三章第二节（一）")
    assert refused(plan, "第三章第二节（一）") == (
        "hubei-145 prints no 第三章第二节（一）; nearest: 3.2.1 一、打造具有国际竞争力的产业集群"
    )
    assert ids(plan, "第三章第二节第一目") == ids(plan, "第三章第二节一") == ["3.2.1"]


def test_an_ordinal_in_brackets_is_the_one_that_is_printed_so(on: Tree, flat: Tree) -> None:
    assert ids(on, "（三）") == ["2.3"]
    assert ids(on, "第三章") == ["3"]
    assert "is in 2 headings: 1.1 （一）思想; 2.1 （一）产业" in refused(flat, "（一）")
    assert ids(flat, "一、") == ids(flat, "一") == ["1"]
    assert ids(flat, "二、（一）") == ["2.1"]
    assert refused(flat, "第一章") == "p prints no 第一章; nearest: 1 一、总体要求"


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("3.1至3.3", "3.1", "3.3"),
        ("第三章第一节至第三章第三节", "3.1", "3.3"),
        ("第三章第一节至第三节", "3.1", "3.3"),
        ("第三章 第一节 — 第三节", "3.1", "3.3"),
        ("第三章至第五章", "3", "5"),
        ("专栏4至专栏6", "box4", "box6"),
        ("前言至第二章", "0", "2"),
        ("0-2", "0", "2"),
    ],
)
def test_ranges_as_they_are_written(plan: Tree, said: str, first: str, last: str) -> None:
    found = ids(plan, said)
    assert (found[0], found[-1], len(found)) == (first, last, 3)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3.1-3", "3.1-3.3"),
        ("box4-6", "box4-box6"),
        ("专栏4-6", "专栏4-专栏6"),
        ("box4:1-3", "box4:1-box4:3"),
    ],
)
def test_a_range_whose_second_end_is_cut_short(plan: Tree, said: str, meant: str) -> None:
    assert refused(plan, said) == f"{said!r} is not a range: write {meant}"
    assert len(plan.resolve(meant)) == 3


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("part2", "nearest: 2, 1, 3"),
        ("第二篇第三章", "nearest: 3"),
        ("box", "nearest: box1; box2"),
        ("3.9", "nearest: 3.3, 3.2, 3.1"),
        ("🙂", "planq toc lists the headings"),
    ],
)
def test_every_refusal_says_what_there_is(plan: Tree, said: str, hint: str) -> None:
    assert hint in refused(plan, said)


@pytest.mark.parametrize("many", ["-", "3-", "3至", "第三章", "（", "1", "1.", "长"])
def test_a_book_is_no_address_and_takes_no_time(plan: Tree, many: str) -> None:
    assert len(refused(plan, many * 50_000)) < 300


def test_an_address_is_text(plan: Tree) -> None:
    with pytest.raises(TypeError, match=r"text such as '3.2', not int"):
        plan[3]  # type: ignore[index] # what is tested
