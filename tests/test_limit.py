"""`-n`: every command that lists gives the first so many, and says how many there are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

LISTS = {
    "toc": "headings",
    "tables": "tables",
    "targets": "quantities",
    "targets --sort value": "quantities",
    "check --left-out": "stretches",
}


Asked = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def asked(run: Any) -> Asked:
    def ask(command: str) -> subprocess.CompletedProcess[str]:
        done = run(*command.split())
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return ask


@pytest.mark.parametrize("command", LISTS)
def test_the_first_of_a_list(asked: Asked, command: str) -> None:
    whole = json.loads(asked(f"{command} -f json").stdout)
    done = asked(f"{command} -n 2 -f json")
    assert (done.returncode, json.loads(done.stdout)) == (0, whole[:2])
    assert done.stderr == f"planq: -n leaves 2 of {len(whole)} {LISTS[command]}\n"
    assert len(asked(f"{command} --limit 2").stdout.splitlines()) == 2


@pytest.mark.parametrize("command", ["list", "check", "quote 光芯屏端网", "tables --all"])
def test_a_limit_is_taken_by_what_lists(asked: Asked, command: str) -> None:
    done = asked(f"{command} -n 1")
    whole = asked(command)
    assert done.returncode == whole.returncode
    assert whole.stdout.startswith(done.stdout)
    assert done.stderr.count("Traceback") == 0 and done.stdout


def test_check_counts_all_it_finds(asked: Asked) -> None:
    done = asked("check -n 1")
    assert done.stdout.count("\n") == 1
    assert done.stderr.splitlines()[0] == asked("check").stderr.splitlines()[0]


@pytest.mark.parametrize("command", ["toc", "list", "check", "quote 创新"])
def test_a_limit_is_at_least_one(asked: Asked, command: str) -> None:
    done = asked(f"{command} -n 0")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
