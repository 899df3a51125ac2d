"""`planq parse`: a plan's text into its outline.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.answers.command import ENCODING, OUTPUT, Argument, Command, Option
from planq.deliver import Result, say

if TYPE_CHECKING:
    from pathlib import Path


def answer(file: Path, title: str, issuer: str, date: str, number: str) -> Result:
    """The tree of FILE (txt, md, html, docx, pdf) as an outline.

    What the text says of its title, issuer, date and number is filled in; what is given here comes
    before it.

    \b
    planq parse plan.txt -o outline.yaml
    planq parse plan.txt --issuer 湖北省人民政府 --date 2021-04-12 -o outline.yaml
    """
    from hashlib import sha256

    from planq.library import BUNDLED, data_folder, read_text
    from planq.library.facts import iso_date
    from planq.library.ids import slug
    from planq.parse import parse as parse_text
    from planq.plan import outline

    source, notices = read_text(file)
    for notice in notices:
        say(f"planq: {notice}")
    bundled = sha256((data_folder() / "fulltext.txt").read_bytes()).digest()
    same = sha256(source.encode("utf-8", "surrogatepass")).digest() == bundled
    meta = {"title": title, "issuer": issuer, "date": iso_date(date), "number": number}
    meta = {key: " ".join(value.split()) for key, value in meta.items()}
    id = BUNDLED if same else slug(file.stem)
    made = parse_text(source, name=file.name, id=id, meta=meta)
    return Result(list, lambda: outline.dump(made))


COMMAND = Command(
    "parse",
    answer,
    arguments=(Argument("file", kind="path"),),
    options=(
        OUTPUT,
        ENCODING,
        Option("--title", "The plan's title, where the text has it wrong.", "title", default=""),
        Option("--issuer", "Who issued it, for citations.", "issuer", default=""),
        Option("--date", "When it was issued.", "date", default="", metavar="YYYY[-MM[-DD]]"),
        Option("--number", "Its document number, like 鄂政发〔2021〕5号.", "number", default=""),
    ),
)
