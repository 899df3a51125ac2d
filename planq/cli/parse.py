"""`planq parse`: a plan's text into its outline.yaml."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planq.cli.help import Documented
from planq.cli.main import cli
from planq.cli.seam import write_atomically


@cli.command("parse", cls=Documented)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
def parse(file: Path, output: Path | None) -> None:
    """The tree of FILE (txt, md, html, docx, pdf) as an outline.

    \b
    planq parse plan.txt -o outline.yaml
    """
    from hashlib import sha256

    from planq import outline
    from planq.library import BUNDLED, data_folder, read_text
    from planq.library.ids import slug
    from planq.parse import parse as parse_text

    source, notices = read_text(file)
    for notice in notices:
        click.echo(f"planq: {notice}", err=True)
    bundled = sha256((data_folder() / "fulltext.txt").read_bytes()).digest()
    same = sha256(source.encode("utf-8", "surrogatepass")).digest() == bundled
    made = parse_text(source, name=file.name, id=BUNDLED if same else slug(file.stem))
    data = outline.dump(made).encode("utf-8", "backslashreplace")
    if output is not None:
        write_atomically(output, data)
    else:
        sys.stdout.buffer.write(data)
