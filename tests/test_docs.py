"""The README and every help text agree with the commands."""

from __future__ import annotations

import html
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from conftest import ROOT

from planq.answers import COMMANDS
from planq.cli.main import cli

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: A fenced block of shell lines (`$ planq …`), each followed by what it prints.
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


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
    "line",
    [
        e
        for name in COMMANDS
        for e in examples(name)
        if not re.search(r"\.(txt|md|pdf|yaml|db|xlsx|docx|ndjson)\b", e)
    ],
)
def test_the_examples_work(run: Any, line: str) -> None:
    done = run(*shlex.split(line)[1:])
    assert done.returncode in (0, 1), done.stderr.decode()
    assert done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text(name: str) -> None:
    for param in command(name).params:
        assert isinstance(param, click.Argument) or getattr(param, "help", None), param.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_output_shown_is_real(page: Path, shell: Callable[[str], str], update: bool) -> None:
    """`--update-goldens` writes the blocks anew."""

    def real(block: re.Match[str]) -> str:
        lines = [line for line in block[0].splitlines() if line.startswith("$ ")]
        return "\n".join(f"{line}\n{shell(line[2:])}" for line in lines)

    written = page.read_text(encoding="utf-8")
    made = CONSOLE.sub(real, written)
    if update:
        page.write_text(made, encoding="utf-8")
    else:
        assert written == made


def test_the_picture_shows_what_is_printed() -> None:
    """Made by `python docs/picture.py`; the words count, not the drawing, which is Rich's."""
    sys.path.insert(0, str(ROOT / "docs"))
    import picture

    def words(svg: str) -> str:
        return "".join(re.findall(r">([^<>]+)</text>", html.unescape(svg).replace("\xa0", " ")))

    assert words(picture.PICTURE.read_text(encoding="utf-8")) == words(picture.draw())
