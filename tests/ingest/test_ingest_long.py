"""Long and hostile pages and Markdown: read as short ones are, or refused in one line, within bounds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from planq.errors import SourceError
from planq.ingest import read, read_bytes, text_child
from planq.ingest.markdown import read_markdown

if TYPE_CHECKING:
    from pathlib import Path

    from planq.ingest import Reading

HOSTILE = {
    "nested.html": "<div>" * 60_000,
    "inline.html": "<b><i>" * 60_000,
    "tables.html": "<table><tr><td>" * 30_000,
    "spans.html": "<table>" + ("<tr>" + "<td rowspan=1000 colspan=1000>甲" * 90 + "</tr>") * 90,
    "links.md": "[a](" * 90_000,
    "emphasis.md": "*a_ " * 90_000,
    "pictures.md": "![[](" * 60_000,
    "quotes.md": ">" * 300_000 + "甲",
    "rows.md": "|甲|乙|\n|---|---|\n" + "|增长|6%|\n" * 30_000,
}


def outcome(data: bytes, name: str) -> Reading | str:
    try:
        return read_bytes(data, name)
    except SourceError as error:
        assert "\n" not in str(error)
        assert str(error).startswith((name, "a table"))
        return str(error)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_or_refused_within_bounds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_child, "LEAST_SECONDS", 6)
    begun = time.monotonic()
    outcome(HOSTILE[name].encode(), name)
    assert time.monotonic() - begun < 12


def test_a_long_file_reads_as_a_short_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (
        "<html><head><title>某市规划</title></head><body><nav><a href=x>首页</a></nav>"
        "<h1>某市规划</h1><p>推进<img alt=图>发展。</p></body></html>"
    ).encode()
    notes = "---\ntitle: 某市规划\n---\n\n# 某市规划\n\n推进![图](x.png)发展。\n".encode()
    expected = read_bytes(page, "a.html"), read_bytes(notes, "a.md")
    assert all(one.left_out and one.title for one in expected)
    monkeypatch.setattr(text_child, "LEAST_BYTES", 0)
    assert (read_bytes(page, "a.html"), read_bytes(notes, "a.md")) == expected
    told = outcome(b"<html><body></body></html>", "a.html")
    assert str(told).startswith("a.html is a page without text")


def test_a_long_file_is_read_in_the_encoding_that_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(text_child, "LEAST_BYTES", 0)
    path = tmp_path / "a.md"
    path.write_bytes("推进长江大保护，加快发展。".encode("gb18030"))
    assert read(path, encoding="gb18030").text == "推进长江大保护，加快发展。\n"
    with pytest.raises(SourceError, match=r"^a.md is not utf-8"):
        read(path, encoding="utf-8")
    with pytest.raises(SourceError, match=r"^no encoding 'nonsense'"):
        read(path, encoding="nonsense")


def test_what_a_long_file_may_take_grows_with_it_and_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_child, "LEAST_BYTES", 0)
    monkeypatch.setattr(text_child, "LEAST_SECONDS", 1)
    told = outcome(HOSTILE["tables.html"].encode() * 2, "a.html")
    assert told == "a.html took longer than 1 seconds to read; split it"
    monkeypatch.setattr(text_child, "LEAST_SECONDS", 30)
    monkeypatch.setattr(text_child, "LEAST_MEMORY", 60 * 2**20)
    told = outcome(HOSTILE["rows.md"].encode(), "a.md")
    assert told == "a.md needs more than 60 MB of memory to read; split it"


@pytest.mark.parametrize("words", ["[a](", "*a_ ", "![[]("])
def test_marks_on_end_are_left_as_printed_and_that_is_said(words: str) -> None:
    got = read_markdown((words * 6_000 + "\n\n**增长**6%。\n").encode(), "a.md")
    assert any(notice.endswith("left as printed") for notice in got.notices)
    assert got.text.split("\n")[0].startswith(words.strip())


def test_a_long_table_of_links_and_emphasis_keeps_them() -> None:
    rows = "|甲|乙|\n|---|---|\n" + "|**增长**|[6%](a)|\n" * 6_000
    got = read_markdown(rows.encode(), "a.md")
    assert got.notices == ()
    assert got.text.split("\n")[1:3] == ["甲\t乙", "增长\t6%"]
