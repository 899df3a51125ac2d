"""`planq schema`: the JSON Schema of what a command prints."""

from __future__ import annotations

from planq.answers.command import Argument, Command, Option
from planq.deliver import Result


def answer(name: str | None, record: bool) -> Result:
    """The JSON Schema (2020-12) of what -f json prints under NAME; without NAME, the names.

    \b
    planq schema
    planq schema search
    planq schema table-typed --record
    """
    from planq import schemas

    if name is None:
        said = "".join(f"{each}\t{schemas.title(each)}\n" for each in schemas.NAMES)
    else:
        said = schemas.text(name, array=not record) + "\n"
    return Result(list, lambda: said)


COMMAND = Command(
    "schema",
    answer,
    arguments=(Argument("name", required=False, complete="schemas"),),
    options=(
        Option("--record", "The schema of one record: a line of -f jsonl.", "record", kind="flag"),
    ),
)
