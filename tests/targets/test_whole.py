"""No number is half read, however it goes on: 三亿半, 两个亿, 5万13%, 3.5%±0.5%."""

from __future__ import annotations

import pytest

from planq.targets.quantities.find import find

SUBJECT = "全省产值"


@pytest.mark.parametrize(
    "text",
    [
        "达到三亿半吨", "达到三万亿半元", "达到3亿半元", "达到两个亿", "达到两个万亿元", "达到五个千亿元",
        "达到1个亿元", "突破三个百亿元大关", "达到三十多个亿", "达到5万13%", "增长5万3000%", "达到5万13亩",
        "达到3千13亩", "达到1_234元", "达到10^4吨", "达到1。2万亿元", "达到30万-50万亿元", "达到30千-50千万元",
        "增速为±3.5%", "增速为3.5%±0.5%", "增速为7%~-8%",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_no_record(text: str) -> None:
    assert find(f"{SUBJECT}{text}。") == []


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit", "name"),
    [
        ("形成5个千亿元产业", 5, None, "个", "形成千亿元产业"),
        ("打造三个百亿级产业集群", 3, None, "个", "打造百亿级产业集群"),
        ("增速在7%到8%之间", 7, 8, "%", "增速"),
        ("增速在-1%~3%之间", -1, 3, "%", "增速"),
        ("赤字率按3%左右安排", 3, None, "%", "赤字率"),
        ("占比提高五分之二强", 0.4, None, "", "占比提高"),
        ("建筑面积达到35万㎡", 35, None, "万㎡", "建筑面积"),
        ("流域面积达到35km²", 35, None, "km²", "流域面积"),
        ("管网长度达到一千二百㎞", 1200, None, "㎞", "管网长度"),
        ("发电量达3620亿kW·h", 3620, None, "亿kW·h", "发电量"),
        ("浓度降至35μg/m³", 35, None, "μg/m³", "浓度"),
        ("产值达到3000万至1亿元", 30_000_000, 100_000_000, "元", "产值"),
        ("产值达到5万3000元", 53_000, None, "元", "产值"),
    ],
)
def test_what_is_sure_is_read_whole(
    text: str, value: float, upper: float | None, unit: str, name: str
) -> None:
    (one,) = find(text + "。")
    assert (one.value, one.value_max, one.unit, one.name) == (value, upper, unit, name)
