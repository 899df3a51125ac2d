"""Every command in every format prints exactly what its golden file holds (tests/golden/)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDENS = sorted((Path(__file__).parent / "golden").glob("*.txt"))


@pytest.mark.parametrize("golden", GOLDENS, ids=[path.stem for path in GOLDENS])
def test_golden(golden: Path, shell: Callable[[str], str], update: bool) -> None:
    with golden.open(encoding="utf-8", newline="") as file:
        line, _, expected = file.read().partition("\n")
    assert line.startswith("$ ")
    printed = shell(line[2:])
    if update:
        with golden.open("w", encoding="utf-8", newline="") as file:
            file.write(f"{line}\n{printed}")
    else:
        assert printed == expected
