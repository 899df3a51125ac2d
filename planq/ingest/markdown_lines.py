"""Lines of Markdown before and behind its parser: tables made whole, soft breaks that part nothing."""

from __future__ import annotations

import re

#: The caption of a box or table, as a picture of one is called.
PICTURED = re.compile(
    r"\W{0,3}专\s?栏\s*[\d一二三四五六七八九十]|\W{0,3}附?表\s*[\d一二三四五六七八九十]+\s"
)
_DELIMITER = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_BAR = re.compile(r"(?<!\\)\|")
# A line that begins something of its own, though Markdown has it in the paragraph before.
_BEGINS = re.compile(
    r"\s|[（(]?(?:\d{1,3}|[一二三四五六七八九十百]+)\s?[）)、.．]|[①-⑳●■◆▲★•○◎➢〇§—*#|【〔]|第\s?[一二三四五六七八九十百\d]+\s?[篇章节部条款]"
    r"|专\s?栏|附[件录表图]|[图表]\s?\d|注\s?[：:]|[一二三四五六七八九十]+[是要]|[^，。；：:→]{1,24}[：:→]"
)
_STOPPED = re.compile(r"[。！？；!?;][”’」』）)]*\Z")


def whole_tables(text: str) -> str:
    """`text` with as many cells in a table's header and delimiter as in its longest row.

    Markdown has no table where header and delimiter differ, and drops a row's cells beyond them.
    """
    lines = text.split("\n")
    fenced = False
    for at in range(1, len(lines)):
        if _FENCE.match(lines[at]):
            fenced = not fenced
        head = lines[at - 1]
        if fenced or "|" not in lines[at] or "|" not in head or not _DELIMITER.match(lines[at]):
            continue
        end = at + 1
        while end < len(lines) and "|" in lines[end]:
            end += 1
        size = max(_cells(line) for line in (head, *lines[at + 1 : end]))
        if _cells(head) == size == _cells(lines[at]):
            continue
        quote = re.match(r"[ \t>]*", head)
        lead = quote[0] if quote else ""
        bare = head.rstrip().removesuffix("|") if head.rstrip().endswith("|") else head
        lines[at - 1] = bare + "| " * (size - _cells(head)) + "|"
        if not bare.lstrip("> \t").startswith("|"):
            lines[at - 1] = f"{lead}| " + lines[at - 1][len(lead) :]
        lines[at] = f"{lead}|" + " --- |" * size
    return "\n".join(lines)


def _cells(line: str) -> int:
    bare = line.strip().lstrip("> \t").strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return len(_BAR.findall(bare)) + 1


def rejoined(words: str) -> str:
    """`words` with a soft break, a carriage return here, gone behind a whole sentence, since it ends
    no paragraph; a line end elsewhere, and where the next line begins something of its own."""
    first, *rest = words.split("\r")
    for after in rest:
        last = first.rpartition("\n")[2]
        if _STOPPED.search(last.rstrip()) and after and not _BEGINS.match(after):
            first = first.rstrip() + after
        else:
            first += "\n" + after
    return first
