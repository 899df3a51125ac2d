"""One verdict a quotation: exact, folded, near, misattributed or absent.

exact and folded are equality, of code points or of folded text: no threshold stands between them
and the rest, so that a changed digit, unit or name or a dropped 不 can never be better than near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planq.patterns import lazy_compile
from planq.quote.diff import Edit, edits
from planq.quote.locate import FARTHEST, MOST_PARTS, locator
from planq.quote.running_text import Passages, Place
from planq.text.folding import fold, fold_map
from planq.verify.claims import Claim, holds

if TYPE_CHECKING:
    from planq.plan.tree import Page, Tree

#: The verdicts: the words are the plan's, are like the plan's, are the plan's from another place
#: than the draft says, are not the plan's. In this order they are counted out.
STATUSES = ("exact", "folded", "near", "misattributed", "absent")
#: The verdicts that are no problem: the same words, as folding counts them.
GOOD = frozenset(("exact", "folded"))
#: Of parts that an ellipsis joins the last in this order speaks for all: words that are not the
#: plan's weigh more than a wrong place.
_WORST_LAST = ("exact", "folded", "misattributed", "near", "absent")
#: Three dots or more, or dots of an ellipsis, perhaps in brackets: something was left out.
ELLIPSIS = lazy_compile(
    r"[\[［(（【〔]?[ 　]*(?:[…⋯]+|\.{3,}|\.(?: \.){2,}|．{3,}|。{3,}|·{3,})[ 　]*[\]］)）】〕]?"
    r"|[\[［(（【〔][以中上下]{0,2}省?略[\]］)）】〕]"
)
_DOTS = frozenset("…⋯.．。·略")  # one of which every ellipsis has
_NO_MARKS = dict.fromkeys(map(ord, "“”‘’「」『』﹁﹂﹃﹄〝〞｢｣\"'＂＇"))
#: Places a draft names for one quotation: all groups have to hold, of each group any one.
Groups = Sequence[Sequence[Claim]]


class Finding(NamedTuple):
    """What words are, held against the plan.

    `text` is the plan's own words at `id` (None when absent); `place` where they stand on the
    plan's line of text; `diff` the edits from quotation to plan, by code points of the words;
    `offset` where the words begin in the whole quotation; `parts` the findings of what an ellipsis
    joins.
    """

    status: str
    words: str
    offset: int = 0
    place: Place | None = None
    id: str | None = None
    page: Page | None = None
    page_exact: bool = False
    text: str | None = None
    diff: tuple[Edit, ...] = ()
    parts: tuple[Finding, ...] = ()


def judge(words: str, plan: Tree, passages: Passages, claims: Groups = ()) -> Finding:
    """The verdict on `words`; `claims` the places the draft names for them."""
    whole = _same(words, 0, plan, passages, claims)
    if whole is not None:
        return whole
    pieces = _pieces(words)
    if 0 < len(pieces) <= MOST_PARTS:
        return _joined(words, pieces, plan, passages, claims)
    return _near(words, 0, plan, passages, claims)


def _in_order(
    pieces: list[tuple[int, str]],
    plan: Tree,
    passages: Passages,
    claims: Groups,
    *,
    exact_first: bool,
) -> tuple[list[Finding], bool]:
    """The findings of parts, each behind the one before where that can be; whether all are."""
    parts: list[Finding] = []
    behind = 0
    ordered = True
    for offset, piece in pieces:
        part = _same(piece, offset, plan, passages, claims, behind, exact_first)
        if part is None:
            part = _near(piece, offset, plan, passages, claims, behind)
        if part.place is not None:
            ordered = ordered and part.place.start >= behind
            behind = max(behind, part.place.end)
        parts.append(part)
    return parts, ordered


def _same(
    words: str,
    offset: int,
    plan: Tree,
    passages: Passages,
    claims: Groups,
    behind: int = 0,
    exact_first: bool = True,
) -> Finding | None:
    """exact, folded or misattributed; None if the words are not in the plan.

    Of several places the first behind `behind` on the line is taken, one the claims name before
    any other; with `exact_first`, one where they stand to the letter before any other still.
    """
    wrong: Finding | None = None
    if not words:
        return None
    exact = _choose(_places(passages.exact, words, behind), plan, passages, claims, behind)
    if exact is not None and exact_first:
        place, right = exact
        found = _found("exact", words, offset, passages, place, ())
        if right:
            return found
        wrong = found
    folded = fold_map(words)
    if not folded.text:
        return None
    places = _places(passages.alike, folded.text, behind)
    alike = _choose(places, plan, passages, claims, behind, _bare(words))
    if alike is not None and (alike[1] or wrong is None):
        place, right = alike
        size = len(folded.text)
        pairs = [(i, i + place.folded_start) for i in range(size)]
        same = passages.line[place.start : place.end] == words
        found = _found(
            "exact" if same else "folded", words, offset, passages, place,
            edits(words, folded, passages.line, passages.folded, place[:2], pairs),
        )  # fmt: skip
        if right:
            return found
        wrong = found
    return None if wrong is None else wrong._replace(status="misattributed")


def _places(
    search: Callable[[str, int], Iterable[Place]], words: str, behind: int
) -> Iterator[Place]:
    """Where `words` stand, the places from `behind` first."""
    yield from search(words, behind)
    if behind:
        yield from search(words, 0)


def _choose(
    places: Iterable[Place],
    plan: Tree,
    passages: Passages,
    claims: Groups,
    behind: int,
    bare: str | None = None,
) -> tuple[Place, bool] | None:
    """The best of `places`, and whether every claim holds there; one that cuts no number in two
    before one that does, one where only quotation marks differ (`bare` is what was quoted, without
    them) before others, and the text before the title."""
    best: tuple[tuple[bool, ...], Place, bool] | None = None
    known: dict[tuple[int, int], bool] = {}  # words may stand thousands of times, in few blocks
    for place in places:
        right = not claims
        if claims:
            block = passages.touched(place.start, place.end)
            if block not in known:
                known[block] = agrees(place, plan, passages, claims)
            right = known[block]
        later = place.start >= behind
        same = bare is None or _bare(passages.line[place.start : place.end]) == bare
        rank = (right, later, not passages.cut_numbers(place), same, not passages.in_title(place))
        if best is None or rank > best[0]:
            best = (rank, place, right)
        if all(rank):
            break
    return None if best is None else (best[1], best[2])


def _bare(words: str) -> str:
    """Words without their quotation marks."""
    return words.translate(_NO_MARKS)


def agrees(place: Place, plan: Tree, passages: Passages, claims: Groups) -> bool:
    """Whether the words at `place` stand where every group of `claims` says, by one of its own."""
    nodes = passages.nodes_at(place.start, place.end)
    page, _ = passages.pages(place.start, place.end)
    return all(any(holds(claim, plan, nodes, page) for claim in either) for either in claims)


def _near(
    words: str,
    offset: int,
    plan: Tree,
    passages: Passages,
    claims: Groups,
    behind: int = 0,
) -> Finding:
    folded = fold_map(words)
    found = locator(passages).near(folded.text) if len(folded.text) > 1 else []
    if not found:
        return Finding("absent", words, offset)
    best = min(
        found,
        key=lambda near: (
            near.alignment.distance,
            bool(claims) and not agrees(near.place, plan, passages, claims),
            near.place.start < behind,
            passages.in_title(near.place),
            near.place.start,
        ),
    )
    line = passages.folded
    diff = edits(words, folded, passages.line, line, best.place[:2], best.alignment.pairs)
    return _found("near", words, offset, passages, best.place, diff)


def _found(
    status: str, words: str, offset: int, passages: Passages, place: Place, diff: Sequence[Edit]
) -> Finding:
    nodes = passages.nodes_at(place.start, place.end)
    page, exact = passages.pages(place.start, place.end)
    return Finding(
        status, words, offset, place, nodes[0].id if nodes else None, page, exact,
        passages.words(place.start, place.end), tuple(diff),
    )  # fmt: skip


def _pieces(words: str) -> list[tuple[int, str]]:
    """What ellipses join, with offsets; empty if there is none."""
    if _DOTS.isdisjoint(words):
        return []
    out: list[tuple[int, str]] = []
    at = 0
    met = False
    for match in ELLIPSIS.finditer(words):
        met = True
        out.append((at, words[at : match.start()]))
        at = match.end()
    out.append((at, words[at:]))
    return [(start, piece) for start, piece in out if fold(piece)] if met else []


def _joined(
    words: str,
    pieces: list[tuple[int, str]],
    plan: Tree,
    passages: Passages,
    claims: Groups,
) -> Finding:
    """The verdict on parts that an ellipsis joins: the worst of theirs, near if out of order."""
    parts, ordered = _in_order(pieces, plan, passages, claims, exact_first=True)
    if not ordered:  # words that stand elsewhere to the letter may stand here as folding counts
        loose, ordered = _in_order(pieces, plan, passages, claims, exact_first=False)
        parts = loose if ordered else parts
    status = max((part.status for part in parts), key=_WORST_LAST.index)
    lacking = sum(len(part.words) for part in parts if part.status == "absent")
    if status == "absent" and lacking <= FARTHEST * sum(len(part.words) for part in parts):
        status = "near"
    if not ordered and status != "absent":
        status = "near"
    first = next((part for part in parts if part.place is not None), None)
    if first is None or status == "absent":
        return Finding("absent", words, parts=tuple(parts))
    pages = [part.page for part in parts if part.place is not None]
    known = [page for page in pages if page is not None]
    page = (
        (min(p[0] for p in known), max(p[1] for p in known)) if len(known) == len(pages) else None
    )
    return Finding(
        status, words, 0, first.place, first.id, page,
        page is not None and page[0] == page[1] and all(p.page_exact for p in parts if p.place),
        "……".join(part.text for part in parts if part.text),
        tuple(
            edit._replace(start=edit.start + part.offset, end=edit.end + part.offset)
            for part in parts for edit in part.diff
        ),
        tuple(parts) if len(parts) > 1 else (),
    )  # fmt: skip
