"""The README and every help text agree with the commands."""

from __future__ import annotations

import re
import shlex
from typing import Any

import click
import pytest
from conftest import ROOT

from planq.cli.main import COMMANDS, cli

README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def examples(name: str) -> list[str]:
    lines = (command(name).help or "").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("planq ")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"planq {name}\b", README)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_shows_examples(name: str) -> None:
    assert examples(name)


@pytest.mark.parametrize(
    "line", [e for name in COMMANDS for e in examples(name) if not re.search(r"\.(txt|md|pdf|yaml|db|xlsx|docx)\b", e)]
)
def test_the_examples_work(run: Any, line: str) -> None:
    done = run(*shlex.split(line)[1:])
    assert done.returncode in (0, 1), done.stderr.decode()
    assert done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text(name: str) -> None:
    for param in command(name).params:
        assert isinstance(param, click.Argument) or getattr(param, "help", None), param.name
