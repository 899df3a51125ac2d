"""Plan text in a terminal: no control or bidi character reaches it raw, in any format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def in_terminal(args: list[str], folder: Path, **env: str) -> str:
    """What a terminal gets from `planq ARGS`."""
    keyboard, screen = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "planq", *args], cwd=folder, stdin=subprocess.DEVNULL,
        stdout=screen, stderr=screen,
        env={**os.environ, "PLANQ_CACHE": str(folder / "cache"), "TERM": "xterm", **env},
    )  # fmt: skip
    os.close(screen)
    data = b""
    try:
        while more := os.read(keyboard, 65536):
            data += more
    except OSError:  # Linux's way to say that the other side is closed
        pass
    done.wait()
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
        for raw in ("\x1b]", "\x1b[5m", "\x1b[31m", "\x07", "\x9b", "\u202e", "\u2066", "\u200b"):
            assert raw not in got, (format, raw)
        if term == "dumb":
            assert "\x1b" not in got


def test_json_in_a_terminal_is_the_same_json(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    got = in_terminal(["show", "1", "--plan", "p.txt", "-f", "json"], tmp_path)
    assert "\\u202e" in got
    texts = [node["text"] for node in json.loads(got[: got.rindex("]") + 1])]
    assert "内\u2066容\x9b31m甲\u200b\U000e0041乙。" in texts
