"""A draft as it is read for checking, and as it has to be written back.

Text and Markdown are read as they stand, so that offsets are the file's own code points (line ends
as `\\n`, without a byte order mark); of a Word document the text is read that would be printed with
all changes accepted, and so of html and pdf what a plan's reader takes from them.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

from planq.errors import SourceError

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE,
         codecs.BOM_UTF16_BE)  # fmt: skip


class Draft(NamedTuple):
    """`text` is what is checked; `markup` says whether Markdown's signs are no part of it.

    `written` is the file's text with its own line ends, None where planq cannot write the file's
    kind; `encoding` and `bom` are what it was written in.
    """

    name: str
    text: str
    media: str
    notices: tuple[str, ...] = ()
    markup: bool = True
    written: str | None = None
    encoding: str = "utf-8"
    bom: bytes = b""

    def encoded(self, edits: list[tuple[int, int, str]]) -> bytes:
        """The file with `edits` (half-open code points of `text`, and what stands there instead)
        made, everything else byte for byte as it was. Raises SourceError if it cannot be written.
        """
        if self.written is None:
            raise SourceError(
                "{name} is read as {media}, which planq cannot correct without loss; correct a "
                "text or Markdown draft, or work from the report",
                name=self.name,
                media=self.media,
            )
        returns = _dropped(self.written)
        out: list[str] = []
        at = passed = 0
        for start, end, words in sorted(edits, key=lambda edit: edit[:2]):
            while passed < len(returns) and returns[passed] < start + passed:
                passed += 1
            begin = start + passed
            while passed < len(returns) and returns[passed] < end + passed:
                passed += 1
            out += [self.written[at:begin], words]
            at = end + passed
        out.append(self.written[at:])
        try:
            return self.bom + "".join(out).encode(self.encoding)
        except UnicodeEncodeError as error:
            raise SourceError(
                "{name} is in {encoding}, which has no {object!r}; convert it to UTF-8 first",
                name=self.name,
                encoding=self.encoding,
                object=error.object[error.start],
            ) from None


def read_draft(path: Path) -> Draft:
    """The draft at `path`. Raises SourceError, and MissingExtra for docx and pdf without theirs."""
    from planq.ingest.source import load

    return _draft(load(path), path.name)


def draft_from(data: bytes, name: str = "stdin") -> Draft:
    """The draft in `data`, read from a pipe."""
    from planq.ingest.source import check_size

    if not data:
        raise SourceError("{name} is empty", name=name)
    check_size(data, name)
    return _draft(data, name)


def _draft(data: bytes, name: str) -> Draft:
    from planq.ingest import read_bytes
    from planq.ingest.media import media_type
    from planq.ingest.reading import shown
    from planq.text.encoded import decode

    media, notices = media_type(data, name)
    if media == "docx":
        from planq.ingest.word.document import read_marked_word

        reading = read_marked_word(data, shown(name))
        said = ("docx read as printed with all changes accepted; offsets count in it", *notices)
        return Draft(shown(name), reading.text, media, (*said, *reading.notices), markup=False)
    if media not in ("txt", "md"):
        reading = read_bytes(data, name)
        told = (f"the text read from {media}; offsets count in it", *reading.notices)
        return Draft(shown(name), reading.text, media, told, markup=False)
    text, encoding, more = decode(data, shown(name))
    bom = next((mark for mark in _BOMS if data.startswith(mark)), b"")
    written = data[len(bom) :].decode(encoding)
    return Draft(shown(name), text, media, (*notices, *more), True, written, encoding, bom)


def _dropped(written: str) -> list[int]:
    """Offsets of the carriage returns that reading drops (those before a line feed)."""
    if "\r\n" not in written:
        return []
    out: list[int] = []
    at = written.find("\r\n")
    while at >= 0:
        out.append(at)
        at = written.find("\r\n", at + 2)
    return out
