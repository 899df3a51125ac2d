"""A saved web page → source text: the document in it, without the site around it."""

from __future__ import annotations

import re

from planq.errors import SourceError
from planq.ingest.html.article import READING, Article, text_of
from planq.ingest.html.lines import ICON, Lines, collapsed
from planq.ingest.html.tree import Element, parse
from planq.ingest.reading import DELETED, PICTURE, WITHOUT_DELETED, LeftOut, Reading
from planq.text.encoded import decode

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_DECLARED_WITHIN = 4096


def read_html(data: bytes, name: str, said: str = "") -> Reading:
    """The Reading of a page.

    Raises SourceError for binary data, an unknown encoding, and a page without text.
    """
    label = _CHARSET.search(data[:_DECLARED_WITHIN])
    source, encoding, notices = decode(
        data, name, label[1].decode("ascii") if label else None, encoding=said
    )
    root, rest = parse(source)
    title = next((collapsed(text_of(one)) for one in _titles(root)), None)
    lines, left_out = _lines(root)
    if not any(line.strip() for line in lines):
        raise SourceError(
            "{name} is a page without text; if a script draws it, save what the browser shows",
            name=name,
        )
    shown = (READING, DELETED, ICON, PICTURE)
    if not all(one.reason.startswith(shown) for one in left_out):
        notices += ("the page around the text left out",)
    if any(one.reason == READING for one in left_out):
        notices += ("the readings over characters (ruby) left out",)
    if any(one.reason == DELETED for one in left_out):
        notices += (WITHOUT_DELETED,)
    if rest.strip():
        notices += (
            "the page ends inside a tag or script that is never closed; that rest left out",
        )
        left_out.append(LeftOut(rest, "unclosed markup"))
    return Reading(
        "\n".join(lines) + "\n", "html", encoding, notices, tuple(left_out), title or None
    )


def fragment_lines(source: str) -> tuple[list[str], list[LeftOut]]:
    """Lines of a piece of HTML, such as Markdown embeds, and what was left out of it."""
    return _lines(parse(source)[0])


def _lines(root: Element) -> tuple[list[str], list[LeftOut]]:
    article = Article(root)
    writer = Lines()
    for one in [*article.headings, article.body]:
        writer.write(one)
    writer.flush()
    lines = writer.lines
    return lines, article.left_out + writer.left_out


def _titles(element: Element) -> list[Element]:
    if element.tag == "title":
        return [element]
    if element.tag == "svg":
        return []
    inner = (child for child in element.children if isinstance(child, Element))
    return [found for child in inner for found in _titles(child)]
