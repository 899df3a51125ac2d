"""Which plan a command means, and where it is: the bundled one, one of the library, a text, or a
text's outline. `home` is the library itself, `adding` how files come into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planq.errors import SourceError

if TYPE_CHECKING:
    from planq.plan.tree import Tree
    from planq.store.compiled import Opened
    from planq.store.store import Store

#: The bundled plan's id.
BUNDLED = "hubei-145"


def data_folder() -> Path:
    """The folder of the bundled plan: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    inside = here / "data"
    return inside if inside.is_dir() else here.parent / "data"


def open_plan(plan: str = "") -> Opened:
    """The plan meant by `plan`, with how it was read: the bundled one (empty, or its id), a library's by its
    id, else the one in the file at that path.

    A path may name a text or an outline.yaml whose text lies beside it under its recorded name; a
    file whose name is also an id is meant by `./name`. Raises SourceError, OutlineError, StoreError.
    """
    if plan in ("", BUNDLED):
        from planq.library.given import put_over
        from planq.library.home import home
        from planq.store.compiled import opened_in

        return put_over(opened_in(bundled()), home())
    from planq.library.ids import could_be_id

    if could_be_id(plan):
        from planq.library.home import Library

        library = Library()
        if plan in library:
            found: Opened = library.load(plan)
            return found
        if not Path(plan).exists():
            raise library.unknown(plan)
    path = Path(plan)
    if path.suffix in (".yaml", ".yml"):
        return _from_outline(path)
    from planq.library.ids import slug
    from planq.parse import parse
    from planq.store.compiled import Opened

    source, notices = read_text(path)
    tree = parse(source, name=path.name, id=slug(path.stem))
    return Opened(tree, notices=tuple(notices))


def bundled() -> Store:
    """The bundled plan's compiled form: the tree its outline describes, and its index.

    An outline that is just what the parser makes of the text is taken from the parser, which is
    quicker than reading YAML; one that says something else is read.
    """
    from planq.store import compiled

    folder = data_folder()
    data = (folder / "fulltext.txt").read_bytes()
    written = (folder / "outline.yaml").read_bytes()

    def build() -> Tree:
        from planq.parse import parse
        from planq.plan import outline as outlines

        source = data.decode("utf-8")
        plan = parse(source, name="fulltext.txt", id=BUNDLED)
        if outlines.dump(plan).encode() == written:
            return plan
        return outlines.load(written.decode("utf-8", "replace"), source, name="outline.yaml")

    return compiled.bundled(data, written, build)


def read_text(path: Path) -> tuple[str, list[str]]:
    """The text of a plan's file, and sentences about how it was read."""
    from planq.ingest import read

    reading = read(path)
    return reading.text, list(reading.notices)


def _from_outline(path: Path) -> Opened:
    import re

    from planq.plan.outline import load
    from planq.store.compiled import Opened

    text, notices = read_text(path)
    named = re.search(r'^  name: "?([^"\n]+?)"?$', text, re.MULTILINE)
    if named is None or "/" in named[1] or "\\" in named[1]:
        raise SourceError(
            "{path} names no text beside it; make it again with: planq parse", path=path
        )
    beside = path.parent / named[1]
    if not beside.is_file():
        raise SourceError(
            "{path} belongs to {named}, which is not beside it: put both in one folder",
            path=path,
            named=named[1],
        )
    source, more = read_text(beside)
    return Opened(load(text, source, name=path.name), notices=(*notices, *more))
