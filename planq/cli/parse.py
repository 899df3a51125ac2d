"""`planq parse`: a plan's text into its outline.yaml."""

from __future__ import annotations

from pathlib import Path

import click

from planq.cli.help import Documented
from planq.cli.main import cli
from planq.cli.plans import encoding_option
from planq.deliver import STDOUT, emit, refuse_input, say


@cli.command("parse", cls=Documented)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file; - is stdout.")
@encoding_option
@click.option("--title", default="", help="The plan's title, where the text has it wrong.")
@click.option("--issuer", default="", help="Who issued it, for citations.")
@click.option("--date", default="", metavar="YYYY[-MM[-DD]]", help="When it was issued.")
@click.option("--number", default="", help="Its document number, like 鄂政发〔2021〕5号.")
def parse(file: Path, output: Path | None, title: str, issuer: str, date: str, number: str) -> None:
    """The tree of FILE (txt, md, html, docx, pdf) as an outline.

    What the text says of its title, issuer, date and number is filled in; what is given here comes
    before it.

    \b
    planq parse plan.txt -o outline.yaml
    planq parse plan.txt --issuer 湖北省人民政府 --date 2021-04-12 -o outline.yaml
    """
    from hashlib import sha256

    from planq import outline
    from planq.library import BUNDLED, data_folder, read_text
    from planq.library.facts import iso_date
    from planq.library.ids import slug
    from planq.parse import parse as parse_text

    refuse_input(output, [str(file)])
    source, notices = read_text(file)
    for notice in notices:
        say(f"planq: {notice}")
    bundled = sha256((data_folder() / "fulltext.txt").read_bytes()).digest()
    same = sha256(source.encode("utf-8", "surrogatepass")).digest() == bundled
    meta = {"title": title, "issuer": issuer, "date": iso_date(date), "number": number}
    meta = {key: " ".join(value.split()) for key, value in meta.items()}
    id = BUNDLED if same else slug(file.stem)
    made = parse_text(source, name=file.name, id=id, meta=meta)
    emit([outline.dump(made)], None if output == STDOUT else output)
