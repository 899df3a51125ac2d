"""Pictures hold words that nobody reads: every reader says how many it left out, and where."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from planq.ingest import read_bytes

if TYPE_CHECKING:
    from planq.ingest import Reading

# A PNG of one white dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff"
    "3f0005fe02fe0def46b80000000049454e44ae426082"
)
TWO = "2 pictures have no text: what they show is missing"


def without(reading: Reading) -> list[tuple[str, int | None]]:
    return [(o.text, o.line) for o in reading.left_out if o.reason.startswith("picture")]


def test_pictures_of_a_page() -> None:
    page = (
        "<html><body><h1>某规划</h1><p>一、目标</p><p>各项目标要努力完成。</p>\n<figure><img></figure>\n<p>二、"
        '任务</p><p>加强领导。<img alt="布局图" src="data:image/png;base64,AAAABBBBCCCC">'
        '<img src="dot.gif" width="1"></p></body></html>'
    )
    reading = read_bytes(page.encode(), "a.html")
    assert reading.notices == (TWO,)
    assert without(reading) == [("", 2), ("布局图 data:image/png;base64,AA…", 3)]


def test_a_box_that_is_a_picture_of_a_page_keeps_its_caption() -> None:
    page = (
        "<html><body><h1>某规划</h1><p>一、目标</p><p>各项目标要努力完成。</p><p><img alt='专栏2 重点工程' src=a.png></p>"
        "<p>二、任务</p><p>加强领导。</p></body></html>"
    )
    reading = read_bytes(page.encode(), "a.html")
    assert "专栏2 重点工程\n（专栏完）\n" in reading.text
    assert reading.notices == ("1 picture has no text: what it shows is missing",)


def test_pictures_of_markdown() -> None:
    text = "# 某规划\n\n## 目标\n\n![](a.png)\n\n各项目标要努力完成。<img src='b.png'>\n"
    reading = read_bytes(text.encode(), "a.md")
    assert reading.notices == (TWO,)
    assert without(reading) == [("a.png", 5), ("b.png", 7)]


def test_pictures_of_word() -> None:
    docx = pytest.importorskip("docx")
    document: Any = docx.Document()
    document.add_paragraph("某规划")
    document.add_picture(io.BytesIO(DOT))
    document.add_paragraph("各项目标要努力完成。")
    document.add_picture(io.BytesIO(DOT))
    document.element.body.findall(".//{*}docPr")[1].set("descr", "布局图")
    saved = io.BytesIO()
    document.save(saved)
    reading = read_bytes(saved.getvalue(), "a.docx")
    assert reading.notices == (TWO,)
    assert [one[0] for one in without(reading)][1] == "布局图"


def test_pictures_of_a_pdf_that_are_large_enough() -> None:
    pytest.importorskip("pdfplumber")
    sides = [(200, 150, 50, 100), (100, 100, 300, 400), (20, 20, 500, 700), (300, 60, 50, 620)]
    drawn = "".join(f"q {w} 0 0 {h} {x} {y} cm /I Do Q\n" for w, h, x, y in sides)
    words = "BT /F 12 Tf 55 630 Td (planned growth of the city) Tj ET\n"
    content = drawn + words
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        "/XObject<</I 6 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        "/Length 1>>stream\n0\nendstream",
    ]  # fmt: skip
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    at = len(out)
    out += f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<</Size 7/Root 1 0 R>>\n".encode()
    out += f"startxref\n{at}\n%%EOF\n".encode()
    reading = read_bytes(out, "a.pdf")
    assert TWO in reading.notices
    assert [one.page for one in reading.left_out if one.reason == "picture"] == [1, 1]
