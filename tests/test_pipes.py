"""A reader that closes a pipe early has what it wanted: no command calls that an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "args",
    ["targets -f jsonl", "targets -f yaml", "search 发展 -f csv", "tables --all -f json",
     "show 3 -f json", "targets", "--help", "targets --help"],
)  # fmt: skip
def test_a_reader_that_leaves_at_once(args: str, tmp_path: Path) -> None:
    command = f"{sys.executable} -m planq {args} | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_nothing_found_stays_so_without_a_reader(tmp_path: Path) -> None:
    command = f"{sys.executable} -m planq targets 没有这样的词 | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, check=False)
    assert done.returncode == 1
