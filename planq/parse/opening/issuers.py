"""The bodies that issued a plan, out of a line or title that names them."""

from __future__ import annotations

import re

from planq.patterns import lazy_compile

#: How the name of a body ends.
ENDS = r"(?:[厅局委府部院会办]|总署|审计署|军区|警备区|军分区|总队|总公司|中央|办公室|小组|银行|集团|(?:残|妇|工商|科|文|侨|社)联)"
_APART = lazy_compile(r"[\s、，,;；]+")
# 国家发展改革委和财政部 are two bodies; 工业和信息化部 is one.
_AND = lazy_compile(r"(?<=[厅局委府部院署会])[和与](?=\S{2})")
_MORE = lazy_compile(r"(?<=.)等(?:[〇零一二两三四五六七八九十百\d]+(?:个)?)?(?:部门|单位|部委|厅局|机关|地区|省市)?$")  # fmt: skip
_BODY = lazy_compile(rf"(?!为|根据|按照|依据|关于)[^\s《》，。：:；“”]{{1,22}}{ENDS}")


def bodies(text: str) -> list[str]:
    """The bodies that `text` names, in order: blanks, 、 and commas stand between them.

    A name set wide (财 政 部) is one; 等…部门 behind the last stays with it.
    """
    found: list[str] = []
    wide = ""
    for piece in _APART.split(_AND.sub(" ", text.strip())):
        if len(piece) == 1:
            wide += piece
            if re.fullmatch(rf".+{ENDS}", wide):
                found.append(wide)
                wide = ""
        elif piece:
            found += [part for part in (wide, piece) if part]
            wide = ""
    return found + ([wide] if wide else [])


def are_bodies(text: str) -> bool:
    """Whether a line holds names of bodies and nothing else."""
    named = bodies(text)
    return bool(named) and all(_BODY.fullmatch(without_more(each)[0]) for each in named)


def without_more(body: str) -> tuple[str, bool]:
    """A body's name without a 等…部门 behind it, and whether there was one."""
    short = _MORE.sub("", body)
    return short, short != body
