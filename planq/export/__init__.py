"""A whole plan in the form another program opens: which forms there are, and who writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from planq.errors import OutputError
from planq.model import Plan

#: Each format and the module whose `write(plan, path, replace=…)` writes it and returns a sentence.
WRITERS = {"sqlite": "planq.export.sqlite", "opensearch": "planq.export.opensearch"}
Write = Callable[..., str]


def export(plan: Plan, path: Path, format: str = "sqlite", *, replace: bool = False) -> str:
    """Write `plan` to `path` and say in a sentence what was written. Raises OutputError.

    A file that exists is left alone unless `replace`; what is written appears whole or not at all.
    """
    path = _checked(path, replace)
    write: Write = import_module(WRITERS[format]).write
    return write(plan, path, replace=replace)


def export_all(plans: Iterable[Plan], path: Path, format: str, *, replace: bool = False) -> str:
    """Write several plans to one file; for the formats that can (`opensearch`). See `export`."""
    write_all = getattr(import_module(WRITERS[format]), "write_all", None)
    if write_all is None:
        raise OutputError(f"{format} holds one plan: give one --plan, or write opensearch")
    said: str = write_all(plans, _checked(path, replace), replace=replace)
    return said


def _checked(path: Path, replace: bool) -> Path:
    if path.is_dir():
        raise OutputError(f"{path} is a folder: name a file")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file that can be replaced: name another")
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not replace:
        raise OutputError(f"{path} exists: add --replace to write it anew, or name another file")
    return path
