"""Completion in bash: as bash parts the words, and typed in a terminal."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
SOURCE = 'eval "$(_PLANQ_COMPLETE=bash_source planq)"'


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `planq` is a command."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "planq"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planq "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("planq show 3.2.1 :", ["1"]),
        ("planq show 1.1 :", [str(n) for n in range(1, 10)]),
        ("planq show hubei-145/1.1 : 9", ["9"]),
        ("planq show hubei-145/3.2.", ["hubei-145/3.2.1", "hubei-145/3.2.2"]),
        ("planq search 光 --in = 3.2.1 :", ["1"]),
        ("planq toc --format = js", ["json", "jsonl"]),
        ("planq show 99 :", []),
    ],
)
def test_words_parted_at_a_colon(commands: dict[str, str], words: str, offered: list[str]) -> None:
    script = (
        f"{SOURCE}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1))\n"
        "_planq_completion planq\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, env=commands, text=True, check=False
    )
    assert [line for line in done.stdout.splitlines() if line] == offered


def test_a_colon_typed_in_bash(commands: dict[str, str], tmp_path: Path) -> None:
    """What Tab makes of an address up to its colon, and of one that begins a paragraph's number."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        env = {**commands, "PS1": "$ ", "TERM": "dumb", "COLUMNS": "200", "HISTFILE": ""}
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], env)
    try:
        _ask(terminal, f"{SOURCE}; echo re''ady\n", "ready")
        for typed, line in (
            ("planq show 3.2.1:", "planq show 3.2.1:1"),
            ("planq show hubei-145/3.2.1:", "planq show hubei-145/3.2.1:1"),
            ("planq search 光 --in 3.2.1:", "planq search 光 --in 3.2.1:1"),
        ):
            got = _ask(terminal, f"echo '<'; {typed}\t", "3.2.1:1")
            assert line in got
            _ask(terminal, "\x15", "")
    finally:
        os.close(terminal)
        os.waitpid(child, 0)


def _ask(terminal: int, typed: str, awaited: str) -> str:
    """What the terminal shows once `awaited` is among it; fails after ten seconds."""
    os.write(terminal, typed.encode())
    shown, until = b"", time.monotonic() + 10
    while awaited not in shown.decode(errors="replace") or not awaited:
        if not select.select([terminal], [], [], 0.3)[0]:
            if not awaited:
                break
            assert time.monotonic() < until, shown
            continue
        shown += os.read(terminal, 4096)
    return shown.decode(errors="replace")
