"""A Word document → source text, through python-docx (the extra `docx`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.errors import PlanqError, SourceError
from planq.ingest.reading import LeftOut, Reading
from planq.ingest.word_body import Body, text_in
from planq.ingest.word_numbering import Numbering
from planq.ingest.word_package import open_document
from planq.ingest.word_styles import Styles, W

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_APART = {"header": "header", "footer": "footer", "comments": "comment"}
_SENTENCES = (
    ("insertion", "tracked insertions read as text"),
    ("deletion", "tracked deletions left out"),
    ("text box", "text boxes read after the paragraph they hang on"),
    ("embedded", "an embedded document left out"),
    ("diagram", "charts and diagrams left out"),
)
_NO_NOTE = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read_word(data: bytes, name: str) -> Reading:
    """The Reading of a docx.

    Notes stand at the end, one a line, as `注1：…` in the order of their marks; headers, footers,
    comments and deletions are in `left_out`. Raises SourceError for a broken, locked or hostile
    file and MissingExtra without python-docx.
    """
    return _guarded(data, name, marks=False)


def read_marked_word(data: bytes, name: str) -> Reading:
    """As `read_word`, with `[^1]` where a note's mark stands, and the notes as `[^1]: …`."""
    return _guarded(data, name, marks=True)


def _guarded(data: bytes, name: str, *, marks: bool) -> Reading:
    document = open_document(data, name)
    try:
        return _read(document, name, marks)
    except PlanqError:
        raise
    except Exception as error:  # parts may hold anything at all: no shape of them is guaranteed
        raise SourceError(f"{name} is damaged inside; open it in Word and save it again") from error


def _read(document: Document, name: str, marks: bool) -> Reading:
    parts = {kind: _parts(document, kind) for kind in ("styles", "numbering", *_APART)}
    body = Body(Styles(_first(parts["styles"])), Numbering(_first(parts["numbering"])), marks=marks)
    body.write(document.element.body)
    notices = [sentence for met, sentence in _SENTENCES if met in body.met]
    notes = _notes(document, body, "[^{}]: {}" if marks else "注{}：{}")
    if notes:
        body.lines += ["", *notes]
        as_ = "" if marks else ", as 注1 and so on"
        notices.append(f"{len(notes)} footnotes and endnotes read at the end{as_}")
    for kind, reason in _APART.items():
        texts = {text for part in parts[kind] if (text := text_in(part))}
        body.left_out += [LeftOut(text, reason) for text in sorted(texts)]
    if not any(line.strip() for line in body.lines):
        raise SourceError(f"{name} holds no text (pictures of pages cannot be read)")
    title = document.core_properties.title.strip() or None
    text = "\n".join(body.lines) + "\n"
    return Reading(text, "docx", None, tuple(notices), tuple(body.left_out), title)


def _notes(document: Document, body: Body, form: str) -> list[str]:
    stored: dict[tuple[str, str], BaseOxmlElement] = {}
    for kind in ("footnote", "endnote"):
        for part in _parts(document, kind + "s"):
            for note in part.iterchildren(W + kind):
                if note.get(W + "type") not in _NO_NOTE:
                    stored[kind, note.get(W + "id", "")] = note
    lines: list[str] = []
    written: set[tuple[str, str]] = set()
    main = body.lines
    while len(written) < len(body.notes):  # notes may hold marks of further notes
        for key, number in list(body.notes.items()):
            if key in written:
                continue
            written.add(key)
            if key in stored:
                body.lines = []
                body.write(stored[key])
                words = " ".join(line.strip() for line in body.lines if line.strip())
                lines.append(form.format(number, words))
    body.lines = main
    return lines


def _parts(document: Document, kind: str) -> list[BaseOxmlElement]:
    from docx.oxml.parser import parse_xml

    relations = document.part.rels.values()
    wanted = [one for one in relations if one.reltype == _KIND + kind and not one.is_external]
    return [parse_xml(one.target_part.blob) for one in wanted]


def _first(parts: list[BaseOxmlElement]) -> BaseOxmlElement | None:
    return parts[0] if parts else None
