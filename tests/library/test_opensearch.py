"""The bulk file keeps to the format: pairs of lines, each JSON, and every field in the mapping.

Checked against the format's rules; no server is run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planq.export.opensearch import MAPPING, bulk_lines
from planq.parse import parse
from planq.plan.tree import Tree

TYPES: dict[str, type | tuple[type, ...]] = {
    "keyword": str,
    "text": str,
    "integer": int,
    "boolean": bool,
}


def pairs(data: bytes) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The file's actions and documents; fails where the format is broken."""
    assert data.endswith(b"\n")
    lines = data.decode("utf-8").split("\n")[:-1]
    assert len(lines) % 2 == 0 and all(lines)
    read = [json.loads(line) for line in lines]
    for action in read[::2]:
        assert list(action) == ["index"] and set(action["index"]) == {"_index", "_id"}
        assert 0 < len(action["index"]["_id"].encode()) <= 512
    return list(zip(read[::2], read[1::2], strict=True))


def fits(value: Any, type_: str) -> bool:
    if isinstance(value, list):
        return all(fits(each, type_) for each in value)
    return value is None or (
        isinstance(value, TYPES[type_]) and (type_ == "boolean" or not isinstance(value, bool))
    )


def test_every_document_fits_the_mapping(plan: Tree) -> None:
    fields = MAPPING["mappings"]["properties"]
    found = pairs(b"".join(bulk_lines(plan)))
    assert len(found) == len(list(plan.walk()))
    assert len({action["index"]["_id"] for action, _ in found}) == len(found)
    for action, document in found:
        assert action["index"]["_id"] == document["id"]
        for name, value in document.items():
            assert fits(value, fields[name]["type"]), (name, value)


def test_no_word_is_missing(plan: Tree) -> None:
    documents = [document for _, document in pairs(b"".join(bulk_lines(plan)))]
    assert [d["text"] for d in documents] == [node.own_text for node in plan.walk()]


@pytest.mark.parametrize("odd", ["\ud800", "\u2028", "\x85", "\x00", '"\\'])
def test_odd_characters_break_no_line(odd: str) -> None:
    pairs(b"".join(bulk_lines(parse(f"规划\n\n第一章 总则\n\n内容{odd}是这样的。\n"))))


def test_all_plans_go_into_one_file(run: Any, small: Any, tmp_path: Path) -> None:
    run("add", str(small("a")), str(small("b")))
    done = run("export", "plans.ndjson", "--format", "opensearch", "--all-plans")
    assert done.returncode == 0, done.stderr.decode()
    found = pairs((tmp_path / "plans.ndjson").read_bytes())
    assert {document["plan"] for _, document in found} == {"hubei-145", "a", "b"}
    assert json.loads((tmp_path / "plans.mapping.json").read_bytes()) == MAPPING
    again = run("export", "plans.ndjson", "--format", "opensearch", "--all-plans")
    assert again.returncode == 2 and b"--replace" in again.stderr


def test_a_database_holds_one_plan(run: Any, small: Any) -> None:
    run("add", str(small("a")))
    done = run("export", "plans.db", "--all-plans")
    assert done.returncode == 2 and b"opensearch" in done.stderr
