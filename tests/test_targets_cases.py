"""What `find` reads out of a sentence: tests/targets/cases.txt, input lines each with its records."""

from __future__ import annotations

from pathlib import Path

import pytest

from planq.targets.quantities.find import find
from planq.targets.quantities.quantity import Quantity

CASES = Path(__file__).parent / "targets" / "cases.txt"


def written(found: Quantity) -> str:
    """One record as the fixtures write it: name | op value unit | quantity base | per | status."""
    value = f"{found.value}" + ("" if found.value_max is None else f"-{found.value_max}")
    scaled = f"{found.quantity} {found.base_unit}"
    return f"  {found.name} | {found.op} {value} {found.unit} | {scaled} | {found.per or '-'} | {found.status}"


def read() -> list[tuple[str, str, list[str]]]:
    """Heading, input and expected lines of every case."""
    cases: list[tuple[str, str, list[str]]] = []
    heading = ""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif line.startswith("  "):
            cases[-1][2].append(line)
        elif line:
            cases.append((heading, line, []))
    return cases


@pytest.mark.parametrize(("heading", "text", "expected"), read(), ids=lambda value: None)
def test_case(heading: str, text: str, expected: list[str]) -> None:
    assert [written(found) for found in find(text)] == expected, heading
