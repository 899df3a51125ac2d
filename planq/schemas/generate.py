"""JSON Schema (2020-12) of a record type: a NamedTuple whose annotations say what its fields hold.

A field whose default is None may be missing, and is never null for it. A static method `hidden`
names fields that are not printed. A field called `others`, a dict, is every property not named.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin, get_type_hints

from planq.schemas.fields import Field

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def schema_of(record: type) -> dict[str, Any]:
    """The schema of one record: an object, with `$defs` for records that occur more than once."""
    counts: Counter[type] = Counter()
    _count(record, counts, {record})
    shared = {each for each, times in counts.items() if times > 1 or each is record}
    made = _object(record, shared)
    if shared:
        made["$defs"] = {_name(each): _object(each, shared) for each in counts if each in shared}
    return made


def fields(record: type) -> tuple[str, ...]:
    """The names of the fields that are printed."""
    hidden = record.hidden() if hasattr(record, "hidden") else ()
    return tuple(name for name in record._fields if name not in hidden)  # type: ignore[attr-defined]


def _name(record: type) -> str:
    return record.__name__.lower()


def _count(record: type, counts: Counter[type], seen: set[type]) -> None:
    """Count in `counts` how often each record is named in the fields of those that are reached."""
    for annotation in _types(record).values():
        for nested in _nested(annotation):
            counts[nested] += 1
            if nested not in seen:
                seen.add(nested)
                _count(nested, counts, seen)


def _nested(annotation: Any) -> Iterator[type]:
    if _is_record(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _nested(part)


def _is_record(annotation: Any) -> TypeGuard[type]:
    return isinstance(annotation, type) and hasattr(annotation, "_fields")


@cache
def _types(record: type) -> dict[str, Any]:
    """What the fields hold, by name."""
    names = {**vars(sys.modules[record.__module__]), **_for_checking(record)}
    hints = get_type_hints(record, names, include_extras=True)
    return {name: hints[name] for name in fields(record)}


def _for_checking(record: type) -> dict[str, Any]:
    """The names in the record's annotations that its module imports for type checkers only."""
    wanted = set(re.findall(r"\w+", str(inspect.get_annotations(record))))
    found: dict[str, Any] = {}
    for block in ast.parse(inspect.getsource(sys.modules[record.__module__])).body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for line in block.body:
                for alias in line.names if isinstance(line, ast.ImportFrom) else ():
                    if alias.name in wanted and isinstance(line, ast.ImportFrom) and line.module:
                        found[alias.name] = getattr(import_module(line.module), alias.name)
    return found


def _object(record: type, shared: set[type]) -> dict[str, Any]:
    types = dict(_types(record))
    others = types.pop("others", None)
    optional = {name for name, value in record._field_defaults.items() if value is None}  # type: ignore[attr-defined]
    made: dict[str, Any] = {
        "type": "object",
        "properties": {
            name: _without_null(_schema(each, shared))
            if name in optional
            else _schema(each, shared)
            for name, each in types.items()
        },
        "required": [name for name in types if name not in optional],
        "additionalProperties": False if others is None else _schema(get_args(others)[1], shared),
    }
    said = (record.__doc__ or "").partition("\n\n")[0]
    if not said.startswith(
        f"{record.__name__}("
    ):  # what a NamedTuple says without words of its own
        made["description"] = " ".join(said.split())
    return made


def _schema(annotation: Any, shared: set[type]) -> dict[str, Any]:
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return {}
    if annotation in _SIMPLE:
        return {"type": _SIMPLE[annotation]}
    if _is_record(annotation):
        if annotation in shared:
            return {"$ref": f"#/$defs/{_name(annotation)}"}
        return _object(annotation, shared)
    if origin is Annotated:
        return _described(_schema(parts[0], shared), parts[1:])
    if origin in (Union, UnionType):
        return _either(parts, shared)
    if origin is dict:
        values = _schema(parts[1], shared)
        return {"type": "object", **({"additionalProperties": values} if values else {})}
    if origin is list or (origin is tuple and parts[1:] == (...,)):
        return {"type": "array", "items": _schema(parts[0], shared)}
    if origin is tuple:
        items = [_schema(part, shared) for part in parts]
        same = all(item == items[0] for item in items)
        held = {"items": items[0]} if same else {"prefixItems": items}
        return {"type": "array", **held, "minItems": len(items), "maxItems": len(items)}
    raise TypeError(f"no schema for {annotation}")


def _described(made: dict[str, Any], said: tuple[Any, ...]) -> dict[str, Any]:
    for each in said:
        if isinstance(each, Field):
            words = {
                "minimum": each.minimum, "minLength": each.min_length, "pattern": each.pattern,
                "description": each.description or None,
            }  # fmt: skip
            made.update((key, value) for key, value in words.items() if value is not None)
        else:
            made = {"enum": list(each)} if len(each) > 1 else {"const": each[0]}
    return made


def _either(parts: tuple[Any, ...], shared: set[type]) -> dict[str, Any]:
    kept = [part for part in parts if part is not NoneType and not (part is int and float in parts)]
    made = [_schema(part, shared) for part in kept]
    if NoneType in parts:
        first = made[0]
        if "enum" in first:
            first["enum"].append(None)
        elif isinstance(first.get("type"), str):
            first["type"] = [first["type"], "null"]
        else:
            made.append({"type": "null"})
    return made[0] if len(made) == 1 else {"anyOf": made}


def _without_null(made: dict[str, Any]) -> dict[str, Any]:
    if isinstance(made.get("type"), list):
        made["type"] = made["type"][0]
    return made
