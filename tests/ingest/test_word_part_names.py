"""A Word file is one by its relations, whatever its main part is called."""

from __future__ import annotations

import io
import zipfile

import pytest

from planq.errors import SourceError
from planq.ingest import read_bytes

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>一、目标</w:t></w:r></w:p></w:body></w:document>"
)


def word(part: str, before: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        types = f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/{part}" ContentType="{KIND}"/></Types>'
        related = f'<Relationship Id="r" Type="{OFFICE}" Target="{part}"/>'
        package.writestr("[Content_Types].xml", types)
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        )
        package.writestr(part, before + BODY)
    return data.getvalue()


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/document2.xml", "doc.xml", "word/主文档.bin", "main"]
)
def test_the_main_part_may_have_any_name(part: str) -> None:
    pytest.importorskip("lxml")
    assert read_bytes(word(part), "a.docx").text == "一、目标\n"


def test_entities_are_refused_whatever_the_part_is_called() -> None:
    pytest.importorskip("lxml")
    with pytest.raises(SourceError, match="entities"):
        read_bytes(word("word/x.bin", '<!DOCTYPE x [<!ENTITY a "b">]>'), "a.docx")
