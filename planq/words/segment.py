"""Words: the only place that knows jieba, which it loads when it first has to cut something.

jieba decides on words inside runs of Chinese characters only. A run of Latin letters and digits is
one word (`5g`, `pm2.5`, `50%`), anything else a word by itself, so that `rjieba` (the extra
`[fast]`, the same dictionary and model in Rust) gives the same words: the two differ only in what
they make of Latin text and hyphens. What is cut is folded text, where `民生 福祉` is one stretch.

jieba's own cache would lie in the shared temporary folder and is unmarshalled unseen; planq never
lets jieba read or write it and keeps its own in its private folder.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from planq.atomic import read_regular
from planq.errors import MissingExtra, PlanqError
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_HAN = "\u4e00-\u9fd5"  # jieba's own idea of it
# Strings, compiled where they are needed: a literal search only asks this module for its version.
_LATIN = r"[^\W\u2e80-\U0010ffff_]+(?:[.][0-9]+)*%?"
#: jieba's own form of a line: a word may hold blanks, a frequency and a tag in small letters may follow.
_LINE = r"(.+?)(?:\s+([0-9]{1,9}))?(?:\s+([a-z]+))?"
_LINE_CHARS = 200
#: Words planq adds to jieba's dictionary; how they were found stands at the head of the file.
LEXICON = Path(__file__).with_name("lexicon.txt")


#: jieba's own dictionary has 5 MB.
_DICTIONARY_BYTES = 32 << 20


class Entry(NamedTuple):
    """A dictionary line: the folded word and its frequency (0: as much as keeps it whole)."""

    word: str
    frequency: int


def read_dictionary(path: Path) -> list[Entry]:
    """The words of a dictionary file: `word [frequency] [tag]` a line, `#` begins a comment line.

    As jieba reads it, a word may hold blanks: `Edu Trust认证 2000`. Raises PlanqError, naming the line, when a line is not that or the file cannot be read.
    """
    from planq.text.encoded import decode

    data = _bytes_of(path)
    lines = decode(data, str(path))[0].splitlines() if data.strip() else []
    entries = []
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(_LINE, line) if len(line) <= _LINE_CHARS else None
        word = fold(match[1]) if match else ""
        if match is None or not word or len(word) > 50:
            raise PlanqError(
                "{path}:{number}: not a dictionary line: {line!r}; write: word [frequency] [tag]",
                path=path,
                number=number,
                line=line[:40],
            )
        entries.append(Entry(word, int(match[2] or 0)))
    return entries


def _bytes_of(path: Path) -> bytes:
    return read_regular(path, "the dictionary", _DICTIONARY_BYTES)


class Segmenter:
    """Cuts folded text into words with jieba's dictionary, planq's lexicon and the user's files.

    `folder` is the private folder for the compiled dictionary (None: compile it each time); `fast`
    uses rjieba: True demands it, None takes it when it is installed, False never does.
    """

    def __init__(
        self,
        dictionaries: Sequence[Path] = (),
        *,
        folder: Path | None = None,
        fast: bool | None = False,
    ) -> None:
        self.dictionaries = tuple(dictionaries)
        self.folder = folder
        self.fast = fast
        self._cut: Callable[[str], Iterable[str]] | None = None
        self._pattern: re.Pattern[str] | None = None

    def signature(self) -> str:
        """Segmenter, version and dictionaries, as one line; does not load jieba.

        rjieba counts as jieba: it gives the same words. Raises PlanqError on an unreadable file.
        """
        marks = [f"{crc32(_bytes_of(path)):08x}" for path in (LEXICON, *self.dictionaries)]
        return " ".join([f"jieba {jieba_version()}", *marks])

    @property
    def engine(self) -> str:
        """What does the cutting, `jieba` or `rjieba`."""
        return "rjieba" if self.fast is not False and _rjieba() is not None else "jieba"

    def cut(self, folded: str) -> list[str]:
        """The words of a folded text, in order; joined, they are the text again."""
        if self._cut is None:
            self._load()
        assert self._cut is not None and self._pattern is not None
        words: list[str] = []
        for match in self._pattern.finditer(folded):
            run = match.group()
            if match.lastgroup == "han" and len(run) > 1:
                words.extend(self._cut(run))
            else:
                words.append(run)
        return words

    def _load(self) -> None:
        entries = list(read_dictionary(LEXICON))
        for path in self.dictionaries:
            entries += read_dictionary(path)
        mixed = [e.word for e in entries if not re.fullmatch(f"[{_HAN}]+", e.word)]
        kept = "|".join(re.escape(word) for word in sorted(set(mixed), key=len, reverse=True))
        self._pattern = re.compile(
            (f"(?:{kept})|" if kept else "") + f"(?P<han>[{_HAN}]+)|{_LATIN}|.", re.DOTALL
        )
        han = [entry for entry in entries if re.fullmatch(f"[{_HAN}]{{2,}}", entry.word)]
        fast = _rjieba() if self.fast is not False else None
        if self.fast and fast is None:
            raise MissingExtra("segmenting with rjieba", "fast")
        self._cut = _with_rjieba(fast, han) if fast else _with_jieba(han, self.folder)


def user_dictionaries() -> list[Path]:
    """The user's own dictionary, `dictionary.txt` in planq's settings folder, if there is one."""
    from planq.folders import config_folder

    own = config_folder() / "dictionary.txt"
    return [own] if own.is_file() else []


def default_segmenter() -> Segmenter:
    """The one segmenter of a process that was told of no dictionaries, with rjieba if it is there."""
    if not _DEFAULT:
        from planq.errors import StoreError
        from planq.folders import cache_folder, private

        try:
            folder: Path | None = private(cache_folder())
        except StoreError:
            folder = None
        _DEFAULT.append(Segmenter(user_dictionaries(), folder=folder, fast=None))
    return _DEFAULT[0]


_DEFAULT: list[Segmenter] = []


def jieba_version() -> str:
    """jieba's version, read from its text: importing it or its metadata would take a while."""
    for finder in sys.meta_path:
        # What importlib.util.find_spec does, which takes longer to load than to do.
        spec = finder.find_spec("jieba", None)
        if spec is not None and spec.origin:
            with Path(spec.origin).open("rb") as file:
                _, _, after = file.read(2000).partition(b"__version__ = '")
            return after.partition(b"'")[0].decode() or "?"
    raise PlanqError("jieba is not installed; repair planq with: pip install planq-text")


def _rjieba() -> Any:
    """The module, which ships no types; None when it is missing or too old to take words."""
    try:
        module = import_module("rjieba")
    except ImportError:
        return None
    return module if hasattr(module, "Jieba") else None


def _with_rjieba(module: Any, entries: list[Entry]) -> Callable[[str], Iterable[str]]:
    tokenizer = module.Jieba()
    for word, frequency in entries:
        tokenizer.add_word(word, frequency or tokenizer.suggest_freq(word), "n")
    cut: Callable[[str], Iterable[str]] = tokenizer.cut
    return cut


def _with_jieba(entries: list[Entry], folder: Path | None) -> Callable[[str], Iterable[str]]:
    import logging

    logging.getLogger("jieba").disabled = True
    import jieba

    jieba.default_logger.handlers.clear()
    tokenizer = jieba.Tokenizer()
    frequencies, total = _compiled(tokenizer, folder)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    for word, frequency in entries:
        tokenizer.add_word(word, frequency or tokenizer.suggest_freq(word))
    cut: Callable[[str], Iterable[str]] = tokenizer.cut
    return cut


def _compiled(tokenizer: Any, folder: Path | None) -> tuple[dict[str, int], int]:
    """jieba's prefix dictionary, from planq's own compiled copy when there is one."""
    import marshal

    from planq.folders import private_bytes, put

    file = folder / f"jieba-{jieba_version()}.dict" if folder else None
    data = private_bytes(file) if file else None
    if data is not None:
        check, _, body = data.partition(b"\n")
        # Damage is recognised before anything is unmarshalled.
        if check == b"%08x" % crc32(body):
            frequencies, total = marshal.loads(body)
            return frequencies, total
    dictionary = tokenizer.get_dict_file()
    frequencies, total = tokenizer.gen_pfdict(dictionary)
    if file:
        body = marshal.dumps((frequencies, total))
        put(file, b"%08x\n" % crc32(body) + body)
    return frequencies, total
