"""Facts given by hand (`planq set`): kept in the library's folder, put over what a text says.

PLANQ_HOME/facts.json   {"hubei-145": {"issuer": "湖北省人民政府", …}, …}
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from planq.errors import PlanqError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from planq.store.compiled import Opened

#: What can be set.
FACTS = ("title", "issuer", "date", "number")
_LONGEST = 1000


def given(folder: Path) -> dict[str, dict[str, str]]:
    """What was set, by plan and fact. Raises StoreError for a file that is not what `keep` writes."""
    file = folder / "facts.json"
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StoreError(
            "cannot read {file}: {strerror}", file=file, strerror=error.strerror
        ) from None
    import json

    try:
        found = json.loads(data.decode("utf-8"))
        if not all(isinstance(v, str) for facts in found.values() for v in facts.values()):
            raise ValueError
    except (ValueError, AttributeError, RecursionError):
        raise StoreError(
            "{file} is damaged: take it away, and set the facts anew", file=file
        ) from None
    return {id: {k: v for k, v in facts.items() if k in FACTS} for id, facts in found.items()}


def put_over(opened: Opened, folder: Path) -> Opened:
    """The same plan with what was set for its id."""
    facts = given(folder).get(opened.tree.id)
    return opened._replace(tree=opened.tree.stating(facts)) if facts else opened


def read(fields: tuple[str, ...]) -> dict[str, str]:
    """`field=value` words, each checked. Raises PlanqError for what cannot be set."""
    from planq.library.facts import iso_date
    from planq.parse.opening.issuers import bodies

    found: dict[str, str] = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals or name not in FACTS:
            raise PlanqError("{field!r} sets nothing: write FACT=VALUE; the facts are {facts}", field=field[:40], facts=', '.join(FACTS))  # fmt: skip
        if name in found:
            raise PlanqError("{name} is given twice", name=name)
        value = " ".join(value.split())
        if len(value) > _LONGEST or not value.isprintable():
            raise PlanqError(
                "{name} is at most {longest} printable characters", name=name, longest=_LONGEST
            )
        found[name] = iso_date(value) if name == "date" else value
        if name == "issuer":
            found[name] = " ".join(bodies(value))
    return found


def keep(folder: Path, id: str, facts: Mapping[str, str] | None) -> None:
    """Remember facts of a plan: an empty one is forgotten, None forgets them all; atomically."""
    import json

    from planq.atomic import whole

    if facts is None and not (folder / "facts.json").exists():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            known = given(folder)
            kept = {} if facts is None else {**known.get(id, {}), **facts}
            known[id] = {name: value for name, value in kept.items() if value}
            known = {id: facts for id, facts in known.items() if facts}
            text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            with whole(folder / "facts.json") as file:
                file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            "cannot write {folder}: {strerror}",
            folder=folder / "facts.json",
            strerror=error.strerror,
        ) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from changing the facts meanwhile, on systems that have such locks."""
    with (folder / "facts.lock").open("a") as lock:
        try:
            from fcntl import LOCK_EX, flock
        except ImportError:  # Windows: the last one to write wins
            pass
        else:
            flock(lock, LOCK_EX)
        yield
