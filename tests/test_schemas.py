"""Every JSON shape has a schema that ships with planq, and real output obeys it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import pytest
from conftest import ROOT, asking

from planq import schemas
from planq.answers import COMMANDS
from planq.cli.main import cli
from planq.schemas.fields import Field
from planq.schemas.generate import schema_of

jsonschema = pytest.importorskip("jsonschema")

PLAN = "测试规划\n\n第一章 总则\n\n第一节 目标\n\n一、方向\n\n到2025年，建成 3 所学校。\n"
OTHER = (
    "另一规划\n\n第一章 全面建成小康社会\n\n第一节 决胜全面建成小康社会取得成就\n\n综合实力提档升级。“光芯屏端网”产业集群影响力明显提升，长江大保护深入推进。\n\n专栏 1 指标\n\n"
    "指标\t2025年\n森林覆盖率（%）\t≥43\n每万人口高价值发明专利拥有量（件）\t9\n"
)
DRAFT = "“光芯屏端网产业集群的影响力明显提升”（1.1），“发展物联网芯片……完善产业创新体系”。\n"

GOLDEN = ROOT / "tests" / "golden" / "schemas"

#: Shell lines and the schema their records obey.
LINES = {
    "planq toc": "toc",
    "planq toc --depth 1 --all-plans": "toc",
    "planq show 1 box1 fig2": "show",
    "planq show hubei-145/3.2.1": "show",
    "planq show 3.2.1 --cite": "show",
    "planq search 长江 保护": "search",
    "planq search --regex '[0-9]+ 万' --context 5": "search",
    "planq search 长江 --within section -n 3": "search",
    "planq search --words 怎样保护长江生态 -n 5": "search",
    "planq search 光芯屏端网 --count": "search-count",
    "planq search 科技创新 --by chapter": "search-by",
    "planq search 科技创新 --by section": "search-by",
    "planq search 科技创新 --by plan": "search-by",
    "planq tables": "tables",
    "planq tables --all": "tables-all",
    "planq table 1": "table",
    "planq table 1 --raw": "table",
    "planq table 4": "table",
    "planq table 1 --typed": "table-typed",
    "planq targets": "targets",
    "planq check": "check",
    "planq check --left-out": "check-left-out",
    "planq index --rebuild": "index",
    "planq list": "list",
    "planq info hubei-145": "info",
    "planq set hubei-145 number=": "set",
    "planq cite 3.2.1 box1:3 1": "cite",
    "planq cite 3.2.1 --style csl-json": "cite",
    "planq quote 光芯屏端网": "quote",
    "planq quote 创新能力不断提高，数字经济蓬勃地发展": "quote",
    "planq verify quoted.md": "verify",
    "planq compare hubei-145 other.txt --in 1.1": "compare",
    "planq compare hubei-145 other.txt --terms terms.txt": "compare",
    "planq add plan.txt missing.txt": "add",
    "planq add plan.txt > added; planq remove plan": "remove",
}


@pytest.fixture(scope="module")
def files(shell: Callable[[str], str]) -> None:
    for name, text in (
        ("plan.txt", PLAN), ("other.txt", OTHER), ("quoted.md", DRAFT), ("terms.txt", "长江\n科技\n")
    ):  # fmt: skip
        shell(f"printf %s {shlex.quote(text)} > {name}")


@pytest.mark.parametrize("name", schemas.NAMES)
def test_a_schema_is_one(name: str) -> None:
    for array in (False, True):
        jsonschema.Draft202012Validator.check_schema(schemas.load(name, array=array))


@pytest.mark.parametrize("name", schemas.NAMES)
def test_every_schema_is_tried_on_real_output(name: str) -> None:
    assert name in LINES.values()


@pytest.mark.parametrize("line", LINES)
def test_output_obeys_its_schema(line: str, shell: Callable[[str], str], files: None) -> None:
    name = LINES[line]
    records = json.loads(shell(f"{line} -f json || true"))
    assert records
    jsonschema.validate(records, schemas.load(name, array=True), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "line",
    [line for line, name in LINES.items() if name in ("toc", "search", "table-typed", "targets")],
)
def test_a_line_of_jsonl_obeys_the_schema_of_one_record(
    line: str, shell: Callable[[str], str]
) -> None:
    check = jsonschema.Draft202012Validator(schemas.load(LINES[line]))
    lines = shell(f"{line} -f jsonl").splitlines()
    assert lines
    for one in lines:
        check.validate(json.loads(one))


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("id"),
        lambda record: record.update(page=[3]),
        lambda record: record.update(page="10-12"),
        lambda record: record.update(binding="约束性"),
        lambda record: record["2025"].pop("op"),
        lambda record: record["2025"].update(op="≥"),
        lambda record: record["2025"].update(value="8"),
    ],
)
def test_what_is_not_an_indicator_is_refused(plan: Any, change: Callable[[Any], Any]) -> None:
    check = jsonschema.Draft202012Validator(schemas.load("table-typed"))
    record = asking(plan).table(1).records(typed=True)[4]
    check.validate(record)
    change(record)
    assert not check.is_valid(record)


def test_schema_lists_prints_and_refuses(run: Any) -> None:
    listed = run("schema")
    assert listed.returncode == 0
    assert [line.split("\t")[0] for line in listed.stdout.decode().splitlines()] == list(
        schemas.NAMES
    )
    printed = json.loads(run("schema", "search").stdout)
    assert printed["type"] == "array"
    assert json.loads(run("schema", "search", "--record").stdout)["type"] == "object"
    refused = run("schema", "serach")
    assert refused.returncode == 2
    assert re.fullmatch(
        r"planq: no schema 'serach': there are .*search.*\n", refused.stderr.decode()
    )


def test_every_command_with_json_has_a_schema() -> None:
    import click

    context = click.Context(cli)
    for name in COMMANDS:
        made = cli.get_command(context, name)
        assert made is not None
        formats = next((p.help or "" for p in made.params if p.name == "format"), "")
        if "json" in formats:
            assert name in schemas.NAMES, name


@pytest.mark.parametrize("name", schemas.NAMES)
def test_a_generated_schema_is_the_one_that_was_read(name: str, update: bool) -> None:
    golden = GOLDEN / f"{name}.json"
    if update:
        golden.write_text(schemas.text(name) + "\n", encoding="utf-8")
    assert schemas.load(name) == json.loads(golden.read_text(encoding="utf-8"))


def test_no_golden_schema_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(schemas.NAMES)


class Leaf(NamedTuple):
    """A leaf.

    More that no schema says.
    """

    kind: Annotated[str, ("oak", "elm")] | None
    sizes: tuple[float, float]
    twice: tuple[Annotated[str, ("a",)], int]
    seen: Annotated[int | None, Field("Years.", minimum=1)] = None


class Branch(NamedTuple):
    leaves: list[Leaf]
    first: Leaf | None
    under: list[Branch]
    own: bool
    others: dict[str, int | float | str]

    @staticmethod
    def hidden() -> tuple[str, ...]:
        return ("own",)


def test_a_schema_follows_the_types_of_a_record() -> None:
    made = schema_of(Branch)
    assert list(made["properties"]) == made["required"] == ["leaves", "first", "under"]
    assert made["additionalProperties"] == {"anyOf": [{"type": "number"}, {"type": "string"}]}
    assert "description" not in made
    assert made["properties"]["under"]["items"] == {"$ref": "#/$defs/branch"}
    assert made["properties"]["first"] == {"anyOf": [{"$ref": "#/$defs/leaf"}, {"type": "null"}]}
    number = {"type": "number"}
    assert made["$defs"]["leaf"] == {
        "type": "object",
        "properties": {
            "kind": {"enum": ["oak", "elm", None]},
            "sizes": {"type": "array", "items": number, "minItems": 2, "maxItems": 2},
            "twice": {
                "type": "array", "prefixItems": [{"const": "a"}, {"type": "integer"}],
                "minItems": 2, "maxItems": 2,
            },
            "seen": {"type": "integer", "minimum": 1, "description": "Years."},
        },
        "required": ["kind", "sizes", "twice"],
        "additionalProperties": False,
        "description": "A leaf.",
    }  # fmt: skip


def test_what_is_no_type_of_json_is_refused() -> None:
    class Odd(NamedTuple):
        held: set[str]

    with pytest.raises(TypeError, match="no schema for set"):
        schema_of(Odd)
