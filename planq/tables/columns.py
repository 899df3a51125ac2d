"""What the columns of a table are, by the words of its header row alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from planq.patterns import lazy_compile
from planq.tables.notes import square
from planq.text.folding import fold

# The first that matches the folded header names the column's role.
_ROLES = tuple(
    (role, lazy_compile(pattern))
    for role, pattern in (
        ("binding", r"属性|性质"),
        ("category", r"类别|类型|领域|分类|一级指标|大类|方面\Z|板块"),
        ("number", r"序号|编号|no\.?\Z|#\Z"),
        ("unit", r"(?:计量)?单位\Z"),
        ("note", r"备注|说明"),
        ("value", r"(?:19|20)\d\d|年均|增速|增长|增幅|累计|目标\Z|值\Z|现状|基期|基数|基准|现有|完成\Z|实际|实绩|期?末\Z|五[”\"]?目标"),
        ("name", r"指标|名称|项目"),
    )
)  # fmt: skip
_YEAR = lazy_compile(r"(?:19|20)\d\d")
_GROWTH = lazy_compile(r"年均|增速|增长|增幅")
_PAST = lazy_compile(r"现状|现值|基期|基数|基准|现有|完成|实际|实绩")
#: A bracket that the header itself explains: `年均增速 [累计]` (line 185).
_CUMULATIVE = lazy_compile(r"([\[(])(?:\d年)?累计数?[\])]")


#: The fields every typed record has: no column's key is one of them.
FIELDS = ("id", "category", "number", "name", "unit", "note", "binding", "page", "page_exact")


class Column(NamedTuple):
    """A column: its printed name, its role, and what that says about the numbers under it.

    `role` is `category`, `number`, `name`, `unit`, `value`, `binding`, `note` or `other`. A value
    column's `key` is its year (`2020`), `growth`, `cumulative` or its printed name; `year` is None
    where it names none. `brackets` are the opening brackets that mark a sum over years, `past`
    says that the header speaks of what has been done, `grows` and `sums` that the numbers are rates
    of growth or sums over years. `group` is what a header's upper row says of
    it, where that tells it from columns of the same year; such a column's `key` is its name.
    """

    name: str
    role: str
    key: str
    year: int | None = None
    brackets: str = ""
    past: bool = False
    grows: bool = False
    sums: bool = False
    group: str = ""


def columns_of(names: Sequence[str]) -> list[Column]:
    """The columns of a header row; a key that repeats gets `_2`, `_3`, as repeated addresses do."""
    made: list[Column] = []
    for place, name in enumerate(names):
        word = fold(name)
        if not name and place and made[-1].role == "name":
            # `指标` printed over two columns: what is measured, and before it its group.
            made[-1] = Column(names[place - 1], "category", "category")
            made.append(Column(name, "name", "name"))
            continue
        role = next((role for role, pattern in _ROLES if pattern.search(word)), "other")
        if role in ("category", "number", "name", "unit", "binding", "note") and any(
            column.role == role for column in made
        ):
            role = "other"
        if role != "value":
            made.append(Column(name, role, role if role != "other" else name))
            continue
        years = _YEAR.findall(word)
        brackets = "".join(_CUMULATIVE.findall(square(word)))
        bare = _CUMULATIVE.sub("", square(word))
        key = (
            "cumulative" if not bare or ("累计" in bare and "年均" not in bare)
            else "growth" if _GROWTH.search(word)
            else years[0] if len(set(years)) == 1
            else name
        )  # fmt: skip
        year = int(key) if key in years else None
        past = bool(_PAST.search(word))
        made.append(
            Column(name, role, key, year, brackets, past, key == "growth", key == "cumulative")
        )
    _told_apart(made)
    named = [n for n, column in enumerate(made) if column.role in ("value", "other")]
    keys = distinct([made[n].key for n in named], FIELDS)
    for n, key in zip(named, keys, strict=True):
        made[n] = made[n]._replace(key=key)
    return made


def _told_apart(made: list[Column]) -> None:
    """Give columns of one key their printed names for keys, where a header's upper row tells them
    apart: 全省 2020年, 全市 2020年."""
    times = Counter(column.key for column in made if column.role == "value")
    for n, column in enumerate(made):
        group, _, _ = column.name.rpartition(" ")
        if column.role == "value" and times[column.key] > 1 and group:
            others = [o.name for o in made if o.key == column.key and o is not column]
            if all(other.rpartition(" ")[0] != group for other in others):
                made[n] = column._replace(key=column.name, group=group)


def is_indicators(columns: Sequence[Column]) -> bool:
    """Whether such a table holds indicators: it names something and gives values for it."""
    return {"name", "value"} <= {column.role for column in columns}


def distinct(names: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """`names` with blanks named by their place (`column3`) and repeats numbered (`目标_2`)."""
    seen = set(taken)
    repeats: Counter[str] = Counter()
    out: list[str] = []
    for place, name in enumerate(names, 1):
        wanted = name or f"column{place}"
        made = wanted
        while made in seen:
            repeats[wanted] += 1
            made = f"{wanted}_{repeats[wanted] + 1}"
        seen.add(made)
        out.append(made)
    return out
