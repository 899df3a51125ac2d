"""The addresses and pages a draft names, and which of them belong to a quotation."""

from __future__ import annotations

import pytest
from conftest import asking

from planq.plan.tree import Tree
from planq.verify.claims import claims_in
from planq.verify.verify import verify

#: 1.1:2, page 2.
WORDS = "人均地区生产总值突破 1 万美元"


def claims(text: str, plan: Tree) -> list[str]:
    return [str(claim) for claim in claims_in(text, plan)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三章提出", "3"),
        ("第三章第二节提出", "3.2"),
        ("见第3章第2节", "3.2"),
        ("（第三章第二节第一目）", "3.2.1"),
        ("专栏4列出", "box4"),
        ("专栏 四 列出", "box4"),
        ("（3.2.1）", "3.2.1"),
        ("见§3.2。", "3.2"),
        ("《纲要》前言", "0"),
        ("第26页", "p. 26"),
        ("第26—27页", "pp. 26-27"),
        ("（p. 26）", "p. 26"),
        ("(pp. 26-27)", "pp. 26-27"),
        ("(page 26)", "p. 26"),
        ("见26页", "p. 26"),
        ("第三至五章都提到", "3-5"),
        ("（1.1:2）", "1.1:2"),
        ("第一章第一节第2段说", "1.1:2"),
        ("第一章第一节第二段说", "1.1:2"),
        ("第一章第一节第九十段说", "1.1"),
        ("专栏4第3项", "box4:3"),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, expected: str, plan: Tree) -> None:
    assert claims(text, plan) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "增长3.2%，达到3.25万亿元",
        "《中华人民共和国宪法》第三章规定",
        "本报告第三章讨论",
        "第三章 结论\n",
        "版本 2021.3.1",
        "如图2所示",
        "全书共300页",
        "第一部分讨论，第二十节课上，第九章程",
        "《国家纲要》第三章和第四章提出",
        "（《国家纲要》，第26页）",
        "国家“十四五”规划第三章提出",
        "国家《纲要》第三章提出",
        "如前文（见一、（二））所述",
    ],
)
def test_what_is_no_address_of_the_plan_is_none(text: str, plan: Tree) -> None:
    assert claims(text, plan) == []


@pytest.mark.parametrize(
    "name", ["纲要", "湖北省“十四五”规划纲要", "湖北十四五规划和2035年远景目标纲要"]
)
def test_the_plan_goes_by_names_that_leave_words_out(name: str, plan: Tree) -> None:
    assert claims(f"《{name}》第三章", plan) == ["3"]


@pytest.mark.parametrize(
    ("sentence", "status", "claimed"),
    [
        ("第一章第一节指出：“{}”。", "exact", "1.1"),
        ("第二章指出：“{}”。", "misattributed", "2"),
        ("“{}”（第一章第一节，第2页）。", "exact", "1.1, p. 2"),
        ("“{}”（第3页）。", "misattributed", "p. 3"),
        ("“{}”见于第三章。", "misattributed", "3"),
        ("第一节指出“{}”。", "exact", "1"),
        ("第三节指出“{}”。", "misattributed", "3"),
        ("第一章和第二章都说“{}”。", "exact", "2 / 1"),
        ("第一章至第四章都说“{}”。", "exact", "1-4"),
        ("第二章至第四章都说“{}”。", "misattributed", "2-4"),
        ("专栏 99 说“{}”。", "misattributed", "box99"),
        ("前言说“{}”。", "misattributed", "0"),
        ("第二章讲创新。文中说“{}”。", "exact", None),
        ("“{}”之后，第二章又讲创新。", "exact", None),
        ("“{}”[^a]。\n\n[^a]: 第二章。", "misattributed", "2"),
        ("第二章说：\n\n> {}", "misattributed", "2"),
        ("> {}（第一章第一节）", "exact", "1.1"),
        ("> “{}。”\n>\n> ——《纲要》第二章，第9页", "misattributed", "2, p. 9"),
        ("第二、三章都说“{}”。", "misattributed", "3 / 2"),
        ("第一章第一节第3段说“{}”。", "misattributed", "1.1:3"),
        ("“{}”是《纲要》第二章的要求。", "misattributed", "2"),
        ("“{}”在第二章提出。", "misattributed", "2"),
        ("“{}”，这一目标体现在第二章。", "misattributed", "2"),
        ("“{}”见第一章，第9页。", "misattributed", "1, p. 9"),
        ("“{}”出自《湖北省“十四五”规划和二〇三五年远景目标纲要》第二章。", "misattributed", "2"),
        ("| 第二章 | “{}” |", "misattributed", "2"),
        ("- 第二章 “{}”", "misattributed", "2"),
        ("“{}”①。\n\n① 第二章。", "misattributed", "2"),
        ("“{}”[1]。\n\n[1] 《纲要》第二章。", "misattributed", "2"),
        ("“{}”[^a]。\n\n[^a]: 《纲要》\n    第二章。", "misattributed", "2"),
        ("与《国家纲要》第二章不同，《纲要》第一章说“{}”。", "exact", "1"),
    ],
)
def test_a_claim_counts_for_the_quotation_it_stands_beside(
    sentence: str, status: str, claimed: str | None, plan: Tree
) -> None:
    (verdict,) = verify(sentence.format(WORDS), plan).verdicts
    assert (verdict.status, verdict.claimed) == (status, claimed)


def test_several_chapters_or_sections_are_a_claim_each(plan: Tree) -> None:
    assert claims("第三、四章", plan) == ["3", "4"]
    assert claims("第三章第一、二节", plan) == ["3.1", "3.2"]
    assert claims("第一和第三节", plan) == ["1", "3"]


def test_words_behind_another_documents_title_may_be_about_the_plan(plan: Tree) -> None:
    assert claims("与《国家纲要》相衔接，第三章提出", plan) == ["3"]
    assert claims("落实《国家纲要》”，见第三章", plan) == ["3"]


def test_each_quotation_has_its_own_claim(plan: Tree) -> None:
    draft = f"第一章说“{WORDS}”，第二章说“创新能力持续提高，数字经济蓬勃发展”。"
    assert [(v.claimed, v.status) for v in verify(draft, plan).verdicts] == [
        ("1", "exact"),
        ("2", "misattributed"),
    ]


@pytest.mark.parametrize(
    ("sentence", "claimed"),
    [
        ("“{}”见第一章，“{}”见第四章。", ["1", "4"]),
        ("“{}”在第一章、“{}”在第四章。", ["1", "4"]),
        ("“{}”，见第一章，“{}”也是这样。", ["1", None]),
        ("“{}”，在第四章又说“{}”。", [None, "4"]),
        ("第一章说“{}”，又见第四章“{}”。", ["1", "4"]),
        ("“{}”①，“{}”①。\n\n① 第一章。\n\n① 第四章。", ["1", "1"]),
        ("“{}”①。\n\n① 第一章。\n\n“{}”①。\n\n① 第四章。", ["1", "4"]),
    ],
)
def test_of_two_quotations_each_has_the_claim_beside_it(
    sentence: str, claimed: list[str | None], plan: Tree
) -> None:
    verdicts = verify(sentence.format(WORDS, WORDS), plan).verdicts
    assert [verdict.claimed for verdict in verdicts] == claimed


def test_of_several_places_the_one_claimed_is_taken(plan: Tree) -> None:
    words = "高质量发展"
    ids = {plan[h.id].id.split(".")[0].split(":")[0] for h in asking(plan).search(words)}
    for chapter in ("2", "9", "17"):
        if chapter in ids:
            (verdict,) = verify(f"第{chapter}章说“{words}”。", plan, min_length=2).verdicts
            assert verdict.status == "exact"
            assert verdict.id is not None
            assert verdict.id.split(".")[0].split(":")[0] == chapter


def test_a_cited_address_has_to_exist(plan: Tree) -> None:
    report = verify("第三章第二节提出目标，第十九章也是。见3.9.9。", plan)
    assert [unknown.words for unknown in report.unknown] == ["第十九章", "3.9.9"]
    assert report.claims == 3
    assert not report.good


@pytest.mark.parametrize(
    "draft",
    [
        "“{}”（第9、10页）",
        "“{}”（页126）",
        "“{}”（126页）",
        "“{}”(见14.3第116页)",
        "“{}”这句话在第十六章里。",
        "“{}”\n——第十五章第三节",
        "“{}”。\n\n—— 《纲要》第十五章",
        "“{}”[^1](见第十五章)\n\n[^1]: 甲",
        "> {}\n\n——《纲要》第二章\n",
        "> {}\n>\n> ——《纲要》第十二章第二节\n",
        "> {}\n>\n> 改革开放持续深化\n>\n> ——第十二章\n",
    ],
)
def test_a_source_is_read_where_writers_put_it(draft: str, plan: Tree) -> None:
    verdicts = verify(draft.format(WORDS), plan).verdicts
    assert verdicts[0].status == "misattributed"
    assert verdicts[0].claimed


def test_the_first_of_an_enumeration_is_no_page(plan: Tree) -> None:
    assert claims("第一，第2页写道", plan) == ["p. 2"]


def test_words_that_stand_hundreds_of_times_are_found_where_the_draft_says(plan: Tree) -> None:
    """发展 stands more than five hundred times, and last in chapter 17."""
    (verdict,) = verify("“发展”（第十七章）", plan, min_length=1).verdicts
    assert (verdict.status, verdict.claimed) == ("exact", "17")
    assert verdict.id is not None and verdict.id.startswith("17")
    (verdict,) = verify("“更加紧密……，……社会主义现代”", plan).verdicts
    assert verdict.status == "exact"


OPINIONS = """某市发展意见
（2020年1月2日）
　　总的话在这里说。
　　一、总体要求
　　（一）指导思想。坚持改革开放持续深化不动摇。
　　（二）主要目标。经济社会发展取得明显成效。
　　二、重点任务
　　（一）发展产业。加快构建现代产业体系建设。
　　这是本条的第二段话在此说明。
　　三、保障措施
　　（二）强化保障。加强组织领导和统筹协调。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《某市发展意见》（2020年1月2日）二、（一）第1段", ["2.1:1"]),
        ("《意见》二、（一）提出", ["2.1"]),
        ("《意见》三，", ["3"]),
        ("《意见》二提出", ["2"]),
        ("（二、（一））", ["2.1"]),
        ("见一、（二）", ["1.2"]),
        ("《意见》第二部分提出", ["2"]),
        ("一、（二）提出", []),
        ("本文第二部分提出", []),
        ("《国家意见》二、（一）", []),
        ("（一、二、三产业）", []),
    ],
)
def test_a_plan_without_chapters_is_cited_by_the_labels_it_prints(
    text: str, expected: list[str]
) -> None:
    from planq.parse import parse

    assert claims(text, parse(OPINIONS)) == expected


def test_a_plans_own_footnote_is_a_claim_in_a_draft() -> None:
    from planq.parse import parse

    plan = parse(OPINIONS)
    cited = asking(plan).cite("2.1", style="footnote")
    (verdict,) = asking(plan).verify(f"“加快构建现代产业体系建设”（{cited}）。")
    assert (verdict.status, verdict.claimed) == ("exact", "2.1")
    (verdict,) = asking(plan).verify(f"“坚持改革开放持续深化不动摇”（{cited}）。")
    assert (verdict.status, verdict.claimed) == ("misattributed", "2.1")


def test_a_part_may_be_named_though_its_chapters_run_on() -> None:
    from planq.parse import parse

    plan = parse(
        "某规划\n第一部分 总论\n第一章 目标\n经济发展。\n（一）产业\n产业发展壮大成势。\n"
        "第二部分 任务\n第二章 措施\n（二）保障\n保障措施落实到位。\n"
    )
    for named, status in (
        ("第二部分第二章", "exact"),
        ("第二部分第二章（二）", "exact"),
        ("第二章（2021）", "exact"),
        ("第一部分第二章", "misattributed"),
        ("第一部分第一章（一）", "misattributed"),
    ):
        (verdict,) = asking(plan).verify(f"{named}提出“保障措施落实到位”。")
        assert (verdict.status, named) == (status, named)
