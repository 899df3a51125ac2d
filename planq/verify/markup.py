"""What Markdown prints of a draft: marks blanked out at the same length, so that offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planq.patterns import lazy_compile

_UNSEEN = lazy_compile(
    r"""
    \[\^[^\[\]\s]{1,60}\](?!:)(?P<kept>\(?)                      # footnote marks
  | </?[A-Za-z][^<>\n]*>                                        # tags and autolinks
  | (?<=\])\((?:[^()\n]|\([^()\n]*\))*\)                        # where a link goes
  | !?\[(?=(?:[^\[\]\n]|\n(?![ \t]*\n)){0,500}\]\x28)             # a link's brackets
  | \](?=\x28)
    """,
    re.VERBOSE,
)
#: Where a link goes is taken for ASCII: `[1]: 见“…”` is a note that someone typed.
_DEFINED = lazy_compile(
    r"""^[ ]{0,3}\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*[!-~\0]+(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$""",
    re.MULTILINE,
)
_REFERS = lazy_compile(r"(!?\[)(?!\^)([^\[\]\n]{1,200})(\](?:\[([^\[\]\n]{0,200})\])?)")
_FENCE = lazy_compile(r"^ {0,3}(?:```+|~~~+)", re.MULTILINE)
_FRONT = lazy_compile(r"\A---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_EMPHASIS = lazy_compile(r"\\.|(?P<run>\*+|_+(?!\{)|~~+|`+)|(?P<end>\n[ \t]*(?=\n))", re.DOTALL)
#: Inside a quotation: wraps, what is blanked out, escapes.
_MARKUP = lazy_compile(
    r"""
    (?P<wrap>(?<![ \t])[ \t]*\n[ \t　]*(?:>[ \t　]*)*)
  | \x00+
  | \\(?=[!-/:-@\[-`{-~])
    """,
    re.VERBOSE,
)
UNSEEN = "\x00"
_ENTITY = lazy_compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def printed(text: str) -> str:
    """`text` with what Markdown does not print as NUL, line ends kept."""

    def blank(match: re.Match[str]) -> str:
        kept = match.groupdict().get("kept") or ""  # brackets behind a note are no link's
        return re.sub(r"[^\n]", UNSEEN, match[0].removesuffix(kept)) + kept

    front = _FRONT.match(text)
    if front:
        text = blank(front) + text[front.end() :]
    text = _without(text, _code(text))
    text = _without(text, _comments(text))
    if "<" in text or "[" in text:
        text = _UNSEEN.sub(blank, text)
    text = _without(text, iter(sorted(_references(text))))
    text = _without(text, iter(sorted(_emphasis(text))))
    return _ENTITY.sub(_character, text) if "&" in text else text


def unmarked(text: str) -> str:
    """`text` with the marks of notes as NUL: all that is not printed where there is no Markdown."""
    return re.sub(r"\[\^\d{1,5}\](?!:)", lambda mark: UNSEEN * len(mark[0]), text)


def _character(entity: re.Match[str]) -> str:
    """`&nbsp;` as the character it prints, at the same length."""
    from html import unescape

    char = unescape(entity[0])
    return char.ljust(len(entity[0]), UNSEEN) if len(char) == 1 and char != "\n" else entity[0]


def behind(text: str, place: int) -> int:
    """Where the character that is printed for `text[place]` ends."""
    entity = _ENTITY.match(text, place)
    return entity.end() if entity and len(_character(entity).rstrip(UNSEEN)) == 1 else place + 1


def _without(text: str, spans: Iterator[tuple[int, int]]) -> str:
    out: list[str] = []
    at = 0
    for start, end in spans:
        out += [text[at:start], re.sub(r"[^\n]", UNSEEN, text[start:end])]
        at = end
    return "".join([*out, text[at:]]) if out else text


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Fenced code blocks; one that is never closed is taken for text."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[0].strip().startswith(opened[0].strip()):
            end = text.find("\n", fence.end())
            yield opened.start(), len(text) if end < 0 else end
            opened = None


def _emphasis(text: str) -> Iterator[tuple[int, int]]:
    """Emphasis and code marks that have a partner in their paragraph (CommonMark 0.31, 6.2, without
    its nesting by rule of three); a lone `*` is a character, and so is `_` inside a word."""
    opened: dict[str, tuple[int, int]] = {}
    for match in _EMPHASIS.finditer(text):
        run = match["run"]
        if match["end"] is not None:
            opened.clear()
        if not run:
            continue
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        opens, closes = not (after.isspace() or not after), not (before.isspace() or not before)
        if run[0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        if closes and run in opened:
            yield opened.pop(run)
            yield start, end
        elif opens:
            opened[run] = (start, end)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (start := text.find("<!--", end)) >= 0:
        close = text.find("-->", start)
        if close < 0:
            return
        end = close + 3
        yield start, end


def _references(text: str) -> Iterator[tuple[int, int]]:
    """Definitions of links (`[a]: where "title"`), and the brackets of what refers to them."""
    labels = set()
    for defined in _DEFINED.finditer(text) if "]:" in text else ():
        labels.add(defined[1].casefold())
        yield defined.span()
    for link in _REFERS.finditer(text) if labels else ():
        if (link[4] or link[2]).casefold() in labels and text[link.end() : link.end() + 1] != ":":
            yield link.span(1)
            yield link.span(3)


def words_of(stretch: str, start: int) -> tuple[str, list[int]]:
    """What a reader sees of a stretch that begins at `start`, and where each character stands."""
    places: list[int] = []
    out: list[str] = []
    at = 0
    for match in _MARKUP.finditer(stretch):
        out.append(stretch[at : match.start()])
        places.extend(range(start + at, start + match.start()))
        at = match.end()
        if match["wrap"] and _latin(
            stretch[match.start() - 1 : match.start()], stretch[at : at + 1]
        ):
            out.append(" ")
            places.append(start + match.start())
    out.append(stretch[at:])
    places.extend(range(start + at, start + len(stretch)))
    return "".join(out), places


def _latin(before: str, after: str) -> bool:
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
