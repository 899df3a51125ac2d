"""`planq check`: what is doubtful in a text, and what its tree leaves out, each where it stands."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import asking
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.check import REASONS, Places, check, left_out
from planq.parse import parse
from planq.plan.tree import Tree


def reasons(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in check(parse(text))]


def test_the_slips_of_the_bundled_plan(plan: Tree) -> None:
    counts = Counter(one.reason for one in check(plan))
    assert counts["stray Latin word inside Chinese"] == 3
    assert counts["LaTeX leftover"] == 1
    assert sum(counts.values()) < 20  # not drowned


def test_a_finding_stands_where_it_says(plan: Tree) -> None:
    lines = plan.source.split("\n")
    for one in check(plan):
        if one.reason.startswith(("stray", "LaTeX")):
            assert lines[one.line - 1][one.column - 1 :].strip()[:3] in one.text


def test_numbers_that_leap_or_repeat() -> None:
    found = reasons("某市规划\n一、甲\n文字。\n三、乙\n文字。\n三、丙\n文字。\n")
    assert (4, "numbering gap") in found
    assert (6, "number repeats") in found


def test_contents_that_the_body_lacks() -> None:
    text = "某市规划\n目录\n第一章 甲....1\n第二章 乙....2\n第三章 丙....3\n第一章 甲\n文字。\n第二章 乙\n文字。\n"
    assert reasons(text) == [(5, "in the contents but not in the body")]


def test_items_of_a_box_may_be_in_the_contents() -> None:
    text = (
        "某市规划\n目录\n第一章 甲....1\n专栏1 乙....2\n1.丙工程....3\n第一章 甲\n文字。\n专栏1 乙\n"
        "1.丙工程：建设丙。\n"
    )
    assert reasons(text) == []


def test_no_structure_is_a_finding() -> None:
    assert reasons("春天来了。\n人们走出家门。\n")[0] == (1, "doubtful structure")


def test_what_is_left_out_and_what_is_kept_are_the_whole_text(plan: Tree) -> None:
    kept = "".join(text for node in plan.walk() for text in (node.own_text, node.header_text))
    out = "".join(run.text for run in left_out(plan))
    assert Counter("".join((kept + out).split())) == Counter("".join(plan.source.split()))


def test_everything_left_out_has_a_reason_and_lines(plan: Tree) -> None:
    lines = plan.source.split("\n")
    for run in left_out(plan):
        assert run.reason == REASONS[run.part]
        assert run.line is not None
        assert run.text.startswith(lines[run.line - 1].strip())


@given(st.text(alphabet="ab\n", max_size=40), st.data())
def test_places(text: str, data: Any) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Places(text).of(offset)
    assert line == text.count("\n", 0, offset) + 1
    assert text.split("\n")[line - 1][: column - 1] == text[:offset].rpartition("\n")[2]


def test_exit_codes(run: Any, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("某市规划\n一、甲\n文字。\n二、乙\n文字。\n三、丙\n文字。\n")
    assert run("check", "good.txt").returncode == 0
    assert run("check").returncode == 1
    assert run("check", "--left-out").returncode == 0
    assert run("check", "--left-out", "missing.txt").returncode == 2


def test_left_out_says_what_the_files_reader_left_out(run: Any, tmp_path: Path) -> None:
    page = "<nav>首页 导航</nav><h1>某市规划</h1><p>一、甲</p><p>发展实体经济，建设质量强市。</p><script>x()</script>"
    (tmp_path / "page.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    found = json.loads(run("check", "--left-out", "page.html", "-f", "json").stdout)
    assert {"script"} <= {one["reason"] for one in found if one["part"] == "file"}
    assert "title" in {one["part"] for one in found}


def test_a_block_of_nothing_but_brackets_is_not_listed_bracket_by_bracket() -> None:
    found = check(parse("规划\n\n第一章 总则\n\n甲" + "（" * 1000 + "。\n"))
    reasons = [one.reason for one in found if one.reason.startswith("unbalanced")]
    assert len(reasons) == 20
    assert reasons[-1] == "unbalanced （, and 980 more in this block"


def test_half_width_brackets_are_found_in_prose_and_not_around_a_tables_units() -> None:
    found = [
        each for each in check(planq.open().tree) if each.reason == "half-width brackets behind Chinese"
    ]
    assert ["(IPv6)" in each.text for each in found].count(True) == 1
    assert [each.line for each in found] == [545, 658, 1005, 1280, 1310]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            "指标 单位 2020年 2025年 产值 亿元 100 150 人口 万人 6 覆盖率 % 40 45",
            "lines 6-20",
        ),  # a blank
        (
            "指标 2020年 2025年 经济发展 产值 100 150 人口 5 6 民生 覆盖率 40 45",
            "lines 6-19",
        ),  # groups
        ("指标 单位 2020年 2025年 产值 亿元 100 150 人口 万人 5 6 覆盖率 % 40 45", ""),  # is read
        ("教育 医疗 养老 就业 住房 社保 文化 体育 托育 助残", ""),
    ],
)
def test_cells_on_lines_of_their_own_are_a_table_or_said_to_look_like_one(
    cells: str, said: str
) -> None:
    lines = "\n".join(cells.split())
    plan = parse(f"规划\n\n一、目标\n\n目标如下。\n{lines}\n\n二、任务\n\n加强领导。\n")
    found = [finding.reason for finding in check(plan) if "look like a table" in finding.reason]
    assert [reason.split(" look")[0] for reason in found] == ([said] if said else [])
    assert len(asking(plan).tables()) == ("%" in cells and not said)
