"""Which plans several names mean: ids, paths and globs over either."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from planq.errors import PlanqError, StoreError
from planq.library import BUNDLED, open_plan
from planq.library.home import Library
from planq.library.ids import could_be_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planq.model import Plan


def names_of(names: Sequence[str], *, every: bool = False) -> list[str]:
    """The ids and paths meant by `names`, each once, globs spelled out; all ids with `every`.

    A glob without a slash is matched against the ids first, then against files. Raises StoreError
    for one that matches nothing.
    """
    if not names and not every:
        return [BUNDLED]
    with Library() as library:
        ids = library.ids()
    found: list[str] = ids if every else []
    for name in names:
        if not any(char in name for char in "*?[") or Path(name).is_file():
            found.append(name or BUNDLED)
            continue
        matched = [id for id in ids if fnmatchcase(id, name)] or _files(name)
        if not matched:
            raise StoreError(f"no plan and no file matches {name!r}; planq list names the plans")
        found += matched
    return list(dict.fromkeys(found))


def each(names: Sequence[str], *, every: bool = False) -> Iterator[tuple[Plan, list[str]]]:
    """The plans meant by `names`, one at a time, and notices on how their files were read.

    Two files that would go by one id are told apart by a number (`plan`, `plan_2`).
    """
    taken: set[str] = set()
    for name in names_of(names, every=every):
        plan, said = open_plan(name)
        base, number = plan.id, 1
        while plan.id in taken:
            number += 1
            plan.id = f"{base}_{number}"
        taken.add(plan.id)
        yield plan, [f"{plan.id}: {notice}" for notice in said]


def plan_of(address: str) -> str:
    """The plan named by an address's prefix (`ID/3.2`), empty without one."""
    from planq.address import Address
    from planq.errors import AddressError

    prefix = address.partition("/")[0]
    if "/" not in address or not could_be_id(prefix):
        return ""
    try:
        return Address.parse(address).plan
    except AddressError:  # words of a heading, in a plan (`ID/words`) or with a slash of their own
        with Library() as library:
            return prefix if prefix in library else ""


def _files(pattern: str) -> list[str]:
    from glob import glob

    try:
        return sorted(found for found in glob(pattern) if Path(found).is_file())  # noqa: PTH207 — absolute and relative patterns alike
    except (OSError, ValueError) as error:
        raise PlanqError(f"{pattern!r} is no pattern of files: {error}") from None
