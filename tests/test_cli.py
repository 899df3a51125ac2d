"""planq run as its users run it: exit codes, pipes, formats, imports, bad input."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROBE = """
import sys
sys.argv = ["planq", *sys.argv[1:]]
from planq.__main__ import main
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("args", [["show", "3.2"], ["toc"], ["search", "创新"], ["table", "1"]])
def test_answers_load_nothing_heavy(args: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", PROBE, *args], capture_output=True, check=True)
    loaded = set(done.stderr.decode().split())
    assert "planq.plan.tree" in loaded
    assert not loaded & {"jieba", "yaml", "rich"}


def test_import_planq_loads_no_third_party_module() -> None:
    code = "import sys, planq; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not set(done.stdout.decode().split()) & {
        "click",
        "jieba",
        "yaml",
        "rich",
        "platformdirs",
    }


def test_exit_codes(run: Any) -> None:
    assert run("search", "光芯屏端网").returncode == 0
    assert run("search", "从来没有的话").returncode == 1
    assert run("show", "99").returncode == 2
    assert run("check").returncode == 1
    assert run("nonsense").returncode == 2


@pytest.mark.parametrize(
    "args",
    [
        ["show", "99"], ["show", "能源"], ["show", "3..2"], ["show", "没有的标题"], ["table", "99"],
        ["search", "   "], ["search", "x", "--kind", "zz"], ["search", "x", "-f", "docx"],
        ["toc", "-f", "csv"], ["toc", "-o", "/nonexistent/x"], ["toc", "--plan", "/nonexistent"],
        ["toc", "--plan", "/"], ["nonsense"], ["toc", "--nonsense"],
    ],
)  # fmt: skip
def test_errors_are_one_line(run: Any, args: list[str]) -> None:
    done = run(*args)
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("planq: ")
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("address", "near"),
    [("3..2", "3.2"), ("3.1-4.1", "3.1, 4.1"), ("3.2.1::", "3.2.1"), ("99..1", "17"), (".3", "3"),
     ("5-", "5"), ("3.1-3.2-3.3", "3.1, 3.2, 3.3")],
)  # fmt: skip
def test_numbers_that_are_no_address(run: Any, address: str, near: str) -> None:
    said = run("show", address).stderr.decode()
    assert said.startswith(f"planq: {address!r} is not an address: write it like ")
    assert f"; nearest: {near}" in said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["show", "1.99"], "hubei-145 has no 1.99; nearest: 1.4, 1.3, 1.2, 1.1"),
        (["show", "box99"], "hubei-145 has no box99; nearest: box18, box17, box16, box15, box14"),
        (["show", "1 7"], "no heading of hubei-145 contains '1 7'"),
        (["table", "1", "7"], "no table for '1 7'"),
        (["show", ""], "an empty address"),
        (["toc", ""], "an empty address"),
    ],
)
def test_numbers_that_lead_nowhere(run: Any, args: list[str], said: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"planq: {said}")


def test_a_text_without_headings_is_said_to_have_none(run: Any, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("规划\n", encoding="utf-8")
    done = run("toc", "--plan", "p.txt")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"p has no headings\n")


def test_markdown_of_tables_and_lists(run: Any, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "某市规划\n\n第一章 目标\n\n如下。\n\n指标\t甲|乙\n产值\t1|2\n人口\t3\n\n再说。\n\n"
        "专栏 1 工程\n\n路：修路。\n\n桥：架桥。\n\n第二章 保障\n",
        encoding="utf-8",
    )
    shown = run("show", "1-2", "-f", "md", "--plan", str(plan)).stdout.decode()
    assert shown == (
        "# 第一章 目标\n\n如下。\n\n| 指标 | 甲\\|乙 |\n| --- | --- |\n| 产值 | 1\\|2 |\n"
        "| 人口 | 3 |\n\n再说。\n\n## 专栏 1 工程\n\n- **路**：修路。\n- **桥**：架桥。\n\n"
        "# 第二章 保障\n"
    )


def test_json_shapes(run: Any) -> None:
    hit = json.loads(run("search", "光芯屏端网", "-f", "json").stdout)[0]
    assert {
        "id",
        "kind",
        "path",
        "page",
        "page_exact",
        "score",
        "text",
        "matches",
        "source",
    } <= set(hit)
    match = hit["matches"][0]
    assert hit["text"][match["start"] : match["end"]] == "光芯屏端网"
    node = json.loads(run("show", "3.2.1", "-f", "json").stdout)[0]
    assert {"id", "kind", "label", "title", "path", "page", "page_exact", "text", "spans"} <= set(
        node
    )


def test_jsonl_and_csv(run: Any) -> None:
    for line in run("toc", "-f", "jsonl").stdout.decode().splitlines():
        json.loads(line)
    rows = list(csv.reader(io.StringIO(run("table", "1", "-f", "csv").stdout.decode())))
    assert len(rows) == 21
    assert len({len(row) for row in rows}) == 1


def test_a_pipe_gets_whole_lines(run: Any) -> None:
    plain = run("show", "3.2.1").stdout
    assert run("show", "3.2.1", COLUMNS="20", FORCE_COLOR="1", LANG="C", LC_ALL="C").stdout == plain
    assert b"\x1b" not in plain


def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    command = f"{sys.executable} -m planq show 1-17 | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=tmp_path
    )
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.parametrize("more", [[], ["-f", "jsonl"], ["--sort", "document"]])
def test_the_count_closes_the_answer(more: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planq", "search", "光芯屏端网", *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=tmp_path)
    assert done.stdout.decode().splitlines()[5:] == ["5 matches in 5 blocks"]


def test_parse_reproduces_the_outline(run: Any, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    out = tmp_path / "o.yaml"
    assert run("parse", str(root / "data/fulltext.txt"), "-o", str(out)).returncode == 0
    assert out.read_bytes() == (root / "data/outline.yaml").read_bytes()


def test_check_finds_the_known_slips(run: Any) -> None:
    found = json.loads(run("check", "-f", "json").stdout)
    reasons = [finding["reason"] for finding in found]
    assert reasons.count("stray Latin word inside Chinese") == 3
    assert any(f["line"] == 111 and f["reason"] == "LaTeX leftover" for f in found)
    assert {1005, 1007, 1009} <= {f["line"] for f in found}
    assert len(found) < 40


def test_brackets_of_the_text_are_not_markup(run: Any) -> None:
    shown = run("table", "1", "--color", "always", COLUMNS="200").stdout.decode()
    assert "[0.5]" in shown
    assert "[累计]" in shown


def test_an_outline_with_tags_is_refused(run: Any, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("第一章 总则\n\n内容。\n", encoding="utf-8")
    bad = 'source:\n  name: "t.txt"\nx: !!python/object/apply:os.system ["touch owned"]\n'
    (tmp_path / "o.yaml").write_text(bad, encoding="utf-8")
    done = run("toc", "--plan", str(tmp_path / "o.yaml"))
    assert done.returncode == 2
    assert not (tmp_path / "owned").exists()


QUICK = """
show 3.2|show 3.1-3.3 box4|show 99|show 3.2 -f json|show 3.2 -f md
search 光芯屏端网|search “ 长江|search \u3000|search 没有的话|search 长江 --all-plans
search 光芯屏端网 -f json|-f csv search|search 光芯屏端网 -f csv|search --format jsonl 长江 -n 2
search 科技创新 --in 3|search 科技创新 --in 第三章 -n 1|search 科技创新 --in 能源安全
search 长江 --in 3.1-3.3 -f jsonl|search 长江 --in 99|search 长江 --in 3.9|search 长江 --count
search 长江 -n 0|search 长江 -n x|search 长江 -n|search 长江 -n 1 -n 2|search 长江 -f xlsx
search 长江 -f|search 长江 --count -n 2|search 长江 -保护|search 5G/6G|search 长江 --in -1|search 长江 --in ""
toc|toc 3|toc 3 4|toc -f json|toc -f csv|toc --in 3|toc 能源安全 -f md
table 1 -f csv|table 光芯屏端网|table 4 -f json|table 99|table|table 1 -n 2|table 1 -f nothing
"""


@pytest.mark.parametrize("line", QUICK.strip().replace("\n", "|").split("|"))
def test_the_quick_way_answers_as_the_command_line_does(run: Any, line: str) -> None:
    args = [word.replace("\u3000", " ") for word in line.split(" ")]
    quick = run(*args)
    proper = run(*args, PLANQ_PLAN="hubei-145")  # which is more than the quick way reads
    assert (quick.returncode, quick.stdout, quick.stderr) == (
        proper.returncode, proper.stdout, proper.stderr)  # fmt: skip


def test_the_plan_before_an_address_is_the_one_searched(run: Any, small: Any) -> None:
    run("add", str(small("a")))
    assert run("search", "数字经济", "--in", "a/2").stdout.startswith(b"2.1:1\t")


@pytest.mark.parametrize(
    "line",
    ["show 3.2", "show 3.2 -f json", "search 长江 -f jsonl --in 3 -n 2", "search 长江 --count",
     "toc 3 -f md", "table 1 -f csv"],
)  # fmt: skip
def test_a_plain_question_is_answered_without_click(line: str) -> None:
    code = (
        "import sys; from planq.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    command = [sys.executable, "-c", code, *line.split()]
    done = subprocess.run(command, capture_output=True, check=True)
    loaded = set(done.stderr.decode().split())
    assert "planq.plan.tree" in loaded
    assert not loaded & {"click", "jieba", "yaml", "rich", "platformdirs"}


def test_colour_in_a_pipe_changes_no_character(run: Any) -> None:
    for args in (["search", "Micro LED"], ["toc", "3"], ["show", "1.4", "box4"]):
        coloured = run(*args, "--color", "always", COLUMNS="20").stdout
        assert b"\x1b[" in coloured
        assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == run(*args).stdout


def test_help_in_a_pipe_is_the_same_at_every_width(run: Any) -> None:
    for args in (["--help"], ["search", "--help"]):
        assert run(*args, COLUMNS="20").stdout == run(*args, COLUMNS="300").stdout


def test_planq_alone_shows_how(run: Any) -> None:
    done = run()
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == run("--help").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["show"], "Missing argument 'ADDRESS...'; planq show --help shows how"),
        (["show", "hubei-145"], "hubei-145 is a plan: say where in it, like hubei-145/3.2"),
        (["toc", "--plan", "folder"], "folder is a folder; name the files in it"),
        (["table", "1", "--row", ""], "an empty row: give its address, its number, or words in it"),
        (
            ["targets", "--unit", " "],
            "--unit names none: give one, like 万个, or leave it out for all",
        ),
        (
            ["compare", "hubei-145", "hubei-145", "--in", ""],
            "an empty address: write it like 3.2.1, box4, or words of a heading",
        ),
    ],
)
def test_an_error_says_what_to_do(run: Any, tmp_path: Path, args: list[str], said: str) -> None:
    (tmp_path / "folder").mkdir()
    done = run(*args)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", f"planq: {said}\n")


def test_interrupted() -> None:
    program = (
        "import os, sys, signal, planq.quick\n"
        "def stop(args): os.kill(os.getpid(), signal.SIGINT)\n"
        "planq.quick.read = stop\n"
        "from planq.__main__ import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_offers_commands_addresses_and_titles(run: Any, shell: str) -> None:
    def complete(words: str, position: int) -> str:
        asked = {"_PLANQ_COMPLETE": f"{shell}_complete", "COMP_WORDS": words}
        asked["COMP_CWORD"] = words.split()[-1] if shell == "fish" else str(position)
        return run(**asked).stdout.decode()

    assert "search" in complete("planq s", 1)
    offered = complete("planq show 3.", 2)
    assert "3.2" in offered
    assert ("发展壮大战略性新兴产业" in offered) == (shell != "bash")
    assert "box18" in complete("planq table box1", 2)
    assert "hubei-145" in complete("planq toc --plan hub", 3)
    assert "hubei-145" in complete("planq compare hub", 2)
    assert "jsonl" in complete("planq toc -f js", 3)
