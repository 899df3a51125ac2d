"""What goes wrong is said by templates with named fields, so that it can be put into other words."""

from __future__ import annotations

import ast
import pickle
import string
from pathlib import Path

import pytest
from conftest import ROOT

from planq import errors

ERRORS = {
    name for name, found in vars(errors).items()
    if isinstance(found, type) and issubclass(found, errors.PlanqError)
} - {"MissingExtra"}  # fmt: skip
#: The parameters of the errors beside the fields of their templates.
OWN = {"choices", "listed", "query", "position"}


def raised(file: Path) -> list[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id in ERRORS and node.args
    ]  # fmt: skip


@pytest.mark.parametrize("file", sorted((ROOT / "planq").rglob("*.py")), ids=lambda f: f.name)
def test_a_message_is_a_template_with_the_fields_it_names(file: Path) -> None:
    for call in raised(file):
        template = call.args[0]
        assert not isinstance(template, ast.JoinedStr), f"{file}:{call.lineno}"
        given = {keyword.arg for keyword in call.keywords} - OWN
        if isinstance(template, ast.Constant):
            named = {name for _, name, _, _ in string.Formatter().parse(template.value) if name}
            assert named == given, f"{file}:{call.lineno}"


def test_there_are_many() -> None:
    assert sum(len(raised(file)) for file in (ROOT / "planq").rglob("*.py")) > 150


def test_what_a_user_typed_is_no_template() -> None:
    said = errors.AddressError("no heading contains {words!r}", ["3"], words="{x}")
    assert str(said) == "no heading contains '{x}'"


def test_an_error_comes_whole_out_of_another_process() -> None:
    said = errors.QueryError("no {what} here", "a b", 1, what="{term}")
    again = pickle.loads(pickle.dumps(said))
    assert (str(again), again.query, again.position) == ("no {term} here", "a b", 1)
    extra = pickle.loads(pickle.dumps(errors.MissingExtra("xlsx", "excel")))
    assert (str(extra), extra.extra) == (
        'xlsx needs an optional part: pip install "planq-text[excel]"', "excel"
    )  # fmt: skip
