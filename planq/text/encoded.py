"""Bytes → text, by evidence: byte order mark, then strict UTF-8, then what reads as Chinese.

UTF-16 without a mark, GB18030 and Big5 accept nearly any bytes, so each is tried strictly and
judged by how much of its outcome is what plans are written with: the 3,755 frequent characters of
GB 2312 level 1 (rows 16–55), the 5,401 of Big5 level 1, CJK and full-width punctuation, and ASCII;
and, in a longer text, by the characters that no Chinese text does without. Text that no candidate
explains is refused, never read as mojibake. A person may know better, and name the encoding.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from planq.errors import SourceError

SUPPORTED = "planq reads txt, md, html, docx and pdf with a text layer"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 65536
_PLAUSIBLE = 0.7
#: A label that the document itself declares is evidence, too.
_PLAUSIBLE_AS_DECLARED = 0.5
#: Of a text of so many characters at least this share are among the commonest.
_LONG, _FLUENT = 200, 0.06
_COMMONEST = frozenset(
    "的一是不了在有和人这中大为上个国要以时来用生到地出就分成会可主发年动同工也能过展面"
    "方后多定行学法民得经十三之进等部度力里如水化高二理加量体制机使点从业本性应开合新设"
    "建社政府市省推强化实施快完善這為個國時來會發動過學經進裡從業應開務實產與對關於區農"
    "設總資強後體機點長"
)
_MAX_CONTROL_SHARE = 0.25
_CONTROLS = tuple(map(chr, (*range(1, 9), 11, *range(14, 32), 127)))
_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5"}
# Declared labels that are honoured; Python's other codecs (zip, punycode …) never see a page.
_LABELS = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}


def decode(
    data: bytes, name: str, label: str | None = None, *, encoding: str = ""
) -> tuple[str, str, tuple[str, ...]]:
    """The text of `data`, its encoding (Python's name) and notices.

    `label` is an encoding the document itself declares; it is tried after UTF-8, which pages that
    declare gb2312 often hold and which other text is practically never valid in. `encoding` is what
    a person says it is, and nothing else is tried. Line ends become `\\n`. Raises SourceError for
    binary data and unknown encodings.
    """
    if encoding:
        text, encoding, notices = _as_said(data, name, encoding)
    else:
        text, encoding, notices = _decoded(data, name, label)
    if "\0" in text or _control_share(text) > _MAX_CONTROL_SHARE:
        raise SourceError("{name} is binary, not text; {supported}", name=name, supported=SUPPORTED)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise SourceError("{name} holds no text", name=name)
    return text, encoding, notices


def _decoded(data: bytes, name: str, label: str | None) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding, name)
            notice = () if encoding == "utf-8" else (f"read as {_shown(encoding)}",)
            return text, encoding, notice
    if b"\0" not in data[:_SAMPLE_BYTES]:
        try:
            return data.decode("utf-8"), "utf-8", ()
        except UnicodeDecodeError as error:
            fault = error
    else:
        fault = None
    if declared := _LABELS.get((label or "").strip().lower()):
        try:
            text = data.decode(declared)
        except UnicodeDecodeError:
            text = ""  # a wrong label; the bytes themselves are the better witness
        if text and _plausibility(text[:_SAMPLE_BYTES]) >= _PLAUSIBLE_AS_DECLARED:
            return text, declared, (f"read as {_shown(declared)}",)
    best = _best(data[:_SAMPLE_BYTES])
    if best is None:
        if fault is None:
            raise SourceError(
                "{name} is binary, not text; {supported}", name=name, supported=SUPPORTED
            )
        line = data.count(b"\n", 0, fault.start) + 1
        raise SourceError(
            "{name} is neither UTF-8 (byte {start}, line {line}), UTF-16, GB18030 nor "
            "Big5; say what it is with --encoding, or convert it to UTF-8 first",
            name=name,
            start=fault.start + 1,
            line=line,
        )
    return _strict(data, best, name), best, (f"read as {_shown(best)}",)


def _as_said(data: bytes, name: str, said: str) -> tuple[str, str, tuple[str, ...]]:
    encoding = codec_of(said)
    bom = next((mark for mark, of in _MARKS if of == encoding and data.startswith(mark)), b"")
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "{name} is not {said}: byte {start} (line {line}) cannot be read so; leave out "
            "--encoding to have it found out",
            name=name,
            said=said,
            start=error.start + 1,
            line=line,
        ) from None
    best = _best(data[:_SAMPLE_BYTES]) if _plausibility(text[:_SAMPLE_BYTES]) < _PLAUSIBLE else None
    if best not in (None, encoding):
        raise SourceError(
            "{name} makes no sense as {said}: it reads as {best}",
            name=name,
            said=said,
            best=_shown(best or ""),
        )
    return text.removeprefix("\ufeff"), encoding, ()


def codec_of(said: str) -> str:
    """Python's name of the encoding a person names. Raises SourceError where there is none."""
    known = _LABELS.get(said.strip().lower())
    if known:
        return known
    try:
        found = codecs.lookup(said.strip())
        text = found._is_text_encoding and "长".encode(found.name)  # no zip or base64
    except (LookupError, UnicodeError, ValueError):
        text = b""
    if not text:
        raise SourceError(
            "no encoding {said!r} that holds Chinese: utf-8, gb18030, gbk, big5 or utf-16, say",
            said=said,
        )
    return found.name


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "{name} looks like {encoding} but is damaged at byte {start} (line {line}); "
            "export it again",
            name=name,
            encoding=_shown(encoding),
            start=error.start + 1,
            line=line,
        ) from None


def _best(sample: bytes) -> str | None:
    scores = []
    for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        reader = codecs.getincrementaldecoder(encoding)()  # the sample may end inside a character
        try:
            scores.append((_plausibility(reader.decode(sample)), encoding))
        except UnicodeDecodeError:
            continue
    best = max(scores, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= _PLAUSIBLE else None


def _plausibility(text: str) -> float:
    """Share of plausible characters; ASCII is no evidence unless there is nothing else."""
    if "\0" in text:
        return 0.0
    telling = re.sub(r"[\t\n\f\r -~]+", "", text)
    if not telling:
        return 1.0 if text else 0.0
    fluent = sum(char in _COMMONEST for char in telling)
    if len(telling) >= _LONG and fluent < _FLUENT * len(telling):
        return 0.0
    common = _common()
    return sum(char in common for char in telling) / len(telling)


@cache
def _common() -> frozenset[str]:
    level_1 = bytes(
        byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell)
    )
    big5_level_1 = bytes(
        byte for row in range(0xA4, 0xC7) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        for byte in (row, cell)
    )  # fmt: skip
    symbols = "".join(
        map(chr, (*range(0x2010, 0x2027), *range(0x2460, 0x249C), *range(0x3000, 0x3016)))
    )
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    level_1_both = level_1.decode("gb2312", "ignore") + big5_level_1.decode("big5", "ignore")
    return frozenset(level_1_both + symbols + wide + "·×℃㎡≥≤①Ⅱ\u00a0「」『』—…“”‘’")


def _shown(encoding: str) -> str:
    return _NAMES.get(encoding, encoding.upper())


def _control_share(text: str) -> float:
    return sum(map(text.count, _CONTROLS)) / max(len(text), 1)
