"""Hostile, broken and mistaken Word files: one sentence each, before anything is unpacked."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from planq.errors import MissingExtra, PlanqError
from planq.ingest import read_bytes, word_package

docx = pytest.importorskip("docx")

if TYPE_CHECKING:
    from collections.abc import Callable


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes, name: str = "plan.docx") -> str:
    with pytest.raises(PlanqError) as caught:
        read_bytes(data, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def sample() -> bytes:
    document = docx.Document()
    document.add_paragraph("规划。")
    return saved(document)


@pytest.mark.parametrize("keep", [30, 500, 5000, -30])
def test_a_cut_file_is_refused(keep: int) -> None:
    assert "damaged" in refusal(sample()[:keep])


def test_flipped_bytes_never_escape_as_a_traceback() -> None:
    data = sample()
    for at in range(0, len(data), 97):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        try:
            read_bytes(bytes(broken), "plan.docx")
        except PlanqError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    "content",
    [b"", b"<", b"<a/>", b"not xml", "<w:document/>".encode("utf-16"), b"<a>" * 100_000],
)
def test_nonsense_inside_is_refused(content: bytes) -> None:
    data = repacked(sample(), lambda n, old: content if n == "word/document.xml" else old)
    assert "damaged" in refusal(data)


def test_a_missing_part_is_refused() -> None:
    data = repacked(sample(), lambda n, old: None if n == "[Content_Types].xml" else old)
    assert "damaged" in refusal(data)


def test_an_entity_bomb_is_refused_before_parsing() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    for content in (bomb, bomb.decode().encode("utf-16-le")):
        data = repacked(sample(), lambda n, old, c=content: c if n == "word/styles.xml" else old)
        assert "entities" in refusal(data)


def test_a_zip_bomb_is_refused_by_its_declared_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MAX_XML_BYTES", 2**20)
    data = repacked(sample(), lambda n, old: b" " * 2**22 if n == "docProps/app.xml" else old)
    assert len(data) < 100_000
    assert "would unpack to" in refusal(data)


def test_a_directory_that_lies_about_sizes_gains_nothing() -> None:
    data = repacked(sample(), lambda n, old: b" " * 2**22 if n == "word/styles.xml" else old)
    true = (2**22).to_bytes(4, "little")
    assert true in data
    assert "damaged" in refusal(data.replace(true, (100).to_bytes(4, "little")))


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MAX_PARTS", 5)
    assert "parts" in refusal(sample())


def test_word_with_macros_or_in_strict_format_says_what_to_do() -> None:
    macros = repacked(
        sample(),
        lambda n, old: (
            old.replace(b"document.main+xml", b"document.macroEnabled.main+xml")
            if n == "[Content_Types].xml"
            else old
        ),
    )
    assert "save it as .docx" in refusal(macros)
    strict = repacked(
        sample(),
        lambda n, old: (
            old.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            if n == "_rels/.rels"
            else old
        ),
    )
    assert "strict" in refusal(strict)


def test_old_and_locked_office_files_say_what_to_do() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    assert "old Office document" in refusal(ole)
    assert "password" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))


def test_a_workbook_renamed_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("xl/workbook.xml", "<a/>")
    assert "Excel" in refusal(out.getvalue())


def test_without_python_docx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample()
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtra, match=r'pip install "planq-text\[docx\]"'):
        read_bytes(data, "plan.docx")
