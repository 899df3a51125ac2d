"""Numbers given 分别, one to each member of a list: whose is which.

`先进制造业、高技术制造业增加值占比分别达56.2%、34.7%` names both subjects once and what they share (增加值占比)
behind the last. Where the members end alike (…制造业) it can be told what is shared; where they do not
(`园区规模工业增加值、税收增速`), the name is left whole for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(r"、|以及|和|及|与")
_EACH_ITS_OWN = re.compile(r"分别\s*(?:\S{0,4})$")
#: Members have to end alike in as many code points for what follows in the last to be shared.
_ALIKE = 2


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
    parts = _PARTS.split(name)
    if count < 2 or len(parts) != count or not all(parts):
        return None
    *others, last = parts
    for size in range(len(others[-1]), _ALIKE - 1, -1):
        at = last.find(others[-1][-size:])
        if at >= 0 and all(part.endswith(others[-1][-_ALIKE:]) for part in others):
            return [part + last[at + size :] for part in others] + [last]
    return None
