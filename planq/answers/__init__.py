"""What every command answers, a module each: its declaration, and documents in, an answer out.

Nothing here knows Click. A command is one module and one row below: the module declares what it is
called with (`COMMAND`), and every door, the command line, its quick way and its completion, reads
that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planq.answers.command import Command

#: Every command: its module, and the first clause of its help, so that a list of them loads none.
COMMANDS = {
    "toc": ("text.toc", "The headings, with their addresses and pages."),
    "show": ("text.show", "The verbatim text at ADDRESS."),
    "search": ("text.search", "Every block in which all the words occur."),
    "tables": ("data.tables", "The boxes (专栏) and tables."),
    "table": ("data.table", "One box or table."),
    "targets": (
        "data.targets",
        "The quantities in paragraphs, box items and indicators whose words hold all of QUERY.",
    ),
    "cite": ("text.cite", "The citation of ADDRESS."),
    "quote": (
        "text.quote",
        "The passage that WORDS come from, even if they are not quite right, and its citation.",
    ),
    "verify": (
        "text.verify",
        "Check every quotation in FILE (txt, md, docx; - for stdin) against the plan.",
    ),
    "export": ("library.export", "A whole plan in FILE."),
    "schema": ("data.schema", "The JSON Schema (2020-12) of what -f json prints under NAME."),
    "parse": ("library.parse", "The tree of FILE (txt, md, html, docx, pdf) as an outline."),
    "check": ("data.check", "What is doubtful in the text."),
    "add": ("library.add", "Add plans to the library."),
    "list": ("library.list", "The plans of the library."),
    "info": ("library.info", "What is known of the plan ID."),
    "set": (
        "library.set",
        "Remember facts of the plan ID (title, issuer, date, number), and print what is known of it.",
    ),
    "remove": (
        "library.remove",
        "Take plans out of the library, and the files kept beside it.",
    ),
    "compare": ("data.compare", "Sections paired by title and content."),
    "index": ("library.index", "The compiled plans in the cache folder."),
}


def declared(name: str) -> Command:
    """The command called `name`, one of COMMANDS."""
    from importlib import import_module

    found: Command = import_module(f"planq.answers.{COMMANDS[name][0]}").COMMAND
    return found
