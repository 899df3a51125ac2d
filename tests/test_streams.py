"""Standard streams that are closed or full, and arguments without measure: one line, exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planq.deliver import write_atomically
from planq.errors import OutputError
from planq.render.excel import Sheet, workbook

PLANQ = f"{sys.executable} -m planq"


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PLANQ_HOME": str(folder / "home")}
    return subprocess.run(
        ["bash", "-c", f"{PLANQ} {line}"], capture_output=True, cwd=folder, env=env, check=False
    )


@pytest.mark.parametrize(
    "args", ["show 3.2", "search 发展", "toc", "table 1 -f csv", "parse p.txt"]
)
@pytest.mark.parametrize("where", [">&-", "<&- >&-"])
def test_a_closed_stdout_is_one_line(tmp_path: Path, args: str, where: str) -> None:
    (tmp_path / "p.txt").write_text("第一章 总则\n\n内容。\n", encoding="utf-8")
    done = shell(f"{args} {where}", tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "planq: cannot write to stdout: Bad file descriptor"
    )
    assert b"Traceback" not in done.stderr


def test_closed_streams_do_not_matter_to_a_file(tmp_path: Path) -> None:
    done = shell("table 1 -f csv -o t.csv <&- >&- 2>&-", tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "t.csv").read_bytes() == shell("table 1 -f csv", tmp_path).stdout


def test_messages_nobody_hears_change_no_answer(tmp_path: Path) -> None:
    assert shell("show 99 2>&-", tmp_path).returncode == 2
    heard, unheard = shell("search 发展", tmp_path), shell("search 发展 2>&-", tmp_path)
    assert (unheard.returncode, unheard.stdout) == (0, heard.stdout)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    for args in ("show 3.2", "toc", "schema", "search --help"):
        done = shell(f"{args} > /dev/full", tmp_path)
        assert done.returncode == 2
        assert done.stderr.decode().splitlines()[-1].endswith(" No space left on device")
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args", [("table",), ("table", "1", "--row"), ("search", "发展", "-n"), ("show",)]
)
def test_an_error_does_not_repeat_a_book(run: Any, args: tuple[str, ...]) -> None:
    done = run(*args, "1" * 100_000)
    assert done.returncode == 2
    assert len(done.stderr.decode()) < 4000
    assert done.stderr.decode().count("\n") == 1


def test_an_interrupted_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.csv", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_under_a_workbook_is_an_error_of_planqs_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    errors = [OSError(28, "No space left on device")]
    try:
        from lxml.etree import SerialisationError
    except ImportError:
        pass
    else:
        errors.append(SerialisationError("IO_ENOSPC"))
    for error in errors:

        def full(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("planq.render.excel._written", full)
        with pytest.raises(OutputError, match="temporary files"):
            workbook([Sheet("s", ["id"], [["1"]])])


@pytest.mark.parametrize(
    "args",
    [
        "parse p.txt -o p.txt",
        "parse p.txt -o ./p.txt",
        "parse p.txt -o link.txt",
        "toc --plan p.txt -o p.txt",
        "toc --plan '*.txt' -o p.txt",
        "check p.txt -o p.txt",
        "compare p.txt hubei-145 -o p.txt",
        "compare hubei-145 hubei-145 --terms p.txt -o p.txt",
        "add p.txt -o p.txt",
        "search 内容 --dict p.txt -o p.txt",
        "verify p.txt -o p.txt",
        "verify --fix p.txt -o p.txt",
        "export p.txt --replace --plan p.txt",
    ],
)
def test_no_output_replaces_what_it_is_made_from(tmp_path: Path, args: str) -> None:
    (tmp_path / "p.txt").write_text("第一章 总则\n\n内容。\n", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("p.txt")
    done = shell(args, tmp_path)
    assert done.returncode == 2
    said = "is what is read: choose another name for the output\n"
    assert done.stderr.decode().endswith(said)
    assert done.stderr.count(b"\n") == 1
    assert (tmp_path / "p.txt").read_text("utf-8") == "第一章 总则\n\n内容。\n"


def test_an_output_that_nothing_reads_is_replaced(tmp_path: Path) -> None:
    assert shell("toc --plan hubei-145 -o old.txt", tmp_path).returncode == 0
    assert shell("toc --plan hubei-145 -o old.txt", tmp_path).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    ("args", "code"),
    [("shw", 2), ("show 99", 2), ("search 发展", 0), ("search 没有的话", 1), ("show", 2), ("", 2),
     ("search 发展 --by chapter", 0), ("verify nothing.md", 2)],
)  # fmt: skip
def test_a_full_stderr_changes_no_exit_code(tmp_path: Path, args: str, code: int) -> None:
    done = shell(f"{args} 2> /dev/full", tmp_path)
    assert done.returncode == code
    assert done.stdout == shell(args, tmp_path).stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")
@pytest.mark.parametrize("limit", ["-n 4", "-n 5", "-n 6", "-v 16000", "-v 20000", "-v 24000"])
@pytest.mark.parametrize("args", ["show 3.2", "targets 5G", "search 发展 --by chapter"])
def test_next_to_no_room_is_one_line_or_the_answer(tmp_path: Path, limit: str, args: str) -> None:
    command = f"ulimit {limit}; exec {PLANQ} {args}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=tmp_path, check=False)
    said = done.stderr.decode(errors="replace")
    if "Fatal Python error" in said or "error while loading" in said or "<frozen" in said:
        pytest.skip("Python itself does not start")
    assert "Traceback" not in said
    assert done.returncode == 0 or (done.returncode == 2 and said.startswith("planq: ")), said


@pytest.mark.parametrize("option", ["search 发展 --dict", "compare a.txt a.txt --terms"])
def test_words_come_from_a_file_of_some_size(tmp_path: Path, option: str) -> None:
    (tmp_path / "a.txt").write_text("第一章 总则\n\n内容。\n", encoding="utf-8")
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(64 << 20)
    for name, said in (
        ("fifo", "is a device or pipe, not a file; save it to a file first"),
        ("/dev/zero", "is a device or pipe, not a file; save it to a file first"),
        ("huge", "is too long: at most"),
        ("absent", "No such file or directory"),
        (".", "Is a directory"),
    ):
        done = subprocess.run(
            ["bash", "-c", f"ulimit -v 400000; {PLANQ} {option} {name}"],
            capture_output=True, cwd=tmp_path, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 2
        assert said in done.stderr.decode() and done.stderr.count(b"\n") == 1, done.stderr.decode()
