"""A whole plan in the form another program opens: which forms there are, and who writes them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from planq.errors import OutputError
from planq.plan.tree import Tree

#: Each format and the module that writes it, and returns a sentence on what it wrote: with
#: `write(plan, path)`, or with `write_all(plans, path, replace=…)` if it can hold several plans.
WRITERS = {"sqlite": "planq.export.sqlite", "opensearch": "planq.export.opensearch"}
#: Names of what a database and a bulk file are not.
_OTHERS = (".csv", ".tsv", ".xlsx", ".md", ".yaml", ".txt", ".sql")


def export(plan: Tree, path: Path, format: str = "sqlite", *, replace: bool = False) -> str:
    """Write `plan` to `path` and say in a sentence what was written. Raises OutputError.

    A file that exists is left alone unless `replace`; what is written appears whole or not at all.
    """
    writer: Any = import_module(WRITERS[format])
    path = _checked(path, replace)
    if hasattr(writer, "write_all"):
        return str(writer.write_all([plan], path, replace=replace))
    return str(writer.write(plan, path))


def export_all(plans: Iterable[Tree], path: Path, format: str, *, replace: bool = False) -> str:
    """Write several plans to one file, in a format that can hold them. See `export`."""
    writer: Any = import_module(WRITERS[format])
    if not hasattr(writer, "write_all"):
        raise OutputError(
            "{format} holds one plan: give one --plan, or write opensearch", format=format
        )
    return str(writer.write_all(plans, _checked(path, replace), replace=replace))


def _checked(path: Path, replace: bool) -> Path:
    if path.suffix.lower() in _OTHERS:
        raise OutputError(
            "{path} is named like another format: planq tables and search write those", path=path
        )
    if path.is_dir():
        raise OutputError("{path} is a folder: name a file", path=path)
    if path.exists() and not path.is_file():
        raise OutputError("{path} is no file that can be replaced: name another", path=path)
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not replace:
        raise OutputError(
            "{path} exists: add --replace to write it anew, or name another file", path=path
        )
    return path
