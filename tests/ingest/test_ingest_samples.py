"""The real plans of PLANQ_SAMPLES: nothing lost, nothing doubled, tables where there are tables."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from planq.ingest import Reading, read

FOLDER = os.environ.get("PLANQ_SAMPLES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="PLANQ_SAMPLES names no folder")
SAMPLES = Path(FOLDER or ".")


@cache
def sample(name: str) -> Reading:
    pytest.importorskip({"pdf": "pdfplumber", "docx": "docx"}[name.rpartition(".")[2]])
    return read(SAMPLES / name)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "name",
    [
        "hubei_14fyp_cultural_relics.pdf",
        "short_revolutionary_relics_project_kangxi.pdf",
        "hunan_gov_work_report_2025.docx",
    ],
)
def test_no_character_is_lost_or_doubled(name: str) -> None:
    raw = (SAMPLES / (name.replace(".", "_") + ".txt")).read_text("utf-8")
    assert Counter(squeezed(sample(name).text)) == Counter(squeezed(raw))


def test_docx_paragraphs_are_lines() -> None:
    raw = (SAMPLES / "hunan_gov_work_report_2025_docx.txt").read_text("utf-8")
    lines = sample("hunan_gov_work_report_2025.docx").text.splitlines()
    assert [line.strip() for line in lines] == [
        line.strip() for line in raw.splitlines() if line.strip()
    ]


def test_pdf_lines_are_the_printed_lines() -> None:
    raw = (SAMPLES / "short_revolutionary_relics_project_kangxi_pdf.txt").read_text("utf-8")
    lines = map(squeezed, sample("short_revolutionary_relics_project_kangxi.pdf").text.split("\n"))
    assert [line for line in lines if line] == [
        squeezed(one) for one in raw.splitlines() if one.strip()
    ]


def test_kangxi_radicals_stay() -> None:
    assert "\n⼀、重要意义\n" in sample("short_revolutionary_relics_project_kangxi.pdf").text


def test_pages_are_the_files_pages() -> None:
    pages = sample("hubei_14fyp_cultural_relics.pdf").text.split("\n\f\n")
    assert len(pages) == 44
    assert pages[6].lstrip().startswith("一、背景形势\n")
    feet = [page.strip().split("\n")[-1].strip() for page in pages[6:42]]
    assert feet == [str(n) for n in range(1, 37)]


def test_the_ruled_table_over_three_pages_and_nothing_else() -> None:
    lines = sample("hubei_14fyp_cultural_relics.pdf").text.split("\n")
    rows = [line.split("\t") for line in lines if "\t" in line]
    assert {len(row) for row in rows} == {4}
    assert rows[0] == ["指标", "", "2025年", "属性"]
    assert rows[1] == ["保护利用", "湖北省文物保护单位增加数量", "≥50", "约束性"]
    assert rows[-1] == ["人才培养", "省级层面培训人员（人次）", "≥1000", "约束性"]
    categories = [row[0] for row in rows[1:] if row[0]]
    assert categories == [
        "保护利用",
        "文物安全",
        "革命文物",
        "博物馆",
        "科技创新",
        "标准建设",
        "人才培养",
    ]
    assert len(rows) == 26
    assert lines[lines.index("\t".join(rows[0])) - 2] == "“十四五”时期湖北省文物事业发展主要指标"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_texts_are_read_as_they_stand(path: Path) -> None:
    assert read(path).text == path.read_text("utf-8")
