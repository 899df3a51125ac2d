"""PDFs: printed lines in reading order, ruled tables as tables, and every broken file a sentence.

The PDFs are written here by hand: a page is a list of texts at points and of ruled lines.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from planq.errors import MissingExtra, PlanqError
from planq.ingest import Reading, read_bytes
from planq.ingest.pdf import document as pdf

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pdfplumber")

HEIGHT = 800


def text(x: float, y: float, words: str, size: int = 12, turn: str = "1 0 0 1") -> str:
    """Words in a 12-point font of full-width glyphs, `y` down from the top of the page."""
    code = words.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {turn} {x} {HEIGHT - y} Tm <{code}> Tj ET\n"


def rules(*segments: tuple[float, float, float, float]) -> str:
    return "".join(f"{a} {HEIGHT - b} m {c} {HEIGHT - d} l S\n" for a, b, c, d in segments)


def grid(lefts: list[float], tops: list[float]) -> str:
    return rules(
        *((lefts[0], y, lefts[-1], y) for y in tops), *((x, tops[0], x, tops[-1]) for x in lefts)
    )


def document(*pages: str, more: str = "", info: str = "") -> bytes:
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(pages)))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[4 0 R]>>",
        4: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)"
        "/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
        5: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/Ascent 880/Descent -120"
        "/FontBBox[0 -120 1000 880]/ItalicAngle 0/CapHeight 880/StemV 80>>",
        6: f"<<{info}>>",
    }
    for i, content in enumerate(pages):
        objects[10 + 2 * i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 {HEIGHT}]/Contents {11 + 2 * i} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>{more}>>>>"
        )
        objects[11 + 2 * i] = f"<</Length {len(content)}>>stream\n{content}\nendstream"
    out = b"%PDF-1.4\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    return out + f"trailer<</Size 999/Root 1 0 R/Info 6 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def reading(*pages: str, **more: str) -> Reading:
    return read_bytes(document(*pages, **more), "plan.pdf")


def refusal(data: bytes) -> str:
    with pytest.raises(PlanqError) as caught:
        read_bytes(data, "plan.pdf")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_printed_line_is_a_line_and_pages_are_told_apart() -> None:
    result = reading(
        text(90, 760, "1") + text(90, 100, "第一章总则") + text(90, 120, "坚持创新，"),
        text(90, 100, "驱动发展。"),
    )
    assert result.text == "第一章总则\n坚持创新，\n1\n\f\n驱动发展。\n"
    assert (result.media, result.encoding, result.notices) == ("pdf", None, ())


def test_a_blank_page_keeps_the_count_of_pages() -> None:
    assert reading(text(9, 9, "甲"), "", text(9, 9, "乙")).text == "甲\n\f\n\n\f\n乙\n"


def test_full_width_digits_stay() -> None:
    assert reading(text(90, 100, "１、到２０２５年")).text == "１、到２０２５年\n"


def test_gaps_are_spaces_only_where_they_are_wide() -> None:
    line = text(90, 100, "国") + text(102, 100, "务") + text(117, 100, "院") + text(150, 100, "文")
    assert reading(line).text == "国务院 文\n"


def test_what_is_set_in_by_two_characters_or_in_the_middle_keeps_its_indent() -> None:
    page = text(114, 100, "到二〇二五年，") + text(90, 120, "全省") + text(150, 140, "居中")
    page += text(90, 160, "从左到右正好十二个字一行") + text(150, 180, "不在中间的行")
    assert reading(page).text.split("\n")[:5] == [
        "　　到二〇二五年，",
        "全省",
        "　　　　　居中",
        "从左到右正好十二个字一行",
        "不在中间的行",
    ]


def test_a_character_drawn_twice_for_bold_is_one() -> None:
    assert reading(text(90, 100, "总则") + text(90.4, 100, "总则")).text == "总则\n"


def test_marks_set_high_stay_in_their_line() -> None:
    line = text(90, 100, "常住人口") + text(138, 95, "①", 7) + text(145, 100, "增长")
    assert reading(line).text == "常住人口①增长\n"


def test_a_slanted_watermark_is_left_out() -> None:
    result = reading(text(90, 100, "总则") + text(200, 300, "内部资料", turn=".7 .7 -.7 .7"))
    assert result.text == "总则\n"
    assert [(one.text, one.page) for one in result.left_out] == [("内部资料", 1)]


def test_a_page_lying_on_its_side_is_read_along_its_lines() -> None:
    page = text(100, 700, "第一行", turn="0 1 -1 0") + text(120, 700, "第二行", turn="0 1 -1 0")
    assert reading(page).text == "第一行\n第二行\n"


def test_a_ruled_table_has_tabs_its_title_and_blanks_for_merged_cells() -> None:
    lines = rules(
        *((50, y, 450, y) for y in (80, 110, 140, 220)),
        (150, 170, 450, 170),  # the first column is merged over two rows
        (50, 80, 50, 220),
        (450, 80, 450, 220),
        (150, 110, 150, 220),
        (350, 110, 350, 220),
    )
    words = (
        text(60, 70, "表前一行。")
        + text(60, 100, "主要指标")
        + text(60, 130, "类别")
        + text(160, 130, "指标")
        + text(360, 130, "二〇二五")
        + text(60, 185, "保护")
        + text(160, 160, "单位数量")
        + text(360, 160, "５０")
        + text(160, 190, "编制规划（全国")
        + text(160, 210, "文物）")
        + text(360, 200, "２０")
        + text(60, 240, "表后一行。")
    )
    assert reading(lines + words).text == (
        "表前一行。\n主要指标\n\n类别\t指标\t二〇二五\n保护\t单位数量\t５０\n"
        "\t编制规划（全国文物）\t２０\n\n表后一行。\n"
    )


def test_a_table_on_a_page_that_lies_on_its_side_is_one() -> None:
    page = rules(
        *((x, 200, x, 700) for x in (100, 140, 180)),  # between the rows, upright on the page
        *((100, y, 180, y) for y in (200, 400, 700)),
    )
    page += "".join(
        text(x, y, words, turn="0 1 -1 0")
        for x, y, words in (
            (90, 690, "主要指标"),
            (125, 690, "指标"),
            (125, 390, "属性"),
            (165, 690, "增长"),
            (165, 390, "预期性"),
        )
    )
    assert reading(page).text == "主要指标\n\n指标\t属性\n增长\t预期性\n\n"


OPEN = [(50, 450, 80), (50, 450, 110), (150, 450, 140), (50, 450, 170), (50, 450, 200)]


@pytest.mark.parametrize("upright", [(150, 350), ()], ids=["open at the sides", "rows alone"])
def test_rules_that_a_table_leaves_out_are_put_back(upright: tuple[float, ...]) -> None:
    lines = rules(
        *((x0, y, x1, y) for x0, x1, y in OPEN), *((x, 80, x, 200) for x in upright)
    )  # fmt: skip
    words = (
        text(60, 100, "类别")
        + text(160, 100, "指标")
        + text(380, 100, "属性")
        + text(60, 145, "保护")
        + text(160, 130, "单位数量（个）")
        + text(380, 130, "预期")
        + text(160, 160, "编制规划")
        + text(60, 190, "安全")
        + text(160, 190, "巡检率")
        + text(380, 190, "约束")
        + text(60, 240, "表后一行。")
    )
    assert reading(lines + words).text == (
        "\n类别\t指标\t属性\n保护\t单位数量（个）\t预期\n\t编制规划\t\n安全\t巡检率\t约束\n\n表后一行。\n"
    )


SLANTED = {
    "arrow head": "100 400 m 120 440 l 140 400 l h f\n",
    "line of many points": "100 400 m 130 420 l 190 380 l 240 460 l S\n",
    "one slanted line": "100 400 m 300 500 l S\n",
    "curve": "100 400 m 150 500 200 500 250 400 c S\n",
    "closed curve": "100 400 m 150 500 200 500 250 400 c 200 300 150 300 100 400 c h B\n",
    "triangle beside a box": "100 300 50 50 re S 160 300 m 180 340 l 200 300 l h S\n",
    "turned box": "q 0.7 0.7 -0.7 0.7 300 300 cm 0 0 80 40 re S Q\n",
    "a point": "100 400 m 100 400 l S\n",
    "a map": "".join(f"{i % 500} 300 m {i % 500 + 3} {301 + i % 90} l S\n" for i in range(4000)),
}


@pytest.mark.parametrize("drawing", SLANTED.values(), ids=SLANTED.keys())
def test_a_slanted_edge_is_no_rule_and_no_damage(drawing: str) -> None:
    words = text(60, 70, "第一章总体要求") + text(60, 700, "各县和各企业都要发展。")
    got = reading(drawing + words)
    assert got.text == "第一章总体要求\n各县和各企业都要发展。\n"
    assert got.notices == ()


def test_a_table_is_read_beside_slanted_edges_and_through_a_divided_corner() -> None:
    table = grid([50, 200, 400], [100, 140, 180]) + rules((50, 100, 200, 140))
    table += text(60, 130, "指标") + text(210, 130, "二〇二五年")
    table += text(60, 170, "粮食") + text(210, 170, "５０")
    for drawing in SLANTED.values():
        assert reading(table + drawing).text == "\n指标\t二〇二五年\n粮食\t５０\n\n"


def test_rules_off_by_a_hair_are_rules() -> None:
    table = rules(
        *((50, y, 400, y + 0.4) for y in (100, 140, 180)),
        *((x, 100, x + 0.4, 180) for x in (50, 200, 400)),
    )
    table += text(60, 130, "指标") + text(210, 130, "数值")
    table += text(60, 170, "粮食") + text(210, 170, "５０")
    assert reading(table).text == "\n指标\t数值\n粮食\t５０\n\n"


def test_a_page_too_full_of_rules_for_tables_says_so() -> None:
    full = "".join(f"{i % 500} {i % 700} m {i % 500 + 5} {i % 700} l S\n" for i in range(3001))
    got = reading(full + text(60, 70, "正文。"))
    assert got.text == "正文。\n"
    assert got.notices == ("pages full of drawn lines, on which no tables were sought: 1",)


def test_rules_between_passages_make_no_table() -> None:
    page = rules(*((50, y, 450, y) for y in (80, 110, 140, 170)))
    page += "".join(text(60, y, "一段正文，写到这里为止，没有列。") for y in (100, 130, 160))
    assert "\t" not in reading(page).text


def test_a_frame_of_one_column_is_not_a_table() -> None:
    page = grid([50, 450], [80, 110, 200]) + text(60, 100, "专栏１") + text(60, 130, "１．甲：乙")
    assert reading(page).text == "专栏１\n１．甲：乙\n"


def test_two_columns_are_read_one_after_the_other_and_that_is_said() -> None:
    page = "".join(
        text(50, 100 + 20 * i, f"左栏第{i}行规划纲要文字内容")
        + text(320, 100 + 20 * i, f"右栏第{i}行规划纲要文字内容")
        for i in range(10)
    )
    result = reading(page)
    sides = [line[0] for line in result.text.splitlines()]
    assert sides == ["左"] * 10 + ["右"] * 10
    assert result.notices == ("pages read as two columns: 1",)


def test_columns_of_unlike_lines_with_a_title_over_both_and_a_table_in_one() -> None:
    page = text(180, 60, "省人民政府公报二〇二一年第一号") + text(285, 320, "－１－")
    words = "栏第{}行规划纲要文字内容不长不短"
    page += "".join(text(50, 100 + 20 * i, "左" + words.format(i)) for i in range(10))
    page += "".join(text(320, 107 + 21 * i, "右" + words.format(i)) for i in range(10))
    page += grid([50, 150, 270], [330, 360, 390])
    page += "".join(
        text(x, y, words)
        for x, y, words in (
            (60, 350, "指标"),
            (160, 350, "属性"),
            (60, 380, "增长"),
            (160, 380, "预期"),
        )
    )
    lines = [line.strip() for line in reading(page).text.splitlines() if line.strip()]
    assert [line[0] for line in lines] == [*"省左左左左左左左左左左右右右右右右右右右右－指增"]
    assert lines[-2:] == ["指标\t属性", "增长\t预期"]


def stacked(x: float, y: float, words: str) -> str:
    return "".join(text(x, y + 14 * i, char) for i, char in enumerate(words))


def test_a_page_set_from_top_to_bottom_is_read_so_and_that_is_said() -> None:
    page = stacked(500, 80, "某市规划") + stacked(440, 80, "第一章总则")
    got = reading(page + stacked(380, 80, "推进长江大保护。"))
    assert [line.strip() for line in got.text.split("\n")] == [
        "某市规划", "第一章总则", "推进长江大保护。", "",
    ]  # fmt: skip
    assert got.notices == ("pages set from top to bottom, read so from right to left: 1",)


def test_a_font_for_vertical_text_is_read_along_its_lines() -> None:
    page = text(500, 80, "某市规划") + text(440, 80, "推进长江大保护。")
    data = document(page).replace(b"UniGB-UCS2-H", b"UniGB-UCS2-V")
    got = read_bytes(data, "plan.pdf")
    assert [line.strip() for line in got.text.split("\n")] == ["某市规划", "推进长江大保护。", ""]


def test_words_below_one_another_among_others_are_said() -> None:
    page = stacked(60, 100, "重点任务清单") + "".join(
        text(100, y, "推进长江大保护，加快发展。") for y in (100, 130, 160)
    )
    assert any("read across: 1;" in notice for notice in reading(page).notices)


def test_columns_that_no_rule_divides_are_said() -> None:
    page = "".join(
        text(60, y, left) + text(300, y, right)
        for y, left, right in (
            (100, "粮食生产能力", "每年稳定在一亿吨以"),
            (120, "提升", "上，质量更好"),
            (140, "耕地", "保有量不减少"),
        )
    )
    assert any("read across: 1;" in notice for notice in reading(page).notices)
    prose = "".join(text(60, y, "推进长江大保护，加快发展。") for y in (100, 120, 140))
    assert reading(prose).notices == ()


def test_metadata_title_is_a_hint() -> None:
    assert reading(text(9, 9, "甲"), info="/Title(Plan 2025)").title == "Plan 2025"


def test_a_scan_is_refused() -> None:
    image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q\n"
    assert "scan without text" in refusal(document(image, image))
    assert "scan without text" in refusal(document(""))


def test_a_picture_page_among_text_is_said() -> None:
    image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q\n"
    result = reading(image, text(90, 100, "第一章总则。坚持创新驱动发展，加快推进现代化建设。"))
    assert result.notices == ("pages without text (pictures): 1",)


def test_a_locked_pdf_is_refused() -> None:
    locked = document(text(9, 9, "甲")).replace(
        b"trailer<<",
        b"trailer<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<"
        + b"00" * 32
        + b">/U<"
        + b"11" * 32
        + b">>>",
    )
    assert "password" in refusal(locked)


@pytest.mark.parametrize("keep", [9, 60, 300, 900, -200])
def test_a_cut_pdf_is_refused_or_read(keep: int) -> None:
    try:
        result = read_bytes(document(text(9, 9, "甲" * 40))[:keep], "plan.pdf")
    except PlanqError as error:
        assert "\n" not in str(error)
    else:
        assert "甲" in result.text


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\xff" * 100_000,
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\n" + b"<<" * 100_000,
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>",
        b"%PDF-1.7\nstartxref\n9\n%%EOF",
    ],
)
def test_nonsense_is_refused(data: bytes) -> None:
    assert "damaged" in refusal(data) or "scan" in refusal(data)


def test_a_page_program_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 3)
    endless = text(90, 100, "规") * 400_000
    assert "took longer" in refusal(document(endless))


def test_a_stream_that_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_MEMORY_BYTES", 300 * 2**20)
    bomb = zlib.compress(zlib.compress(b" " * 2**28, 9), 9).decode("latin-1")
    head = document("X").split(b"11 0 obj")[0]
    stream = f"<</Length {len(bomb)}/Filter[/FlateDecode/FlateDecode]>>stream\n{bomb}\nendstream"
    data = head + b"11 0 obj\n" + stream.encode("latin-1") + b"\nendobj\ntrailer<</Root 1 0 R>>"
    assert refusal(data)


def test_a_damaged_page_is_said() -> None:
    good = text(90, 100, "第一章总则。")
    data = document(good, good + "%" + " " * 40)
    at = data.rindex(b"<</Length", 0, data.index(b"%" + b" " * 40))
    size = data[at:].split(b">>")[0]
    data = data.replace(size + b">>", size + b"/Filter/FlateDecode>>")
    assert read_bytes(data, "a.pdf").notices == (
        "pages damaged in the PDF, words of theirs lost: 2",
    )


def test_a_pdf_cut_off_at_its_end_is_said() -> None:
    data = document(text(90, 100, "第一章总则。")).split(b"xref\n0 1")[0]
    notices = read_bytes(data + b"trailer\n<</Root 1 0 R>>\n", "a.pdf").notices
    assert notices == ("the PDF is cut off at its end; pages may be missing",)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert "pages" in refusal(document(*[text(9, 9, "甲")] * 3))


def test_without_pdfplumber_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "planq-text\[pdf\]"'):
        read_bytes(document(text(9, 9, "甲")), "plan.pdf")


def test_modules_in_the_working_folder_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("json.py", "pdfplumber.py"):
        (tmp_path / module).write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert reading(text(9, 9, "甲")).text == "甲\n"


def test_row_numbers_that_a_narrow_column_broke_are_put_together() -> None:
    lefts, tops = [50.0, 70.0, 200.0, 300.0], [100.0, 140.0, 180.0, 220.0, 260.0]
    page = grid(lefts, tops) + text(52, 120, "号") + text(80, 120, "指标") + text(210, 120, "数")
    for at, (first, second) in enumerate((("9", ""), ("1", "0"), ("1", "1"))):
        y = 155 + 40 * at
        page += text(54, y, first) + (text(54, y + 15, second) if second else "")
        page += text(80, y, "甲乙丙"[at]) + text(210, y, "1") + text(210, y + 15, "2")
    lines = reading(page).text.strip().split("\n")
    assert lines == ["号\t指标\t数", "9\t甲\t1 2", "10\t乙\t1 2", "11\t丙\t1 2"]


def test_a_merged_cell_goes_on_in_the_rows_it_spans() -> None:
    page = rules(
        (50, 100, 400, 100), (50, 140, 400, 140), (50, 180, 300, 180), (50, 220, 400, 220),
        (50, 100, 50, 220), (200, 100, 200, 220), (300, 100, 300, 220), (400, 100, 400, 220),
    )  # fmt: skip
    for y, *cells in (
        (125, "项目", "规模", "单位"),
        (165, "甲", "1", "市局"),
        (205, "乙", "2", ""),
    ):
        for x, words in zip((60, 210, 310), cells, strict=True):
            page += text(x, y, words) if words else ""
    assert reading(page).text.strip().split("\n") == [
        "项目\t规模\t单位",
        "甲\t1\t市局",
        "乙\t2\t〃",
    ]
