"""Web pages: the document in them is read, the site around it is left out and accounted for."""

from __future__ import annotations

import pytest
from conftest import asking

from planq.errors import PlanqError
from planq.ingest import Reading, read_bytes

BODY = "".join(
    f"<p>　　坚持创新驱动发展，第{i}项重点任务加快推进，确保取得实效。</p>" for i in range(8)
)
SITE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>湖北省十四五规划_湖北省人民政府</title>
<style>p{{color:red}}</style><script>var 规划="脚本";</script></head><body>
<div class="header"><a href="/">首页</a><a href="/zw">政务公开</a></div>
<nav><ul><li><a href="/1">领导之窗</a></li></ul></nav>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; 规划</div>
<div class="wrap"><h1>湖北省十四五规划</h1><div class="meta">发布时间：2021-04-12</div>
<div class="TRS_Editor">{0}</div>
<div class="share">分享到：<a href="#">微信</a></div></div>
<div class="related"><ul><li><a href="/a">相关文件甲</a></li>
<li><a href="/b">相关文件乙</a></li></ul></div>
<footer>主办单位：湖北省人民政府 鄂ICP备05001234号</footer>
<script>document.write("<p>不执行</p>")</script></body></html>"""


def page(body: str, name: str = "plan.html") -> Reading:
    return read_bytes(f"<!DOCTYPE html><meta charset=utf-8><body>{body}</body>".encode(), name)


def test_the_document_is_found_in_a_government_site() -> None:
    reading = read_bytes(SITE.format(BODY).encode(), "a.html")
    lines = reading.text.splitlines()
    assert lines[0] == "# 湖北省十四五规划"
    assert len([line for line in lines if "重点任务" in line]) == 8
    for chrome in ("首页", "领导之窗", "相关文件", "ICP", "脚本", "不执行", "微信", "color"):
        assert chrome not in reading.text
        assert any(chrome in one.text for one in reading.left_out), chrome
    assert reading.title == "湖北省十四五规划_湖北省人民政府"
    assert all(one.line for one in reading.left_out)


@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>长<rp>(</rp><rt>cháng</rt><rp>)</rp></ruby>江",
        "<ruby>长<rt>cháng</ruby>江",  # end tags may be left out
        "<ruby>长<rp>（<rt>cháng<rp>）</ruby>江",
        "<ruby><rb>长<rb>江<rtc><rt>cháng<rt>jiāng</rtc></ruby>",
        "<ruby>长<rt>cháng</rt>江<rt><b>jiāng</b></rt></ruby>",
    ],
)
def test_the_readings_of_characters_are_no_text(ruby: str) -> None:
    reading = page(f"<h2>{ruby}</h2><p>推进{ruby}保护。</p><ul><li>{ruby}</li></ul>")
    assert reading.text.splitlines() == ["## 长江", "推进长江保护。", "长江"]
    assert any("cháng" in one.text for one in reading.left_out)
    assert reading.notices == ("the readings over characters (ruby) left out",)
    written = f"推进{ruby}保护。\n\n<div>推进{ruby}保护。</div>\n".encode()
    assert read_bytes(written, "a.md").text.split() == ["推进长江保护。"] * 2


def test_what_is_marked_as_deleted_is_no_text() -> None:
    deleted = "推进<del>旧城</del>新城建设<DEL><b>五年</b></DEL>，<ins>保护</ins>长江。"
    reading = page(f"<p>{deleted}</p><ul><li>{deleted}</li></ul>")
    assert reading.text.splitlines() == ["推进新城建设，保护长江。"] * 2
    assert [one.text for one in reading.left_out] == ["旧城", "五年"] * 2
    assert reading.notices == ("words marked as deleted left out",)
    written = read_bytes(f"{deleted}\n\n<div>{deleted}</div>\n".encode(), "a.md")
    assert written.text.split() == ["推进新城建设，保护长江。"] * 2
    assert [one.text for one in written.left_out] == ["旧城", "五年"] * 2
    assert written.notices == reading.notices


def test_every_word_of_a_page_is_read_or_accounted_for_once() -> None:
    reading = read_bytes(SITE.format(BODY).encode(), "a.html")
    everything = reading.text + "".join(one.text for one in reading.left_out)
    for words in ("发布时间", "当前位置", "主办单位", "第3项", "相关文件甲"):
        assert everything.count(words) == 1, words


def test_an_article_in_several_divs_is_kept_whole() -> None:
    long = "<p>推动高质量发展，建设现代化产业体系。</p>" * 20
    reading = page(f"<div>{long}</div><div><p>附则由省发展改革委负责解释。</p></div>")
    assert reading.text.count("推动") == 20
    assert "附则由省发展改革委负责解释。" in reading.text


def test_numbered_headings_beside_one_long_div_are_kept() -> None:
    long = "<p>推动高质量发展，建设现代化产业体系。</p>" * 20
    reading = page(f"<div>第一章 总则</div><div>{long}</div>")
    assert reading.text.startswith("第一章 总则\n")


def test_a_title_that_is_no_heading_is_known_by_the_page_title() -> None:
    html = (
        "<html><title>关于印发规划的通知_某某市人民政府</title><body><div>某某市人民政府</div>"
        f"<div class=t>关于印发规划的通知</div><div>日期：2021-1-1</div><div>{BODY}</div>"
    )
    lines = read_bytes(html.encode(), "a.html").text.splitlines()
    assert lines[0] == "关于印发规划的通知"
    assert "重点任务" in lines[1]


def test_a_page_in_one_form_or_in_layout_tables_is_read() -> None:
    reading = page(f"<form><table><tr><td>{BODY}</td></tr></table></form>")
    assert reading.text.count("重点任务") == 8


def test_breaks_entities_and_white_space() -> None:
    reading = page("<p>甲&nbsp;乙&#x4E19;&lt;b&gt;<br>丁\n   戊<b>己</b>\n A\n B</p>庚<p>辛")
    assert reading.text == "甲\u00a0乙丙<b>\n丁戊己 A B\n庚\n辛\n"


def test_headings_are_marked_with_their_level() -> None:
    reading = page("<h2>第一章\n总则</h2><p>甲。</p><h3><a href=x>第一节 乙</a></h3><p>丙。</p>")
    assert reading.text == "## 第一章总则\n甲。\n### 第一节 乙\n丙。\n"


def test_tables_resolve_spans_and_order_header_first() -> None:
    reading = page(
        "<p>甲。</p><table><caption>表1</caption><tfoot><tr><td>注<td>x<td>y</tfoot>"
        "<tbody><tr><td rowspan=2>类<td>1<td>2<tr><td colspan=2>3<br>4</tbody>"
        "<thead><tr><th>a<th>b<th>c</thead></table><p>乙。</p>"
    )
    assert reading.text == "甲。\n表1\n\na\tb\tc\n类\t1\t2\n\t3 4\t\n注\tx\ty\n\n乙。\n"


def test_ordered_lists_print_their_numbers_unless_the_text_has_its_own() -> None:
    assert page("<ol start=3><li>甲</li><li value=9>乙</ol>").text == "3. 甲\n9. 乙\n"
    assert page("<ol type=I reversed><li>甲<li>乙</ol>").text == "II. 甲\nI. 乙\n"
    assert page("<ol style='list-style:none'><li>甲</ol>").text == "甲\n"
    assert page("<ol><li>一、甲<li>（二）乙</ol><ul><li>丙</ul>").text == "一、甲\n（二）乙\n丙\n"


def test_hidden_text_is_left_out() -> None:
    reading = page("<p>甲。乙丙丁戊。</p><div style='display: none'>暗</div><p hidden>藏</p>")
    assert reading.text == "甲。乙丙丁戊。\n"
    assert [one.text for one in reading.left_out if one.reason == "hidden"] == ["暗", "藏"]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_declared_gb_pages(declared: str) -> None:
    html = (
        f'<html><head><meta http-equiv=x content="text/html; charset={declared}"></head><p>规划㐀'
    )
    assert read_bytes(html.encode("gb18030"), "a.html").text == "规划㐀\n"


def test_a_declared_big5_page_is_read() -> None:
    html = '<html><meta charset="big5"><p>國家發展規劃綱要</p>'
    assert read_bytes(html.encode("big5"), "a.html").text == "國家發展規劃綱要\n"


def test_a_page_that_lies_about_its_charset_is_read_by_its_bytes() -> None:
    html = '<html><meta charset="gb2312"><p>规划纲要</p>'
    assert read_bytes(html.encode(), "a.html").text == "规划纲要\n"
    assert read_bytes(html.replace("gb2312", "zlib").encode("gbk"), "a.html").text == "规划纲要\n"


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(PlanqError, match="page without text"):
        page("<div id=app></div><script>render()</script>")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<b>" * 100_000 + "</i>" * 100_000,
        "<table><tr><td>" * 3_000,
        "<a " * 60_000,
        '<a b="' * 60_000,
        "<!--" * 60_000,
        "<![CDATA[" * 20_000,
        "<" * 200_000,
        "</" * 100_000,
        "&" * 200_000,
        "<p" + " a=b" * 50_000 + ">",
        "<script>" + "</scrip" * 50_000,
        "<ol start=99999999999999999999><li>x",
        "<svg><title>x</title>" * 1000,
    ],
)
def test_hostile_markup_ends(markup: str) -> None:
    reading = page("<p>规划纲要全文如下。</p>" + markup)
    assert "规划纲要全文如下。" in reading.text


def test_a_table_of_endless_spans_is_refused() -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=60000>甲</td>" * 100 + "</tr>"
    with pytest.raises(PlanqError, match="cells"):
        page("<table>" + row * 100 + "</table>")


def test_an_unclosed_script_hides_the_rest_and_that_is_said() -> None:
    reading = page("<p>规划纲要。</p><script>x" + "y" * 10_000)
    assert reading.text == "规划纲要。\n"
    assert any("never closed" in notice for notice in reading.notices)


GRID = """<table><tr><td>一级</td><td>二级</td><td>2020年</td><td>2025年</td></tr>
<tr><td rowspan="2">公平</td><td>{}</td><td>73</td><td>80</td></tr>
<tr><td>合作数（所）</td><td>1</td><td>3</td></tr>
<tr><td rowspan="2">优质</td><td>入园率（%）</td><td>99</td><td>100</td></tr>
<tr><td>学科数（个）</td><td>3</td><td>5</td></tr></table>"""


@pytest.mark.parametrize(
    "cell", ["<h1>比例（%）</h1>", "<h3>比例（%）</h3>", "<b>比例（%）</b>", "<p>比例（%）</p>"]
)
def test_a_heading_in_a_cell_is_a_cell_and_a_sidebar_has_no_title(cell: str) -> None:
    from planq.parse import parse

    page = (
        "<html><head><meta charset=utf-8><title>某市教育规划--某市教育局</title></head><body>"
        '<div id="side"><h3>推荐阅读</h3><ul><li><a href="a">相关</a></li></ul></div>'
        '<div class="article"><h2>某市教育规划</h2><p>一、现状</p><p>教育事业取得了显著的成绩，各项指标完成。</p>'
        f"<p>二、指标</p>{GRID.format(cell)}<p>三、措施</p><p>加强领导，落实责任，确保规划的各项任务完成。</p></div></body></html>"
    )
    plan = parse(read_bytes(page.encode(), "a.html").text, id="plan")
    assert plan.title == "某市教育规划"
    (table,) = asking(plan).tables()
    assert table.columns == ("一级", "二级", "2020年", "2025年")
    assert [row[:2] for row in table.rows] == [
        ("公平", "比例（%）"), ("公平", "合作数（所）"), ("优质", "入园率（%）"), ("优质", "学科数（个）")
    ]  # fmt: skip


def test_merged_rows_of_two_columns_stay_one_table() -> None:
    from planq.parse import parse

    page = (
        "<meta charset=utf-8><h2>规划</h2><p>一、项目</p><p>如下。</p><table>"
        '<tr><td rowspan="2">两个意见</td><td>高中计划</td></tr><tr><td>民办意见</td></tr>'
        '<tr><td rowspan="2">两大计划</td><td>内涵计划</td></tr><tr><td>素质计划</td></tr></table>'
    )
    (table,) = asking(parse(read_bytes(page.encode(), "a.html").text, id="plan")).tables()
    assert table.rows == [
        ("两个意见", "高中计划"), ("两个意见", "民办意见"), ("两大计划", "内涵计划"), ("两大计划", "素质计划")
    ]  # fmt: skip


@pytest.mark.parametrize("level", ["h1", "h2"])
@pytest.mark.parametrize("side", ["<h2>相关链接</h2>", "<h3>热点推荐</h3><p>今日要闻</p>"])
def test_the_heading_of_a_sidebar_is_not_the_documents(level: str, side: str) -> None:
    links = "<ul><li><a href=x>首页</a></li><li><a href=y>通知</a></li></ul>"
    page = (
        f"<html><head><title>某市_某网</title></head><body><div class=side>{side}{links}</div>"
        f"<div class=content><{level}>某市发展规划纲要</{level}><h2>第一章 发展基础</h2>"
        "<p>“十三五”时期，全市经济平稳发展，综合实力明显增强，产业结构不断优化。</p></div></body></html>"
    )
    found = read_bytes(page.encode(), "a.html")
    assert found.text.splitlines()[0].endswith("# 某市发展规划纲要")
    assert "相关链接" not in found.text
    assert "热点推荐" not in found.text
