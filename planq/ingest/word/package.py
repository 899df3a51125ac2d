"""A docx is a zip of XML from a stranger: the parts that are read, and no more than the limits.

A part is inflated when it is asked for, once, in pieces that are counted as they come out; the sizes
in the zip's directory are promises and are not believed. What a part is called says nothing either:
all that is inflated is meant to be parsed, and counts. Office Open XML forbids document type
declarations (ECMA-376 part 2, 8.1.4), which is where entity bombs and file-reading entities live,
so a part with one is refused outright.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from planq.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PARTS = 5_000
"""Most members of the zip; Word writes some tens, and one a picture."""

MAX_XML_BYTES = 48 * 2**20
"""Most bytes of XML inflated in all; the bundled plan's length would be about 1 MB."""

MAX_TAGS = 2_000_000
"""Most tags in all, opening and closing; a report of 23,420 characters from Word has 7,830."""

_PIECE = 64 * 2**10
_LOCKED = 1  # bit of a member's flags
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_DAMAGED = "is damaged and cannot be unpacked; export it again"
_ENTITIES = "declares XML entities, which Word never does; not opened"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_STRICT = "http://purl.oclc.org/ooxml/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class Package:
    """The parts of the docx `data`. Every method raises SourceError, whose words go behind the
    file's name, when a part is missing, broken, locked, too large, or what Word never writes."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError(_DAMAGED) from error
        if len(members) > MAX_PARTS:
            raise SourceError(
                "has {members:,} parts; planq opens {max_parts:,}",
                members=len(members),
                max_parts=MAX_PARTS,
            )
        self._members = {member.filename.lower(): member for member in members}
        if len(self._members) < len(members):
            raise SourceError("holds two parts of one name, which Word never writes; not opened")
        self._parsed: dict[str, _Element] = {}
        self._bytes = self._tags = 0
        self._main = self._main_part()

    @property
    def document(self) -> _Element:
        """The main part, `w:document`."""
        return self._part(self._main)

    def parts(self, kind: str) -> list[_Element]:
        """The parts that the main part names by a relationship of `kind`, each once."""
        targets = self._related(self._main, _OFFICE + kind)
        return [self._part(target) for target in dict.fromkeys(targets)]

    def title(self) -> str | None:
        """The title in the core properties."""
        for target in self._related("", _CORE)[:1]:
            if target.lower() in self._members:
                found = self._part(target).find(_TITLE)
                return None if found is None or not found.text else found.text.strip() or None
        return None

    def _main_part(self) -> str:
        targets = self._related("", _OFFICE + "officeDocument")
        if not targets:
            if any(_STRICT in kind for kind, _ in self._relations("")):
                raise SourceError("is in Word's strict format; save it as an ordinary .docx")
            raise SourceError(_DAMAGED)
        kind = self._content_type(targets[0])
        if kind != _MAIN:
            template = "word" in kind or "template" in kind
            raise SourceError(
                "is a Word template or has macros; save it as .docx" if template else _DAMAGED
            )
        return targets[0]

    def _content_type(self, part: str) -> str:
        default = ""
        for one in self._part("[Content_Types].xml"):
            if one.get("PartName", "").lower() == "/" + part.lower():
                return str(one.get("ContentType", ""))
            if one.get("Extension", "\0").lower() == part.rpartition(".")[2].lower():
                default = one.get("ContentType", "")
        return default

    def _related(self, source: str, kind: str) -> list[str]:
        return [target for of_kind, target in self._relations(source) if of_kind == kind]

    def _relations(self, source: str) -> list[tuple[str, str]]:
        """(kind, name of the part) of what the part `source` relates to inside the file."""
        folder, _, base = source.rpartition("/")
        listed = f"{folder}/_rels/{base}.rels".lstrip("/")
        if listed.lower() not in self._members:
            return []
        return [
            (one.get("Type", ""), _joined(folder, one.get("Target", "")))
            for one in self._part(listed)
            if isinstance(one.tag, str) and one.get("TargetMode") != "External"
        ]

    def _part(self, name: str) -> _Element:
        key = name.lower()
        if key not in self._parsed:
            if key not in self._members:
                raise SourceError(_DAMAGED)
            self._parsed[key] = self._tree(self._inflated(self._members[key]))
        return self._parsed[key]

    def _inflated(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & _LOCKED:
            raise SourceError("is locked with a password; save it without one")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceError("is packed in a way planq cannot open; save it again")
        pieces: list[bytes] = []
        try:
            with self._zip.open(member) as part:
                while piece := part.read(_PIECE):
                    self._bytes += len(piece)
                    if self._bytes > MAX_XML_BYTES:
                        raise SourceError(
                            "unpacks to more than {max_xml_bytes} MB of text, the most planq opens; split "
                            "it",
                            max_xml_bytes=MAX_XML_BYTES // 2**20,
                        )
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise SourceError(_DAMAGED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise SourceError("is packed in a way planq cannot open; save it again") from error
        return b"".join(pieces)

    def _tree(self, source: bytes) -> _Element:
        from lxml import etree

        if any(mark in source for mark in _DOCTYPES):
            raise SourceError(_ENTITIES)
        self._tags += source.count(b"<")
        if self._tags > MAX_TAGS:
            raise SourceError(
                "holds more than {max_tags:,} tags, the most planq opens; split it",
                max_tags=MAX_TAGS,
            )
        # Layout between tags is no text; entities could only come from a document type.
        parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
        try:
            tree = etree.fromstring(source, parser)
        except etree.XMLSyntaxError as error:
            if re.search("memory|allocation", str(error), re.I):
                raise MemoryError from error
            if re.search("depth", str(error), re.I):
                raise SourceError("is nested deeper than Word writes; not opened") from error
            if re.search("too long|size limit", str(error), re.I):
                raise SourceError(
                    "holds a piece of text over 10 MB without a break; split it into paragraphs"
                ) from error
            raise SourceError(_DAMAGED) from error
        if tree.getroottree().docinfo.doctype:  # in an encoding that hid it
            raise SourceError(_ENTITIES)
        return tree


def _joined(folder: str, target: str) -> str:
    path = unquote(target)
    return posixpath.normpath(posixpath.join("/" + folder, path)).lstrip("/")
