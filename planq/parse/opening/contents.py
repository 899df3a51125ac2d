"""The printed contents: which lines they are, and the pages they name.

An entry is a heading's words, leaders or a tab, and a page; under a line that says 目录 also words
and a page apart by blanks, words alone that come back in the body, and words over two lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from planq.parse.headings.rules import TOP, Mark, classify
from planq.parse.lines import Line, ends_sentence
from planq.parse.opening.title_block import PREFACE_WORDS
from planq.parse.pages.running_heads import is_page_number
from planq.patterns import lazy_compile
from planq.plan.tree import ContentsEntry
from planq.text.folding import fold

_TITLE = lazy_compile(
    r"#*\s*(?:[【〔\[]?目\s*[录次錄][】〕\]]?(?:\s*[A-Za-z ]+)?|(?:[Tt]able of )?[Cc]ontents|CONTENTS)\Z"
)
_PAGE = r"[-—(（\s]*(?:[Pp]\.?\s?|第\s?)?(?P<page>\d{1,4}|[ivxIVX]{1,5})\s?页?[-—)）\s]*\Z"
_LEADERS = r"(?:(?:[.．·…‥・﹒_]\s?){2,}|…|[—–─-]{3,})"
# `…标题.....\t12`, `标题……12`, `标题 ... 2`, `标题\t12`.
_ENTRY = lazy_compile(rf"(?P<words>.*?[^\s.．·…‥・﹒_])\s*(?:{_LEADERS}\s*|\t+\s*){_PAGE}")
# Behind it the next entry of a line that holds several.
_ENDED = lazy_compile(r"(?<![\d\w])\d{1,4}(?!\d)\s*(?=\S)")
_LED = lazy_compile(_LEADERS + r"\s{0,3}\Z")
_MOST_GLUED = 200
_SPACED = lazy_compile(rf"(?P<words>.*?\S)[ \u3000]+{_PAGE}")
# The contents' own page numbers.
_ROMAN = lazy_compile(r"[-—–\s]*(?:[ivx]{1,6}|[IVX]{1,6}|[Ⅰ-Ⅻ])[-—–\s]*\Z")
_BEGIN_WITHIN = 400
_HEAD_LINES = 40
_LONGEST = 160
_LONGEST_ENTRY = 80
_LONGEST_TITLE = 24
_PENDING = 3
_HEADS = 3  # times that a running head comes back at least
_BEHIND_SLIP = 2
_MOST_EDITS = 3
_SHORTEST_ALIKE = 5
_MOST_BETWEEN = 24  # lines that are no entries, between two


def find_contents(lines: list[Line]) -> tuple[list[ContentsEntry], set[int]]:
    """The contents' entries, and the indexes of the lines they (and their heading) stand on."""
    last_at: dict[str, int] = {}
    printed = Counter(line.text for line in lines)
    for index, line in enumerate(lines[:_BEGIN_WITHIN]):
        if len(line.text) > _LONGEST_TITLE:
            continue
        begin = index + 1
        split = line.text == "目" and begin < len(lines) and lines[begin].text in "录次錄"
        if not _TITLE.match(line.text) and not split:
            continue
        begin += split
        entries, last = _paged(lines, begin, printed, titled=True)
        if len(entries) < 2:
            last_at = last_at or _last_at(lines)
            entries, last = _unpaged(lines, begin, last_at)
        if len(entries) >= 2:
            while last + 1 < len(lines) and _ROMAN.match(lines[last + 1].text):
                last += 1
            return entries, set(range(index, last + 1))
    for index, line in enumerate(lines[:200]):
        if _entry(line.text) and (found := _paged(lines, index, printed, titled=False))[0]:
            entries, last = found
            numbered = sum(bool(entry.label) for entry in entries)
            pages = [entry.page for entry in entries if entry.page is not None]
            if len(entries) >= 3 and numbered >= 0.5 * len(entries) and pages == sorted(pages):
                among = range(index, last + 1)
                last_at = last_at or _last_at(lines)
                if _led(lines[i] for i in among) or _come_back(entries, last_at, last):
                    return entries, set(among)
            break
    return _untitled(lines, last_at)


def _led(lines: Iterable[Line]) -> bool:
    """Whether leaders stand before a page: tabs alone may be a table's, 1⇥医院⇥3."""
    return any(re.search(_LEADERS + r"\s*" + _PAGE, line.text) for line in lines)


def _come_back(entries: Sequence[ContentsEntry], at: dict[str, int], last: int) -> bool:
    """Whether most entries stand alone again behind the contents, whose last line is `last`."""
    found = sum(at.get(_key(entry.label + entry.title), -1) > last for entry in entries)
    return found >= 0.5 * len(entries)


def _untitled(lines: list[Line], last_at: dict[str, int]) -> tuple[list[ContentsEntry], set[int]]:
    """Contents that say neither 目录 nor pages: numbered lines on end that all come back later."""
    first = next((i for i, line in enumerate(lines[:_HEAD_LINES]) if _is_numbered(line.text)), None)
    if first is None or not all(_is_numbered(line.text) for line in lines[first : first + 3]):
        return [], set()
    at = last_at or _last_at(lines)
    if first > 0 and _key(lines[first - 1].text) in PREFACE_WORDS:
        first -= 1
    entries, last = _unpaged(lines, first, at, titled=False)
    if len(entries) < 4:
        return [], set()
    return entries, set(range(first, last + 1))


def _is_numbered(text: str) -> bool:
    mark = _marked(text)
    return mark is not None and mark.number is not None and not mark.run_in


def _entry(text: str, titled: bool = False) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    match = _ENTRY.fullmatch(text)
    if match is None and titled and (spaced := _SPACED.fullmatch(text)):
        words = spaced["words"]
        return spaced if _marked(words) or (_begins(words) and words[-1].isalpha()) else None
    return match


def _paged(
    lines: list[Line], begin: int, printed: Counter[str], *, titled: bool
) -> tuple[list[ContentsEntry], int]:
    """Entries that name pages, from line `begin`, and the index of the last one's line.

    `printed` says how often the words of a line come.
    """
    entries: list[ContentsEntry] = []
    pending: list[Line] = []
    last = begin
    for index in range(begin, len(lines)):
        line = lines[index]
        if index - last > _MOST_BETWEEN:
            break
        if glued := _entries_of(line.text):
            entries += [_made(one.text, None, one.start, one.end) for one in pending]
            entries += [
                _made(words, page, line.start + at, line.start + at + len(words))
                for at, words, page in glued
            ]
            pending, last = [], index
            continue
        match = _entry(line.text, titled)
        if match is None:
            again = printed[line.text] >= _HEADS and not ends_sentence(line.text)
            if again or not any(char.isalpha() for char in line.text):
                continue  # a page break, page number or running head within the contents
            pending.append(line)
            if len(pending) > _PENDING or len(line.text) > _LONGEST:
                break
            continue
        words, end = match["words"], line.start + match.end("words")
        page = int(match["page"]) if match["page"].isdecimal() else None
        if pending and (entries or titled) and not _marked(words) and _begins(pending[-1].text):
            first = pending.pop()  # an entry over two lines
            entries += [_made(one.text, None, one.start, one.end) for one in pending]
            entries.append(_made(first.text + words, page, first.start, end))
        else:
            if pending and not all(_begins(one.text) for one in pending) and len(entries) >= 3:
                break
            entries += [_made(one.text, None, one.start, one.end) for one in pending]
            entries.append(_made(words, page, line.start, end))
        pending, last = [], index
    return entries, last


def _entries_of(text: str) -> list[tuple[int, str, int]]:
    """The entries that a line holds, two or more, each with where it begins and its page."""
    pages = [m for m in _ENDED.finditer(text) if _LED.search(text[max(0, m.start() - 8) : m.start()])]
    begins = [0]
    for ended, after in zip_longest(pages, pages[1:]):
        words = text[ended.end() : after.start() if after else len(text)]
        if len(words) <= _LONGEST and _marked(words.strip()):
            begins.append(ended.end())
    if not 2 <= len(begins) <= _MOST_GLUED:
        return []
    found = []
    for at, end in zip(begins, [*begins[1:], len(text)], strict=True):
        entry = _ENTRY.fullmatch(text[at:end])
        if entry is None or not entry["page"].isdecimal() or not _marked(entry["words"]):
            return []
        found.append((at, entry["words"], int(entry["page"])))
    return found


def _last_at(lines: list[Line]) -> dict[str, int]:
    """Where the words of a line stand alone for the last time."""
    return {_key(line.text): i for i, line in enumerate(lines) if len(line.text) <= _LONGEST_ENTRY}


def _unpaged(
    lines: list[Line], begin: int, at: dict[str, int], *, titled: bool = True
) -> tuple[list[ContentsEntry], int]:
    """Entries without pages: the lines from `begin` on that come back later, `at` their last.

    Under the word 目录 (`titled`) a heading may differ from its entry for little.
    """
    entries: list[ContentsEntry] = []
    last = begin
    index = begin
    seen: set[str] = set()
    while index < len(lines):
        line = lines[index]
        if index - last > _MOST_BETWEEN:
            break
        if is_page_number(line.text) or not any(char.isalpha() for char in line.text):
            index += 1
            continue
        key = _key(line.text)
        if key in seen:
            break
        seen.add(key)
        if (
            len(line.text) <= _LONGEST_ENTRY
            and (line.text[-1] in "：:" or not ends_sentence(line.text))
            and at.get(key, -1) > index
        ):
            entries.append(_made(line.text, None, line.start, line.end))
        elif index + 1 < len(lines) and at.get(key + _key(lines[index + 1].text), -1) > index:
            index += 1
            words = line.text + lines[index].text
            entries.append(_made(words, None, line.start, lines[index].end))
        elif titled and (cut := _glued(line.text, at, index)):
            seen.update((_key(line.text[:cut]), _key(line.text[cut:])))
            entries.append(_made(line.text[:cut], None, line.start, line.start + cut))
            entries.append(_made(line.text[cut:], None, line.start + cut, line.end))
        elif titled and _slip(lines, index, at, seen):
            entries.append(_made(line.text, None, line.start, line.end))
        else:
            break
        last = index
        index += 1
    return entries, last


def _glued(text: str, at: dict[str, int], index: int) -> int:
    """Where the second of two entries on one line begins, both of which come back; 0 for none."""
    if len(text) > _LONGEST:
        return 0
    cuts = range(2, len(text) - 1)
    return next(
        (
            cut
            for cut in cuts
            if at.get(_key(text[:cut]), -1) > index and at.get(_key(text[cut:]), -1) > index
        ),
        0,
    )


def _slip(lines: list[Line], index: int, at: dict[str, int], seen: set[str]) -> bool:
    """Whether a line is an entry that its heading does not repeat to the letter (～ for －, 远景 for
    远县): it looks like one, and the entries behind it come back, if not it itself but for little."""
    text = lines[index].text
    if len(text) > _LONGEST_ENTRY or ends_sentence(text) or text[-1] in "，、,":
        return False
    numbered = _is_numbered(text)
    label = _label(text)
    after = [_key(line.text) for line in lines[index + 1 : index + 1 + _BEHIND_SLIP]]
    known = [key for key in after if key not in seen and at.get(key, -1) > index]
    behind = bool(after) and len(known) == len(after)
    if numbered and behind:
        return True
    alike = any(
        line.text.startswith(label) and _alike(_key(text), _key(line.text))
        for line in lines[index + 2 :]
        if abs(len(line.text) - len(text)) <= _MOST_EDITS
    )
    return (
        alike
        and (numbered or behind)
        and not any(_alike(_key(text), key) for key in seen - {_key(text)})
    )


def _label(text: str) -> str:
    mark = _marked(text)
    return text[: mark.title_start] if mark else ""


def _alike(one: str, other: str) -> bool:
    """Whether two keys differ by a character or two, a fifth of them at most."""
    if abs(len(one) - len(other)) > _MOST_EDITS or min(len(one), len(other)) < _SHORTEST_ALIKE:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < min(len(one), len(other)) - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    differ = max(len(one), len(other)) - begin - end
    return differ <= min(_MOST_EDITS, max(1, len(one) // 5))


def _key(text: str) -> str:
    return "".join(text.lstrip("#").split())


def _marked(words: str) -> Mark | None:
    mark = classify(words.replace("\t", " "))
    return mark if mark and mark.kind and mark.kind not in ("row", "note") else None


def _begins(text: str) -> bool:
    """Whether a line may begin an entry: it has a number, or is a short name."""
    return _marked(text) is not None or len(text) <= 12


def _made(words: str, page: int | None, start: int, end: int) -> ContentsEntry:
    mark = _marked(words)
    label, title = (mark.label, words[mark.title_start : mark.title_end]) if mark else ("", words)
    return ContentsEntry(label, title.lstrip("# ").strip(), page, start, end)


_LONGEST_BARE = 30
_DEEPEST = 90
_FEW = 0.3


class Titles:
    """The headings the contents list; `bare` are those without a number, `bare_rank` their rank."""

    def __init__(self, contents: Sequence[ContentsEntry]) -> None:
        self.pages: dict[tuple[str, str], list[int]] = {}
        self.words: set[str] = set()
        for entry in contents:
            key = (fold(entry.label), fold(entry.title))
            self.words.add(key[0] + key[1])
            if entry.page is not None:
                self.pages.setdefault(key, []).append(entry.page)
        for pages in self.pages.values():
            pages.reverse()
        bare = [entry for entry in contents if not entry.label]
        # Where most entries have numbers, one without stands beside the highest ones.
        self.bare_rank = TOP if len(bare) <= _FEW * len(contents) else _DEEPEST
        self.bare = {fold(entry.title) for entry in bare if len(entry.title) <= _LONGEST}

    def page(self, label: str, title: str) -> int | None:
        """The page the contents name for the next heading of these words; None for none."""
        if not self.pages:
            return None
        pages = self.pages.get((fold(label), fold(title)))
        return pages.pop() if pages else None

    def listed(self, words: str) -> bool:
        """Whether the contents list a heading of just these words."""
        return fold(words) in self.words
