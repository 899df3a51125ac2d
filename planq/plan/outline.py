"""tree ⇄ outline.yaml: the tree without the text, for people to read and review.

Spans are half-open code points into the text the outline was made from, whose sha256 and length
stand at the top; an outline is only ever used together with exactly that text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planq.errors import OutlineError
from planq.plan.tree import KINDS, ContentsEntry, Node, Page, Part, Span, Tree

#: Version of the outline's layout; another one is refused.
SCHEMA = 1
_ID_MARKS = str.maketrans("", "", "._:/")


def _is_told(node: Node) -> bool:
    """Whether a row's two cells stand a line each, so that its words do not tell them."""
    from planq.plan.rows import split_item

    words = node.own_text
    return len(node.cells) == 2 and "\t" not in words and node.cells != split_item(words)


def dump(plan: Tree) -> str:
    """`plan` as YAML text; the same tree gives the same bytes."""
    return "".join(_lines(plan))


def _lines(plan: Tree) -> Iterator[str]:
    yield f"schema: {SCHEMA}\n"
    yield "source:\n"
    yield f"  name: {_quoted(plan.name)}\n"
    yield f"  sha256: {plan.sha256}\n"
    yield f"  length: {len(plan.source)}\n"
    yield f"id: {_quoted(plan.id)}\n"
    yield f"title: {_quoted(plan.title)}\n"
    yield "meta:\n" if plan.meta else "meta: {}\n"
    for key, value in plan.meta.items():
        yield f"  {_quoted(key)}: {_quoted(value)}\n"
    yield "parts:\n" if plan.parts else "parts: []\n"
    for part in plan.parts:
        yield f"- {{name: {_quoted(part.name)}, span: [{part.start}, {part.end}]}}\n"
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
    if node.kind == "row" and not node.title and (len(node.cells) > 2 or _is_told(node)):
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


def load(text: str, source: str, *, name: str = "outline.yaml") -> Tree:
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
        raise OutlineError(
            "{name} is not readable{at}: {why}", name=name, at=at, why=what
        ) from None
    except (RecursionError, ValueError) as error:
        raise OutlineError("{name} is not readable: {error}", name=name, error=error) from None
    try:
        return _plan(data, source, name)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        why = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise OutlineError(
            "{name} is not a planq outline ({why}); make it again with: planq parse TEXT "
            "-o OUTLINE",
            name=name,
            why=why,
        ) from None


def _plan(data: Any, source: str, name: str) -> Tree:
    from hashlib import sha256

    if not isinstance(data, Mapping) or "schema" not in data:
        raise OutlineError("{name} is not a planq outline: it has no schema line", name=name)
    if data["schema"] != SCHEMA:
        shown = data["schema"] if isinstance(data["schema"], int) else "that is no number"
        raise OutlineError(
            "{name} has schema {shown}, this planq reads {schema}; make it again",
            name=name,
            shown=shown,
            schema=SCHEMA,
        )
    digest = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    if data["source"]["sha256"] != digest:
        raise OutlineError(
            "{name} was made from another text (sha256 differs); make it again with: planq "
            "parse TEXT -o OUTLINE",
            name=name,
        )
    reader = _Reader(source)
    plan = Tree(
        id=_text(data["id"]),
        title=_text(data["title"]),
        source=source,
        name=_text(data["source"]["name"]),
        sha256=digest,
        children=[reader.node(node) for node in _list(data["tree"])],
        parts=[
            Part(_text(part["name"]), *reader.spans([part["span"]])[0])
            for part in _list(data["parts"])
        ],
        contents=[
            ContentsEntry(
                _text(entry["label"]),
                _text(entry["title"]),
                None if entry["page"] is None else _int(entry["page"]),
                *reader.within([entry["span"]])[0],
            )
            for entry in _list(data["contents"])
        ],
        meta={_text(key): _text(value) for key, value in data["meta"].items()},
    )
    reader.check_overlaps()
    return plan


class _Reader:
    """Reads nodes over `source`; no id may come twice, and no two spans may share a character.

    With that, aliases cannot make a tree of a cycle, or a forest of a few lines.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.ids: set[str] = set()
        self.taken: list[Span] = []

    def within(self, spans: Any) -> list[Span]:
        read = [(_int(start), _int(end)) for start, end in _list(spans)]
        for start, end in read:
            if not 0 <= start < end <= len(self.source):
                raise ValueError(
                    f"span [{start}, {end}] is not within the text's {len(self.source)} characters"
                )
        return read

    def spans(self, spans: Any) -> list[Span]:
        read = self.within(spans)
        self.taken += read
        return read

    def check_overlaps(self) -> None:
        position = 0
        for start, end in sorted(self.taken):
            if start < position:
                raise ValueError(f"span [{start}, {end}] overlaps another")
            position = end

    def node(self, data: Any) -> Node:
        from planq.plan.rows import split_item

        if not isinstance(data, Mapping):
            raise TypeError(f"{_shown(data)} stands where a node should")
        kind = data["kind"]
        if kind not in KINDS:
            raise ValueError(f"{_shown(kind)} is no kind")
        id = _text(data["id"])
        if not (id.isascii() and id.translate(_ID_MARKS).isalnum()):
            raise ValueError(f"{_shown(id)} is no id")
        if id in self.ids:
            raise ValueError(f"two nodes have the id {_shown(id)}")
        self.ids.add(id)
        spans = self.spans(data.get("spans", []))
        page = data.get("page")
        cells = tuple(_text(cell) for cell in _list(data.get("cells", [])))
        if kind == "row" and not cells:
            words = "".join(self.source[start:end] for start, end in spans)
            cells = tuple(words.split("\t")) if "\t" in words else split_item(words)
        return Node(
            id,
            kind,
            label=_text(data.get("label", "")),
            number=None if data.get("number") is None else _int(data["number"]),
            title=_text(data.get("title", "")),
            spans=spans,
            page=None if page is None else _pages(page),
            page_exact=data.get("page_exact", False) is True,
            cells=cells,
            columns=tuple(_text(column) for column in _list(data.get("columns", []))),
            header=self.spans(data.get("header", [])),
            children=[self.node(child) for child in _list(data.get("children", []))],
        )


def _pages(value: Any) -> Page:
    first, last = map(_int, _list(value))
    if not 0 <= first <= last:
        raise ValueError(f"pages [{first}, {last}] run backwards")
    return first, last


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{_shown(value)} stands where a list should")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{_shown(value)} stands where text in quotation marks should")
    return value


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**53:
        raise TypeError(f"{_shown(value)} stands where a number should")
    return value


def _shown(value: Any) -> str:
    """A value in a message: aliases may make a list of a few lines longer than any memory."""
    if isinstance(value, (str, int, float, type(None))):
        shown = repr(value) if not isinstance(value, int) or abs(value) < 2**64 else "a huge number"
        return shown if len(shown) <= 40 else shown[:39] + "…"
    return f"a {type(value).__name__}"
