"""Word documents: what Word would print after accepting all changes, with numbers it makes up."""

from __future__ import annotations

import io
from typing import Any

import pytest

from planq.errors import PlanqError
from planq.ingest import Reading, read_bytes

docx = pytest.importorskip("docx")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def xml(source: str) -> Any:
    from docx.oxml.parser import parse_xml

    head, _, tail = source.partition(">")
    closed = head.endswith("/")
    return parse_xml(f"{head.rstrip('/')} {W}{'/' if closed else ''}>{tail}")


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def reading(document: Any) -> Reading:
    return read_bytes(saved(document), "plan.docx")


def body(*blocks: str) -> Any:
    document = docx.Document()
    for block in blocks:
        document.element.body.insert(len(document.element.body) - 1, xml(block))
    return document


def part(document: Any, kind: str, source: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    blob = source.replace(">", f" {W}>", 1).encode()
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    made = Part(PackURI(f"/word/{kind}.xml"), content, blob, document.part.package)
    document.part.relate_to(made, KIND + kind)


def numbered(document: Any, levels: str, nums: str = "") -> None:
    """Replace the numbering part by one list, abstract 0 and num 1."""
    element = document.part.numbering_part.element
    for old in list(element):
        element.remove(old)
    element.append(xml(f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'))
    element.append(xml('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    if nums:
        element.append(xml(nums))


def level(index: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def item(text: str, index: int = 0, num: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_paragraphs_headings_and_tables_in_body_order() -> None:
    document = docx.Document()
    document.add_paragraph("前言段落。")
    document.add_heading("第一章 总则", 1)
    table = document.add_table(2, 3)
    for cell, text in zip(
        table._cells, ["指标", "2020年", "属性", "甲\n乙", "59", ""], strict=True
    ):
        cell.text = text
    document.add_heading("第一节 目标", 2)
    document.add_paragraph("　　末段。")
    result = reading(document)
    assert result.text == (
        "前言段落。\n# 第一章 总则\n\n"
        "指标\t2020年\t属性\n甲 乙\t59\t\n\n## 第一节 目标\n　　末段。\n"
    )
    assert (result.media, result.encoding) == ("docx", None)


def test_outline_levels_mark_headings_but_not_paragraphs_in_disguise() -> None:
    outlined = '<w:p><w:pPr><w:outlineLvl w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    document = body(
        outlined.format(0, "总则"), outlined.format(9, "正文"), outlined.format(1, "一句。两句。")
    )
    assert reading(document).text == "# 总则\n正文\n一句。两句。\n"


def test_a_style_inherits_its_level_and_its_chinese_name_counts() -> None:
    document = docx.Document()
    styles = document.styles.element
    styles.append(
        xml(
            '<w:style w:type="paragraph" w:styleId="a9"><w:name w:val="规划标题"/>'
            '<w:basedOn w:val="Heading2"/></w:style>'
        )
    )
    styles.append(
        xml('<w:style w:type="paragraph" w:styleId="3x"><w:name w:val="标题 3"/></w:style>')
    )
    for style, text in (("a9", "甲"), ("3x", "乙")):
        document.element.body.insert(
            0,
            xml(
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
            ),
        )
    assert reading(document).text == "### 乙\n## 甲\n"


def test_styles_based_on_each_other_end() -> None:
    document = body('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>')
    for one, other in (("a", "b"), ("b", "a")):
        document.styles.element.append(
            xml(
                f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/>'
                f'<w:basedOn w:val="{other}"/></w:style>'
            )
        )
    assert reading(document).text == "甲\n"


def test_automatic_numbers_are_printed_restarted_and_never_double() -> None:
    document = body(
        item("总则"),
        item("目标", 1),
        item("重点", 2),
        item("任务", 1),
        item("保障"),
        item("组织", 1),
    )
    numbered(
        document,
        level(0, "第%1章", "chineseCountingThousand")
        + level(1, "（%2）", "japaneseCounting")
        + level(2, "%1.%2.%3", "decimal", "<w:isLgl/>"),
    )
    assert reading(document).text == (
        "第一章 总则\n（一）目标\n1.1.1 重点\n（二）任务\n第二章 保障\n（一）组织\n"
    )


def test_a_level_that_never_restarts_runs_on() -> None:
    document = body(item("甲"), item("子", 1), item("乙"), item("丑", 1))
    numbered(
        document,
        level(0, "%1、", "chineseCounting")
        + level(1, "%2.", "decimal", '<w:lvlRestart w:val="0"/>'),
    )
    assert reading(document).text == "一、甲\n1.子\n二、乙\n2.丑\n"


def test_start_and_overrides() -> None:
    document = body(item("甲"), item("乙", 0, 2), item("丙", 0, 2), item("丁"))
    numbered(
        document,
        level(0, "%1、", "chineseCounting", start=3),
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="9"/></w:lvlOverride></w:num>',
    )
    assert reading(document).text == "三、甲\n九、乙\n十、丙\n十一、丁\n"


def test_a_heading_style_brings_its_number() -> None:
    document = docx.Document()
    numbered(
        document,
        level(0, "第%1章", "chineseCounting", '<w:pStyle w:val="Heading1"/>')
        + level(1, "第%2节", "chineseCounting", '<w:pStyle w:val="Heading2"/>'),
    )
    for style in ("Heading 1", "Heading 2"):
        properties = document.styles[style].element.get_or_add_pPr()
        properties.append(xml('<w:numPr><w:numId w:val="1"/></w:numPr>'))
    document.add_heading("总则", 1)
    document.add_heading("目标", 2)
    document.add_heading("任务", 2)
    plain = document.add_heading("附则", 1)
    plain._p.get_or_add_pPr().append(xml('<w:numPr><w:numId w:val="0"/></w:numPr>'))
    assert reading(document).text == "# 第一章 总则\n## 第一节 目标\n## 第二节 任务\n# 附则\n"


def test_bullets_and_unknown_lists_print_nothing() -> None:
    document = body(item("甲"), item("乙", 0, 77), item("丙", 99))
    numbered(document, level(0, "\uf0b7", "bullet"))
    assert reading(document).text == "甲\n乙\n丙\n"


def test_merged_cells_are_blank_and_frames_are_no_tables() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for cell, text in zip(table._cells, "类指属甲一二丙三四", strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "创新"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "值"
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "专栏1 重点工程\n1.甲：乙。"
    assert reading(document).text == (
        "\n类\t值\t\n创新\t一\t二\n\t三\t四\n\n专栏1 重点工程\n1.甲：乙。\n"
    )


def test_tracked_changes_are_accepted_and_said() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    document = body(
        f"<w:p>{run.format('甲')}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('新')}</w:ins><w:moveFrom>{run.format('移')}</w:moveFrom></w:p>",
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run.format('前半')}</w:p>",
        f"<w:p>{run.format('后半')}</w:p>",
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run.format('删行')}</w:p></w:tc></w:tr>"
        "</w:tbl>",
    )
    result = reading(document)
    assert result.text == "甲新\n前半后半\n"
    assert result.notices == (
        "tracked insertions read as text",
        "tracked deletions left out",
    )
    assert [one.text for one in result.left_out] == ["旧", "移", "删行"]


def test_notes_stand_at_the_end_and_are_said() -> None:
    document = body(
        '<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:t>乙</w:t></w:r><w:r><w:endnoteReference w:id="1"/></w:r></w:p>'
    )
    note = '<w:{0} w:id="{1}"{3}><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}>'
    part(
        document,
        "footnotes",
        "<w:footnotes>"
        + note.format("footnote", 0, "线", ' w:type="separator"')
        + note.format("footnote", 2, "脚注文字", "")
        + "</w:footnotes>",
    )
    part(
        document,
        "endnotes",
        "<w:endnotes>" + note.format("endnote", 1, "尾注文字", "") + "</w:endnotes>",
    )
    result = reading(document)
    assert result.text == "甲乙\n\n注1：脚注文字\n注2：尾注文字\n"
    assert "2 footnotes and endnotes" in result.notices[0]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    document = body(
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:r><w:t>甲</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>乙</w:t></w:r></w:p>"
    )
    result = reading(document)
    assert result.text == "甲乙\n框内\n"
    assert "text boxes" in result.notices[0]


def test_headers_hidden_text_and_field_codes_are_not_text() -> None:
    document = body(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:p>"
    )
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    result = reading(document)
    assert result.text == "甲链控音\n"
    left_out = {(one.text, one.reason) for one in result.left_out}
    assert left_out == {("隐", "hidden text"), ("页眉文字", "header")}


def test_symbols_are_read_where_their_font_is_known_and_accounted_for_elsewhere() -> None:
    sym = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    known, unknown = sym.format("Symbol", "F0B3"), sym.format("Wingdings", "F0FC")
    result = reading(body(f"<w:p>{known}<w:r><w:t>95%</w:t></w:r>{unknown}</w:p>"))
    assert result.text == "≥95%\n"
    assert [(one.text, one.reason) for one in result.left_out] == [
        ("Wingdings F0FC", "symbol of an unknown font")
    ]


def test_a_chart_is_said_to_be_left_out() -> None:
    drawing = (
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>'
    )
    result = reading(
        body(f"<w:p><w:r><w:t>图1</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>")
    )
    assert result.text == "图1\n"
    assert result.notices == ("charts and diagrams left out",)


def test_breaks_end_a_line_and_make_no_pages() -> None:
    document = body(
        '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t>'
        "<w:tab/><w:t>1</w:t></w:r></w:p>"
    )
    assert reading(document).text == "甲\n乙\n丙\t1\n"


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(PlanqError, match="no text"):
        reading(docx.Document())
