"""`planq targets`: records with address, page and source span, the filters, and the hand labels."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, asking, examples
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.errors import AddressError, QueryError
from planq.plan.tree import Tree
from planq.targets.quantities.find import find
from planq.targets.target import Target
from planq.text.folding import fold
from planq.text.units import scale, split

FIELDS = ["id", "page", "page_exact", "path", "name", "op", "value", "value_max", "unit", "quantity",
          "base_unit", "per", "status", "sentence", "span"]  # fmt: skip
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="module")
def found(plan: Tree) -> list[Target]:
    return asking(plan).targets()


def plan_of(text: str, tmp_path: Path) -> Tree:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return planq.open(path)


# Records


def test_a_record_has_the_fields_of_the_contract(found: list[Target]) -> None:
    for target in found:
        assert list(target.record()) == FIELDS
    json.dumps([target.record() for target in found])


def test_the_span_holds_the_printed_quantity(plan: Tree, found: list[Target]) -> None:
    for target in found:
        start, end = target.span
        printed = plan.source[start:end]
        assert plan[target.id].start <= start < end <= plan[target.id].end
        assert re.search(r"[\d一二三四五六七八九十百千万亿两半]", printed), target
        if re.fullmatch(r"[\d.]+", printed.replace(target.unit, "").strip()):
            assert float(printed.replace(target.unit, "")) == target.value
        assert fold(printed)[0] in fold(target.sentence)


def test_the_address_page_and_path_are_the_blocks(plan: Tree, found: list[Target]) -> None:
    for target in found:
        node = plan[target.id]
        assert (target.page, target.page_exact, target.path) == (
            node.page, node.page_exact, node.path,
        )  # fmt: skip
        assert target.sentence in node.own_text


def test_the_quantity_is_the_value_scaled(found: list[Target]) -> None:
    for target in found:
        if target.unit == "番":
            continue
        factor, base = split(target.unit)
        assert base == target.base_unit
        assert Decimal(str(target.quantity)) == Decimal(str(target.value)) * factor


def test_a_quantity_cut_by_a_page_break_is_one(tmp_path: Path) -> None:
    plan = plan_of(
        "第一章 能源\n到二〇二五年，全省新建电站和有关配套的设施，装机\n\n达到 13 万千瓦以上。\n",
        tmp_path,
    )
    targets = asking(plan).targets()
    assert [(t.value, t.unit, t.op) for t in targets] == [(13, "万千瓦", ">=")]
    assert plan.source[slice(*targets[0].span)] == "13 万千瓦"


# Indicator rows

TABLE = """第一章 目标
专栏 1 主要指标
指标	2020年	2025年	年均增速[累计]
1.常住人口城镇化率(%)	59	65	—
2.粮食产量(万吨)	2500	>2600	3.1
3.人均预期寿命(岁)	78	78.5	[0.5]
4.空气质量	达标	达标	—
注：[]内为5年累计数。
"""


def test_an_indicator_row_gives_a_target_for_each_value(plan: Tree) -> None:
    rows = [(t.id, t.name, t.op, t.value, t.unit, t.status) for t in asking(plan).targets(within="box1")]
    assert ("box1:3", "常住人口城镇化率", "=", 59, "%", "achieved") in rows
    assert ("box1:3", "常住人口城镇化率", "=", 65, "%", "target") in rows
    assert ("box1:2", "全员劳动生产率增长", ">", 6.5, "%", "target") in rows
    assert ("box1:5", "每万人口高价值发明专利拥有量", "=", 3.83, "件", "achieved") in rows
    assert not [row for row in rows if row[0] == "box1:7"]  # 与经济增长基本同步: words only
    capacity = [t for t in asking(plan).targets(within="box1") if t.id == "box1:20"]
    assert [(t.value, t.unit, t.quantity, t.base_unit) for t in capacity] == [
        (5500, "万吨标煤", 55_000_000, "吨标煤"),
        (6000, "万吨标煤", 60_000_000, "吨标煤"),
    ]
    for target in asking(plan).targets(within="box1"):
        assert float(plan.source[slice(*target.span)]) == target.value


def test_a_growth_column_and_a_sum_are_named(tmp_path: Path) -> None:
    plan = plan_of(TABLE, tmp_path)
    rows = [(t.name, t.value, t.unit, t.per) for t in asking(plan).targets() if t.value in (3.1, 0.5)]
    assert rows == [("粮食产量年均增速", 3.1, "%", "年"), ("人均预期寿命累计", 0.5, "岁", "")]


def test_a_change_in_a_table_is_named_as_one(tmp_path: Path) -> None:
    plan = plan_of(
        "规划\n\n第一章 目标\n\n专栏1 指标\n\n指标\t规划目标\t\t2025年较2020年增加\n\t2025年\t年均增长\t\n"
        "产值（亿元）\t300\t>7%\t120\n达标率（%）\t95\t—\t10个百分点\n",
        tmp_path,
    )
    assert [(t.name, t.value, t.unit) for t in asking(plan).targets()] == [
        ("产值", 300, "亿元"), ("产值年均增长", 7, "%"), ("产值2025年较2020年增加", 120, "亿元"),
        ("达标率", 95, "%"), ("达标率2025年较2020年增加", 10, "个百分点"),
    ]  # fmt: skip


@pytest.mark.parametrize(("title", "statuses"), [
    ("某市国民经济和社会发展第十四个五年规划", ["achieved", "target"]),
    ("某市“十五五”规划", ["achieved", "achieved"]),
    ("某市发展规划", ["achieved", "target"]),
])  # fmt: skip
def test_the_plans_period_tells_past_from_future(title: str, statuses: list[str]) -> None:
    from planq.tables.columns import columns_of
    from planq.targets.rows import _status
    from planq.targets.voice import Voice, begins_in

    columns = columns_of(["指标", "2020年", "2025年"])[1:]
    voice = Voice(begins_in(title))
    assert [_status(c, c.year, [2020, 2025], [], voice) for c in columns] == statuses
    assert begins_in("国民经济和社会发展第十四个五年规划") == 2021
    assert begins_in("第十个五年计划") == 2001
    assert begins_in("五年行动") is None


@pytest.mark.parametrize(
    ("begins", "status"), [(2021, "target"), (2026, "achieved"), (None, "target")]
)
def test_a_period_is_over_once_the_plans_own_begins(begins: int | None, status: str) -> None:
    (quantity,) = find("“十四五”期间累计新增就业350万人。", begins=begins)
    assert quantity.status == status


def test_a_sentence_that_opens_with_a_year_before_the_plans_own_looks_back() -> None:
    text = "2020年，全市生产总值达到8000亿元。2025年，达到12000亿元。2020年起建设20公里。"
    assert [q.status for q in find(text, begins=2021)] == ["achieved", "target", "target"]
    assert {q.status for q in find(text)} == {"target"}


# Filters


def test_every_word_of_the_query_stands_in_name_or_sentence(plan: Tree) -> None:
    got = asking(plan).targets("高铁 营业里程")
    assert ("高铁营业里程", 3000, "公里") in [(t.name, t.value, t.unit) for t in got]
    for target in got:
        assert all(word in fold(target.name + target.sentence) for word in ("高铁", "营业里程"))
    assert asking(plan).targets("高铁 -营业里程") == []
    assert asking(plan).targets("高铁 -公路") == got != asking(plan).targets("高铁 | 公路")
    assert asking(plan).targets("没有这样的词") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("高铁营业 NEAR/5 营业里程", True),  # the terms overlap
        ("营业里程 NEAR/5 高铁营业", True),
        ("高铁营业里程 NEAR/0 营业", True),  # one lies inside the other
        ("营业里程 NEAR/0 达到", True),
        ("里程 NEAR/9 里程", False),  # a term beside itself asks for it twice
        ("营业里程 NEAR/0 高速公路", False),
    ],
)
def test_near_means_what_it_means_to_search(plan: Tree, query: str, found: bool) -> None:
    assert bool(asking(plan).search(query).hits) == found
    assert ("高铁营业里程", 3000) in [(t.name, t.value) for t in asking(plan).targets(query)] or not found
    assert bool(asking(plan).targets(query)) == found


def test_filters(plan: Tree, found: list[Target]) -> None:
    assert asking(plan).targets(status="achieved") == [t for t in found if t.status == "achieved"]
    assert asking(plan).targets(unit="%") == [t for t in found if t.unit == "%"]
    by_base = asking(plan).targets(unit="元")
    assert by_base == [t for t in found if t.base_unit == "元"]
    assert any(t.unit != "元" for t in by_base)
    assert asking(plan).targets(unit="万亿元") == [t for t in found if t.unit == "万亿元"]
    large = asking(plan).targets(minimum=1e12)
    assert large == [t for t in found if t.quantity >= 1e12]
    assert asking(plan).targets(maximum=1) == [t for t in found if t.quantity <= 1]
    assert asking(plan).targets(within="3") == [t for t in found if t.path[0].startswith("第三章")]


def test_unknown_addresses_and_blank_queries_are_refused(plan: Tree) -> None:
    with pytest.raises(AddressError):
        asking(plan).targets(within="99")
    with pytest.raises(QueryError):
        asking(plan).targets("  ")


# Properties

WORDS = st.sampled_from(
    [
        "5",
        "13",
        "2.8",
        "1,000",
        "一",
        "两",
        "十",
        "万",
        "亿",
        "%",
        "个",
        "家",
        "所",
        "公里",
        "元",
        "万亿元",
        "年",
        "番",
        "建设",
        "达到",
        "超过",
        "不低于",
        "以上",
        "左右",
        "从",
        "到",
        "提高",
        "，",
        "、",
        "和",
        "。",
        "；",
        "（",
        "）",
        "“",
        "”",
        ":",
        "：",
        "每年",
        "第",
        "近",
        "25",
        "岁",
        "级",
        "的",
        "5G",
        "PM_{2.5}",
        "-",
        "～",
        "增长",
        "翻",
        "⽂",
        "５",
        "/",
        ".",
        "20",
        "2025",
        ":1",
        "\n",
        " ",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map("".join)


@examples(150)
@given(TEXTS | st.text(max_size=60))
def test_spans_are_in_order_and_hold_what_is_printed(text: str) -> None:
    last = 0
    for quantity in find(text):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end
        assert quantity.op in ("=", ">", ">=", "<", "<=", "~")
        assert quantity.status in ("achieved", "target")
        assert quantity.per in ("", "年")
        assert quantity.sentence in text
        printed = text[quantity.start : quantity.end]
        digits = re.match(r"(\d+(?:\.\d+)?)([十百千]?)(?![\d,.零〇一二两三四五六七八九十百千]|[万亿]\d)", printed)
        if digits and digits[1].isascii():
            scale = {"": 1, "十": 10, "百": 100, "千": 1000}[digits[2]]
            assert quantity.value == float(Decimal(digits[1]) * scale)
        if quantity.value_max is not None:
            assert quantity.value < quantity.value_max


@examples(100)
@given(st.decimals(0, 10**6, places=2), st.sampled_from(["", "百", "千", "万", "百万", "亿", "万亿"]),
       st.sampled_from(["个", "元", "吨", "公里", "人次", "亩"]))  # fmt: skip
def test_scaling_is_exact(value: Decimal, magnitude: str, base: str) -> None:
    number = float(value)
    quantity, unit = scale(number, magnitude + base)
    assert unit == base
    factor = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8, "万亿": 10**12}
    assert Decimal(str(quantity)) == value * factor[magnitude]
    assert isinstance(quantity, int) or factor[magnitude] == 1 or quantity != int(quantity)


def test_what_cannot_be_doubled_so_often_keeps_its_unit() -> None:
    assert scale(2, "番") == (4, "倍")
    assert scale(99, "番") == (99, "番")


@examples(100)
@given(
    st.integers(1, 10**6),
    st.sampled_from(["个", "万人", "亿元", "公里", "%"]),
    st.sampled_from(["", " "]),
)
def test_a_stated_number_is_found_as_printed(value: int, unit: str, gap: str) -> None:
    text = f"全省某项总量达到 {value}{gap}{unit}。"
    (quantity,) = find(text)
    assert (quantity.value, quantity.unit, quantity.name) == (value, unit, "全省某项总量")
    assert text[quantity.start : quantity.end] == f"{value}{gap}{unit}"


@pytest.mark.parametrize(
    "piece", ["1万", "5个和", "5、", "（5个", "从5个", "建设5个，", "每县一所"]
)
def test_a_text_without_an_end_of_sentence_is_read_in_bounded_pieces(piece: str) -> None:
    text = piece * 1000
    for quantity in find(text):
        assert len(quantity.sentence) <= 1201
        assert len(quantity.name) <= 600


def test_verbs_that_hold_others_are_not_parted_in_all_ways() -> None:
    (quantity,) = find("建设20个，其中" + "改造提升" * 50 + "类30个。")[1:]
    assert quantity.value == 30


# The hand labels


def quality() -> Any:
    path = ROOT / "benchmarks" / "targets_quality.py"
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("targets_quality", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_labels_are_met() -> None:
    bench = quality()
    scores = bench.measure()
    for half, score in scores.items():
        assert score.right / score.found >= 0.97, (half, score.errors)
        assert score.right / score.labels >= 0.97, (half, score.errors)
        assert score.status / score.right >= 0.97, (half, score.errors)
        assert score.name / score.right >= 0.90, (half, score.errors)
    assert sum(score.labels for score in scores.values()) >= 80


def test_the_figures_in_the_docs_are_the_measured_ones() -> None:
    written = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")
    for half, score in quality().measure().items():
        assert "\n  ".join((f"{half}:", *score.lines())) in written
    bench = quality()
    blind = bench.blind_lines(*bench.measure_blind())
    assert "\n  ".join(("blind:", *blind)) in written


def test_the_labels_of_a_blind_reader_are_met() -> None:
    score, taken = quality().measure_blind()
    assert score.labels >= 80
    assert score.right / score.found >= 0.97, score.errors
    assert score.right / score.labels >= 0.97, score.errors
    assert score.status / score.right >= 0.97, score.errors
    assert score.lenient / score.right >= 0.90, score.errors
    assert taken == 0


def test_no_look_alike_is_taken_for_a_quantity() -> None:
    bench = quality()
    assert len(bench.rows("lookalikes.tsv")) >= 20
    assert bench.mistaken() == []


def test_the_clauses_that_were_made_are_the_measured_ones_in_the_docs() -> None:
    bench = quality()
    read, _, wrong = bench.judged(bench.made(bench.CLAUSES, bench.SEED))
    assert read >= 285 and not wrong
    written = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")
    assert "\n  ".join(("numerals:", *bench.numeral_lines(read, wrong))) in written


def test_no_number_of_the_plan_is_half_read(plan: Tree) -> None:
    bench = quality()
    for node in plan.walk():
        if node.kind in ("paragraph", "row"):
            text = node.own_text
            assert bench.half_read(text, [(q.start, q.end, q) for q in find(text)]) == []


@pytest.mark.parametrize("name", ["PLANQ_SAMPLES", "PLANQ_CORPUS"])
def test_no_number_of_the_samples_is_half_read(name: str) -> None:
    if name not in os.environ:
        pytest.skip(f"{name} names no folder")
    count, half = quality().second_reading(Path(os.environ[name]))
    assert count > 100
    assert half == []


def test_the_span_of_a_cell_holds_its_sign_and_all_groups(tmp_path: Path) -> None:
    table = """# 某市十四五规划（2021—2025年）

## 主要指标

| 指标 | 单位 | 2020年 | 2025年 |
|---|---|---|---|
| 地区生产总值 | 亿元 | 12 345.6 | １5，000 |
| 利润增速 | % | −3.5 | －26.95 |
| 常住人口 | 人 | 5 235 367 | 5,500,000 |
"""
    path = tmp_path / "plan.md"
    path.write_text(table, encoding="utf-8")
    plan = planq.open(path)
    printed = [(plan.source[slice(*t.span)], t.value) for t in asking(plan).targets()]
    assert printed == [
        ("12 345.6", 12345.6), ("１5，000", 15000), ("−3.5", -3.5), ("－26.95", -26.95),
        ("5 235 367", 5235367), ("5,500,000", 5500000),
    ]  # fmt: skip


# The command


def lines(run: Run, *args: str) -> list[dict[str, Any]]:
    done = run("targets", *args, "-f", "jsonl")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_command_filters_as_python_does(run: Run, plan: Tree) -> None:
    got = lines(run, "--in", "3", "--status", "target", "--unit", "%")
    wanted = asking(plan).targets(within="3", status="target", unit="%")
    assert got == [target.record() for target in wanted]


def test_sorted_by_value_is_by_size_within_a_unit(run: Run) -> None:
    sizes = [record["quantity"] for record in lines(run, "--unit", "元", "--sort", "value")]
    assert sizes == sorted(sizes)


def test_places_that_overlap_give_each_target_once(run: Run) -> None:
    assert lines(run, "--in", "3.2", "--in", "3") == lines(run, "--in", "3")


def test_bounds(run: Run) -> None:
    got = lines(run, "--min", "100", "--max", "1000", "--unit", "个")
    assert got
    assert all(100 <= record["quantity"] <= 1000 for record in got)


def test_nothing_found_is_exit_1(run: Run) -> None:
    done = run("targets", "没有这样的词")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr


@pytest.mark.parametrize("args", [
    ("--status", "soon"), ("--min", "many"), ("--max", "nan"), ("--sort", "colour"), ("--in", "99"), ("-f", "docx"),
    ("(高铁",), ("",), (" ",), ("--min", "5", "--max", "1"),
])  # fmt: skip
def test_bad_input_is_one_line_and_exit_2(run: Run, args: tuple[str, ...]) -> None:
    done = run("targets", *args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_an_unknown_unit_names_those_there_are(run: Run) -> None:
    done = run("targets", "--unit", "光年")
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert "'光年'" in said and "%, " in said and said.count("\n") == 1
    known = run("targets", "--unit", "公里", "--min", "1e9").stderr.decode()
    assert "公里" not in known


def test_csv_round_trips(run: Run, plan: Tree) -> None:
    rows = list(csv.DictReader(io.StringIO(run("targets", "-f", "csv").stdout.decode())))
    found = asking(plan).targets()
    assert len(rows) == len(found)
    for row, target in zip(rows, found, strict=True):
        assert set(FIELDS) <= set(row)
        assert (row["name"], row["op"], row["unit"]) == (target.name, target.op, target.unit)
        assert (float(row["value"]), json.loads(row["span"])) == (target.value, list(target.span))


def test_an_empty_table_still_has_its_columns(run: Run) -> None:
    done = run("targets", "没有这样的词", "-f", "csv")
    assert done.returncode == 1
    assert set(FIELDS) <= set(done.stdout.decode().strip().split(","))


def test_a_workbook_has_typed_cells(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert run("targets", "高铁营业里程", "-o", str(tmp_path / "t.xlsx")).returncode == 0
    rows = list(openpyxl.load_workbook(tmp_path / "t.xlsx").active.values)
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert 3000 in [record["value"] for record in records]


def test_several_plans_are_asked_at_once(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("第一章 目标\n高铁营业里程达到 13 公里。\n", encoding="utf-8")
    got = lines(run, "高铁营业里程达到", "--plan", "", "--plan", str(other))
    assert {record["value"] for record in got} >= {13, 3000}


@pytest.mark.skipif("PLANQ_SAMPLES" not in os.environ, reason="needs the sample plans")
def test_sample_plans_give_targets_with_their_place() -> None:
    counts = {}
    for path in sorted(Path(os.environ["PLANQ_SAMPLES"]).glob("*.txt")):
        plan = planq.open(path)
        counts[path.stem] = len(asking(plan).targets())
        for target in asking(plan).targets():
            start, end = target.span
            assert target.name and len(target.name) < 100, target
            assert re.search(r"[\d一二三四五六七八九十百千万亿两半]", plan.source[start:end])
    assert counts["guangdong_gov_work_report_2026"] > 300
    assert counts["hunan_gov_work_report_2025_docx"] > 180
