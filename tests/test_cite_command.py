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
        "第三章第二节第一目，第26—28页之间",
        "专栏4，第27—28页之间",
    ]
    said = done.stderr.decode()
    assert "issuer, date, number (planq set hubei-145 issuer=… date=… number=…)" in said
    assert "3.2.1 stands between pages 26 and 28" in said


def test_json_has_the_fields_apart(run: Run) -> None:
    (record,) = json.loads(run("cite", "3.2.1", "-f", "json").stdout)
    assert record["citation"] == record["reference"][:-1] + ": [26-28]."
    assert record["pinpoint"] == "第三章第二节第一目，第26—28页之间"
    assert (record["page"], record["page_exact"]) == ([26, 28], False)
    assert record["missing"] == ["issuer", "date", "number"]


def test_pages_known_exactly_are_written_as_such_and_others_left_out_if_asked(run: Run) -> None:
    done = run("cite", "16.1", "3.2.1", "--exact-pages")
    first, second = done.stdout.decode().splitlines()
    assert first.endswith("[Z]: 134-135.")
    assert second.endswith("[Z].")
    assert "only bounds" not in done.stderr.decode()
    (record,) = json.loads(run("cite", "3.2.1", "--exact-pages", "-f", "json").stdout)
    assert (record["page"], record["page_exact"]) == (None, False)


def test_bounds_are_no_pages_in_a_bibliography(run: Run) -> None:
    """`pages` and `page` would be read as the pages cited."""
    loose, exact = (
        run("cite", id, "--style", "bibtex").stdout.decode() for id in ("3.2.1", "16.1")
    )
    assert "pages" not in loose
    assert "note = {第三章第二节第一目，第26—28页之间}" in loose
    assert "pages = {134--135}" in exact
    (item,) = json.loads(run("cite", "3.2.1", "--style", "csl-json").stdout)
    assert "page" not in item
    assert item["note"] == "第三章第二节第一目，第26—28页之间"


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
    assert text.splitlines()[-1].endswith("》第十七章第二节，第142—143页之间")
    records = json.loads(run("show", "17.2", "--cite", "-f", "json").stdout)
    assert records[0]["pinpoint"] == "第十七章第二节，第142—143页之间"
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
    assert done.stdout.decode().rstrip().endswith("[Z]. 2021：[26-28].")
    assert "number" in done.stderr.decode()
    assert "issuer" not in done.stderr.decode()


@pytest.mark.parametrize("date", ["2021-13", "2021-02-30", "今年", "21-4-12"])
def test_what_is_no_date_is_refused(date: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("某规划\n第一章 总则\n发展。\n", encoding="utf-8")
    done = run("parse", "plan.txt", "--date", date)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "write it like 2021-04-12" in done.stderr.decode()


def test_facts_that_are_set_are_remembered(run: Run) -> None:
    done = run(
        "set",
        "hubei-145",
        "issuer=湖北省发展改革委、湖北省财政厅",
        "date=2021-4",
        "number=鄂政发〔2021〕1号",
    )
    assert done.returncode == 0
    assert "湖北省发展改革委 湖北省财政厅" in done.stdout.decode()
    cited = run("cite", "16.1")
    assert cited.stdout.decode().startswith("湖北省发展改革委, 湖北省财政厅. 湖北省国民经济")
    assert cited.stdout.decode().endswith(": 鄂政发〔2021〕1号[Z]. 2021: 134-135.\n")
    assert cited.stderr == b""
    (info,) = json.loads(run("info", "hubei-145", "-f", "json").stdout)
    assert (info["date"], info["number"]) == ("2021-04", "鄂政发〔2021〕1号")
    assert run("set", "hubei-145", "issuer=", "number=").returncode == 0
    assert "issuer, number" in run("cite", "16.1").stderr.decode()


def test_facts_of_a_library_plan_outlive_its_replacement_and_go_with_it(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "city.txt").write_text("某市规划\n第一章 总则\n发展。\n", encoding="utf-8")
    assert run("add", "city.txt").returncode == 0
    assert run("set", "city", "title=某市数字发展规划", "issuer=某市人民政府").returncode == 0
    assert run("add", "city.txt", "--id", "city", "--replace").returncode == 0
    assert (
        run("cite", "--plan", "city", "1").stdout.decode() == "某市人民政府. 某市数字发展规划[Z].\n"
    )
    assert "某市数字发展规划" in run("list").stdout.decode()
    assert run("remove", "city").returncode == 0
    assert json.loads((tmp_path / "home" / "facts.json").read_text("utf-8")) == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hubei-145", "colour=red"), "the facts are title, issuer, date, number"),
        (("hubei-145", "issuer"), "write FACT=VALUE"),
        (("hubei-145", "date=soon"), "write it like 2021-04-12"),
        (("hubei-145", "date=2021", "date=2022"), "given twice"),
        (("hubei-145", "title=" + "长" * 1001), "at most 1000"),
        (("hubie-145", "date=2021"), "did you mean hubei-145"),
    ],
)
def test_what_cannot_be_set(arguments: tuple[str, ...], said: str, run: Run) -> None:
    done = run("set", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert said in done.stderr.decode()


def test_a_damaged_file_of_facts_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "facts.json").write_text('{"hubei-145": 3}', encoding="utf-8")
    done = run("cite", "3")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "facts.json is damaged" in done.stderr.decode()


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from planq.library.given import given, keep

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: keep(tmp_path, f"plan{n}", {"number": str(n)}), range(40)))
    assert given(tmp_path) == {f"plan{n}": {"number": str(n)} for n in range(40)}
