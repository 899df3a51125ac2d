"""Plain text: encodings, line ends, and every file that is not text is refused in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planq.errors import PlanqError
from planq.ingest import read, read_bytes, source

PLAN = "第一章 总体要求\n坚持创新驱动，到2025年达到3万亿元。\n"


def refusal(data: bytes, name: str = "plan.txt") -> str:
    with pytest.raises(PlanqError) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert "\n" not in message
    assert message.isprintable()
    assert caught.value.exit_code == 2
    return message


def test_utf8_is_read_as_it_stands() -> None:
    reading = read_bytes(PLAN.encode(), "plan.txt")
    assert (reading.text, reading.media, reading.encoding) == (PLAN, "txt", "utf-8")
    assert reading.notices == ()
    assert reading.left_out == ()


def test_a_byte_order_mark_is_no_text() -> None:
    assert read_bytes(PLAN.encode("utf-8-sig"), "plan.txt").text == PLAN


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_and_utf32_are_read_and_said(encoding: str) -> None:
    reading = read_bytes(PLAN.encode(encoding), "plan.txt")
    assert reading.text == PLAN
    assert "UTF-" in reading.notices[0]


def test_gb18030_is_read_and_said() -> None:
    reading = read_bytes(PLAN.encode("gb18030"), "plan.txt")
    assert reading.text == PLAN
    assert reading.notices == ("read as GB18030",)


def test_a_long_gb18030_text_may_be_cut_anywhere_by_the_sample() -> None:
    text = "甲" + PLAN * 5000
    assert read_bytes(text.encode("gb18030"), "plan.txt").text == text


def test_a_wrong_encoding_is_refused_not_guessed() -> None:
    for text, encoding in (
        ("안녕하세요 대한민국 정부의 경제 개발 계획은 다음과 같다. " * 20, "euc-kr"),
        ("日本の経済計画は次のとおりである。これはテストです。" * 20, "shift-jis"),
    ):
        assert "--encoding" in refusal(text.encode(encoding))
    assert "convert it to UTF-8" in refusal("café crème brûlée à la carte".encode("latin-1"))


TRADITIONAL = (
    "第一章 總則\n\n國家發展規劃綱要，經濟與社會的進步；推動長江經濟帶高品質發展，加快轉變「增長方式」。\n"
    "實施創新驅動戰略，鞏固脫貧成果，建設美麗鄉村，提升治理體系和治理能力現代化水準。\n"
)


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("times", [1, 200])
def test_traditional_text_is_read_in_every_encoding(encoding: str, times: int) -> None:
    data = (TRADITIONAL * times).encode(encoding)
    assert read_bytes(data, "a.txt").text == TRADITIONAL * times
    page = f"<html><head><meta charset=gb2312></head><body><p>{TRADITIONAL}</p></body></html>"
    assert "長江經濟帶" in read_bytes(page.encode(encoding), "a.html").text


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16-be"])
def test_simplified_text_is_never_taken_for_big5(encoding: str) -> None:
    for text in (PLAN, "发展", "第三章 推进乡村全面振兴\n"):
        if text == "发展" and encoding.startswith("utf"):
            continue  # two characters say too little
        assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_a_person_may_say_the_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TRADITIONAL.encode("big5"))
    assert read(file, encoding="Big5").text == TRADITIONAL
    for said, why in (("gbk", "makes no sense as gbk"), ("klingon", "no encoding 'klingon'"),
                      ("zip", "no encoding"), ("utf-8", "is not utf-8: byte")):  # fmt: skip
        with pytest.raises(PlanqError, match=why):
            read(file, encoding=said)


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.json", "a.jsonl", "a.txt"])
def test_records_are_not_taken_for_text(name: str) -> None:
    data = b'{"id": "1", "text": "\xe8\xa7\x84"}\n' if name[-1] != "v" else b"id,text\n1,2\n"
    with pytest.raises(PlanqError, match="not a plan's text"):
        read_bytes(data, name)


def test_damage_in_an_encoding_is_located() -> None:
    assert "line 3" in refusal(PLAN.encode() + b"\xff\xff")
    message = refusal(PLAN.encode("gb18030") * 4000 + b"\x81")
    assert "GB18030" in message
    assert "line 8001" in message


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_become_newlines(end: str) -> None:
    assert read_bytes(PLAN.replace("\n", end).encode(), "a.txt").text == PLAN


def test_control_and_bidi_characters_stay_for_the_renderer_to_escape() -> None:
    text = PLAN + "红\x1b[31m色\u202e反\u2066\n"
    assert read_bytes(text.encode(), "a.txt").text == text


def test_a_form_feed_gets_a_line_of_its_own() -> None:
    assert read_bytes("一\n\f二\n三\f四\n".encode(), "a.txt").text == "一\n\f\n二\n三\n\f\n四\n"


def test_text_is_read_whatever_its_suffix() -> None:
    assert read_bytes(b"print('hello')\n", "plan.py").media == "txt"


@pytest.mark.parametrize("data", [b"\0" * 100, bytes(range(256)) * 50, os.urandom(5000)])
def test_binary_is_refused(data: bytes) -> None:
    message = refusal(data)
    assert "binary" in message or "neither" in message


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\r\n\t", "\u3000\n".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    message = refusal(data)
    assert "empty" in message or "no text" in message


@pytest.mark.parametrize(
    ("magic", "word"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x1f\x8b\x08\x00", "unpack"),
        (b"SQLite format 3\0", "database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        (b"MIME-Version: 1.0\r\n", ".mht"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "Word XML"),
        (b"PK\x03\x04" + b"\0" * 40, "zip"),
        (b"PK\x03\x04" + b"\0" * 40 + b"xl/workbook.xml", "Excel"),
        (b"PK\x03\x04" + b"\0" * 40 + b"OFD.xml", "OFD"),
    ],
)
def test_other_formats_are_named_with_a_way_out(magic: bytes, word: str) -> None:
    assert word in refusal(magic, "plan.txt")


def test_a_text_that_calls_itself_docx_or_pdf_is_refused() -> None:
    assert "not a pdf file" in refusal(PLAN.encode(), "plan.pdf")
    assert "not a docx file" in refusal(PLAN.encode(), "plan.docx")


def test_content_beats_the_suffix_and_that_is_said() -> None:
    page = f"<html><body><p>{PLAN}</p></body></html>".encode()
    reading = read_bytes(page, "plan.txt")
    assert reading.media == "html"
    assert "named .txt, but its content is html" in reading.notices[0]


def test_a_file_name_cannot_write_to_the_terminal() -> None:
    message = refusal(b"", "a\x1b[2J\n\u202eb" + "长" * 10_000)
    assert "\\u001b" in message
    assert len(message) < 400


def test_a_declared_medium_overrides_the_suffix_but_not_the_content(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("# 总则\n\n甲\n", encoding="utf-8")
    assert read(path, media="md").text == "# 总则\n甲\n"
    with pytest.raises(PlanqError, match="not a pdf file"):
        read(path, media="pdf")
    with pytest.raises(PlanqError, match="planq reads txt, md, html, docx"):
        read(path, media="odt")


def test_what_is_not_a_readable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanqError, match="no such file"):
        read(tmp_path / "missing.txt")
    with pytest.raises(PlanqError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(PlanqError, match="not a possible file name"):
        read(Path("a\0b"))
    with pytest.raises(PlanqError):
        read(Path("长" * 5000))
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(PlanqError):
        read(loop)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_device_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(PlanqError, match="device or pipe"):
        read(pipe)
    with pytest.raises(PlanqError, match="device or pipe"):
        read(Path("/dev/zero"))


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="nothing is denied to root")
def test_permission_denied_is_said(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text(PLAN)
    path.chmod(0)
    with pytest.raises(PlanqError, match="permission denied"):
        read(path)


def test_a_denied_open_is_said_for_root_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(source.os, "open", deny)
    with pytest.raises(PlanqError, match="permission denied"):
        read(tmp_path / "locked.txt")


def test_size_is_bounded_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write("规划".encode())
        file.truncate(300 * 2**20)  # sparse
    with pytest.raises(PlanqError, match="larger than 64 MB"):
        read(path)


def test_fifty_megabytes_in_one_line_are_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes("规".encode() * (50 * 2**20 // 3))
    assert len(read(path).text) == 50 * 2**20 // 3
