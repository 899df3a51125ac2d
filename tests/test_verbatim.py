"""Into pipes and files every format is verbatim; `-o -` is stdout; an empty table has its header."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[bytes]]

ODD = "坚\u2003持\u2002稳\u00ad健\u200b与\x1b[31m红\x07\u2066甲乙丙\u202e丁\ufeff"
TEXT = (
    f"某市规划\n\n第一章 总\u202e则\n\n{ODD}增长5%。\n\n专栏 1 表\u2003名\n\n"
    f"指标\t2020年\n产{ODD}值\t5\n粮{ODD}食\t6\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "p.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("args", "formats"),
    [
        ("show 1", "text md json jsonl"),
        ("show 1 --raw", "text"),
        ("show 1 --cite", "text"),
        ("show 1:1", "text md"),
        ("search 稳健", "text csv tsv md json jsonl"),
        ("search --regex 健.与", "text md"),
        ("table 1", "text csv tsv md json"),
        ("tables --all", "text csv md jsonl"),
        ("targets", "text csv md json"),
        ("quote 坚持稳健与", "text md csv"),
    ],
)
def test_a_pipe_and_a_file_get_the_text_as_it_is(
    run: Run, plan: str, tmp_path: Path, args: str, formats: str
) -> None:
    for format in formats.split():
        asked = [*args.split(), "--plan", plan, "-f", format]
        done = run(*asked)
        out = done.stdout.decode()
        if format in ("json", "jsonl"):
            for code in (0x1B, 0x7, 0x85):  # as JSON has to
                out = out.replace(f"\\u{code:04x}", chr(code))
        words = ODD if "quote" not in args else ODD[: ODD.index("与")]
        shown = out if format != "md" else out.replace("\\", "")
        assert words in shown, format
        assert "\\u2003" not in out and "\\x1b" not in out
        file = tmp_path / "out"
        assert run(*asked, "-o", str(file)).stdout == b""
        assert file.read_bytes() == done.stdout


def test_every_command_that_writes_markdown_writes_it_alike(run: Run, plan: str) -> None:
    for command in ("toc", "show 1", "tables", "table 1", "targets", "check", "list"):
        args = [*command.split(), "-f", "md"]
        out = run(*args, *([] if command == "list" else ["--plan", plan])).stdout.decode()
        assert "\\u202e" not in out and "\\x1b" not in out, command


def test_a_dash_is_stdout_for_every_command(run: Run, tmp_path: Path) -> None:
    plain = run("toc", "1")
    assert run("toc", "1", "-o", "-").stdout == plain.stdout
    rows = run("table", "1", "-f", "csv", "-o", "-").stdout
    assert rows == run("table", "1", "-f", "csv").stdout
    (tmp_path / "d.md").write_text("“人均地区生产总值突破1万美元”\n", encoding="utf-8")
    done = run("verify", "d.md", "--fix", "-o", "-")
    assert done.stdout.decode() == "“人均地区生产总值突破 1 万美元”\n"
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    outline = run("parse", "p.txt", "-o", "-")
    assert outline.stdout == run("parse", "p.txt").stdout != b""
    for args in (["-"], ["-o", "-"]):
        bulk = run("export", *args, "--format", "opensearch", "--plan", "p.txt")
        assert bulk.returncode == 0
        lines = [json.loads(line) for line in bulk.stdout.decode().split("\n")[:-1]]
        assert len(lines) % 2 == 0 and lines[1]["plan"] == "p"
        refused = run("export", *args)
        assert (refused.returncode, refused.stdout) == (2, b"")
        assert b"a database is a file" in refused.stderr
        assert refused.stderr.count(b"\n") == 1
    assert not (tmp_path / "-").exists()


def test_export_takes_its_file_by_either_name(run: Run, tmp_path: Path) -> None:
    assert run("export", "-o", "a.db").returncode == 0
    assert (tmp_path / "a.db").stat().st_size > 0
    assert run("export").returncode == 2
    assert run("export", "b.db", "-o", "c.db").returncode == 2


EMPTY = {
    "search 没有这样的词": "id,kind,path,page,page_end,page_exact,score,text,matches,source",
    "search 没有这样的词 --all-plans": "plan,id,kind,path,page,page_end,page_exact,score,text,matches,source",
    "quote 驴唇不对马嘴咿呀": "id,status,path,page,page_end,page_exact,text,before,after,marked,citation,"
    "reference,pinpoint,source",
    "targets 没有这样的词": "id,page,page_end,page_exact,",
    "tables --plan {plan}": "id,title,section,page,page_end,page_exact,columns,rows",
    "tables --all --plan {plan}": "id,table,name,content,page,page_end,page_exact",
    "check --plan {plan}": "line,column,reason,text,id",
    "verify {plan}": "quote,status,line,start,end,id,page,page_end,page_exact,text,diff,claimed,parts,source",
    "verify {plan} {plan}": "file,quote,status,",
}


@pytest.mark.parametrize("asked", EMPTY)
def test_an_empty_table_has_its_header(run: Run, tmp_path: Path, asked: str) -> None:
    plan = tmp_path / "p.txt"
    plan.write_text("规划\n\n第一章 总则\n\n甲乙丙丁。\n", encoding="utf-8")
    args = asked.format(plan=plan).split()
    for format, mark in (("csv", ","), ("tsv", "\t")):
        out = run(*args, "-f", format).stdout.decode()
        (header,) = csv.reader(io.StringIO(out), delimiter=mark)
        assert ",".join(header).startswith(EMPTY[asked])


def test_an_empty_workbook_has_its_header(run: Run, tmp_path: Path) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    file = tmp_path / "t.xlsx"
    run("targets", "没有这样的词", "-o", str(file))
    (header,) = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    assert header[:2] == ("id", "page")


def test_counts_have_the_same_names_in_every_format(run: Run) -> None:
    args = ("search", "长江", "--by", "chapter")
    names = run(*args).stdout.decode().split("\n")[0].split("\t")
    assert names == run(*args, "-f", "csv").stdout.decode().split("\n")[0].split(",")
    assert names == list(json.loads(run(*args, "-f", "json").stdout)[0])
    assert names[-1] == "rate"
