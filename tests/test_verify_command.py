"""`planq verify` and `planq quote` as people use them: files of every kind, outputs, exit codes."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

GOOD = "第一章说“人均地区生产总值突破 1 万美元”。\n"
FOLDED = "文中说“人均地区生产总值突破1万美元”。\n"
BAD = "文中说“人均地区生产总值突破 2 万美元”。\n"
KEYS = ["quote", "status", "line", "start", "end", "id", "page", "page_exact", "text", "diff",
        "claimed", "parts", "source"]  # fmt: skip


def write(folder: Path, text: str, name: str = "draft.md", encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [(GOOD, 0), (FOLDED, 0), (BAD, 1), (GOOD.replace("第一", "第二"), 1), ("没有引文。\n", 0),
     ("“床前明月光疑是地上霜”\n", 1), ("第九十九章说得好。\n", 1)],
)  # fmt: skip
def test_the_exit_code_says_whether_there_are_problems(
    text: str, code: int, run: Run, tmp_path: Path
) -> None:
    assert run("verify", write(tmp_path, text)).returncode == code


def test_json_is_one_object_a_quotation_in_order(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, GOOD + "\n" + BAD), "-f", "json")
    records = json.loads(done.stdout)
    assert [list(record) for record in records] == [KEYS, KEYS]
    assert [record["status"] for record in records] == ["exact", "near"]
    assert (records[0]["line"], records[1]["line"]) == (1, 3)
    assert (records[0]["claimed"], records[0]["page"], records[0]["id"]) == ("1", [2, 2], "1.1:2")
    at = (GOOD + "\n" + BAD).index("2")
    changed = {"quote": "2", "text": "1", "start": at, "end": at + 1, "kind": "number"}
    assert records[1]["diff"] == [changed]
    assert done.returncode == 1


def test_jsonl_and_csv_have_a_line_a_quotation(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path, GOOD + "\n" + BAD)
    assert len(run("verify", draft, "-f", "jsonl").stdout.splitlines()) == 2
    assert len(run("verify", draft, "-f", "csv").stdout.splitlines()) == 3


def test_several_drafts_are_told_apart(run: Run, tmp_path: Path) -> None:
    drafts = [write(tmp_path, GOOD, "a.md"), write(tmp_path, BAD, "b.txt")]
    done = run("verify", *drafts, "-f", "json")
    assert [record["file"] for record in json.loads(done.stdout)] == ["a.md", "b.txt"]
    assert done.returncode == 1


def test_the_report_shows_line_verdict_difference_and_citation(run: Run, tmp_path: Path) -> None:
    text = run("verify", write(tmp_path, "\n" + BAD)).stdout.decode()
    assert "draft.md:2: near  1.1:2  p. 2  differs in number" in text
    assert "[-2-]{+1+}" in text
    assert "第一章第一节第2段，第2页" in text


def test_stdin_is_a_draft(run: Run) -> None:
    done = run("verify", "-", stdin=BAD.encode())
    assert done.returncode == 1
    assert b"stdin:1: near" in done.stdout


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_drafts_in_other_encodings(encoding: str, run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, GOOD, "draft.txt", encoding))
    assert done.returncode == 0
    assert b"exact" in done.stdout


def test_no_quotations_are_said(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, "没有引文。\n"))
    assert (done.returncode, done.stdout) == (0, b"")
    assert "no quotations" in done.stderr.decode()


def test_unbalanced_marks_are_said_with_their_line(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, "一。\n\n说“改革开放持续深化\n"))
    assert "draft.md:3: a quotation mark without a partner" in done.stderr.decode()
    assert b"exact" in done.stdout


def test_an_unknown_address_is_said_with_its_line(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, "一。\n第十九章提出了目标。\n"))
    assert "draft.md:2: the plan has no 第十九章; nearest: 17" in done.stderr.decode()
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.md", b"", "is empty"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office document"),
        ("binary.md", bytes(range(256)) * 20, "binary"),
        ("not.docx", b"PK\x03\x04 nothing", "damaged"),
    ],
)
def test_bad_files_are_one_line(
    name: str, content: bytes, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("verify", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_folder_and_a_missing_file_are_one_line(run: Run) -> None:
    for name in (".", "nowhere.md"):
        done = run("verify", name)
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1


def test_a_zip_bomb_is_refused_by_size(run: Run, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    sound = io.BytesIO()
    docx.Document().save(sound)
    packed = io.BytesIO()
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            big = name == "word/document.xml"
            new.writestr(name, b"0" * (60 * 2**20) if big else old.read(name))
    (tmp_path / "bomb.docx").write_bytes(packed.getvalue())
    done = run("verify", "bomb.docx")
    assert done.returncode == 2
    assert "unpacks to more than 48 MB" in done.stderr.decode()


def test_a_word_document_with_changes_and_notes(run: Run, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import OxmlElement

    document = docx.Document()
    paragraph = document.add_paragraph("文中说“人均地区生产总值突破 ")
    for tag, text_tag, words in (
        ("w:del", "w:delText", "2 万美元”"),
        ("w:ins", "w:t", "1 万美元”"),
    ):
        change, run_, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        run_.append(text)
        change.append(run_)
        paragraph._p.append(change)
    document.save(tmp_path / "draft.docx")
    done = run("verify", "draft.docx")
    said = done.stderr.decode()
    assert done.returncode == 0
    assert "all changes accepted" in said
    assert "tracked insertions read as text" in said
    refused = run("verify", "draft.docx", "--fix")
    assert refused.returncode == 2
    assert "without loss" in refused.stderr.decode()


def test_a_word_documents_footnote_says_where_its_quotation_stands(
    run: Run, tmp_path: Path
) -> None:
    docx = pytest.importorskip("docx")
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    paragraph = document.add_paragraph("文中说“人均地区生产总值突破 1 万美元”")
    mark, note = OxmlElement("w:r"), OxmlElement("w:footnoteReference")
    note.set(qn("w:id"), "1")
    mark.append(note)
    paragraph._p.append(mark)
    paragraph.add_run("。")
    name = qn("w:t").partition("}")[0][1:]
    notes = (
        f'<w:footnotes xmlns:w="{name}"><w:footnote w:id="1"><w:p><w:r><w:t>《纲要》第二章。</w:t>'
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), package)
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )
    document.save(tmp_path / "draft.docx")
    done = run("verify", "draft.docx", "-f", "json")
    (record,) = json.loads(done.stdout)
    assert (record["status"], record["claimed"]) == ("misattributed", "2")
    assert "1 footnotes and endnotes read at the end" in done.stderr.decode()


def test_a_read_only_draft_is_not_changed_in_place(run: Run, tmp_path: Path) -> None:
    draft = Path(write(tmp_path, FOLDED))
    draft.chmod(0o444)
    done = run("verify", "draft.md", "--fix", "--in-place")
    assert done.returncode == 2
    assert "is read-only" in done.stderr.decode()
    assert draft.read_text("utf-8") == FOLDED


def test_fix_writes_a_copy_and_leaves_the_draft(run: Run, tmp_path: Path) -> None:
    write(tmp_path, FOLDED + BAD)
    done = run("verify", "draft.md", "--fix")
    assert (tmp_path / "draft.md").read_text("utf-8") == FOLDED + BAD
    assert (tmp_path / "draft.fixed.md").read_text("utf-8") == GOOD.replace("第一章", "文中") + BAD
    assert done.returncode == 1
    assert "1 quotation corrected; written to draft.fixed.md" in done.stderr.decode()


def test_fix_near_and_the_order_of_arguments(run: Run, tmp_path: Path) -> None:
    for arguments in (("draft.md", "--fix", "near"), ("--fix=near", "draft.md")):
        write(tmp_path, FOLDED + BAD)
        (tmp_path / "draft.fixed.md").unlink(missing_ok=True)
        done = run("verify", *arguments)
        assert done.returncode == 0
        assert (tmp_path / "draft.fixed.md").read_text("utf-8").count("突破 1 万") == 2
    write(tmp_path, FOLDED)
    (tmp_path / "draft.fixed.md").unlink()
    assert run("verify", "--fix", "draft.md").returncode == 0


def test_fix_replaces_no_copy_that_may_have_been_worked_on(run: Run, tmp_path: Path) -> None:
    drafts = [write(tmp_path, FOLDED, "a.md"), write(tmp_path, FOLDED, "b.md")]
    mine = Path(write(tmp_path, "我的修改", "b.fixed.md"))
    done = run("verify", *drafts, "--fix")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "b.fixed.md exists already: move it, or name another" in done.stderr.decode()
    assert mine.read_text("utf-8") == "我的修改"
    assert not (tmp_path / "a.fixed.md").exists()
    write(tmp_path, GOOD, "b.md")  # nothing to correct, so nothing stands in the way
    assert run("verify", *drafts, "--fix").returncode == 0


@pytest.mark.parametrize("name", ["made.json", "made.csv", "made.yml", "made.xlsx"])
def test_a_corrected_copy_is_not_lost_for_a_report_by_its_name(
    name: str, run: Run, tmp_path: Path
) -> None:
    write(tmp_path, FOLDED)
    done = run("verify", "draft.md", "--fix", "-o", name)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert not (tmp_path / name).exists()


def test_fix_with_a_format_named_writes_the_copy_and_the_report(run: Run, tmp_path: Path) -> None:
    write(tmp_path, FOLDED)
    assert run("verify", "draft.md", "--fix", "-f", "json", "-o", "made.json").returncode == 0
    assert json.loads((tmp_path / "made.json").read_text("utf-8"))[0]["status"] == "folded"
    assert "突破 1 万" in (tmp_path / "draft.fixed.md").read_text("utf-8")


def test_fix_in_place_keeps_a_backup_and_never_an_older_one_less(run: Run, tmp_path: Path) -> None:
    write(tmp_path, FOLDED)
    assert run("verify", "draft.md", "--fix", "--in-place").returncode == 0
    assert (tmp_path / "draft.md.bak").read_text("utf-8") == FOLDED
    assert "突破 1 万" in (tmp_path / "draft.md").read_text("utf-8")
    write(tmp_path, BAD)
    run("verify", "draft.md", "--fix", "near", "--in-place")
    assert (tmp_path / "draft.md.bak").read_text("utf-8") == FOLDED
    assert (tmp_path / "draft.md.bak2").read_text("utf-8") == BAD


def test_fix_into_a_named_file_and_into_a_pipe(run: Run, tmp_path: Path) -> None:
    write(tmp_path, FOLDED)
    run("verify", "draft.md", "--fix", "-o", "made.md")
    assert "突破 1 万" in (tmp_path / "made.md").read_text("utf-8")
    assert "突破 1 万" in run("verify", "-", "--fix", stdin=FOLDED.encode()).stdout.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("draft.md", "--in-place"),
        ("-", "-"),
        ("draft.md", "--fix", "--in-place", "-o", "x.md"),
        ("-", "--fix", "--in-place"),
        ("draft.md", "--min-length", "0"),
        ("draft.md", "-f", "md"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    write(tmp_path, GOOD)
    done = run("verify", *arguments, stdin=GOOD.encode())
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_control_characters_of_a_draft_are_verbatim_in_a_pipe_only(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, "“改革\x1b[31m开放持续深化”\n"))
    assert b"\x1b[31m" in done.stdout and b"\x1b" not in done.stderr


def test_a_hostile_draft_is_read_through(run: Run, tmp_path: Path) -> None:
    for text in ("“" * 100_000, "“「" * 30_000 + "”」" * 30_000, "“" + "加快…" * 30_000):
        done = run("verify", write(tmp_path, text))
        assert done.returncode in (0, 1)
        assert b"Traceback" not in done.stderr


def test_quote_finds_the_passage_folded_then_near(run: Run) -> None:
    folded = json.loads(run("quote", "人均地区生产总值突破1万美元", "-f", "json").stdout)
    assert [(q["status"], q["id"], q["text"]) for q in folded] == [
        ("folded", "1.1:2", "人均地区生产总值突破 1 万美元")
    ]
    near = json.loads(run("quote", "人均地区生产总值超过1万亿美元", "-f", "json").stdout)
    assert [(q["status"], q["text"]) for q in near] == [("near", "人均地区生产总值突破 1 万美元")]
    assert near[0]["pinpoint"] == "第一章第一节第2段，第2页"


def test_quote_gives_both_marks_and_shows_each_place_by_itself(run: Run) -> None:
    (found,) = json.loads(run("quote", "光芯屏端网纵向链合", "-f", "json").stdout)
    assert found["text"] == "“光芯屏端网”纵向链合"
    found = json.loads(run("quote", "教育现代化建设得很好", "-f", "json").stdout)
    for each in found:
        printed = re.sub(r"\[-.*?-\]|\{\+|\+\}", "", each["marked"])
        assert printed == each["text"]


def test_quote_gives_the_context_asked_for(run: Run) -> None:
    (found,) = json.loads(
        run("quote", "人均地区生产总值突破1万美元", "--context", "4", "-f", "json").stdout
    )
    assert (found["before"], found["after"]) == ("元大关，", "。产业结")


def test_quote_of_nothing_like_the_plan(run: Run) -> None:
    done = run("quote", "床前明月光疑是地上霜")
    assert (done.returncode, done.stdout) == (1, b"")
    assert run("quote", " ").returncode == 2


def test_an_unknown_box_is_named_without_the_space_behind_it(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, "其中专栏19 列出了工程。\n"))
    assert "the plan has no 专栏19; nearest: box18" in done.stderr.decode()


def test_fix_with_a_word_that_is_neither_near_nor_a_file(run: Run, tmp_path: Path) -> None:
    done = run("verify", write(tmp_path, FOLDED), "--fix", "far")
    assert done.returncode == 2
    assert done.stderr.decode() == "planq: --fix takes nothing or near, and there is no file far\n"


def test_colour_asked_for_in_a_pipe_only_colours(run: Run, tmp_path: Path) -> None:
    for arguments in (("verify", write(tmp_path, GOOD + BAD)), ("quote", "我省“十三五”规划指标")):
        plain = run(*arguments).stdout
        coloured = run(*arguments, "--color", "always").stdout
        assert b"\x1b[" in coloured
        assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == plain


def test_fix_says_what_it_leaves(run: Run, tmp_path: Path) -> None:
    said = run("verify", write(tmp_path, BAD), "--fix").stderr.decode()
    assert "1 near; --fix near takes the plan's words for them" in said
    row = "“常住人口城镇化率65%”\n"
    done = run("verify", write(tmp_path, row), "--fix", "near", "-o", "made.md")
    assert "in the columns of a table" in done.stderr.decode()
    assert (tmp_path / "made.md").read_text("utf-8") == row


def test_stdin_without_an_end_is_read_no_further_than_a_file_would_be() -> None:
    import subprocess
    import sys

    script = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
    script += "import sys; sys.argv = ['planq', 'verify', '-']\n"
    script += "from planq.__main__ import main\nmain()"
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-c", script], stdin=endless, capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "larger than 64 MB" in done.stderr.decode()
