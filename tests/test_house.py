"""The house rules that no linter knows: small modules, each with its reason; public names sorted."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import ROOT

import planq

MODULES = sorted((ROOT / "planq").rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_why_it_exists_and_is_small(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert source.count("\n") <= 600
    assert module.stem not in ("utils", "helpers", "misc", "common")


def test_public_names_are_sorted_and_there() -> None:
    assert planq.__all__ == sorted(planq.__all__)
    assert all(hasattr(planq, name) for name in planq.__all__)
