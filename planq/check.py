"""What is doubtful in a plan's text, with line, column, reason and words; and what its tree lacks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from planq.parse.confidence import confidence
from planq.parse.headings.rules import classify
from planq.parse.lines import LINE_END, ends_sentence, split_lines
from planq.parse.tables.cell_runs import unread
from planq.patterns import lazy_compile
from planq.plan.tree import Node, Tree
from planq.text.folding import fold

if TYPE_CHECKING:
    from typing import Annotated

    from planq.schemas.fields import Field, Ordinal

#: What may be doubtful by its neighbours, which `_doubtful` looks at: a class of all ideographs takes
#: longer to compile than a plan to check.
_STRAY = lazy_compile(r" +[a-z]{2,} +")
_LATEX = lazy_compile(r"[_^]\{[^{}\n]*\}|\\[a-zA-Z]+\{")
_HALF_WIDTH = lazy_compile(r"[,:;!?] ?|[()]")
_BRACKETS = lazy_compile(r" ?\([^()（）\n]{1,40}\)")
#: Why a named part of a text is in no node.
REASONS = {
    "title": "names the document; it is the plan's title",
    "contents": "the printed contents; checked against the headings, and read for their pages",
    "page number": "printed on the page, not in the text; read for the pages",
    "page break": "a form feed between two pages",
    "running head": "printed on every page",
    "repeated header": "a table's header, printed again behind a page break",
    "repeated caption": "a caption, printed again behind a page break",
    "dateline": "when and where the document was adopted or sent",
    "speaker": "who gave the report",
    "issuer": "who issued the document",
    "document number": "the document's number",
    "source": "where the page was taken from",
    "chrome": "of the web page around the document",
    "imprint": "a printing note",
    "box end": "the mark at a box's end",
    "rule": "a drawn line",
}
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "[": "]", "「": "」", "『": "』"}
#: Brackets and quotation marks without their other half that are listed for one block.
_MOST_UNBALANCED = 20
_ALIKE = {"（": "(", "）": ")"}
#: The opening half of each closing one, of brackets that are written half or full width alike.
_OPENERS = {_ALIKE.get(c, c): _ALIKE.get(o, o) for o, c in _PAIRS.items()}
_HALVES = lazy_compile("[" + re.escape("".join([*_PAIRS, *_PAIRS.values()])) + "]")
_LABEL_WORDS = lazy_compile(r"[^（()）、.．第章节条篇部分§]")


class Finding(NamedTuple):
    """Something doubtful in a plan's text.

    1-based line and column (code points), reason, words, and the node's address.
    """

    line: Ordinal
    column: Ordinal
    reason: str
    text: str
    id: Annotated[str, Field("The address it stands at; empty where it is in none.")]


class LeftOut(NamedTuple):
    """Lines of the text, or words of the file it was read from, that are in no block.

    1-based first and last line, the file's page, what it is, and why.

    `text` is what stands there, verbatim. Lines count in the text; for what the file's reader left
    out (`part` is "file") they count in the file, None where it has no lines.
    """

    line: Annotated[Ordinal | None, Field("The first line; null where the file has no lines.")]
    last_line: Ordinal | None
    page: Annotated[Ordinal | None, Field("The file's page; null where it has none.")]
    part: Annotated[
        str,
        Field(
            "What it is: title, contents, page number, …; `file` for what the reader of the file "
            "left out."
        ),
    ]
    reason: str
    text: Annotated[str, Field("What stands there, verbatim.")]


class Places:
    """Line and column of any offset of a text, without counting lines anew."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def of(self, offset: int) -> tuple[int, int]:
        """1-based line and column of code point `offset`."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def check(plan: Tree) -> list[Finding]:
    """Every finding in reading order."""
    places = Places(plan.source)
    found = [*_structure(plan), *_numbering(plan), *_contents(plan), *_unread(plan)]
    for node in plan.walk():
        found += _words(node)
    return sorted(Finding(*places.of(at), reason, text, id) for at, reason, text, id in found)


def left_out(plan: Tree) -> list[LeftOut]:
    """What the tree of `plan` does not hold, in reading order; lines of one kind that follow each
    other are one entry.

    The stop behind a run-in heading's title is not listed: the heading and its paragraph are.
    """
    places = Places(plan.source)
    runs: list[LeftOut] = []
    for name, start, end in plan.parts:
        if name == "heading stop":
            continue
        line, text = places.of(start)[0], plan.source[start:end]
        last = runs[-1].last_line if runs and runs[-1].part == name else None
        if last is not None and not _between(plan, places, last, start):
            runs[-1] = runs[-1]._replace(last_line=line, text=f"{runs[-1].text}\n{text}")
        else:
            runs.append(LeftOut(line, line, None, name, REASONS.get(name, ""), text))
    return runs


def _between(plan: Tree, places: Places, line: int, start: int) -> bool:
    """Whether there is text between the end of `line` and offset `start`."""
    return bool(plan.source[places.starts[line] : start].strip())


_Doubt = tuple[int, str, str, str]


def _structure(plan: Tree) -> Iterator[_Doubt]:
    reason = confidence(plan)
    if reason:
        yield 0, "doubtful structure", reason, ""
    for node in plan.nodes():
        if node.columns and not any(node.columns):
            yield node.start, "no row is surely the table's header", node.heading, node.address
        if node.kind in ("box", "table") and not node.children and not node.columns:
            reason = "no content: it is a picture, perhaps, and its content is missing"
            yield node.start, reason, node.heading, node.address


def _unread(plan: Tree) -> Iterator[tuple[int, str, str, str]]:
    """Runs of lines that look like a table and are not read as one."""
    lines = split_lines(plan.source)
    held = [(start, end) for _, start, end in plan.parts]
    for node in plan.walk():
        if node.kind != "paragraph":
            held += [*node.spans, *node.header]
    held.sort()
    taken = set()
    starts = [start for start, _ in held]
    for index, line in enumerate(lines):
        at = bisect_right(starts, line.start) - 1
        if at >= 0 and held[at][1] > line.start:
            taken.add(index)
    for run in unread(lines, lambda i: classify(lines[i].text), taken):
        first, last = lines[run[0]], lines[run[-1]]
        reason = (
            f"lines {first.no}-{last.no} look like a table whose cells stand a line each; "
            "not read as one"
        )
        yield first.start, reason, first.text, ""


def _words(node: Node) -> Iterator[_Doubt]:
    text = node.own_text
    for reason, start, end in _doubtful(text):
        yield _place(node, start), reason, text[max(0, start - 6) : end + 6], node.address
    unbalanced = list(_unbalanced(text))
    more = len(unbalanced) - _MOST_UNBALANCED
    for count, at in enumerate(unbalanced[:_MOST_UNBALANCED], 1):
        reason = f"unbalanced {text[at]}"
        if count == _MOST_UNBALANCED and more > 0:
            reason += f", and {more} more in this block"
        yield _place(node, at), reason, text[max(0, at - 8) : at + 8], node.address
    if node.kind == "paragraph" and not ends_sentence(text):
        yield _place(node, len(text) - 1), "paragraph ends without a stop", text[-16:], node.address


def _doubtful(text: str) -> Iterator[tuple[str, int, int]]:
    """The doubtful stretches of a block's words: why, and where they begin and end."""
    for match in _STRAY.finditer(text) if " " in text else ():
        start, end = match.span()
        if _is_cjk(text, start - 1) and _is_cjk(text, end):
            yield "stray Latin word inside Chinese", start, end
    for match in _LATEX.finditer(text) if "{" in text else ():
        yield "LaTeX leftover", *match.span()
    # Box 11 (lines 1005-1009) is punctuated half-width.
    for match in _HALF_WIDTH.finditer(text) if any(char in text for char in ",:;!?()") else ():
        start, end = match.span()
        if match[0] == ")":
            while _is_cjk(text, start - 1):
                start -= 1
            doubtful = start < end - 1 and text[start - 1 : start] == "（"
        elif match[0] == "(":
            closed = end
            while _is_cjk(text, closed):
                closed += 1
            doubtful = (
                _is_cjk(text, start - 1) and closed > end and text[closed : closed + 1] == "）"
            )
        else:
            doubtful = _is_cjk(text, start - 1) and _is_cjk(text, end)
        if doubtful:
            yield "half-width punctuation between Chinese", start, end
    # A table's cells have half-width brackets around their units (lines 186-207).
    for match in _BRACKETS.finditer(text) if "(" in text and "\t" not in text else ():
        if _is_cjk(text, match.start() - 1):
            yield "half-width brackets behind Chinese", *match.span()


def _is_cjk(text: str, at: int) -> bool:
    return 0 <= at < len(text) and "一" <= text[at] <= "鿿"


def _place(node: Node, at: int) -> int:
    """The offset in the source of character `at` of the node's own words."""
    for start, end in node.spans:
        if at < end - start:
            return start + at
        at -= end - start
    return node.end


def _unbalanced(text: str) -> Iterator[int]:
    stack: list[tuple[str, int]] = []
    for half in _HALVES.finditer(text):
        plain, at = _ALIKE.get(half[0], half[0]), half.start()
        if plain not in _OPENERS:
            stack.append((plain, at))
        elif stack and stack[-1][0] == _OPENERS[plain]:
            stack.pop()
        elif not (plain == ")" and at and text[at - 1].isdigit()):
            yield at
    yield from (at for _, at in stack)


def _numbering(plan: Tree) -> Iterator[_Doubt]:
    last: dict[str, int] = {}
    for node in plan.nodes():
        if node.number is None or node.kind == "preface" or "+" in node.id.rpartition(".")[2]:
            continue
        form = _LABEL_WORDS.sub("", node.label) or node.kind
        above = node.parent.id if node.parent and node.kind != "box" else ""
        before = last.get(f"{above}|{form}", 0)
        running = last.get(form, 0)
        if node.number not in (before + 1, running + 1):
            reason = "number repeats" if node.number <= before else "numbering gap"
            yield node.start, reason, node.heading, node.address
        last[f"{above}|{form}"] = last[form] = node.number


def _contents(plan: Tree) -> Iterator[_Doubt]:
    # Contents may list the items of a box; a row's title holds its number.
    named = (node for node in plan.walk() if node.title)
    body = {fold(node.label + node.title) for node in named}
    for entry in plan.contents:
        if fold(entry.label + entry.title) not in body:
            words = f"{entry.label} {entry.title}"
            yield entry.start, "in the contents but not in the body", words, ""
