"""A comparison as lines for a pipe, as Markdown and as JSON; nothing is left out of any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.compare.indicators import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.compare import Comparison
    from planq.compare.passages import Passage
    from planq.compare.terms import TermChange
    from planq.plan.tree import Node, Tree

#: How the words of an edit are marked in text.
MARKS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
CHANGES = ("new", "gone", "risen", "fallen", "same")


def place(plan: Tree, node: Node | None) -> str:
    """A node's address with its plan's id; `-` for none."""
    return f"{plan.id}/{node.id}" if node else "-"


def heading(node: Node | None) -> str:
    """A node's heading, or nothing."""
    return node.heading if node else ""


def term_cells(change: TermChange) -> list[str]:
    """A term as cells: counts, rates, G² and its level."""
    return [
        change.term, str(change.a), str(change.b), f"{change.rate_a:.2f}", f"{change.rate_b:.2f}",
        f"{change.g2:.1f}", level(change),
    ]  # fmt: skip


def level(change: TermChange) -> str:
    """`p<0.001`, or `n.s.` for not significant."""
    return "n.s." if change.p is None else f"p<{change.p:g}"


def value_words(record: dict[str, Any] | None) -> str:
    """The values of an indicator as printed, by column: `2020: 60.28; 2025: 65`."""
    if record is None:
        return "-"
    named = "; ".join(f"{key}: {text}" for key, text in values(record).items())
    unit = f" ({record['unit']})" if record["unit"] else ""
    return (named or "-") + unit


def text(found: Comparison) -> str:
    """Lines of tab-separated cells, each beginning with what it is about."""
    a, b = found.a, found.b
    lines = [["chars", f"{a.id}\t{found.chars[0]}", f"{b.id}\t{found.chars[1]}"]]
    lines += [
        ["section", place(a, p.a), place(b, p.b), f"{p.score:.2f}", heading(p.a), heading(p.b)]
        for p in found.sections
    ]
    if found.tested:
        lines.append(["tested", str(found.tested), f"by chance {found.by_chance}"])
    lines += [["term", each.change, *term_cells(each)] for each in found.terms]
    lines += [
        ["indicator", each.name, value_words(each.a), value_words(each.b)]
        for each in found.indicators
    ]
    lines += [["diff", place(a, each.a), place(b, each.b), marked(each)] for each in found.passages]
    return "".join("\t".join(line) + "\n" for line in lines)


def marked(passage: Passage) -> str:
    """A passage with its edits: `[-only in a-]{+only in b+}`."""
    return "".join(MARKS[kind].format(words) for kind, words in passage.edits)


def record(found: Comparison) -> dict[str, Any]:
    """The whole comparison as one object."""
    a, b = found.a, found.b

    def side(plan: Tree, node: Node | None) -> dict[str, Any] | None:
        if node is None:
            return None
        return {"id": place(plan, node), "kind": node.kind, "heading": node.heading}

    return {
        "a": {"id": a.id, "title": a.title, "chars": found.chars[0]},
        "b": {"id": b.id, "title": b.title, "chars": found.chars[1]},
        "sections": [
            {"a": side(a, p.a), "b": side(b, p.b), "score": round(p.score, 4)}
            for p in found.sections
        ],
        "statistic": "log-likelihood ratio G² (Dunning 1993; Rayson and Garside 2000)",
        "tested": found.tested,
        "by_chance": found.by_chance,
        "terms": [
            term_record(t) for t in found.terms
        ],
        "indicators": [
            {"name": i.name, "a": _indicator(a, i.a), "b": _indicator(b, i.b)}
            for i in found.indicators
        ],
        "diff": [
            {"a": side(a, p.a), "b": side(b, p.b), "edits": [list(edit) for edit in p.edits]}
            for p in found.passages
        ],
    }  # fmt: skip


def term_record(term: TermChange) -> dict[str, Any]:
    """A term's fields, its rates and statistic rounded."""
    rounded = {"rate_a": round(term.rate_a, 4), "rate_b": round(term.rate_b, 4)}
    return {**term._asdict(), **rounded, "g2": round(term.g2, 2)}


def tests(found: Comparison) -> str:
    """How many words were tested, and how many would pass by chance alone."""
    return f"{found.tested} words tested; about {found.by_chance} pass p<0.05 by chance alone"


def _indicator(plan: Tree, record: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if record is None else {**record, "id": f"{plan.id}/{record['id']}"}


def json(found: Comparison) -> str:
    """`record` as JSON."""
    from planq.render.records import as_json

    made = "".join(as_json([record(found)]))
    return made.removeprefix("[\n").removesuffix("\n]\n") + "\n"


def md(found: Comparison) -> str:
    """Markdown: a table each for sections, terms and indicators, and the diff with del and ins."""
    a, b = found.a, found.b
    lines = [f"# {_cell(a.title)} / {_cell(b.title)}", ""]
    lines += _table(
        ("A", "B", "likeness"),
        [
            [_place_md(a, p.a), _place_md(b, p.b), f"{p.score:.2f}" if p.a and p.b else ""]
            for p in found.sections
        ],
        "Sections",
    )
    if found.tested:
        lines += [f"{tests(found)}.".capitalize(), ""]
    heads = ("term", "A", "B", "A per 10,000", "B per 10,000", "G²", "level")
    for change in CHANGES:
        chosen = [term_cells(each) for each in found.terms if each.change == change]
        lines += _table(heads, chosen, f"Terms: {change}")
    lines += _table(
        ("indicator", "A", "B"),
        [[i.name, value_words(i.a), value_words(i.b)] for i in found.indicators],
        "Indicators",
    )
    if found.passages:
        lines += ["## Text", ""]
    form = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    for each in found.passages:
        lines += ["".join(form[kind].format(_cell(words)) for kind, words in each.edits), ""]
    return "".join(line + "\n" for line in lines)


def _place_md(plan: Tree, node: Node | None) -> str:
    return f"{place(plan, node)} {node.heading}" if node else ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> list[str]:
    if not rows:
        return []
    lines = [f"## {title}", "", "| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return [*lines, *("| " + " | ".join(map(_cell, row)) + " |" for row in rows), ""]


def _cell(words: str) -> str:
    safe = words.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return safe.replace("\n", "<br>")
