"""JSON Schemas of every record planq prints: one file a shape.

`-f json` prints an array of them, or, where the file's `$comment` says so, the one object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planq.errors import PlanqError

__all__ = ["NAMES", "load", "text"]

_HERE = Path(__file__).resolve().parent
NAMES = tuple(sorted(file.stem for file in _HERE.glob("*.json")))


def load(name: str, *, array: bool = False) -> dict[str, Any]:
    """The schema of one record of shape `name`, or of an array of them. Raises PlanqError.

    `compare` prints one object: its schema is the same either way.
    """
    if name not in NAMES:
        raise PlanqError("no schema {name!r}: there are {names}", name=name, names=", ".join(NAMES))
    made: dict[str, Any] = json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))
    if not array or "$comment" in made:
        return made
    shape = {key: made.pop(key) for key in list(made) if key not in ("$schema", "$defs", "title")}
    defs = {**made.pop("$defs", {}), "record": shape}
    return {
        "$schema": made["$schema"],
        "title": made["title"],
        "type": "array",
        "items": {"$ref": "#/$defs/record"},
        "$defs": defs,
    }


def text(name: str, *, array: bool = False) -> str:
    """The same as indented JSON."""
    return json.dumps(load(name, array=array), ensure_ascii=False, indent=2)
