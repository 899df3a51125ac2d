"""What a text says about itself: who issued it, when, under which number. Nothing is inferred."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from planq.parse.furniture import fold_digits
from planq.parse.issuers import bodies
from planq.parse.lines import Line
from planq.patterns import lazy_compile

_BODY = r"(?:中共中央|国务院|\S{2,24}?(?:委员会|人民政府|省委|市委|县委|区委|改革委|健康委|办公[厅室]|[厅局部院署]))"
#: 中共中央 国务院关于…的意见: the bodies before 关于.
_FROM_TITLE = lazy_compile(rf"({_BODY}(?:[\s、]+{_BODY})*(?:等\S{{0,6}})?)关于")
_DATE = lazy_compile(
    r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?(?!.*电\s*\Z)", re.DOTALL
)


def facts(title: str, lines: Sequence[Line], named: Mapping[int, str]) -> dict[str, str]:
    """`issuer`, `date` (ISO 8601, as exact as printed) and `number`, each where the text has it.

    `named` are the lines before the text that are no title, by their index. Several issuers are
    kept as printed, a space between them, whatever is printed there. A news agency's dateline dates the news, not the plan.
    """
    found: dict[str, str] = {}
    printed = [lines[i].text.strip() for i, name in sorted(named.items()) if name == "issuer"]
    opening = _FROM_TITLE.match(title)
    issuers = printed or ([opening[1]] if opening else [])
    if issuers:
        found["issuer"] = " ".join(bodies(" ".join(issuers)))
    dates = [
        _DATE.search(fold_digits(lines[i].text))
        for i, name in sorted(named.items())
        if name == "dateline"
    ]
    date = next((match for match in dates if match is not None), None)
    if date is not None:
        found["date"] = "-".join(f"{int(part):02}" for part in date.groups() if part)
    numbers = [lines[i].text.strip() for i, name in named.items() if name == "document number"]
    if numbers:
        found["number"] = numbers[0]
    return found
