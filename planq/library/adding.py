"""How files come into the library: read, parsed and indexed in parallel, each its own transaction."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import PlanqError, StoreError
from planq.library import BUNDLED
from planq.library.ids import check_id, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Annotated

    from planq.library.home import Library
    from planq.plan.tree import Tree
    from planq.schemas.fields import Counts, Natural
    from planq.store.rows import Prepared

#: From so many files on it is worth the second it takes to start other processes.
_MANY = 4


class Job(NamedTuple):
    """One file to add: where it is, what to call the plan, the SHA-256 of its bytes, and the encoding
    that a person named for it (empty: none)."""

    path: Path
    id: str
    facts: tuple[tuple[str, str], ...]
    sha256: str
    encoding: str = ""


#: What becomes of a file: `there` is that it was already.
STATUSES = ("added", "replaced", "there", "failed")


class Outcome(NamedTuple):
    """What became of a file.

    `counts` says how many nodes of each kind the plan has, `chars` its folded characters,
    `confidence` why its structure is doubtful (empty: it is not), `error` why it failed.
    """

    path: str
    status: Annotated[str, STATUSES]
    id: str = ""
    title: str = ""
    chars: Natural = 0
    counts: Counts = {}  # noqa: RUF012 — never written to
    confidence: str = ""
    notices: tuple[str, ...] = ()
    error: str = ""


def add_files(
    library: Library,
    paths: Sequence[Path],
    *,
    id: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    replace: bool = False,
    processes: int | None = None,
) -> Iterator[Outcome]:
    """Add the plans in `paths`, saying in their order what became of each once it is kept.

    A file whose bytes are in the library already is not added again. Stop iterating at any moment:
    what was yielded stays, and nothing else is there. Ctrl-C is held back from before a plan is
    kept until the next file is asked for. Raises StoreError when nothing can be added to this
    library at all.
    """
    from planq.library.integrity import changing

    _make_folders(library)
    with changing(library):
        yield from _add_files(library, paths, id, facts, replace, processes)


def _add_files(
    library: Library,
    paths: Sequence[Path],
    id: str,
    facts: tuple[tuple[str, str], ...],
    replace: bool,
    processes: int | None,
) -> Iterator[Outcome]:
    from functools import partial

    from planq.library.bulk import add_many

    _add_bundled(library)
    library.sweep()
    # In this order: a plan that another process adds in between is then known by its file.
    taken = set(library.ids())
    known = library.by_original()
    waiting = [_job(path, id, facts, replace, known, taken) for path in paths]
    waiting = _with_encodings(library, waiting)
    jobs = [each for each in waiting if isinstance(each, Job)]
    if processes is None:
        processes = 1 if len(jobs) < _MANY else os.cpu_count() or 1
    keep = partial(_keep_original, library)
    done = add_many(library.store, jobs, make, replace=replace, processes=processes, also=keep)
    with closing(done):  # where Ctrl-C is held back, what came takes effect here
        for each in waiting:
            if isinstance(each, Outcome):
                if each.status == "there" and each.id not in taken:
                    error = f"it is the same file as {each.id}, which could not be added"
                    yield Outcome(each.path, "failed", error=error)
                else:
                    yield each
                continue
            added = next(done)
            if added.made is None:
                there = library.by_original().get(each.sha256)
                if there == each.id and not replace:  # another process was quicker
                    yield Outcome(str(each.path), "there", there)
                else:
                    yield Outcome(str(each.path), "failed", added.id, error=added.error)
            else:
                status = "replaced" if added.id in taken else "added"
                taken.add(added.id)
                yield _outcome(each, status, added.made)


def _job(
    path: Path,
    id: str,
    facts: tuple[tuple[str, str], ...],
    replace: bool,
    known: dict[str, str],
    taken: set[str],
) -> Outcome | Job:
    from hashlib import sha256

    from planq.ingest.source import load

    try:
        chosen = check_id(id) if id else slug(path.stem)
        digest = sha256(load(path)).hexdigest()
        there = known.get(digest)
        if there == BUNDLED and (id or facts):
            raise StoreError(
                "{name} is the plan that comes with planq, {bundled}",
                name=path.name,
                bundled=BUNDLED,
            )
        if there is not None and there != chosen and (id or replace) and there != BUNDLED:
            raise StoreError(
                "{name} is in the library already, as {there}; planq remove {there} first",
                name=path.name,
                there=there,
            )
        if there is not None and facts and not replace:
            raise StoreError(
                "{name} is in the library already, as {there}; --replace adds it again with "
                "what is given now",
                name=path.name,
                there=there,
            )
        if there is not None and (not replace or there == BUNDLED):
            return Outcome(str(path), "there", there)
        if chosen == BUNDLED:
            raise StoreError(
                "{bundled} is the bundled plan's id; choose another with --id", bundled=BUNDLED
            )
        if chosen in taken and not replace:
            raise StoreError(
                "there is a plan {chosen} already; take its place with --replace, or choose "
                "another --id",
                chosen=chosen,
            )
    except PlanqError as error:
        return Outcome(str(path), "failed", error=str(error))
    known[digest] = chosen
    return Job(path, chosen, facts, digest)


def _with_encodings(library: Library, waiting: list[Outcome | Job]) -> list[Outcome | Job]:
    """The jobs with the encoding named now (`--encoding`, PLANQ_ENCODING), or named when the same
    file was added before."""
    said = os.environ.get("PLANQ_ENCODING", "")
    before = {
        facts.get("original", "").partition(".")[0]: facts.get("encoding", "")
        for facts in library.facts().values()
    }
    return [
        each._replace(encoding=said or before.get(each.sha256, ""))
        if isinstance(each, Job)
        else each
        for each in waiting
    ]


def make(job: Job) -> Tree:
    """The plan in a job's file, its account of how it was read among its facts."""
    from datetime import UTC, datetime
    from hashlib import sha256

    from planq.ingest import read_bytes
    from planq.ingest.source import load
    from planq.parse import parse
    from planq.parse.confidence import confidence

    data = load(job.path)
    if sha256(data).hexdigest() != job.sha256:
        raise StoreError("{name} changed while it was read; add it again", name=job.path.name)
    reading = read_bytes(data, job.path.name, job.encoding)
    plan = parse(reading.text, name=job.path.name, id=job.id, meta=dict(job.facts))
    plan.meta.update(
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        media=reading.media,
        original=f"{job.sha256}.{reading.media}",
        confidence=confidence(plan),
        notices="\n".join(reading.notices),
    )
    if job.encoding and reading.encoding:
        plan.meta["encoding"] = job.encoding
    return plan


def _make_folders(library: Library) -> None:
    try:
        library.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        library.originals.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        where = library.folder if not library.folder.is_dir() else library.originals
        raise StoreError(
            "cannot make the library {where}: {strerror}", where=where, strerror=error.strerror
        ) from None
    if not os.access(library.originals, os.W_OK):
        raise StoreError(
            "the library {folder} is read-only; set PLANQ_HOME to a folder you can write",
            folder=library.folder,
        )


def _add_bundled(library: Library) -> None:
    """Copy the bundled plan into the store, if it is not there as this planq ships it."""
    from hashlib import sha256

    from planq.library import data_folder, open_plan

    files = ("fulltext.txt", "outline.yaml")
    data = b"\0".join((data_folder() / name).read_bytes() for name in files)
    key = sha256(data).hexdigest()
    if library.facts().get(BUNDLED, {}).get("key") == key:
        return
    plan = open_plan().tree
    plan.meta["key"] = key
    library.store.replace(plan)


def _keep_original(library: Library, job: Job, made: Prepared) -> None:
    """Copy a job's file into the library. Raises StoreError when that cannot be."""
    from hashlib import sha256

    from planq.ingest.source import load
    from planq.store.schema import unblob

    name = next(unblob(value) for key, value in made.facts if unblob(key) == "original")
    file = library.originals / name
    if file.exists():
        return
    data = load(job.path)
    if sha256(data).hexdigest() != job.sha256:
        raise StoreError("{name} changed while it was read; add it again", name=job.path.name)
    temporary = file.with_name(f".{name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StoreError(
            "cannot keep {name} in the library: {strerror}",
            name=job.path.name,
            strerror=error.strerror,
        ) from None


def _outcome(job: Job, status: str, made: Prepared) -> Outcome:
    from collections import Counter

    from planq.plan.tree import KINDS
    from planq.store.schema import unblob

    facts = {unblob(key): unblob(value) for key, value in made.facts}
    counts = Counter(KINDS[unit[2]] for unit in made.units if not unit[3])
    return Outcome(
        str(job.path),
        status,
        made.id,
        unblob(made.row[0]),
        made.chars,
        {kind: counts[kind] for kind in KINDS if counts[kind]},
        facts["confidence"],
        tuple(facts["notices"].split("\n")) if facts["notices"] else (),
    )
