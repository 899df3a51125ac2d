"""The units a plan counts and measures in, as one pattern, and how they scale.

The list is of those met in the bundled plan, the sample plans and the indicator tables of national and
provincial plans, with the counting words that stand beside them. A bare number is never a quantity here: a unit has to follow. That alone keeps 12345, 2.0, 500 强
and 5G out. Classifiers that also begin a word (处 of 处理, 家 of 家庭) say which words they are not.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from planq.patterns import lazy_compile

#: Units of time; they count only where something is to last or be reached in that time.
TIME = ("个工作日", "工作日", "个小时", "小时", "刻钟", "分钟", "个月", "年一遇", "年", "天", "秒")

#: Units that measure a property of one thing rather than an amount of things.
PROPERTY = (
    "个工作日", "工作日", "个小时", "小时", "刻钟", "分钟", "秒", "千伏", "伏", "吨级", "千瓦级",
    "毫米", "厘米", "纳米", "米", "年一遇", "kV", "℃", "摄氏度",
)  # fmt: skip

_MEASURES = (
    *TIME, "个百分点", "百分点", "%", "‰", "‱", "倍", "番",
    "美元", "欧元", "港元", "日元", "元", "平方公里", "平方千米", "平方米", "标准立方米", "立方米",
    "立方", "方(?=[，。；、）以左]|$)", "公里", "千米", "厘米", "毫米", "微米", "纳米", "海里", "米(?!粉|线)", "公顷",
    "亩(?!均)", "千瓦时", "千瓦小时", "兆瓦时", "吉瓦时", "瓦时", "千瓦", "兆瓦", "吉瓦", "瓦", "千伏安", "千伏", "伏", "吨级", "吨标准煤",
    "吨标煤", "吨", "吨标准油", "公斤", "千克", "微克", "毫克", "克(?!服|难|隆)", "斤", "平米", "毫升", "升(?!级)",
    "标准箱", "标箱", "标台", "吨公里", "人公里", "摄氏度", "℃", "分贝", "度(?=电|[，。；、）]|以[上下内]|左右|$)", "比特", "字节", "岁", "成(?=以上|左右|以下|[，。；、]|$)",
)  # fmt: skip

_CLASSIFIERS = (
    "人次(?!数)", "人年", "架次", "车次", "班次", "台套", "台(?!湾|账|阶|风)",
    "人(?!口|均|民|员|才|大[代会常]|工|士|们|类|力|居|群|社)", "个(?!人(?!体)|性|税|体[工户经])",
    "家(?!庭|长|园(?!区)|政|电|具|禽|居|乡|属|畜|访)", "所(?!有|在|需|得|属|以(?![上下内])|谓)",
    "座(?!谈|位|席)", "处(?!理|置|于|分|级|室|长|罚)", "名(?!词|录|单|镇|村|城|称|牌|企|校|优|特|品|额)",
    "户(?!籍|口|外|用|均)", "项(?!目(?!标))", "条(?!件|例|块)", "支(?!持|撑|出|付|援|部|柱|线)",
    "套", "件(?!数)", "辆", "艘", "架(?!构)", "栋", "间(?!接|隔|的)", "张", "份(?!额)",
    "部(?!门|分|署|级|队|件)", "本(?!科|地|省|市|土|级|专|年|次)", "种(?!植|业|子|源|质|养|粮|畜)",
    "类(?!似|别)", "只", "头(?!部|雁)", "株(?!洲)", "棵", "羽", "尾(?!矿|气)", "匹",
    "位(?!置|于|居|列)", "床(?!位)?", "床位", "学位", "批次", "批(?!准|发|复)", "次(?!产业|级)",
    "场次", "场(?!所|馆|地|景)", "例(?!如|会|外)", "宗", "起(?!步|点|来|草)", "幅(?!度)", "枚", "片(?!区|面)",
    "块(?!状)", "对(?!外|接|口|比|标|内|于|策|应|照|全|所|各)", "组(?!织|建|合|团)", "门(?!户|类|店|诊)",
    "孔", "眼", "层(?!面|级|次)", "首(?!创|个|批|次|位|台|发|府)", "篇", "卷", "册", "轮(?!换|值|流|训|候)", "笔(?!记)",
    "期(?!间|末|限|望|货|待|初|中)", "款(?!项|待|式)", "颗(?!粒)", "课时", "学时", "户次", "件次", "艘次", "台次", "辆次",
    "口(?=井)", "列(?!入|为|车)", "班(?!子|级|列|车)", "根(?!据|本|源|基|治|植)", "盏", "桶",
    "集(?=[，。；、]|$)", "股(?!权|份|东)", "队(?!伍)", "村(?!民|级)", "县(?!域|级|城|市|乡)",
)  # fmt: skip

_LATIN = (
    "kW·h", "MW·h", "GW·h", "m²", "km²", "hm²", "m³", "μg", "mg", "kg", "kWh", "MWh", "GWh", "kW", "MW", "GW", "TW", "kV", "km2", "km", "hm2", "m2", "m3", "mm", "cm", "TEU", "kbps",
    "Mbps", "Gbps", "Tbps", "[KMGTPEZ]B", "PF", "EF", "[PE]?F[Ll][Oo][Pp][Ss]", "P(?=算力)", "dB",
)  # fmt: skip

_MAGNITUDES = {
    "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "十万亿": 10**13,
}  # fmt: skip
_MAGNITUDES |= {
    word.replace("万", "萬").replace("亿", "億"): factor for word, factor in _MAGNITUDES.items()
}

_WORDS = [*_MEASURES, *_CLASSIFIERS]
_BY_LENGTH = sorted(_WORDS, key=lambda w: -len(re.sub(r"\(.*", "", w)))
#: Units that are one character of their own.
_SQUARED = "[㎡㎢㎥㎞㎜㎝㎎㎏㎾㎿]"
# Two counting words for one thing: 万件（套）, 条（个）.
_OR = "(?:[（(][个套件处家所座间台辆条项名支只株棵场次户张册部本种批][)）])?"
_PLAIN = (
    "(?:(?:" + "|".join(_BY_LENGTH) + ")" + _OR + "|(?:" + "|".join(_LATIN) + ")(?![A-Za-z0-9])|" + _SQUARED + ")"
)
_MAGNITUDE = "(?:" + "|".join(sorted(_MAGNITUDES, key=len, reverse=True)) + ")"
# 20 微克/立方米; in words, 20 微克每立方米.
_EACH = r"\s{0,3}每\s{0,3}(?:(?:平方|立方)米|平方公里|升|吨|千克|公斤)(?=[，。；、）)以左]|$)"
_RATE = rf"(?:\s{{0,3}}/\s{{0,3}}(?:{_MAGNITUDE})?(?:{_PLAIN}|月|日)|{_EACH})*"

#: A unit without a magnitude; what a Chinese numeral is followed by.
PLAIN_UNIT = rf"(?:{_PLAIN}{_RATE})"
#: A unit as digits are followed by: 万个, 万 余人, 亿元, 万亿.
UNIT = rf"(?:{_PLAIN}{_RATE}|{_MAGNITUDE}\s{{0,3}}[余多]?\s{{0,3}}{_PLAIN}{_RATE}|[百千]?(?:[万萬][亿億]?|[亿億])(?!级)(?:\s{{0,3}}[余多](?!种|个|家|项))?)"
#: A magnitude alone, between the two ends of a range (3 万—5 万元).
MAGNITUDE = _MAGNITUDE

#: What is a unit in a table's bracket or column, and too common a word to be one in prose.
_IN_TABLES = "人[天年]|标准煤|字|分|市|镇|乡"
_RATES = rf"(?:/(?:{_MAGNITUDE})?(?:{_PLAIN}|[\u4e00-\u9fff]{{1,6}}|[shda](?![A-Za-z])))*"
_NAMED = lazy_compile(
    rf"(?:{_MAGNITUDE})?(?:{_PLAIN}|{_IN_TABLES}){_RATES}|{_MAGNITUDE}", re.IGNORECASE
)

_IS_MEASURE = lazy_compile("(?:" + "|".join(sorted(_MEASURES, key=len, reverse=True)) + ")")
_LEADING = lazy_compile(rf"({_MAGNITUDE})(?=$|(?!瓦|伏|米|克){'.'})")


@lru_cache(maxsize=1024)
def split(unit: str) -> tuple[int, str]:
    """The factor and the base of a unit: `万个` → (10000, `个`), `千瓦` → (1, `千瓦`)."""
    if re.fullmatch(_PLAIN + _RATE, unit) or unit.startswith("百分点"):
        return 1, unit
    match = _LEADING.match(unit)
    return (_MAGNITUDES[match.group(1)], unit[match.end() :]) if match else (1, unit)


def is_measure(unit: str) -> bool:
    """Whether `unit` measures (公里, 元, %) rather than counts (个, 家); a bare magnitude does."""
    base = split(unit)[1]
    return base == "" or _IS_MEASURE.match(base) is not None


def is_unit(text: str) -> bool:
    """Whether `text` is a unit: `%`, `件`, `万吨标煤`, `元/人`, `张/千人`, `微克/立方米`, `亿`."""
    word = "".join(unicodedata.normalize("NFKC", text).split())
    return _NAMED.fullmatch(word) is not None


def scale(value: int | float, unit: str) -> tuple[int | float, str]:
    """`value` of `unit` in the base unit, exactly; doubling (`番`) comes out in times (`倍`)."""
    if unit == "番":
        return (2**value, "倍") if 0 <= value <= 64 and value == int(value) else (value, unit)
    factor, base = split(unit)
    scaled = Decimal(str(value)) * factor
    return (int(scaled) if scaled == scaled.to_integral_value() and factor > 1 else
            value if factor == 1 else float(scaled)), base  # fmt: skip


# A space a line wrap left between two Chinese characters: `民生 福祉` (line 194).
_WRAP = lazy_compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")


def heal(cell: str) -> str:
    """`cell` without the spaces a line wrap left between Chinese characters."""
    return _WRAP.sub("", cell)
