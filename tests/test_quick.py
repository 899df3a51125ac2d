"""The quick way answers just what the command line proper does, byte for byte."""

from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from planq import quick
from planq.cli import main as command_line

GOLDENS = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def lines() -> dict[str, list[str]]:
    """The golden command lines that the quick way reads: one planq, alone on its line."""
    found = {}
    for golden in GOLDENS:
        line = golden.read_text(encoding="utf-8").partition("\n")[0].removeprefix("$ ")
        words = shlex.split(line)
        if words[0] == "planq" and not set("|;&<>") & set(line):
            found[golden.stem] = words[1:]
    return found


LINES = lines()


class _Piped(io.TextIOWrapper):
    """A stdout that is no terminal and keeps what it gets."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def got(self) -> bytes:
        self.flush()
        return self.buffer.getvalue()  # type: ignore[attr-defined]  # the BytesIO above


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warm_cache: Path) -> Any:
    """What a way of answering writes to stdout and stderr, and its exit code."""
    drafts = Path(__file__).parent / "drafts"
    for file in drafts.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANQ_HOME", str(tmp_path / "home"))

    def call(args: list[str], way: Any) -> tuple[bytes, bytes, int]:
        out, err = _Piped(), _Piped()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "argv", ["planq", *args])
            with pytest.raises(SystemExit) as left:
                way()
        code = left.value.code
        return out.got(), err.got(), code if isinstance(code, int) else 0

    return call


def test_most_golden_lines_are_read_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", _Piped())
    read = [name for name, words in LINES.items() if quick.read(words)]
    assert len(read) > 0.8 * len(LINES)


@pytest.mark.parametrize("name", LINES)
def test_both_ways_answer_alike(name: str, told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    words = LINES[name]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", _Piped())
        question = quick.read(words)
    if question is None:
        return  # the quick way leaves it to the other
    assert told(words, lambda: quick.answer(question)) == told(words, command_line.run)


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "长江", "--limit", "0"],
        ["search", "长江", "--sort", "size"],
        ["search", "长江", "-n"],
        ["search", "长江", "-n", "2", "-n", "3"],
        ["search", "长江", "--nothing"],
        ["search", "-F"],
        ["toc", "1", "2"],
        ["show", "--help"],
        ["nothing"],
        [],
    ],
    ids=" ".join,
)
def test_what_is_not_plain_is_left_to_click(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", _Piped())
    assert quick.read(words) is None
