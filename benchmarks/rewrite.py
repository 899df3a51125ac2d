"""The same text in other characters: what web pages, PDFs and input methods make of it.

Ideographs become radicals, compatibility ideographs or get a variation selector, Latin letters,
digits and marks change their width, invisible characters are strewn in, long numbers are grouped in
threes. A reader sees the same text, so every search must find the same.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict

from planq.text.radicals import EQUIVALENT

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202c\u180b\U000e0041"
SELECTORS = "\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef"
_COMPATIBLE = (
    (0x2F00, 0x2FD6), (0xF900, 0xFADA), (0x2F800, 0x2FA1E), (0xFF01, 0xFF5F), (0x2460, 0x2474),
)  # fmt: skip


def others() -> dict[str, list[str]]:
    """The other characters for each that has any."""
    found: dict[str, list[str]] = defaultdict(list)
    for other, char in EQUIVALENT.items():
        found[char].append(other)
    for first, last in _COMPATIBLE:
        for code in range(first, last):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                found[plain].append(chr(code))
    return found


def rewritten(text: str, seed: int = 1, share: float = 0.5) -> str:
    """`text` with about `share` of the characters that can be written otherwise written so."""
    rng = random.Random(seed)
    forms = others()
    out: list[str] = []
    for piece in re.split(r"((?<![\d.,， ])\d{4,9}(?![\d.,， ]))", text):
        if piece.isdigit() and len(piece) > 3 and rng.random() < share:
            between = rng.choice((",", " ", "\u00a0", "\u2009"))
            out.append(f"{int(piece):,}".replace(",", between) if piece[0] != "0" else piece)
            continue
        for char in piece:
            if rng.random() < share and char in forms:
                char = rng.choice(forms[char])
            out.append(char)
            if "一" <= char <= "鿿" and rng.random() < share / 10:
                out.append(rng.choice(SELECTORS))
            elif char not in "\n\t#" and rng.random() < share / 10:
                out.append(rng.choice(INVISIBLE))
    return "".join(out)
