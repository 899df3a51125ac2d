"""JSON Schemas of every record planq prints, generated from the types of the records.

`-f json` prints an array of them, or, where `$comment` says so, the one object.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from planq.errors import PlanqError

__all__ = ["NAMES", "load", "text"]


class _Shape(NamedTuple):
    """What is printed: its title, its record type as `module:Class`, and properties that stand
    before it (see _BEFORE) where several plans or files are asked."""

    title: str
    record: str
    before: tuple[str, ...] = ("plan",)
    array: bool = True


_BEFORE = {
    "plan": "The plan's id; where several plans are asked.",
    "file": "The draft's name; where several are checked.",
}
_SHAPES = {
    "add": _Shape("planq add: a file", "planq.library.adding:Outcome", ()),
    "check": _Shape("planq check: a finding", "planq.check:Finding"),
    "check-left-out": _Shape("planq check --left-out: what the tree does not hold", "planq.check:LeftOut"),
    "cite": _Shape("planq cite: a citation", "planq.quote.cite:Citation", ()),
    "compare": _Shape("planq compare: two plans", "planq.answers.data.compare:Compared", (), False),
    "index": _Shape("planq index: a file of the cache", "planq.answers.library.index:File", ()),
    "info": _Shape("planq info: a plan", "planq.library.home:Known", ()),
    "list": _Shape("planq list: a plan", "planq.answers.library.list:Listed", ()),
    "quote": _Shape("planq quote: a passage", "planq.quote.passage:Quote", ()),
    "remove": _Shape("planq remove: a plan", "planq.answers.library.remove:Removed", ()),
    "search": _Shape("planq search: a hit", "planq.search.results:Hit"),
    "search-by": _Shape("planq search --by: a group", "planq.answers.text.search:Group", ()),
    "search-count": _Shape("planq search --count", "planq.answers.text.search:Total", ()),
    "set": _Shape("planq set: the plan whose facts were set", "planq.library.home:Known", ()),
    "show": _Shape("planq show: a node or block", "planq.answers.text.show:Shown"),
    "table": _Shape("planq table: a row", "planq.tables.table:Row"),
    "table-typed": _Shape("planq table --typed: an indicator", "planq.tables.indicators:Indicator"),
    "tables": _Shape("planq tables: a box or table", "planq.answers.data.tables:Listed"),
    "tables-all": _Shape("planq tables --all: a row", "planq.tables.table:Item"),
    "targets": _Shape("planq targets: a quantity", "planq.targets.target:Target"),
    "toc": _Shape("planq toc: a heading", "planq.answers.text.toc:Heading"),
    "verify": _Shape("planq verify: a verdict", "planq.verify.report:Verdict", ("file",)),
}  # fmt: skip
NAMES = tuple(_SHAPES)


def title(name: str) -> str:
    """What the schema `name`, one of NAMES, is of."""
    return _SHAPES[name].title


def load(name: str, *, array: bool = False) -> dict[str, Any]:
    """The schema of one record of shape `name`, or of an array of them. Raises PlanqError.

    `compare` prints one object: its schema is the same either way.
    """
    if name not in NAMES:
        raise PlanqError("no schema {name!r}: there are {names}", name=name, names=", ".join(NAMES))
    from importlib import import_module

    from planq.schemas.generate import schema_of

    shape = _SHAPES[name]
    module, _, record = shape.record.partition(":")
    made = schema_of(getattr(import_module(module), record))
    defs = made.pop("$defs", {})
    before = {key: {"type": "string", "description": _BEFORE[key]} for key in shape.before}
    made["properties"] = {**before, **made["properties"]}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": shape.title}
    said = {"description": made.pop("description")} if "description" in made else {}
    made = {**said, **({} if shape.array else {"$comment": "one object, no array"}), **made}
    if array and shape.array:
        defs["record"] = made
        made = {"type": "array", "items": {"$ref": "#/$defs/record"}}
    return {**head, **made, **({"$defs": defs} if defs else {})}


def text(name: str, *, array: bool = False) -> str:
    """The same as indented JSON."""
    import json

    return json.dumps(load(name, array=array), ensure_ascii=False, indent=2)
