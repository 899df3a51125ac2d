"""Plan text in a terminal: no control or bidi character reaches it raw, in any format."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from forked import Planq

pty = pytest.importorskip("pty")

TEXT = (
    "规\x1b[31m划\n\n第一章 总\u202e则\x1b]0;x\x07\n\n内\u2066容\x9b31m甲\u200b\U000e0041乙。\n\n"
    "专栏 1 \x1b[5m表\n\n指标\t2020年\n\x1b[5m产值\t\u202e5\n"
)
FORMATS = {
    "toc": ("text", "json", "jsonl", "yaml", "md"),
    "show 1": ("text", "json", "jsonl", "md"),
    "show 1 --raw": ("text",),
    "table 1": ("text", "json", "jsonl", "csv", "tsv", "md", "yaml"),
    "targets": ("text", "json", "csv", "md", "yaml"),
    "check": ("text", "json", "csv", "md", "yaml"),
}


class Started:
    """What starts planq in these tests."""

    planq: Planq


@pytest.fixture(autouse=True)
def started(planq_process: Planq) -> None:
    Started.planq = planq_process


def drained(keyboard: int) -> bytes:
    """All that is written to a terminal until nobody has it open."""
    data = b""
    try:
        while more := os.read(keyboard, 65536):
            data += more
    except OSError:  # Linux's way to say that the other side is closed
        pass
    return data


def in_terminal(args: list[str], folder: Path, **env: str) -> str:
    """What a terminal gets from `planq ARGS`."""
    keyboard, screen = pty.openpty()
    with Path(os.devnull).open("rb") as nothing:
        ends = (nothing.fileno(), screen, screen)
        wait = Started.planq.start(
            args, ends, cwd=folder, env={**os.environ, "TERM": "xterm", **env}
        )
    os.close(screen)
    data = drained(keyboard)
    wait()
    os.close(keyboard)
    return data.decode()


@pytest.mark.parametrize("term", ["xterm", "dumb"])
@pytest.mark.parametrize("command", FORMATS)
def test_nothing_reaches_a_terminal_raw(tmp_path: Path, command: str, term: str) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    for format in FORMATS[command]:
        args = [*command.split(), "--plan", "p.txt", "-f", format, "--color", "never"]
        got = in_terminal(args, tmp_path, TERM=term, NO_COLOR="1")
        assert "Traceback" not in got
        for raw in ("\x1b]", "\x1b[5m", "\x1b[31m", "\x07", "\x9b", "\u202e", "\u2066"):
            assert raw not in got, (format, raw)
        if term == "dumb":
            assert "\x1b" not in got


def test_only_what_steers_a_terminal_is_written_out(tmp_path: Path) -> None:
    words = "坚\u2003持\u2002稳\u00ad健\u200b与\u3000进\u00a0取\ue000"
    (tmp_path / "p.txt").write_text(f"规划\n\n第一章 总则\n\n{words}\u202e\x08。\n", "utf-8")
    for format in ("text", "md", "json"):
        args = ["show", "1:1", "--plan", "p.txt", "-f", format, "--color", "never"]
        got = in_terminal(args, tmp_path, TERM="dumb")
        assert words in got
        assert "\\u202e" in got
        assert "\x08" not in got and "\u202e" not in got


def test_a_corrected_draft_does_not_steer_a_terminal(tmp_path: Path) -> None:
    draft = "“人均地区生产总值突破1万美元”\x1b[31m\u202e\n"
    (tmp_path / "d.md").write_text(draft, encoding="utf-8")
    got = in_terminal(["verify", "d.md", "--fix", "-o", "-"], tmp_path, TERM="dumb")
    assert "突破 1 万美元”\\x1b[31m\\u202e" in got
    assert "\x1b" not in got and "\u202e" not in got


def test_json_in_a_terminal_is_the_same_json(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    got = in_terminal(["show", "1", "--plan", "p.txt", "-f", "json"], tmp_path)
    assert "\\u202e" in got
    texts = [node["text"] for node in json.loads(got[: got.rindex("]") + 1])]
    assert "内\u2066容\x9b31m甲\u200b\U000e0041乙。" in texts


#: A locale without Chinese, and Python told not to make up for it.
NO_CHINESE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_a_locale_without_chinese_finds_and_shows_it(tmp_path: Path) -> None:
    got = in_terminal(["search", "光芯屏端网", "-n", "1"], tmp_path, **NO_CHINESE)
    assert "光芯屏端网" in got
    assert "5 matches in 5 blocks" in got
    assert "第二节 发展壮大战略性新兴产业" in in_terminal(["toc", "3"], tmp_path, **NO_CHINESE)


def test_a_locale_without_chinese_cannot_name_a_file_in_it(tmp_path: Path) -> None:
    got = in_terminal(["show", "0", "-o", "文件"], tmp_path, **NO_CHINESE)
    assert got.startswith("planq: '文件' cannot be a name in this locale")
    assert got.count("\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_what_a_terminal_cannot_show_is_no_traceback(tmp_path: Path, encoding: str) -> None:
    keyboard, screen = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "planq", "search", "光芯屏端网", "-n", "1"],
        stdin=subprocess.DEVNULL, stdout=screen, stderr=subprocess.PIPE, check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    os.close(screen)
    os.close(keyboard)
    assert (done.returncode, done.stderr) == (0, b"5 matches in 5 blocks\n")


def paged(folder: Path, *args: str, **env: str) -> str:
    """What a pager is given by `planq ARGS` in a terminal of 24 lines."""
    keyboard, screen = pty.openpty()
    with Path(os.devnull).open("wb") as nowhere:
        ends = (screen, screen, nowhere.fileno())
        wait = Started.planq.start(
            args, ends, cwd=folder, env={**os.environ, "TERM": "xterm", **env}
        )
    os.close(screen)
    data = drained(keyboard)
    assert wait() == 0
    os.close(keyboard)
    return data.decode()


@pytest.mark.parametrize("locale", [{}, NO_CHINESE])
def test_long_output_goes_through_the_readers_pager(tmp_path: Path, locale: dict[str, str]) -> None:
    pager = "tee got | wc -l"
    shown = paged(tmp_path, "toc", "--color", "never", PAGER=pager, **locale)
    written = (tmp_path / "got").read_text(encoding="utf-8")
    assert int(shown) == written.count("\n") > 200
    assert "第十七章" in written
    assert paged(tmp_path, "toc", "3", "--depth", "1", PAGER="wc -l", **locale).count("\n") == 2


@pytest.mark.parametrize("pager", ["", "no-such-pager -x", "'"])
def test_without_a_pager_long_output_is_printed(tmp_path: Path, pager: str) -> None:
    assert "第十七章" in paged(tmp_path, "toc", PAGER=pager)


def test_a_pager_that_is_left_early_is_no_error(tmp_path: Path) -> None:
    assert paged(tmp_path, "show", "1-17", PAGER="true") == ""


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_no_completion_reaches_a_terminal_raw(tmp_path: Path, shell: str) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    for command in ("show", "table"):
        words = f"planq {command} --plan p.txt "
        asked = {"_PLANQ_COMPLETE": f"{shell}_complete", "COMP_WORDS": words}
        env = {**os.environ, **asked, "COMP_CWORD": "" if shell == "fish" else "4"}
        done = subprocess.run(
            [sys.executable, "-m", "planq"], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        offered = done.stdout.decode()
        assert ("\\u202e" if command == "show" else "\\x1b[5m") in offered
        for raw in ("\x1b", "\x07", "\u202e", "\x9b"):
            assert raw not in offered


def screen(folder: Path, *args: str, columns: int = 80, **env: str) -> list[str]:
    """The lines that a terminal of `columns` shows for `planq ARGS`, without their colours."""
    got = in_terminal([*args, "--color", "never"], folder, COLUMNS=str(columns), **env)
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", got).splitlines()]


LONG = "第一章 坚持创新 全面塑造发展新优势加快建设科技强省和全国一流的创新中心"


def test_cells_and_headings_break_where_chinese_does(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"甲规划\n\n{LONG}\n\n坚持创新发展。\n", "utf-8")
    (tmp_path / "b.txt").write_text(f"乙规划\n\n{LONG}\n\n坚持协调发展。\n", "utf-8")
    # At blanks alone the second line would begin with 全面塑造.
    compared = screen(tmp_path, "compare", "a.txt", "b.txt")
    assert any(line.startswith("1 第一章 坚持创新 全面") for line in compared), compared
    by = screen(tmp_path, "search", "创新", "--by", "chapter", "--plan", "a.txt")
    assert any("第一章 坚持创新 全" in line for line in by)


@pytest.mark.parametrize("columns", (44, 57, 62))
def test_a_page_stays_on_one_line(tmp_path: Path, columns: int) -> None:
    for args in (["toc", "3.1"], ["show", "box1"]):
        for line in screen(tmp_path, *args, columns=columns, PAGER=""):
            assert not line.endswith(("pp.", "p.", "≈"))
            assert not re.match(r"[│ ]*≈?\d+-\d+$", line)


def test_verify_says_draft_plan_and_cite(tmp_path: Path) -> None:
    (tmp_path / "d.md").write_text("“常住人口城镇化率达到 60%”\n", "utf-8")
    head, draft, plan, cite, *_ = screen(tmp_path, "verify", "d.md")
    assert head.startswith("d.md:1  near  1.1:4")
    assert draft == "  draft  常住人口城镇化率达到 [-60-]{+59+}%"
    assert plan == "  plan   常住人口城镇化率达到 59%"
    assert cite.startswith("  cite   《湖北省国民经济和社会发展第十四个五年规划")


@pytest.mark.parametrize(("env", "marked"), [({}, False), ({"NO_COLOR": "1"}, True)])
def test_a_difference_has_marks_only_where_no_colour_shows_it(
    tmp_path: Path, env: dict[str, str], marked: bool
) -> None:
    (tmp_path / "d.md").write_text("“常住人口城镇化率达到 60%”\n", "utf-8")
    for name, words in (("a", "坚持创新发展，建设强省"), ("b", "坚持协调发展，建设强省")):
        (tmp_path / f"{name}.txt").write_text(f"规划\n\n第一章 总则\n\n{words}。\n", "utf-8")
    asked = (["verify", "d.md"], "60"), (["compare", "a.txt", "b.txt", "--in", "1"], "创新")
    for args, words in asked:
        got = in_terminal([*args], tmp_path, **{"NO_COLOR": "", **env})
        assert (f"[-{words}-]" in got) == marked
        assert re.search(rf"\x1b\[9(;31)?m(\[-)?{words}", got)


def test_show_has_the_address_in_its_heading(tmp_path: Path) -> None:
    shown = screen(tmp_path, "show", "1.4.3", PAGER="")
    assert shown[0] == "1.4.3  三、主要目标  pp. ≈9-10"
    assert any(line.startswith("box1  专栏 1 “十四五”时期") for line in shown)


def test_rows_alone_stand_under_their_columns(tmp_path: Path) -> None:
    heads, rule, first, *rest = screen(tmp_path, "show", "box1:10", "box1:12")
    assert re.split(r"\s*[┃│]\s*", heads)[1:4] == ["指标名称", "2020年", "2025年"]
    assert rule.startswith("━")
    assert "10.每千人口拥有执业" in first and "3.1" in first
    assert any("12.每千人口" in line for line in rest)
    assert screen(tmp_path, "show", "box4:2")[0].startswith("芯：集中力量")


@pytest.mark.parametrize(
    ("asked", "head", "lines", "last"),
    [
        (["show", "发展"], "planq: '发展' is in 39 headings:", 10, "  … and 31 more"),
        (["table", "工程"], "planq: several tables for '工程':", 16, "  box18 基层社会治理建设重点工程"),
        (["table", "99"], "planq: no table for '99'; there are", 19, "  box18 基层社会治理建设重点工程"),
    ],
)  # fmt: skip
def test_candidates_stand_a_line_each(
    tmp_path: Path, asked: list[str], head: str, lines: int, last: str
) -> None:
    said = in_terminal(asked, tmp_path).splitlines()
    assert (said[0], len(said), said[-1]) == (head, lines, last)
    piped = Started.planq.run(asked, cwd=tmp_path, env=os.environ).stderr.decode()
    assert piped.count("\n") == 1 and "; box" in piped
