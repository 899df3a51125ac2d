"""What is piped comes back: csv, tsv, md, json, jsonl, yaml and xlsx read by other programs."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import asking
from hypothesis import given
from hypothesis import strategies as st

from planq.errors import OutputError
from planq.plan.tree import Tree
from planq.render import FORMATS, writer
from planq.render.excel import Sheet, as_number, sheet_name, workbook
from planq.render.records import Style, as_csv, as_json, as_md, as_tsv, as_yaml

CELL = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
RECORDS = st.lists(st.fixed_dictionaries({"a": CELL, "b": CELL}), min_size=1, max_size=5)
HOSTILE = [
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "\t=1", "\r=1", "a\tb", "a\nb", "a\r\nb",
    'say "hi"', "a,b", "a|b", "\\|", "`code`", "**bold**", "<script>", "[x](http://x)", " ", "", "\x00\x1b[31m",
    "\ud800", "😀", "_x0041_", "'quoted", "1e5", "007", "65.0", "NaN", "null", "no", "- x", "# y",
]  # fmt: skip


def written(format: str, records: Any, style: Style | None = None) -> str:
    return "".join(map(str, writer(format)(records, style or Style())))


# csv and tsv


@given(RECORDS)
@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_come_back(format: str, delimiter: str, records: list[dict[str, str]]) -> None:
    text = written(format, records)
    assert list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)) == records


@given(st.lists(CELL, min_size=1, max_size=4))
def test_a_table_of_one_column_keeps_its_empty_cells(cells: list[str]) -> None:
    text = written("csv", [{"a": cell} for cell in cells])
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["a", *cells]


def test_a_page_is_two_columns_and_truth_two_words() -> None:
    records = [
        {"id": "1:1", "page": [10, 11], "page_exact": False},
        {"id": "1:2", "page": None, "page_exact": True},
    ]
    assert written("csv", records) == ("id,page,page_end,page_exact\n1:1,10,11,false\n1:2,,,true\n")


def test_the_header_is_there_without_rows() -> None:
    assert written("csv", [], Style(("id", "name"))) == "id,name\n"


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@x", "\t=1", "\r=1", "＝1", "－a"])
def test_excel_safe_keeps_cells_from_being_formulas(cell: str) -> None:
    plain = next(
        csv.reader(io.StringIO(written("csv", [{"a": cell}]).split("\n", 1)[1], newline=""))
    )
    safe_text = "".join(as_csv([{"a": cell}], Style(excel_safe=True)))
    safe = next(csv.reader(io.StringIO(safe_text.split("\n", 1)[1], newline="")))
    assert plain == [cell]
    assert safe == ["'" + cell]


@pytest.mark.parametrize("cell", ["-0.5", "+3%", "—", "3-5", "a=b", -3, None])
def test_excel_safe_leaves_numbers_and_words_alone(cell: Any) -> None:
    assert "".join(as_tsv([{"a": cell}], Style(excel_safe=True))) == "".join(as_tsv([{"a": cell}]))


def test_excel_safe_is_refused_where_it_means_nothing(run: Any) -> None:
    done = run("table", "4", "--excel-safe", "-f", "json")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("planq: --excel-safe is for csv and tsv")
    assert not done.stdout


# md


def md_cells(line: str) -> list[str]:
    """A GitHub table's line as GitHub splits it: at pipes without a backslash."""
    cells, cell, escaped = [], "", False
    for char in line.strip("\n")[1:-1]:
        if char == "|" and not escaped:
            cells.append(cell.strip())
            cell = ""
        else:
            cell += char
        escaped = char == "\\" and not escaped
    return [*cells, cell.strip()]


@given(RECORDS)
def test_md_has_a_line_a_record_and_a_cell_a_column(records: list[dict[str, str]]) -> None:
    lines = "".join(as_md(records)).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(records) + 2
    assert {len(md_cells(line)) for line in lines} == {2}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("a|b", "a\\|b"), ("a\\|b", "a\\\\\\|b"), ("a\nb", "a<br>b"), ("a\r\nb", "a<br>b"),
        ("<b>x", "\\<b>x"), ("<6", "<6"), (">6.5", ">6.5"), ("3.83*", "3.83*"), ("*a*", "\\*a\\*"),
        ("[0.5]", "[0.5]"), ("[a](b)", "[a]\\(b)"), ("PM_{2.5}", "PM_{2.5}"),
    ],
)  # fmt: skip
def test_md_escapes_what_would_be_markup(cell: str, shown: str) -> None:
    assert "".join(as_md([{"a": cell}])).split("\n")[2] == f"| {shown} |"


# json, jsonl, yaml


@given(RECORDS)
def test_json_jsonl_and_yaml_come_back(records: list[dict[str, str]]) -> None:
    assert json.loads(written("json", records)) == records
    assert [json.loads(line) for line in written("jsonl", records).split("\n")[:-1]] == records
    assert yaml.safe_load(written("yaml", records)) == records


def test_no_records_are_still_a_document() -> None:
    assert json.loads("".join(as_json([]))) == []
    assert yaml.safe_load("".join(as_yaml([]))) == []
    assert written("jsonl", []) == ""


@pytest.mark.parametrize("format", [name for name in FORMATS if FORMATS[name].writer])
def test_hostile_cells_are_written_in_every_format(format: str) -> None:
    text = written(format, [{"id": "1:1", "a": cell} for cell in HOSTILE])
    assert text.encode("utf-8", "backslashreplace")
    if format == "jsonl":
        assert [json.loads(line)["a"] for line in text.splitlines()] == HOSTILE


def test_jsonl_is_written_as_it_is_made() -> None:
    made: list[int] = []

    def records() -> Any:
        for number in range(3):
            made.append(number)
            yield {"n": number}

    first = next(writer("jsonl")(records(), Style()))
    assert first == '{"n": 0}\n'
    assert made == [0]


# xlsx


@pytest.fixture
def opened() -> Callable[[bytes], Any]:
    openpyxl = pytest.importorskip("openpyxl")
    return lambda data: openpyxl.load_workbook(io.BytesIO(data))


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_no_text_is_a_formula(opened: Any) -> None:
    data = workbook([Sheet("s", ["a", "b"], [[cell, 1] for cell in HOSTILE])])
    page = opened(data).active
    cells = [row[0] for row in page.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    # Line ends may become \n, as XML has it; what XML cannot hold is written out.
    kept = [lines(cell.value or "") for cell in cells]
    wanted = [lines(text) for text in HOSTILE]
    # Excel would read `_x0041_` as an escaped A (ECMA-376, ST_Xstring).
    shown = {
        "\x00\x1b[31m": "\\x00\\x1b[31m",
        "\ud800": "\\xd800",
        "_x0041_": "_x005F_x0041_",
    }
    assert kept == [shown.get(text, text) for text in wanted]


def test_numbers_and_truth_are_typed(opened: Any) -> None:
    page = opened(workbook([Sheet("s", ["a"], [[3.83], [8], [True], [None], ["8"]])])).active
    assert [row[0].value for row in page.iter_rows(min_row=2)] == [3.83, 8, True, None, "8"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("59", 59), ("6.5", 6.5), ("-0.5", -0.5), ("65.0", 65.0), ("65.00", "65.00"), ("007", "007"),
     ("3.83*", "3.83*"), ("—", "—"), ("12345678901234567", "12345678901234567"), ("1e5", "1e5")],
)  # fmt: skip
def test_printed_cells_that_are_numbers(text: str, number: Any) -> None:
    assert as_number(text) == number


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheet_names_are_valid_and_unique(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(name, taken) for name in wanted]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'"
        assert name[-1] != "'"


@pytest.mark.parametrize(
    "cell", ["字" * 32_768, "😀" * 16_384], ids=["many characters", "many surrogate pairs"]
)
def test_a_cell_too_long_for_excel_is_said_and_nothing_cut(cell: str) -> None:
    pytest.importorskip("openpyxl")
    with pytest.raises(OutputError, match=r"box1:1, text: 32768 characters, .* 32767: use csv"):
        workbook([Sheet("s", ["id", "text"], [["box1:1", cell]])])


def test_a_workbook_has_a_sheet_a_table(run: Any, tmp_path: Path, opened: Any) -> None:
    assert run("tables", "--all", "-o", "tables.xlsx").returncode == 0
    book = opened((tmp_path / "tables.xlsx").read_bytes())
    assert len(book.sheetnames) == 18
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("id", "类别", "指标名称", "2020年")
    assert rows[3][3:6] == (59, 65, "—")
    assert rows[5][3] == "3.83*"


def test_a_missing_extra_is_one_line(run: Any, tmp_path: Path) -> None:
    (tmp_path / "openpyxl.py").write_text("raise ImportError('not here')", encoding="utf-8")
    done = run("table", "1", "-o", "x.xlsx", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.decode() == (
        'planq: xlsx needs an optional part: pip install "planq-text[excel]"\n'
    )
    assert not (tmp_path / "x.xlsx").exists()


# At the command line


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("table", "1", "-f", "xml"), "choose text, csv, tsv, json, jsonl, md, yaml, xlsx"),
        (("show", "1", "-f", "csv"), "choose text, md, json, jsonl"),
        (("table", "1", "-o", "no/such/folder/t.csv"), "cannot write"),
        (("table", "1", "-o", "."), "is a folder"),
        (("table", "99"), "no table for '99'; there are box1 "),
        (("table", "1", "--typed", "--raw"), "choose one"),
        (("table", "4", "--row", "99"), "box4 has no row 99: it has box4:1 to box4:5"),
        (("table", "1", "-f", "xlsx", "--bom", "-o", "x.xlsx"), "leave out --bom"),
    ],
)
def test_what_cannot_be_is_one_line(run: Any, args: tuple[str, ...], said: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert not done.stdout
    line = done.stderr.decode()
    assert line.startswith("planq: ")
    assert line.count("\n") == 1
    assert said in line


def test_words_in_no_row_are_nothing_found(run: Any) -> None:
    done = run("table", "4", "--row", "没有这样的话")
    assert done.returncode == 1
    assert done.stderr.decode() == "no row of box4 holds 没有这样的话\n"


def test_the_format_is_taken_from_the_files_name(run: Any, tmp_path: Path) -> None:
    assert run("table", "4", "-o", "t.csv").returncode == 0
    assert run("table", "4", "-o", "t.json").returncode == 0
    assert run("table", "4", "-o", "t.csv", "-f", "json").returncode == 0
    assert json.loads((tmp_path / "t.csv").read_text(encoding="utf-8"))[0]["name"] == "光"


def test_bom_is_opt_in(run: Any) -> None:
    assert run("table", "4", "-f", "csv").stdout.startswith(b"id,")
    assert run("table", "4", "-f", "csv", "--bom").stdout.startswith(b"\xef\xbb\xbfid,")


def test_typed_on_items_is_said_on_stderr(run: Any) -> None:
    done = run("table", "4", "--typed", "-f", "jsonl")
    assert done.returncode == 0
    assert done.stderr.decode() == (
        "planq: box4 is a box of items, without numbers to type: left as printed\n"
    )
    assert json.loads(done.stdout.splitlines()[0])["name"] == "光"


def test_cells_that_stay_text_are_named_on_stderr(run: Any, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(
        "规划\n\n第一章 目标\n\n如下。\n\n专栏 1 指标\n\n指标\t2020年\t2025年\n产值（亿元）\t3.8*\t5\n",
        encoding="utf-8",
    )
    done = run("table", "1", "--typed", "-f", "csv", "--plan", "p.txt")
    assert done.returncode == 0
    assert (
        "planq: box1:1 2020年: '3.8*' is kept as text (no note explains *)\n"
        in done.stderr.decode()
    )


# Other programs


def test_pandas_reads_csv_tsv_and_jsonl(run: Any) -> None:
    pandas = pytest.importorskip("pandas")
    typed = pandas.read_csv(io.BytesIO(run("table", "1", "--typed", "-f", "csv").stdout))
    assert len(typed) == 20
    assert typed["2025_value"].sum() == pytest.approx(
        8 + 65 + 10 + 11.4 + 3.1 + 95 + 2.4 + 78.5 + 42.5 + 2500 + 6000
    )
    assert typed["binding"].sum() == 8
    tsv = pandas.read_csv(io.BytesIO(run("table", "1", "--typed", "-f", "tsv").stdout), sep="\t")
    assert tsv.equals(typed)
    nested = pandas.read_json(
        io.BytesIO(run("table", "1", "--typed", "-f", "jsonl").stdout), lines=True
    )
    assert nested["2020"][4]["year"] == 2019
    excel_like = run("table", "1", "--typed", "-f", "csv", "--bom").stdout
    assert next(iter(pandas.read_csv(io.BytesIO(excel_like)).columns)) == "id"


def test_pandas_reads_xlsx(run: Any, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("openpyxl")
    run("table", "1", "--typed", "-o", "t.xlsx")
    sheet = pandas.read_excel(tmp_path / "t.xlsx")
    assert sheet["2020_value"][4] == 3.83
    assert sheet["2020_year"][4] == 2019


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not here")
def test_jq_reads_jsonl_and_json(run: Any) -> None:
    rows = run("tables", "--all", "-f", "jsonl").stdout
    jq = subprocess.run(["jq", "-r", ".id"], input=rows, capture_output=True, check=True)
    assert len(jq.stdout.split()) == 109
    array = run("table", "1", "--typed", "-f", "json").stdout
    jq = subprocess.run(
        ["jq", '[.[] | select(.["2025"].op == ">")] | length'],
        input=array,
        capture_output=True,
        check=True,
    )
    assert jq.stdout.strip() == b"1"


@pytest.mark.skipif(not shutil.which("sqlite-utils"), reason="sqlite-utils is not here")
@pytest.mark.parametrize(
    ("format", "option"), [("csv", "--csv"), ("tsv", "--tsv"), ("jsonl", "--nl")]
)
def test_sqlite_utils_inserts_rows(run: Any, tmp_path: Path, format: str, option: str) -> None:
    rows = run("tables", "--all", "-f", format).stdout
    done = subprocess.run(
        ["sqlite-utils", "insert", "t.db", "rows", "-", option, "--pk", "id"],
        input=rows, cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        ["sqlite-utils", "t.db", "select name from rows where id = 'box4:1'", "--raw"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.decode().strip() == "光"


def test_every_format_of_every_table_holds_every_row(plan: Tree, run: Any) -> None:
    ids = [node.id for table in asking(plan).tables() for node in table.row_nodes]
    csv_rows = list(
        csv.DictReader(io.StringIO(run("tables", "--all", "-f", "csv").stdout.decode()))
    )
    assert [row["id"] for row in csv_rows] == ids
    assert list(csv_rows[0]) == ["id", "table", "name", "content", "page", "page_end", "page_exact"]
    md = run("tables", "--all", "-f", "md").stdout.decode().splitlines()
    assert len(md) == len(ids) + 2
    assert [row["id"] for row in yaml.safe_load(run("tables", "--all", "-f", "yaml").stdout)] == ids


def test_a_link_stays_one_and_a_pipe_is_written_to(run: Any, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("table", "4", "-o", "link.csv").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith("id,name,")
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", "pipe"], cwd=tmp_path, stdout=subprocess.PIPE)
    assert run("table", "4", "-f", "csv", "-o", "pipe").returncode == 0
    assert reader.communicate(timeout=60)[0].startswith(b"id,name,")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize(("args", "name"), [("toc", "toc.csv"), ("show 3.2", "a.xlsx"), ("show 3.2", "a.yml")])  # fmt: skip
def test_a_files_name_asks_for_a_format_the_command_has(
    run: Any, tmp_path: Path, args: str, name: str
) -> None:
    done = run(*args.split(), "-o", name)
    assert done.returncode == 2
    assert b" has no format " in done.stderr
    assert not (tmp_path / name).exists()
    assert run(*args.split(), "-o", "a.txt").returncode == 0
    assert (tmp_path / "a.txt").read_bytes() == run(*args.split()).stdout
