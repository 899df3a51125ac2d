"""Writers: records and nodes in, text out. Only `terminal` knows Rich.

A format is one module and one row below: the module has a function that writes records, and every
door, the command line, its quick way and its completion, reads the row. Nothing is loaded for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from planq.render.records import Writer


class Format(NamedTuple):
    """A data format: where its writer is, `module:function`, empty where each command has its own.

    `flat` formats get records one level deep (`Result.flat`); `binary` ones are no text, and go to no
    terminal. `tables_only` formats belong to the commands that answer with tables. `quoted` says that
    text stands in JSON strings, which decides how a terminal gets control characters. `also` are
    other names that a file ends in (`.yml`) or that are typed for it (`--markdown`).
    """

    writer: str
    flat: bool = False
    binary: bool = False
    tables_only: bool = False
    quoted: bool = False
    also: tuple[str, ...] = ()


#: Every data format, in the order of a command's help.
FORMATS = {
    "json": Format("records:as_json", quoted=True),
    "jsonl": Format("records:as_jsonl", quoted=True, also=("ndjson",)),
    "csv": Format("records:as_csv", flat=True),
    "tsv": Format("records:as_tsv", flat=True),
    "md": Format("records:as_md", flat=True, also=("markdown",)),
    "yaml": Format("records:as_yaml", also=("yml",)),
    "xlsx": Format("", binary=True, tables_only=True, also=("excel",)),
}


def writer(name: str) -> Writer:
    """The function that writes records in the format `name`, one of FORMATS that has one."""
    from importlib import import_module

    module, _, function = FORMATS[name].writer.partition(":")
    found: Any = getattr(import_module(f"planq.render.{module}"), function)
    written: Writer = found
    return written


def format_named(word: str) -> str:
    """The format that `word` names, by its own name or another (`yml`); empty for other words."""
    return next((name for name, each in FORMATS.items() if word in (name, *each.also)), "")
