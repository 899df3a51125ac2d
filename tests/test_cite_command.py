"""`planq cite`, `planq show --cite` and the facts that `planq parse` sets."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SOURCE

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_a_line_an_address_and_what_is_unknown_on_stderr(run: Run) -> None:
    done = run("cite", "3.2.1", "box4", "--style", "footnote")
    assert [line.partition("》")[2] for line in done.stdout.decode().splitlines()] == [
        "第三章第二节第一目，第26—28页",
        "专栏4，第27—28页",
    ]
    assert "issuer, date, number" in done.stderr.decode()


def test_json_has_the_fields_apart(run: Run) -> None:
    (record,) = json.loads(run("cite", "3.2.1", "-f", "json").stdout)
    assert record["citation"] == record["reference"][:-1] + ": 26-28."
    assert record["pinpoint"] == "第三章第二节第一目，第26—28页"
    assert (record["page"], record["page_exact"]) == ([26, 28], False)
    assert record["missing"] == ["issuer", "date", "number"]


def test_csl_json_of_several_places_is_one_array(run: Run) -> None:
    items = json.loads(run("cite", "3.1", "3.2", "--style", "csl-json").stdout)
    assert [item["section"] for item in items] == ["第三章第一节", "第三章第二节"]


def test_a_range_is_a_citation_a_node(run: Run) -> None:
    assert len(run("cite", "3.1-3.3").stdout.splitlines()) == 3


def test_bad_addresses_and_styles_are_one_line(run: Run) -> None:
    for arguments in (("99",), ("3", "--style", "apa")):
        done = run("cite", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.count(b"\n") == 1


def test_show_with_its_citation(run: Run) -> None:
    text = run("show", "17.2", "--cite").stdout.decode()
    assert text.splitlines()[0].startswith("第二节")
    assert text.splitlines()[-1].endswith("》第十七章第二节，第142—143页")
    records = json.loads(run("show", "17.2", "--cite", "-f", "json").stdout)
    assert records[0]["pinpoint"] == "第十七章第二节，第142—143页"
    assert "citation" not in records[1]
    assert run("show", "17.2", "--cite", "--raw").returncode == 2


def test_parse_sets_the_facts_and_cite_uses_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fulltext.txt").write_bytes(SOURCE.read_bytes())
    made = run(
        "parse", "fulltext.txt", "--issuer", "湖北省人民政府", "--date", "2021-4-12", "-o", "o.yaml"
    )
    assert made.returncode == 0
    done = run("cite", "--plan", "o.yaml", "3.2", "--style", "gbt7714-2025")
    assert done.stdout.decode().startswith("湖北省人民政府. ")
    assert done.stdout.decode().rstrip().endswith("[Z]. 2021：26-28.")
    assert "number" in done.stderr.decode()
    assert "issuer" not in done.stderr.decode()


@pytest.mark.parametrize("date", ["2021-13", "2021-02-30", "今年", "21-4-12"])
def test_what_is_no_date_is_refused(date: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("某规划\n第一章 总则\n发展。\n", encoding="utf-8")
    done = run("parse", "plan.txt", "--date", date)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "write it like 2021-04-12" in done.stderr.decode()
