"""Text in traditional script, read by rules that are written in simplified script.

The characters are those of the rules for quantities and their units, one for one, so that a text keeps its
length. What is cut out of it is given in the script of the text.
"""

from __future__ import annotations

from functools import lru_cache

_OLD = (
    "專業東兩個臨爲舉鄉書爭產畝親億從們會傳儲關興養內冊軍農決況淨減則剛創別辦務動勢區醫單歷壓縣發變啓員響團園圍國圖圓場塊堅壯"
    "處備頭奮嬰學實審對導壽將層屬歲島鞏帶幫應開張強歸當錄徑總戰戶執擴搶護報擔擬擁揮換攝撐數斷時顯術權條來標棟欄樹歐漢濟濃漲溫"
    "灣溼滿點狀環現電盞蓋礦礎碩積稱稅穩筆籌籤類糧緊約級紀納線組織終經結繞絡統繼績續維綠編縮繕罰聯脫節獲營補裝規計訂認讓訓議記"
    "許設訪評診詞該請課調談謂負賬貨質貧購資贏躍車軌轉輪輕載較輛輻輸達遷過邁運還這進遠連選遞鄰針鐵鋁鋪銷鎮長門閉問間隊陽階際陸"
    "陳難頃項順須顧預領顆題額風館齡龍叄並牀羣萬佔隻臺種極後週佈於啟為髮裡曆複併雲與優體兒噸復機構氣網觸價餘準幾劃據確適範簽穫鐘鍾製託築廣勝薦闢掛釐幹裏"
)
_NEW = (
    "专业东两个临为举乡书争产亩亲亿从们会传储关兴养内册军农决况净减则刚创别办务动势区医单历压县发变启员响团园围国图圆场块坚壮"
    "处备头奋婴学实审对导寿将层属岁岛巩带帮应开张强归当录径总战户执扩抢护报担拟拥挥换摄撑数断时显术权条来标栋栏树欧汉济浓涨温"
    "湾湿满点状环现电盏盖矿础硕积称税稳笔筹签类粮紧约级纪纳线组织终经结绕络统继绩续维绿编缩缮罚联脱节获营补装规计订认让训议记"
    "许设访评诊词该请课调谈谓负账货质贫购资赢跃车轨转轮轻载较辆辐输达迁过迈运还这进远连选递邻针铁铝铺销镇长门闭问间队阳阶际陆"
    "陈难顷项顺须顾预领颗题额风馆龄龙叁并床群万占只台种极后周布于启为发里历复并云与优体儿吨复机构气网触价余准几划据确适范签获钟钟制托筑广胜荐辟挂厘干里"
)
_USUAL = str.maketrans(_OLD, _NEW)
_TRADITIONAL = frozenset(_OLD)


@lru_cache(maxsize=8)  # a sentence is asked about for each of its numbers
def simplified(text: str) -> str:
    """`text` with the characters that the rules know in simplified script, as long as it was."""
    return text if _TRADITIONAL.isdisjoint(text) else text.translate(_USUAL)


def printed(words: str, text: str) -> str:
    """`words`, cut out of `simplified(text)` and perhaps without white space, as they stand in `text`."""
    plain = simplified(text)
    if plain == text:
        return words
    squeezed = "".join(plain.split())
    at = squeezed.find(words)
    if at >= 0:
        return "".join(text.split())[at : at + len(words)]
    forms: dict[str, set[str]] = {}
    for new, old in zip(plain, text, strict=True):
        forms.setdefault(new, set()).add(old)
    return "".join(_only(forms.get(char, set()), char) for char in words)


def _only(forms: set[str], char: str) -> str:
    """The one form that `char` has in a text; `char` itself where it has several, or none."""
    return next(iter(forms)) if len(forms) == 1 else char
