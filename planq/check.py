"""What is doubtful in a plan's text: each finding with line, column, a reason and the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planq.model import Node, Plan
from planq.parse.lines import ends_sentence
from planq.text import fold

_CJK = "[\u4e00-\u9fff]"
_PATTERNS = (
    ("stray Latin word inside Chinese", re.compile(rf"(?<={_CJK}) +[a-z]{{2,}} +(?={_CJK})")),
    ("LaTeX leftover", re.compile(r"[_^]\{[^{}\n]*\}|\\[a-zA-Z]+\{")),
    # Box 11 (lines 1005-1009) is punctuated half-width.
    ("half-width punctuation between Chinese",
     re.compile(rf"(?<={_CJK})[,:;!?] ?(?={_CJK})|(?<={_CJK})\((?={_CJK}+）)|(?<=（)({_CJK}+)\)")),
)  # fmt: skip
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "[": "]", "「": "」", "『": "』"}
_ALIKE = {"（": "(", "）": ")"}


class Finding(NamedTuple):
    """One doubt: 1-based line and column (code points), reason, words, and the node's address."""

    line: int
    column: int
    reason: str
    text: str
    id: str


def check(plan: Plan) -> list[Finding]:
    """Every finding in reading order."""
    found = [*_numbering(plan), *_contents(plan)]
    for node in plan.walk():
        found += _words(plan, node)
    return sorted(found)


def _finding(plan: Plan, offset: int, reason: str, text: str, id: str) -> Finding:
    line = plan.source.count("\n", 0, offset) + 1
    column = offset - (plan.source.rfind("\n", 0, offset) + 1) + 1
    return Finding(line, column, reason, text, id)


def _words(plan: Plan, node: Node) -> Iterator[Finding]:
    text = node.own_text
    places = [offset for start, end in node.spans for offset in range(start, end)]
    for reason, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 6) : match.end() + 6]
            yield _finding(plan, places[match.start()], reason, around, node.id)
    yield from (
        _finding(plan, places[at], f"unbalanced {text[at]}", text[max(0, at - 8) : at + 8], node.id)
        for at in _unbalanced(text)
    )
    if node.kind == "paragraph" and not ends_sentence(text):
        yield _finding(plan, places[-1], "paragraph ends without a stop", text[-16:], node.id)


def _unbalanced(text: str) -> Iterator[int]:
    closers = {_ALIKE.get(c, c): _ALIKE.get(o, o) for o, c in _PAIRS.items()}
    stack: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        plain = _ALIKE.get(char, char)
        if plain in closers.values():
            stack.append((plain, at))
        elif plain in closers:
            if stack and stack[-1][0] == closers[plain]:
                stack.pop()
            elif not (plain == ")" and at and text[at - 1].isdigit()):
                yield at
    yield from (at for _, at in stack)


def _numbering(plan: Plan) -> Iterator[Finding]:
    last: dict[str, int] = {}
    for node in plan.nodes():
        if node.number is None or node.kind == "preface":
            continue
        form = re.sub(r"[^（()）、.．第章节篇部分§]", "", node.label) or node.kind
        above = node.parent.id if node.parent and node.kind != "box" else ""
        before = last.get(f"{above}|{form}", 0)
        running = last.get(form, 0)
        if node.number not in (before + 1, running + 1):
            reason = "number repeats" if node.number <= before else "numbering gap"
            yield _finding(plan, node.start, reason, node.heading, node.id)
        last[f"{above}|{form}"] = last[form] = node.number


def _contents(plan: Plan) -> Iterator[Finding]:
    body = {(fold(node.label), fold(node.title)): node for node in plan.nodes()}
    for entry in plan.contents:
        if (fold(entry.label), fold(entry.title)) not in body:
            words = f"{entry.label} {entry.title}"
            yield _finding(plan, entry.start, "in the contents but not in the body", words, "")
