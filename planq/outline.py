"""tree ⇄ outline.yaml: the tree without the text, for people to read and review.

Spans are half-open code points into the text the outline was made from, whose sha256 and length
stand at the top; an outline is only ever used together with exactly that text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planq.errors import OutlineError
from planq.model import KINDS, ContentsEntry, Node, Part, Plan

#: Version of the outline's layout; another one is refused.
SCHEMA = 1


def dump(plan: Plan) -> str:
    """`plan` as YAML text; the same tree gives the same bytes."""
    return "".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    yield f"schema: {SCHEMA}\n"
    yield "source:\n"
    yield f"  name: {_quoted(plan.name)}\n"
    yield f"  sha256: {plan.sha256}\n"
    yield f"  length: {len(plan.source)}\n"
    yield f"id: {_quoted(plan.id)}\n"
    yield f"title: {_quoted(plan.title)}\n"
    yield "meta:\n" if plan.meta else "meta: {}\n"
    for key, value in plan.meta.items():
        yield f"  {key}: {_quoted(value)}\n"
    yield "parts:\n" if plan.parts else "parts: []\n"
    for part in plan.parts:
        yield f"- {{name: {part.name}, span: [{part.start}, {part.end}]}}\n"
    yield "contents:\n" if plan.contents else "contents: []\n"
    for entry in plan.contents:
        page = "null" if entry.page is None else str(entry.page)
        yield (
            f"- {{label: {_quoted(entry.label)}, title: {_quoted(entry.title)}, page: {page}, "
            f"span: [{entry.start}, {entry.end}]}}\n"
        )
    yield "tree:\n" if plan.children else "tree: []\n"
    for node in plan.children:
        yield from _node(node, "")


def _node(node: Node, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {_quoted(node.id)}\n"
    inner = indent + "  "
    yield f"{inner}kind: {node.kind}\n"
    if node.label:
        yield f"{inner}label: {_quoted(node.label)}\n"
    if node.number is not None:
        yield f"{inner}number: {node.number}\n"
    if node.title:
        yield f"{inner}title: {_quoted(node.title)}\n"
    if node.page is not None:
        yield f"{inner}page: [{node.page[0]}, {node.page[1]}]\n"
        yield f"{inner}page_exact: {'true' if node.page_exact else 'false'}\n"
    yield f"{inner}spans: {_spans(node.spans)}\n"
    if node.columns:
        yield f"{inner}columns: {_words(node.columns)}\n"
        yield f"{inner}header: {_spans(node.header)}\n"
    if node.kind == "row" and not node.title and len(node.cells) > 2:
        yield f"{inner}cells: {_words(node.cells)}\n"
    if node.children:
        yield f"{inner}children:\n"
        for child in node.children:
            yield from _node(child, inner)


def _spans(spans: tuple[tuple[int, int], ...]) -> str:
    return "[" + ", ".join(f"[{start}, {end}]" for start, end in spans) + "]"


def _words(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(_quoted(word) for word in words) + "]"


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar: every control or invisible character escaped."""
    out = ['"']
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char.isprintable():
            out.append(char)
        else:
            code = ord(char)
            out.append(f"\\x{code:02x}" if code < 256 else f"\\U{code:08x}")
    out.append('"')
    return "".join(out)


def load(text: str, source: str, *, name: str = "outline.yaml") -> Plan:
    """The plan that outline `text` describes over `source`.

    Raises OutlineError if it is no outline, of another schema, damaged, or made from another text.
    """
    import yaml

    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        at = f" at line {where.line + 1}" if where is not None else ""
        what = getattr(error, "problem", None) or "bad YAML"
        raise OutlineError(f"{name} is not readable{at}: {what}") from None
    except (RecursionError, ValueError) as error:
        raise OutlineError(f"{name} is not readable: {error}") from None
    try:
        return _plan(data, source, name)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise OutlineError(
            f"{name} is not a planq outline ({type(error).__name__}: {error}); "
            "make it again with: planq parse TEXT -o OUTLINE"
        ) from None


def _plan(data: Any, source: str, name: str) -> Plan:
    from hashlib import sha256

    if not isinstance(data, Mapping) or "schema" not in data:
        raise OutlineError(f"{name} is not a planq outline: it has no schema line")
    if data["schema"] != SCHEMA:
        raise OutlineError(
            f"{name} has schema {data['schema']}, this planq reads {SCHEMA}; make it again"
        )
    digest = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    if data["source"]["sha256"] != digest:
        raise OutlineError(
            f"{name} was made from another text (sha256 differs); "
            "make it again with: planq parse TEXT -o OUTLINE"
        )
    size = len(source)
    return Plan(
        id=str(data["id"]),
        title=str(data["title"]),
        source=source,
        name=str(data["source"]["name"]),
        sha256=digest,
        children=[_read_node(node, source, size) for node in data["tree"]],
        parts=[
            Part(str(part["name"]), *_read_spans([part["span"]], size)[0])
            for part in data["parts"]
        ],
        contents=[
            ContentsEntry(
                str(entry["label"]),
                str(entry["title"]),
                None if entry["page"] is None else int(entry["page"]),
                *_read_spans([entry["span"]], size)[0],
            )
            for entry in data["contents"]
        ],
        meta={str(key): str(value) for key, value in data["meta"].items()},
    )


def _read_spans(spans: Any, size: int) -> list[tuple[int, int]]:
    read = [(int(start), int(end)) for start, end in spans]
    if any(not 0 <= start < end <= size for start, end in read):
        raise ValueError(f"spans {read} lie outside the text's {size} characters")
    return read


def _read_node(data: Any, source: str, size: int) -> Node:
    from planq.parse.boxes import split_item

    kind = str(data["kind"])
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    spans = _read_spans(data.get("spans", ()), size)
    page = data.get("page")
    cells = tuple(str(cell) for cell in data.get("cells", ()))
    if kind == "row" and not cells:
        words = "".join(source[start:end] for start, end in spans)
        cells = tuple(words.split("\t")) if "\t" in words else split_item(words)
    return Node(
        str(data["id"]),
        kind,
        label=str(data.get("label", "")),
        number=None if data.get("number") is None else int(data["number"]),
        title=str(data.get("title", "")),
        spans=spans,
        page=None if page is None else (int(page[0]), int(page[1])),
        page_exact=bool(data.get("page_exact", False)),
        cells=cells,
        columns=tuple(str(column) for column in data.get("columns", ())),
        header=_read_spans(data.get("header", ()), size),
        children=[_read_node(child, source, size) for child in data.get("children", ())],
    )
