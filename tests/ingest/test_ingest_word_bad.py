"""Hostile, broken and mistaken Word files: one sentence each, within bounds."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planq.errors import MissingExtra, PlanqError, SourceError
from planq.ingest import bounded, read_bytes
from planq.ingest.word import body as word_body
from planq.ingest.word import document as word
from planq.ingest.word import package as word_package
from planq.ingest.word.child import read_package

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
    for at in range(0, len(data), 197):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        try:
            read_package(bytes(broken), marks=False)
        except SourceError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    "content",
    [b"", b"<", b"<a/>", b"not xml", "<w:document/>".encode("utf-16")],
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


def refused_within(data: bytes) -> str:
    """As `refusal`, in this process: the limits that a test sets hold there."""
    with pytest.raises(SourceError) as caught:
        read_package(data, marks=False)
    return str(caught.value)


def aliased(data: bytes, main: str) -> bytes:
    """`data` with its main part called `main`, under its old type."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("_rels/.rels", "[Content_Types].xml"):
                content = content.replace(b"word/document.xml", main.encode())
            folder, _, base = main.rpartition("/")
            names = {
                "word/document.xml": main,
                "word/_rels/document.xml.rels": f"{folder}/_rels/{base}.rels".lstrip("/"),
            }
            new.writestr(names.get(name, name), content)
    return out.getvalue()


MAINS = ["word/document.xmlx", "word/document.bin", "word/picture.png", "word/DOCUMENT"]


@pytest.mark.parametrize("main", MAINS)
def test_limits_hold_whatever_a_part_is_called(main: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = aliased(sample(), main)
    assert read_package(data, marks=False)["text"] == "规划。\n"
    bomb = repacked(data, lambda n, old: b"<a>" + b" " * 2**22 + b"</a>" if n == main else old)
    monkeypatch.setattr(word_package, "MAX_XML_BYTES", 2**20)
    assert len(bomb) < 100_000
    assert "unpacks to more than" in refused_within(bomb)
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for content in (evil, evil.decode().encode("utf-16"), evil.decode().encode("utf-16-be")):
        assert "entities" in refused_within(
            repacked(data, lambda n, old, c=content: c if n == main else old)
        )


def test_a_document_type_in_an_encoding_that_hides_it_is_refused() -> None:
    evil = '<?xml version="1.0" encoding="{}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    for code in ("utf-7", "utf-32-le", "utf-32-be", "cp037"):
        content = evil.format(code).encode(code)
        data = repacked(sample(), lambda n, old, c=content: c if n == "word/document.xml" else old)
        assert refused_within(data)  # libxml2 reads some of these and not others


def test_parts_that_are_one_part_are_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    relation = (
        '<Relationship Id="x{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/{}" Target="{}"/>'
    )
    many = "".join(
        relation.format(i, ("header", "footer", "styles")[i % 3], f"{'./' * (i % 5)}document.xml")
        for i in range(3000)
    )
    data = repacked(
        sample(),
        lambda n, old: (
            old.replace(b"</Relationships>", many.encode() + b"</Relationships>")
            if n == "word/_rels/document.xml.rels"
            else old
        ),
    )
    monkeypatch.setattr(word_package, "MAX_XML_BYTES", 2**21)
    assert read_package(data, marks=False)["text"] == "规划。\n"


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(sample())
    with (
        zipfile.ZipFile(out, "a", 8) as package,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        package.writestr("word/document.xml", "<a/>")
    assert "two parts of one name" in refusal(out.getvalue())


def test_a_directory_that_lies_about_sizes_gains_nothing() -> None:
    data = repacked(sample(), lambda n, old: b" " * 2**22 if n == "word/styles.xml" else old)
    true = (2**22).to_bytes(4, "little")
    assert true in data
    assert "damaged" in refusal(data.replace(true, (100).to_bytes(4, "little")))


def test_what_never_is_parsed_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = repacked(
        sample(), lambda n, old: b"\0" * 2**24 if n == "docProps/thumbnail.jpeg" else old
    )
    monkeypatch.setattr(word_package, "MAX_XML_BYTES", 2**20)
    assert read_package(data, marks=False)["text"] == "规划。\n"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_word_never_uses_is_refused(packing: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample())) as old, zipfile.ZipFile(out, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "packed in a way" in refusal(out.getvalue())


def test_a_locked_part_is_named() -> None:
    data = bytearray(sample())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    assert "password" in refusal(bytes(data))


def with_body(inside: str) -> bytes:
    main = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{inside}</w:body></w:document>"
    )
    return repacked(sample(), lambda n, old: main.encode() if n == "word/document.xml" else old)


WORDS = "<w:p><w:r><w:t>规划。</w:t></w:r></w:p>"


def test_too_many_tags_are_refused_and_many_empty_paragraphs_are_nothing() -> None:
    assert "tags" in refused_within(with_body("<w:p/>" * 2_000_001))
    assert read_package(with_body("<w:p/>" * 20_000 + WORDS), marks=False)["text"] == "规划。\n"


def test_tables_in_tables_are_read_or_refused() -> None:
    def nested(depth: int) -> bytes:
        return with_body("<w:tbl><w:tr><w:tc>" * depth + WORDS + "</w:tc></w:tr></w:tbl>" * depth)

    assert read_package(nested(50), marks=False)["text"] == "规划。\n"
    assert "nested deeper" in refused_within(nested(500))


def test_notes_that_point_at_notes_and_styles_in_a_ring_end() -> None:
    ring = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    data = with_body(WORDS.replace("<w:r>", '<w:pPr><w:pStyle w:val="a"/></w:pPr><w:r>'))
    data = repacked(data, lambda n, old: ring.encode() if n == "word/styles.xml" else old)
    assert read_package(data, marks=False)["text"] == "规划。\n"


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MAX_PARTS", 5)
    assert "parts" in refused_within(sample())


def test_time_and_memory_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    large = with_body(WORDS * 100_000)
    monkeypatch.setattr(word, "MAX_MEMORY_BYTES", 48 * 2**20)
    assert "memory" in refusal(large) or "damaged" in refusal(large)
    monkeypatch.undo()
    monkeypatch.setattr(word, "MAX_SECONDS", 0)
    assert "took longer than 0 seconds" in refusal(large)


def test_a_child_that_cannot_be_started_or_fails_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        bounded.ask("planq.no_such_module", b"", "plan.docx", bounded.Bounds(9, 2**30))
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert "needs a process" in refusal(sample())


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


def test_without_lxml_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample()
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtra, match=r'pip install "planq-text\[docx\]"'):
        read_bytes(data, "plan.docx")


def test_a_child_that_takes_long_to_end_has_still_answered(tmp_path: Path) -> None:
    """Its alarm, which watches for a lost parent, must not go off while Python shuts down."""
    (tmp_path / "slow.py").write_text(
        "import atexit, time\n"
        "from planq.ingest.bounded import answer\n"
        "class Slow:\n"
        "    def __del__(self): time.sleep(1)\n"
        "slow = Slow()\n"
        "atexit.register(time.sleep, 1)\n"
        "answer(lambda data, arguments: {'text': data.decode()})\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "slow", "10", str(2**30)],
        input=b"whole", capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, b'{"text": "whole"}')


def filled(body: bytes) -> bytes:
    """A docx whose main part holds `body` before its one paragraph."""
    return repacked(
        sample(),
        lambda n, old: (
            old.replace(b"<w:body>", b"<w:body>" + body) if n == "word/document.xml" else old
        ),
    )


@pytest.mark.parametrize("empty", [b"<w:p/>", b"<w:p></w:p>", b'<w:p w:rsidR="00AB12CD"/>'])
def test_empty_paragraphs_by_the_hundred_thousand_say_nothing(
    empty: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = filled(empty * 300_000)
    read: list[Any] = []
    reader = word_body.Body._paragraph

    def counted(body: word_body.Body, paragraph: Any) -> None:
        read.append(paragraph)
        reader(body, paragraph)

    monkeypatch.setattr(word_body.Body, "_paragraph", counted)
    assert read_package(data, marks=False)["text"] == "规划。\n"
    assert len(read) == 1


def test_an_empty_paragraph_ends_one_whose_own_end_is_deleted() -> None:
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p/>"
    assert read_package(filled(joined.encode()), marks=False)["text"] == "甲\n规划。\n"


def test_a_run_too_long_for_the_parser_is_said_to_be_that() -> None:
    words = "<w:p><w:r><w:t>" + "增" * 3_500_000 + "</w:t></w:r></w:p>"
    assert refusal(filled(words.encode())) == (
        "plan.docx holds a piece of text over 10 MB without a break; split it into paragraphs"
    )
