"""The articles of a regulation: where 第十条之一 stands, and what its 款, 项 and 目 are.

Articles run on over chapters, so that their number alone finds them. A paragraph of an article is a
款, the first one beginning on the heading's own line; `（一）` lists 项 under it, `1.` 目 under those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import AddressError
from planq.plan.address import Address
from planq.text.folding import fold
from planq.text.numerals import NUMERAL_CHARS, format_numeral, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.tree import Node, Tree

_NUM = rf"[{NUMERAL_CHARS}\d]+"
#: 第十条之一第二款第（三）项第一目, as folded text without white space.
PLACE = (
    rf"第(?P<article>{_NUM})条(?:之(?P<inserted>{_NUM}))?(?:第(?P<paragraph>{_NUM})款)?"
    rf"(?:第?\(?(?P<item>{_NUM})\)?项)?(?:第(?P<sub>{_NUM})目)?"
)
_LABEL = r"第.+[条條](?:之.+)?"
_ITEM = rf"\(({_NUM})\)"
_SUB = r"(\d{1,2})[.、)]"


class Clause(NamedTuple):
    """A place in an article: its 款, 项 and 目, 0 where the node is above them, and the node.

    The heading itself is the first 款 where that begins on its line.
    """

    paragraph: int
    item: int
    sub: int
    node: Node


def is_article(node: Node | None) -> bool:
    """Whether a node is the heading of an article (第十条, 第十条之一)."""
    return (
        node is not None
        and node.label.startswith("第")
        and re.fullmatch(_LABEL, node.label) is not None
    )


def over_chapters(plan: Tree, address: Address, *, said: bool) -> Address:
    """`address` with the path of the article it numbers, where it is no other place of the plan.

    `said` tells that it was written with 条, so that 第二条 is never the second chapter. Raises
    AddressError if articles of this number stand in several parts.
    """
    if address.kind != "path" or len(address.steps) != 1:
        return address
    bare = address._replace(item=0, plan="", end=None)
    there = plan.get(bare.id)
    if there is not None and (not said or is_article(there)):
        return address
    part = f"part{address.part}/" if address.part else ""
    wanted = re.compile(rf"{part}(?:.*[./])?{re.escape(address.steps[0])}\Z")
    every = [node for node in plan.nodes() if is_article(node)]
    found = [node for node in every if wanted.match(node.id)]
    if len(found) > 1:
        near = [node.id for node in found]
        raise AddressError(
            "{plan} has {number} of {article}: {near}",
            near,
            plan=plan.id,
            number=len(found),
            article=bare.id,
            near=", ".join(near[:5]),
        )
    if not found and every and (said or "+" in address.steps[0]):
        near = list(dict.fromkeys((every[0].id, every[-1].id)))
        ends = "至".join(dict.fromkeys((every[0].label, every[-1].label)))
        raise AddressError(
            "{plan} has no article {article}; it has {ends}", near, plan=plan.id, article=bare.id, ends=ends
        )
    if not found:
        return address
    path = Address.parse(found[0].id)
    return address._replace(steps=path.steps, part=path.part)


def clauses(article: Node) -> list[Clause]:
    """The places in `article`, in reading order; its heading is one if the first 款 is in it."""
    found: list[Clause] = []
    paragraph = item = 0
    if _says_something(article):
        paragraph = 1
        found.append(Clause(1, 0, 0, article))
    for child in article.children:
        if child.kind not in ("paragraph", "item"):
            continue
        words = fold(child.own_text[:12]).replace(" ", "")
        if listed := re.match(_ITEM, words):
            item, sub = parse_numeral(listed[1]) or 0, 0
        elif listed := re.match(_SUB, words):
            sub = int(listed[1])
        else:
            goes_on = paragraph == 1 and len(found) == 1 and child.id.endswith(":1")
            paragraph += not goes_on
            item = sub = 0
        found.append(Clause(paragraph, item, sub, child))
        if sub == 0 and child.kind == "item":
            found += [
                Clause(paragraph, item, below.number or 0, below)
                for below in child.children
                if below.kind == "item"
            ]
    return found


def _says_something(article: Node) -> bool:
    """Whether the heading's line begins the first 款: it has its stop, or text behind it."""
    text = article.own_text
    if text[-1:] in ("。", "：", ":", "；"):
        return True
    if not article.children or article.plan is None or article.title == "":
        return False
    gap = article.plan.source[article.spans[-1][1] : article.children[0].start]
    return "。" in gap


def find(plan: Tree, text: str) -> Node | None:
    """The node of a 款, 项 or 目 as people write it; None if `text` is no such place.

    Raises AddressError where the plan has the article and not the place in it.
    """
    place = _place(plan, text)
    if place is None:
        return None
    article, wanted = place
    there = clauses(article)
    for clause in there:
        # 第二条第（三）项 leaves out the only 款.
        if wanted[0] in (0, clause.paragraph) and clause[1:3] == wanted[1:]:
            return first_paragraph(article) if clause.node is article else clause.node
    near = [words(article, clause) for clause in there if clause.node is not article][:5]
    raise _missing(article, there, wanted, near)


def first_paragraph(article: Node) -> Node:
    """The first 款 of an article that begins on its heading's line: the heading and, where it goes on
    behind the first sentence, the paragraph there, whose id it has; nothing else stands under it."""
    from planq.plan.tree import Node

    plan = article.plan
    rest = next((child for child in article.children if child.id == f"{article.id}:1"), None)
    if rest is not None and re.match(rf"{_ITEM}|{_SUB}", fold(rest.own_text[:12]).replace(" ", "")):
        rest = None  # the first of what it lists
    spans = [*article.spans, *(rest.spans if rest else ())]
    whole = [spans[0]]
    for start, end in spans[1:]:
        gap = plan.source[whole[-1][1] : start] if plan else "\n"
        if "\n" in gap:
            whole.append((start, end))
        else:  # the stop of the first sentence
            whole[-1] = (whole[-1][0], end)
    made = Node(
        rest.id if rest else article.id,
        rest.kind if rest else article.kind,
        label="" if rest else article.label,
        number=None if rest else article.number,
        title="" if rest else article.title,
        spans=whole,
        page=rest.page if rest else article.page,
        page_exact=rest.page_exact if rest else article.page_exact,
    )
    if rest and article.page and rest.page:
        made.page = (article.page[0], rest.page[1])
        made.page_exact = article.page_exact and rest.page_exact
    made.parent, made.plan = (article if rest else article.parent), plan
    return made


def _missing(
    article: Node, there: Sequence[Clause], wanted: tuple[int, int, int], near: list[str]
) -> AddressError:
    """The error for a 款, 项 or 目 that an article does not have: how many it has."""
    paragraph, item, sub = wanted
    most = max((clause.paragraph for clause in there), default=0)
    if paragraph > most:
        return AddressError(
            "{article} has {most} 款: there is no 第{number}款",
            near,
            article=article.label, most=most, number=format_numeral(paragraph),
        )  # fmt: skip
    within = [clause for clause in there if paragraph in (0, clause.paragraph)]
    where = words(article, Clause(paragraph, 0, 0, article)) if paragraph else article.label
    items = [clause.item for clause in within if clause.item]
    if item and item not in items:
        return AddressError(
            "{where} has {most} 项: there is no 第（{number}）项",
            near,
            where=where, most=len(set(items)), number=format_numeral(item),
        )  # fmt: skip
    subs = {clause.sub for clause in within if clause.sub and item in (0, clause.item)}
    if item:
        where = words(article, Clause(paragraph, item, 0, article))
    return AddressError(
        "{where} has {most} 目: there is no 第{number}目",
        near,
        where=where,
        most=len(subs),
        number=sub,
    )


def in_clause(plan: Tree, text: str) -> list[Node] | None:
    """The nodes of a 款 with its 项, or of a 项 with its 目; None if `text` is no such place."""
    place = _place(plan, text)
    if place is None:
        return None
    article, wanted = place
    found = []
    for clause in clauses(article):
        numbers = tuple(clause[:3])
        if all(want in (0, number) for want, number in zip(wanted, numbers, strict=True)):
            below = clause.node.walk() if clause.node is not article else [article]
            found += list(below)
    return found


def _place(plan: Tree, text: str) -> tuple[Node, tuple[int, int, int]] | None:
    """The article that `text` names a place in, and its 款, 项 and 目, 0 for what is not said."""
    match = re.fullmatch(PLACE, re.sub(r"\s", "", fold(text))) if "条" in text else None
    if match is None or not (match["paragraph"] or match["item"] or match["sub"]):
        return None
    numbers = {name: parse_numeral(value) for name, value in match.groupdict().items() if value}
    if None in numbers.values():
        return None
    step = f"{numbers['article']}" + (f"+{numbers['inserted']}" if match["inserted"] else "")
    article = plan.get(over_chapters(plan, Address("path", (step,)), said=True).id)
    if article is None or not is_article(article):
        return None
    paragraph, item, sub = (numbers.get(name) or 0 for name in ("paragraph", "item", "sub"))
    return article, (paragraph, item, sub)


def words(article: Node, clause: Clause) -> str:
    """A place in words: 第十条第二款第（三）项."""
    said = re.sub(r"\s", "", article.label)
    if clause.paragraph and (not clause.item or _paragraphs(article) > 1):
        said += f"第{format_numeral(clause.paragraph)}款"
    if clause.item:
        said += f"第（{format_numeral(clause.item)}）项"
    if clause.sub:
        said += f"第{clause.sub}目"
    return said


def _paragraphs(article: Node) -> int:
    return max((clause.paragraph for clause in clauses(article)), default=0)


def place_in_article(node: Node) -> str | None:
    """第十条之一第二款 for a node in an article, whose number tells its chapter; None for others.

    Where articles count anew in each part, the part is named before them.
    """
    article: Node | None = node
    while article is not None and not is_article(article):
        article = article.parent
    if article is None:
        return None
    plan = article.plan
    real = plan.get(article.id) if plan else None
    first = node is article and real is not None and real is not node  # made by first_paragraph
    article = real if first and real else article
    there = next(
        (
            c
            for c in clauses(article)
            if c.node is node or (c.node.id == node.id and c.node is not article)
        ),
        None,
    )
    if first and _paragraphs(article) > 1:
        there = Clause(1, 0, 0, node)
    said = words(article, there if there and node is not article else Clause(0, 0, 0, article))
    step = article.id.rpartition("/")[2].rpartition(".")[2]
    alike = re.compile(rf"(?:.*[./])?{re.escape(step)}\Z")
    again = plan and sum(
        is_article(other) and alike.match(other.id) is not None for other in plan.nodes()
    )
    above = article.parent
    while again and again > 1 and above is not None:
        if above.kind == "part":
            return re.sub(r"\s", "", above.label) + said
        above = above.parent
    return said
