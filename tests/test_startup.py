"""What a command loads before it answers; benchmarks/startup.py has the times."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from conftest import ROOT

import planq
from planq.answers import COMMANDS, choices
from planq.cli.main import cli
from planq.export import WRITERS
from planq.patterns import lazy_compile
from planq.quote.styles import STYLES
from planq.targets.target import STATUSES
from planq.verify.verify import MIN_LENGTH

MODULES = sorted((ROOT / "planq").rglob("*.py"))
#: Modules that run a command when they are imported.
_PROGRAMS = ("__main__", "child", "regex_child")

#: Runs planq and says on the last line of stderr what that loaded.
_LISTING = """
import atexit, sys
before = set(sys.modules)
atexit.register(lambda: print("", *sorted(set(sys.modules) - before), file=sys.stderr))
from planq.__main__ import main
main()
"""
#: The rooms below which nothing is loaded but their own modules named here.
_FOR_HELP = {"planq", "planq.__main__", "planq.answers", "planq.quick", "planq.errors", "planq.cli",
             "planq.version"}
_FOR_A_COMMAND = _FOR_HELP | {
    "planq.deliver", "planq.library", "planq.render", "planq.schemas", "planq.search",
}
_FOR_SEARCH = _FOR_HELP - {"planq.cli"} | {
    "planq.atomic", "planq.deliver", "planq.folders", "planq.library", "planq.matching",
    "planq.patterns", "planq.plan", "planq.render", "planq.run", "planq.search", "planq.store",
    "planq.targets", "planq.text", "planq.words",
}  # fmt: skip


def loaded(*args: str) -> list[str]:
    """The modules that `planq` with these arguments, into a pipe, loads."""
    done = subprocess.run(
        [sys.executable, "-c", _LISTING, *args], capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stderr.splitlines()[-1].split()


def rooms(modules: list[str]) -> set[str]:
    """planq's rooms among them: `planq.search` for planq.search.query."""
    return {".".join(name.split(".")[:2]) for name in modules if name.partition(".")[0] == "planq"}


def strangers(modules: list[str]) -> set[str]:
    """Those that are neither planq's nor the standard library's."""
    tops = {name.partition(".")[0] for name in modules}
    return {name for name in tops - sys.stdlib_module_names - {"planq"} if name[:2] != "__"}


def test_the_list_of_commands_loads_none() -> None:
    modules = loaded("--help")
    assert rooms(modules) <= _FOR_HELP
    assert {name for name in modules if name.startswith("planq.cli.")} == {
        "planq.cli.help",
        "planq.cli.main",
    }
    assert strangers(modules) == {"click"}


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    for name, (_, line) in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert line == command.get_short_help_str(), name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_loads_what_it_is_written_with(name: str) -> None:
    modules = loaded(name, "--help")
    assert rooms(modules) <= _FOR_A_COMMAND
    assert {m for m in modules if m.startswith("planq.render.")} <= {"planq.render.records"}
    assert strangers(modules) == {"click"}
    assert "sqlite3" not in modules


def test_search_into_a_pipe_loads_no_more_than_it_needs() -> None:
    modules = loaded("search", "光芯屏端网")
    assert rooms(modules) <= _FOR_SEARCH
    assert strangers(modules) == set()
    assert not {"json", "csv", "dataclasses", "inspect", "subprocess"} & set(modules)


#: A question to each command that answers of a plan from what is kept of it.
_ASKED = (
    "show 3.2.1", "toc 3", "table 1", "tables", "targets 5G", "targets --in 3 --min 5 --sort value",
    "cite 3.2.1", "quote 科技创新", "verify draft.md", "check", "list", "info hubei-145", "search 长江",
    "search 长江 --by chapter", "index --status",
)  # fmt: skip


@pytest.mark.parametrize("question", _ASKED)
def test_an_answer_of_a_kept_plan_loads_nothing_that_reads_plans(
    question: str, tmp_path: Path
) -> None:
    """Neither the parser's patterns nor those of the targets."""
    planq.open().targets()  # are kept from now on
    draft = tmp_path / "draft.md"
    draft.write_text("“培育发展新动能”，见第三章。\n", encoding="utf-8")
    words = [str(draft) if word == "draft.md" else word for word in question.split()]
    modules = set(loaded(*words))
    assert not {m for m in modules if m.startswith("planq.targets.")} - {"planq.targets.target"}
    assert not {"yaml", "rich", "jieba", "rjieba", "hashlib", "platformdirs"} & modules
    if question == "check":  # which asks the parser's rules about lines
        return
    assert not {m for m in modules if m.startswith("planq.parse.")} - {
        "planq.parse.opening", "planq.parse.opening.issuers", "planq.parse.lines", "planq.parse.confidence", "planq.parse.opening.title_block",
    }  # fmt: skip


def test_choices_are_those_of_their_owners() -> None:
    assert tuple(STYLES) == choices.STYLES
    assert tuple(WRITERS) == choices.EXPORTS
    assert (MIN_LENGTH, STATUSES) == (choices.MIN_LENGTH, choices.STATUSES)


def _lazy_names(tree: ast.Module) -> set[str]:
    """The names a module gives to patterns compiled at first use."""
    return {
        statement.targets[0].id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Call)
        and getattr(statement.value.func, "id", "") == "lazy_compile"
    }


def test_every_pattern_compiles_at_its_first_use() -> None:
    count = 0
    for path in MODULES:
        names = _lazy_names(ast.parse(path.read_text(encoding="utf-8")))
        if path.stem in _PROGRAMS or not names:
            continue
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in names:
            pattern = getattr(module, name)
            same = re.compile(pattern.pattern, pattern.flags & ~re.UNICODE)
            assert (pattern.flags, pattern.groups) == (same.flags, same.groups), (path, name)
            count += 1
    assert count > 200


def test_no_pattern_of_that_kind_is_an_argument_of_re() -> None:
    """`re.sub(pattern, …)` takes only what `re.compile` gave."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _lazy_names(tree)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and getattr(node.func.value, "id", "") == "re"
                and node.args
            ):
                assert getattr(node.args[0], "id", "") not in names, f"{path}:{node.lineno}"


def test_a_pattern_answers_as_re_compile_does() -> None:
    lazy, compiled = (
        lazy_compile(r"(\d+)(?P<unit>亿)?", re.I),
        re.compile(r"(\d+)(?P<unit>亿)?", re.I),
    )
    text = "12亿，34"
    assert lazy.pattern == compiled.pattern
    assert lazy.findall(text) == compiled.findall(text)
    assert lazy.sub("x", text) == compiled.sub("x", text)
    assert lazy.groupindex == compiled.groupindex
    assert lazy.search(text, 3)[0] == "34"  # type: ignore[index]
    with pytest.raises(AttributeError):
        _ = lazy.compile  # type: ignore[attr-defined]
