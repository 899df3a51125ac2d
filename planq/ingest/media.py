"""What a file is: by its first bytes, and only where those are silent by its name.

Names lie (an .html saved as .doc, a .doc renamed .docx), first bytes hardly ever do.
"""

from __future__ import annotations

import re

from planq.errors import SourceError
from planq.ingest.reading import MEDIA, shown
from planq.text.encoded import SUPPORTED

_SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}

# Records are no text: read as one, every line would be a paragraph.
_DATA = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")

# What cannot be read, by first bytes, with what a person can do about it.
_REFUSED = (
    (b"{\\rtf", "an RTF document; save it as .docx"),
    (b"Founder CEB", "a Founder CEB document; export it as a PDF with a text layer"),
    (b"\x89PNG", "a picture; planq reads no text off pictures"),
    (b"\xff\xd8\xff", "a picture; planq reads no text off pictures"),
    (b"GIF8", "a picture; planq reads no text off pictures"),
    (b"II*\x00", "a picture; planq reads no text off pictures"),
    (b"MM\x00*", "a picture; planq reads no text off pictures"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"\xfd7zXZ", "compressed; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed; unpack it first"),
    (b"SQLite format 3", "a database, not a plan"),
    (b"\x7fELF", "a program, not a plan"),
    (b"MZ\x90", "a program, not a plan"),
    (b"PK\x05\x06", "an empty zip archive"),
)

# Zip-based formats by a member that only they have.
_ZIPPED = (
    (b"xl/workbook.xml", "an Excel workbook, not a text"),
    (b"xl/workbook.bin", "an Excel workbook, not a text"),
    (b"ppt/presentation.xml", "a PowerPoint presentation, not a text"),
    (b"OFD.xml", "an OFD document; export it as a PDF with a text layer"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file; save it as .docx"),
    (b"application/epub+zip", "an e-book; save the text as .txt or .html"),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_MEMBER = b"word/document.xml"
_PACKAGE = (b"[Content_Types].xml", b"_rels/.rels")
_HTML = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|meta\s)", re.I | re.S
)
_JSON = re.compile(r'\s*(?:\[\s*)?\{\s*"[^"\n]*"\s*:')
_XML_WORD = re.compile(r"\s*<\?xml.*(?:<w:wordDocument|<\?mso-application)", re.I | re.S)
_MHTML = re.compile(r"(?:From: <Saved by|MIME-Version: 1\.0)", re.I)
_HEAD = 4096


def media_type(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The medium of `data` (one of MEDIA) and notices about it.

    `name` supplies the suffix; `declared`, when given, overrides it but not the first bytes.
    Raises SourceError for what planq does not read, naming what it does.
    """
    if declared is not None and declared not in MEDIA:
        raise SourceError(
            "{declared} is not a kind of file planq reads; {supported}",
            declared=shown(declared),
            supported=SUPPORTED,
        )
    stem, dot, ending = name.rpartition(".")
    suffix = (dot + ending).lower() if stem else ""
    wanted = declared or _SUFFIXES.get(suffix)
    found = _by_content(data, shown(name))
    if declared is None and found is None and (suffix in _DATA or _JSON.match(_head_text(data))):
        raise SourceError(
            "{name} is a table or records ({value}), not a plan's text: give the document "
            "itself, or save its text column as .txt",
            name=shown(name),
            value=suffix.lstrip(".") or "json",
        )
    if found is None:
        if wanted in ("docx", "pdf"):
            raise SourceError(
                "{name} is not a {wanted} file: it has no {wanted} signature, so it is damaged "
                "or of another kind; export it again",
                name=shown(name),
                wanted=wanted,
            )
        return wanted or "txt", ()
    if wanted is None or found == wanted or (found == "html" and declared in ("txt", "md")):
        return declared if found == "html" and declared else found, ()
    if declared is not None:
        raise SourceError(
            "{name} is a {found} file, not {declared}",
            name=shown(name),
            found=found,
            declared=declared,
        )
    return found, (f"named {shown(suffix)}, but its content is {found}: read as {found}",)


def _by_content(data: bytes, name: str) -> str | None:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceError("{name} is locked with a password; save it without one", name=name)
        raise SourceError(
            "{name} is an old Office document (.doc, .wps, .xls); save it as .docx", name=name
        )
    for magic, what in _REFUSED:
        if data.startswith(magic):
            raise SourceError(
                "{name} is {kind}; {supported}", name=name, kind=what, supported=SUPPORTED
            )
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise SourceError(
            "{name} is a picture; planq reads no text off pictures; {supported}",
            name=name,
            supported=SUPPORTED,
        )
    head = _head_text(data)
    if _XML_WORD.match(head):
        raise SourceError("{name} is a Word XML document; save it as .docx", name=name)
    if _MHTML.match(head):
        raise SourceError("{name} is a web archive (.mht); save the page as .html", name=name)
    return "html" if _HTML.match(head) else None


def _zipped(data: bytes, name: str) -> str:
    # Member names stand uncompressed in the local headers and in the directory at the end.
    if _WORD_MEMBER in data:
        return "docx"
    for member, what in _ZIPPED:
        if member in data:
            raise SourceError(
                "{name} is {kind}; {supported}", name=name, kind=what, supported=SUPPORTED
            )
    if name.lower().endswith(".docx"):
        if all(member in data for member in _PACKAGE):
            return "docx"  # its relations say which part is the document: word/document2.xml
        raise SourceError("{name} is damaged: no document in it; export it again", name=name)
    raise SourceError("{name} is a zip archive without a Word document; unpack it first", name=name)


def _head_text(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
