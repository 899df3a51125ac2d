"""A new command and a new format are one module and one row each, and then work in every door.

The rows and modules are written into a copy of planq, as somebody would who adds one, and planq is
started from there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

#: A command that counts a character in the plan.
_COMMAND = '''"""`planq tally`: how often a word stands in the plan."""

from planq.answers.command import RECORDS, Argument, Command, Option
from planq.answers.plans import Plans, opened
from planq.deliver import Result


def answer(word: str, twice: bool, plan: Plans) -> Result:
    """How often WORD stands in the plan's text.

    \\b
    planq tally 创新
    """
    book = opened(plan).tree
    count = book.source.count(word) * (2 if twice else 1)
    return Result(
        lambda: [{"plan": book.id, "word": word, "count": count}],
        lambda: f"{word}\\t{count}\\n",
        found=count > 0,
    )


COMMAND = Command(
    "tally",
    answer,
    RECORDS,
    (Argument("word"),),
    (Option("--twice", "Count each twice.", "twice", kind="flag"),),
    plans=True,
)
'''
_COMMAND_ROW = '    "tally": ("data.tally", "How often WORD stands in the plan\'s text."),\n'
#: A format: a line `key: value` a field, an empty line behind each record.
_FORMAT = '''"""Records as lines of `key: value`."""


def as_lines(records, style):
    """A line a field, an empty line behind each record."""
    for record in records:
        yield "".join(f"{key}: {value}\\n" for key, value in record.items()) + "\\n"
'''
_FORMAT_ROW = '    "lines": Format("lines:as_lines", flat=True, also=("kv",)),\n'

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of planq that has the command, the format, and nothing else new."""
    folder = tmp_path_factory.mktemp("extended")
    package = folder / "planq"
    shutil.copytree(ROOT / "planq", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", folder / "data")
    (package / "answers" / "data" / "tally.py").write_text(_COMMAND, encoding="utf-8")
    (package / "render" / "lines.py").write_text(_FORMAT, encoding="utf-8")
    _add_row(package / "answers" / "__init__.py", "COMMANDS = {\n", _COMMAND_ROW)
    _add_row(package / "render" / "__init__.py", "FORMATS = {\n", _FORMAT_ROW)
    return folder


def _add_row(file: Path, table: str, row: str) -> None:
    source = file.read_text(encoding="utf-8")
    assert source.count(table) == 1
    file.write_text(source.replace(table, table + row), encoding="utf-8")


@pytest.fixture
def planq_there(extended: Path, warm_cache: Path) -> Run:
    """Run a piece of Python with the extended planq."""

    def call(code: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        # The copied files are not those of the shared cache, which would be written anew for them.
        own = {"PYTHONPATH": str(extended), "PLANQ_CACHE": str(extended / "cache"), **env}
        return subprocess.run(
            [sys.executable, "-c", code, *args],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **own},
            cwd=extended,
            check=False,
        )

    return call


#: The command line as it is, the quick way alone, and Click alone.
_LINE = "from planq.__main__ import main; main()"
_QUICK = "import sys; from planq import quick; quick.answer(quick.read(sys.argv[1:]))"
_CLICK = "from planq.cli.main import run; run()"
DOORS = pytest.mark.parametrize("door", [_LINE, _QUICK, _CLICK], ids=["main", "quick", "click"])


@DOORS
def test_a_new_command_answers(door: str, planq_there: Run) -> None:
    done = planq_there(door, "tally", "光芯屏端网", "--twice", "-f", "json")
    assert (done.returncode, done.stderr) == (0, "")
    (record,) = json.loads(done.stdout)
    assert record["plan"] == "hubei-145"
    assert record["count"] > 0
    assert record["count"] % 2 == 0
    assert planq_there(door, "tally", "没有的词").returncode == 1


@DOORS
def test_a_new_format_is_written(door: str, planq_there: Run, tmp_path: Path) -> None:
    done = planq_there(door, "tally", "光芯屏端网", "-f", "lines")
    assert done.stdout.startswith("plan: hubei-145\nword: 光芯屏端网\ncount: ")
    found = planq_there(door, "search", "光芯屏端网", "-n", "1", "-f", "lines").stdout
    assert found.startswith("id: ")
    assert "光芯屏端网" in found
    rows = planq_there(door, "table", "1", "--row", "13", "-f", "lines").stdout
    assert rows.startswith("id: box1:13\n类别: 民生福祉\n")
    file = tmp_path / "hits.kv"
    planq_there(door, "search", "光芯屏端网", "-n", "1", "-o", str(file))
    assert file.read_text(encoding="utf-8") == found


def test_both_are_listed_and_helped_with(planq_there: Run) -> None:
    assert "  tally " in planq_there(_LINE, "--help").stdout
    helped = planq_there(_LINE, "tally", "--help").stdout
    assert helped.startswith("Examples:\n  planq tally 创新\n")
    assert "--twice" in helped
    assert "lines" in helped
    assert "did you mean tally?" in planq_there(_LINE, "taly", "创新").stderr
    assert "choose text, lines, json" in planq_there(_LINE, "search", "a", "-f", "xml").stderr
    assert "write -f lines" in planq_there(_LINE, "search", "a", "--lines").stderr


def test_both_are_completed(planq_there: Run) -> None:
    def offered(words: str, at: int) -> str:
        env = {"_PLANQ_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        return planq_there(_LINE, **env).stdout

    assert "plain,tally" in offered("planq\nta", 1)
    assert "--twice" in offered("planq\ntally\n--", 2)
    assert "lines" in offered("planq\nsearch\n-f\nli", 3)


def test_both_are_called_from_python(planq_there: Run) -> None:
    code = """
from planq.answers import declared
from planq.answers.plans import Plans
from planq.render import writer
from planq.render.records import PLAIN

found = declared("tally").answer("光芯屏端网", False, Plans())
print("".join(writer("lines")(found.records(), PLAIN)), end="")
"""
    done = planq_there(code)
    assert done.stdout.startswith("plan: hubei-145\nword: 光芯屏端网\ncount: "), done.stderr
