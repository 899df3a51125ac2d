"""What a search can be asked for, from Python and from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

import planq
from planq.errors import AddressError, QueryError

PLAN = planq.open()


def ids(query: str, **options: Any) -> set[str]:
    return {hit.id for hit in PLAN.search(query, **options)}


def test_operators_are_set_operations_on_blocks() -> None:
    river, han, protect = ids("长江"), ids("汉江"), ids("保护")
    assert ids("长江 | 汉江") == river | han
    assert ids("长江 -保护") == river - protect
    assert ids("(长江 | 汉江) 保护") == (river | han) & protect
    assert ids("长江 汉江", any=True) == river | han


def test_near_counts_the_characters_between() -> None:
    from planq.text.folding import fold

    for hit in PLAN.search("长江 NEAR/3 保护"):
        text = fold(hit.text)
        assert any(
            f"长江{text[at + 2 : at + 2 + gap]}保护" in text
            or f"保护{text[at - gap : at]}长江" in text
            for at in range(len(text))
            if text.startswith("长江", at)
            for gap in range(4)
        )
    assert ids("长江 NEAR/3 保护") < ids("长江 NEAR/200 保护") <= ids("长江 保护")


def test_within_a_section_terms_need_not_share_a_block() -> None:
    assert ids("光芯屏端网 长江") < ids("光芯屏端网 长江", scope="chapter")
    for hit in PLAN.search("光芯屏端网 长江", scope="section"):
        assert hit.matches


def test_relevance_is_the_default_and_stable() -> None:
    hits = list(PLAN.search("科技创新"))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert list(PLAN.search("科技创新")) == hits
    order = [node.id for node in PLAN.walk()]
    places = [order.index(hit.id) for hit in PLAN.search("科技创新", sort="document")]
    assert places == sorted(places)


def test_headings_come_before_paragraphs_and_words_before_accidents() -> None:
    assert PLAN.search("科技创新").hits[0].kind in ("chapter", "section", "subsection", "box")
    words = [
        any(m.word for m in hit.matches) for hit in PLAN.search("创新", kinds=("paragraph", "row"))
    ]
    assert words == sorted(words, reverse=True)


def test_a_limit_keeps_the_totals() -> None:
    some, everything = PLAN.search("创新", limit=3), PLAN.search("创新")
    assert some.hits == everything.hits[:3]
    assert (some.matches, some.blocks) == (everything.matches, everything.blocks)


def test_within_and_kinds() -> None:
    everything = PLAN.search("长江", sort="document").hits
    under = {node.id for node in PLAN["12"].walk()}
    assert PLAN.search("长江", within="12", sort="document").hits == [
        h for h in everything if h.id in under
    ]
    both = ids("长江", within=["12", "1"])
    assert both == ids("长江", within="12") | ids("长江", within="1")
    assert {hit.kind for hit in PLAN.search("长江", kinds=["row"])} == {"row"}
    with pytest.raises(AddressError):
        PLAN.search("长江", within="99")
    with pytest.raises(QueryError):
        PLAN.search("长江", kinds=["rows"])


@pytest.mark.parametrize("group", ["chapter", "section", "plan"])
def test_counts_add_up(group: str) -> None:
    results = PLAN.search("创新")
    *rows, total = results.by(group)
    assert sum(row.matches for row in rows) == total.matches == results.matches
    assert sum(row.blocks for row in rows) == total.blocks == results.blocks
    for row in rows:
        assert row.rate == row.matches * 10_000 / row.chars


def test_a_question_is_ranked_by_its_words() -> None:
    results = PLAN.search("怎样保护长江生态", words=True)
    assert results.terms == ["保护", "长江", "生态"]
    assert results.hits[0].id.startswith("1")
    best = results.hits[0].text
    assert all(term in best for term in results.terms)
    with pytest.raises(QueryError):
        PLAN.search("？！", words=True)


def test_traditional_script_finds_simplified_text() -> None:
    pytest.importorskip("opencc")
    assert ids("長江大保護") == ids("长江大保护")
    assert ids("長江 NEAR/20 修復") == ids("长江 NEAR/20 修复")
    # Characters that Big5 lacks, and one that GB 2312 has too.
    for written, simple in (("爲", "为"), ("生産", "生产"), ("徵收", "征收")):
        assert ids(written) == ids(simple) != set()


def test_each_traditional_term_finds_simplified_text_whatever_the_others_find() -> None:
    pytest.importorskip("opencc")
    assert ids("长江 | 漢江") == ids("长江 | 汉江")
    assert ids("保护 -長江") == ids("保护 -长江")


def test_suggestions_for_a_traditional_query_are_about_the_simplified_one() -> None:
    pytest.importorskip("opencc")
    assert any("数字 (" in line for line in PLAN.search("數字長江").suggestions())


def test_without_opencc_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from planq.matching import traditional as hant

    monkeypatch.setattr(hant, "_opencc", lambda: None)
    results = PLAN.search("長江大保護")
    assert not results.hits
    assert any("planq-text[hant]" in line for line in results.suggestions())


def test_nothing_found_says_what_would_help(run: Any) -> None:
    done = run("search", "光心屏端网")
    assert done.returncode == 1
    assert done.stdout == b""
    said = done.stderr.decode()
    assert said.startswith("no match\n")
    assert "光芯屏端网" in said
    said = run("search", "长江保护生态怎样").stderr.decode()
    assert "--words" in said


def test_what_stands_in_no_single_block_is_said_to_be_elsewhere(run: Any, tmp_path: Any) -> None:
    plan = tmp_path / "t.txt"
    plan.write_text(
        "某市规划\n\n第一章 总则\n\n（一）指导思想。以创新为动力。\n\n第二段。\n", encoding="utf-8"
    )

    def told(query: str) -> str:
        done = run("search", query, "--plan", str(plan))
        assert done.returncode == 1
        said: str = done.stderr.decode().splitlines()[1]
        return said

    across = "runs on from 1.1 into what follows: planq quote shows it"
    assert told("思想。以创新") == f"思想。以创新 {across}"
    assert told("。以创新") == f"。以创新 {across}"
    assert told("动力。第二段") == "动力。第二段 " + across.replace("1.1", "1.1:1")
    assert told("某市规划") == "某市规划 stands in the title, which is not searched"


def test_a_query_error_shows_a_caret(run: Any) -> None:
    done = run("search", "长江", "(保护")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[1:] == ["  长江 (保护", "       ^"]


def test_minus_terms_are_no_options(run: Any) -> None:
    shown = run("search", "长江", "-保护", "-f", "json")
    assert {hit["id"] for hit in json.loads(shown.stdout)} == ids("长江 -保护")


def test_hits_are_what_the_contract_says(run: Any) -> None:
    hit = json.loads(run("search", "光芯屏端网", "-f", "json").stdout)[0]
    assert list(hit) == [
        "id",
        "kind",
        "path",
        "page",
        "page_exact",
        "score",
        "text",
        "matches",
        "source",
    ]
    assert list(hit["matches"][0]) == ["start", "end", "word"]
    assert hit["matches"][0]["word"] is True


def test_context_count_and_tables(run: Any) -> None:
    line = run("search", "光芯屏端网", "--context", "3", "-n", "1", "--in", "1.1").stdout.decode()
    assert line.split("\t")[3] == "…展，“光芯屏端网”产业…\n"
    assert run("search", "光芯屏端网", "--count").stdout == b"5\n"
    table = run("search", "光芯屏端网", "--by", "chapter", "-f", "csv").stdout.decode().splitlines()
    assert table[0] == "id,heading,matches,blocks,characters,rate"
    assert table[-1].startswith("total,,5,5,")
    found = run("search", "光芯屏端网").stderr.decode()
    assert found == "5 matches in 5 blocks\n"


def test_a_plan_may_be_searched_from_several_threads() -> None:
    from concurrent.futures import ThreadPoolExecutor

    book = planq.open()
    terms = ["长江", "创新", "光芯屏端网", "的"] * 5
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda term: book.search(term).matches, terms))
    assert found == [PLAN.search(term).matches for term in terms]


def test_nothing_under_an_address_says_what_there_is_elsewhere(run: Any) -> None:
    done = run("search", "数字经济", "--in", "2", "--in", "3", "--kind", "row")
    assert (done.returncode, done.stdout) == (1, b"")
    whole = run("search", "数字经济").stderr.decode()
    assert done.stderr.decode() == f"no match\nwithout --in 2 --in 3 --kind row: {whole}"
    cut = run("search", "芯屏", "--word").stderr.decode()
    assert cut == "no match\nwithout --word: 5 matches in 5 blocks\n"
    nowhere = run("search", "光心屏端网", "--in", "2").stderr.decode()
    assert "words like 光心屏端网: 光芯屏端网" in nowhere


def test_within_counts_in_a_thousand_scattered_sections() -> None:
    from planq.matching.selection import Selection
    from planq.store.store import Store

    seqs = [seq for seq in range(1, 40_000) if seq % 7 in (1, 2)]
    ranges = tuple((seq, seq + 1) for seq in range(1, 40_000, 7))
    where = Selection(ranges, None).where("value", "value")
    con = Store.in_memory([]).con
    con.execute(
        "CREATE TEMP TABLE number AS SELECT value FROM ("
        "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 39999) "
        "SELECT value FROM n)"
    )
    assert [seq for (seq,) in con.execute(f"SELECT value FROM number WHERE {where}")] == seqs
