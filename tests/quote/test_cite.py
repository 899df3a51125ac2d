"""Citations: what is known, in each style, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import asking

import planq
from planq.errors import PlanqError
from planq.parse import parse
from planq.plan.tree import Tree
from planq.quote.cite import FACTS, cite, section_words, unknown
from planq.quote.styles import STYLES, Facts, Pinpoint, date_of

TITLE = "湖北省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"
META = {"issuer": "湖北省人民政府", "date": "2021-04-12", "number": "鄂政发〔2021〕5号"}


@pytest.fixture(scope="module")
def known(plan: Tree) -> Tree:
    """The bundled plan with facts that its text does not hold."""
    return parse(plan.source, name=plan.name, id=plan.id, meta=META)


def test_only_what_the_text_says_is_known_of_the_bundled_plan(plan: Tree) -> None:
    assert plan.meta == {"title": TITLE}
    assert cite(plan, plan["3.2.1"]).missing == list(FACTS)


@pytest.mark.parametrize("style", STYLES)
def test_nothing_unknown_is_in_a_citation(style: str, plan: Tree) -> None:
    found = cite(plan, plan["3.2.1"], style)
    for invented in ("人民政府", "出版", "不详", "武汉", "20", "[s.l.]", "佚名"):
        assert invented not in found.citation.replace(TITLE, "").replace("26", "")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("gbt7714-2015", f"湖北省人民政府. {TITLE}: 鄂政发〔2021〕5号[Z]. 2021: [26-28]."),
        ("gbt7714-2025", f"湖北省人民政府. {TITLE}：鄂政发〔2021〕5号[Z]. 2021：[26-28]."),
        (
            "footnote",
            f"湖北省人民政府：《{TITLE}》（鄂政发〔2021〕5号，2021年4月12日）第三章第二节第一目，第26—28页之间",
        ),
    ],
)
def test_the_whole_reference(style: str, expected: str, known: Tree) -> None:
    assert cite(known, known["3.2.1"], style).citation == expected


def test_reference_and_pinpoint_are_fields_of_their_own(known: Tree) -> None:
    found = cite(known, known["3.2.1"], "gbt7714-2015")
    assert found.reference == f"湖北省人民政府. {TITLE}: 鄂政发〔2021〕5号[Z]. 2021."
    assert found.pinpoint == "第三章第二节第一目，第26—28页之间"
    assert (found.section, found.page, found.page_exact) == ("第三章第二节第一目", (26, 28), False)


def test_a_page_known_is_one_page_and_a_range_is_a_range(plan: Tree) -> None:
    assert "第2页" in cite(plan, plan["1.1:2"], "footnote").citation
    for node in plan.walk():
        found = cite(plan, node)
        assert found.page is not None
        first, last = found.page
        page = str(first) if first == last else f"{first}-{last}"
        assert found.citation.endswith(f": {page}." if found.page_exact else f": [{page}].")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("0", "前言"),
        ("3", "第三章"),
        ("3.2", "第三章第二节"),
        ("3.2.1", "第三章第二节第一目"),
        ("3.2.1:1", "第三章第二节第一目第1段"),
        ("1:1", "第一章第1段"),
        ("box4", "专栏4"),
        ("box4:3", "专栏4第3项"),
        ("fig2", "图2"),
    ],
)
def test_the_place_in_words(address: str, words: str, plan: Tree) -> None:
    assert section_words(plan[address]) == words


def test_places_in_plans_with_other_labels_keep_their_printed_labels() -> None:
    plan = parse(
        "某市规划\n一、发展基础\n（一）主要成就。十三五时期成就显著。\n二、总体要求\n第二段。\n"
    )
    assert section_words(plan["1.1"]) == "一、（一）"


def test_a_box_without_a_number_is_named_by_its_title() -> None:
    plan = parse(
        "某规划\n第一章 总则\n第一节 目标\n发展。\n专栏 重点工程\n1.桥：修桥。\n2.路：修路。\n"
    )
    rows = [node for node in plan.walk() if node.kind == "row"]
    boxes = [node for node in plan.walk() if node.kind == "box"]
    assert [section_words(box) for box in boxes] == ["第一章第一节专栏“重点工程”"]
    assert [section_words(row) for row in rows] == [
        "第一章第一节专栏“重点工程”第1项",
        "第一章第一节专栏“重点工程”第2项",
    ]


def test_a_plan_without_pages_is_cited_without() -> None:
    plan = parse("某市规划\n第一章 总则\n第一节 目标\n经济发展。\n")
    found = cite(plan, plan["1.1"], "footnote")
    assert (found.page, found.citation) == (None, "《某市规划》第一章第一节")
    assert cite(plan, plan["1.1"]).citation == "某市规划[Z]."


def test_bibtex_escapes_and_balances(known: Tree) -> None:
    plan = parse("50% {x} & _y_ 规划\n第一章 总则\n经济发展。\n", id="a_b")
    entry = cite(plan, plan["1"], "bibtex").citation
    assert entry.count("{") == entry.count("}")
    assert r"50\% \textbraceleft{}x\textbraceright{} \& \_y\_ 规划" in entry
    whole = cite(known, known["3.2.1"], "bibtex").citation
    assert "author = {{湖北省人民政府}}" in whole
    assert "pages" not in whole  # they are bounds
    assert "pages = {134--135}" in cite(known, known["16.1"], "bibtex").citation


def test_csl_json_is_an_item_of_its_schema(known: Tree) -> None:
    found = cite(known, known["3.2.1"], "csl-json")
    item = json.loads(found.citation)
    assert item == found.data
    assert item["issued"] == {"date-parts": [[2021, 4, 12]]}
    assert item["author"] == [{"literal": "湖北省人民政府"}]
    assert (item["note"], item["section"]) == (
        "第三章第二节第一目，第26—28页之间",
        "第三章第二节第一目",
    )
    exact = cite(known, known["16.1"], "csl-json").data
    assert exact is not None
    assert exact["page"] == "134-135"


def test_several_issuers_are_several_authors() -> None:
    meta = {"issuer": "湖北省文化和旅游厅 湖北省文物局"}
    plan = parse("某规划\n第一章 总则\n发展。\n", meta=meta)
    assert cite(plan, plan["1"]).reference == "湖北省文化和旅游厅, 湖北省文物局. 某规划[Z]."
    assert len(json.loads(cite(plan, plan["1"], "csl-json").reference)["author"]) == 2


def test_marks_of_a_title_inside_a_title_are_single() -> None:
    plan = parse("某规划\n第一章 总则\n发展。\n", meta={"title": "贯彻《纲要》的意见"})
    assert cite(plan, plan["1"], "footnote").reference == "《贯彻〈纲要〉的意见》"


def test_an_unknown_style_names_those_there_are(plan: Tree) -> None:
    with pytest.raises(PlanqError, match="gbt7714-2025"):
        cite(plan, plan["3"], "apa")


def test_what_is_left_out_is_named(plan: Tree, known: Tree) -> None:
    assert "issuer, date, number" in unknown([cite(plan, plan["3"])])
    assert unknown([cite(known, known["3"])]) == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [("2021-04-12", (2021, 4, 12)), ("2021年4月", (2021, 4)), ("2021", (2021,)), ("", ())],
)
def test_dates_are_read_as_far_as_they_go(text: str, date: tuple[int, ...]) -> None:
    assert date_of(text) == date


def test_the_plan_cites_itself(plan: Tree) -> None:
    assert str(asking(plan).cite("3.2.1")) == f"{TITLE}[Z]: [26-28]."
    assert asking(plan).cite("box4", style="footnote").section == "专栏4"


def test_a_texts_own_facts_are_filled_in() -> None:
    text = "中共中央 国务院关于实施某某战略的意见\n（2018年1月2日）\n　　总的话。\n　　一、重大意义\n　　话。\n"
    plan = parse(text)
    assert plan.meta["issuer"] == "中共中央 国务院"
    assert plan.meta["date"] == "2018-01-02"
    assert "number" not in plan.meta


def test_a_title_with_a_lone_brace_does_not_end_a_bibtex_field() -> None:
    facts = Facts("x", "某}规\\划{{", "", (), "")
    entry = STYLES["bibtex"](facts, Pinpoint("1", "第一章", None)).citation
    assert entry.count("{") == entry.count("}")
    assert "\\textbraceright{}" in entry and "\\textbackslash{}" in entry


def test_a_markdown_link_leads_to_the_heading_that_show_writes(plan: Tree) -> None:
    from planq.render.plain import show_md

    written = re.findall(r"^#+ (.*)$", show_md(plan.children), re.MULTILINE)
    anchors = [
        "".join("-" if c == " " else c for c in line.lower() if c.isalnum() or c in " -_")
        for line in written
    ]
    for address in ("3", "3.2.1", "3.2.1:1", "box4", "box4:3", "fig2", "17.3"):
        (anchor,) = re.findall(r"\(#(.*)\)\Z", cite(plan, plan[address], "md").citation)
        assert anchor in anchors
    assert cite(plan, plan["3.2.1:1"], "md").citation.endswith("](#一打造具有国际竞争力的产业集群)")


def test_of_headings_that_read_alike_each_has_its_own_anchor() -> None:
    plan = parse("某规划\n第一章 甲\n第一节 目标\n发展。\n第二章 乙\n第一节 目标\n发展。\n")
    anchors = [cite(plan, plan[a], "md").citation.partition("](")[2] for a in ("1.1", "2.1")]
    assert anchors == ["#第一节-目标)", "#第一节-目标-1)"]


def test_an_article_is_cited_by_its_number_where_there_are_no_pages(tmp_path: Path) -> None:
    file = tmp_path / "rule.txt"
    file.write_text(
        "某市供水条例\n\n第一章 总则\n\n第一条 为了供水，制定本条例。\n\n第十条 用户应当缴费。\n\n"
        "第十条之一 用户不得转供水。\n转供水的，责令改正：\n（一）罚款；\n（二）停水。\n",
        encoding="utf-8",
    )
    rule = planq.open(file)
    assert asking(rule).cite("10+1", style="gbt7714-2015").citation == "某市供水条例[Z]: 第十条之一."
    assert asking(rule).cite("10+1", style="gbt7714-2025").citation == "某市供水条例[Z]：第十条之一."
    assert asking(rule).cite("第十条", style="gbt7714-2015").citation == "某市供水条例[Z]: 第十条."
    assert asking(rule).cite("10+1", style="gbt7714-2015").reference == "某市供水条例[Z]."
    assert asking(rule).cite("10+1", style="footnote").citation == "《某市供水条例》第十条之一"
    assert "note = {第十条之一}" in asking(rule).cite("10+1", style="bibtex").citation
