"""The verdicts: equality or not, whatever the similarity."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from conftest import asking, examples
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.plan.tree import Tree
from planq.quote.running_text import passages
from planq.text.folding import fold
from planq.verify.verify import verify

PLAN = planq.open().tree
LINE = passages(PLAN).line
FOLDED = fold(LINE)
#: Half-open spans of the line at which a block goes on behind a page break.
HEALED = [
    unit.start + sum(end - start for start, end in unit.spans[:cut])
    for unit in passages(PLAN).units
    for cut in range(1, len(unit.spans))
]


def status(words: str) -> str:
    """The verdict on `words` alone; 「」 so that half a pair of the plan's own marks does no harm."""
    (verdict,) = verify(f"「{words}」", PLAN, min_length=1).verdicts
    return verdict.status


@st.composite
def passage(draw: st.DrawFn, least: int = 8) -> str:
    size = draw(st.integers(least, 120))
    if draw(st.booleans()):
        start = draw(st.sampled_from(HEALED)) - draw(st.integers(1, size - 1))
    else:
        start = draw(st.integers(0, len(LINE) - size))
    words = LINE[start : start + size]
    # A table's tabs, half a LaTeX mark: no writer types them.
    if re.search(r"[\t\n]|_\{[^}]*\Z|\A\{|\A[^{]*\}|_\Z", words) or len(fold(words)) < least - 2:
        return "生态环境加快改善，长江大保护"[: max(least, 8)]
    return words


@given(passage())
@examples(75)
def test_any_passage_is_exact_page_breaks_or_not(words: str) -> None:
    assert status(words) == "exact"


@given(passage(), st.data())
@examples(100)
def test_an_edit_is_never_exact_or_folded(words: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 2))
    char = data.draw(st.sampled_from("不未非0123456789亿万省市年发展"))
    edited = data.draw(
        st.sampled_from(
            (
                words[:at] + words[at + 1 :],
                words[:at] + words[at] + words[at:],
                words[:at] + char + words[at + 1 :],
                words[:at] + words[at + 1] + words[at] + words[at + 2 :],
                words[:at] + char + words[at:],
            )
        )
    )
    if fold(edited) in FOLDED:  # the edit gives words that stand elsewhere, or changes nothing
        return
    assert status(edited) == "near"


@pytest.mark.parametrize(
    ("drafted", "printed"),
    [
        ("人均地区生产总值突破 2 万美元", "1 万美元"),
        ("人均地区生产总值突破 1 亿美元", "1 万美元"),
        ("武昌市获批建设国家中心城市", "武汉市"),
        ("发展平衡不充分仍然是我省最大的实际", "不平衡"),
        ("非行政许可审批事项未全面取消", "事项全面取消"),
        ("人均地区生产总值突破 1 万美元，", "1 万美元。"),
    ],
)
def test_a_digit_unit_name_negation_or_stop_is_near(drafted: str, printed: str) -> None:
    (verdict,) = verify(f"“{drafted}”", PLAN).verdicts
    assert verdict.status == "near"
    assert len(verdict.diff) == 1
    assert printed in LINE


def test_one_character_in_four_hundred_is_near(plan: Tree) -> None:
    words = max((block.own_text for block in plan.blocks()), key=len)
    edited = words.replace("提高", "提升", 1) if "提高" in words else "不" + words[1:]
    (verdict,) = verify(f"「{edited}」", plan).verdicts
    assert verdict.status == "near"
    assert sum(len(change.text) for change in verdict.diff) <= 2


@given(passage(), st.data())
@examples(75)
def test_what_folding_ignores_is_folded_and_says_in_what(words: str, data: st.DataObject) -> None:
    changes = {
        "quotation marks": lambda text: re.sub("[“”]", '"', text),
        "width": lambda text: re.sub("[0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), text),
        "case": lambda text: text.swapcase(),
        "spacing": lambda text: re.sub("(?<=[一-鿿])(?=[一-鿿])", " ", text, count=1),
    }
    kind = data.draw(st.sampled_from(sorted(changes)))
    edited = changes[kind](words)
    if edited in LINE:
        return
    (verdict,) = verify(f"「{edited}」", PLAN, min_length=1).verdicts
    assert verdict.status == "folded"
    assert kind in {each for change in verdict.diff for each in change.kind.split(", ")}


def test_the_same_words_at_two_ends_of_paragraphs_are_found_across_them() -> None:
    units = [unit for unit in passages(PLAN).units if unit.node and not unit.node.is_heading]
    first, second = next((a, b) for a, b in pairwise(units) if a.start + len(a.text) == b.start)
    assert status(first.text[-12:] + second.text[:12]) == "exact"


def test_no_number_arises_where_two_blocks_meet() -> None:
    assert "\n" not in "".join(node.own_text for node in PLAN.blocks())
    for at in (match.start() for match in re.finditer("\n", LINE)):
        joined = LINE[at - 4 : at] + LINE[at + 1 : at + 5]
        assert joined in LINE.replace("\n", "")
        if fold(joined) not in FOLDED:
            assert status(joined) != "exact"


def test_foreign_words_are_absent() -> None:
    assert status("床前明月光疑是地上霜举头望明月低头思故乡") == "absent"


def test_ellipses_join_parts_in_order(plan: Tree) -> None:
    first, second = "综合实力提档升级", "产业结构实现了由“二三一”到“三二一”的历史性转变"
    for dots in ("……", "…", "...", "[……]"):
        (verdict,) = verify(f"“{first}{dots}{second}。”", plan).verdicts
        assert verdict.status == "exact"
        assert [part.quote for part in verdict.parts] == [first, second + "。"]
        assert verdict.text == f"{first}……{second}。"
    (verdict,) = verify(f"“{second}……{first}”", plan).verdicts
    assert verdict.status == "near"
    assert [part.status for part in verdict.parts] == ["exact", "exact"]


def test_the_worst_part_decides(plan: Tree) -> None:
    (verdict,) = verify("“综合实力提档升级……人均地区生产总值突破 2 万美元”", plan).verdicts
    assert (verdict.status, [p.status for p in verdict.parts]) == ("near", ["exact", "near"])
    (verdict,) = verify("“综合实力提档升级……人均地区生产总值突破1万美元”", plan).verdicts
    assert verdict.status == "folded"
    (verdict,) = verify("“综合实力提档升级……床前明月光疑是地上霜”", plan).verdicts
    assert verdict.status == "absent"


def test_a_line_that_ends_where_the_plan_has_a_space_is_exact(plan: Tree) -> None:
    (verdict,) = verify("“人均地区生产总值突破 1\n万美元”", plan).verdicts
    assert (verdict.status, verdict.quote) == ("exact", "人均地区生产总值突破 1 万美元")


def test_latex_marks_come_with_their_partner(plan: Tree) -> None:
    (verdict,) = verify("“13个国考城市PM2.5平均浓度”", plan).verdicts
    assert verdict.status == "folded"
    assert verdict.text == "13 个国考城市 PM_{2.5} 平均浓度"
    (verdict,) = verify("“13个国考城市PM2.5”", plan).verdicts
    assert verdict.text == "13 个国考城市 PM_{2.5}"


def test_the_plans_own_title_may_be_quoted(plan: Tree) -> None:
    (verdict,) = verify(f"“{plan.title}”", plan).verdicts
    assert (verdict.status, verdict.id, verdict.text) == ("exact", None, plan.title)


def test_offsets_lead_into_the_draft_and_into_the_plan(plan: Tree) -> None:
    draft = "前面说过，“地区生产总值相继迈过3万亿元、4万亿元大关”。"
    (verdict,) = verify(draft, plan).verdicts
    assert draft[verdict.start : verdict.end] == verdict.quote
    assert "".join(plan.source[a:b] for a, b in verdict.source) == verdict.text
    for change in verdict.diff:
        assert draft[change.start : change.end] == change.quote


def test_short_quotations_are_counted_and_judged_only_when_asked(plan: Tree) -> None:
    report = verify("“十四五”和“改革开放持续深化”", plan)
    assert (len(report.verdicts), report.short) == (1, 1)
    assert len(verify("“十四五”和“改革开放持续深化”", plan, min_length=3).verdicts) == 2


def test_a_number_cut_in_two_is_said(plan: Tree) -> None:
    report = verify("“71 万户。基础设施建设实现大跨越”", plan)
    assert report.verdicts[0].status == "exact"
    assert report.cut == [(1, "cuts the plan's number 571 in two")]
    assert verify("“市场活力不断增强……市场主体达到 5”", plan).cut == report.cut


def test_the_python_interface_gives_one_verdict_a_quotation(plan: Tree) -> None:
    verdicts = asking(plan).verify("“改革开放持续深化”，“改革开放持续加深”")
    assert [verdict.status for verdict in verdicts] == ["exact", "near"]
    assert verdicts[1].text == "改革开放持续深化"


def test_nothing_of_a_plan_is_kept_when_it_is_gone() -> None:
    import gc
    import weakref

    from planq.parse import parse

    plan = parse("某规划\n第一章 总则\n改革开放持续深化。\n")
    assert asking(plan).verify("“改革开放持续加深”")[0].status == "near"
    gone = weakref.ref(plan)
    del plan
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    ("words", "drafted", "printed"),
    [
        ("市场主体达到 517 万户", "517", "571"),  # two digits swapped
        ("31.84 万户 88.32 万人", "88.32", "88.23"),
        ("能耗比 2015 年下降 1.8%", "1.8", "18"),
        ("能耗比 2015 年下降 8%", "8", "18"),
    ],
)
def test_a_number_that_differs_is_shown_whole(words: str, drafted: str, printed: str) -> None:
    (verdict,) = verify(f"「{words}」", PLAN).verdicts
    (change,) = verdict.diff
    assert (verdict.status, change.kind) == ("near", "number")
    assert (change.quote, change.text) == (drafted, printed)


def test_a_passage_is_not_led_across_a_stop_by_words_of_the_draft() -> None:
    (verdict,) = verify("「货物进出口总额年均增长 8.7个百分点」", PLAN).verdicts
    assert (verdict.status, verdict.text) == ("near", "货物进出口总额年均增长 8.7%")


def test_a_quotation_mark_stays_with_the_words_it_opens() -> None:
    (verdict,) = verify("「第二段“互联网+放管服”改革成效显著」", PLAN).verdicts
    assert (verdict.status, verdict.text) == ("near", "“互联网+放管服”改革成效显著")


def test_straight_marks_nest_as_the_plans_own_do() -> None:
    words = "综合实力提档升级。"
    (verdict,) = verify('"产业结构实现了由"二三一"到"三二一"的历史性转变"', PLAN).verdicts
    assert (verdict.status, verdict.quote) == (
        "folded", '产业结构实现了由"二三一"到"三二一"的历史性转变'
    )  # fmt: skip
    (verdict,) = verify('"数字经济蓬勃发展，"光新屏端网"产业集群影响力明显提升"', PLAN).verdicts
    assert verdict.status == "near"
    two = verify(f'"{words}"、"改革开放持续深化"', PLAN).verdicts
    assert [each.status for each in two] == ["exact", "exact"]


@pytest.mark.parametrize(
    "dots", ["。。。", "[...]", "（略）", "【略】", "（中略）", ". . .", "···"]
)
def test_every_way_to_say_that_something_is_left_out(dots: str) -> None:
    (verdict,) = verify(f"“综合实力提档升级{dots}人均地区生产总值突破 1 万美元”", PLAN).verdicts
    assert (verdict.status, len(verdict.parts)) == ("exact", 2)


def test_a_place_where_no_number_is_cut_comes_first() -> None:
    from planq.parse import parse

    plan = parse("某规划\n第一章 总则\n增长 18%以上的目标。\n第二章 目标\n增长到 8%以上的目标。\n")
    report = verify("“8%以上的目标”", plan)
    assert (report.verdicts[0].id, report.cut) == ("2:1", [])


def test_a_mark_left_out_is_given_with_its_other_half() -> None:
    (verdict,) = verify("「四好农村路建设和农村电网改造升级」", PLAN).verdicts
    assert (verdict.status, verdict.text) == ("near", "“四好农村路”建设和农村电网改造升级")
    (verdict,) = verify("「PM2.5浓度」", PLAN).verdicts
    assert verdict.text == "PM_{2.5} 平均浓度"


def test_words_of_the_text_are_found_there_before_the_title() -> None:
    from planq.parse import parse

    plan = parse("某市高质量发展规划\n第一章 总则\n推动高质量发展规划落地。\n")
    (verdict,) = verify("“高质量发展规划”", plan).verdicts
    assert verdict.id == "1:1"


@pytest.mark.parametrize(
    ("drafted", "marked"),
    [
        ("不坚持共抓大保护、不搞大开发", "[-不-]坚持共抓大保护、不搞大开发"),
        ("没有坚持需求导向，聚焦", "[-没有-]坚持需求导向，聚焦"),
        ("强化企业创新主体地位是关键", "强化企业创新主体地位[-是关键-]"),
        ("常住人口城镇化率65%", "常住人口城镇化率[-65%-]{+(%)\t59\t65+}"),
    ],
)
def test_no_characters_of_another_block_or_half_cells(drafted: str, marked: str) -> None:
    (verdict,) = verify(f"“{drafted}”", PLAN).verdicts
    assert (verdict.status, verdict.marked) == ("near", marked)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("人均地区生产总值突破 1 万", "cuts off the unit of the plan's 1 万美元"),
        ("行政许可审批事项全面取消", "leaves out the plan's 非 right before it"),
        ("人均地区生产总值突破 1 万美元", None),
    ],
)
def test_a_unit_or_negation_left_out_is_said(words: str, said: str | None) -> None:
    report = verify(f"“{words}”", PLAN)
    assert report.verdicts[0].status == "exact"
    assert report.cut == ([(1, said)] if said else [])


def test_what_stands_in_a_code_span_is_not_judged() -> None:
    assert not verify("`“床前明月光疑是地上霜”`", PLAN).verdicts
