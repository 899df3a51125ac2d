"""Numbers given 分别, one to each member of a list: whose is which.

`先进制造业、高技术制造业增加值占比分别达56.2%、34.7%` names both subjects once and what they share (增加值占比)
behind the last. What is shared can be told where the members end alike (…制造业), where three or more
of two characters at most are equally long (`水果、蔬菜、茶叶产量`), and where each is a measure of its own (`工业增加值、固定资产投资`), of
which a rate behind the last holds for all (`增加值、税收增速`). Elsewhere the name is left whole for all.
"""

from __future__ import annotations

from collections.abc import Sequence

from planq.patterns import lazy_compile
from planq.targets import words

_PARTS = lazy_compile(r"、|以及|和|及|与")
_EACH_ITS_OWN = lazy_compile(r"分别\s*(?:\S{0,4})$")
#: What is shared behind 分别 itself: …分别增长.
_SHARED_VERB = lazy_compile(r"分别(\S{0,4})$")
#: The rates that may stand behind what is measured.
_RATE = lazy_compile(r"(?:年均)?(?:增速|增幅|增长率|降幅)$")
#: Members have to end alike in as many code points for what follows in the last to be shared.
_ALIKE = 2
#: Members of one length are taken for alike up to this length.
_SHORT = 2


def distributed(names: Sequence[str], lefts: Sequence[str], listed: Sequence[bool]) -> list[str]:
    """`names`, those of a list that 分别 introduces each with its own member.

    `lefts` are the words before each number, `listed` says which go on with the list before them.
    """
    found = list(names)
    for i, left in enumerate(lefts):
        if _EACH_ITS_OWN.search(left.rstrip()):
            end = next((j for j in range(i + 1, len(names)) if not listed[j]), len(names))
            found[i:end] = _apart(found[i], end - i) or found[i:end]
    return found


def _apart(name: str, count: int) -> list[str] | None:
    """`name` as one name for each of its `count` members; None where that cannot be told."""
    said = _SHARED_VERB.search(name)
    parts = _PARTS.split(name[: said.start()] if said else name)
    if count < 2 or len(parts) != count or not all(parts):
        return None
    members = _members(parts)
    return [part + said[1] for part in members] if said and members else members


def _members(parts: list[str]) -> list[str] | None:
    *others, last = parts
    for size in range(len(others[-1]), _ALIKE - 1, -1):
        at = last.find(others[-1][-size:])
        if at >= 0 and all(part.endswith(others[-1][-_ALIKE:]) for part in others):
            return [part + last[at + size :] for part in others] + [last]
    rate = _RATE.search(last)
    bare = last[: rate.start()] if rate else last
    if all(words.MEASURED.search(part) for part in (*others, bare)):
        return [part + (rate[0] if rate else "") for part in others] + [last]
    size = len(others[0])
    if (
        len(others) > 1
        and size <= _SHORT  # of 绿色铝、绿色硅、新能源电池产值 the last is longer
        and {len(part) for part in others} == {size}
        and words.MEASURED.search(last[size:])
    ):
        return [part + last[size:] for part in others] + [last]
    return None
