"""Regular expressions that are compiled when they are first used, not when their module is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import re

_METHODS = ("finditer", "findall", "flags", "fullmatch", "groupindex", "groups", "match", "search",
            "split", "sub", "subn")  # fmt: skip


class _Lazy:
    """Stands for a compiled expression, and becomes as quick as one with its first use."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        import re

        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _METHODS)
        return getattr(compiled, name)


def lazy_compile(source: str, flags: int = 0) -> re.Pattern[str]:
    """The expression `source`, to be used as `re.compile` gives it, but not as an argument of `re`'s
    own functions. A fault in it is found at its first use; tests/test_startup.py
    compiles all."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
