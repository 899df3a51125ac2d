"""Who issued a plan: bodies told apart, told from the title, and written as the style wants."""

from __future__ import annotations

import pytest
from conftest import asking

from planq.parse import parse
from planq.parse.opening.issuers import are_bodies, bodies

FIVE = "国家发展改革委 教育部 科技部 工业和信息化部 财政部"
BODY = "\n\n2021年3月1日\n\n第一章 总则\n\n推进数字经济发展。\n"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("国务院", ["国务院"]),
        ("中共中央　国务院", ["中共中央", "国务院"]),
        ("国家发展改革委、财政部", ["国家发展改革委", "财政部"]),
        ("国家发展改革委和财政部", ["国家发展改革委", "财政部"]),
        ("工业和信息化部 人力资源和社会保障部", ["工业和信息化部", "人力资源和社会保障部"]),
        ("发展改革委 财 政 部 教 育 部", ["发展改革委", "财政部", "教育部"]),
        ("教育部等五部门", ["教育部等五部门"]),
        ("省发展改革委，省财政厅；省教育厅", ["省发展改革委", "省财政厅", "省教育厅"]),
    ],
)
def test_bodies_are_told_apart(printed: str, expected: list[str]) -> None:
    assert bodies(printed) == expected
    assert are_bodies(printed)


@pytest.mark.parametrize(
    "line", ["关于推进数字发展的规划", "湖北省", "推进教育部署", "", "根据国务院"]
)
def test_what_is_no_list_of_bodies(line: str) -> None:
    assert not are_bodies(line)


@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        (f"{FIVE}\n关于推进数字发展的规划", "关于推进数字发展的规划", FIVE),
        (f"{FIVE.replace(' ', '、')}\n关于推进数字发展的规划", "关于推进数字发展的规划", FIVE),
        ("国家发展改革委\n教育部\n关于推进数字发展的规划", "关于推进数字发展的规划", "国家发展改革委 教育部"),
        ("湖北省人民政府\n关于推进数字发展的意见", "关于推进数字发展的意见", "湖北省人民政府"),
        ("湖北省人民政府\n湖北省数字发展规划", "湖北省数字发展规划", "湖北省人民政府"),
        ("教育部、财政部关于推进数字发展的意见", "教育部、财政部关于推进数字发展的意见", "教育部 财政部"),
        ("教育部等五部门关于推进数字发展的意见", "教育部等五部门关于推进数字发展的意见", "教育部等五部门"),
        ("中国科学院\n“十四五”发展规划", "中国科学院“十四五”发展规划", None),
        ("湖北省\n数字发展规划", "湖北省数字发展规划", None),
    ],
)  # fmt: skip
def test_issuers_above_a_title(head: str, title: str, issuer: str | None) -> None:
    plan = parse(head + BODY, name="p.txt")
    assert (plan.title, plan.meta.get("issuer")) == (title, issuer)
    assert plan.meta["date"] == "2021-03-01"


@pytest.mark.parametrize(
    ("issuer", "written"),
    [
        ("甲部", "甲部. "),
        ("甲部 乙部 丙部", "甲部, 乙部, 丙部. "),
        (FIVE, "国家发展改革委, 教育部, 科技部, 等. "),
        (FIVE.replace(" ", "、"), "国家发展改革委, 教育部, 科技部, 等. "),
        ("教育部等五部门", "教育部, 等. "),
    ],
)
def test_gbt7714_names_three_and_says_when_there_are_more(issuer: str, written: str) -> None:
    plan = parse(f"某规划{BODY}", name="p.txt", meta={"issuer": issuer})
    assert str(asking(plan).cite("1")).startswith(f"{written}某规划[Z]")
    assert str(asking(plan).cite("1", "gbt7714-2025")).startswith(written.replace(", ", "，"))


def test_other_styles_name_every_body() -> None:
    plan = parse(f"某规划{BODY}", name="p.txt", meta={"issuer": FIVE.replace(" ", "、")})
    assert str(asking(plan).cite("1", "footnote")).startswith(FIVE.replace(" ", "、") + "：《某规划》")
    assert str(asking(plan).cite("1", "bibtex")).count(" and ") == 4
    data = asking(plan).cite("1", "csl-json").data
    assert data is not None
    assert [each["literal"] for each in data["author"]] == FIVE.split()
