"""What a paragraph's style says: its outline level and its list, inherited as Word inherits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.I)
_BODY_LEVEL = 9  # w:outlineLvl of body text


class Styles:
    """The styles part; `element` is `w:styles`, or None when the document has none."""

    def __init__(self, element: BaseOxmlElement | None) -> None:
        self._styles: dict[str, BaseOxmlElement] = {}
        self._default: str | None = None
        for style in element.iterchildren(W + "style") if element is not None else ():
            if (key := style.get(W + "styleId")) is None:
                continue
            self._styles[key] = style
            if style.get(W + "type") == "paragraph" and on(style.get(W + "default", "0")):
                self._default = key

    def outline_level(self, paragraph: BaseOxmlElement) -> int | None:
        """Heading level 1–9 of a `w:p`, or None for body text."""
        own = _value(paragraph, "pPr/outlineLvl")
        if own is not None:
            return _level(own)
        for style in self._chain(paragraph):
            if named := _HEADING.fullmatch((_value(style, "name") or "").strip()):
                return int(named[1])
            if (level := _value(style, "pPr/outlineLvl")) is not None:
                return _level(level)
        return None

    def list_of(self, paragraph: BaseOxmlElement) -> tuple[str, str | None, str | None] | None:
        """(numId, ilvl, id of the style that says so) of a `w:p` in a list; None outside lists.

        ilvl is None when only the style is known; then the list's level names that style.
        """
        number = _value(paragraph, "pPr/numPr/numId")
        level = _value(paragraph, "pPr/numPr/ilvl")
        if number is not None:
            return (number, level or "0", None)
        for style in self._chain(paragraph):
            number = _value(style, "pPr/numPr/numId")
            if number is not None:
                inherited = level or _value(style, "pPr/numPr/ilvl")
                return (number, inherited, style.get(W + "styleId"))
        return None

    def _chain(self, paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        key = _value(paragraph, "pPr/pStyle") or self._default
        seen: set[str] = set()
        while key is not None and key not in seen and key in self._styles:
            seen.add(key)
            yield self._styles[key]
            key = _value(self._styles[key], "basedOn")


def on(value: str | None) -> bool:
    """An ST_OnOff attribute: absent means on once its element is there."""
    return value is None or value.lower() in ("1", "true", "on")


def flag(parent: BaseOxmlElement, path: str) -> bool:
    """Whether the on/off property at `path` below `parent` is there and on."""
    found = child(parent, path)
    return found is not None and on(found.get(W + "val"))


def child(parent: BaseOxmlElement, path: str) -> BaseOxmlElement | None:
    """First descendant by a path of local names in the main namespace."""
    found: BaseOxmlElement | None = parent.find("/".join(W + step for step in path.split("/")))
    return found


def _value(parent: BaseOxmlElement, path: str) -> str | None:
    found = child(parent, path)
    return None if found is None else found.get(W + "val")


def _level(value: str) -> int | None:
    return int(value) + 1 if value.isdecimal() and int(value) < _BODY_LEVEL else None
