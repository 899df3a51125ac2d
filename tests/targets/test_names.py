"""What a number's name is: the words of its sentence, never stitched into what that does not say."""

from __future__ import annotations

import re

import pytest
from conftest import asking

from planq.plan.tree import Tree
from planq.targets.quantities.find import find
from planq.targets.quantities.surface import level

NAMES = [
    ("推动形成武汉通达 10 个方向和襄阳、宜昌多向放射格局，高铁营业里程达到3000公里。", "武汉通达方向 高铁营业里程"),
    ("形成郑州5个通达方向和洛阳双向放射格局。", "形成郑州通达方向"),
    ("布局成都4个中心和绵阳、宜宾副中心。", "布局成都中心"),
    ("新建500所公办幼儿园和小学。", "新建公办幼儿园和小学"),
    ("建成6条铁路新线及一批复线和枢纽站项目。", "建成铁路新线"),
    ("钢产量达到3712万吨，平均每年递增3.4%。", "钢产量 钢产量平均每年递增"),
    ("棉花产量464万吨，比上年增加12万吨，年均递减2%。", "棉花产量 棉花产量比上年增加 棉花产量年均递减"),
    ("工业总产值完成500亿元，平均每年增长8%，超过计划1.2个百分点。",
     "工业总产值 工业总产值平均每年增长 工业总产值平均每年增长超过计划"),
    ("第二产业增加值，2010年比2005年增长60%。", "第二产业增加值比2005年增长"),
    ("生产额达到180亿元，比1990年的143亿元增长27%。", "生产额 生产额 生产额增长"),
    ("原油产量达到1.45亿吨（其中海上500万吨），比1990年增加700万吨。", "原油产量 海上 原油产量比1990年增加"),
    ("外运能力由一九八○年的7200万吨增加到9200万吨。", "外运能力 外运能力"),
    ("货运能力从一九九〇年的5000万吨提高到二〇〇〇年的8000万吨。", "货运能力 货运能力"),
    ("补助标准由原来的10元提高到15元，森林覆盖率要由目前的12%提高到14%。",
     "补助标准 补助标准 森林覆盖率 森林覆盖率"),
    ("每万元产值消耗的能源，要由1990年的9.3吨下降到1995年的8.5吨。", "每万元产值消耗的能源 每万元产值消耗的能源"),
    ("资金周转天数，要由1990年的127天缩短到1995年的95天。", "资金周转天数 资金周转天数"),
    ("用于民生的支出达3314亿元，占总支出的66%。", "用于民生的支出 用于民生的支出占总支出"),
    ("新增省级实验室3个，2个高质量数据集、4个可信数据空间入选国家试点。",
     "新增省级实验室 高质量数据集 可信数据空间入选国家试点"),
    ("建成智算中心3个，算力达到500P，5个行业大模型、6个数据集投入使用。",
     "建成智算中心 行业大模型 数据集投入使用"),
    ("新造油茶林88万亩、改造46万亩。", "新造油茶林 油茶林改造"),
    ("改造老旧小区468个、惠及5.6万户。", "改造老旧小区 惠及"),
    ("为390万65岁以上老年人提供免费体检。", "为65岁以上老年人提供免费体检"),
    ("惠及15万60周岁以上老人。", "惠及60周岁以上老人"),
    ("安排二千六百万人就业。", "安排就业"),
    ("**①筹措资金10亿元。", "筹措资金"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_is_what_the_sentence_says(text: str, names: str) -> None:
    assert [found.name for found in find(text)] == names.split()


def test_a_word_said_twice_by_a_join_is_said_once() -> None:
    from planq.targets.quantities.names import _joined

    assert _joined("六大优势产业", "产业增加值") == "六大优势产业增加值"
    assert _joined("地区生产总值", "增长") == "地区生产总值增长"


@pytest.mark.parametrize(
    "text", ["390万65岁以上老年人", "390 万 65 岁以上老年人", "390 万65 周岁以上老年人"]
)
def test_people_counted_before_their_age_are_found(text: str) -> None:
    (found,) = find(f"为{text}提供免费体检。")
    assert (found.value, found.unit, found.quantity) == (390, "万", 3_900_000)
    (found,) = find("安排二千六百万人就业。")
    assert (found.value, found.unit) == (26_000_000, "人")


def test_people_counted_before_what_they_are_are_never_read_by_half() -> None:
    for text in (
        "全省三千六百万农业人口",
        "三千六百万农村人口要脱贫",
        "三百九十万六十五岁以上老年人",
    ):
        assert {found.quantity for found in find(f"{text}。")} <= {36_000_000, 3_900_000}
    (found,) = find("全省 3600 万农业人口。")
    assert (found.value, found.unit, found.quantity) == (3600, "万", 36_000_000)
    (found,) = find("五年内安排 2600 万人就业。")
    assert found.quantity == 26_000_000


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("改造农田1000万亩，其中新建600万亩。", "改造农田 农田新建"),
        ("新建10万亩高标准农田，新建高标准农田10万亩。", "新建高标准农田 新建高标准农田"),
        ("968个项目已完工374个、开工460个。", "项目 项目已完工 项目开工"),
        ("治理沙化土地594万亩，造林272万亩。", "治理沙化土地 造林"),
        ("新增上线房源31356套，签约6530套。", "新增上线房源 签约"),
        ("民生支出342亿元，比上年增加33亿元，占财政支出70%以上。",
         "民生支出 民生支出比上年增加 民生支出占财政支出"),
        ("建设甲水运新通道、乙汽车等10个五百亿级项目、100个百亿级项目。",
         "建设甲水运新通道、乙汽车等五百亿级项目 建设百亿级项目"),
        ("推进沿线综合整治、22个示范村建设、650个新农村整治。", "推进示范村建设 推进新农村整治"),
        ("惠及经营主体13.4万户、降低融资成本53.5亿元。", "惠及经营主体 降低融资成本"),
        ("出台做大做强工业的决定及40个配套文件。", "出台配套文件"),
        ("优惠惠及 700 万城乡居民。", "优惠惠及城乡居民"),
        ("启动示范村建设和第四批10个古村落活化升级。", "启动古村落活化升级"),
        ("入库企业净增1500家，总数达1.36万家。", "入库企业净增 入库企业总数"),
        ("使用外资3469亿元，增长17%，折522亿美元，增长22%。", "使用外资 使用外资增长 使用外资 使用外资增长"),
        ("绿色铝、绿色硅、新能源电池产值分别增长36%、130%、406%。",
         " ".join(["绿色铝、绿色硅、新能源电池产值分别增长"] * 3)),
        ("水果、蔬菜、茶叶产量分别达2050万吨、4200万吨、19万吨。", "水果产量 蔬菜产量 茶叶产量"),
        ("新建和改建图书馆、20 个社区中心。", "新建和改建社区中心"),
    ],
)  # fmt: skip
def test_no_name_says_what_the_text_does_not(text: str, names: str) -> None:
    assert [found.name for found in find(text)] == names.split()


def test_names_are_words_of_their_sentences_in_order(plan: Tree) -> None:
    """But for tables, whose columns name what is measured too."""
    for found in asking(plan).targets():
        if plan[found.id].kind == "row" and found.id.startswith("box1:"):
            continue
        rest = re.escape(found.name[0]) + "".join(f".*?{re.escape(c)}" for c in found.name[1:])
        said = re.sub(r"\s|[_^]\{|\}", "", level(found.sentence))
        said += re.sub(r"\s", "", plan[found.id].own_text) + (plan[found.id].title or "")
        assert re.search(rest, said, re.DOTALL), found
