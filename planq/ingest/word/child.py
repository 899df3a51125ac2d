"""What a Word document says, in a process of its own → lines, notices and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.errors import SourceError
from planq.ingest.bounded import answer
from planq.ingest.reading import LeftOut
from planq.ingest.word.body import Body, text_in
from planq.ingest.word.numbering import Numbering
from planq.ingest.word.package import Package
from planq.ingest.word.styles import Styles, W

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_APART = {"header": "header", "footer": "footer", "comments": "comment"}
_SENTENCES = (
    ("insertion", "tracked insertions read as text"),
    ("deletion", "tracked deletions left out"),
    ("text box", "text boxes read after the paragraph they hang on"),
    ("embedded", "an embedded document left out"),
    ("diagram", "charts and diagrams left out"),
)
_DAMAGED = "is damaged inside; open it in Word and save it again"
_MARKED = "marked"
_NO_NOTE = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read_package(data: bytes, *, marks: bool) -> dict[str, Any]:
    """The text, notices, title, and what is left out, as (words, reason), of the docx `data`.

    Raises SourceError, whose words go behind the file's name, when it is broken or hostile.
    """
    package = Package(data)
    try:
        return _read(package, marks)
    except (MemoryError, SourceError):
        raise
    except Exception as error:  # parts may hold anything at all: no shape of them is guaranteed
        raise SourceError(_DAMAGED) from error


def _read(package: Package, marks: bool) -> dict[str, Any]:
    parts = {kind: package.parts(kind) for kind in ("styles", "numbering", *_APART)}
    main = package.document.find(W + "body")
    if main is None:
        raise SourceError(_DAMAGED)
    body = Body(Styles(_first(parts["styles"])), Numbering(_first(parts["numbering"])), marks=marks)
    body.write(main)
    notices = [sentence for met, sentence in _SENTENCES if met in body.met]
    notes = _notes(package, body, "[^{}]: {}" if marks else "注{}：{}")
    if notes:
        body.lines += ["", *notes]
        as_ = "" if marks else ", as 注1 and so on"
        notices.append(f"{len(notes)} footnotes and endnotes read at the end{as_}")
    for kind, reason in _APART.items():
        texts = {text for part in parts[kind] if (text := text_in(part))}
        body.left_out += [LeftOut(text, reason) for text in sorted(texts)]
    if not any(line.strip() for line in body.lines):
        raise SourceError("holds no text (pictures of pages cannot be read)")
    return {
        "text": "\n".join(body.lines) + "\n",
        "notices": notices,
        "left_out": [(one.text, one.reason) for one in body.left_out],
        "title": package.title(),
    }


def _notes(package: Package, body: Body, form: str) -> list[str]:
    stored: dict[tuple[str, str], _Element] = {}
    for kind in ("footnote", "endnote"):
        for part in package.parts(kind + "s"):
            for note in part.iterchildren(W + kind):
                if note.get(W + "type") not in _NO_NOTE:
                    stored[kind, note.get(W + "id", "")] = note
    lines: list[str] = []
    main = body.lines
    written = 0
    while written < len(body.notes):  # notes may hold marks of further notes
        for key, number in list(body.notes.items())[written:]:
            written += 1
            if key in stored:
                body.lines = []
                body.write(stored[key])
                words = " ".join(line.strip() for line in body.lines if line.strip())
                lines.append(form.format(number, words))
    body.lines = main
    return lines


def _first(parts: list[_Element]) -> _Element | None:
    return parts[0] if parts else None


def _answer(data: bytes, arguments: Sequence[str]) -> dict[str, Any]:
    return read_package(data, marks=_MARKED in arguments)


if __name__ == "__main__":
    answer(_answer)
