"""Whether the words in a bracket behind an indicator's name are a unit."""

from __future__ import annotations

import re

from planq.text import fold

_MAGNITUDE = "[十百千万亿]*"
_BASE = (
    "%|‰|个?百分点|倍|番|元|美元|平方公里|平方千米|平方米|立方米|公里|千米|海里|米|厘米|毫米|微米|公顷|亩|"
    "千瓦时|千瓦|兆瓦|吉瓦|瓦|千伏安|吨标准煤|吨标煤|标准煤|吨|公斤|千克|克|微克|毫克|升|毫升|标箱|标准箱|"
    "摄氏度|℃|分贝|岁|年|个?月|天|日|小时|分钟|秒|[人场班架车]次|人天|人|户|家|个|件|项|所|座|处|名|条|套|台|辆|艘|架|张|"
    "份|部|本|种|类|只|头|株|床|位|学位|床位|批|次|场|例|宗|枚|片|块|对|组|篇|册|字|列|村|镇|乡|县|市|分|"
    "kwh|kw|mw|gw|tw|km2|km|m2|m3|teu|[kmgtpe]bps|[kmgtpez]b|[pe]?flops|tce"
)
_ONE = f"{_MAGNITUDE}(?:{_BASE})"
_UNIT = re.compile(rf"{_MAGNITUDE}|{_ONE}(?:/(?:{_ONE}|{_MAGNITUDE}[一-鿿]{{1,6}}))*")


def is_unit(text: str) -> bool:
    """Whether `text` is a unit: `%`, `件`, `万吨标煤`, `元/人`, `张/千人`, `微克/立方米`, `亿`."""
    word = fold(text)
    return bool(word) and _UNIT.fullmatch(word) is not None
