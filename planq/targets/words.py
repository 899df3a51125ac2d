"""The words around numbers that the rules go by: verbs that commit, reach, change and bound.

The lists were gathered reading the bundled plan, the sample plans and reports, and the wordings of the
indicators of other plans; a word is added where a plan shows it, and only as a class (all verbs that
build, all that raise), never for one sentence.
"""

from __future__ import annotations

from planq.patterns import lazy_compile

# Verbs whose object may be counted: 建设 500 所…
_COMMIT = (
    "新建", "改建", "扩建", "改扩建", "续建", "迁建", "建设", "建成(?!区)", "建立", "建好", "共建", "筹建",
    "新（改、扩）建", "新(改、扩)建", "打造", "培育", "培养", "创建", "争创", "创成", "新增", "增加",
    "增设", "新设", "支持", "改造好", "改造提升", "改造", "提质改造", "升级", "提升", "推进", "推动",
    "实施", "完成", "形成", "布局", "组建", "设立", "引进", "引育", "发展", "选派", "开工", "投产",
    "投运", "扶持", "认定", "遴选", "达成", "办好", "开展", "举办", "推广", "配备", "补充", "补充配置",
    "组织", "培训", "安置", "拥有", "搭建", "惠及", "覆盖", "吸引", "吸纳", "聚集", "集聚", "推出",
    "制定", "出台", "修订", "攻克", "突破", "转化", "整治", "修复", "治理", "营造", "种植", "创作",
    "提供", "帮助", "加装", "安装", "铺设", "敷设", "拆除", "兴建", "修建", "修缮", "维修", "配置", "关停", "疏浚", "孵化", "签约", "落地", "招引", "开发", "储备", "规划", "启动", "抓好", "建造",
    "壮大", "做强", "做优", "做大", "选树", "评选", "命名", "推荐", "创设", "拓展", "开通", "开辟",
    "加密", "联通", "通达", "辐射", "带动", "服务", "加固", "更新", "购置", "投放", "发放", "招收",
    "招聘", "招录", "输送", "转移", "搬迁", "迁建", "落实", "争取", "收储", "获批", "获得", "取得",
    "入选", "摘帽", "脱贫", "减少", "关闭", "淘汰", "退出", "压减", "造林", "绿化", "保护", "编制",
    "全覆盖", "办理", "处置", "筹集", "募集", "动员", "引导", "新造", "新引进", "新签约",
)  # fmt: skip

# Verbs that put a number on a subject: …达到 3000 公里. The longest first.
_TO = (
    "(?:提高|提升|增加|增长|扩大|上升|下降|降低|减少|缩小|压减|压缩|拓展|发展|延长|缩短|下调|上调)"
)
_REACH = (
    rf"{_TO}(?:到|至|为)", "达到", "(?<![通发送抵传到表])达", "增至", "升至", "降至", "减至", "扩至", "降到", "升到", "增到",
    "突破", "迈过", "迈上", "迈入", "跨越", "跨上", "跨过", "登上", "跃上", "站上", "超过", "超", "逾",
    "保持在", "稳定在", "控制在", "维持在", "保持", "稳定保持在", "稳定到", "约为", "实现", "为", "是", "占",
    "(?<=[额值率量数资])完成", "不到", "不足", "接近", "翻", "至", "到", "在",
)  # fmt: skip
_CHANGE = (
    "增长", "下降", "减少", "提升", "提高", "降低", "增加", "上升", "缩短", "缩小", "扩大", "延长",
    "上涨", "回落", "压减", "压缩", "递增", "递减", "增", "降",
)  # fmt: skip
_ADVERB = (
    "相继|接连|分别|均|(?<![首成])都|已|将|再|要|也|则|仍|就|首次|连续|稳步|逐步|持续|有望|力争|争取|确保|预计|总体|"
    "基本|稳定|全部|(?<!公)共|累计|合计|一举|率先|成功|先后|进一步|最终|平均"
)

#: A year, in digits or as 一九八○.
YEAR = r"(?:(?:18|19|20)\d\d|[一二][八九〇○零][〇○零一二三四五六七八九]{2})"
COMMIT = "(?:" + "|".join(sorted(_COMMIT, key=len, reverse=True)) + ")"
#: A run of committing verbs, as in 新建和改扩建.
COMMITS = rf"{COMMIT}(?:(?:和|、|及|并|或|与)?{COMMIT})*"
REACH_END = lazy_compile(rf"(?:{_ADVERB})*(?:{'|'.join(_REACH)})(?:{YEAR}\s*年(?:底|末)?的)?$")
ADVERBS_END = lazy_compile(rf"(?:{_ADVERB})*$")
CHANGE_END = lazy_compile(rf"(?:{'|'.join(_CHANGE)})$")
COMMIT_END = lazy_compile(rf"{COMMIT}(?:了|起)?$")

#: Bounds before a number, and right behind it. The first that matches decides.
BEFORE = (
    ("<=", lazy_compile(r"(?:不高于|不超过|不大于|不多于|不超|至多|最多|最高|以内|控制在|[≤≦])$")),
    (">=", lazy_compile(r"(?:不低于|不少于|不小于|不短于|不差于|不得低于|不得少于|至少|最少|最低|[≥≧])$")),
    (">", lazy_compile(r"(?:超过|突破|跨越|迈过|迈上|跨过|跨上|登上|跃上|站上|高于|大于|多于|逾|超|[>])$")),
    ("<", lazy_compile(r"(?:低于|小于|少于|短于|不足|不到|未满|[<])$")),
    ("~", lazy_compile(r"(?:大约|约为|约占|(?<![节条签预公契])约|接近|将近|(?<![附亲邻])近|[≈])$")),
)  # fmt: skip
BEFORE_END = "|".join(pattern.pattern[:-1] for _, pattern in BEFORE)
AFTER = (
    (">=", lazy_compile(r"\s*(?:及其?以上|或以上|以上|及更多)")),
    ("<=", lazy_compile(r"\s*(?:及以下|或以下|以下|以内|之内|内(?=[，。；、）)的]|[^\w]|$))")),
    ("~", lazy_compile(r"\s*(?:左右|上下|前后|许(?=[，。；、]))")),
)
#: Bounds and reaching verbs that an object may follow: 惠及超 3 万名学生, 均实现 21 个市全覆盖.
SOFT_REACH = lazy_compile(rf"(?:{_ADVERB})*(?:实现|为|是|占|在|至|到|保持|不足|不到|接近|突破)")
#: A bound with what it is compared to: 不低于当地标准的 1.6 倍.
COMPARED = (
    (">=", lazy_compile(r"(?:不低于|不少于|至少为)[^，。；、]{1,20}的$")),
    ("<=", lazy_compile(r"(?:不高于|不超过)[^，。；、]{1,20}的$")),
    (">", lazy_compile(r"(?:高于|超过|大于)[^，。；、]{1,20}的$")),
    ("<", lazy_compile(r"(?:低于|小于)[^，。；、]{1,20}的$")),
)  # fmt: skip
#: Verbs that build; the only ones whose object a Chinese numeral counts (打造五个示范区).
BUILD = "(?:新建|改建|扩建|改扩建|建设|建成(?!区)|打造|创建|争创|新增|培育|设立|组建|引进|改造|布局|拥有|办好|开工|投产|新设|增设)"
#: A bound that a verb separates from its number: 至少建设 1 处, 至少改造好 1 所.
AT_LEAST = lazy_compile(r"(?:至少|最少|不少于)(?=[^，。；、\d]{1,8}$)")

#: What ends the name of something measured, so that the number is its level: 面积, 收入, 覆盖率.
MEASURED = lazy_compile(
    r"(?:[额值率量数]|收入|支出|投资|产出|里程|面积|人口|规模|水平|浓度|比重|比例|占比|能耗|排放|税收|能力)$"
)

#: Units that share one number each: 每个县, 各市州, 每个乡镇（街道）.
EACH = lazy_compile(
    r"(?:每[一个县市乡镇村州区所座]|县县|市市|乡乡|镇镇|村村|各[县市乡镇村州区]|都有|均有|都建|均建|平均|至少)"
)
#: What follows the lower end of a change: 从 12.4 年提高到 13.5 年.
RISE_TO = "(?:提高|提升|增加|增长|扩大|延长|缩短|下降|降低|减少|上升|降|升|增)(?:到|至|为)"
RISES = lazy_compile(rf"\s*{RISE_TO}")
#: What a change is counted from: 比 2015 年, 较上年.
BASELINE = rf"[比较]\s*(?:{YEAR}\s*年|上年|去年|同期)(?:底|末)?"
#: For each of what a number holds, between a measure and its number: 每人每月 2375 元.
#: For each of what is measured: 每立方米 20 微克; it is told in the unit.
PER_MEASURE = lazy_compile(
    r"每((?:平方|立方)米|平方公里|公里|公顷|升|吨|千克|公斤|千瓦时|[万亿]元)\s*$"
)
PER_HEAD = lazy_compile(
    rf"(?:每(?:千|万|百)?[人户亩名套头家](?:每[月天日年])?|{PER_MEASURE.pattern[:-4].replace('(', '(?:', 1)})\s*$"
)
#: The lower end of a change stands behind this: 标准从每人每月 2375 元提高到 2423 元.
LOWER_END = lazy_compile(
    rf"(?:分别)?[从由]\s*(?:(?:{YEAR}\s*年(?:底|末)?|现在|目前|原来|上年|去年|“?[七八九十][一二三四]?五”?(?:时期|期)?(?:期?末)?)的?)?\s*(?:{PER_HEAD.pattern[:-4]}|每[月天日年])?\s*$"
)
YEARLY = lazy_compile(r"(?:每年|年均(?!浓度|气温|降)|每年度|逐年)")
