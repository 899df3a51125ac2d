"""Tables as data: the bundled 专栏 1, boxes of items, and tables of other styles."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from conftest import asking
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.errors import AddressError
from planq.parse import parse
from planq.plan.tree import Tree
from planq.tables import Table
from planq.tables.cells import type_cell
from planq.tables.columns import Column
from planq.tables.notes import read_notes
from planq.tables.shown_rows import pick
from planq.text.units import is_unit

SAMPLES = os.environ.get("PLANQ_SAMPLES")


def box(*lines: str, title: str = "专栏 1 主要指标") -> Table:
    """The table a plan prints as these lines, a tab between cells."""
    table = "\n".join(lines)
    text = f"规划\n\n第一章 目标\n\n目标如下。\n\n{title}\n\n{table}\n\n第二章 任务\n\n完成。\n"
    return asking(parse(text, name="plan.txt", id="plan")).tables()[0]


def by_name(table: Table) -> dict[str, dict[str, Any]]:
    return {record["name"]: record for record in table.records(typed=True)}


@pytest.fixture(scope="module")
def indicators(plan: Tree) -> dict[int, dict[str, Any]]:
    return {record["number"]: record for record in asking(plan).table(1).records(typed=True)}


def test_box_1_is_twenty_indicators_in_five_categories(plan: Tree) -> None:
    table = asking(plan).table(1)
    assert table.columns == ("类别", "指标名称", "2020年", "2025年", "年均增速 [累计]", "属性")
    assert len(table.rows) == 20
    categories = [row[0] for row in table.rows]
    assert list(dict.fromkeys(categories)) == [
        "经济发展",
        "创新驱动",
        "民生福祉",
        "绿色生态",
        "安全保障",
    ]
    assert [categories.count(c) for c in dict.fromkeys(categories)] == [3, 3, 7, 5, 2]


def test_display_heals_wraps_and_raw_does_not(plan: Tree) -> None:
    table = asking(plan).table(1)
    assert table.rows[6] == (
        "民生福祉", "7.居民人均可支配收入增长(%)", "—", "—", "与经济增长基本同步", "预期性"
    )  # fmt: skip
    raw = table.records(raw=True)
    assert raw[6]["类别"] == "民生 福祉"
    assert raw[6]["年均增速 [累计]"] == "与经济增长 基本同步"
    assert raw[7]["类别"] == ""


def test_an_indicator_has_the_fields_of_its_row(indicators: dict[int, dict[str, Any]]) -> None:
    assert indicators[5] == {
        "id": "box1:5",
        "category": "创新驱动",
        "number": 5,
        "name": "每万人口高价值发明专利拥有量",
        "unit": "件",
        "note": "",
        "2020": {"value": 3.83, "op": "=", "year": 2019, "cumulative": False, "text": "3.83*"},
        "2025": {"value": 8, "op": "=", "year": 2025, "cumulative": False, "text": "8"},
        "growth": None,
        "binding": False,
        "page": [10, 11],
        "page_exact": False,
    }


def test_bounds_sums_and_words(indicators: dict[int, dict[str, Any]]) -> None:
    assert indicators[2]["growth"] == {
        "value": 6.5, "op": ">", "year": None, "cumulative": False, "text": ">6.5"
    }  # fmt: skip
    assert indicators[13]["growth"] == {
        "value": 0.5, "op": "=", "year": None, "cumulative": True, "text": "[0.5]"
    }  # fmt: skip
    assert indicators[16]["2020"]["value"] is None
    assert indicators[16]["2020"]["text"] == "达标"
    assert indicators[14]["growth"]["op"] is None
    assert indicators[14]["growth"]["text"].replace(" ", "") == "控制在国家下达指标内"
    assert indicators[1]["2020"] is None


def test_units_notes_and_kinds(indicators: dict[int, dict[str, Any]]) -> None:
    units = {n: record["unit"] for n, record in indicators.items()}
    assert [units[n] for n in (1, 5, 9, 10, 12, 13, 19, 20)] == [
        "%", "件", "年", "人", "个", "岁", "万吨", "万吨标煤"
    ]  # fmt: skip
    assert indicators[20]["note"] == "不含三峡"
    assert indicators[10]["name"] == "每千人口拥有执业(助理)医师数"
    assert [n for n, record in indicators.items() if record["binding"]] == [9, *range(14, 21)]


def test_box_1_is_typed_without_doubt(plan: Tree) -> None:
    assert asking(plan).table(1).indicators().warnings == []


def test_the_other_boxes_are_items(plan: Tree) -> None:
    others = asking(plan).tables()[1:]
    assert len(others) == 17
    for table in others:
        assert table.columns == ("name", "content")
        for record in table.records():
            assert list(record) == ["id", "name", "content", "page", "page_exact"]
            assert record["name"]
            assert record["content"]


def test_a_row_of_any_box_in_one_shape(plan: Tree) -> None:
    rows = [row for table in asking(plan).tables() for row in table.items()]
    assert len(rows) == sum(len(table.rows) for table in asking(plan).tables())
    assert {tuple(row)[:6] for row in rows} == {
        ("id", "table", "name", "content", "page", "page_exact")
    }
    first = rows[0]
    assert first["name"] == "1.地区生产总值增长(%)"
    assert "年均增速 [累计]：6.5" in first["content"]
    assert first["cells"]["属性"] == "预期性"


def test_typed_on_a_box_of_items_gives_its_plain_records(plan: Tree) -> None:
    made = asking(plan).table(4).indicators()
    assert made.records == asking(plan).table(4).records()
    assert made.columns == []
    assert made.warnings == ["box4 is a box of items, without numbers to type: left as printed"]


# Picking rows


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("3", {"box4:3"}),
        ("０3", {"box4:3"}),
        ("box4:2", {"box4:2"}),
        ("专栏4:2", {"box4:2"}),
        ("hubei-145/box4:2", {"box4:2"}),
        ("box4:2-box4:4", {"box4:2", "box4:3", "box4:4"}),
        ("光", {"box4:1"}),
        ("micro led", {"box4:3"}),
        ("没有这样的话", set()),
    ],
)
def test_rows_by_address_number_or_words(plan: Tree, asked: str, ids: set[str]) -> None:
    found = pick(asking(plan).table(4), [asked])[asked]
    assert found == ids


@pytest.mark.parametrize("asked", ["99", "box4:99", "0", "box4", "box4:3-box4:9"])
def test_a_row_that_does_not_exist_is_an_error_that_says_which_do(plan: Tree, asked: str) -> None:
    with pytest.raises(AddressError, match=r"box4:1 to box4:5"):
        pick(asking(plan).table(4), [asked])


@pytest.mark.parametrize("asked", ["0", "25", "65", "1" * 5000])
def test_a_number_is_a_row_and_never_words_in_its_cells(plan: Tree, asked: str) -> None:
    """65 stands in cells of 专栏 1, which has 20 rows."""
    with pytest.raises(AddressError, match=r"box1:1 to box1:20") as error:
        pick(asking(plan).table(1), [asked])
    assert len(str(error.value)) < 100


@pytest.mark.parametrize("asked", ["专栏四", "专栏 4", "四", "box4", 4, "４"])
def test_a_table_by_its_number_however_written(plan: Tree, asked: str | int) -> None:
    assert asking(plan).table(asked).id == "box4"


def test_a_rows_address_is_answered_with_how_to_ask_for_it(plan: Tree) -> None:
    with pytest.raises(AddressError, match="planq table box1 --row box1:5"):
        asking(plan).table("box1:5")


def test_a_table_that_does_not_exist_lists_those_that_do(plan: Tree) -> None:
    with pytest.raises(AddressError, match=r"box1 .*box18 "):
        asking(plan).table(99)


def test_several_tables_with_the_words_are_listed(plan: Tree) -> None:
    with pytest.raises(AddressError, match="several"):
        asking(plan).table("重大工程")


# Tables of other plans


def test_units_in_a_column_of_their_own_and_other_marks() -> None:
    table = box(
        "序号\t指标\t单位\t2020年\t2025年\t年均增长（%）\t属性",
        "1\t生产总值\t亿元\t12,345.6\t≥18000\t6.5左右\t预期性",
        "2\t耕地保有量\t万亩\t※7000\t7000以上\t〔0〕\t约束性",
        "3\t优良天数比例\t％\t80—85\t约90\t—\t约束性",
        "注：※为2019年数；[ ]内为五年累计。",
    )
    made = by_name(table)
    assert table.indicators().warnings == []
    assert made["生产总值"]["number"] == 1
    assert made["生产总值"]["unit"] == "亿元"
    assert made["生产总值"]["2020"]["value"] == 12345.6
    assert made["生产总值"]["2025"]["op"] == ">="
    assert made["生产总值"]["growth"]["op"] == "~"
    assert made["耕地保有量"]["2020"]["year"] == 2019
    assert made["耕地保有量"]["2025"] == {
        "value": 7000, "op": ">=", "year": 2025, "cumulative": False, "text": "7000以上"
    }  # fmt: skip
    assert made["耕地保有量"]["growth"]["cumulative"] is True
    assert made["优良天数比例"]["2020"]["value_max"] == 85
    assert made["优良天数比例"]["unit"] == "%"


@pytest.mark.parametrize(
    "header",
    [
        ("类别\t指标\t规划目标\t规划目标\t属性", "类别\t指标\t2020年\t2025年\t属性"),
        ("类别\t指标\t规划目标\t规划目标\t属性", "\t\t2020年\t2025年\t"),
        ("类别\t指标\t规划目标\t属性", "2020年\t2025年"),
        ("类别\t指标\t规划目标\t属性", "\t\t2020年\t2025年\t"),
    ],
)
def test_a_header_in_two_rows(header: tuple[str, str]) -> None:
    table = box(*header, "经济\t①产值（亿元）\t6\t6.5\t预期性", "\t②强度（%）\t2\t2.5左右\t预期性")
    made = by_name(table)
    assert list(made) == ["产值", "强度"]
    assert made["强度"]["number"] == 2
    assert made["强度"]["category"] == "经济"
    assert made["强度"]["2025"]["value"] == 2.5
    assert made["产值"]["2020"]["year"] == 2020


def test_the_table_of_the_national_plan() -> None:
    """Rows of 专栏1 of the national fourteenth plan (2021), as printed."""
    made = box(
        "类别\t指标\t2020年\t2025年\t年均/累计\t属性",
        "经济发展\t1.国内生产总值(GDP)增长(%)\t2.3\t-\t保持在合理区间、各年度视情提出\t预期性",
        "\t3.常住人口城镇化率(%)\t60.6*\t65\t-\t预期性",
        "创新驱动\t4.全社会研发经费投入增长(%)\t-\t-\t>7、力争投入强度高于“十三五”时期实际\t预期性",
        "民生福祉\t14.人均预期寿命(岁)\t77.3*\t-\t[1]\t预期性",
        "安全保障\t20.能源综合生产能力(亿吨标准煤)\t-\t>46\t-\t约束性",
        "注：①[ ]内为5年累计数。②带*的为2019年数据。③能源综合生产能力指煤炭、石油之和。",
    ).indicators()
    assert made.warnings == []
    growth, cities, research, life, energy = made.records
    assert (growth["name"], growth["unit"]) == ("国内生产总值(GDP)增长", "%")
    assert growth["growth"]["value"] is None
    assert (cities["2020"]["value"], cities["2020"]["year"]) == (60.6, 2019)
    assert (research["growth"]["value"], research["growth"]["op"]) == (7, ">")
    assert life["growth"]["cumulative"] is True
    assert (energy["2025"]["value"], energy["unit"]) == (46, "亿吨标准煤")


def test_years_under_years_are_values_not_a_header() -> None:
    assert len(box("指标\t2020年\t2025年", "基准年\t2019\t2024", "产值\t1\t2").rows) == 2


def test_a_name_over_two_columns_is_a_category_and_a_name() -> None:
    made = by_name(
        box("指标\t\t2025年\t属性", "安全\t巡检率（%）\t100\t预期性", "\t完成率（%）\t90\t约束性")
    )
    assert [record["category"] for record in made.values()] == ["安全", "安全"]
    assert list(made) == ["巡检率", "完成率"]


def test_units_in_the_cells() -> None:
    made = by_name(
        box("指标\t2025年", "产值\t5万亿元", "高铁\t3000公里以上", "增速\t5%～6%", "学校\t2-3所")
    )
    assert [record["unit"] for record in made.values()] == ["万亿元", "公里", "%", "所"]
    assert made["增速"]["2025"]["value_max"] == 6


def test_a_rate_of_growth_stands_beside_another_unit() -> None:
    table = box(
        "指标\t年均增长\t2020年\t2025年",
        "产值（亿元）\t7.5%\t4500\t6500",
        "人口\t1%以上\t300\t310",
        "失业率\t5%\t—\t—",
    )
    made = by_name(table)
    assert table.indicators().warnings == []
    assert (made["产值"]["unit"], made["产值"]["growth"]["value"]) == ("亿元", 7.5)
    assert (made["人口"]["unit"], made["人口"]["growth"]["op"]) == ("", ">=")
    assert made["失业率"]["unit"] == "%"


def test_a_magnitude_in_a_cell_is_part_of_its_number() -> None:
    made = by_name(box("指标\t单位\t2020年\t2025年", "产值\t亿元\t1.2万\t2万以上"))["产值"]
    assert (made["2020"]["value"], made["2025"]["value"], made["2025"]["op"]) == (
        12000,
        20000,
        ">=",
    )


def test_a_cell_that_says_itself_that_it_is_a_sum() -> None:
    made = by_name(
        box("指标\t2025年", "新增就业（万人）\t（五年累计25）", "造林（万亩）\t累计120以上")
    )
    assert made["新增就业"]["2025"]["cumulative"] is True
    assert (made["造林"]["2025"]["value"], made["造林"]["2025"]["op"]) == (120, ">=")


def test_a_bound_outside_the_brackets_and_a_sum_said_behind() -> None:
    made = by_name(
        box(
            "指标\t2025年",
            "造林\t>[5]",
            "修路\t〔6〕以上",
            "建房\t5（累计）",
            "注：[ ]为五年累计。",
        )
    )
    assert {record["2025"]["cumulative"] for record in made.values()} == {True}
    assert [record["2025"]["op"] for record in made.values()] == [">", ">=", "="]


def test_a_ratio_and_a_short_unit_in_cells() -> None:
    table = box("指标\t2025年", "产值比\t2.8∶1", "床位（张/千人）\t40张")
    made = by_name(table)
    assert table.indicators().warnings == []
    assert (made["产值比"]["2025"]["value"], made["产值比"]["unit"]) == (2.8, ":1")
    assert made["床位"]["unit"] == "张/千人"


def test_a_row_of_one_cell_is_the_group_of_what_follows(tmp_path: Path) -> None:
    """As printed in plans of education: 学前教育 over the rows about it."""
    path = tmp_path / "plan.txt"
    path.write_text(
        "规划\n\n第一章 目标\n\n表1 主要目标\n\n指标\t2020年\t2025年\n学前教育\t\t\n毛入园率（%）\t90\t95\n"
        "高等教育\t\t\n毛入学率（%）\t55\t60\n\n第二章 保障\n\n正文。\n",
        encoding="utf-8",
    )
    (table,) = planq.open(path).tables()
    made = table.records(typed=True)
    assert [(r["category"], r["name"]) for r in made] == [
        ("学前教育", "毛入园率"), ("高等教育", "毛入学率"),
    ]  # fmt: skip


def test_a_merged_category_that_left_no_cell() -> None:
    table = box(
        "类别\t指标\t2020年\t2025年\t属性",
        "经济\t产值（亿元）\t1\t2\t预期性",
        "人口（万人）\t3\t4\t预期性",
    )
    assert table.rows[1] == ("经济", "人口（万人）", "3", "4", "预期性")


def test_ragged_rows_are_filled_and_told() -> None:
    table = box("类别\t指标\t2025年", "经济\t产值（亿元）\t1", "粮食\t5", "\t煤（吨）\t7\t多\t余")
    made = table.indicators()
    assert table.columns == ("类别", "指标", "2025年", "column4", "column5")
    assert {len(row) for row in table.rows} == {5}
    assert [w.split(" ")[0] for w in made.warnings] == ["box1:2", "box1:3"]


def test_a_header_printed_again_is_no_row() -> None:
    header = "类别\t指标\t2025年"
    table = box(
        header, "经济\t产值（亿元）\t1", "", header, "\t煤（吨）\t7", "", header, "\t油（吨）\t8"
    )
    assert [row[1] for row in table.rows] == ["产值（亿元）", "煤（吨）", "油（吨）"]
    assert {row[0] for row in table.rows} == {"经济"}


def test_a_missing_note_leaves_the_cell_as_text_and_names_it() -> None:
    made = box("指标\t2020年\t2025年", "产值（亿元）\t3.8*\t[8]").indicators()
    record = made.records[0]
    assert record["2020"] == {
        "value": None, "op": None, "year": 2020, "cumulative": False, "text": "3.8*"
    }  # fmt: skip
    assert made.warnings == [
        "box1:1 2020年: '3.8*' is kept as text (no note explains *)",
        "box1:1 2025年: '[8]' is kept as text (no note explains [])",
    ]


def test_a_warning_shows_the_beginning_of_a_long_cell() -> None:
    warning = box("指标\t2025年", "产值\t" + "3个" * 50_000).indicators().warnings[0]
    assert warning.startswith("box1:1 2025年: '3个3个")
    assert len(warning) < 100


def test_a_header_that_explains_its_brackets_needs_no_note() -> None:
    record = box("指标\t2025年\t年均增长〔累计〕", "产值（亿元）\t8\t[2]").records(typed=True)[0]
    assert record["growth"]["cumulative"] is True


@pytest.mark.parametrize(
    ("header", "key", "cumulative"),
    [
        ("2025年", "2025", False),
        ("年均增速 [累计]", "growth", False),
        ("年均增长（%）", "growth", False),
        ("五年累计", "cumulative", True),
        ("“十四五”累计增长", "cumulative", True),
        ("目标值", "目标值", False),
        ("2020年（实际）", "2020", False),
        ("现值", "现值", False),
        ("规划值", "规划值", False),
        ("“十四五”末", "“十四五”末", False),
        ("[累计]", "cumulative", True),
        ("2025年较2020年增加", "2025年较2020年增加", False),
    ],
)
def test_what_a_value_column_is_called(header: str, key: str, cumulative: bool) -> None:
    record = box(f"指标\t{header}", "产值（亿元）\t8").records(typed=True)[0]
    assert record[key]["cumulative"] is cumulative


def test_a_column_called_like_a_field_does_not_hide_it() -> None:
    record = box("指标\t2025年\tid\tpage", "产值（亿元）\t8\tx\ty").records(typed=True)[0]
    assert record["id"] == "box1:1"
    assert (record["id_2"], record["page_2"]) == ("x", "y")


def test_a_box_whose_items_have_no_colon() -> None:
    records = box("第一件要做的事情。", "第二件：怎样做。").records()
    assert [(r["name"], r["content"]) for r in records] == [
        ("", "第一件要做的事情。"),
        ("第二件", "怎样做。"),
    ]


def test_ten_thousand_rows() -> None:
    table = box("指标\t2020年\t2025年", *(f"{n}.指标{n}（%）\t{n}\t≥{n}" for n in range(10_000)))
    records = table.records(typed=True)
    assert len(records) == 10_000
    assert records[9_999]["2025"]["value"] == 9_999


@pytest.mark.skipif(not SAMPLES, reason="the sample plans are not here")
def test_the_table_of_a_plan_in_a_pdf() -> None:
    made = (
        planq.open(Path(SAMPLES or ".") / "hubei_14fyp_cultural_relics.pdf")
        .table(1)
        .records(typed=True)
    )
    assert len(made) == 25
    assert {r["category"] for r in made} == {
        "保护利用", "文物安全", "革命文物", "博物馆", "科技创新", "标准建设", "人才培养"
    }  # fmt: skip
    assert all(r["name"] and r["2025"]["value"] is not None for r in made)
    assert sum(r["binding"] for r in made) == 6


# Cells, notes, units


@pytest.mark.parametrize(
    ("text", "value", "op"),
    [
        ("59", 59, "="), ("1,234.5", 1234.5, "="), ("-0.5", -0.5, "="), ("+1", 1, "="), (">7、力争高于“十三五”时期", 7, ">"), ("5.5（预计）", 5.5, "="),
        ("9" * 5000, None, None), ("1、2、3", None, None), ("＞6.5", 6.5, ">"),
        ("≥70", 70, ">="), ("<6", 6, "<"), ("≤5.5", 5.5, "<="), ("10以上", 10, ">="),
        ("5以内", 5, "<="), ("控制在5.5以内", 5.5, "<="), ("约90", 90, "~"), ("6.5左右", 6.5, "~"),
        ("不低于8", 8, ">="), ("超过100", 100, ">"), ("3000+", 3000, ">="),
        ("达标", None, None), ("abc1", None, None), ("1/3", None, None), ("3次和5次", None, None),
        ("达到65以上", 65, ">="), ("提高到40", 40, "="), ("降至30以下", 30, "<="), ("控制在2300左右", 2300, "~"),
        ("年均5%以上", None, None), ("8000-1万", None, None), ("3%-4‰", None, None), ("5-3", None, None),
    ],
)  # fmt: skip
def test_cells(text: str, value: float | None, op: str | None) -> None:
    cell = type_cell(text, Column("2025年", "value", "2025", 2025), {})
    assert cell.record is not None
    assert (cell.record["value"], cell.record["op"]) == (value, op)
    assert cell.record["text"] == text


@pytest.mark.parametrize("text", ["—", "-", "－", "", " ", "/", "……"])
def test_a_dash_is_nothing(text: str) -> None:
    assert type_cell(text, Column("2025年", "value", "2025", 2025), {}).record is None


@given(st.text(max_size=20))
def test_any_cell_is_a_value_or_its_own_text(text: str) -> None:
    record = type_cell(text, Column("2025年", "value", "2025", 2025), {}).record
    if record is not None:
        assert record["text"] == text
        assert (record["value"] is None) == (record["op"] is None)


@given(st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2))
def test_a_plain_number_is_itself(number: Any) -> None:
    record = type_cell(str(number), Column("x", "value", "x"), {}).record
    assert record is not None
    assert record["value"] == float(number)


@pytest.mark.parametrize(
    ("note", "mark", "year", "cumulative"),
    [
        ("注：①[]内为5年累计数。②带*号的为2019年数据。", "[", None, True),
        ("注：①[]内为5年累计数。②带*号的为2019年数据。", "*", 2019, False),
        ("备注：〔〕为累计值；#为2018年数。", "[", None, True),
        ("备注：〔〕为累计值；#为2018年数。", "#", 2018, False),
        ("①为2019年数据。②为五年累计。", "②", None, True),
        ("*按新口径。", "*", None, False),
        ("带*为预计数，〔〕表示五年累计，#为2018年数。", "*", None, False),
        ("带*为预计数，〔〕表示五年累计，#为2018年数。", "[", None, True),
        ("带*为预计数，〔〕表示五年累计，#为2018年数。", "#", 2018, False),
        ("#表示2016—2020年合计。", "#", None, True),
    ],
)
def test_notes(note: str, mark: str, year: int | None, cumulative: bool) -> None:
    assert read_notes([note])[mark] == (year, cumulative)


@pytest.mark.parametrize(
    "word",
    [
        "%",
        "件",
        "万吨标煤",
        "亿元",
        "元/人",
        "微克/立方米",
        "人次",
        "个百分点",
        "亿斤",
        "m3/s",
        "吨/公顷",
    ],
)
def test_units(word: str) -> None:
    assert is_unit(word)


@pytest.mark.parametrize("word", ["", "助理", "含临展", "不含三峡", "GDP", "三年行动"])
def test_what_is_no_unit(word: str) -> None:
    assert not is_unit(word)


CLASH = """某市规划

第一章 目标

表1 人口情况

年份\t人口
2020\t100
2021\t101

专栏1 主要指标

指标\t2020年\t2025年\t属性
产值（亿元）\t3\t5\t预期性
就业（万人）\t1\t2\t预期性

表3-2 用地情况

年份\t用地
2020\t7
2021\t8
"""


@pytest.mark.parametrize(
    ("which", "id"),
    [
        ("box1", "box1"),
        ("专栏1", "box1"),
        ("专栏 一", "box1"),
        ("plan/box1", "box1"),
        ("table1", "table1"),
        ("表1", "table1"),
        ("表一", "table1"),
        ("表3-2", "table3"),
        ("table3", "table3"),
        ("人口", "table1"),
        ("3", "table3"),
    ],
)
def test_an_id_or_label_means_the_one_it_names(which: str, id: str) -> None:
    clash = parse(CLASH, id="plan")
    found = asking(clash).table(which)
    assert (found.id, found.warnings) == (id, [])
    if which not in ("人口", "3"):
        assert clash[which].id == id


def test_a_bare_number_that_a_box_and_a_table_have_says_which_is_taken() -> None:
    found = asking(parse(CLASH, id="plan")).table(1)
    assert found.id == "table1"
    assert found.warnings == ["table1 is taken for 1; there is also box1"]


@pytest.mark.parametrize("which", ["box2", "表2", "专栏3", "fig1", "图1", "table1:9"])
def test_a_named_place_that_is_not_there_is_never_another_table(which: str) -> None:
    with pytest.raises(AddressError):
        asking(parse(CLASH, id="plan")).table(which)
