"""What a plan may be called: short ASCII slugs that stand before an address (`hubei-145/3.2`)."""

from __future__ import annotations

import re

from planq.errors import PlanqError

_ID = r"(?!part\d)[a-z0-9][a-z0-9_-]{0,63}"
_ID_CHARS = 64
#: The most characters a title given by hand may have.
TITLE_CHARS = 300


def could_be_id(name: str) -> bool:
    """Whether `name` has the form of an id."""
    return re.fullmatch(_ID, name) is not None


def check_id(id: str) -> str:
    """`id` itself. Raises PlanqError if a plan cannot be called that, naming one that would do."""
    if could_be_id(id):
        return id
    shown = id if len(id) <= 40 else id[:40] + "…"
    raise PlanqError(
        "{shown!r} cannot be an id: use 1 to 64 of a-z, 0-9, - and _, beginning with a "
        "letter or digit, not with part and a number; for instance {id}",
        shown=shown,
        id=slug(id),
    )


def slug(words: str) -> str:
    """A plan id made from a file's name: lower case, ASCII letters, digits and hyphens.

    Nothing of the name may be left, as with 规划.txt; then it is `plan` and a checksum of the name.
    """
    made = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    if re.match(r"part\d", made):
        made = f"plan-{made}"
    if not made:
        from zlib import crc32

        return f"plan-{crc32(words.encode('utf-8', 'surrogatepass')):08x}"
    return made[:_ID_CHARS].strip("-")
