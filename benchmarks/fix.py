"""How often `verify --fix` changes a draft that is right, and whether what it corrects is then right.

    python benchmarks/fix.py [--cases 12000] [--wrong 3000] [--show 5]

Every right draft quotes passages of the bundled plan in one of the ways that people write: marks of
every kind with the inner ones of the other shape (GB/T 15834) or as the plan prints them, block
quotes, several paragraphs, ellipses, emphasis, links, html, notes, brackets and dialogue around
them. Corrected, it has to be byte for byte what it was. A wrong draft has one thing in its quotation
that folding ignores or one character changed: corrected, it differs inside the quotation only, and
the quotation is then exact but for inner marks. What fails is printed, and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable

import planq
from planq.plan.tree import Tree
from planq.verify.draft import draft_from
from planq.verify.fix import fixed
from planq.verify.report import Change
from planq.verify.verify import verify

SEED = 11
Edit = Callable[[str, random.Random], str]
#: Outer marks, and what the plan's “ ” and ‘ ’ become inside them; an empty one leaves them.
STYLES = {
    "“”": ("‘’", "“”"), "「」": ("『』", "「」"), "『』": ("「」", "『』"), "‘’": ("", ""),
    "｢｣": ("", ""), "〝〞": ("", ""), "﹁﹂": ("﹃﹄", "﹁﹂"), '""': ("''", ""),
}  # fmt: skip
ELLIPSES = ("……", "…", "...", "[……]", "［…］", "（……）", "〔……〕", "【略】", "（略）", "（下略）")
NOTES = (
    "",
    "[1]",
    "①",
    "②",
    "[^1]",
    "〔2〕",
    "（1）",
    "¹",
    "<sup>3</sup>",
    "[注]",
    "*",
    "（注：见附件）",
)
BEFORE = (
    "纲要提出，", "他说：", "文件写道", "**要求**：", "（", "【", "〔", "〈", "(", "[", "<b>", "见《纲要》：",
    "《规划》强调“稳”，又说：", "所谓‘新’，就是", "It's said that ", "宽 5\" 的屏", "李明问：“为什么？”答：", "- ", "1. ", "# ",
    "|一|", "\\*注：", "3 < 5，", "a_b 与 c_d，", "`code` 中", "他答道：「是。」又引", "——", "其中*第一*，", "$x^2$ 与",
)  # fmt: skip
AFTER = (
    "。", "，这是方向。", "）", "】", "〕", "〉", ")", "]", "</b>", "！”", "等。", "，他说，", "|二|", "（见前文）。", "吗？",
    "……", "；又说“稳中求进”。", "，是‘硬道理’。", " & so on.", "——编者", "。*完*", "，等等...", "，5' 之内。", "。</p>", "",
)  # fmt: skip


class Passages:
    """Stretches of a plan that a writer may quote: whole pairs of marks, no cell of a table."""

    def __init__(self, plan: Tree) -> None:
        self.blocks = [
            node.own_text for node in plan.blocks() if not set(node.own_text) & set("\t*")
        ]
        self.quoting = [text for text in self.blocks if "“" in text]

    def one(self, draw: random.Random) -> str:
        """A passage of one paragraph."""
        while True:
            text = draw.choice(self.quoting if draw.random() < 0.6 else self.blocks)
            size = draw.choice((8, 12, 20, 40, 80, 160))
            start = draw.randrange(max(1, len(text) - size))
            if draw.random() < 0.4:
                start = max(text.rfind(mark, 0, start) for mark in "。；，“") + 1
            words = text[start : start + size].strip()
            cut = text[start - 1 : start + 1] + text[start + size - 1 : start + size + 1]
            if re.search("[0-9]", cut):
                continue  # inside a number, which `--fix near` makes whole
            if len("".join(words.split())) >= 6 and self._whole(words):
                return words

    def pair(self, draw: random.Random) -> tuple[str, str]:
        """Two passages of one paragraph, in order, with something between them."""
        while True:
            text = draw.choice(self.blocks)
            cuts = sorted(draw.sample(range(len(text) + 1), 4)) if len(text) > 40 else []
            if cuts:
                words = text[cuts[0] : cuts[1]].strip(), text[cuts[2] : cuts[3]].strip()
                if all(len(part) >= 6 and self._whole(part) for part in words):
                    return words

    def run(self, draw: random.Random) -> list[str]:
        """Two to four paragraphs that follow one another."""
        while True:
            first = draw.randrange(len(self.blocks) - 4)
            texts = self.blocks[first : first + draw.randint(2, 4)]
            if all(len(text) < 400 and self._whole(text) and len(text) > 8 for text in texts):
                return texts

    def _whole(self, words: str) -> bool:
        depth = 0
        for char in words:
            depth += (char in "“‘") - (char in "”’")
            if depth < 0:
                return False
        return not depth and not set(words) & set("\t\n")


def nested(words: str, outer: str) -> str:
    """`words` with the marks that they have inside `outer`."""
    double, single = STYLES[outer]
    table = {}
    if double:
        table |= dict(zip("“”", double, strict=True))
    if single:
        table |= dict(zip("‘’", single, strict=True))
    return words.translate(str.maketrans(table))


def _places(words: str) -> list[int]:
    """Where markup may go: between two Chinese characters or at the ends."""
    return [
        n for n in range(1, len(words))
        if re.fullmatch("[一-鿿]{2}", words[n - 1 : n + 1])
    ]  # fmt: skip


def marked(words: str, draw: random.Random) -> tuple[str, str]:
    """`words` with one kind of markup in them, and its name."""
    places = _places(words)
    if len(places) < 2:
        return words, "plain"
    a, b = sorted(draw.sample(places, 2))
    inner = words[a:b]
    name, made = draw.choice((
        ("bold", f"**{inner}**"), ("em", f"*{inner}*"), ("struck", f"~~{inner}~~"),
        ("under", f"<u>{inner}</u>"), ("span", f'<span class="x">{inner}</span>'),
        ("link", f"[{inner}](https://a.example/b_c_d)"), ("note", f"{inner}[^1]"),
        ("comment", f"{inner}<!-- “x” -->"), ("wrap", f"{inner}\n"), ("wrap2", f"\n{inner}\n"),
        ("strong", f"<strong>{inner}</strong>"), ("boldem", f"***{inner}***"),
        ("break", f"{inner}  \n"), ("ref", f"[{inner}][1]"), ("mark", f"<mark>{inner}</mark>"),
    ))  # fmt: skip
    return words[:a] + made + words[b:], name


def _block(passages: Passages, draw: random.Random, item: bool) -> tuple[str, str]:
    words, name = marked(passages.one(draw), draw)
    words = words.replace("\n", "\n> " if draw.random() < 0.5 else "\n")
    lead = draw.choice(("> ", ">", "- > ") if item else ("> ", ">"))
    return f"前文。\n\n{lead}{words}\n\n后文。\n\n[1]: https://a.example/\n", f"block {name}"


def _paragraphs(passages: Passages, draw: random.Random, outer: str) -> tuple[str, str]:
    texts = passages.run(draw)
    if draw.random() < 0.3:
        body = "\n>\n".join("> " + words for words in texts)
        return f"前文：\n\n{body}\n\n后文。", "block paragraphs"
    indent, again = draw.choice(("", "　　")), outer[0] if draw.random() < 0.7 else ""
    body = f"\n\n{indent}{again}".join(nested(words, outer) for words in texts)
    return f"前文：\n\n{indent}{outer[0]}{body}{outer[1]}\n\n后文。", f"paragraphs {outer}"


SPOKEN = ("“他说：‘{}’”", "“{}，”他说，“这很重要”", "「他說：『{}』」", "他问：“‘{}’是什么？”")
HTML = (
    "<blockquote>\n<p>{}</p>\n</blockquote>", "<p>“{}”</p>", "&ldquo;{}&rdquo;", "<q>“{}”</q>",
    '<p class="a">“{}”<br/>“{}”</p>', "| 一 | “{}” | [二](x) |", "```\n“{} x”\n```", "`“{} x`",
    "<!-- “{} x” -->", "<a href=\"x\" title='y'>“{}”</a>", "“{}&hellip;”", "“{}”&nbsp;",
)  # fmt: skip
ADDED = ("[全省的]", "［引者注］", "〔即武汉〕", "①", "[3]", "²", "⑴")
KINDS = ("marks", "marks", "marks", "markup", "markup", "ellipsis", "block", "list", "credit", "paragraphs",
         "bare", "title", "added", "spoken", "html")  # fmt: skip


def right(passages: Passages, draw: random.Random) -> tuple[str, str]:
    """A right draft, and how it is written."""
    kind = draw.choice(KINDS)
    outer = draw.choice(list(STYLES)) if draw.random() < 0.5 else draw.choice(("“”", "「」"))
    before, after, note = draw.choice(BEFORE), draw.choice(AFTER), draw.choice(NOTES)
    words = passages.one(draw)
    if kind in ("block", "list"):
        return _block(passages, draw, kind == "list")
    if kind == "paragraphs":
        return _paragraphs(passages, draw, outer)
    if kind in ("spoken", "html", "bare", "title"):
        form = draw.choice(
            {"spoken": SPOKEN, "html": HTML, "bare": ("{}",), "title": ("《{}》",)}[kind]
        )
        body = form.replace("{}", words if kind != "html" else nested(words, "“”"))
        if kind == "html":
            return f"前文\n\n{body}\n\n后文", kind
        return f"{before}{body}{after}\n\n此外“稳中求进”。\n", kind
    if draw.random() < 0.75 or outer in ("“”", '""'):  # else as the plan prints it
        words = nested(words, outer)
    if kind == "credit":
        credit = draw.choice(("", "\n> ——《纲要》", "\n>\n> —— 第三章", "（《纲要》）"))
        return f"前文：\n\n> {outer[0]}{words}{outer[1]}{credit}\n\n后文。", f"{kind} {outer}"
    if kind == "ellipsis":
        one, two = (nested(part, outer) for part in passages.pair(draw))
        words = one + draw.choice(ELLIPSES) + two
        words = draw.choice((words, words, words + "……", "……" + words))
    elif kind == "markup":
        words, name = marked(words, draw)
        kind = f"markup {name}"
    elif kind == "added":
        at = draw.choice(_places(words) or [len(words)])
        words = (
            words[:at] + draw.choice(ADDED) + words[at:] + draw.choice(("", "", "[4]", "③", "¹"))
        )
    return _set(
        f"{outer[0]}{words}{outer[1]}", before, after, note, "em" in kind, draw
    ), f"{kind} {outer}"


def _set(body: str, before: str, after: str, note: str, starred: bool, draw: random.Random) -> str:
    """A quotation among other words, sometimes emphasised; never one * for two."""
    wrapped = draw.choice(("", "", "", "**", "*", "<b>"))
    wrapped = wrapped.strip("*") if starred or before.endswith("*") else wrapped
    note = note.strip("*") if wrapped or starred or before.endswith("*") else note
    text = f"{before}{wrapped}{body}{wrapped.replace('<', '</')}{note}{after}\n"
    if "[1]" in body + note:
        text += "\n[1]: https://a.example/\n" if "][1]" in body else "\n[1] 见附件。\n"
    return text + "\n[^1]: 见“附件”。\n" if "[^1]" in text else text


def written(text: str, draw: random.Random) -> tuple[bytes, str]:
    """The file's bytes and its name."""
    if draw.random() < 0.2:
        text = text.replace("\n", "\r\n")
    encoding = draw.choice(("utf-8",) * 6 + ("utf-8-sig", "gb18030", "utf-16"))
    return text.encode(encoding), draw.choice(("draft.md", "draft.md", "draft.txt"))


def right_drafts(plan: Tree, cases: int, show: int, seed: int = SEED) -> int:
    """How many of `cases` right drafts were changed."""
    passages, draw = Passages(plan), random.Random(seed)
    made, bad = Counter[str](), Counter[str]()
    for _ in range(cases):
        text, kind = right(passages, draw)
        data, name = written(text, draw)
        draft = draft_from(data, name)
        report = verify(draft.text, plan)
        made[kind] += 1
        for statuses in (("folded",), ("folded", "near")):
            after = fixed(draft, report, statuses)[0]
            if after != data:
                bad[f"{kind} {statuses[-1]}"] += 1
                if bad.total() <= show:
                    print(f"CHANGED ({statuses[-1]}, {kind})\n{draft.text}---")
                    print(draft_from(after, name).text, "===")
                    for v in report.verdicts:
                        print("   ", v.status, v.marked)
                break
    for kind, count in sorted(bad.items()):
        print(f"{kind:30}{count}")
    print(f"{cases} right drafts of {len(made)} kinds, {bad.total()} changed")
    return bad.total()


def _one(pattern: str, change: Callable[[re.Match[str], random.Random], str]) -> Edit:
    def edit(words: str, draw: random.Random) -> str:
        found = list(re.finditer(pattern, words))
        match = draw.choice(found) if found else None
        if match is None:
            return words
        return words[: match.start()] + change(match, draw) + words[match.end() :]

    return edit


HAN = "[一-鿿]"
#: What makes a quotation wrong: what folding ignores, then what it does not.
SLIPS: dict[str, Edit] = {
    "space taken": _one(" ", lambda m, d: ""),
    "space added": _one(f"(?<={HAN})(?={HAN}|[0-9])", lambda m, d: " "),
    "wide digit": _one("[0-9]", lambda m, d: chr(ord(m[0]) + 0xFEE0)),
    "narrow mark": _one("[，；：（）]", lambda m, d: chr(ord(m[0]) - 0xFEE0)),
    "dash": _one("[—－-]", lambda m, d: d.choice("—－–~")),
    "case": _one("[A-Za-z]", lambda m, d: m[0].swapcase()),
    "straight mark": _one("“[^“”]{2,20}”", lambda m, d: f'"{m[0][1:-1]}"'),
    "wrong way": _one("“[^“”]{2,20}”", lambda m, d: f"”{m[0][1:-1]}“"),
    "digit": _one("[0-9]", lambda m, d: str((int(m[0]) + d.randint(1, 9)) % 10)),
    "dropped": _one(HAN, lambda m, d: ""),
    "doubled": _one(HAN, lambda m, d: m[0] * 2),
    "replaced": _one(HAN, lambda m, d: d.choice("的一是在不了有和人这大为上个国")),
    "negated": _one(f"(?<={HAN})(?={HAN})", lambda m, d: "不"),
    "mark dropped": _one("[“”，、]", lambda m, d: ""),
    "mark changed": _one("[，、；]", lambda m, d: d.choice("，、；。")),
}


def wrong_drafts(plan: Tree, cases: int, show: int, seed: int = SEED) -> int:
    """How many of `cases` wrong drafts are not right once corrected, or changed elsewhere."""
    passages, draw = Passages(plan), random.Random(seed)
    left, bad = Counter[str](), Counter[str]()
    names = list(SLIPS)
    for number in range(cases):
        name = names[number % len(names)]
        outer = draw.choice(("“”", "“”", "「」", "『』", "‘’"))
        words = slipped = passages.one(draw)
        unsure = outer == "“”" and name == "mark dropped"  # where the quotation ends, then
        while slipped == words or (unsure and slipped.count("“") != slipped.count("”")):
            words = passages.one(draw)
            slipped = SLIPS[name](words, draw)
        slipped = marked(nested(slipped, outer), draw)[0] if draw.random() < 0.5 else slipped
        before, after = draw.choice(BEFORE), draw.choice(AFTER)
        note = draw.choice(NOTES)
        text = f"{before}{outer[0]}{slipped}{outer[1]}{note}{after}\n\n[1]: https://a.example/\n"
        draft = draft_from(text.encode(), "draft.md")
        start, end = len(before) + 1, len(before) + 1 + len(slipped)
        report = verify(draft.text, plan)
        after_it = draft_from(fixed(draft, report, ("folded", "near"))[0], "draft.md").text
        if after_it == draft.text:
            left[name] += 1
            continue
        tail = draft.text[end:]
        whole = after_it.startswith(draft.text[:start]) and after_it.endswith(tail)
        begin, stop = start, len(after_it) - len(tail)
        again = [
            v
            for v in verify(after_it, plan, min_length=1).verdicts
            if begin <= v.start <= v.end <= stop
        ]
        good = [v for v in again if v.status in ("exact", "folded") and all(map(_inner, v.diff))]
        if not whole or len(again) != 1 or not good:
            bad[name] += 1
            if bad.total() <= show:
                print(f"WRONG ({name}, {whole})\n{draft.text}---\n{after_it}===")
                for v in verify(after_it, plan).verdicts:
                    print("   ", v.status, v.marked)
    for kind, count in sorted(bad.items()):
        print(f"{kind:30}{count}")
    print(
        f"{cases} wrong drafts, {cases - left.total()} corrected, {bad.total()} of them not right; "
        f"left alone: {dict(left)}"
    )
    return bad.total()


def _inner(change: Change) -> bool:
    """Whether a difference is that of inner marks."""
    return not re.sub("[“”‘’「」『』]", "", change.quote + change.text)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=12_000)
    options.add_argument("--wrong", type=int, default=3_000)
    options.add_argument("--show", type=int, default=5)
    asked = options.parse_args()
    plan = planq.open()
    failed = right_drafts(plan, asked.cases, asked.show)
    failed += wrong_drafts(plan, asked.wrong, asked.show)
    sys.exit(1 if failed else 0)
