"""What a command is called with: its arguments, options and formats, free of any door.

The command line, its quick way and every other door read these declarations; the function that
answers stands beside them, and its docstring is the command's help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planq.render import FORMATS, format_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planq.deliver import Result

#: What a value is: text, a number, a file, a plan's id or file, or a flag that needs none.
KINDS = ("text", "int", "float", "path", "plan", "flag")


class Argument(NamedTuple):
    """A word of the command; `many` takes any number, `complete` names what a shell offers for it."""

    name: str
    kind: str = "text"
    many: bool = False
    required: bool = True
    metavar: str | None = None
    complete: str = ""


class Option(NamedTuple):
    """An option by its spellings (`-n --limit`); `name` is the answer's parameter.

    `minimum` bounds a whole number; `bare` is the value that the option has when none follows it;
    `default` is what the answer gets without it.
    """

    spelled: str
    help: str
    name: str
    kind: str = "text"
    many: bool = False
    default: Any = None
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    show_default: bool = False
    bare: str | None = None
    complete: str = ""

    @property
    def value(self) -> Any:
        """The value without the option."""
        return () if self.many else False if self.kind == "flag" else self.default


class Command(NamedTuple):
    """A command: what answers it, in which formats, with which arguments and options.

    `formats` are empty for a command that prints text only, or writes a file of its own kind and
    answers None. `plans` gives the
    answer a `plan` argument, the plans chosen. `output` gives it the file named with -o and the format
    asked for, as `output` and `format`, for what is written in other ways than the answer.
    `operators` lets words that begin with a hyphen pass.
    """

    name: str
    answer: Callable[..., Result | None]
    formats: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    plans: bool = False
    output: bool = False
    operators: bool = False


#: The formats of a command that answers with records, and of one that answers with a table's rows.
RECORDS = ("text", *(name for name, each in FORMATS.items() if not each.tables_only))
ROWS = ("text", "csv", "tsv", *(name for name in FORMATS if name not in ("csv", "tsv")))

#: How an answer is written: options of every command that has formats.
DELIVERY = (
    Option("-f --format", "One of: {formats}. Without it, what the name after -o ends in, or text.",
           "format", metavar="FORMAT", complete="formats"),
    Option("-o --output", "Write to this file; - is stdout.", "output", kind="path"),
    Option("--color", "When to colour the output.", "color", choices=("auto", "always", "never"),
           default="auto"),
    Option("--bom", "Begin the output with a BOM, for Excel.", "bom", kind="flag"),
)  # fmt: skip
#: Which plans are meant: options of every command that asks plans.
PLANS = (
    Option("--all-plans", "Every plan of the library, the bundled one too.", "all_plans",
           kind="flag"),
    Option("--plan", "Another plan: an id of the library, or a file. Repeatable; globs.", "names",
           kind="plan", many=True, metavar="ID|PATH"),
)  # fmt: skip
#: What the files that are read as plans are in; the answer is not told, its readers are.
ENCODING = Option(
    "--encoding", "What a text file is in, like big5; found out without.", "encoding",
    metavar="NAME",
)  # fmt: skip
OUTPUT = Option("-o --output", "Write to this file; - is stdout.", "output", kind="path")
LIMIT = Option("-n --limit", "At most the first N.", "limit", kind="int", minimum=1, metavar="N")
EXCEL_SAFE = Option(
    "--excel-safe", "csv, tsv: an apostrophe before what could be a formula.", "excel_safe",
    kind="flag",
)  # fmt: skip
WITHIN = Option(
    "--in", "Only under here. Repeatable.", "within", many=True, metavar="ADDRESS",
    complete="addresses",
)  # fmt: skip
ADDRESSES = Argument("address", many=True, complete="addresses")


def options_of(command: Command) -> tuple[Option, ...]:
    """Every option of the command, the common ones too, in the order of its help."""
    return (
        *(DELIVERY if command.formats else ()),
        *command.options,
        *((ENCODING, *PLANS) if command.plans else ()),
    )


def as_format(option: str) -> str:
    """`-f json` for --json and its like, empty for other words."""
    word = option.lstrip("-").partition("=")[0].lower()
    name = word if word == "text" else format_named(word)
    return f"-f {name}" if name and option[:2] == "--" else ""


def format_of(name: str, formats: Sequence[str]) -> str:
    """The format a file's name asks for: `-o table.xlsx`; `text` where it names none.

    Data that the command does not write is refused like any other format: text in a file named
    toc.csv would be found out late. A name in .md is good for text, such as a corrected draft.
    """
    from os.path import splitext

    suffix = splitext(name)[1].lower().lstrip(".")  # noqa: PTH122 — pathlib takes long to load
    asked = format_named(suffix)
    return asked if asked in formats or asked not in ("", "md") else "text"


def left_out(limit: int | None, every: Sequence[object], what: str) -> tuple[str, ...]:
    """The message that -n left some of `every` out; none where it left out nothing."""
    if limit is None or limit >= len(every):
        return ()
    return (f"planq: -n leaves {limit} of {len(every)} {what}",)
