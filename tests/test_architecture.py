"""The page on the house names every room, in the order of the import contract."""

from __future__ import annotations

import re
import tomllib

from conftest import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def layers() -> list[set[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (first,) = (
        contract for contract in contracts["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )  # fmt: skip
    return [set(layer.split(" | ")) for layer in first["layers"]]


def test_the_page_draws_the_layers_of_the_contract() -> None:
    drawn = PAGE.partition("```text\n")[2].partition("```")[0].splitlines()
    assert [
        set(re.split(r"\s{2,}", line)[0].replace("|", " ").split()) for line in drawn
    ] == layers()


def test_the_page_names_files_that_are_there() -> None:
    named = re.findall(
        r"`((?:[a-z_]+/)+[a-z_]+\.py|(?:ingest|parse|matching|search|verify|store|plan|render|answers|quote)/[a-z_]+)`",
        PAGE,
    )
    assert len(named) > 25
    for name in named:
        assert (ROOT / "planq" / name).exists() or (ROOT / name).exists(), name
