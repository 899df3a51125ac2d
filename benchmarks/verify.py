"""How often `verify` is wrong, and how much faster it is than the plain way.

    python benchmarks/verify.py [--cases 24000] [--no-speed]

Every case is a quotation made from the bundled plan by a fixed seed: a passage as it stands (also
across healed page breaks and ends of paragraphs), the same with one edit, or with edits that
folding ignores, with a false address beside it, or with parts left out. The truth is found by brute
force, not assumed: an edit that happens to give words which stand elsewhere in the plan is judged by
those words. A wrong verdict is printed in full and makes the exit code 1.

The plain way is `difflib.SequenceMatcher` over every block for every quotation, on a sample. Where
rapidfuzz or edlib is installed, the alignment alone is timed against theirs on the same passages.
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable

import planq
from planq.plan.tree import Node, Tree
from planq.quote.align import align
from planq.text.folding import fold, fold_map
from planq.verify.verify import verify

SEED = 20260
SYNONYMS = {
    "加快": "加速", "推进": "推动", "建设": "建造", "完善": "改善", "提升": "提高", "提高": "提升",
    "加强": "增强", "促进": "推动", "发展": "进步", "实现": "达到", "支持": "扶持", "全面": "全方位",
    "重点": "重要", "健全": "完善", "推动": "促进", "强化": "加强", "积极": "主动", "构建": "建立",
}  # fmt: skip
UNITS = {"亿": "万", "万": "亿", "%": "‰", "米": "里", "吨": "克", "个": "家", "公里": "海里"}
NAMES = {
    "湖北": "湖南",
    "武汉": "武昌",
    "襄阳": "南阳",
    "宜昌": "宜城",
    "长江": "黄河",
    "汉江": "湘江",
}
ALPHABET = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"


class Truth:
    """The plan's words in one line, looked through from end to end."""

    def __init__(self, plan: Tree) -> None:
        pieces = []
        self.starts: list[tuple[int, Node]] = []
        size = 0
        for node in plan.walk():
            for text in (node.own_text, node.header_text):
                if not text:
                    continue
                if pieces and re.match(r"[0-9A-Za-z]{2}", pieces[-1][-1] + text[0]):
                    pieces.append("\n")
                    size += 1
                self.starts.append((size, node))
                pieces.append(text)
                size += len(text)
        self.line = "".join(pieces)
        self.title = plan.title
        self.folded = fold_map(self.line)

    def status(self, words: str) -> str:
        """exact, folded or other."""
        if words in self.line or words in self.title:
            return "exact"
        wanted = fold(words)
        at = self.folded.text.find(wanted)
        while at >= 0:
            start, end = self.folded.span(at, at + len(wanted))
            # The braces of PM_{2.5} fold to nothing: they may stand on either side.
            for begin, stop in ((start, end), (start, end + 1), (start - 2, end)):
                if fold(self.line[begin:stop]) == wanted:
                    return "folded"
            at = self.folded.text.find(wanted, at + 1)
        return "folded" if wanted in fold(self.title) else "other"

    def nodes(self, words: str) -> set[str]:
        """The ids of every node that holds an occurrence of the folded words, and of those above."""
        wanted = fold(words)
        found: set[str] = set()
        at = self.folded.text.find(wanted)
        while at >= 0:
            start, end = self.folded.span(at, at + len(wanted))
            for index, (begin, node) in enumerate(self.starts):
                stop = self.starts[index + 1][0] if index + 1 < len(self.starts) else len(self.line)
                if begin < end and start < stop:
                    current: Node | None = node
                    while current is not None:
                        found.add(current.id)
                        current = current.parent
            at = self.folded.text.find(wanted, at + 1)
        return found

    def ordered(self, parts: list[str]) -> str:
        """exact or folded when the parts stand in the plan one after another, else near."""
        for status, line, form in (("exact", self.line, str), ("folded", self.folded.text, fold)):
            behind = 0
            for part in parts:
                at = line.find(form(part), behind)
                if at < 0:
                    break
                behind = at + len(form(part))
            else:
                return status
        return "near"


def passage(truth: Truth, random: random.Random, cuts: list[int]) -> str:
    """A random stretch, every fourth across a place where a page break was healed."""
    size = random.choice((6, 7, 8, 10, 12, 15, 20, 30, 45, 60, 90, 130))
    if cuts and random.random() < 0.25:
        cut = random.choice(cuts)
        start = max(0, cut - random.randint(1, size - 1))
    else:
        start = random.randrange(len(truth.line) - size)
    words = truth.line[start : start + size]
    plain = "\n" not in words and "\t" not in words and words.strip() == words
    return words if plain and len("".join(words.split())) >= 6 else passage(truth, random, cuts)


def healed(plan: Tree, truth: Truth) -> list[int]:
    """Offsets in the line at which a block goes on behind a page break."""
    out = []
    for begin, node in truth.starts:
        offset = begin
        for start, end in node.spans[:-1]:
            offset += end - start
            out.append(offset)
    return out


Edit = Callable[[str, random.Random], str]


def _at(pattern: str, change: Callable[[str, random.Random], str]) -> Edit:
    """Change one random match of `pattern`; the words unchanged where there is none."""

    def edit(words: str, random: random.Random) -> str:
        found = list(re.finditer(pattern, words))
        if not found:
            return words
        match = random.choice(found)
        return words[: match.start()] + change(match[0], random) + words[match.end() :]

    return edit


def _swap(words: str, random: random.Random) -> str:
    places = [i for i in range(len(words) - 1) if words[i] != words[i + 1]]
    i = random.choice(places)
    return words[:i] + words[i + 1] + words[i] + words[i + 2 :]


def _other(char: str, random: random.Random) -> str:
    return random.choice([c for c in ALPHABET if c != char])


def _any(table: dict[str, str]) -> Edit:
    return _at("|".join(table), lambda word, random: table[word])


CHANGES: dict[str, Edit] = {
    "digit changed": _at("[0-9]", lambda c, r: str((int(c) + r.randint(1, 9)) % 10)),
    "digit dropped": _at("[0-9]", lambda c, r: ""),
    "character dropped": _at(r"\w", lambda c, r: ""),
    "character doubled": _at(r"\w", lambda c, r: c + c),
    "character replaced": _at(r"\w", _other),
    "two swapped": _swap,
    "negation dropped": _at("[不未非无]", lambda c, r: ""),
    "negation added": _at("(?<=.)(?=[一-鿿])", lambda c, r: "不"),
    "synonym": _any(SYNONYMS),
    "unit changed": _any(UNITS),
    "name changed": _any(NAMES),
    "mark changed": _at("[，。、；：]", lambda c, r: r.choice([m for m in "，。、；" if m != c])),
    "mark added at the end": lambda words, r: words + r.choice("，。；"),
}


def _spaced(words: str, random: random.Random) -> str:
    if random.random() < 0.5:
        return re.sub(r"(?<=[一-鿿]) ?([0-9.]+) ?(?=[一-鿿])", r" \1 ", words)
    return re.sub(r"(?<=[一-鿿，、]) ([0-9.]+)|([0-9.]+) (?=[一-鿿])", r"\1\2", words)


SAME: dict[str, Edit] = {
    "spaces around numbers": _spaced,
    "space anywhere in Chinese": _at("(?<=[一-鿿])(?=[一-鿿])", lambda c, r: " "),
    "straight quotation marks": lambda words, r: re.sub("[“”]", '"', words),
    "single quotation marks": lambda words, r: words.replace("“", "‘").replace("”", "’"),
    "full-width digits": lambda words, r: re.sub("[0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), words),
    "half-width marks": lambda words, r: words.translate(
        str.maketrans("，：；（）！？", ",:;()!?")
    ),
    "dashes": lambda words, r: re.sub("[—–-]+", "–", words),
    "case": lambda words, r: words.swapcase(),
}


def cases(plan: Tree, truth: Truth, count: int) -> list[tuple[str, str, str, str]]:
    """(kind, sentence, words, expected verdict) for `count` quotations."""
    draw = random.Random(SEED)
    cuts = healed(plan, truth)
    out: list[tuple[str, str, str, str]] = []
    kinds = ["passage", *CHANGES, *SAME, "false address", "true address", "parts", "parts swapped",
             "foreign"]  # fmt: skip
    chapters = [node for node in plan.nodes() if node.kind in ("chapter", "section")]
    while len(out) < count:
        kind = kinds[len(out) % len(kinds)]
        words = passage(truth, draw, cuts)
        if kind in CHANGES or kind in SAME:
            edited = words
            for _ in range(200):
                edited = (CHANGES | SAME)[kind](words, draw)
                # A passage cut inside PM_{2.5} does not fold as the plan does there.
                whole = kind in CHANGES or words.count("_{") == words.count("}") == words.count("_")
                if edited != words and len("".join(edited.split())) >= 6 and whole:
                    break
                words = passage(truth, draw, cuts)
            status = truth.status(edited)
            expected = {"other": "near"}.get(status, status)
            if kind in SAME and status == "other":
                raise SystemExit(f"the benchmark is wrong: {words} and {edited} do not fold alike")
            out.append((kind, f"文中说「{edited}」。", edited, expected))
        elif kind == "passage":
            out.append((kind, f"文中说「{words}」。", words, "exact"))
        elif kind in ("false address", "true address"):
            node = draw.choice(chapters)
            if kind == "true address":
                holds = [n for n in chapters if n.id in truth.nodes(words)]
                if not holds:
                    continue
                node = draw.choice(holds)
            spoken = "".join(re.sub(r"\s", "", n) for n in labels(node))
            expected = "exact" if node.id in truth.nodes(words) else "misattributed"
            sentence = draw.choice(
                (f"{spoken}提出「{words}」。", f"文中说「{words}」（{spoken}）。")
            )
            out.append((kind, sentence, words, expected))
        elif kind in ("parts", "parts swapped"):
            size = len(words)
            if size < 20 or "." in words or "…" in words:
                continue
            first, second = words[: size // 3], words[size - size // 3 :]
            parts = [first, second] if kind == "parts" else [second, first]
            if any(fold(part) == "" for part in parts):
                continue
            joined = draw.choice(("……", "...", "…")).join(parts)
            expected = truth.ordered(parts)
            out.append((kind, f"文中说「{joined}」。", joined, expected))
        else:
            foreign = "".join(draw.choice(ALPHABET) for _ in range(draw.randint(12, 60)))
            out.append((kind, f"文中说「{foreign}」。", foreign, "absent"))
    return out


def labels(node: Node) -> list[str]:
    """第三章, 第二节: the labels of a node and those above it."""
    above = labels(node.parent) if node.parent is not None and node.parent.label else []
    return [*above, node.label]


def accuracy(plan: Tree, count: int) -> int:
    """Judge `count` cases; the number of wrong verdicts."""
    truth = Truth(plan)
    made = cases(plan, truth, count)
    draft = "".join(sentence + "\n\n" for _, sentence, _, _ in made)
    verdicts = verify(draft, plan).verdicts
    if len(verdicts) != len(made):
        print(f"{len(made)} quotations in the draft, {len(verdicts)} found")
        return len(made)
    wrong = 0
    table: dict[str, Counter[str]] = {}
    for (kind, _, words, expected), verdict in zip(made, verdicts, strict=True):
        table.setdefault(kind, Counter())[verdict.status] += 1
        if verdict.quote != words or verdict.status != expected:
            wrong += 1
            if wrong <= 20:
                print(f"WRONG {kind}: {words!r} is {expected}, found {verdict.status} "
                      f"{verdict.quote!r} {verdict.text!r} {verdict.claimed}")  # fmt: skip
    for kind, counts in table.items():
        print(f"{kind:28}" + "  ".join(f"{n} {status}" for status, n in counts.most_common()))
    print(f"{len(made)} cases, {wrong} wrong verdicts")
    return wrong


def speed(plan: Tree) -> None:
    """A draft of 200,000 characters with 2,000 quotations, and the plain way on a sample of it."""
    truth = Truth(plan)
    draw = random.Random(SEED)
    blocks = [node.own_text for node in plan.blocks()]
    for name, exact in (("mostly right", 0.8), ("all slightly wrong", 0.0)):
        quotes = []
        for index in range(2000):
            words = ""
            while len(words) < 45:
                words = passage(truth, draw, [])
            if index >= 2000 * exact:
                words = _at(r"\w", _other)(words, draw)
            quotes.append(words)
        filler = "本文就此展开讨论，并结合各地的做法作出说明，"
        each = 200_000 // 2000
        draft = "".join(
            filler[: max(2, each - len(q) - 4)] + f"「{q}」。\n\n" for q in quotes
        )  # fmt: skip
        fresh = Tree(
            id=plan.id, title=plan.title, source=plan.source, name=plan.name, sha256=plan.sha256,
            children=plan.children, parts=plan.parts, contents=plan.contents,
        )  # fmt: skip
        start = time.perf_counter()
        verdicts = verify(draft, fresh).verdicts
        taken = time.perf_counter() - start
        sample = quotes[-10:]
        start = time.perf_counter()
        for words in sample:
            max(difflib.SequenceMatcher(None, words, b, autojunk=False).ratio() for b in blocks)
        plain = (time.perf_counter() - start) / len(sample) * len(quotes)
        print(
            f"{name}: {len(draft):,} characters, {len(verdicts):,} quotations in {taken:.2f} s; "
            f"difflib over every block would take {plain:,.0f} s, {plain / taken:,.0f} times as long"
        )


def libraries(plan: Tree, count: int = 3000) -> None:
    """`align` against the alignments of rapidfuzz and edlib, where they are installed: `count`
    passages with one edit, each in the stretch of the plan around it."""
    truth = Truth(plan)
    draw = random.Random(SEED)
    folded = truth.folded.text
    made: list[tuple[str, str]] = []
    edits = [name for name in CHANGES if name != "mark added at the end"]
    while len(made) < count:
        words = fold(passage(truth, draw, []))
        edited = CHANGES[edits[len(made) % len(edits)]](words, draw)
        at = folded.find(words)
        if edited != words and edited and at >= 0:
            slack = 12 + len(words) // 8 + draw.randrange(16)
            made.append((edited, folded[max(0, at - slack) : at + len(words) + slack]))
    start = time.perf_counter()
    ours = [align(quote, text) for quote, text in made]
    own = time.perf_counter() - start
    print(f"align: {count:,} passages with one edit in {own * 1000:,.0f} ms")
    try:
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.fuzz import partial_ratio_alignment
    except ImportError:
        print("rapidfuzz is not installed")
    else:
        start = time.perf_counter()
        theirs = [partial_ratio_alignment(quote, text) for quote, text in made]
        taken = time.perf_counter() - start
        elsewhere = more = 0
        for (quote, text), mine, other in zip(made, ours, theirs, strict=True):
            begin, end = (other.dest_start, other.dest_end) if other else (0, 0)
            elsewhere += (begin, end) != (mine.start, mine.end)
            more += Levenshtein.distance(quote, text[begin:end]) > mine.distance
        print(
            f"rapidfuzz.fuzz.partial_ratio_alignment: {taken * 1000:,.0f} ms, "
            f"{own / taken:.1f} times as fast; it ends elsewhere in {elsewhere / count:.1%}, "
            f"with more edits than the fewest in {more / count:.1%}"
        )
    try:
        import edlib
    except ImportError:
        print("edlib is not installed")
        return
    refused = elsewhere = more = 0
    start = time.perf_counter()
    results = []
    for quote, text in made:
        try:
            results.append(edlib.align(quote, text, mode="HW", task="path"))
        except ValueError:  # more than 256 different characters
            refused += 1
            results.append(None)
    taken = time.perf_counter() - start
    for mine, found in zip(ours, results, strict=True):
        if found is not None:
            begin, end = found["locations"][0]
            elsewhere += (begin, end + 1) != (mine.start, mine.end)
            more += found["editDistance"] != mine.distance
    print(
        f"edlib: {taken * 1000:,.0f} ms, {own / taken:.1f} times as fast; another number of edits "
        f"in {more / count:.1%}, ends elsewhere in {elsewhere / count:.1%}, refuses "
        f"{refused / count:.1%}"
    )
    try:
        edlib.align(made[0][0], folded, mode="HW", task="path")
    except ValueError as error:
        print(f"edlib on the whole plan: {error}")


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=24_000)
    options.add_argument("--no-speed", action="store_true")
    asked = options.parse_args()
    plan = planq.open().tree
    wrong = accuracy(plan, asked.cases)
    if not asked.no_speed:
        speed(plan)
        libraries(plan)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
