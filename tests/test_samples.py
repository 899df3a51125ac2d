"""Real plans of every shape: headings as a reader wrote them down, and not a character lost.

`samples/NAME.outline` says what a person found in the document NAME: a line a heading (address,
kind, label, title, line of the source, tab-separated), and facts about the rest as comments. The
documents are not part of the project; PLANQ_SAMPLES names the folder that holds them.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from test_parse_forms import wrapped

from planq.ingest import read
from planq.parse import parse
from planq.plan.address import Address
from planq.plan.tree import Node, Tree
from planq.text.folding import fold

FOLDER = os.environ.get("PLANQ_SAMPLES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="PLANQ_SAMPLES names no folder")
SAMPLES = Path(FOLDER or ".")
OUTLINES = sorted((Path(__file__).parent / "samples").glob("*.outline"))
NAMES = [path.stem for path in OUTLINES]
# The form a text was taken from, where the folder holds it.
ORIGINALS = {
    "hunan_gov_work_report_2025_docx": "hunan_gov_work_report_2025.docx",
    "hubei_14fyp_cultural_relics_pdf": "hubei_14fyp_cultural_relics.pdf",
    "short_revolutionary_relics_project_kangxi_pdf": "short_revolutionary_relics_project_kangxi.pdf",
}


class Expected(NamedTuple):
    """A heading as a reader wrote it down; `rows` is 0 where nothing is said of them."""

    id: str
    kind: str
    label: str
    title: str
    line: int
    rows: int


def expected(name: str) -> list[Expected]:
    found = []
    for line in (Path(__file__).parent / "samples" / f"{name}.outline").read_text().splitlines():
        if not line.startswith("#"):
            id, kind, label, title, number, *rest = line.split("\t")
            rows = int(rest[0].removeprefix("rows=")) if rest else 0
            found.append(Expected(id, kind, fold(label), fold(title), int(number), rows))
    return found


def said(name: str, key: str) -> str:
    text = (Path(__file__).parent / "samples" / f"{name}.outline").read_text()
    match = re.search(rf"^# {key}: (.*)$", text, re.MULTILINE)
    return match[1] if match else ""


@cache
def parsed(file: str) -> Tree:
    return parse(read(SAMPLES / file).text, name=file)


def line_of(plan: Tree, node: Node) -> int:
    return plan.source.count("\n", 0, node.start) + 1


def headings(plan: Tree) -> list[Node]:
    """The printed headings: a preface that prints none is not one."""
    return [node for node in plan.nodes() if node.spans]


def f1(found: set[tuple[object, ...]], wanted: set[tuple[object, ...]]) -> float:
    hits = len(found & wanted)
    precision, recall = hits / max(len(found), 1), hits / len(wanted)
    return 2 * precision * recall / (precision + recall) if hits else 0.0


@pytest.mark.parametrize("name", NAMES)
def test_headings_stand_where_a_reader_found_them(name: str) -> None:
    plan = parsed(f"{name}.txt")
    found = {
        (node.id, node.kind, fold(node.label), fold(node.title), line_of(plan, node))
        for node in headings(plan)
    }
    wanted = {one[:5] for one in expected(name)}
    assert f1(found, wanted) >= 0.98, (sorted(found - wanted), sorted(wanted - found))


@pytest.mark.parametrize("name", [name for name in NAMES if name in ORIGINALS])
def test_headings_are_the_same_from_the_original_file(name: str) -> None:
    pytest.importorskip({"pdf": "pdfplumber", "docx": "docx"}[ORIGINALS[name].rpartition(".")[2]])
    plan = parsed(ORIGINALS[name])
    found = {(n.id, n.kind, fold(n.label), fold(n.title)) for n in headings(plan)}
    wanted = {one[:4] for one in expected(name)}
    assert f1(found, wanted) >= 0.98, (sorted(found - wanted), sorted(wanted - found))


def _files() -> list[str]:
    return [f"{name}.txt" for name in NAMES] + sorted(ORIGINALS.values())


@pytest.mark.parametrize("file", _files())
def test_no_character_is_lost_or_doubled(file: str) -> None:
    if not file.endswith(".txt"):
        pytest.importorskip({"pdf": "pdfplumber", "docx": "docx"}[file.rpartition(".")[2]])
    plan = parsed(file)
    spans = [span for node in plan.walk() for span in (*node.spans, *node.header)]
    spans += [(part.start, part.end) for part in plan.parts]
    position, kept = 0, []
    for start, end in sorted(spans):
        assert start >= position
        assert not plan.source[position:start].strip()
        kept.append(plan.source[start:end])
        position = end
    assert not plan.source[position:].strip()
    assert Counter("".join("".join(kept).split())) == Counter("".join(plan.source.split()))


@pytest.mark.parametrize("file", _files())
def test_every_address_is_its_own(file: str) -> None:
    if not file.endswith(".txt"):
        pytest.importorskip({"pdf": "pdfplumber", "docx": "docx"}[file.rpartition(".")[2]])
    ids = [node.id for node in parsed(file).walk()]
    assert len(set(ids)) == len(ids)
    assert [str(Address.parse(id)) for id in ids] == ids


@pytest.mark.parametrize("name", NAMES)
def test_the_title_is_the_printed_one(name: str) -> None:
    assert parsed(f"{name}.txt").title == said(name, "title")


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_are_the_printed_ones(name: str) -> None:
    assert len(parsed(f"{name}.txt").contents) == int(said(name, "contents").split()[0])


@pytest.mark.parametrize("name", [name for name in NAMES if said(name, "preface")])
def test_the_preface_has_its_paragraphs(name: str) -> None:
    plan = parsed(f"{name}.txt")
    count = int(said(name, "preface").split()[0])
    paragraphs = plan["0"].children if "0" in plan else ()
    assert len([node for node in paragraphs if node.kind == "paragraph"]) == count


@pytest.mark.parametrize("name", NAMES)
def test_boxes_and_tables_have_their_rows(name: str) -> None:
    plan = parsed(f"{name}.txt")
    for one in expected(name):
        if one.rows:
            rows = [node for node in plan[one.id].children if node.kind == "row"]
            assert len(rows) == one.rows, one.id


def reprinted(text: str, form: str) -> str:
    """`text`, a line a paragraph, as a page of 30 characters a line, or with lines apart."""
    raw = [line.strip(" \u3000\xa0\r") for line in text.split("\n")]
    indent = "" if form == "flush" else "　　"
    lines = [one for line in raw if line for one in wrapped(line, indent)]
    if form == "apart":
        return "\n\n".join(line for line in raw if line)
    if form == "pages":
        pages = [lines[i : i + 26] for i in range(0, len(lines), 26)]
        lines = [one for n, page in enumerate(pages, 1) for one in [*page, f"— {n} —", "\f"]]
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["flush", "indented", "pages", "apart"])
@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("_pdf")])
def test_headings_are_the_same_however_it_is_printed(name: str, form: str) -> None:
    plan = parse(reprinted(read(SAMPLES / f"{name}.txt").text, form))
    found = {(n.id, n.kind, fold(n.label), fold(n.title)) for n in headings(plan)}
    wanted = {one[:4] for one in expected(name)}
    assert f1(found, wanted) >= 0.98, (sorted(found - wanted), sorted(wanted - found))
