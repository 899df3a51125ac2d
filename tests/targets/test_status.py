"""Whether a number looks back or ahead: by the words of its sentence, then by the headings above."""

from __future__ import annotations

from pathlib import Path

import pytest

import planq
from planq.targets.quantities.find import find
from planq.targets.voice import looks_back

#: Sentences of plans that begin in the year given, and the status of each number: a(chieved), t(arget).
AHEAD = [
    ("从一九五三年到一九八○年的二十八年间，工业总产值平均每年增长11%。", 1981, "a"),
    ("从一九七九年到一九八一年，全国城镇共安置2600万人就业。", 1981, "a"),
    ("从1980年到2000年，工农业年总产值增长5%。", 1981, "t"),
    ("[3]2020年全国粮食产量66949万吨。", 2021, "a"),
    ("①一九八〇年钢产量3712万吨。", 1981, "a"),
    ("一九八零年钢产量3712万吨。", 1981, "a"),
    ("二OO五年产量50万吨。", 2006, "a"),
    ("2010年，研发投入100亿元，比2005年增长20%。", 2011, "aa"),
    ("单位能耗比2020年下降13.5%，与2020年相比提高5个百分点。", 2021, "tt"),
    ("在2020年基础上，地区生产总值增长10%。", 2021, "t"),
    ("2020年粮食产量500亿斤，到2025年达到550亿斤。", 2021, "at"),
    ("高铁里程由2020年的1500公里增加到3000公里。", 2021, "at"),
    ("2020—2025年累计投资100亿元。", 2021, "t"),
    ("2016-2020年累计投资100亿元。", 2021, "a"),
    ("过去五年，累计建成高速公路500公里，今后五年将建成800公里。", 2025, "at"),
    ("2020年起建设20公里。", 2021, "t"),
    ("今年，城镇新增就业50万人。去年，新增就业53万人。", 2025, "ta"),
    ("目前已达到42%。", 2021, "a"),
    ("二氧化硫排放总量与上年持平，化学需氧量削减3.7%。", 2010, "t"),
    ("“十三五”时期年均增长7%，“十四五”时期年均增长6%。", 2021, "at"),
]
#: Sentences of a review in a report for 2025.
REVIEW = [
    ("过去一年，全省生产总值增长5.5%，目标是2025年增长6%。", "at"),
    ("确保500万人温暖过冬，高于预期目标0.5个百分点。", "aa"),
    ("到2024年底，里程达到500公里，到2027年达到900公里。", "at"),
    ("力争2025年突破6万亿元。", "t"),
    ("预计全年生产总值增长5%。", "a"),
    ("新能源汽车产量可望达到100万辆。", "t"),
]
#: Headings, outermost first, the year the document begins, and whether they look back.
HEADINGS = [
    ("一、2024年工作回顾 > （二）扎实抓好民生保障", 2025, True),
    ("一、1998年工作回顾和1999年工作的总体要求", 1999, True),
    ("一、2018年工作回顾 > （五）聚焦总目标，着力推进三项重点工作", 2019, True),
    ("二、2015年的形势和主要工作 > （一）促进增长", 2015, False),
    ("一、2014年的政府工作", 2015, True),
    ("三、在新征程上干出新成效 > （一）在加快建设现代化产业体系上取得新突破", 2023, False),
    ("一、牢记嘱托，新某省建设取得新成效 > （二）扎实抓好民生保障", 2025, True),
    ("第一章 开启新征程 > 第一节 决胜小康取得决定性成就", 2021, True),
    ("第一章 建成小康社会 > 第四节 “十四五”时期总体要求 > 三、主要目标", 2021, False),
    ("第一章 “十三五”回顾和“十四五”展望 > 第一节 发展基础", 2021, True),
    ("第一章 “十三五”回顾和“十四五”展望 > 第二节 主要目标", 2021, False),
    ("一、过去五年工作回顾和2023年总体要求 > （三）重点任务", 2023, False),
    ("一、过去五年工作", None, True),
    ("二、今后五年的目标任务", None, False),
    ("附件1 2026年省十件民生实事", 2026, False),
    ("一、发展基础 > （一）实施重大工程", None, True),
    ("四、重大工程", None, False),
    ("一、“十五”时期经济社会发展及2005年工作的回顾", 2006, True),
    ("一、过去一年主要工作 > （一）重点任务扎实推进", 2024, True),
    ("二、过去五年取得的成绩 > （二）目标任务圆满完成", None, True),
    ("三、2010年主要工作部署 > （三）抓好三农工作，夯实发展基础", 2010, False),
    ("三、巩固脱贫攻坚成果", 2021, False),
    ("二、适应新形势", 2021, False),
]
WORDS = {"a": "achieved", "t": "target"}


@pytest.mark.parametrize(("text", "begins", "statuses"), AHEAD)
def test_a_sentence_says_when(text: str, begins: int, statuses: str) -> None:
    assert [q.status for q in find(text, begins=begins)] == [WORDS[each] for each in statuses]


@pytest.mark.parametrize(("text", "statuses"), REVIEW)
def test_a_review_announces_only_what_it_says_it_does(text: str, statuses: str) -> None:
    found = find(text, looking_back=True, begins=2025)
    assert [q.status for q in found] == [WORDS[each] for each in statuses]


@pytest.mark.parametrize(("path", "begins", "back"), HEADINGS)
def test_the_nearest_heading_that_speaks_of_time_rules(
    path: str, begins: int | None, back: bool
) -> None:
    assert looks_back(path.split(" > "), begins=begins) is back


OPENING = "2025年东州政府工作报告\n\n各位代表：\n\n现在，我代表州人民政府报告工作，请予审议。\n\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、2024年工作回顾", "二、2025年工作安排"),
        ("一、牢记嘱托，东州建设取得新成效", "二、2025年工作安排"),
        ("一、踔厉奋发，东州发展行稳致远", "二、2025年重点任务"),
        ("2024年工作回顾", "2025年工作安排建议"),
    ],
)
def test_a_reports_first_part_looks_back(tmp_path: Path, first: str, second: str) -> None:
    file = tmp_path / "plan.txt"
    done = "（一）扎实抓好民生保障，人民福祉不断增进。改造小区300个。\n\n空气优良天数比例为98.3%。"
    file.write_text(
        f"{OPENING}{first}\n\n全州产值增长5.5%。\n\n{done}\n\n{second}\n\n全州产值增长5%左右。\n",
        encoding="utf-8",
    )
    found = [(t.value, t.status) for t in planq.open(file).targets()]
    assert found == [
        (5.5, "achieved"), (300, "achieved"), (98.3, "achieved"), (5, "target"),
    ]  # fmt: skip


def test_a_communique_looks_back_throughout(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    text = "东州2021年国民经济和社会发展统计公报\n\n一、综合\n\n初步核算，全年产值500亿元，比上年增长8%。\n\n二、农业\n\n全年粮食产量80万吨。\n"
    file.write_text(text, encoding="utf-8")
    assert {t.status for t in planq.open(file).targets()} == {"achieved"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("从一九五三年到一九八○年，工业总产值平均每年增长百分之十一。", "achieved"),
        ("从一九七九年到一九八一年，粮食增产三百亿斤。到一九八五年的任务很重。", "achieved"),
        ("一九八一年到一九八五年，工业总产值平均每年要增长百分之四。到一九九○年再说。", "target"),
        ("2021年到2025年，投资年均增长5%。", "target"),
    ],
)
def test_a_span_of_years_before_the_latest_is_over(text: str, status: str) -> None:
    """Where nothing says which years are the document's own."""
    assert [found.status for found in find(text)] == [status]


def test_a_span_of_years_before_the_latest_of_another_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(
        "关于计划的报告\n\n一、情况\n\n从一九七六年到一九八○年，产值增长百分之五。\n\n"
        "二、任务\n\n到一九八五年，产值达到六百亿元。\n",
        encoding="utf-8",
    )
    assert [(t.value, t.status) for t in planq.open(file).targets()] == [
        (5, "achieved"), (60_000_000_000, "target"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("过去的十年，我国胜利完成了第七个五年计划。五年内，建成大中型项目 532 个。", "achieved"),
        ("“七五”期间，改革促进了经济的发展。五年共建成大中型项目 532 个。", "achieved"),
        ("五年来，建设取得了成就。建成大中型项目 532 个。", "achieved"),
        ("今后五年是关键的时期。五年内，建成大中型项目 532 个。", "target"),
        ("过去的十年成就很大。力争五年内建成大中型项目 532 个。", "target"),
    ],
)
def test_a_preface_that_tells_of_the_last_years(tmp_path: Path, text: str, status: str) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(
        f"某国第八个五年计划纲要\n\n序言\n\n{text}\n\n第一章 任务\n\n五年内，建成铁路 500 公里。\n",
        encoding="utf-8",
    )
    found = [(t.value, t.status) for t in planq.open(file).targets()]
    assert found == [(532, status), (500, "target")]
