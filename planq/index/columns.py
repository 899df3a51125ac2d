"""How texts, lists of texts and spans stand in the store's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planq.model import Span


def blob(text: str) -> bytes:
    """UTF-16, in which Chinese takes two bytes a character where UTF-8 takes three; lone surrogates,
    which SQLite's own text cannot hold, are kept."""
    return text.encode("utf-16-le", "surrogatepass")


def unblob(data: bytes) -> str:
    """The inverse of `blob`."""
    return data.decode("utf-16-le", "surrogatepass")


def pack(strings: Iterable[str]) -> bytes:
    """Any strings as one blob: their lengths, a colon, then the strings."""
    kept = list(strings)
    return blob(",".join(str(len(text)) for text in kept) + ":" + "".join(kept))


def unpack(data: bytes) -> tuple[str, ...]:
    """The inverse of `pack`."""
    sizes, _, rest = unblob(data).partition(":")
    out, at = [], 0
    for size in sizes.split(","):
        out.append(rest[at : at + int(size)])
        at += int(size)
    return tuple(out)


def place(spans: Sequence[Span]) -> tuple[int | None, str | None]:
    """The columns `start` and `spans`: a single span is its start and the text's length."""
    if len(spans) == 1:
        return spans[0][0], None
    return None, " ".join(f"{start},{end}" for start, end in spans) or None


def spans_of(start: int | None, spans: str | None, size: int) -> tuple[Span, ...]:
    """The spans of a unit of `size` characters, from its columns `start` and `spans`."""
    if start is not None:
        return ((start, start + size),)
    pairs = [pair.partition(",") for pair in spans.split()] if spans else []
    return tuple((int(begin), int(end)) for begin, _, end in pairs)
