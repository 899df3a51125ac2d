"""Markdown → source text with markdown-it-py, which Rich needs as well.

CommonMark plus pipe tables. HTML inside Markdown, where converters put tables with merged cells,
is read by the same rules as a page. Emphasis marks go, link texts stay, list numbers are printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planq.errors import SourceError
from planq.ingest.grid import Cell, lay_out, lines_of
from planq.ingest.markdown_lines import PICTURED, rejoined, whole_tables
from planq.ingest.reading import DELETED, WITHOUT_DELETED, LeftOut, Reading, heading
from planq.text.encoded import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

# markdown-it drops what is nested deeper, without a word; see read_markdown.
_MAX_NESTING = 100

# For every bracket opened a link's end is sought: a text of brackets alone would take minutes.
_OPENED = re.compile(r"(?:\[[^\[\]]{0,80}){20}")

# Likewise for all brackets and marks of emphasis of one paragraph; real ones hold some tens.
_MOST_MARKS = 5_000
_PARAGRAPHS = re.compile(r"\n[ \t>]*\n|\n(?=[ \t>]*\|)")  # a table's rows are paragraphs here

# Tags of ruby and deletions: what stands in <rt> and <rp> says how characters are read.
_MARKED = re.compile(r"<(/?)(?:(r[tp]|rtc|del)|ruby|rb)\b", re.I)

# Words that open a paragraph in bold, and what begins a section: a heading, or a line with a number.
_LEADS = re.compile(r"(?![一二三四五六七八九十]+是)[^*，、；\s\d（(第][^*；]{1,38}")
_LEAD_STOPS = ("。", "：", ":")
_LEAST_LEADS = 3

# A line in bold that is a heading: short, without a stop, a number (which is one anyhow) or a date.
_BOLD_LINE = re.compile(
    r"(?!.*(?:人民政府|委员会|办公[厅室])\Z|.*\d\s?年\s?\d{1,2}\s?月|[图表注]|专栏|附[件表录]|[\W\d_])"
    r"[^*。；;：:！？!?，,、…\t\n]{1,29}[^*。；;：:！？!?，,、…\t\n]"
)
_LEAST_BOLD = {True: 2, False: 3}  # in a section under a heading, in a text without one
_SHORTEST_BELOW = 8

_LITERAL = re.compile(r"\*\*([^*\n]{1,200}?)\*\*")
_SECTION = re.compile(
    r"#|[（(]?(?:\d{1,3}|[一二三四五六七八九十百]+)\s?[）)、.．]|第\s?[一二三四五六七八九十百\d]+\s?[篇章节条编]"
)

_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){0,200}?)(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_KEY = re.compile(r"^[\w-]+[ \t]*[:：]", re.M)
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*$", re.M | re.I)


def read_markdown(data: bytes, name: str, said: str = "") -> Reading:
    """The Reading of a Markdown file; raises SourceError for binary or unreadable text."""
    source, encoding, notices = decode(data, name, encoding=said)
    from markdown_it import MarkdownIt

    body, skipped, front = _without_front_matter(source)
    reader = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    paragraphs = _PARAGRAPHS.split(body)
    literal = False
    if _OPENED.search(body) or any(one.count("[") > _MOST_MARKS for one in paragraphs):
        reader.disable(["link", "image"])
        notices += ("more brackets opened in a row than a link has: links are left as printed",)
    if any(one.count("*") + one.count("_") > _MOST_MARKS for one in paragraphs):
        reader.disable("emphasis")
        literal = True
        notices += ("more marks of emphasis on end than a paragraph has: left as printed",)
    tokens = reader.parse(whole_tables(body))
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        notices += ("nested deeper than Markdown can be read: read as plain text",)
        return Reading(source, "txt", encoding, notices)
    page = _Page(skipped, literal=literal)
    title = None
    if front:
        page.left_out.append(LeftOut(" ".join(front.split()), "front matter", line=1))
        if found := _FRONT_TITLE.search(front):
            title = found[1].strip("\"'") or None
    page.read(iter(tokens))
    page.mark_leads()
    page.mark_bold()
    if not page.lines:
        raise SourceError("{name} holds no text outside its markup", name=name)
    text = "\n".join(page.lines) + "\n"
    if any(one.reason == DELETED for one in page.left_out):
        notices += (WITHOUT_DELETED,)
    return Reading(text, "md", encoding, notices, tuple(page.left_out), title)


def _unmarked(words: str, lead: str) -> tuple[str, str]:
    """The lead and the words of a paragraph without the ** that Markdown does not see, as between a
    stop and the next character; those around a number stay, which says where a heading ends."""
    opened = _LITERAL.match(words)
    if opened and _SECTION.match(opened[1]):
        return "", words
    if opened and _LEADS.fullmatch(opened[1]):
        after = words[opened.end() :]
        if after and (opened[1][-1] in _LEAD_STOPS or after[0] in _LEAD_STOPS):
            lead = opened[1]
    return lead, _LITERAL.sub(r"\1", words)


def _without_front_matter(source: str) -> tuple[str, int, str]:
    found = _FRONT.match(source)
    if found is None or not _FRONT_KEY.search(found[1]):
        return source, 0, ""
    return source[found.end() :], found[0].count("\n"), found[1]


@dataclass
class _Page:
    """Lines as they are written; `skipped` is how many file lines the front matter took."""

    skipped: int
    lines: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _numbers: list[int | None] = field(default_factory=list)
    _mark: str = ""
    _quotes: int = 0
    _quoted: int = 0
    literal: bool = False  # marks of emphasis are left as printed
    _leads: list[tuple[int, str]] = field(default_factory=list)
    # Lines in bold alone, and where the headings are and of what level.
    _bold: list[int] = field(default_factory=list)
    _headings: list[tuple[int, int]] = field(default_factory=list)

    def read(self, tokens: Iterator[Token]) -> None:
        for token in tokens:
            match token.type:
                case "heading_open":
                    self._heading(int(token.tag[1:]), next(tokens))
                case "inline":
                    lead = self._lead(token)
                    words = self._words(token)
                    if "**" in words and not self.literal:
                        lead, words = _unmarked(words, "" if self._inside() else lead)
                    if self._is_bold(token):
                        self._bold.append(len(self.lines))
                    if lead and "\n" not in words:
                        self._leads.append((len(self.lines), lead))
                    self._lines(words)
                case "blockquote_open":
                    self._quoted = self._quoted if self._quotes else len(self.lines)
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                    self._end_box()
                case "fence" | "code_block":
                    self._lines(token.content)
                case "html_block":
                    self._html(token)
                case "table_open":
                    self.lines += lines_of(lay_out([*self._rows(tokens)]))
                case "ordered_list_open":
                    self._numbers.append(int(token.attrGet("start") or 1) - 1)
                case "bullet_list_open":
                    self._numbers.append(None)
                case "ordered_list_close" | "bullet_list_close":
                    self._numbers.pop()
                case "list_item_open":
                    number = self._numbers[-1]
                    if number is not None:
                        self._numbers[-1] = number + 1
                        self._mark = f"{number + 1}{token.markup} "

    def _lead(self, inline: Token) -> str:
        """The words in bold that open a paragraph of one line and end in a stop or have one behind."""
        children = inline.children or []
        kinds = [child.type for child in children[:4]]
        if self._inside() or any(child.type.endswith("break") for child in children):
            return ""
        if kinds[:1] == ["text"] and not children[0].content:
            children, kinds = children[1:], kinds[1:]
        if kinds[:3] != ["strong_open", "text", "strong_close"] or len(children) < 4:
            return ""
        words, after = children[1].content, children[3].content
        stopped = words[-1:] in _LEAD_STOPS or after[:1] in _LEAD_STOPS
        return words if stopped and after and _LEADS.fullmatch(words) else ""

    def _is_bold(self, inline: Token) -> bool:
        """Whether a paragraph is one line of bold words that may be a heading."""
        children = [child for child in inline.children or [] if child.type != "text" or child.content]
        kinds = [child.type for child in children]
        if self._inside() or kinds != ["strong_open", "text", "strong_close"]:
            return False
        words = children[1].content.strip()
        return _BOLD_LINE.fullmatch(words) is not None and not _SECTION.match(words)

    def mark_bold(self) -> None:
        """Make headings of the lines in bold that stand over the paragraphs of one section, two or more."""
        sections: dict[int, list[int]] = {}
        begun = [at for at, _ in self._headings]
        for at in self._bold:
            below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
            over = (len(below) >= _SHORTEST_BELOW or below.endswith("。")) and below[0] != "#"
            if over and "\t" not in below and at + 1 not in self._bold:
                sections.setdefault(bisect_right(begun, at), []).append(at)
        for section, found in sections.items():
            level = self._headings[section - 1][1] if section else 1
            for at in found if len(found) >= _LEAST_BOLD[bool(section)] else ():
                self.lines[at] = heading(min(level + 1, 6), self.lines[at])

    def _inside(self) -> bool:
        """Whether a paragraph is one of a list or quotation."""
        return bool(self._numbers or self._quotes or self._mark)

    def mark_leads(self) -> None:
        """Put back the ** of words that open three paragraphs or more of one section."""
        sections: dict[int, list[tuple[int, str]]] = {}
        begun = [at for at, line in enumerate(self.lines) if _SECTION.match(line)]
        for at, words in self._leads:
            sections.setdefault(bisect_right(begun, at), []).append((at, words))
        for leads in sections.values():
            for at, words in leads if len(leads) >= _LEAST_LEADS else ():
                if self.lines[at].startswith(words):
                    self.lines[at] = f"**{words}**{self.lines[at][len(words) :]}"

    def _heading(self, level: int, inline: Token) -> None:
        words = " ".join(self._words(inline).split("\n"))
        self._headings.append((len(self.lines), level))
        self._lines(heading(level, self._mark + words))
        self._mark = ""

    def _end_box(self) -> None:
        """A drawn line behind a quotation that holds a box, so that what follows is outside of it."""
        if not self._quotes and any(PICTURED.match(line) for line in self.lines[self._quoted :]):
            self.lines.append("---")

    def _lines(self, text: str) -> None:
        kept = [line for line in text.split("\n") if line.strip()]
        if kept:
            kept[0] = self._mark + kept[0]
            self._mark = ""
        self.lines += kept

    def _rows(self, tokens: Iterator[Token]) -> Iterator[list[Cell]]:
        row: list[Cell] = []
        for token in tokens:
            if token.type == "table_close":
                return
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(Cell(self._words(token)))
            elif token.type == "tr_close":
                yield row

    def _html(self, token: Token) -> None:
        from planq.ingest.html.page import fragment_lines

        lines, left_out = fragment_lines(token.content)
        self.lines += lines
        at = self._line(token)
        self.left_out += [LeftOut(one.text, one.reason, at) for one in left_out]

    def _words(self, inline: Token) -> str:
        parts: list[str] = []
        inside = ""  # <rt>, <rp>, <del>: how a character is read, or what is deleted
        for token in inline.children or ():
            if token.type == "html_inline" and (tag := _MARKED.match(token.content)):
                inside = "" if tag[1] else (tag[2] or "").lower()
            elif inside:
                if inside == "del" and token.type in ("text", "code_inline"):
                    self.left_out.append(LeftOut(token.content, DELETED, self._line(inline)))
            elif token.type in ("text", "code_inline"):
                parts.append(token.content)
            elif token.type == "softbreak":
                parts.append("\r")
            elif token.type == "hardbreak":
                parts.append("\n")
            elif token.type == "html_inline":
                if re.match(r"<br\b", token.content, re.I):
                    parts.append("\n")
                elif re.match(r"<img\b", token.content, re.I):
                    self._html_picture(token.content, inline)
            elif token.type == "image":
                words = " ".join(f"{token.content} {token.attrGet('title') or ''}".split())
                address = str(token.attrGet("src") or "")
                reason = "picture"
                if PICTURED.match(words):
                    parts.append(f"\n{words}\n" + ("（专栏完）\n" if "专" in words else ""))
                    reason = "picture of a box or table: its content is missing"
                self.left_out.append(
                    LeftOut(f"{words} {address}".strip(), reason, self._line(inline))
                )
        return rejoined("".join(parts))

    def _html_picture(self, tag: str, inline: Token) -> None:
        from planq.ingest.html.page import fragment_lines

        at = self._line(inline)
        self.left_out += [LeftOut(one.text, one.reason, at) for one in fragment_lines(tag)[1]]

    def _line(self, token: Token) -> int | None:
        return token.map[0] + 1 + self.skipped if token.map else None
