"""What people and attackers give to `planq add`: one line each, and a library that is as it was."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def package(**parts: bytes) -> bytes:
    """A zip file; `__` in a name stands for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", _TYPES)
        for name, data in parts.items():
            made.writestr(f"{name.replace('__', '/')}.xml", data)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO(package())
    deflated = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "a", deflated) as made, made.open("word/document.xml", "w") as part:
        for _ in range(49):  # the most is 48 MB
            part.write(bytes(2**20))
    return out.getvalue()


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "哈哈哈">{levels}]>'
    return package(word__document=f"{head}<x>&e9;</x>".encode())


def locked_pdf() -> bytes:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf() -> bytes:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def spreadsheet() -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("broken.docx", lambda: package(word__document=b"<w>")[:300]),
        ("no-word.docx", lambda: package(other=b"<x/>")),
        ("bomb.docx", zip_bomb),
        ("entities.docx", entity_bomb),
        ("locked.pdf", locked_pdf),
        ("scanned.pdf", scanned_pdf),
        ("cut.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<"),
        ("sheet.xlsx", spreadsheet),
        ("empty.txt", lambda: b""),
        ("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("noise.txt", lambda: os.urandom(4096)),
    ],
)
def test_a_bad_file_is_refused_in_one_line(
    run: Any, tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    (tmp_path / name).write_bytes(make())
    done = run("add", name)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b""), said
    assert said.count("\n") == 1 and "Traceback" not in said, said
    assert run("list").stdout.count(b"\n") == 1
    assert not [path for path in (tmp_path / "home").rglob("*") if path.suffix in (".docx", ".pdf")]


def test_scripts_of_a_page_are_not_its_text(run: Any, tmp_path: Path) -> None:
    body = "".join(f"<p>第{n}项工作：坚持创新驱动，推动高质量发展。</p>" for n in range(20))
    page = f"<html><body><h1>规划</h1><script>steal()</script>{body}</body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert run("add", "page.html").returncode == 0
    assert run("search", "steal", "--plan", "page").returncode == 1
    assert "steal()" in run("check", "page", "--left-out").stdout.decode()


@pytest.mark.parametrize("link", ["loop", "dangling"])
def test_links_that_lead_nowhere_are_refused(run: Any, tmp_path: Path, link: str) -> None:
    path = tmp_path / f"{link}.txt"
    path.symlink_to(path if link == "loop" else tmp_path / "gone.txt")
    done = run("add", path.name)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


def test_a_pipe_is_not_waited_for(run: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    done = run("add", "pipe.txt")
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


def test_a_name_with_control_characters_stays_on_one_line(
    run: Any, tmp_path: Path, small: Any
) -> None:
    path = small("a").rename(tmp_path / "a\n\x1b[31mb.txt")
    done = run("add", str(path))
    assert done.returncode == 0, done.stderr.decode()
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"\x1b" not in run("info", "a-31mb").stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_any_locale_will_do(run: Any, small: Any, locale: str) -> None:
    done = run("add", str(small("a")), LANG=locale, LC_ALL=locale)
    assert "市发展规划" in done.stdout.decode()
    assert "市发展规划" in run("list", LANG=locale, LC_ALL=locale).stdout.decode()
