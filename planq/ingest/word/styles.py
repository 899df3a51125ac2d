"""What a paragraph's style says: its outline level and its list, inherited as Word inherits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.I)
_BODY_LEVEL = 9  # w:outlineLvl of body text


class Styles:
    """The styles part; `element` is `w:styles`, or None when the document has none."""

    def __init__(self, element: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default: str | None = None
        self._levels: dict[str | None, int | None] = {}  # by style, as asked for
        self._lists: dict[str | None, tuple[str, str | None, str | None] | None] = {}
        for style in element.iterchildren(W + "style") if element is not None else ():
            if (key := style.get(W + "styleId")) is None:
                continue
            self._styles[key] = style
            if style.get(W + "type") == "paragraph" and on(style.get(W + "default", "0")):
                self._default = key

    def outline_level(self, paragraph: _Element) -> int | None:
        """Heading level 1–9 of a `w:p`, or None for body text."""
        own = _value(paragraph, "pPr/outlineLvl")
        if own is not None:
            return _level(own)
        key = self._style_of(paragraph)
        if key not in self._levels:
            self._levels[key] = self._inherited_level(key)
        return self._levels[key]

    def _inherited_level(self, key: str | None) -> int | None:
        for style in self._chain(key):
            if named := _HEADING.fullmatch((_value(style, "name") or "").strip()):
                return int(named[1])
            if (level := _value(style, "pPr/outlineLvl")) is not None:
                return _level(level)
        return None

    def list_of(self, paragraph: _Element) -> tuple[str, str | None, str | None] | None:
        """(numId, ilvl, id of the style that says so) of a `w:p` in a list; None outside lists.

        ilvl is None when only the style is known; then the list's level names that style.
        """
        number = _value(paragraph, "pPr/numPr/numId")
        level = _value(paragraph, "pPr/numPr/ilvl")
        if number is not None:
            return (number, level or "0", None)
        key = self._style_of(paragraph)
        if key not in self._lists:
            self._lists[key] = self._inherited_list(key)
        found = self._lists[key]
        return (found[0], level or found[1], found[2]) if found else None

    def _inherited_list(self, key: str | None) -> tuple[str, str | None, str | None] | None:
        for style in self._chain(key):
            number = _value(style, "pPr/numPr/numId")
            if number is not None:
                return (number, _value(style, "pPr/numPr/ilvl"), style.get(W + "styleId"))
        return None

    def _style_of(self, paragraph: _Element) -> str | None:
        return _value(paragraph, "pPr/pStyle") or self._default

    def _chain(self, key: str | None) -> Iterator[_Element]:
        seen: set[str] = set()
        while key is not None and key not in seen and key in self._styles:
            seen.add(key)
            yield self._styles[key]
            key = _value(self._styles[key], "basedOn")


def on(value: str | None) -> bool:
    """An ST_OnOff attribute: absent means on once its element is there."""
    return value is None or value.lower() in ("1", "true", "on")


def flag(parent: _Element, path: str) -> bool:
    """Whether the on/off property at `path` below `parent` is there and on."""
    found = child(parent, path)
    return found is not None and on(found.get(W + "val"))


def child(parent: _Element, path: str) -> _Element | None:
    """First descendant by a path of local names in the main namespace."""
    found: _Element | None = parent.find("/".join(W + step for step in path.split("/")))
    return found


def _value(parent: _Element, path: str) -> str | None:
    found = child(parent, path)
    return None if found is None else found.get(W + "val")


def _level(value: str) -> int | None:
    return int(value) + 1 if value.isdecimal() and int(value) < _BODY_LEVEL else None
