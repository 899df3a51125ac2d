"""What a command loads before it answers: patterns wait for their first use."""

from __future__ import annotations

import ast
import re
from importlib import import_module

import pytest
from conftest import ROOT

from planq.patterns import lazy_compile

MODULES = sorted((ROOT / "planq").rglob("*.py"))
#: Modules that run a command when they are imported.
_PROGRAMS = ("__main__", "pdf_child", "word_child", "regex_child")


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
    lazy, compiled = lazy_compile(r"(\d+)(?P<unit>亿)?", re.I), re.compile(r"(\d+)(?P<unit>亿)?", re.I)
    text = "12亿，34"
    assert lazy.pattern == compiled.pattern
    assert lazy.findall(text) == compiled.findall(text)
    assert lazy.sub("x", text) == compiled.sub("x", text)
    assert lazy.groupindex == compiled.groupindex
    assert lazy.search(text, 3)[0] == "34"  # type: ignore[index]
    with pytest.raises(AttributeError):
        _ = lazy.compile  # type: ignore[attr-defined]
