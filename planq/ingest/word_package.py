"""A docx is a zip of XML from a stranger: checked for bombs before anything is unpacked.

Sizes are taken from the zip's directory first; unpacking then stops at the declared size, so that
a lying directory gains nothing. Office Open XML forbids document type declarations (ECMA-376 part
2, 8.1.4), which is where entity bombs and file-reading entities live, so a part with one is
refused outright.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from planq.errors import MissingExtra, SourceError

if TYPE_CHECKING:
    from docx.document import Document

MAX_PARTS = 5_000
"""Most members of the zip; Word writes some tens, and one a picture."""

MAX_UNPACKED_BYTES = 512 * 2**20
"""Most bytes unpacked in all, pictures included."""

MAX_XML_BYTES = 48 * 2**20
"""Most bytes of XML in all; the bundled plan's length would be about 1 MB."""

_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = "is damaged and cannot be unpacked; export it again"


def open_document(data: bytes, name: str) -> Document:
    """The Word document in `data`.

    Raises SourceError when it is broken, a bomb, locked, or of a kind Word's .docx is not, and
    MissingExtra without python-docx.
    """
    try:
        import docx
    except ModuleNotFoundError:
        raise MissingExtra("reading docx", "docx") from None
    check(data, name)
    try:
        return docx.Document(io.BytesIO(data))
    except ValueError:  # python-docx on another main part: a template, or one with macros
        raise SourceError(f"{name} is a Word template or has macros; save it as .docx") from None
    except Exception as error:
        # python-docx lets whatever a malformed part trips over escape: KeyError, XMLSyntaxError …
        if b"purl.oclc.org/ooxml" in _member(data, "_rels/.rels"):
            raise SourceError(
                f"{name} is in Word's strict format; save it as an ordinary .docx"
            ) from error
        raise SourceError(f"{name} {_BROKEN}") from error


def check(data: bytes, name: str) -> None:
    """Raise SourceError when the zip is broken, would unpack too large, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MAX_PARTS:
                raise SourceError(f"{name} has {len(members):,} parts; planq opens {MAX_PARTS:,}")
            total = sum(member.file_size for member in members)
            if total > MAX_UNPACKED_BYTES:
                raise SourceError(
                    f"{name} would unpack to {total / 2**20:,.0f} MB; planq opens "
                    f"{MAX_UNPACKED_BYTES // 2**20} MB"
                )
            xml = [one for one in members if one.filename.lower().endswith((".xml", ".rels"))]
            total = sum(member.file_size for member in xml)
            if total > MAX_XML_BYTES:
                raise SourceError(
                    f"{name} would unpack to {total / 2**20:,.0f} MB of text; planq opens "
                    f"{MAX_XML_BYTES // 2**20} MB"
                )
            for member in xml:
                if member.flag_bits & 1:
                    raise SourceError(f"{name} is locked with a password; save it without one")
                part = package.read(member)
                if any(mark in part for mark in _DOCTYPES):
                    raise SourceError(
                        f"{name} declares XML entities, which Word never does; not opened"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise SourceError(f"{name} {_BROKEN}") from error
    except (NotImplementedError, RuntimeError) as error:  # exotic compression, encryption
        raise SourceError(f"{name} is packed in a way planq cannot open; save it again") from error


def _member(data: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(path) if path in package.namelist() else b""
